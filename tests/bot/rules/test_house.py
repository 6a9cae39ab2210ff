"""The rules of a house as values: who may do what, and when it is quiet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.house import HOME, House, Who, may, quiet_until

HOURS = st.integers(0, 23)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  has one


def test_rules_come_back_as_they_were_written():
    house = House(reroll_votes=3, emoji={"🎈": "lighter"}, lifted=frozenset({5}), gallery=7, zone="Europe/Berlin")
    assert House.from_json(house.to_json()) == house


def test_rules_of_a_later_version_are_read():
    assert House.from_json('{"reroll_votes": 2, "invented_later": true}') == House(reroll_votes=2)


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
