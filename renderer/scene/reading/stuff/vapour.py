"""Smoke and steam in the still: a soft grey plume that rises from what steams or burns."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of
from renderer.scene.reading.sighting import Sighting

STEAMING = (
    "coffee", "cup", "teapot", "stove", "cauldron", "bowl", "food", "geyser", "steam engine", "fireplace", "candle",
)  # fmt: skip
NAMED = 0.35  # of the names' probability
PALER = 0.025  # of luma, by which a plume differs from what is behind it
SOFT = 0.035  # luma a pixel, within a plume and on its rim, at most: a wall has an edge
EDGED = 0.25  # share of a plume's rim that may be steep: where it leaves a cup
GREY = 0.28  # saturation, at most
TALL = 0.12  # of the picture's height, at least
DARK = 0.55  # median luma of what is behind, at most: before a bright wall steam is not seen


def find_vapour(
    image: Bytes,  # [h, w, 3]
    sighting: Sighting,
    sky: Mask,  # [h, w]
) -> Floats:  # [h, w], 0 to 1
    """Find a plume over something named that steams or burns.

    It is grey, paler than what is behind, without edges, upright, and rises from that thing. A wall, the sky and mist
    over hills are none.
    """
    nothing = np.zeros(sky.shape, np.float32)
    if sighting.says(*STEAMING) < NAMED:
        return nothing
    luma, side = luma_of(image), min(image.shape[:2])
    paler, steep = _paler(luma, side), _steep(luma)
    likely = (paler > PALER) & (_saturation(image) < GREY) & (steep < SOFT) & ~sky & (sighting.people < 0.5)
    opened = cv2.morphologyEx(likely.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    labels, pieces = pieces_of(np.asarray(opened, np.uint8))
    source = sighting.attention > 0.5
    rising = [
        piece.label
        for piece in pieces
        if _rises(labels == piece.label, piece, source, luma) and _soft(labels == piece.label, steep)
    ]
    plume = np.isin(labels, rising)
    return blurred((plume * np.clip(paler / (3 * PALER), 0, 1)).astype(np.float32), side / 60) if rising else nothing


def _paler(luma: Floats, side: int) -> Floats:
    """Say how much paler each place is than what lies around it, at a plume's breadth."""
    soft = blurred(luma, 1.5)
    wide = 2 * round(side / 8) + 1
    behind = cv2.morphologyEx(soft, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8))  # no narrower than the kernel
    return (soft - np.asarray(behind, np.float32)).astype(np.float32)


def _saturation(image: Bytes) -> Floats:
    brightest = image.max(axis=2).astype(np.float32)
    return ((brightest - image.min(axis=2)) / np.maximum(brightest, 40)).astype(np.float32)


def _steep(luma: Floats) -> Floats:
    """Give the steepest slope within two pixels of each place."""
    soft = blurred(luma, 0.8)
    slope = np.hypot(
        cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.125)
    ).astype(np.float32)
    return np.asarray(cv2.dilate(slope, np.ones((3, 3), np.uint8)), np.float32)


def _soft(mask: Mask, steep: Floats) -> bool:
    """Tell whether a piece fades out all around: a post is as smooth within, and has edges."""
    rim = grown(mask, 3) & ~mask
    return bool((steep[rim] > SOFT).mean() < EDGED)


def _rises(mask: Mask, piece: Piece, source: Mask, luma: Floats) -> bool:
    """A plume is tall, comes from the source and goes beyond it, has room to both sides, and hides what is dark."""
    height, width = mask.shape
    if piece.height < TALL * height or piece.height < 1.3 * piece.width or piece.area > 0.15 * mask.size:
        return False
    if piece.left <= 1 or piece.left + piece.width >= width - 1:
        return False
    foot = slice(piece.top + 2 * piece.height // 3, piece.top + piece.height + 1)
    rooted = (mask[foot] & source[foot]).any()
    beside = (np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 21), np.uint8))) > 0) & ~mask
    dark = beside.any() and float(np.median(luma[beside])) < DARK
    return bool(rooted and dark and float(luma[mask].mean()) > float(luma[beside].mean()) + PALER)
