"""The arguments of each family's call. Where a pipeline would ignore what it is given, nothing is given to it."""

from collections.abc import Callable, Sequence
from typing import Any

from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition
from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
from PIL import Image

from renderer.engines.diffusion.checkpoints.spec import Family
from renderer.engines.diffusion.families.ask import Ask

UNKNOWN = (127, 127, 127)  # what VACE was trained to see where a frame is to be made
CHUNK = 4  # frames that SVD's decoder, which knows no tiles, takes at a time


def wan(ask: Ask) -> dict[str, Any]:
    """A first frame, or one at both ends; one guidance per expert."""
    guidance = dict(zip(("guidance_scale", "guidance_scale_2"), ask.guidance, strict=False))
    last = {"last_image": ask.last[-1]} if ask.last else {}
    return ask.common | ask.words | guidance | last | {"image": ask.first[0]}


def vace(ask: Ask) -> dict[str, Any]:
    """Any frames: the known ones in their places, a mask that is white where there is none."""
    size = (ask.width, ask.height)
    known = len(ask.first), ask.frames - len(ask.last)
    unknown = known[1] - known[0]
    blank, kept, made = (Image.new("RGB", size, colour) for colour in (UNKNOWN, "black", "white"))
    return (
        ask.common
        | ask.words
        | {
            "video": [*ask.first, *[blank] * unknown, *ask.last],
            "mask": [*[kept] * len(ask.first), *[made] * unknown, *[kept] * len(ask.last)],
            "guidance_scale": ask.guidance[0],
        }
    )


def ltx(ask: Ask) -> dict[str, Any]:
    """Frames at any place; the place is counted in frames, and -1 would be none."""
    conditions: list[LTXVideoCondition] = []
    if ask.first:
        conditions.append(_ltx_condition(ask.first, 0))
    if ask.last:
        conditions.append(_ltx_condition(ask.last, ask.frames - len(ask.last)))
    rates = {"frame_rate": ask.fps, "guidance_scale": ask.guidance[0]}
    return ask.common | ask.words | rates | {"conditions": conditions}


def _ltx_condition(frames: Sequence[Image.Image], index: int) -> LTXVideoCondition:
    if len(frames) == 1:
        return LTXVideoCondition(image=frames[0], frame_index=index)
    return LTXVideoCondition(video=list(frames), frame_index=index)


def ltx2(ask: Ask) -> dict[str, Any]:
    """Frames at any place, counted in the latent's steps of time; sound comes along."""
    conditions: list[LTX2VideoCondition] = []
    if ask.first:
        # What is given is exact where it can be: single pictures would be squeezed through H.264 first.
        conditions.append(LTX2VideoCondition(frames=list(ask.first), index=0, crf=0))
    if ask.last:
        conditions.append(LTX2VideoCondition(frames=list(ask.last), index=-1, crf=0))
    rates = {"frame_rate": ask.fps, "guidance_scale": ask.guidance[0]}
    return ask.common | ask.words | rates | {"conditions": conditions}


def svd(ask: Ask) -> dict[str, Any]:
    """A first frame and numbers, no words."""
    numbers = {"fps": round(ask.fps), "max_guidance_scale": ask.guidance[0], "decode_chunk_size": CHUNK}
    return numbers | ask.common | {"image": ask.first[0]}


ARGUMENTS: dict[Family, Callable[[Ask], dict[str, Any]]] = {
    Family.WAN: wan,
    Family.VACE: vace,
    Family.LTX: ltx,
    Family.LTX2: ltx2,
    Family.SVD: svd,
}
