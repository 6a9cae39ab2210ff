"""Reuse between steps: where a step would hardly change what the one before it found, that is taken again.

Two ways, both of diffusers: *first block* looks at what the network's first block says anew (FirstBlockCache), *mag*
follows curves that were measured for one checkpoint and number of steps (MagCache, https://arxiv.org/abs/2506.09045).
Nobody publishes such curves in the form that diffusers takes for the models here, so mag needs a file with them.

Both work for Wan and LTX-Video only, whatever their classes claim: in VACE each block's output has a hint added behind
the cache's back, so that a reused step gets it twice; LTX-2's blocks are not among those that diffusers knows how to
skip; SVD's network has no cache at all. TaylorSeer is not offered: on Wan it changes nothing and says nothing of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import torch
from diffusers.hooks.first_block_cache import FirstBlockCacheConfig
from diffusers.hooks.mag_cache import MagCacheConfig
from pydantic import FiniteFloat, TypeAdapter

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.spec import Family, ModelSpec

FEWEST_STEPS = 20  # few steps are all different: distilled weights lose more than they save
BLOCKS = {Family.WAN: "blocks", Family.LTX: "transformer_blocks"}  # the networks that caches suit, and their blocks
THRESHOLD = 0.05  # diffusers' own: the change of the first block's output, relative, below which a step is reused
CURVES = TypeAdapter(dict[str, list[FiniteFloat]])


class Kind(StrEnum):
    """How it is told whether a step may be reused."""

    FIRST_BLOCK = "first_block"
    MAG = "mag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an operator sets: `first_block`, `first_block:THRESHOLD` or `mag:FILE`."""

    kind: Kind
    threshold: float = THRESHOLD
    curves: Path | None = None


class Meter:
    """Counts passes through a pipeline's experts: those asked for, and those that were computed to the end."""

    def __init__(self, experts: Sequence[Any], blocks: str) -> None:
        self.asked = self.computed = 0
        ask, compute = self._ask, torch.compiler.disable(self._compute)  # else each count has the block compiled anew
        for expert in experts:
            expert.register_forward_pre_hook(ask)
            # What is inside the last block runs only where the pass is not reused.
            next(getattr(expert, blocks)[-1].children()).register_forward_pre_hook(compute)

    @property
    def reused(self) -> int:
        return self.asked - self.computed

    def restart(self) -> None:
        self.asked = self.computed = 0

    def _ask(self, *_args: object) -> None:
        self.asked += 1

    def _compute(self, *_args: object) -> None:
        self.computed += 1


def read_wish(cache: str, spec: ModelSpec) -> Wish | None:
    """Understand `Tuning.cache`; None where it is empty. Raises `BadModelError` for what cannot be had."""
    kind, _, argument = cache.partition(":")
    if not kind:
        return None
    if kind not in set(Kind):
        choices = "first_block, first_block:THRESHOLD, mag:FILE"
        raise BadModelError(name=spec.id, why=f"there is no cache {kind}; choose {choices}")
    if spec.family not in BLOCKS:
        raise BadModelError(name=spec.id, why=f"the {kind} cache does not work with its network; set none")
    if kind == Kind.FIRST_BLOCK:
        return Wish(kind=Kind.FIRST_BLOCK, threshold=_threshold(argument, spec))
    if not argument:
        why = "the mag cache needs curves that were measured for these weights: mag:FILE"
        raise BadModelError(name=spec.id, why=why)
    return Wish(kind=Kind.MAG, curves=Path(argument))


def why_off(wish: Wish, steps: int) -> str:
    """Say why a cache that was asked for is not used; "" where it is."""
    if steps < FEWEST_STEPS:
        return f"the {wish.kind} cache is off: {steps} steps are fewer than {FEWEST_STEPS}"
    return ""


def enable(pipe: Any, spec: ModelSpec, wish: Wish, steps: int) -> Meter:
    """Turn the cache on, on every expert. Raises `BadModelError` where the curves are not there or not whole.

    What it remembers must be forgotten after each call, also one that was called off, or it goes into the next clip:
    `pipe.maybe_free_model_hooks()`.
    """
    experts = [getattr(pipe, name) for name in spec.experts]
    if wish.curves is None:
        configs: list[object] = [FirstBlockCacheConfig(threshold=wish.threshold) for _ in experts]
    else:
        curves = read_curves(wish.curves, spec)
        configs = [
            MagCacheConfig(mag_ratios=curves[name], num_inference_steps=share)
            for name, share in zip(spec.experts, shares(pipe, len(experts), steps), strict=True)
        ]
    for expert, config in zip(experts, configs, strict=True):
        expert.enable_cache(config)
    return Meter(experts, BLOCKS[spec.family])


def read_curves(path: Path, spec: ModelSpec) -> dict[str, list[float]]:
    """Read for each expert, by its name, how its residual's size goes from step to step.

    The file is JSON, such as `{"transformer": [1.0, 0.99, …]}`: what diffusers prints at the end of a call with
    `MagCacheConfig(calibrate=True, num_inference_steps=…)`, which counts the steps of each expert by itself.
    """
    try:
        curves = CURVES.validate_python(json.loads(path.read_text()))
    except (OSError, ValueError) as error:
        raise BadModelError(name=spec.id, why=f"the curves in {path} cannot be read") from error
    missing = [name for name in spec.experts if not curves.get(name)]
    if missing:
        raise BadModelError(name=spec.id, why=f"{path} has no curve for {', '.join(missing)}")
    return curves


def shares(pipe: Any, experts: int, steps: int) -> tuple[int, ...]:
    """How many of the steps each expert takes: the first takes the noisy ones, down to the pipeline's boundary."""
    if experts == 1:
        return (steps,)
    pipe.scheduler.set_timesteps(steps)
    boundary = pipe.config.boundary_ratio * pipe.scheduler.config.num_train_timesteps
    noisy = int((pipe.scheduler.timesteps >= boundary).sum())
    return max(1, noisy), max(1, steps - noisy)


def _threshold(argument: str, spec: ModelSpec) -> float:
    try:
        threshold = float(argument or THRESHOLD)
    except ValueError:
        threshold = 0.0
    if not 0 < threshold < 1:
        why = f"first_block:{argument} is not a threshold; one between 0 and 1 is"
        raise BadModelError(name=spec.id, why=why)
    return threshold
