"""How a pipeline fits a card: the number format of each part, and what of it stays off the card until it is needed.

`plan` decides from figures; `place` does it by diffusers' own means. In the order of the time they cost:

| spread | on the card | costs |
|---|---|---|
| whole | everything | nothing; tiles, where decoding is what does not fit, a little of the decoding |
| reader off | all but what reads the prompt, which comes layer by layer | moving it once a clip |
| turns | one part at a time | moving each part once a clip |
| streamed | the layers at work; the next come meanwhile | moving all at each step, while others compute |
| streamed in 8 bits | the same, kept in fp8 and computed in 16 bits | some exactness; half the travel and the RAM |

None of this could be run on a card here: the decisions are tested as pure functions, the means on the processor.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import torch
from diffusers.hooks.hooks import HookRegistry

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import FINISH, Family, ModelSpec, Profile
from renderer.engines.engine import Tuning
from renderer.models.faults import ran_out
from renderer.models.memory import free_ram_gb

BFLOAT16_CARDS = 8  # compute capability from which cards multiply in bfloat16 (Ampere)
BEARS_FLOAT16 = frozenset({Family.SVD})  # published in it; T5 and Gemma, which read for the others, overflow
STORED = torch.float8_e4m3fn
LAYERS_GB = 1.0  # of an expert, at work and on their way, in 16 bits: the largest of Wan 14B has 0.14
READERS = ("text_encoder", "image_encoder")  # also text_encoder_2 and the like
GB = 1e9  # as cards and model pages count
OFFLOADING = ("group_offloading", "layer_execution_tracker", "lazy_prefetch_group_offloading")  # diffusers' own hooks

log = logging.getLogger(__name__)


class Spread(StrEnum):
    """What of a pipeline is on the card while it works."""

    WHOLE = "whole"
    READER_OFF = "reader_off"
    TURNS = "turns"
    STREAMED = "streamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How a pipeline is placed."""

    spread: Spread = Spread.WHOLE
    tiling: bool = False  # the VAE works in tiles
    fp8: bool = False  # the experts' layers are kept in 8 bits


def dtypes(spec: ModelSpec, device: str) -> dict[str, torch.dtype]:
    """The number format of each component, as `from_pretrained(dtype=...)` takes it; "default" is that of the rest.

    A processor computes in 32 bits. Raises `BadModelError` where the card has no format that the model bears.
    """
    if not _is_card(device):
        return {"default": torch.float32}
    half = half_precision(spec, torch.cuda.get_device_capability(device))
    return {"default": half, **dict.fromkeys(spec.keep_float32, torch.float32)}


def half_precision(spec: ModelSpec, capability: tuple[int, int]) -> torch.dtype:
    """The 16 bits for a card of this compute capability. Raises `BadModelError` where there are none."""
    if capability[0] >= BFLOAT16_CARDS:
        return torch.bfloat16
    if spec.family in BEARS_FLOAT16:
        return torch.float16
    why = f"it computes in bfloat16, which cards before NVIDIA's Ampere lack (this one is of {capability[0]}.x)"
    raise BadModelError(name=spec.id, why=why)


def free_gb(device: str) -> float | None:
    """Memory that is free on the card, in GB of 10^9 bytes; None where there is no card."""
    return torch.cuda.mem_get_info(device)[0] / GB if _is_card(device) else None


def weights_gb(pipe: Any) -> dict[str, float]:
    """What each network of the pipeline weighs, in GB, in the number format it is in."""
    networks = {name: part for name, part in pipe.components.items() if isinstance(part, torch.nn.Module)}
    return {name: sum(each.nbytes for each in part.parameters()) / GB for name, part in networks.items()}


def plan(
    spec: ModelSpec,
    profile: Profile,
    memory_gb: float | None,  # free on the card; None = no card
    tuning: Tuning,
    weights: Mapping[str, float] | None = None,  # GB, of `weights_gb`; None = not loaded yet
) -> Placement:
    """The quickest placement that fits, by what the row publishes and what the parts weigh.

    Raises `BadModelError` where not even the slowest does; that needs no weights, so ask once before loading.
    """
    if memory_gb is None:
        return Placement()
    room = memory_gb if tuning.vram_gb is None else tuning.vram_gb
    for placement, need in _needs(profile, spec.experts, weights or {}):
        if need <= room:
            return placement
    others = ", ".join(fitting(MODELS.values(), room)) or "nothing"
    why = (
        f"it needs {profile.least_vram_gb:g} GB of the card's memory, of which {room:.1f} are free; what fits: {others}"
    )
    raise BadModelError(name=spec.id, why=why)


def below(spec: ModelSpec, profile: Profile, placement: Placement, weights: Mapping[str, float]) -> Placement | None:
    """The next slower spread that takes less of the card than this one; None where there is none.

    Layers that stream are not brought into 8 bits afterwards: what was pinned of them would stay in RAM.
    """
    needs = {each: need for each, need in _needs(profile, spec.experts, weights) if not each.fp8}
    if placement not in needs:
        return None
    slower = list(Spread)[list(Spread).index(placement.spread) + 1 :]
    return next((each for each, need in needs.items() if each.spread in slower and need < needs[placement]), None)


