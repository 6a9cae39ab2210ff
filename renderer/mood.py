"""Words, seed and picture become a direction.

Explicit words come first and are never contradicted; the seed, and the nudges after it, choose the rest from what fits
the mood and the picture. Each number has a noise of its own, so that a word changes what it names and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import TypeVar

from renderer.direction import Camera, Direction, Easing, Grade, Light, Move, Pace, Reading
from renderer.job import Anchor, Beat, Nudge
from renderer.moods import KINDRED, PROFILES, Profile
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
REDRAWN = 0.3  # a nudge weaker than this leaves move and easing as they were


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


_Choice = TypeVar("_Choice", Move, Easing)


def direct(beat: Beat, reading: Reading, *, loop: bool = False, nearness: float = 0.0) -> Direction:
    """Direct a beat. `nearness` says how close the camera stands at the joint: 0 = the whole still, 1 = its closest."""
    wishes = understand(beat)
    profile = fitting(wishes.moods, reading)
    numbers = {name: _number(name, beat, wishes, profile) for name in NUMBERS}
    move = _move(beat, wishes, profile, reading, nearness)
    if move is Move.STILL and "handheld" not in wishes.numbers:
        numbers["handheld"] = 0.0
    return Direction(
        camera=Camera(move=move, **{name: numbers[name] for name in ("amount", "handheld", "lean_x", "lean_y")}),
        pace=Pace(easing=_easing(beat, wishes, profile), speed=numbers["speed"]),
        light=Light(warmth=numbers["warmth"], brightness=numbers["brightness"]),
        grade=Grade(**{name: numbers[name] for name in ("saturation", "contrast", "vignette")}),
        loop=loop or wishes.loop,
    )


def asks_for_loop(beat: Beat) -> bool:
    """Tell whether the words ask for a loop."""
    return understand(beat).loop


def distance(one: Direction, other: Direction) -> float:
    """Say how far apart two directions are: 0 = the same, 1 = nothing in common."""
    ours, theirs = _numbers_of(one), _numbers_of(other)
    apart = [abs(ours[name] - theirs[name]) / (span.high - span.low) for name, span in NUMBERS.items()]
    return (
        0.6 * sum(apart) / len(apart)
        + 0.3 * (one.camera.move is not other.camera.move)
        + 0.1 * (one.pace.easing is not other.pace.easing)
    )


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


def fitting(moods: tuple[str, ...], reading: Reading) -> Profile:
    """Blend what fits the moods, the latest weighing most, over what fits the picture."""
    blend = of_picture(reading)
    for mood in moods:
        blend = _blended(blend, PROFILES[mood])
    return blend


def of_picture(reading: Reading) -> Profile:
    """Say what fits a picture by itself: tall ones are looked up and down, wide ones across, dark ones slowly."""
    tall, wide = max(0.0, 1 - reading.aspect), max(0.0, reading.aspect - 1.6)
    sure = reading.confidence
    moves = {
        Move.STILL: 0.0,
        Move.PUSH_IN: 2.0 + (reading.subject is not None),
        Move.PULL_OUT: 1.0,
        Move.PAN_LEFT: 0.6 + 2 * wide,
        Move.PAN_RIGHT: 0.6 + 2 * wide,
        Move.TILT_UP: 0.3 + 4 * tall + reading.sky,
        Move.TILT_DOWN: 0.3 + 4 * tall,
        Move.ARC_LEFT: 2.5 * max(0.0, sure - 0.3),
        Move.ARC_RIGHT: 2.5 * max(0.0, sure - 0.3),
        Move.DOLLY_ZOOM: 0.3 * max(0.0, sure - 0.5),
    }
    easings = {Easing.SMOOTH: 2.0, Easing.SETTLE: 1.5, Easing.HOLD: 0.0, Easing.ABRUPT: 0.0}
    return Profile(moves=moves, easings=easings, numbers={"speed": 0.3 + 0.25 * reading.brightness})


def _blended(under: Profile, over: Profile) -> Profile:
    """Lay one mood over another, or over the picture: the latest weighs twice as much."""
    moves = {move: weight * over.moves.get(move, 1.0) for move, weight in under.moves.items()}
    numbers = {
        name: (under.numbers.get(name, NUMBERS[name].neutral) + 2 * value) / 3 if under.said else value
        for name, value in over.numbers.items()
    }
    return Profile(moves=moves, easings=over.easings or under.easings, numbers={**under.numbers, **numbers}, said=True)


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


def _number(name: str, beat: Beat, wishes: Wishes, profile: Profile) -> float:
    span = NUMBERS[name]
    value = wishes.numbers.get(name)
    if value is None:
        value = profile.numbers.get(name, span.neutral) + span.spread * noise(beat, name)
    value += wishes.steps.get(name, 0.0)
    return round(min(span.high, max(span.low, value)), 6)


def _move(beat: Beat, wishes: Wishes, profile: Profile, reading: Reading, nearness: float) -> Move:
    allowed = [move for move in wishes.moves or tuple(Move) if move not in wishes.barred]
    if not allowed:
        return Move.STILL
    weights = {move: profile.moves.get(move, 1.0) * _room(move, beat.anchor, nearness) for move in allowed}
    if reading.confidence < 0.3 and not wishes.moves:
        weights = {move: weight * (move is not Move.DOLLY_ZOOM) for move, weight in weights.items()}
    return _drawn(weights, beat, "move")


def _room(move: Move, anchor: Anchor, nearness: float) -> float:
    """Say how well a move fits where the camera stands: from the whole still there is no way out, close by none in."""
    outward, inward = (Move.PULL_OUT, Move.PUSH_IN) if anchor is Anchor.FIRST else (Move.PUSH_IN, Move.PULL_OUT)
    if move is outward:
        return 3 * nearness if nearness > 0.15 else 0.0
    return max(0.1, 1 - nearness) if move is inward else 1.0


def _easing(beat: Beat, wishes: Wishes, profile: Profile) -> Easing:
    return wishes.easing or _drawn(profile.easings, beat, "easing")


def _drawn(weights: Mapping[_Choice, float], beat: Beat, what: str) -> _Choice:
    """Draw one by weight, with the seed or the last nudge strong enough to draw anew."""
    total = sum(weights.values())
    if total <= 0:
        return next(iter(weights))
    mark = _uniform(_seed_in_force(beat, what), what) * total
    for choice, weight in weights.items():
        mark -= weight
        if mark < 0:
            return choice
    return max(weights, key=lambda choice: weights[choice])


def _seed_in_force(beat: Beat, what: str) -> int:
    seed = beat.seed
    for nudge in beat.nudges:
        if nudge.strength > REDRAWN and _uniform(nudge.seed, f"redraw {what}") < nudge.strength:
            seed = nudge.seed
    return seed


def noise(beat: Beat, what: str) -> float:
    """Draw from [-1, 1]. A nudge goes its strength of the way to a draw of its own, so that distances grow with it."""
    value = 2 * _uniform(beat.seed, what) - 1
    for nudge in beat.nudges:
        value = _nudged(value, nudge, what)
    return value


def _nudged(value: float, nudge: Nudge, what: str) -> float:
    return (1 - nudge.strength) * value + nudge.strength * (2 * _uniform(nudge.seed, what) - 1)


def _uniform(seed: int, what: str) -> float:
    return int.from_bytes(sha256(f"{seed}\0{what}".encode()).digest()[:6]) / 2**48


def _numbers_of(direction: Direction) -> dict[str, float]:
    parts = (direction.camera, direction.pace, direction.light, direction.grade)
    values = {part.name: getattr(owner, part.name) for owner in parts for part in fields(owner)}
    return {name: values[name] for name in NUMBERS}
