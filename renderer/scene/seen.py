"""What each node of a frame's lattice looks at."""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All [h, w], for the nodes of a `Lattice`."""

    x: Floats  # where in the still, in half short sides from its centre
    y: Floats
    offset: Floats  # disparity less the pivot of what is there


def look_up(
    values: Floats,  # [n, m] or [n, m, C] a small map over the whole still
    x: Floats,  # [h, w] half short sides from the still's centre
    y: Floats,
) -> Floats:  # [h, w] or [h, w, C]
    """Read a small map where the nodes look; beyond its edges they repeat."""
    height, width = values.shape[:2]
    half = min(height, width) / 2
    columns, rows = x * half + (width - 1) / 2, y * half + (height - 1) / 2
    read = cv2.remap(
        values,
        columns.astype(np.float32, copy=False),
        rows.astype(np.float32, copy=False),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(read, np.float32)
