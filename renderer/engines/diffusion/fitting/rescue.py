"""When the card's memory runs out: once more, one rung smaller, and what failed is remembered.

The rungs, from what costs least: the VAE works in tiles (the clip is as it was asked), about half the frames are
imagined, the picture is imagined smaller. A take climbs down one rung after its first failure; takes that are as large
as one that failed begin a rung lower. Two takes in a row that fail all the same mean that this process is worn out: its
memory may be in pieces, or held by something that no collecting frees.
"""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from typing import TypeVar

import torch

from renderer.contract.errors import OutOfMemoryError
from renderer.contract.job import Eased
from renderer.engines.diffusion.checkpoints.spec import ModelSpec
from renderer.models.faults import ran_out

T = TypeVar("T")
log = logging.getLogger(__name__)

WORN_OUT = 2  # takes in a row that failed for memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a clip is imagined, as far as its memory goes."""

    tiling: bool  # the VAE works in tiles
    frames: int
    height: int
    width: int
    eased: tuple[Eased, ...] = ()  # what was made smaller than asked, in order

    @property
    def volume(self) -> int:
        return self.frames * self.height * self.width

    def as_large_as(self, other: "Way") -> bool:
        """Tell whether this one takes at least as much memory as the other."""
        return self.volume >= other.volume and (other.tiling or not self.tiling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rungs:
    """The ladder of one model."""

    spec: ModelSpec
    tiles: bool = True  # whether its VAE can work in tiles

    def below(self, way: Way) -> Way | None:
        """Give the next smaller way, or None at the foot: each thing is made smaller once."""
        ways = (self._tiled(way), self._shorter(way), self._smaller(way))
        return next((found for found in ways if found is not None), None)

    def _tiled(self, way: Way) -> Way | None:
        if way.tiling or not self.tiles:
            return None
        return replace(way, tiling=True, eased=(*way.eased, Eased.TILING))

    def _shorter(self, way: Way) -> Way | None:
        frames = self.spec.frames.at_least(way.frames // 2)
        if Eased.FRAMES in way.eased or frames >= way.frames:
            return None
        return replace(way, frames=frames, eased=(*way.eased, Eased.FRAMES))

    def _smaller(self, way: Way) -> Way | None:
        """Go to the next smaller area that the model was trained on, or to half of it."""
        area, multiple = way.height * way.width, self.spec.multiple
        trained = [short * long for short, long in self.spec.sizes if short * long < 0.9 * area]
        scale = sqrt(max(trained, default=area / 2) / area)

        def side(length: int) -> int:
            return max(1, round(length * scale / multiple)) * multiple

        height, width = side(way.height), side(way.width)
        if Eased.SIZE in way.eased or height * width >= area:
            return None
        return replace(way, height=height, width=width, eased=(*way.eased, Eased.SIZE))


class Rescue:
    """Remembers for one pipeline what did not fit."""

    def __init__(self, rungs: Rungs, free_hooks: Callable[[], None]) -> None:
        self._rungs = rungs
        self._free_hooks = free_hooks  # of the pipeline, so that what caches and offloading hold is let go
        self._failed: list[Way] = []
        self._lost = 0  # takes in a row

    @property
    def worn_out(self) -> bool:
        return self._lost >= WORN_OUT

    def run(self, attempt: Callable[[Way], T], way: Way) -> tuple[T, Way]:
        """Make the attempt; where memory runs out, once more a rung lower. Give what it made, and the way it went.

        An attempt must begin anew each time: its own generator, nothing kept. Raises `OutOfMemoryError` after two
        failures, or one at the foot of the ladder; all else that an attempt raises passes.
        """
        way = self._known_to_fit(way)
        made = self._tried(attempt, way)
        lower = self._rungs.below(way)
        if made is None and lower is not None:
            log.warning("once more, a rung lower: %s", lower.eased[-1])
            way, made = lower, self._tried(attempt, lower)
        if made is None:
            self._lost += 1
            raise OutOfMemoryError
        self._lost = 0
        return made[0], way

    def _known_to_fit(self, way: Way) -> Way:
        """Climb down past all that failed before, as far as the ladder goes."""
        while any(way.as_large_as(failed) for failed in self._failed):
            lower = self._rungs.below(way)
            if lower is None:
                break
            way = lower
        return way

    def _tried(self, attempt: Callable[[Way], T], way: Way) -> tuple[T] | None:
        """Make one attempt; None where memory ran out, all of it given back."""
        try:
            return (attempt(way),)
        except (MemoryError, RuntimeError) as error:
            if not ran_out(error):
                raise
            log.warning("out of memory: %s", str(error).partition("\n")[0])
        # Not before the error is gone: its traceback holds the frames of the call, and they hold the tensors.
        self._failed.append(way)
        self._free_hooks()
        gc.collect()
        torch.cuda.empty_cache()
        return None
