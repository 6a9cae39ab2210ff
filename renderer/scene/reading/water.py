"""Water. It will ripple, so it is claimed only where several things speak for it."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import closed, edges, luma_of
from renderer.scene.reading.pieces import pieces_of
from renderer.scene.reading.sighting import Sighting

# What is seen on, in or by water.
AFLOAT = (
    "shore", "boat", "ship", "whale", "seal", "fountain", "dock", "pier", "geyser", "dam", "submarine", "pelican",
    "otter", "hippopotamus", "shark", "ray", "dugong", "paddle", "paddle wheel", "aircraft carrier", "buoy",
)  # fmt: skip
SURE = 0.5  # of the evidence
NAMED = 0.3  # of the names' probability
LEAST_SHARE = 0.02
MIRRORS = 0.35  # of the sky's brightness, at least: what is darker is a hill against the light
SHORE = 0.06  # luma a pixel, across a shore


def find_water(image: Bytes, sky: Mask, solid: Mask, sighting: Sighting) -> Floats:  # [h, w], 0 to 1
    """Find water below the sky: a level stretch in the sky's own colours, lying in bands, perhaps a mirror."""
    height, width = sky.shape
    found = np.zeros((height, width), np.float32)
    named = sighting.says(*AFLOAT)
    if not sky.any() and named < NAMED:
        return found  # a night sky, a wall and a table top are as smooth and as blue
    luma = luma_of(image)
    lab = blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32), 1.5)
    likely = _coloured(lab, sky) & _banded(luma) & ~sky & ~solid & ~_above_land(sky) & ~_shores(luma)
    if named < NAMED:
        likely &= luma < 0.8  # snow
    lit = MIRRORS * _low_sky(luma, sky)
    for piece in _stretches(likely):
        if luma[piece].mean() < lit:
            continue
        shape = 0.25 * _level_top(piece) + 0.15 * _wide(piece) + 0.2 * _blue(lab, piece)
        if shape + 0.45 * _mirrored(luma, piece) + 0.45 * named > SURE:
            found[piece] = 1
    return np.clip(blurred(found, height / 100), 0, 1)


def _low_sky(luma: Floats, sky: Mask) -> float:
    """Measure how bright the lowest third of the sky is, which is what water mirrors; 0 where there is none."""
    if not sky.any():
        return 0.0
    rows = np.nonzero(sky)[0]
    low = sky & (np.arange(len(sky), dtype=np.float32)[:, None] > np.percentile(rows, 67))
    return float(luma[low].mean()) if low.any() else 0.0


def _coloured(lab: Floats, sky: Mask) -> Mask:
    """Water is blue, grey or green, or has one of the colours of the sky above it."""
    green_red, blue_yellow = lab[..., 1] - 128, lab[..., 2] - 128
    cool = (green_red < 5) & (blue_yellow < 4) & (green_red > -22)
    if not sky.any():
        return cool & (blue_yellow < -3)  # grey alone says nothing
    rows = [band for band in np.array_split(lab[sky][:, 1:], 4) if len(band)]  # from the zenith down
    like_sky = np.min([np.linalg.norm(lab[..., 1:] - band.mean(axis=0), axis=-1) for band in rows], axis=0) < 11
    return cool | like_sky


def _blue(lab: Floats, piece: Mask) -> float:
    return float(np.clip((123 - lab[piece][:, 2].mean()) / 8, 0, 1))


def _banded(luma: Floats) -> Mask:
    """Ripples are seen from the side: what little there is to see on water lies in level bands."""
    spread = luma.shape[0] / 40
    soft = blurred(luma, 0.7)
    down = blurred(np.abs(cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.25)), spread)
    across = blurred(np.abs(cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.25)), spread)
    return (down > 1.5 * across) & (down < 0.2) | (down + across < 0.02)


def _shores(luma: Floats) -> Mask:
    """The far shore is a line where all changes: what lies beyond it is not of the water."""
    return edges(blurred(luma, 1)) > SHORE


def _above_land(sky: Mask) -> Mask:
    """Water lies below all the sky of its column, and never in the top fifth where a sky is seen."""
    height = sky.shape[0]
    from_below = np.maximum.accumulate(sky[::-1], axis=0)[::-1]
    return from_below | ((np.arange(height, dtype=np.float32)[:, None] < height / 5) & sky.any())


def _stretches(likely: Mask) -> list[Mask]:
    """Give the large pieces, smoothed."""
    height, width = likely.shape
    opened = cv2.morphologyEx(likely.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, height // 16), np.uint8))
    labels, pieces = pieces_of(np.asarray(opened, np.uint8))
    large = [labels == piece.label for piece in pieces if piece.area > LEAST_SHARE * height * width]
    return [closed(piece.astype(np.uint8), height // 40) > 0 for piece in large]


def _wide(piece: Mask) -> float:
    """1 where it goes from side to side."""
    return float(np.clip(2 * piece.any(axis=0).mean() - 1, 0, 1))


def _level_top(piece: Mask) -> float:
    """1 where the far shore is a level line."""
    columns = piece.any(axis=0)
    tops = np.argmax(piece[:, columns], axis=0)
    return float(np.clip(1 - np.subtract(*np.percentile(tops, (75, 25))) / (0.06 * piece.shape[0]), 0, 1))


def _mirrored(luma: Floats, piece: Mask) -> float:
    """Say how well a stretch mirrors what stands above its top: the correlation of their shapes.

    Glow and gradients are taken out: they are alike above and below a dark hill, too.
    """
    height = luma.shape[0]
    rows = np.nonzero(piece.any(axis=1))[0]
    columns = np.nonzero(piece.any(axis=0))[0]
    shapes = blurred(luma, height / 70) - blurred(luma, height / 16)
    view = shapes[:, columns[0] : columns[-1] + 1]
    view = view - view.mean(axis=1, keepdims=True)
    best = 0.0
    for shore in range(rows[0] - height // 40, rows[0] + height // 40 + 1, 2):
        reach = min(shore, height - shore, height // 4, rows[-1] - shore)
        if reach < height // 14:
            continue
        above, below = view[shore - reach : shore][::-1], view[shore : shore + reach]
        norm = float(np.linalg.norm(above) * np.linalg.norm(below))
        if norm > 0.01 * above.size**0.5 * below.size**0.5 * 0.02:
            best = max(best, float((above * below).sum()) / max(norm, 1e-6))
    return float(np.clip((best - 0.3) / 0.4, 0, 1))
