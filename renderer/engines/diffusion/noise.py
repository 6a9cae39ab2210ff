"""Seeds and nudges become the noise that a pipeline starts from.

Some pipelines take ready noise as `latents=`; LTX's and LTX-2's accept it and draw their own all the same, and sound
has another noise again. So noise is changed where it is drawn: while `Noise` is entered, each draw from its generator
is turned towards the draws of the nudges.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import torch
from torch import Generator, Tensor
from torch.overrides import TorchFunctionMode

from renderer.contract.shot import Beat, Nudge


def seeded(seed: int) -> Generator:
    """A generator on the CPU: the same numbers on every machine."""
    return Generator("cpu").manual_seed(seed)


def turned(
    noise: Tensor,  # normal
    other: Tensor,  # normal, of the same shape
    strength: float,
) -> Tensor:
    """Turn noise towards other noise: 0 = none of it, 1 = all of it.

    Spherical interpolation (Shoemake 1985) at a right angle, which is the angle of two independent draws in many
    dimensions: the result is normal again.
    """
    angle = strength * math.pi / 2
    return math.cos(angle) * noise + math.sin(angle) * other


class Noise(TorchFunctionMode):
    """While entered, what is drawn from `generator` is turned towards the nudges, one after the other."""

    def __init__(self, generator: Generator, nudges: Sequence[Nudge]) -> None:
        super().__init__()
        self._generator = generator
        self._nudges = [(seeded(nudge.seed), nudge.strength) for nudge in nudges]

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        given = dict(kwargs or {})
        drawn = func(*args, **given)
        if func is torch.randn and given.get("generator") is self._generator:
            for generator, strength in self._nudges:
                other = cast("Tensor", func(*args, **(given | {"generator": generator})))
                drawn = turned(drawn, other, strength)
        return drawn


def noise_of(beat: Beat) -> tuple[Generator, AbstractContextManager[object]]:
    """The generator for a pipeline's call, and what is to be entered meanwhile."""
    generator = seeded(beat.seed)
    return generator, Noise(generator, beat.nudges) if beat.nudges else nullcontext()
