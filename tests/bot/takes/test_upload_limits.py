"""What Discord found too large on a server makes later takes there smaller, for a while."""

from types import SimpleNamespace

from bot.takes.asker import Asker
from bot.takes.upload_limits import REMEMBERED, UploadLimits

MIB = 2**20


def asker(guild_id):
    guild = SimpleNamespace(id=guild_id, filesize_limit=10 * MIB)
    return Asker(member_id=1, guild=guild, press="1", locale="en-US", upload_limit=25 * MIB)


def test_a_refusal_is_remembered_for_its_server_for_a_while():
    now = [0.0]
    limits = UploadLimits(None, lambda: now[0])
    here, elsewhere = asker(1), asker(2)
    assert limits.of(here) == 20 * MIB
    assert limits.shrink(1, 15 * MIB) < 10 * MIB
    assert (limits.of(here), limits.of(elsewhere)) == (10 * MIB, 20 * MIB)
    now[0] = REMEMBERED
    assert limits.of(here) == 20 * MIB


def test_a_small_clip_that_was_refused_says_nothing_of_others():
    limits = UploadLimits(None)
    assert limits.shrink(1, 3 * MIB) < 3 * MIB
    assert limits.of(asker(1)) == 20 * MIB


def test_the_operators_limit_stays():
    limits = UploadLimits(30 * MIB)
    limits.shrink(1, 25 * MIB)
    assert limits.of(asker(1)) == 30 * MIB


def test_what_an_interaction_says_counts():
    """Where Discord still takes 10 MiB, nothing larger is rendered."""
    interaction = SimpleNamespace(
        id=1,
        user=SimpleNamespace(id=2),
        guild=None,
        channel_id=3,
        locale="en-US",
        permissions=SimpleNamespace(manage_messages=False),
        filesize_limit=10 * MIB,
    )
    assert UploadLimits(None).of(Asker.of_interaction(interaction)) == 10 * MIB