def fitting(specs: Iterable[ModelSpec], memory_gb: float) -> tuple[str, ...]:
    """The models, by the names that `UNSTILL_MODEL` takes, that such a card can run, as the rows publish it."""
    return tuple(
        spec.id if name == FINISH else f"{spec.id}:{name}"
        for spec in specs
        for name, profile in spec.profiles.items()
        if profile.least_vram_gb <= memory_gb
    )


def place(pipe: Any, spec: ModelSpec, placement: Placement, device: str) -> None:
    """Bring a pipeline, loaded in RAM, onto the card as planned.

    Raises `BadModelError` where memory runs out already here.
    """
    try:
        _place(pipe, spec, placement, device)
    except (MemoryError, RuntimeError) as error:
        if not ran_out(error):
            raise
        why = f"the card's memory ran out while it was placed ({placement.spread}); set UNSTILL_VRAM to plan with less"
        raise BadModelError(name=spec.id, why=why) from error


def _place(pipe: Any, spec: ModelSpec, placement: Placement, device: str) -> None:
    if placement.tiling:
        tile(pipe)
    if placement.fp8:
        for name in spec.experts:
            expert = getattr(pipe, name)
            expert.enable_layerwise_casting(storage_dtype=STORED, compute_dtype=expert.dtype)
    match placement.spread:
        case Spread.WHOLE:
            pipe.to(device)
        case Spread.TURNS:
            pipe.enable_model_cpu_offload(device=device)
        case Spread.READER_OFF:
            _stream(pipe, _readers(pipe), device)
        case Spread.STREAMED:
            _stream(pipe, _readers(pipe) | set(spec.experts), device)


def move(pipe: Any, spec: ModelSpec, placement: Placement, device: str) -> None:
    """Place a pipeline otherwise than it was placed; that in 8 bits stays as it is. Raises as `place`."""
    _take_off(pipe)
    place(pipe, spec, placement, device)


def tile(pipe: Any) -> bool:
    """Have the VAE work in tiles from now on; False where it cannot."""
    if not hasattr(pipe.vae, "use_tiling"):  # how diffusers' own `enable_tiling` tells
        return False
    pipe.vae.enable_tiling()
    return True


def _needs(
    profile: Profile, experts: tuple[str, ...], weights: Mapping[str, float]
) -> Iterable[tuple[Placement, float]]:
    """Each placement, the quickest first, with the GB that it takes.

    The least that is published is what the work itself takes: with it, all weights are off the card. Before loading,
    a pipeline counts as nothing but its experts.
    """
    work = profile.least_vram_gb
    known = weights or dict.fromkeys(experts, max(0.0, profile.vram_gb - work) / len(experts))
    total = sum(known.values())
    readers = sum(gb for name, gb in known.items() if name.startswith(READERS))
    tiled = total + work
    yield Placement(), max(profile.vram_gb, total)
    yield Placement(tiling=True), tiled
    yield Placement(spread=Spread.READER_OFF, tiling=True), tiled - readers
    yield Placement(spread=Spread.TURNS, tiling=True), max(known.values()) + work
    yield Placement(spread=Spread.STREAMED, tiling=True), work + LAYERS_GB
    yield Placement(spread=Spread.STREAMED, tiling=True, fp8=True), work


def _readers(pipe: Any) -> set[str]:
    return {name for name in weights_gb(pipe) if name.startswith(READERS)}


def _take_off(pipe: Any) -> None:
    """Have nothing of a pipeline brought to the card any more, and all of it in RAM. A cache's hooks stay."""
    for name in weights_gb(pipe):
        registry = HookRegistry.check_if_exists_or_initialize(getattr(pipe, name))
        for hook in OFFLOADING:
            registry.remove_hook(hook)
    pipe.remove_all_hooks()
    pipe.to("cpu", silence_dtype_warnings=True)


def _stream(pipe: Any, parts: set[str], device: str) -> None:
    """Bring these parts to the card layer by layer, each while the one before it computes; the rest stays there."""
    if _is_card(device) and pins(pinned_gb(getattr(pipe, name) for name in parts), free_ram_gb()):
        try:
            _streamed(pipe, parts, device, pinned=True)
        except RuntimeError as error:
            reason = str(error).partition("\n")[0]
            log.warning("weights cannot be pinned in RAM, so they will travel slower: %s", reason)
            _take_off(pipe)
        else:
            return
    _streamed(pipe, parts, device, pinned=False)


def _streamed(pipe: Any, parts: set[str], device: str, *, pinned: bool) -> None:
    card = _is_card(device)
    pipe.enable_group_offload(
        onload_device=torch.device(device),
        offload_type="leaf_level",  # blocks are called past their forward in some VAEs and encoders; leaves never
        use_stream=card,
        non_blocking=card,
        low_cpu_mem_usage=card and not pinned,
        exclude_modules=sorted(set(weights_gb(pipe)) - parts),
    )


def pinned_gb(networks: Iterable[torch.nn.Module]) -> float:
    """What these networks take in RAM once pinned: torch rounds each tensor up to a power of two."""
    tensors = [tensor for network in networks for tensor in (*network.parameters(), *network.buffers())]
    return sum(1 << (tensor.nbytes - 1).bit_length() for tensor in tensors if tensor.nbytes) / GB


def pins(needed_gb: float, available_gb: float) -> bool:
    """Tell whether the weights may be pinned in RAM, from where they travel fastest, beside a copy still unpinned."""
    return needed_gb < available_gb


def _is_card(device: str) -> bool:
    return torch.device(device).type == "cuda"
