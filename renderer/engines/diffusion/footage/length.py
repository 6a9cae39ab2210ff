"""Seconds become a model's frames, and these the clip's: pure arithmetic, exact at the joint.

Clip frame 0 (anchor first) or the last one (anchor last) is the joint, and lies exactly on a frame of the model. Where
a model can make enough frames it plays at its own rate, and what is left over is cut at the open end; where it cannot,
all its frames are spread evenly and it plays slower. A loop's frames are always spread evenly between its two ends.
Pipelines round frame counts on their own (Wan's 16 becomes 17, LTX's 16 becomes 13), so what is asked for here always
obeys the model's rule, and `check_made` reads it back.
"""

from dataclasses import dataclass
from math import ceil

from renderer.contract.errors import RenderFailedError
from renderer.contract.shot import FPS, Anchor
from renderer.engines.diffusion.checkpoints.spec import FrameRule

ROUNDING = 1e-6  # frames: below this a difference of positions is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """What is asked of a model in time."""

    rule: FrameRule
    fps: float  # of the model
    count: int  # of the clip's frames, at 24 a second
    anchor: Anchor
    loop: bool = False
    context: int = 1  # most frames at the joint that the model can be given
    there: int = 1  # frames of the neighbour that are at hand, the joint's own among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How a model's frames become a clip's. Positions count frames from 0, and may lie between two."""

    frames: int  # that the model makes, the given ones among them
    given: int  # of them, at the joint, the joint's own among them
    positions: tuple[float, ...]  # in the model's frames: one per clip frame, and for a loop one more, its end's
    joints: tuple[int, ...]  # which positions are given exactly; a loop's end is the first frame of its next round
    neighbour: tuple[float, ...]  # in the neighbour's 24 fps frames, in story time: `given` of them


def span(length: Length) -> Span:
    """Lay the clip over the model's frames, with as much of the neighbour before the joint as both have."""
    if length.loop:
        return _closed(length)
    spans = (_open(length, given) for given in _contexts(length))
    return next(found for found in spans if _reach(found.neighbour) < max(1, length.there))


def check_made(expected: int, got: int) -> None:
    """Raise `RenderFailedError` where a pipeline made another number of frames than it was asked for."""
    if got != expected:
        raise RenderFailedError(why=f"{got} frames were made, not {expected}")


def _contexts(length: Length) -> list[int]:
    """Give the numbers of frames that can be given, most first: models that code frames in groups want whole ones."""
    most = min(length.context, length.there, length.rule.most - length.rule.step)
    return [*range(1, max(1, most) + 1, length.rule.step)][::-1]


def _reach(positions: tuple[float, ...]) -> float:
    return positions[-1] - positions[0]


def _open(length: Length, given: int) -> Span:
    """Lay a clip with one joint: mirrored in time where that is its last frame."""
    steps, overlap = length.count - 1, given - 1
    pace = length.fps / FPS  # model frames per clip frame
    frames = length.rule.at_least(ceil(overlap + steps * pace - ROUNDING) + 1)
    pace = min(pace, (frames - given) / max(1, steps))
    away = [_settled(overlap + index * pace) for index in range(length.count)]
    # As fast as the clip will play: where it plays slower than imagined, the motion it is given is slowed alike.
    apart = 1 / pace if pace else 0.0
    if length.anchor is Anchor.FIRST:
        before = [_settled(length.there - 1 - index * apart) for index in range(given)]
        return Span(frames=frames, given=given, positions=tuple(away), joints=(0,), neighbour=tuple(reversed(before)))
    back = tuple(_settled(frames - 1 - place) for place in reversed(away))
    after = tuple(_settled(index * apart) for index in range(given))
    return Span(frames=frames, given=given, positions=back, joints=(steps,), neighbour=after)


def _closed(length: Length) -> Span:
    """Lay a loop: its joint is the model's first frame and its last, and the clip's next round begins with that."""
    frames = length.rule.at_least(ceil(length.count * length.fps / FPS - ROUNDING) + 1)
    positions = tuple(_settled(index * (frames - 1) / length.count) for index in range(length.count + 1))
    joint = length.there - 1 if length.anchor is Anchor.FIRST else 0
    return Span(
        frames=frames, given=1, positions=positions, joints=(0, length.count), neighbour=(float(max(0, joint)),)
    )


def _settled(position: float) -> float:
    """Put a position that only rounding keeps off a frame upon it: such frames pass untouched."""
    return float(round(position)) if abs(position - round(position)) < ROUNDING else position
