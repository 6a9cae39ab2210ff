"""How a pipeline fits a card: the number format of each part, and what of it stays off the card until it is needed."""

import torch

from renderer.engines.diffusion.spec import Family, ModelSpec
from renderer.errors import BadModelError

BFLOAT16_CARDS = 8  # compute capability from which cards multiply in bfloat16 (Ampere)
BEARS_FLOAT16 = frozenset({Family.SVD})  # published in it; T5 and Gemma, which read for the others, overflow


def dtypes(spec: ModelSpec, device: str) -> dict[str, torch.dtype]:
    """The number format of each component, as `from_pretrained(dtype=...)` takes it; "default" is that of the rest.

    A processor computes in 32 bits. Raises `BadModelError` where the card has no format that the model bears.
    """
    if torch.device(device).type != "cuda":
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
