"""The anchors' vectors, made ahead: embedding some four hundred phrases takes a fresh process seconds.

After a change to the anchors or to the model, make them anew: `python -m renderer.meaning`. Until then they do
not fit, and the phrases are embedded at load.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

FILE = Path(__file__).with_name("anchor_vectors.npz")


def made_ahead(model: str, phrases: Sequence[str], file: Path = FILE) -> Tensor | None:  # [phrases, D]
    """Give the vectors of these phrases by this model; None where the file holds those of others."""
    with np.load(file) as made:
        fits = str(made["key"]) == _key(model, phrases)
        return torch.from_numpy(made["vectors"]).float() if fits else None


def keep(model: str, phrases: Sequence[str], vectors: Tensor, file: Path = FILE) -> None:
    """Write the vectors down, in halves: cosines are right to a thousandth."""
    halves = vectors.numpy().astype(np.float16)
    np.savez_compressed(file, vectors=halves, key=np.array(_key(model, phrases)))


def _key(model: str, phrases: Sequence[str]) -> str:
    return sha256("\n".join((model, *phrases)).encode()).hexdigest()
