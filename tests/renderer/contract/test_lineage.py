"""How takes beget takes: pure, and each action changes what it says and nothing else."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from renderer.contract.errors import CannotError
from renderer.contract.lineage import ACTIONS, after, animate, before, first_seed, nudge, reroll, strong, subtle
from renderer.contract.shot import LINE_LIMIT, NUDGE_LIMIT, Action, Anchor, Beat, Shot, Take
from tests.processes import ROOT
from tests.renderer.strategies import presses, shots, takes, words

actions = st.sampled_from(list(ACTIONS))
SHOT = Shot(still="a" * 64, line=(Beat(mood="calm", seed=1),))


def beget(take, action, press, said):
    """The child, for takes whose line is not full."""
    assume(len(take.shot.line) < LINE_LIMIT)
    return ACTIONS[action](take, press, said)


@given(takes, actions, presses, words)
def test_a_press_seen_twice_makes_the_same_take(take, action, press, said):
    assert beget(take, action, press, said) == beget(take, action, press, said)


def test_ids_and_seeds_are_the_same_in_every_process():
    """Python's own `hash` is salted anew in each."""
    script = """
from renderer.contract.shot import Beat, Shot
from renderer.contract.lineage import *
take = animate(Shot(still="a" * 64, line=(Beat(mood="calm", seed=first_seed("p")),)), "p")
print([(child.id, child.shot.beat.seed) for child in (act(take, "q", "") for act in ACTIONS.values())])
"""
    answers = {
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(answers) == 1


@given(takes, actions, presses, words)
def test_every_child_knows_its_family(take, action, press, said):
    child = beget(take, action, press, said)
    assert (child.parent, child.root, child.action) == (take.id, take.root, action)
    assert child.id not in {take.id, take.root}


@given(takes, actions, presses, words)
def test_every_child_is_within_the_contract(take, action, press, said):
    child = beget(take, action, press, said)
    assert Take.from_json(child.to_json()) == child


@given(takes, actions, presses)
def test_a_continued_take_meets_its_parent_and_its_relatives_what_it_met(take, action, press):
    child = beget(take, action, press, "")
    assert child.shot.neighbour == (take.id if action in {Action.AFTER, Action.BEFORE} else take.shot.neighbour)


@given(takes, st.lists(st.tuples(actions, presses), min_size=2, max_size=8, unique=True))
def test_different_presses_and_actions_make_different_takes(take, asked):
    ids = [beget(take, action, press, "").id for action, press in asked]
    assert len(set(ids)) == len(ids)


@given(takes, actions, presses, words)
def test_what_leads_to_the_joint_and_the_rest_of_the_shot_stay(take, action, press, said):
    child = beget(take, action, press, said)
    kept = replace(child.shot, line=take.shot.line, loop=take.shot.loop, neighbour=take.shot.neighbour)
    assert kept == take.shot
    if action not in {Action.AFTER, Action.BEFORE}:
        assert child.shot.line[:-1] == take.shot.line[:-1]
        assert child.shot.loop == take.shot.loop


@given(takes, actions, presses, words)
def test_words_are_added_last_and_none_are_none(take, action, press, said):
    child = beget(take, action, press, said)
    expected = (*take.shot.beat.words, said) if said else take.shot.beat.words
    assert child.shot.beat.words == expected[-NUDGE_LIMIT:]
    assert child.shot.beat.mood == take.shot.beat.mood


@given(takes, presses)
def test_reroll_changes_the_seed_alone_and_forgets_its_nudges(take, press):
    beat = take.shot.beat
    child = reroll(take, press).shot.beat
    assert child == replace(beat, seed=child.seed, nudges=())
    assert child.seed != beat.seed


@given(takes, presses, words)
def test_nudge_changes_the_words_alone(take, press, said):
    child = nudge(take, press, said).shot.beat
    assert child == replace(take.shot.beat, words=child.words)


@given(takes, presses)
def test_a_variation_keeps_the_seed_and_steps_away_from_it(take, press):
    beat = take.shot.beat
    near, far = subtle(take, press).shot.beat, strong(take, press).shot.beat
    for child in (near, far):
        assert child == replace(beat, nudges=child.nudges)
        assert child.nudges[:-1] == (*beat.nudges, None)[-NUDGE_LIMIT:-1]
    assert 0 < near.nudges[-1].strength < far.nudges[-1].strength < 1
    assert near.nudges[-1].seed != far.nudges[-1].seed


@given(shots, presses)
def test_the_first_take_is_its_own_root(shot, press):
    take = animate(shot, press)
    assert (take.root, take.parent, take.action, take.shot) == (take.id, None, Action.ANIMATE, shot)


@given(presses, presses)
def test_other_presses_give_other_families_and_seeds(press, other):
    same = press == other
    assert (first_seed(press) == first_seed(other)) == same
    assert (animate(SHOT, press).id == animate(SHOT, other).id) == same


# The line: the beats that lead from the still to the joint of the one that is shown.


FIRST = animate(SHOT, "root")


def anchors(take):
    return [str(beat.anchor) for beat in take.shot.line]


def test_after_goes_on_from_the_open_end():
    child = after(FIRST, "p", "storm")
    assert child.shot.line[:-1] == FIRST.shot.line
    assert anchors(after(child, "p")) == ["first", "first", "first"]


def test_before_ends_where_the_first_take_begins_so_at_the_still():
    child = before(FIRST, "p")
    assert anchors(child) == ["last"]
    assert anchors(before(child, "p")) == ["last", "last"]


def test_after_a_before_starts_at_its_joint_again():
    """What happens after the clip that ends at the still begins at the still."""
    assert anchors(after(before(FIRST, "p"), "q")) == ["first"]


def test_before_an_after_ends_where_that_begins():
    first = FIRST.shot.line
    child = before(after(FIRST, "p"), "q")
    assert child.shot.line[:-1] == first  # its joint is the first take's open end
    assert child.shot.beat.anchor is Anchor.LAST


@given(takes, st.sampled_from([Action.AFTER, Action.BEFORE]), presses)
def test_a_continuation_is_a_new_beat_and_no_loop(take, action, press):
    child = beget(take, action, press, "").shot
    beat = take.shot.beat
    assert child.loop is False
    assert child.beat.seed != beat.seed
    assert child.beat.nudges == ()
    assert child.beat.seconds == beat.seconds
    assert child.beat.anchor is (Anchor.FIRST if action is Action.AFTER else Anchor.LAST)


def test_a_line_that_is_full_goes_no_further_but_may_be_changed():
    shot = replace(SHOT, line=(SHOT.beat,) * LINE_LIMIT)
    full = animate(shot, "p")
    with pytest.raises(CannotError) as caught:
        after(full, "q")
    assert caught.value.data["what"] == "line"
    assert len(before(full, "q").shot.line) == LINE_LIMIT
    assert len(reroll(full, "q").shot.line) == LINE_LIMIT
