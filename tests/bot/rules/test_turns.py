from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.takes import Record, State
from bot.rules.turns import (
    GRACE,
    MAX_LOSSES,
    MAX_MISLAID,
    MAX_REPEATS,
    OUTAGE_GRACE,
    Sighting,
    Step,
    fair_order,
    next_step,
    ready_at,
    usual_seconds,
)
from renderer.contract import lineage
from renderer.contract.job import Problem, Result
from renderer.contract.shot import Beat, Shot

SHOT = Shot(still="0" * 64, line=(Beat(mood="", seed=1),))


def record(press: str, member: int = 1, asked_at: float = 0.0, **changes) -> Record:
    take = lineage.animate(SHOT, press)
    return Record(take=take, guild_id=1, channel_id=1, member_id=member, byte_limit=10**6, asked_at=asked_at, **changes)


asked = st.lists(st.integers(0, 5), max_size=40).map(
    lambda members: [record(str(n), member, float(n)) for n, member in enumerate(members)]
)


def test_ten_takes_of_one_member_do_not_bury_anothers_one():
    crowd = [record(f"a{n}", member=1, asked_at=n) for n in range(10)]
    late = record("b", member=2, asked_at=99)
    assert fair_order([*crowd, late])[1] == late


def test_takes_under_way_count_as_turns():
    busy = [record("a0", member=1, asked_at=0)]
    waiting = [record("a1", member=1, asked_at=1), record("b", member=2, asked_at=2)]
    assert fair_order(waiting, busy)[0].member_id == 2


@given(asked)
def test_the_order_holds_every_take_once(records):
    assert sorted(row.id for row in fair_order(records)) == sorted(row.id for row in records)


@given(asked)
def test_nobody_gets_a_second_turn_before_everybody_had_a_first(records):
    order = [row.member_id for row in fair_order(records)]
    members = len(set(order))
    assert len(set(order[:members])) == members


@given(asked)
def test_one_members_takes_keep_their_order(records):
    for member in {row.member_id for row in records}:
        times = [row.asked_at for row in fair_order(records) if row.member_id == member]
        assert times == sorted(times)


def test_more_workers_are_ready_sooner():
    assert ready_at(0, 5, workers=2, usual=10) < ready_at(0, 5, workers=1, usual=10)
    assert ready_at(0, 0, workers=1, usual=10) == 10


def test_usual_seconds_is_the_median():
    assert usual_seconds([1, 100, 3], "diffusion") == 3
    assert usual_seconds([], "diffusion") > usual_seconds([], "parallax")


def done(**what) -> Sighting:
    return Sighting(result=Result(take="0" * 20, attempt=1, **what))


CLIP = {"clip": "0" * 64}
BROKEN = {"problem": Problem(code="render_failed")}
BEGUN = Sighting(known=True, begun=True)
MISSING = {"problem": Problem(code="media_missing")}


@pytest.mark.parametrize(
    ("sighting", "losses", "unseen", "step"),
    [
        (Sighting(alive=True), 0, 0.0, Step.NOTHING),
        (Sighting(queued=True), 0, 0.0, Step.NOTHING),
        (BEGUN, 0, GRACE / 2, Step.NOTHING),
        (BEGUN, 0, GRACE, Step.RETRY),
        (BEGUN, MAX_LOSSES - 1, GRACE, Step.GIVE_UP),
        (Sighting(known=True), MAX_LOSSES - 1, GRACE, Step.REQUEUE),  # taken off the queue, and never begun
        (Sighting(), MAX_LOSSES - 1, GRACE / 2, Step.NOTHING),
        (Sighting(), MAX_LOSSES - 1, GRACE, Step.REQUEUE),  # Redis was emptied
        (Sighting(alive=True), 0, GRACE, Step.NOTHING),
        (done(**CLIP), 0, 0.0, Step.KEEP),
        (done(**BROKEN), 0, 0.0, Step.FAIL),
        (done(**MISSING), MAX_LOSSES - 1, 0.0, Step.REQUEUE),  # no worker is to blame
    ],
)
def test_what_a_queued_take_needs(sighting, losses, unseen, step):
    assert next_step(replace(record("1"), state=State.QUEUED, losses=losses), sighting, unseen) is step


def test_media_that_are_missing_again_and_again_end_a_take():
    take = replace(record("1"), state=State.QUEUED, mislaid=MAX_REPEATS - 1)
    assert next_step(take, done(**MISSING), 0.0) is Step.ABANDON


def test_attempts_that_never_came_to_be_do_not_make_media_missing_again_and_again():
    """A Redis that was full or away for a minute is no reason to say "lost more than once" of what is lost once."""
    take = replace(record("1"), state=State.QUEUED, attempt=500)
    assert next_step(take, done(**MISSING), 0.0) is Step.REQUEUE


def test_no_worker_is_to_blame_for_what_happened_while_redis_was_away():
    take = replace(record("1"), state=State.QUEUED, losses=MAX_LOSSES - 1)
    assert next_step(take, BEGUN, GRACE, interrupted=True) is Step.NOTHING
    assert next_step(take, BEGUN, OUTAGE_GRACE, interrupted=True) is Step.REQUEUE
    assert next_step(take, Sighting(), GRACE, interrupted=True) is Step.REQUEUE


def test_a_redis_that_forgets_for_ever_is_not_asked_for_ever():
    take = replace(record("1"), state=State.QUEUED, mislaid=MAX_MISLAID - 1)
    assert next_step(take, Sighting(), GRACE) is Step.ABANDON
