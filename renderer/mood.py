"""Words, seed and picture become a direction.

Explicit words come first and are never contradicted; the seed, and the nudges after it, choose the rest from what fits
the mood and the picture. Each number has a noise of its own, so that a word changes what it names and nothing else.
"""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import TypeVar

from renderer.direction import Camera, Direction, Easing, Grade, Light, Move, Pace, Reading
from renderer.job import Anchor, Beat, Nudge
from renderer.moods import PROFILES, Profile
from renderer.wishes import Wishes, understand
from renderer.words import NUMBERS

REDRAWN = 0.3  # a nudge weaker than this leaves move and easing as they were


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


def distance(one: Direction, other: Direction) -> float:
    """Say how far apart two directions are: 0 = the same, 1 = nothing in common."""
    ours, theirs = _numbers_of(one), _numbers_of(other)
    apart = [abs(ours[name] - theirs[name]) / (span.high - span.low) for name, span in NUMBERS.items()]
    return (
        0.6 * sum(apart) / len(apart)
        + 0.3 * (one.camera.move is not other.camera.move)
        + 0.1 * (one.pace.easing is not other.pace.easing)
    )


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
