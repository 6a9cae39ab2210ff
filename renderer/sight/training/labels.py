"""A folder of labelled pictures: the pictures, and `labels.json`, which says where in them the kinds are.

    {"lake.jpg": {"sky": [polygon, …], "water": [polygon, …], "plants": [polygon, …], "depth": [[0, polygon], …]}, …}

A polygon is a list of [x, y] in shares of the picture. A picture may also have `stalks` (plants before sky or water),
`unsure` (places that nobody is to learn from) and `nots` (places within those that are none of the kinds). `depth`
has levels from 0, the farthest, to 4, the nearest; later polygons lie on top. `paper` marks a drawing: it is left out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask
from renderer.scene.reading.kinds.kinds import KINDS

SHORT_SIDE = 480  # pictures are learnt from at this size: larger ones show the network no more
WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]]  # as `unsure`: only what is outlined is learnt from

Polygons = Sequence[Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A picture and what is where in it."""

    name: str
    image: Bytes  # [h, w, 3]
    kinds: Floats  # [h, w], a place's number among `KINDS`
    known: Mask  # [h, w] where it can be learnt from
    levels: Floats  # [h, w] how near each place lies, 0 to 4; NaN where nobody said, and where two levels meet


def read_labelled(folder: Path) -> list[Labelled]:
    """Read a folder's pictures and labels. Raises `FileNotFoundError` where one is missing."""
    labels: dict[str, dict[str, Any]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    return [_read(folder / name, label) for name, label in sorted(labels.items()) if not label.get("paper")]


def _read(file: Path, label: dict[str, Any]) -> Labelled:
    decoded = cv2.imread(str(file))
    if decoded is None:  # pyright: ignore[reportUnnecessaryComparison]  it is, where the file is missing
        raise FileNotFoundError(f"{file} is in labels.json, but is no picture that can be read")
    scale = SHORT_SIDE / min(decoded.shape[:2])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    image = cv2.resize(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), None, fx=scale, fy=scale, interpolation=way)
    kinds, known = outlined(label, image.shape[0], image.shape[1])
    return Labelled(
        name=file.name,
        image=np.asarray(image, np.uint8),
        kinds=kinds,
        known=known,
        levels=levels_of(label, *kinds.shape),
    )


def outlined(label: dict[str, Any], height: int, width: int) -> tuple[Floats, Mask]:
    """Draw a label's polygons: the kind of each place, and where it is known."""
    stalks, nots = (_drawn(label.get(name, []), height, width) for name in ("stalks", "nots"))
    unsure: Polygons = label.get("unsure", [])
    kinds = np.zeros((height, width), np.float32)
    for number, kind in enumerate(KINDS[1:], 1):
        kinds[_drawn(label.get(kind, []), height, width) & ~stalks] = number
    kinds[stalks] = KINDS.index("plants")
    known = ((kinds > 0) | nots) if WHOLE in unsure else ~_drawn(unsure, height, width) | nots
    return kinds, known


def levels_of(label: dict[str, Any], height: int, width: int) -> Floats:
    """Draw a label's depth."""
    levels = np.full((height, width), -1, np.float32)
    for level, polygon in label.get("depth", []):
        cv2.fillPoly(levels, [_corners(polygon, height, width)], (float(level),))
    near = np.ones((3, 3), np.uint8)
    unlike = np.asarray(cv2.dilate(levels, near)) != np.asarray(cv2.erode(levels, near))
    return np.where(unlike | (levels < 0), np.nan, levels).astype(np.float32)


def _corners(polygon: Sequence[Sequence[float]], height: int, width: int) -> NDArray[np.int32]:
    return np.rint(np.array(polygon) * [width, height] - 0.5).astype(np.int32)


def _drawn(polygons: Polygons, height: int, width: int) -> Mask:
    mask = np.zeros((height, width), np.uint8)
    for polygon in polygons:
        cv2.fillPoly(mask, [_corners(polygon, height, width)], (1,))
    return mask > 0
