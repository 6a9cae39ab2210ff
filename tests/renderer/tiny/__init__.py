"""A pipeline with tiny random weights for each row, written to disk as the real ones are.

`save` writes what `from_pretrained` loads, and an `unstill.json` that makes it small and quick to call. The same row
gives the same bytes each time. Nothing of it looks like anything: it shows that the road is whole, and what changes
what.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model_state_dict

from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import DRAFT, Lora
from tests.renderer.tiny import ltx, ltx2, svd, wan

STEPS = 2  # the fewest with which both experts of Wan 2.2 have their turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiny:
    """A row's tiny pipeline, and what its folder says otherwise than the row."""

    build: Callable[[], Any]
    sides: tuple[int, int]  # short, long
    frames: dict[str, int]
    fps: float  # with which the shortest clip needs the most frames
    multiple: int


WAN = {"sides": (32, 48), "frames": {"step": 4, "most": 17}, "fps": 8.0, "multiple": 16}
# Drafts with a list of times take as many steps as it is long.
QUICK = {
    ("ltx-video", "draft"): {"options": {"timesteps": [1000, 725]}},
    ("ltx-2", "draft"): {"options": {"sigmas": [1.0, 0.725]}},
}
TINY = {
    "wan2.2-ti2v-5b": Tiny(build=wan.ti2v, **WAN),
    "wan2.2-i2v-a14b": Tiny(build=wan.two_experts, **WAN),
    "wan2.1-vace-1.3b": Tiny(build=wan.vace, **WAN),
    "wan2.1-vace-14b": Tiny(build=wan.vace, **WAN),
    "wan2.1-flf2v-14b": Tiny(build=wan.both_ends, **WAN),
    "ltx-video": Tiny(build=ltx.condition, sides=(32, 64), frames={"step": 8, "most": 17}, fps=8.0, multiple=32),
    "ltx-2": Tiny(build=ltx2.condition, sides=(32, 64), frames={"step": 8, "most": 9}, fps=4.0, multiple=32),
    "svd-xt": Tiny(build=svd.first_frame, sides=(32, 48), frames={"step": 1, "most": 5}, fps=2.0, multiple=8),
}


def build(row: str) -> Any:
    """The row's tiny pipeline, always with the same weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sum(row.encode()))
        return TINY[row].build()


def save(row: str, folder: Path) -> Path:
    """Write the row's tiny pipeline with its `unstill.json` into `folder`, and give it back."""
    tiny = TINY[row]
    build(row).save_pretrained(folder)
    tuning = {
        "row": row,
        "sizes": [tiny.sides],
        "multiple": tiny.multiple,
        "frames": tiny.frames,
        "fps": tiny.fps,
        "profiles": {name: {"steps": STEPS} | QUICK.get((row, name), {}) for name in MODELS[row].profiles},
    }
    (folder / "unstill.json").write_text(json.dumps(tuning, indent=2))
    return folder


def save_lora(row: str, folder: Path) -> tuple[Path, ...]:
    """Write low-rank weights for the row's draft into its pipeline's folder, under the names that the row gives."""
    pipe = build(row)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sum(row.encode()))
        return tuple(write_lora(pipe, lora, folder) for lora in MODELS[row].profiles[DRAFT].loras)


def write_lora(pipe: Any, lora: Lora, folder: Path) -> Path:
    """Write random low-rank weights for a component of a pipeline, as diffusers saves them."""
    network = getattr(pipe, lora.component)
    network.add_adapter(LoraConfig(r=2, lora_alpha=2, init_lora_weights=False, target_modules=["to_q", "to_v"]))
    file = folder / lora.file
    type(pipe).save_lora_weights(
        file.parent, transformer_lora_layers=get_peft_model_state_dict(network), weight_name=file.name
    )
    return file


def retune(folder: Path, **fields: Any) -> None:
    """Change what the folder says of its model."""
    path = folder / "unstill.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))
