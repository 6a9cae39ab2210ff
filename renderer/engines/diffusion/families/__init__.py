"""One shot as the arguments of one pipeline call, family by family."""

from dataclasses import dataclass, field
from typing import Any

from PIL.Image import Image
from torch import Generator

from renderer.engines.diffusion.language import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of a pipeline, in plain values. All given frames have the size of the call."""

    height: int  # multiples of the row's
    width: int
    frames: int  # by the row's rule
    fps: float
    first: tuple[Image, ...] = ()  # given frames from frame 0 on
    last: tuple[Image, ...] = ()  # given frames up to the last one
    said: Said
    steps: int
    guidance: tuple[float, ...]  # one per expert
    generator: Generator  # on the CPU
    options: dict[str, Any] = field(default_factory=dict[str, Any])
