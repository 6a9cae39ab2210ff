"""Frames between frames: what a model made at its rate is shown at ours.

A frame that falls on one of the model's passes untouched. One that falls between two is made from both: motion is read
both ways, brought to the moment asked for, and either frame is moved there by it. Where both show the same they are
mixed; what only one of them shows, since something hides it in the other, comes from that one alone; and where motion
cannot be read, the nearer frame alone is shown. Pictures that do not agree are never laid over one another: that would
be a ghost.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, blurred
from renderer.engines.diffusion.footage.tracking import enlarged, look, moved, small_luma, tracker
from renderer.engines.engine import Rgb
from renderer.measures.motion import Flow

ASTRAY = 1.0  # pixels at the size of reading: there and back ends this far off where one frame hides something
UNLIKE = 24.0  # grey levels of detail: what differs so is not the same thing
TORN = 0.5  # of the picture whose motion cannot be read, where it has also ...
CHANGED = 4.0  # ... changed by these grey levels of detail: a cut, so there is nothing between
CHOPPY = 10.0  # grey levels of detail over ...
WIDE = 41  # ... so many pixels, across and down
ROUNDS = 2  # of following motion back to where it began


def retimed(frames: Iterable[Rgb], positions: Iterable[float]) -> Iterator[Rgb]:
    """Give the frame at each position, counted from 0 in `frames`. Positions ascend; two frames are held at a time.

    A whole position gives the frame itself. Frames beyond the last position are not pulled.
    """
    coming = iter(frames)
    flow = tracker()
    before, after, index = next(coming), None, 0
    for position in positions:
        while position >= index + 1:
            before, after, index = after.after if after else next(coming), None, index + 1
        if position == index:
            yield before
            continue
        after = after or _Pair(before, next(coming), flow)
        yield after.at(position - index)


class _Pair:
    """Two frames, and the motion between them, read when first needed."""

    def __init__(self, before: Rgb, after: Rgb, reader: Flow) -> None:
        self.before, self.after = before, after
        self._reader = reader

    def at(self, time: float) -> Rgb:
        """Give the picture at a time between 0, the one before, and 1, the one after."""
        flow, unlike = self._motion_at(time)
        doubt = self._doubt(flow, unlike, time)
        if float(doubt.mean()) > TORN and float(unlike.mean()) > CHANGED:
            return self.before if time < 0.5 else self.after
        flow = _calmed(flow, unlike)
        share = enlarged(self._share(flow, doubt, time), *self.before.shape[:2])
        early, late = moved(self.before, -time * flow), moved(self.after, (1 - time) * flow)
        return np.asarray(cv2.blendLinear(early, late, 1 - share, share), np.uint8)

    @cached_property
    def _lumas(self) -> tuple[Bytes, Bytes]:
        return small_luma(self.before), small_luma(self.after)

    @cached_property
    def _flows(self) -> tuple[Floats, Floats]:
        one, other = self._lumas
        return self._reader.between(one, other), self._reader.between(other, one)

    @cached_property
    def _strays(self) -> tuple[Floats, Floats]:
        """For each frame, how far from itself a pixel ends that goes to the other frame and back."""
        there, back = self._flows
        return _stray(there, back), _stray(back, there)

    def _motion_at(self, time: float) -> tuple[Floats, Floats]:
        """Give the motion from before to after of what is seen at each pixel at that time, and how unlike its ends are.

        Either frame's flow proposes one; that whose two ends look more alike is taken.
        """
        there, back = self._flows
        forward, backward = _arriving(there, time), -_arriving(back, 1 - time)
        unlike = self._unlike(forward, time), self._unlike(backward, time)
        worse = unlike[0] > unlike[1]
        forward[worse] = backward[worse]
        return forward, np.minimum(*unlike)

    def _unlike(self, flow: Floats, time: float) -> Floats:
        """Grey levels by which the ends of the motion differ in detail: light may change between them."""
        one, other = self._lumas
        apart = look(one, -time * flow) - look(other, (1 - time) * flow)
        return blurred(np.abs(apart - np.asarray(cv2.blur(apart, (25, 25)), np.float32)), 1.5)

    def _doubt(self, flow: Floats, unlike: Floats, time: float) -> Floats:
        """From 0, where both frames show the same, to 1, where neither agrees with the other."""
        early, late = self._strays
        astray = np.minimum(look(early, -time * flow), look(late, (1 - time) * flow))
        worse = np.maximum(unlike / UNLIKE, astray / ASTRAY)
        return np.clip(worse - 0.5, 0, 1, dtype=np.float32)

    def _share(self, flow: Floats, doubt: Floats, time: float) -> Floats:
        """Give the later frame's part in the mixture."""
        strays = self._strays
        only_early = np.clip(look(strays[0], -time * flow) / ASTRAY - 0.5, 0, 1)
        only_late = np.clip(look(strays[1], (1 - time) * flow) / ASTRAY - 0.5, 0, 1)
        sure = 1 - doubt
        early = (1 - time) * (1 - only_late) * sure + 1e-3 * (time < 0.5)
        late = time * (1 - only_early) * sure + 1e-3 * (time >= 0.5)
        return blurred(late / (early + late), 1.0)


def _arriving(flow: Floats, time: float) -> Floats:
    """Give, for each pixel at that time, the flow of what has come there: found by going back the way it came."""
    found = flow
    for _ in range(ROUNDS):
        found = look(flow, -time * found)
    return found


def _stray(there: Floats, back: Floats) -> Floats:
    apart = there + look(back, there)
    return np.asarray(cv2.magnitude(apart[..., 0], apart[..., 1]), np.float32)


def _calmed(flow: Floats, unlike: Floats) -> Floats:
    """Smooth the motion where far and wide nothing is found again, as in choppy water: what is read there tears it.

    The rims of things that hide others are narrow, and keep theirs.
    """
    around = cv2.blur(np.dstack([flow, unlike]), (WIDE, WIDE))
    chop = np.clip(around[..., 2:] / CHOPPY - 1, 0, 1)
    smooth = around[..., :2]
    return np.asarray(flow + chop * (smooth - flow), np.float32)
