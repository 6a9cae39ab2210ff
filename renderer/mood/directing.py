"""Words, seed and picture become a direction."""

from dataclasses import fields
from typing import TypeVar

from renderer.contract.direction import Camera, Direction, Grade, Life, Light, Move, Pace, Reading, Weather
from renderer.contract.shot import Anchor, Beat
from renderer.mood.draws import drawn, noise
from renderer.mood.fitting import fitting
from renderer.mood.picture import bears, life_of
from renderer.mood.profile import Profile
from renderer.mood.spans import AIR, LIGHTS, NUMBERS
from renderer.mood.steering import led
from renderer.mood.wishes import Placing, Wishes, understand

# How strong what a mood adds unasked is: modest.
TOUCHES = {
    "mist": 0.35,
    "dust": 0.45,
    "rain": 0.45,
    "snow": 0.45,
    "embers": 0.4,
    "petals": 0.4,
    "bokeh": 0.35,
    "day": 0.55,
    "sweep": 0.5,
    "shadow": 0.5,
    "glow": 0.5,
    "candle": 0.5,
    "neon": 0.55,
}
LENS = {"far": 0.55, "near": -0.55}

Part = TypeVar("Part", Life, Light, Weather, Grade)


def direct(beat: Beat, reading: Reading, *, meaning: Placing, loop: bool = False, nearness: float = 0.0) -> Direction:
    """Direct a beat. `nearness` says how close the camera stands at the joint: 0 = the whole still, 1 = its closest."""

    def read(beat: Beat) -> Direction:
        return _direct(beat, reading, meaning=meaning, loop=loop, nearness=nearness)

    return read(led(beat, read, distance))


def _direct(beat: Beat, reading: Reading, *, meaning: Placing, loop: bool, nearness: float) -> Direction:
    wishes = understand(beat, meaning, reading.shows)
    profile = fitting(wishes.moods, reading)
    found = {**profile.numbers, **_life(profile, reading), **_additions(beat, wishes, profile, reading)}
    numbers = {name: _number(name, beat, wishes, found.get(name, NUMBERS[name].neutral)) for name in NUMBERS}
    move = _move(beat, wishes, profile, nearness)
    if move is Move.STILL and "handheld" not in wishes.numbers:
        numbers["handheld"] = 0.0
    camera = {name: numbers[name] for name in ("amount", "handheld", "lean_x", "lean_y", "focus")}
    return Direction(
        camera=Camera(move=move, **camera),
        pace=Pace(easing=wishes.easing or drawn(profile.easings, beat, "easing"), speed=numbers["speed"]),
        life=_part(Life, numbers),
        light=_part(Light, numbers),
        weather=_part(Weather, numbers),
        grade=_part(Grade, numbers),
        loop=loop or wishes.loop,
    )


def distance(one: Direction, other: Direction) -> float:
    """Say how far apart two directions are: 0 = the same, 1 = nothing in common. What is off in both says nothing."""
    ours, theirs = _numbers_of(one), _numbers_of(other)
    apart = [
        abs(ours[name] - theirs[name]) / (span.high - span.low)
        for name, span in NUMBERS.items()
        if ours[name] or theirs[name]
    ]
    return (
        0.6 * sum(apart) / max(1, len(apart))
        + 0.3 * (one.camera.move is not other.camera.move)
        + 0.1 * (one.pace.easing is not other.pace.easing)
    )


def _life(profile: Profile, reading: Reading) -> dict[str, float]:
    return {name: profile.life * natural for name, natural in life_of(reading).items()}


def _additions(beat: Beat, wishes: Wishes, profile: Profile, reading: Reading) -> dict[str, float]:
    """Draw what the mood adds to air, light and lens, where the words leave it open and the picture bears it."""
    air = _added("air", profile.air, AIR, beat, wishes, reading)
    light = _added("lights", profile.lights, LIGHTS, beat, wishes, reading)
    lens = _added("lens", profile.lens, ("focus",), beat, wishes, reading)
    return {name: TOUCHES[name] for name in (air, light) if name} | ({"focus": LENS[lens]} if lens else {})


def _added(
    what: str, weights: dict[str, float], names: tuple[str, ...], beat: Beat, wishes: Wishes, reading: Reading
) -> str:
    """Draw one addition or none; none where the words already say what there is."""
    if any(wishes.numbers.get(name) or wishes.steps.get(name) for name in names):
        return ""
    left = {name: weight * bears(name, reading) for name, weight in weights.items() if name not in wishes.numbers}
    if what == "lens" and "focus" in wishes.numbers:
        return ""
    return drawn({"": 1.0, **left}, beat, what)


def _number(name: str, beat: Beat, wishes: Wishes, found: float) -> float:
    span = NUMBERS[name]
    value = wishes.numbers.get(name)
    if value is None:
        value = found + (span.spread + span.share * found) * noise(beat, name)
    value += wishes.steps.get(name, 0.0)
    return round(min(span.high, max(span.low, value)), 6)


def _move(beat: Beat, wishes: Wishes, profile: Profile, nearness: float) -> Move:
    allowed = [move for move in wishes.moves or tuple(Move) if move not in wishes.barred]
    if not allowed:
        return Move.STILL
    weights = {move: profile.moves.get(move, 1.0) * _room(move, beat.anchor, nearness) for move in allowed}
    return drawn(weights, beat, "move")


def _room(move: Move, anchor: Anchor, nearness: float) -> float:
    """Say how well a move fits where the camera stands: from the whole still there is no way out, close by none in."""
    outward, inward = (Move.PULL_OUT, Move.PUSH_IN) if anchor is Anchor.FIRST else (Move.PUSH_IN, Move.PULL_OUT)
    if move is outward:
        return 3 * nearness if nearness > 0.15 else 0.0
    return max(0.1, 1 - nearness) if move is inward else 1.0


def _part(kind: type[Part], numbers: dict[str, float]) -> Part:
    return kind(**{field.name: numbers[field.name] for field in fields(kind)})


def _numbers_of(direction: Direction) -> dict[str, float]:
    parts = (direction.camera, direction.pace, direction.life, direction.light, direction.weather, direction.grade)
    values = {part.name: getattr(owner, part.name) for owner in parts for part in fields(owner)}
    return {name: values[name] for name in NUMBERS}
