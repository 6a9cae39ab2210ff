"""What a beat's words ask for: explicitly by the tables' phrases, and else by what they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Protocol

from renderer.contract.corrections import without_corrections
from renderer.contract.direction import Easing, Move
from renderer.contract.shot import Beat
from renderer.mood.clauses import Clause, Phrase, clauses
from renderer.mood.kindred import KINDRED
from renderer.mood.spans import AIR, LIFE, NUMBERS
from renderer.mood.tables import (
    ABSOLUTE,
    ALL_MOTION,
    EASINGS,
    FROZEN,
    LOOPS,
    MOTION,
    MOVES,
    MOVING,
    NAMES,
    RELATIVE,
    UNTOUCHED,
    is_done_by,
)
from renderer.mood.words.air import FALLING_STILL

NOBODY = Phrase(text="")
OLDER = 0.5  # weight of a mood, for each thing said after it
MEANT = 8  # clauses of one text that are asked for their meaning, 10 ms each
OUTSHONE = 0.7  # share that a mood named in a clause loses to what the whole clause surely means
NAMED = 0.65  # how much of it moves what "only" names


class Placing(Protocol):
    """What knows the moods that words mean; `renderer.meaning.placing.Meaning` does."""

    def placed(self, said: str, /) -> tuple[tuple[str, float], ...]:
        """Give moods with weights above 0 and up to 1, the nearest first; none for what is no mood."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for."""

    moves: tuple[Move, ...] = ()  # one of these
    barred: frozenset[Move] = frozenset()
    easing: Easing | None = None
    numbers: Mapping[str, float] = field(default_factory=dict[str, float])  # asked for as such
    steps: Mapping[str, float] = field(default_factory=dict[str, float])  # from what would otherwise be
    moods: Mapping[str, float] = field(default_factory=dict[str, float])  # their weights
    refused: frozenset[str] = frozenset()  # moods
    loop: bool = False


def understand(beat: Beat, meaning: Placing, shown: Iterable[str] = ()) -> Wishes:
    """Read the mood and then each word said after it; the latest weighs most. `shown` is what the picture shows."""
    wishes = Wishes()
    for said in (beat.mood, *beat.words):
        heard = tuple(clauses(without_corrections(said), shown))
        wishes = _meant(_heard_all(wishes, heard), heard, meaning)
    return wishes


def _heard_all(before: Wishes, heard: tuple[Clause, ...]) -> Wishes:
    wishes = before
    for clause in heard:
        if clause.only:
            wishes = _heard_only(wishes, clause, before)
        for subject, phrase in pairwise((NOBODY, *clause.phrases)):
            if subject.denied or not is_done_by(subject.text, phrase.text):
                wishes = _heard(wishes, phrase, before)
    return wishes


def _meant(wishes: Wishes, heard: tuple[Clause, ...], meaning: Placing) -> Wishes:
    """Add the moods that the clauses name and those that they mean; a refusal beats a meaning, not a name."""
    refusals = islice((clause.refused for clause in heard if clause.refused), MEANT)
    unwanted = {mood for refused in refusals for mood, _ in meaning.placed(refused)[:1]}
    unwanted |= {mood for clause in heard for mood, weight in _named(clause) if weight <= 0}
    placed = _placed(heard, meaning)
    named = _strongest(
        (mood, weight * (1 - OUTSHONE * near[0][1] if near else 1.0))
        for clause, near in zip(heard, placed, strict=True)
        for mood, weight in _named(clause)
        if weight > 0
    )
    refused = (wishes.refused | unwanted) - set(named)
    meant = _strongest((mood, weight) for near in placed for mood, weight in near if mood not in refused)
    new = _strongest((*named.items(), *meant.items()))
    older = {mood: weight * (OLDER if new else 1.0) for mood, weight in wishes.moods.items() if mood not in refused}
    return replace(wishes, moods={**older, **new}, refused=refused)


def _placed(heard: tuple[Clause, ...], meaning: Placing) -> list[tuple[tuple[str, float], ...]]:
    """Ask for the meaning of each clause that says more than the tables know, of the first few at most."""
    asked = [clause for clause in heard if clause.rest][:MEANT]
    return [meaning.placed(clause.rest) if clause in asked else () for clause in heard]


