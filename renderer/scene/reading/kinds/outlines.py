"""From chances to outlines: which kind each place is of, along the picture's own edges, without crumbs."""

from collections.abc import Callable

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask
from renderer.scene.reading.kinds.chances import PLANTS, SKY, WATER
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of

EDGE = 4e-4  # variance of luma from which on an edge holds
CRUMB = 0.003  # of the picture
LEAST_SURE = 0.5  # mean chance of a piece
MUCH_SKY = 0.05  # of the picture: less says nothing of where water begins
LOW = 0.6  # of the height: a sky that begins below it is none


def settled(
    chances: Floats,  # [h, w, kinds]
    image: Bytes,  # [h, w, 3]
) -> Floats:  # [h, w, kinds], 0 to 1
    """Smooth each kind's chances along the picture's edges (guided filter, He et al. 2010)."""
    guide = luma_of(image)
    radius = max(2, image.shape[0] // 60)
    size = (2 * radius + 1, 2 * radius + 1)

    def box(values: Floats) -> Floats:
        return np.asarray(cv2.blur(values, size, borderType=cv2.BORDER_REFLECT), np.float32)

    mean = box(guide)
    spread = box(guide * guide) - mean * mean + np.float32(EDGE)
    kinds: list[Floats] = []
    for kind in range(chances.shape[-1]):
        chance = np.ascontiguousarray(chances[..., kind])
        level = box(chance)
        slope = (box(guide * chance) - mean * level) / spread
        kinds.append(box(slope.astype(np.float32)) * guide + box((level - slope * mean).astype(np.float32)))
    return np.clip(np.stack(kinds, axis=-1), 0, 1).astype(np.float32)


def find_sky(chances: Floats, likeliest: Mask) -> Mask:
    """Keep the pieces of sky that reach the top, and those higher up of which the head is sure: gaps in leaves."""
    height, width = likeliest.shape
    top = max(1, height // 50)

    def believed(piece: Piece, mask: Mask) -> bool:
        sure = float(chances[..., SKY][mask].mean())
        reaches = float(mask[:top].mean()) > 0.03
        return sure > 0.55 and (reaches or (piece.top < LOW * height and sure > 0.75))

    return _pieces(likeliest, CRUMB * height * width, believed)


def find_water(chances: Floats, likeliest: Mask, sky: Mask) -> Mask:
    """Keep the pieces of water below the sky: never above its lowest in their column."""
    height, width = likeliest.shape
    below = np.arange(height, dtype=np.float32)[:, None] >= _shore(sky)[None]
    return _pieces(
        likeliest & below,
        CRUMB * height * width,
        lambda _, mask: float(chances[..., WATER][mask].mean()) > LEAST_SURE,
    )


def find_plants(chances: Floats, likeliest: Mask) -> Mask:
    """Keep the pieces of plants of which the head is sure enough."""
    return _pieces(
        likeliest,
        CRUMB * likeliest.size,
        lambda _, mask: float(chances[..., PLANTS][mask].mean()) > LEAST_SURE,
    )


def _shore(sky: Mask) -> Floats:  # [w]
    """Say from which row down water may lie in each column: the sky's lowest, but no lower than it usually is."""
    height, width = sky.shape
    if sky.mean() < MUCH_SKY:
        return np.full((width,), 0, np.float32)
    rows = np.where(sky.any(axis=0), height - np.argmax(sky[::-1], axis=0), 0)
    lowest = np.asarray(rows, np.float32)
    usual = float(np.median(lowest[lowest > 0])) - 0.02 * height
    lowest[lowest > usual] = usual
    return lowest


def _pieces(mask: Mask, least: float, believed: Callable[[Piece, Mask], bool]) -> Mask:
    labels, pieces = pieces_of(mask)
    large = [piece for piece in pieces if piece.area > least]
    return np.isin(labels, [piece.label for piece in large if believed(piece, labels == piece.label)])
