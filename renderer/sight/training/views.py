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
    answers: Floats  # [n, answers] what a head is to say


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One view, for the head of kinds (1 for the place's own) and for that of nearness (a level, 0 to 4)."""

    kinds: View
    nearness: View


def lessons(trunk: Trunk, labelled: Labelled, seed: int) -> Iterator[Lesson]:
    """Show a picture as it is, warmer or cooler and mirrored, small, large, grey, and in other hues."""
    random = np.random.default_rng(seed)
    image, mirrored = labelled.image, np.ascontiguousarray(labelled.image[:, ::-1])
    yield _lesson(trunk, labelled, image, 320, random)
    yield _lesson(trunk, labelled, _lit(mirrored, random), 320, random, mirrored=True)
    yield _lesson(trunk, labelled, mirrored, 224, random, mirrored=True)
    yield _lesson(trunk, labelled, image, 448, random)
    yield _lesson(trunk, labelled, _greyed(image, random), 320, random)
    yield _lesson(trunk, labelled, _turned(mirrored, random), 288, random, mirrored=True)


def _lesson(
    trunk: Trunk, labelled: Labelled, image: Bytes, side: int, random: np.random.Generator, *, mirrored: bool = False
) -> Lesson:
    features = places(trunk, image, side)
    rows, columns = features.shape[:2]
    shares, known = on_grid(labelled, rows, columns, mirrored=mirrored)
    levels = cv2.resize(labelled.levels[:, :: -1 if mirrored else 1], (columns, rows), interpolation=cv2.INTER_NEAREST)
    flat = features.reshape(-1, features.shape[-1])
    of_kinds = random.permutation(np.flatnonzero((shares.max(axis=-1) > MOSTLY) & (known > MOSTLY)))[:MOST]
    of_depth = random.permutation(np.flatnonzero(np.isfinite(levels)))[:MOST]
    kinds = np.rint(shares.reshape(-1, len(KINDS))[of_kinds]).astype(np.float32)
    return Lesson(
        kinds=View(features=flat[of_kinds], answers=kinds),
        nearness=View(features=flat[of_depth], answers=np.asarray(levels, np.float32).reshape(-1, 1)[of_depth]),
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


def _bytes(values: NDArray[np.number]) -> Bytes:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
