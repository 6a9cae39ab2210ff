"""Whether networks use all the layers that their weights have: the libraries leave out what a config.json leaves out.

Only names are compared, those in the heads of the files with those of the networks. Names that a library changes on its
way, and parts that a network of its kind never has, are not counted.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import safe_open

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.checkpoint import weight_files

NUMBER = re.compile(r"\d+")


def check_layers(pipe: Any, folder: Path, variant: str, name: str) -> None:
    """Raise `BadModelError` where weights have more of a network's layers than the network."""
    networks = {part: held for part, held in pipe.components.items() if isinstance(held, torch.nn.Module)}
    for part, network in networks.items():
        unused = surplus(stored_names(folder / part, variant), network.state_dict())
        if unused:
            why = f"its {part} has fewer layers by its config.json than by its weights: nothing uses {unused}"
            raise BadModelError(name=name, why=why)


def stored_names(here: Path, variant: str) -> set[str]:
    """The names of all tensors in a network's files."""
    names: set[str] = set()
    for file in weight_files(here, variant):
        with cast("Any", safe_open)(here / file, framework="pt") as tensors:  # untyped
            names.update(tensors.keys())
    return names


def surplus(stored: Iterable[str], used: Iterable[str]) -> str:
    """The first stored name that none uses though it differs from a used one by its numbers only; "" where none is."""
    known = set(used)
    kinds = {NUMBER.sub("#", name) for name in known}
    return next((name for name in sorted(stored) if name not in known and NUMBER.sub("#", name) in kinds), "")
