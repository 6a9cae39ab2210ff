"""How a continued clip meets its neighbour: jumps at the joint, against what the clip does from frame to frame."""

from collections import deque
from collections.abc import Iterable, Iterator

import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.contract.job import Joint
from renderer.contract.shot import Anchor
from renderer.engines.engine import Rgb
from renderer.measures.likeness import difference, grey
from renderer.measures.motion import Flow, shrunk

EVERY = 6  # steps from one reading of motion to the next: it takes longest, and the median needs only some
LEAST_CHANGE, LEAST_MOTION = 0.2, 0.1  # grey levels, pixels at 360: below this a clip stands, and nothing is its median


class Seam:
    """Watches a clip go by. It holds small pictures of the joint's neighbourhood only."""

    def __init__(self, neighbour: tuple[Rgb, ...], anchor: Anchor) -> None:
        """`neighbour` is frames of the clip beside the joint, in story time, up to the joint or from it on."""
        self._anchor = anchor
        near = neighbour[-2:] if anchor is Anchor.FIRST else neighbour[:2]
        self._beside = [_small(frame) for frame in near]
        self._flow = Flow()
        self._changes: list[float] = []  # mean grey levels from each frame to the next
        self._motions: list[float] = []  # mean pixels, now and then
        self._first: list[Bytes] = []
        self._last = deque[Bytes](maxlen=2)

    def passing(self, frames: Iterable[Rgb]) -> Iterator[Rgb]:
        """Pass the clip's frames on, all of the neighbour's size, measuring them."""
        for frame in frames:
            self._see(_small(frame))
            yield frame

    def joint(self) -> Joint:
        """Give the jumps: 0 where the clip goes on as if it were the neighbour's own, 1 for the usual step of the clip.

        `position` is how the joint's two pictures differ, `speed` how the motion changes there. To be asked once the
        whole clip, of two frames or more, has passed.
        """
        ahead = self._anchor is Anchor.FIRST
        own, next_own = self._first if ahead else reversed(self._last)
        theirs, next_theirs = (self._beside[-1], self._beside[0]) if ahead else (self._beside[0], self._beside[-1])
        # Both are read from the joint, so motion that goes on is the same both ways but for its sign.
        turn = self._flow.between(own, next_own) + self._flow.between(theirs, next_theirs)
        return Joint(
            position=difference(own, theirs) / max(LEAST_CHANGE, float(np.median(self._changes))),
            speed=_length(turn) / max(LEAST_MOTION, float(np.median(self._motions))),
        )

    def _see(self, luma: Bytes) -> None:
        if self._last:
            if len(self._changes) % EVERY == 0:
                self._motions.append(_length(self._flow.between(self._last[-1], luma)))
            self._changes.append(difference(self._last[-1], luma))
        if len(self._first) < 2:
            self._first.append(luma)
        self._last.append(luma)


def _small(frame: Rgb) -> Bytes:
    return shrunk(grey(frame))[0]


def _length(flow: Floats) -> float:
    return float(np.linalg.norm(flow, axis=-1).mean())
