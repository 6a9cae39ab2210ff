"""Small heads on what the network sees: of which kind each place of a still is, and how near it lies."""

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

KINDS_FILE, NEARNESS_FILE = HERE / "kinds.npz", HERE / "nearness.npz"
KINDS_SHA256 = "a22a7ed930a0116143720f85c0fa624a928781eb4c60925f6059f5d1b61cf65d"
NEARNESS_SHA256 = "3ca31b4daec33da650c3b42537ec265d874b2676c52b1dabfbcc9fdcc28826ee"
FAR = 5.0  # spreads from the mean: what lies farther off says no more
LEVELS = 4  # of nearness, from 0 on: what the head of nearness answers with is a level, less half of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A network of two layers over the features of one place, some of them drawn: their answers are averaged."""

    mean: Tensor  # [C]
    spread: Tensor  # [C]
    inner: tuple[tuple[Tensor, Tensor], ...]  # [hidden, C] and [hidden], one for each that was drawn
    outer: tuple[tuple[Tensor, Tensor], ...]  # [answers, hidden] and [answers]

    def answers(
        self,
        features: Floats,  # [y, x, C]
    ) -> Tensor:  # [y, x, answers]
        """Answer for each place."""
        even = ((torch.from_numpy(features) - self.mean) / self.spread).clamp(-FAR, FAR)
        answers = [
            (even @ inner.T + lift).relu() @ outer.T + bias
            for (inner, lift), (outer, bias) in zip(self.inner, self.outer, strict=True)
        ]
        return torch.stack(answers).mean(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the heads say of a still's places, coarse."""

    chances: Floats  # [y, x, kinds] how likely each place is of each kind, of sum 1
    nearness: Floats  # [y, x] 0 = far, 1 = near


class GroundReader:
    """The heads that ship, loaded once."""

    def __init__(self, trunk: Trunk) -> None:
        self._trunk = trunk
        self._kinds = read_head(checked(KINDS_FILE, KINDS_SHA256))
        self._nearness = read_head(checked(NEARNESS_FILE, NEARNESS_SHA256))

    def read(
        self,
        image: Bytes,  # [h, w, 3]
    ) -> Ground:
        """Say of which kind each place is likely to be, and how near."""
        features = places(self._trunk, image)
        return Ground(chances=chances_by(self._kinds, features), nearness=nearness_by(self._nearness, features))


def chances_by(kinds: Head, features: Floats) -> Floats:  # [y, x, kinds]
    """Say how likely each place is of each kind."""
    with torch.inference_mode(), one_thread():
        return kinds.answers(features).softmax(-1).numpy()


def nearness_by(nearness: Head, features: Floats) -> Floats:  # [y, x]
    """Say how near each place lies: 0 = far, 1 = near. Where the head is unsure it stays about the middle."""
    with torch.inference_mode(), one_thread():
        return (nearness.answers(features)[..., 0] / LEVELS + 0.5).clamp(0, 1).numpy()


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
