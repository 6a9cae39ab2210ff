"""Reports, kept in the record."""

import time

import pytest

from bot.record.report_store import Posted, ReportStore
from tests.bot.record.test_store import record

TAKE, OTHER = "0" * 20, "1" * 20


@pytest.fixture
def reports(database):
    return ReportStore(database)


async def test_a_member_reports_a_take_once(reports):
    assert [await reports.add(TAKE, 7), await reports.add(TAKE, 7)] == [True, False]
    await reports.take_back(TAKE, 7)
    assert await reports.add(TAKE, 7)


async def test_who_reported_a_take_is_told_in_order(reports):
    for member in (9, 7, 8):
        await reports.add(TAKE, member)
    await reports.add(OTHER, 5)
    assert await reports.reporters(TAKE) == [9, 7, 8]


async def test_a_members_reports_are_counted_since_a_moment(reports):
    for take in (TAKE, OTHER):
        await reports.add(take, 7)
    await reports.add(TAKE, 8)
    assert await reports.count_of(7, since=time.time() - 60) == 2
    assert await reports.count_of(7, since=time.time() + 60) == 0


async def test_a_report_ahead_of_now_does_not_count(database, monkeypatch):
    reports, now = ReportStore(database), time.time()
    monkeypatch.setattr("bot.record.report_store.time.time", lambda: now + 3600)
    await reports.add("1" * 20, 7)
    monkeypatch.setattr("bot.record.report_store.time.time", lambda: now)
    assert await reports.count_of(7, since=now - 60) == 0


async def test_moderators_read_of_a_take_in_one_place(reports, store):
    made = record("1")
    await store.add(made)
    assert await reports.post_of(made.id) is None
    for post in (Posted(1, 2), Posted(3, 4)):
        assert await reports.write_post(made.id, post)
    assert await reports.post_of(made.id) == Posted(channel_id=3, message_id=4)


async def test_moderators_read_of_no_take_that_is_gone(reports):
    assert not await reports.write_post(TAKE, Posted(1, 2))
    assert await reports.post_of(TAKE) is None


async def test_a_report_is_settled_by_one_deed_until_somebody_reports_anew(reports, store):
    await store.add(record("1"))
    assert await reports.settle(record("1").id, "toss")  # its message was never written down
    await reports.write_post(record("1").id, Posted(1, 2))
    assert [await reports.settle(record("1").id, deed) for deed in ("toss", "member", "toss")] == [True, False, True]
    await reports.unsettle(record("1").id)
    assert await reports.settle(record("1").id, "member")
    await reports.write_post(record("1").id, Posted(1, 3))
    assert await reports.settle(record("1").id, "dismiss")
