"""Which kind each place of a still is: other, sky, water or plants. A small head on what the network sees."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from renderer.arrays import Bytes, Floats
from renderer.sight.features import places
from renderer.sight.trunk import Trunk, one_thread
from renderer.sight.weights import HERE, checked

FILE = HERE / "kinds.npz"
SHA256 = "2681d454b48b2f4c0bf6169fa147b5627bc3806b3e632075c3530f7b41b4bead"
FAR = 5.0  # spreads from the mean: what lies farther off says no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A network of two layers over the features of one place, some of them drawn: their answers are averaged."""

    mean: Tensor  # [C]
    spread: Tensor  # [C]
    inner: tuple[tuple[Tensor, Tensor], ...]  # [hidden, C] and [hidden], one for each that was drawn
    outer: tuple[tuple[Tensor, Tensor], ...]  # [kinds, hidden] and [kinds]

    def chances(
        self,
        features: Floats,  # [y, x, C]
    ) -> Floats:  # [y, x, kinds], 0 to 1, of sum 1
        """Say how likely each place is of each kind."""
        with torch.inference_mode(), one_thread():
            even = ((torch.from_numpy(features) - self.mean) / self.spread).clamp(-FAR, FAR)
            answers = [
                ((even @ inner.T + lift).relu() @ outer.T + bias).softmax(-1)
                for (inner, lift), (outer, bias) in zip(self.inner, self.outer, strict=True)
            ]
            return torch.stack(answers).mean(0).numpy()


class KindFinder:
    """The head that ships, loaded once."""

    def __init__(self, trunk: Trunk) -> None:
        self._trunk = trunk
        self._head = read_head(checked(FILE, SHA256))

    def chances(
        self,
        image: Bytes,  # [h, w, 3]
    ) -> Floats:  # [y, x, kinds], coarse
        """Say how likely each place is of each kind, on a coarse grid over the picture."""
        return self._head.chances(places(self._trunk, image))


def read_head(content: bytes) -> Head:
    """Read a head from an npz file's bytes."""
    with np.load(BytesIO(content)) as stored:
        numbers = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files}
    drawn = range(len(numbers["inner"]))
    return Head(
        mean=numbers["mean"],
        spread=numbers["spread"],
        inner=tuple((numbers["inner"][each], numbers["lift"][each]) for each in drawn),
        outer=tuple((numbers["outer"][each], numbers["bias"][each]) for each in drawn),
    )


def write_head(head: Head, file: Path) -> None:
    """Write a head as an npz file of half precision: 110 kB."""
    drawn = {
        "inner": [weight for weight, _ in head.inner],
        "lift": [lift for _, lift in head.inner],
        "outer": [weight for weight, _ in head.outer],
        "bias": [bias for _, bias in head.outer],
    }
    stored = {name: torch.stack(each).half().numpy() for name, each in drawn.items()}
    np.savez(file, allow_pickle=False, mean=head.mean.numpy(), spread=head.spread.numpy(), **stored)
