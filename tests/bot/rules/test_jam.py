"""A jam decided: what it needs next, who has won, which takes make a round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.jam import Jam, Phase, Progress, Step, Terms, jam_id, next_step, round_takes, winner
from renderer.contract import lineage
from renderer.contract.shot import Action, Beat, Shot

SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),))
JAM = Jam(id=jam_id("1"), guild_id=1, root="0" * 20, host_id=2, terms=Terms(mood="calm", takes=2))


@pytest.mark.parametrize(
    ("written", "under_way", "step"),
    [(0, 0, Step.ASK), (1, 1, Step.ASK), (2, 2, Step.WAIT), (2, 1, Step.WAIT), (2, 0, Step.JUDGE)],
)
def test_a_round_is_judged_when_all_its_takes_are_written_down_and_none_is_under_way(written, under_way, step):
    assert next_step(JAM, Progress(written=written, under_way=under_way), 0.0) is step


@pytest.mark.parametrize(
    ("now", "message_id", "step"),
    [
        (-200.0, 7, Step.WAIT),
        (99.0, 7, Step.WAIT),
        (100.0, 7, Step.CROWN),
        (99.0, None, Step.POST),
        (100.0, None, Step.POST),
    ],
)
def test_a_vote_is_told_and_ends_at_its_time(now, message_id, step):
    voting = replace(JAM, phase=Phase.VOTING, closes_at=100.0, message_id=message_id)
    assert next_step(voting, Progress(), now) is step


def test_a_vote_that_ends_further_ahead_than_it_may_last_is_over():
    """The clock went back since it was opened: nobody waits for that hour once more."""
    voting = replace(JAM, phase=Phase.VOTING, closes_at=100.0 + 3600, message_id=7)
    assert next_step(voting, Progress(), 100.0) is Step.CROWN
    assert next_step(voting, Progress(), 100.0 + 3600 - JAM.terms.vote_seconds) is Step.WAIT


def test_what_is_ending_is_finished_once():
    assert next_step(replace(JAM, phase=Phase.ENDING), Progress(), 0.0) is Step.FINISH
    assert next_step(replace(JAM, phase=Phase.ENDED), Progress(), 0.0) is Step.WAIT


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
