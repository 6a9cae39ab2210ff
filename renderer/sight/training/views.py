"""Each labelled picture in several lights and sizes, as rows of features: so few would else be learnt by heart."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats
from renderer.scene.reading.kinds.kinds import KINDS
from renderer.sight.features import places
from renderer.sight.training.labels import Labelled
from renderer.sight.trunk import Trunk

MOSTLY = 0.8  # of one kind, and known: a place on a border teaches nothing
MOST = 400  # places of one view


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one view of a picture teaches: a row for each place."""

    features: Floats  # [n, C]
    kinds: Floats  # [n, kinds] 1 for the place's own


def views(trunk: Trunk, labelled: Labelled, seed: int) -> Iterator[View]:
    """Show a picture as it is, warmer or cooler and mirrored, small, large, grey, and in other hues."""
    random = np.random.default_rng(seed)
    image, mirrored = labelled.image, np.ascontiguousarray(labelled.image[:, ::-1])
    yield _view(trunk, labelled, image, 320, random)
    yield _view(trunk, labelled, _lit(mirrored, random), 320, random, mirrored=True)
    yield _view(trunk, labelled, mirrored, 224, random, mirrored=True)
    yield _view(trunk, labelled, image, 448, random)
    yield _view(trunk, labelled, _greyed(image, random), 320, random)
    yield _view(trunk, labelled, _turned(mirrored, random), 288, random, mirrored=True)


def _view(
    trunk: Trunk, labelled: Labelled, image: Bytes, side: int, random: np.random.Generator, *, mirrored: bool = False
) -> View:
    features = places(trunk, image, side)
    shares, known = on_grid(labelled, features.shape[0], features.shape[1], mirrored=mirrored)
    plain = np.flatnonzero((shares.max(axis=-1) > MOSTLY) & (known > MOSTLY))
    chosen = random.choice(plain, min(MOST, len(plain)), replace=False)
    return View(
        features=features.reshape(-1, features.shape[-1])[chosen],
        kinds=np.rint(shares.reshape(-1, len(KINDS))[chosen]).astype(np.float32),
    )


def on_grid(labelled: Labelled, rows: int, columns: int, *, mirrored: bool = False) -> tuple[Floats, Floats]:
    """Say how much of each place is of each kind, [rows, columns, kinds], and how much of it is known."""
    each = np.dstack([labelled.kinds == number for number in range(len(KINDS))]).astype(np.float32)
    way = slice(None, None, -1 if mirrored else 1)
    shares = cv2.resize(each[:, way], (columns, rows), interpolation=cv2.INTER_AREA)
    known = cv2.resize(labelled.known[:, way].astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(shares, np.float32), np.asarray(known, np.float32)


def _lit(image: Bytes, random: np.random.Generator) -> Bytes:
    """Take it in warmer or cooler, brighter or darker light."""
    light = np.array([random.uniform(0.8, 1.15), random.uniform(0.9, 1.05), random.uniform(0.75, 1.2)])
    return _bytes((image / 255) ** random.uniform(0.65, 1.5) * light)


def _greyed(image: Bytes, random: np.random.Generator) -> Bytes:
    """Take half or more of its colour, as old and hazy pictures lack it."""
    values, share = image / 255, random.uniform(0.5, 1)
    return _bytes((values * (1 - share) + values.mean(axis=-1, keepdims=True) * share) ** random.uniform(0.7, 1.4))


def _turned(image: Bytes, random: np.random.Generator) -> Bytes:
    """Turn its hues by up to 25 degrees."""
    hsv = np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2HSV), np.float32)
    hsv[..., 0] = (hsv[..., 0] + random.uniform(-25, 25)) % 360
    hsv[..., 1] = np.clip(hsv[..., 1] * random.uniform(0.6, 1.3), 0, 1)
    return _bytes(np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)))


def _bytes(values: NDArray[np.floating]) -> Bytes:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
