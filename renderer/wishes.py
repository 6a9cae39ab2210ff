"""What a beat's words ask for, explicitly: phrases found in tables, and what denies, weighs or outdates them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from renderer.direction import Easing, Move
from renderer.job import Beat
from renderer.moods import KINDRED
from renderer.phrases import tokens
from renderer.words import (
    ABSOLUTE,
    CLAUSE_ENDS,
    DEGREES,
    EASINGS,
    LOOPS,
    MOTION,
    MOVES,
    MOVING,
    NEGATORS,
    NUMBERS,
    RELATIVE,
    UNTOUCHED,
)

LONGEST = 4  # words in a phrase
REACH = 3  # words between a "no" and what it denies


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that a table knows, as they were said."""

    text: str
    denied: bool = False
    degree: float = 1.0  # "much" above 1, "a bit" below, "less" below 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for in so many words."""

    moves: tuple[Move, ...] = ()  # one of these
    barred: frozenset[Move] = frozenset()
    easing: Easing | None = None
    numbers: Mapping[str, float] = field(default_factory=dict[str, float])  # asked for as such
    steps: Mapping[str, float] = field(default_factory=dict[str, float])  # from what would otherwise be
    moods: tuple[str, ...] = ()  # the latest last
    loop: bool = False


def understand(beat: Beat) -> Wishes:
    """Read the mood and then each word said after it; the latest weighs most."""
    wishes = Wishes()
    for said in (beat.mood, *beat.words):
        for phrase in read(said):
            wishes = _heard(wishes, phrase)
    return wishes


def read(said: str) -> Iterator[Phrase]:
    """Find the phrases that the tables know, the longest first, with what denies or weighs them."""
    words = tokens(said)
    at, denied_until, degree = 0, -1, 1.0
    while at < len(words):
        length = _phrase_length(words, at)
        denied = at <= denied_until
        if length:
            yield Phrase(text=" ".join(words[at : at + length]), denied=denied, degree=degree)
            # "no zoom or pan" denies both
            denied_until, degree = at + length + 1 if denied else -1, 1.0
        elif words[at] in CLAUSE_ENDS:
            denied_until, degree = -1, 1.0
        elif words[at] in NEGATORS:
            denied_until = at + REACH
        else:
            degree *= DEGREES.get(words[at], 1.0)
        at += length or 1


def _phrase_length(words: list[str], at: int) -> int:
    longest = min(LONGEST, len(words) - at)
    return next((size for size in range(longest, 0, -1) if " ".join(words[at : at + size]) in _KNOWN), 0)


_KNOWN = frozenset[str]().union(MOVES, MOTION, EASINGS, ABSOLUTE, UNTOUCHED, RELATIVE, LOOPS, KINDRED)


def _heard(wishes: Wishes, phrase: Phrase) -> Wishes:
    text = phrase.text
    if text in MOVES:
        wishes = _heard_move(wishes, MOVES[text], denied=phrase.denied)
    if text in MOTION and phrase.denied:
        wishes = replace(wishes, moves=(Move.STILL,), barred=MOVING)
    if text in EASINGS and not phrase.denied:
        wishes = replace(wishes, easing=EASINGS[text])
    if text in UNTOUCHED and phrase.denied:
        wishes = _asked(wishes, dict.fromkeys(UNTOUCHED[text], 0.0))
    if text in ABSOLUTE:
        wishes = _heard_number(wishes, phrase)
    if text in RELATIVE and not phrase.denied:
        wishes = _stepped(wishes, {name: step * abs(phrase.degree) for name, step in RELATIVE[text].items()})
    if text in LOOPS:
        wishes = replace(wishes, loop=not phrase.denied)
    if text in KINDRED:
        wishes = _heard_mood(wishes, KINDRED[text], denied=phrase.denied)
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


def _asked(wishes: Wishes, numbers: Mapping[str, float]) -> Wishes:
    steps = {name: step for name, step in wishes.steps.items() if name not in numbers}
    return replace(wishes, numbers={**wishes.numbers, **numbers}, steps=steps)


def _stepped(wishes: Wishes, steps: Mapping[str, float]) -> Wishes:
    total = {name: wishes.steps.get(name, 0.0) + step for name, step in steps.items()}
    return replace(wishes, steps={**wishes.steps, **total})


def _heard_mood(wishes: Wishes, mood: str, *, denied: bool) -> Wishes:
    others = tuple(other for other in wishes.moods if other != mood)
    return replace(wishes, moods=others if denied else (*others, mood))
