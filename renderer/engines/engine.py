"""What an engine is, and the values that go in and come out of it: call sheet, film, models, tuning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from renderer.contract.abilities import Abilities
from renderer.contract.direction import Direction, Reading
from renderer.contract.job import Eased, Joint, Phase, Policy
from renderer.contract.shot import SECONDS, Beat, Shot

Rgb = NDArray[np.uint8]  # [H, W, 3] sRGB
OnProgress = Callable[[Phase, int, int], None]  # phase, done, total; what it raises ends the render


def unheard(_phase: Phase, _done: int, _total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """What a shoot needs beside shot and still."""

    neighbour: tuple[Rgb, ...] = ()  # frames of the clip beside the joint, in story time, all up to the joint itself
    tell: OnProgress = unheard
    policy: Policy = Policy.REFUSE  # what becomes of pictures that the safety model flags
    clips: tuple[bytes, ...] = ()  # MP4s that a reel joins


ALONE = CallSheet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What is heard with the frames, from their first on."""

    samples: NDArray[np.float32]  # [channels, n], -1 to 1
    rate: int  # samples a second


@dataclass(slots=True, kw_only=True)
class Figures:
    """What an engine measured while it made the frames; whole once the last frame is out, `sound` once the first is."""

    stretch_share: float = 0.0
    hole_share: float = 0.0
    joint: Joint | None = None
    prompt: str = ""
    eased: tuple[Eased, ...] = ()
    sound: Sound | None = None
    maker: str = ""
    unheard: tuple[str, ...] = ()  # parts of what was said last that mean nothing here


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A shot read and directed, its frames still to be made."""

    direction: Direction
    reading: Reading
    frames: Iterator[Rgb]  # shot.frame_count frames, all of clip_size
    figures: Figures = field(default_factory=Figures)
    count: int | None = None  # frames, where they are not `shot.frame_count`


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How a card is used. The defaults look at the card and choose."""

    vram_gb: float | None = None  # memory to plan for; None = what is free
    attention: str = ""  # a backend by diffusers' name; "" = the best of those that work here
    compile: bool | None = None  # None = where there is a card
    cache: str = ""  # reuse between steps: "first_block", "mag" or none


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The networks that engines use: folders, or names in the local cache; "" = what comes along."""

    depth: str = ""
    mood: str = ""
    video: str = ""  # of the diffusion engine: a row of its table or a folder, with ":draft" for its quick profile
    safety: str = ""
    tuning: Tuning = Tuning()


BUILT_IN = Models()


def rehearsal() -> tuple[Shot, Rgb]:
    """A shot that costs as little as one can, to warm an engine up with, and its still."""
    return Shot(still="0" * 64, line=(Beat(mood="", seed=0, seconds=SECONDS[0]),), size=64), np.full(
        (64, 96, 3), 128, np.uint8
    )


class Engine(Protocol):
    """Loaded once per process, used for one shot at a time."""

    @property
    def abilities(self) -> Abilities: ...

    @property
    def worn_out(self) -> bool:
        """It failed again and again for want of memory: the process should end and be started anew."""
        ...

    def warm_up(self) -> None:
        """Do once what would make the first take slow."""
        ...

    def film(self, shot: Shot, still: Rgb, sheet: CallSheet = ALONE, /) -> Film:
        """Read the still and direct the shot; frames are made as they are pulled.

        The anchor frame (first, or last where the beat is anchored last and the still is its joint) is the still scaled
        by `renderer.engines.scaling.scale_still`, exactly.
        """
        ...
