"""Where takes stand in a story, the line of a reel, and the tree."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.family import MOST_DRAWN, as_told, drawn, meet, members, positions, scenes, story_line
from bot.rules.takes import Fate, Record, State
from renderer.contract import lineage
from renderer.contract.corrections import corrections_of
from renderer.contract.direction import Corrections
from renderer.contract.shot import SCENES, Action, Beat, Join, Shot
from tests.stage import POSED

SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),))
ACTIONS = sorted(lineage.ACTIONS)


def record(take, number, **fields):
    shown = {"guild_id": 1, "channel_id": 2, "member_id": 3, "byte_limit": 10**6, "state": State.SHOWN}
    return Record(take=take, asked_at=float(number), **(shown | fields))


ROOT = record(lineage.animate(SHOT, "0"), 0)


def child(parent, action, **fields):
    number = fields.pop("number", parent.asked_at + 1)
    return record(lineage.ACTIONS[action](parent.take, str(number), ""), number, **fields)


def kept(each):
    return replace(each, fate=Fate.KEPT)


@st.composite
def families(draw):
    """A family that grew by any actions on any of its takes."""
    family = [replace(ROOT, fate=draw(st.sampled_from(Fate)))]
    for number in range(1, draw(st.integers(1, 14))):
        parent = draw(st.sampled_from(family))
        action = draw(st.sampled_from(ACTIONS))
        state = draw(st.sampled_from([State.SHOWN, State.SHOWN, State.SHOWN, State.EXPLAINED]))
        family.append(child(parent, action, number=number, fate=draw(st.sampled_from(Fate)), state=state))
    return family


def test_after_goes_on_before_goes_back_and_all_else_stays():
    after, before, other = (child(ROOT, action, number=n) for n, action in enumerate(("after", "before", "reroll"), 1))
    far = child(after, "after", number=9)
    places = positions(members([ROOT, after, before, other, far]))
    assert [places[each.id] for each in (ROOT, after, before, other, far)] == [0, 1, -1, 0, 2]


def test_a_line_runs_from_what_came_before_to_what_comes_after():
    after, before = kept(child(ROOT, "after", number=1)), kept(child(ROOT, "before", number=2))
    line = story_line([ROOT, after, before], after.id)
    assert [each.id for each in line] == [before.id, after.id]
    line = story_line([kept(ROOT), after, before], ROOT.id)
    assert [each.id for each in line] == [before.id, ROOT.id, after.id]


def test_a_line_keeps_to_its_own_branch():
    other = kept(child(ROOT, "reroll", number=1))
    mine, theirs = kept(child(ROOT, "after", number=2)), kept(child(other, "after", number=3))
    family = [kept(ROOT), other, mine, theirs]
    assert [each.id for each in story_line(family, mine.id)] == [ROOT.id, mine.id]
    assert [each.id for each in story_line(family, theirs.id)] == [other.id, theirs.id]


@given(families(), st.randoms(use_true_random=False))
def test_any_line_is_of_kept_takes_in_order_whatever_order_they_come_in(family, chance):
    for through in family:
        line = story_line(family, through.id)
        places = positions(members(family))
        assert all(places[one.id] < places[other.id] for one, other in pairwise(line))
        assert all(each.fate is Fate.KEPT and each.state is State.SHOWN for each in line)
        if through.fate is Fate.KEPT and through.state is State.SHOWN:
            assert through in line
        mixed = chance.sample(family, len(family))
        assert story_line(mixed, through.id) == line


def test_neighbours_are_cut_and_strangers_dissolved():
    after, other = kept(child(ROOT, "after", number=1)), kept(child(ROOT, "reroll", number=2))
    assert [scene.join for scene in scenes([ROOT, after])] == [Join.CUT, Join.CUT]
    assert [scene.join for scene in scenes([other, after])] == [Join.CUT, Join.DISSOLVE]
    assert {scene.join for scene in scenes([ROOT, after, other], Join.DIP)[1:]} == {Join.DIP}


def test_what_ends_at_the_still_meets_whatever_begins_there():
    before, other = child(ROOT, "before", number=1), child(ROOT, "reroll", number=2)
    assert meet(before, ROOT)
    assert meet(before, other)
    assert not meet(ROOT, other)


def test_a_long_line_is_cut_to_what_a_reel_holds():
    line, last = [ROOT], ROOT
    for number in range(1, 40):
        last = child(last, "after", number=number)
        line.append(last)
    assert len(scenes(line)) == SCENES[1]
    assert scenes(line)[-1].take == last.id


def test_a_reel_is_no_part_of_a_line_or_a_tree():
    after = kept(child(ROOT, "after", number=1))
    cut = lineage.reel(after.take, "9", scenes([ROOT, after]), engine="bars", model="")
    reel = kept(record(cut, 9))
    assert reel not in story_line([kept(ROOT), after, reel], after.id)
    assert reel.id not in {place.record.id for place in drawn([ROOT, after, reel], ROOT.id)}
    assert reel.take.action is Action.REEL


@given(families())
def test_no_two_takes_are_drawn_in_one_place_and_children_stand_right_of_their_parents(family):
    places = drawn(family, ROOT.id)
    assert len({(place.column, place.row) for place in places}) == len(places)
    by_id = {place.record.id: place for place in places}
    assert set(by_id) == set(members(family))
    for place in places:
        parent = by_id.get(place.record.take.parent or "")
        if parent:
            assert place.column == parent.column + 1
            assert place.row >= parent.row


def test_of_a_large_family_the_kept_ones_the_newest_and_the_asked_one_are_drawn():
    family = [ROOT, *(child(ROOT, "reroll", number=number) for number in range(1, 100))]
    family[5] = kept(family[5])
    shown = {place.record.id for place in drawn(family, family[3].id)}
    assert len(shown) == MOST_DRAWN
    assert {ROOT.id, family[3].id, family[5].id, family[-1].id} <= shown


def said(parent, action, words, number):
    return record(lineage.ACTIONS[action](parent.take, str(number), words), number)


def told(about, *family):
    return as_told(about, [each.take for each in family]).shot.corrections


def test_what_is_said_to_one_take_counts_for_all_and_the_latest_of_it():
    no_water = said(ROOT, Action.NUDGE, "that is not water", 1)
    after = said(no_water, Action.AFTER, "warmer", 2)
    water = said(ROOT, Action.SUBTLE, "this is water, those are trees", 3)
    again = said(after, Action.REROLL, "", 4)  # its line still says that there is none: that is no news
    assert told(ROOT, ROOT, no_water, after) == Corrections(absent=frozenset({"water"}))
    there = Corrections(present=frozenset({"water", "plants"}))
    for each in (ROOT, no_water, again):
        assert told(each, ROOT, no_water, after, water, again) == there
    assert told(ROOT, ROOT) == Corrections()


def test_what_a_forgotten_member_said_counts_no_longer():
    """Their takes go with all that goes on from them."""
    denied = said(ROOT, Action.NUDGE, "that is not water", 1)
    later = record(lineage.reroll(as_told(ROOT, [ROOT.take, denied.take]), "2"), 2)
    assert later.take.shot.corrections.absent
    assert told(ROOT, ROOT, later) == Corrections()


def test_nobodys_own_words_come_into_the_takes_of_others():
    named = said(ROOT, Action.NUDGE, "bello is closer", 1)
    placed = said(ROOT, Action.NUDGE, "the dog is closer and the sky is farther away", 2)
    assert told(ROOT, ROOT, named, placed) == Corrections(farther=frozenset({"sky"}))
    dog = replace(ROOT, report=replace(POSED, picture=replace(POSED.picture, shows=("dog",))))
    assert told(dog, ROOT, named, placed).nearer == {"dog"}


def test_what_is_said_now_counts_more_than_what_the_family_said():
    denied = said(ROOT, Action.NUDGE, "that is not water", 1)
    child = lineage.nudge(as_told(ROOT, [ROOT.take, denied.take]), "2", "this is water, slower")
    assert child.shot.corrections == Corrections(present=frozenset({"water"}))
    assert corrections_of(child.shot) == child.shot.corrections
