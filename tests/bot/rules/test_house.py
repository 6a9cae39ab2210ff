"""The rules of a house and what they allow."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.language.fluent import LANGUAGES, language
from bot.record.house_rules import Houses
from bot.rules.allowances import DAY, Usage, refusal
from bot.rules.emoji_map import ACTIONS, FATES, WORDS, bare, wish_of
from bot.rules.house import HOME, House, Who, may, quiet_until
from bot.rules.takes import Fate
from bot.rules.wishes import WISH, Wish, words_of
from bot.wording.house_rules import ROWS, overview
from renderer.contract.shot import Action

HOURS = st.integers(0, 23)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  has one


def test_rules_come_back_as_they_were_written():
    house = House(reroll_votes=3, emoji={"🎈": "lighter"}, lifted=frozenset({5}), gallery=7, zone="Europe/Berlin")
    assert House.from_json(house.to_json()) == house


def test_rules_of_a_later_version_are_read():
    assert House.from_json('{"reroll_votes": 2, "invented_later": true}') == House(reroll_votes=2)


@pytest.mark.parametrize("wrong", [{"reroll_votes": 0}, {"zone": "Middle/Earth"}, {"quiet_from": 24}])
async def test_rules_out_of_range_are_refused_and_change_nothing(store, wrong):
    houses = Houses(store.engine)
    await houses.change(1, reroll_votes=2)
    with pytest.raises(ValidationError):
        await houses.change(1, **wrong)
    assert await Houses(store.engine).of(1) == House(reroll_votes=2)


async def test_each_server_has_rules_of_its_own_and_private_talk_the_usual_ones(store):
    houses = Houses(store.engine)
    await houses.change(1, reroll_votes=2, toss="anyone")
    await houses.change(1, reroll_votes=3)
    assert await houses.of(1) == House(reroll_votes=3, toss=Who.ANYONE)
    assert await houses.of(2) == HOME == await houses.of(None)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (Who.NOBODY, [False, False, False]),
        (Who.MODERATORS, [False, False, True]),
        (Who.AUTHOR, [False, True, True]),
        (Who.ANYONE, [True, True, True]),
    ],
)
def test_who_may(who, allowed):
    people = [(False, False), (True, False), (False, True)]
    assert [may(who, author=author, moderator=moderator) for author, moderator in people] == allowed


@given(HOURS, HOURS, ZONES, MOMENTS)
def test_quiet_hours_end_at_their_hour_within_a_day(begin, end, zone, now):
    house = House(quiet_from=begin, quiet_to=end, zone=zone)
    until = quiet_until(house, now)
    local = now.astimezone(until.tzinfo) if until else None
    if until is None:
        return
    assert until.hour == end
    assert timedelta(0) < until - local <= timedelta(hours=24)


@given(HOURS, HOURS, MOMENTS)
def test_quiet_hours_may_pass_midnight(begin, end, now):
    quiet = quiet_until(House(quiet_from=begin, quiet_to=end), now) is not None
    hours = [(begin + step) % 24 for step in range((end - begin) % 24)]
    assert quiet == (now.hour in hours)


def test_without_hours_it_is_never_quiet():
    assert quiet_until(HOME, datetime.now(UTC)) is None
    assert quiet_until(House(quiet_from=5), datetime.now(UTC)) is None


HOUSE = House(member_at_once=2, server_at_once=4, member_seconds=20, server_seconds=40, cooldown=30)


@pytest.mark.parametrize(
    ("usage", "code", "at"),
    [
        (Usage(), None, None),
        (Usage(member_open=2), "too_many_at_once", None),
        (Usage(member_latest=980), "cooling_down", 1010),
        (Usage(member_seconds=17, member_oldest=500), "spent", 500 + DAY),
        (Usage(member_seconds=16), None, None),
        (Usage(server_open=4), "server_full", None),
        (Usage(server_seconds=37, server_oldest=7), "server_spent", 7 + DAY),
    ],
)
def test_a_take_is_admitted_where_there_is_room(usage, code, at):
    refused = refusal(usage, HOUSE, 4.0, 1000.0, lifted=False)
    assert (refused and refused.code, refused and refused.at) == (code, at)


def test_who_is_lifted_is_bound_by_the_server_only():
    busy = Usage(member_open=9, member_latest=999, member_seconds=900)
    assert refusal(busy, HOUSE, 4.0, 1000.0, lifted=True) is None
    assert refusal(Usage(server_open=9), HOUSE, 4.0, 1000.0, lifted=True).code == "server_full"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "house",
    [
        HOME,
        House(reroll_votes=3, reactions=False),
        House(quiet_from=22, quiet_to=6, emoji={"🐢": ""}, lifted={1}, gallery=2),
    ],
)
def test_the_rules_are_said_in_one_message(code, house):
    text = overview(language(code), house)
    assert len(text) < 2000
    assert text.count("\n") == len(ROWS)


# ------------------------------------------------------------------ emoji


@pytest.mark.parametrize("emoji", ["☀️", "☀", "🌧️", "🌧", "❄️", "🌫️", "🗑️", "🗑"])
def test_an_emoji_is_the_same_with_and_without_its_colour(emoji):
    assert wish_of(emoji, HOME) == wish_of(bare(emoji), HOME)
    assert bare(emoji) in {*WORDS, *FATES}


@pytest.mark.parametrize(("emoji", "action"), ACTIONS.items())
def test_actions(emoji, action):
    assert wish_of(emoji, HOME) == Wish(action=action)


def test_fates():
    assert wish_of("⭐", HOME) is Fate.KEPT
    assert wish_of("🗑️", HOME) is Fate.TOSSED


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        ("🥀", "wilted flower"),
        ("👋🏽", "waving hand sign"),
        ("👩‍🚀", "woman, rocket"),
        ("slow_morning", "slow morning"),
        ("🇯🇵", "regional indicator symbol letter j, regional indicator symbol letter p"),
    ],
)
def test_any_other_goes_by_its_name(emoji, words):
    assert wish_of(emoji, HOME) == Wish(action=Action.NUDGE, words=words)


def test_a_servers_map_comes_first_and_nothing_switches_off():
    house = House(emoji={"🐢": "", "⭐": "stardust", "blobcat": "purring"})
    assert wish_of("🐢", house) is None
    assert wish_of("⭐", house) == Wish(action=Action.NUDGE, words="stardust")
    assert wish_of("blobcat", house) == Wish(action=Action.NUDGE, words="purring")


@given(st.text(max_size=300))
def test_a_wishes_key_is_short_and_tells_wishes_apart(words):
    wish = Wish(action=Action.NUDGE, words=words)
    assert len(wish.key) <= WISH
    assert wish.key != Wish(action=Action.NUDGE, words=f"{words} x").key
    assert words_of(wish.key) in {" ".join(words.split()).casefold(), words_of(wish.key)}
