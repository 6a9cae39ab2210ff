"""What was read in a still, in a few plain English lines: for who works on it, or wants to know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from renderer.contract.direction import DepthSource, Reading, Side
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.kinds.kinds import MASKS, PARTS, Kinds
from renderer.sight.reader import Picture

WORTH = 0.005  # share of a picture: what is less is not told
STAYS = ("skin", "kept")  # of `Matter`; all else of it moves, what is added to it later, too
FILLS = 0.08  # share of a picture: what is less is not what the picture is of
DARK, BRIGHT = 0.3, 0.6  # mean luma
TINGED = 0.1  # warmth: what is less is neither warm nor cool
SIDES: dict[Side | None, str] = {
    None: "from no side",
    Side.LEFT: "from the left",
    Side.RIGHT: "from the right",
    Side.ABOVE: "from above",
    Side.BELOW: "from below",
}


def words_of(picture: Picture) -> tuple[str, ...]:
    """Tell what was read; the first line says what the picture is."""
    return tuple(f"{line[0].upper()}{line[1:]}." for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    reading, moving = picture.reading, [each.name for each in fields(Matter) if each.name not in STAYS]
    yield f"{_thing(picture)}: {_tone(reading)}"
    yield f"seen: {_told(_shares_of(picture.kinds, MASKS), 'neither sky, water nor plants')}"
    yield f"may move by itself: {_told(_shares_of(picture.matter, moving), 'nothing')}"
    yield f"kept as it is: {percent(float(picture.matter.kept.mean()))}{_lettering(reading)}"
    yield "; ".join(_places(reading))
    if not reading.drawing:
        yield depth_told(reading)
    yield f"a drawing: {'yes, so it moves as one plane' if reading.drawing else 'no'}"


def percent(share: float) -> str:
    """Write a share; one that is there is never 0 %."""
    return "under 1 %" if 0 < share < WORTH else f"{round(100 * share)} %"


def counted(count: int, thing: str) -> str:
    """Count things that take an s."""
    return f"{count or 'no'} {thing}{'' if count == 1 else 's'}"


def _thing(picture: Picture) -> str:
    """Say what the picture is of: by name, else the people, else the kinds that fill most of it."""
    reading = picture.reading
    if reading.drawing:
        return "a drawing"
    people = [] if not reading.people else ["a person"] if reading.people == 1 else [f"{reading.people} people"]
    whole = [name for name in MASKS if name not in PARTS]
    filling = [name for name, share in _shares_of(picture.kinds, whole).items() if share > FILLS]
    return listed([*reading.shows, *people] or filling) or "nothing that has a name"


def listed(things: Sequence[str]) -> str:
    """Join what belongs together."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def _tone(reading: Reading) -> str:
    light = "dark" if reading.brightness < DARK else "bright" if reading.brightness > BRIGHT else "medium bright"
    colour = "warm" if reading.warmth > TINGED else "cool" if reading.warmth < -TINGED else "neutral in colour"
    return f"{light}, {colour}"


def _shares_of(masks: Kinds | Matter, names: Sequence[str]) -> dict[str, float]:
    return {name: float(getattr(masks, name).mean()) for name in names}


def _told(shares: Mapping[str, float], none: str) -> str:
    told = [f"{name} {percent(share)}" for name, share in shares.items() if share >= WORTH]
    return ", ".join(told) or none


def _lettering(reading: Reading) -> str:
    return f", lettering {percent(reading.lettering)}" if reading.lettering >= WORTH else ""


def _places(reading: Reading) -> Iterator[str]:
    """Say where things are; positions are shares of the width and of the height."""
    yield "no horizon" if reading.horizon is None else f"horizon at {reading.horizon:.2f}"
    yield f"light {SIDES[reading.light_from]}"
    if reading.sun is not None:
        yield f"the sun at {_point(reading.sun)}"
    yield counted(len(reading.lamps), "light")
    yield counted(reading.faces, "face")
    yield "nothing stands out" if reading.subject is None else f"the subject at {_point(reading.subject)}"


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:.2f}, {point[1]:.2f}"


def depth_told(reading: Reading) -> str:
    """Say how many layers there are, what told them apart, and how sure that is."""
    by = "by cues" if reading.depth is DepthSource.CUES else "by a depth network"
    return f"{counted(reading.layers, 'layer')} {by}, sure {reading.confidence:.2f}"
