"""A jam decided: what it needs next, who has won, which takes make a round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.jam import Jam, Phase, Step, Terms, jam_id, next_step, round_takes, winner
from bot.rules.takes import OPEN, Record, State
from renderer.contract import lineage
from renderer.contract.shot import Action, Beat, Shot

SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),))
JAM = Jam(id=jam_id("1"), guild_id=1, root="0" * 20, host_id=2, terms=Terms(mood="calm", takes=2))
STATES = st.sampled_from(State)


def record(state, number=1):
    take = lineage.animate(SHOT, str(number))
    return Record(take=take, guild_id=1, channel_id=2, member_id=3, byte_limit=10**6, state=state)


@given(STATES, STATES)
def test_a_round_is_voted_on_when_no_take_is_under_way(one, other):
    records = [record(one, 1), record(other, 2)]
    step = next_step(JAM, records, 0.0)
    left = [one, other].count(State.SHOWN)
    if one in OPEN or other in OPEN:
        assert step is Step.WAIT
    else:
        assert step is {0: Step.END, 1: Step.CROWN, 2: Step.VOTE}[left]


def test_a_round_that_is_not_written_down_whole_waits():
    assert next_step(JAM, [record(State.SHOWN)], 0.0) is Step.WAIT


@pytest.mark.parametrize(("now", "step"), [(99.0, Step.WAIT), (100.0, Step.CROWN)])
def test_a_vote_ends_at_its_time(now, step):
    voting = replace(JAM, phase=Phase.VOTING, closes_at=100.0)
    assert next_step(voting, [record(State.SHOWN, 1), record(State.SHOWN, 2)], now) is step


@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(1, 6))
def test_who_has_most_votes_wins_and_the_seed_decides_among_equals(votes, number):
    jam = replace(JAM, number=number)
    cast = dict(enumerate(votes))
    chosen = winner(jam, ["a", "b", "c"], cast)
    assert chosen == winner(jam, ["c", "a", "b"], cast)
    assert votes.count(chosen) == max((votes.count(each) for each in "abc"), default=0)


def test_without_votes_the_seed_does_not_always_choose_the_same():
    chosen = {winner(replace(JAM, id=jam_id(str(press))), ["a", "b", "c"], {}) for press in range(30)}
    assert chosen == {"a", "b", "c"}


def test_votes_for_what_is_gone_do_not_count():
    assert winner(JAM, ["a"], {1: "b", 2: "b", 3: "a"}) == "a"


def test_rounds_follow_from_the_jam_alone():
    start = lineage.animate(SHOT, "1")
    first = round_takes(JAM, start)
    assert first[0] == start
    assert [take.action for take in first[1:]] == [Action.REROLL]
    later = round_takes(replace(JAM, number=2), first[1])
    assert [take.action for take in later] == [Action.AFTER, Action.AFTER]
    assert later == round_takes(replace(JAM, number=2), first[1])
    assert len({take.id for take in (*first, *later)}) == 4
