"""Engines turn a shot into frames. A new engine is a loader, a row here and one in `renderer.job.ABILITIES`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from renderer.direction import Direction, Reading
from renderer.errors import UnknownEngineError
from renderer.job import Joint, Shot

Rgb = NDArray[np.uint8]  # [H, W, 3] sRGB


@dataclass(slots=True, kw_only=True)
class Figures:
    """What an engine measured while it made the frames; whole once the last frame is out."""

    stretch_share: float = 0.0
    hole_share: float = 0.0
    joint: Joint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A shot read and directed, its frames still to be made."""

    direction: Direction
    reading: Reading
    frames: Iterator[Rgb]  # shot.frame_count frames, all of clip_size
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The networks that engines use: folders, or names in the local cache; "" = what comes along."""

    depth: str = ""
    mood: str = ""


BUILT_IN = Models()


class Engine(Protocol):
    """Loaded once per process, used for one shot at a time."""

    def film(self, shot: Shot, still: Rgb) -> Film:
        """Read the still and direct the shot; frames are made as they are pulled.

        The anchor frame (first, or last where the beat is anchored last and the still is its joint) is the still scaled
        by `renderer.engines.scaling.scale_still`, exactly.
        """
        ...


def load_parallax(models: Models) -> Engine:
    from renderer.engines.parallax import Parallax  # noqa: PLC0415  torch takes seconds to import

    return Parallax(models=models)


def load_bars(_models: Models) -> Engine:
    from renderer.engines.bars import Bars  # noqa: PLC0415

    return Bars()


ENGINES: dict[str, Callable[[Models], Engine]] = {"parallax": load_parallax, "bars": load_bars}


def open_engine(name: str, models: Models = BUILT_IN) -> Engine:
    """Load the engine `name`, ready to render. Raises `UnknownEngineError`, or `BadModelError`."""
    if name not in ENGINES:
        raise UnknownEngineError(name=name, choices=", ".join(ENGINES))
    return ENGINES[name](models)
