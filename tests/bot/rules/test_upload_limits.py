import pytest

from bot.rules.upload_limits import smaller_limit, upload_limit

MIB = 2**20


@pytest.mark.parametrize(
    ("told", "boosted", "limit"),
    [
        (None, None, 20 * MIB),  # in private, by a reaction
        (None, 10 * MIB, 20 * MIB),  # discord.py's table is of before September 2026
        (20 * MIB, 10 * MIB, 20 * MIB),
        (10 * MIB, 10 * MIB, 10 * MIB),  # a Discord that still takes no more
        (500 * MIB, 10 * MIB, 20 * MIB),  # the member's Nitro is not the bot's
        (500 * MIB, None, 20 * MIB),
        (500 * MIB, 100 * MIB, 100 * MIB),
        (100 * MIB, 100 * MIB, 100 * MIB),
        (None, 50 * MIB, 50 * MIB),
        (1, 10 * MIB, 10 * MIB),
    ],
)
def test_a_clip_may_be_as_large_as_discord_says_and_the_server_has(told, boosted, limit):
    assert upload_limit(operators=None, told=told, boosted=boosted) == limit


def test_the_operators_limit_overrules_all():
    assert upload_limit(operators=70_000, told=20 * MIB, boosted=50 * MIB) == 70_000
    assert upload_limit(operators=200 * MIB, told=20 * MIB, boosted=None) == 200 * MIB


@pytest.mark.parametrize("size", [100_000, 9 * MIB, 10 * MIB, 11 * MIB, 90 * MIB])
def test_what_is_tried_after_a_refusal_is_smaller_and_never_nothing(size):
    assert 64 * 1024 <= smaller_limit(size) < min(size, 10 * MIB)
