"""A mask's pieces, one by one."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A connected part of a mask: its number among the labels, its box and its area in pixels."""

    label: int
    left: int
    top: int
    width: int
    height: int
    area: int


def pieces_of(mask: Bytes | Mask) -> tuple[NDArray[np.int32], list[Piece]]:  # [h, w] labels, 0 = none
    """Part a mask into its connected pieces."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    rows = np.asarray(stats, np.int64)
    found = [
        Piece(label=label, left=int(row[0]), top=int(row[1]), width=int(row[2]), height=int(row[3]), area=int(row[4]))
        for label, row in enumerate(rows[:count])
        if label
    ]
    return np.asarray(labels, np.int32), found
