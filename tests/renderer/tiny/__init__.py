"""A pipeline with tiny random weights for each row, written to disk as the real ones are.

`save` writes what `from_pretrained` loads, and an `unstill.json` that makes it small and quick to call. The same row
gives the same bytes each time. Nothing of it looks like anything: it shows that the road is whole, and what changes what.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from tests.renderer.tiny import wan

PIPELINES: dict[str, Callable[[], Any]] = {
    "wan2.2-ti2v-5b": wan.ti2v,
    "wan2.2-i2v-a14b": wan.two_experts,
    "wan2.1-vace-1.3b": wan.vace,
    "wan2.1-vace-14b": wan.vace,
    "wan2.1-flf2v-14b": wan.both_ends,
}
SIDES = (32, 48)  # short, long
OVERRIDES: dict[str, dict[str, Any]] = {
    row: {"multiple": 16, "frames": {"step": 4, "most": 17}, "fps": 8} for row in PIPELINES
}
STEPS = 2  # the fewest with which both experts have their turn


def save(row: str, folder: Path) -> Path:
    """Write the row's tiny pipeline with its `unstill.json` into `folder`, and give it back."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sum(row.encode()))
        PIPELINES[row]().save_pretrained(folder)
    tuning = {"row": row, "sizes": [SIDES], **OVERRIDES[row], "profiles": {"finish": {"steps": STEPS}}}
    (folder / "unstill.json").write_text(json.dumps(tuning, indent=2))
    return folder
