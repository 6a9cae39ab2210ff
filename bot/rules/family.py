"""A family of takes: where each stands in the story, the line of a reel, the tree, and what is said of the still."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.rules.takes import Fate, Record, State
from renderer.contract.corrections import heard
from renderer.contract.direction import PLACES, Corrections
from renderer.contract.lineage import corrected
from renderer.contract.shot import SCENES, Action, Anchor, Join, Scene, Take

STEPS = {Action.AFTER: 1, Action.BEFORE: -1}  # in the story; all other children stand where their parent does
MOST_DRAWN = 48  # takes


def members(records: Iterable[Record]) -> dict[str, Record]:
    """The takes of a family that can be seen or could be again, by id; reels are made of them and no part of it."""
    return {each.id: each for each in records if each.state is State.SHOWN and not each.take.shot.scenes}


def positions(family: Mapping[str, Record]) -> dict[str, int]:
    """Where each take stands in the story: the root at 0, what comes after above, what came before below."""
    found: dict[str, int] = {}
    for record in family.values():
        steps = sum(STEPS.get(each.take.action, 0) for each in ancestry(family, record))
        found[record.id] = steps
    return found


def ancestry(family: Mapping[str, Record], record: Record) -> Iterator[Record]:
    """A take, its parent, and so on."""
    here: Record | None = record
    while here is not None:
        yield here
        here = family.get(here.take.parent or "")


def story_line(records: Iterable[Record], through: str) -> tuple[Record, ...]:
    """The kept takes along one line of a family, in story time, at most one for each place in it.

    First come the takes that lead to `through`, the nearest first; places that these leave open go to the kept take
    that is fewest steps away from them in the tree, the newest among equals.
    """
    family = members(records)
    if through not in family:
        return ()
    places = positions(family)
    path = {each.id: steps for steps, each in enumerate(ancestry(family, family[through]))}
    kept = [each for each in family.values() if each.fate is Fate.KEPT]

    def distance(record: Record) -> tuple[int, int]:
        steps = enumerate(ancestry(family, record))
        return next(((away, path[each.id]) for away, each in steps if each.id in path), (len(family), 0))

    chosen: dict[int, Record] = {}
    for record in sorted(kept, key=lambda each: (*distance(each), -each.asked_at, each.id)):
        chosen.setdefault(places[record.id], record)
    return tuple(chosen[place] for place in sorted(chosen))


def scenes(line: Sequence[Record], join: Join | None = None) -> tuple[Scene, ...]:
    """The scenes of a reel: cut where one take meets the next, dissolved elsewhere; or all as it is wished.

    A line may be longer than a reel: then its end is the reel.
    """
    line = line[-SCENES[1] :]
    joins = [join or (Join.CUT if meet(one, other) else Join.DISSOLVE) for one, other in pairwise(line)]
    return tuple(Scene(take=each.id, join=how) for each, how in zip(line, [Join.CUT, *joins], strict=True))


def meet(one: Record, other: Record) -> bool:
    """Whether one take ends on the frame that the other begins with: as neighbours, or both at the still."""
    first, second = one.take.shot, other.take.shot
    if second.neighbour == one.id or first.neighbour == other.id:
        return True
    ends_at_still = first.beat.anchor is Anchor.LAST and len(first.line) == 1
    return ends_at_still and second.beat.anchor is Anchor.FIRST and len(second.line) == 1


def as_told(record: Record, takes: Sequence[Take]) -> Take:
    """A take, its still read as all the takes of its family say by now."""
    shows = record.report.picture.shows if record.report else ()
    return corrected(record.take, corrections(takes, shows))


def corrections(takes: Sequence[Take], shows: Collection[str] = ()) -> Corrections:
    """What a family, oldest first, says against the reading of its still: each take what is new with it.

    Of things only those are named that were read in the still (`shows`): nobody's own words come into others' takes,
    where they would outlive the forgetting of who said them.
    """
    known = {take.id: take for take in takes}
    said = heard(words for take in takes for words in _new_words(take, known.get(take.parent or "")))
    names = {*PLACES, *shows}
    return replace(said, nearer=said.nearer & names, farther=said.farther & names)


def _new_words(take: Take, parent: Take | None) -> Sequence[str]:
    """What was said for a take; of one whose parent is not there all that its line says."""
    beat = take.shot.beat
    if parent is None:
        return [said for each in take.shot.line for said in (each.mood, *each.words)]
    return beat.words[-1:] if beat.words != parent.shot.beat.words else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a take is drawn."""

    record: Record
    number: int  # from 1, in the order in which they were asked for
    column: int  # generations from the root
    row: int


def drawn(records: Iterable[Record], through: str) -> list[Place]:
    """The family as a tree: the root at the left, children right of their parents, no two in one place.

    Of a large family those are drawn that lead to `through`, the kept ones and the newest, each with its ancestors.
    """
    family = members(records)
    numbers = {each.id: number for number, each in enumerate(sorted(family.values(), key=_asked), start=1)}
    shown = _chosen(family, through)
    children: dict[str, list[Record]] = {}
    for record in sorted((family[take_id] for take_id in shown), key=_asked):
        children.setdefault(record.take.parent if record.take.parent in shown else "", []).append(record)
    found: list[Place] = []
    row = 0
    waiting = [(record, 0) for record in reversed(children.get("", []))]
    column_before = -1
    while waiting:  # depth first; a first child stands in its parent's row
        record, column = waiting.pop()
        row += column <= column_before
        column_before = column
        found.append(Place(record=record, number=numbers[record.id], column=column, row=row))
        waiting += [(child, column + 1) for child in reversed(children.get(record.id, []))]
    return found


def _chosen(family: Mapping[str, Record], through: str) -> set[str]:
    """The takes to draw, with all their ancestors."""
    newest = sorted(family.values(), key=_asked, reverse=True)
    wanted = [each for each in newest if each.id == through]
    wanted += [each for each in newest if each.fate is Fate.KEPT]
    chosen: set[str] = set()
    for record in [*wanted, *newest]:
        line = {each.id for each in ancestry(family, record)}
        if len(chosen | line) <= MOST_DRAWN:
            chosen |= line
    return chosen


def _asked(record: Record) -> tuple[float, str]:
    return record.asked_at, record.id