def _named(clause: Clause) -> list[tuple[str, float]]:
    """Give the moods that a clause names, with their degrees; those that it refuses at 0."""
    said = ((KINDRED.get(phrase.text), phrase) for phrase in clause.phrases)
    return [(mood, 0.0 if phrase.denied else max(0.0, phrase.degree)) for mood, phrase in said if mood]


def _strongest(moods: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for mood, weight in moods:
        found[mood] = max(found.get(mood, 0.0), weight)
    return found


def _heard_only(wishes: Wishes, clause: Clause, before: Wishes) -> Wishes:
    """Let all fall still but what is named here, and what was asked for in the same breath."""
    texts = [phrase.text for phrase in clause.phrases if not phrase.denied]
    camera = any(text in MOVES or (text in MOTION and text not in ALL_MOTION) for text in texts)
    named = {
        name for text in texts for name in (*NAMES.get(text, ()), *ABSOLUTE.get(text, ()), *UNTOUCHED.get(text, ()))
    }
    moving = named & set(FALLING_STILL)
    if not camera and not moving:
        return wishes
    wishes = _quieted(wishes, set(FALLING_STILL) - named, before)
    wishes = _asked(wishes, {name: NAMED for text in texts for name in NAMES.get(text, ())})
    return wishes if camera or wishes.moves != before.moves else replace(wishes, moves=(Move.STILL,), barred=MOVING)


def _heard(wishes: Wishes, phrase: Phrase, before: Wishes) -> Wishes:
    text = phrase.text
    if text in MOVES:
        wishes = _heard_move(wishes, MOVES[text], denied=phrase.denied)
    if text in MOTION and phrase.denied:
        wishes = replace(wishes, moves=(Move.STILL,), barred=MOVING)
    if (text in FROZEN and not phrase.denied) or (text in ALL_MOTION and phrase.denied):
        wishes = _quieted(wishes, {*LIFE, *AIR, "handheld"}, before)
    if text in EASINGS and not phrase.denied:
        wishes = replace(wishes, easing=EASINGS[text])
    if phrase.denied:
        wishes = _asked(wishes, dict.fromkeys((*UNTOUCHED.get(text, ()), *NAMES.get(text, ())), 0.0))
    if text in ABSOLUTE:
        wishes = _heard_number(wishes, phrase)
    if text in RELATIVE and not phrase.denied:
        wishes = _stepped(wishes, {name: step * abs(phrase.degree) for name, step in RELATIVE[text].items()})
    if text in LOOPS:
        wishes = replace(wishes, loop=not phrase.denied)
    return wishes


def _heard_move(wishes: Wishes, moves: tuple[Move, ...], *, denied: bool) -> Wishes:
    if not denied:
        return replace(wishes, moves=moves, barred=wishes.barred - set(moves))
    left = tuple(move for move in wishes.moves if move not in moves)
    return replace(wishes, moves=left, barred=wishes.barred | set(moves))


def _heard_number(wishes: Wishes, phrase: Phrase) -> Wishes:
    """Ask for a number; "not fast" is somewhat slow, "not warm" is the still's own; "less dark" is a step."""
    asked = ABSOLUTE[phrase.text]
    if phrase.degree < 0:
        return _stepped(wishes, {name: -0.5 * (value - NUMBERS[name].neutral) for name, value in asked.items()})
    if phrase.denied:
        return _asked(wishes, {name: _against(name, value) for name, value in asked.items()})
    return _asked(
        wishes,
        {
            name: NUMBERS[name].neutral + phrase.degree * (value - NUMBERS[name].neutral)
            for name, value in asked.items()
        },
    )


def _against(name: str, value: float) -> float:
    neutral = NUMBERS[name].neutral
    return neutral - 0.4 * (value - neutral) if name in {"speed", "amount"} else 0.0


def _quieted(wishes: Wishes, names: set[str], before: Wishes) -> Wishes:
    """Take numbers to nothing, but those that were asked for in the same breath."""
    return _asked(wishes, {name: 0.0 for name in names if wishes.numbers.get(name) == before.numbers.get(name)})


def _asked(wishes: Wishes, numbers: Mapping[str, float]) -> Wishes:
    steps = {name: step for name, step in wishes.steps.items() if name not in numbers}
    return replace(wishes, numbers={**wishes.numbers, **numbers}, steps=steps)


def _stepped(wishes: Wishes, steps: Mapping[str, float]) -> Wishes:
    total = {name: wishes.steps.get(name, 0.0) + step for name, step in steps.items()}
    return replace(wishes, steps={**wishes.steps, **total})
