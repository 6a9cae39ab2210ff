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


def save(row: str, folder: Path) -> Path:
    """Write the row's tiny pipeline with its `unstill.json` into `folder`, and give it back."""
    tiny = TINY[row]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sum(row.encode()))
        tiny.build().save_pretrained(folder)
    tuning = {
        "row": row,
        "sizes": [tiny.sides],
        "multiple": tiny.multiple,
        "frames": tiny.frames,
        "fps": tiny.fps,
        "profiles": {"finish": {"steps": STEPS}},
    }
    (folder / "unstill.json").write_text(json.dumps(tuning, indent=2))
    return folder
