"""One call of a pipeline: told step by step, called off between two steps, its hooks freed however it ends."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np

from renderer.arrays import Floats
from renderer.contract.job import Phase
from renderer.engines.diffusion.checkpoints.spec import Family
from renderer.engines.diffusion.decoding import second_look
from renderer.engines.diffusion.families import ARGUMENTS, Ask
from renderer.engines.diffusion.footage.flaws import check_frames, check_sound
from renderer.engines.diffusion.footage.length import check_made
from renderer.engines.engine import OnProgress, Rgb, Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a pipeline made."""

    pixels: Floats  # [T, H, W, 3] in [0, 1]
    sound: Sound | None

    def __iter__(self) -> Iterator[Rgb]:
        for frame in self.pixels:
            yield np.rint(np.clip(frame, 0, 1) * 255).astype(np.uint8)


def call(pipe: Any, family: Family, ask: Ask, noise: AbstractContextManager[object], tell: OnProgress) -> Made:
    """Have all frames made. What `tell` raises ends the call after the step in hand.

    Raises `RenderFailedError` where the pipeline makes another number of frames than was asked, and `BrokenFramesError`
    or `BrokenSoundError` where it makes none that can be shown or played.
    """

    def on_step(called: Any, index: int, _timestep: object, _tensors: object) -> dict[str, Any]:
        total = called.num_timesteps
        tell(Phase.STEPS, index + 1, total)
        if index + 1 == total:
            tell(Phase.DECODING, 0, 1)
        return {}

    tell(Phase.STEPS, 0, ask.steps)
    try:
        with noise, second_look(pipe):
            output = pipe(**ARGUMENTS[family](ask), callback_on_step_end=on_step)
    finally:
        # Where a call ends halfway, what a cache remembers of it would go into the next clip.
        pipe.maybe_free_model_hooks()
    pixels = np.asarray(output.frames[0], np.float32)
    check_made(ask.frames, len(pixels))
    check_frames(pixels, [np.asarray(frame) for frame in (*ask.first, *ask.last)])
    return Made(pixels=pixels, sound=_sound(pipe, output))


def _sound(pipe: Any, output: Any) -> Sound | None:
    audio = getattr(output, "audio", None)
    if audio is None:
        return None
    samples = audio[0].float().cpu().numpy()  # [channels, n]
    check_sound(samples)
    return Sound(samples=samples.clip(-1, 1), rate=int(pipe.vocoder.config.output_sampling_rate))
