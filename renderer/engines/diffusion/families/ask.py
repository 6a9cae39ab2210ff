"""What is asked of a pipeline, whichever it is."""

from dataclasses import dataclass, field
from typing import Any

from PIL.Image import Image
from torch import Generator

from renderer.engines.diffusion.language import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One call, in plain values. All given frames have the size of the call."""

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

    @property
    def common(self) -> dict[str, Any]:
        """What every pipeline's call takes."""
        return {
            "height": self.height,
            "width": self.width,
            "num_frames": self.frames,
            "num_inference_steps": self.steps,
            "generator": self.generator,
            "output_type": "np",
            **self.said.numbers,
            **self.options,
        }

    @property
    def words(self) -> dict[str, Any]:
        return {"prompt": self.said.prompt, "negative_prompt": self.said.negative}
