"""Stems before sky or water: too thin to be slabs of their own, they go with what they are rooted in."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask, grown
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.masks import brought_to
from renderer.scene.reading.pieces import pieces_of

SHOWN = 0.15  # of a small pixel that a stem covers
FAINT = 0.05  # and of one that a stem shines into
ROOM = 1 / 70  # of the height, from a stem to its root
EDGE = 1 / 50  # of the height, beside a stem: what shines through there was outlined badly
SKY = -1  # the level of the sky, below the stretches of the land


def roots_of(levels: NDArray[np.intp], kinds: Kinds) -> NDArray[np.intp]:  # [h, w]
    """Say in which stretch the stems are rooted that show at each place; -1 where there are none."""
    labels, pieces = pieces_of(_grown_by(kinds.stems > SHOWN, ROOM))
    thick = (kinds.plants > 0.5) & (kinds.stems < SHOWN)
    roots = np.full(levels.shape, -1, np.intp)
    for piece in pieces:
        place = labels == piece.label
        if (place & thick).any():
            roots[place] = levels[place & thick].max()
    return roots


def behind_stems(levels: NDArray[np.intp], stems: Floats) -> NDArray[np.intp]:  # [h, w]
    """Say what is behind stems: sky above the skyline beside them, and below it what is nearest to either side."""
    height, width = levels.shape
    hidden = _grown_by(stems > FAINT, EDGE)
    columns, rows = np.arange(width, dtype=np.intp), np.arange(height, dtype=np.intp)[:, None]
    land = levels != SKY
    highest = np.asarray(np.where(land.any(axis=0), land.argmax(axis=0), height), np.intp)
    clear = np.asarray(~hidden[np.clip(highest, 0, height - 1), columns], np.bool_)
    skyline = np.asarray(np.interp(columns, columns[clear], highest[clear]) if clear.any() else highest, np.float64)
    seen = land & ~hidden
    left = np.maximum.accumulate(np.where(seen, columns, -1), axis=1)
    right = np.minimum.accumulate(np.where(seen, columns, width)[:, ::-1], axis=1)[:, ::-1]
    on_right = (left < 0) | ((right < width) & (right - columns < columns - left))
    beside = np.take_along_axis(levels, np.where(on_right, right, left).clip(0, width - 1), axis=1)
    return np.where(hidden, np.where(rows < skyline, SKY, np.maximum(beside, 0)), levels)


def rooted(stems: Floats, here: Mask) -> Floats | None:
    """Give the stems that are rooted in a stretch, as fine as they were found."""
    if not here.any():
        return None
    return stems * (brought_to(here.astype(np.float32), stems.shape) > 0.5)


def _grown_by(mask: Mask, share: float) -> Mask:
    """Grow a mask by a share of its height."""
    return grown(mask, round(share * len(mask)))
