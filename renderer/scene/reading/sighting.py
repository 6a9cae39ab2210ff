"""What the models of `renderer.sight` saw in a still, as values: the scene code knows no models."""

from dataclasses import dataclass, field

import numpy as np

from renderer.arrays import Floats
from renderer.scene.reading.kinds.kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing in the picture, in a plain English word."""

    word: str
    probability: float  # of the word, summed over all that it stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face's box, in shares of the picture: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Maps are in [0, 1], at the small size [h, w] of the cues."""

    names: tuple[Named, ...]  # the surest first
    attention: Floats  # where the names were read; 0 everywhere where there was nothing to look at
    people: Floats  # how much of each place is a person
    faces: tuple[Face, ...]  # the largest first
    # How likely each place is of each of `KINDS`, [y, x, kinds], coarse.
    chances: Floats = field(default_factory=lambda: np.eye(len(KINDS), dtype=np.float32)[:1, None])
    nearness: Floats | None = None  # [y, x] 0 = far, 1 = near; coarse. None: nobody looked

    def says(self, *words: str) -> float:
        """Say how likely it is that the picture shows one of these."""
        return min(1.0, sum(named.probability for named in self.names if named.word in words))


def unseen(height: int, width: int) -> Sighting:
    """See nothing."""
    nothing = np.zeros((height, width), np.float32)
    return Sighting(names=(), attention=nothing, people=nothing, faces=())
