"""Drawings: comics, plans, tables, pages, charts, pixel art. They are flat, and nothing in them lives.

Two things tell a drawing, both read from luma, which JPEG smears less than colour. *Two tones*: around an edge, each
pixel is as dark as the dark side or as light as the light one, and few lie between, where a photograph has shades.
*Few tones*: a handful of levels make up most of the picture. Photographs have one of the two at times, as a roof before
the sky or a thing on white, and hardly ever both. A painting with a shaded sky has neither: its sky may live.
"""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.scene.reading.lettering import find_lettering
from renderer.scene.reading.masks import luma_of

SIDE = 480  # short side at which edges are looked at; smaller pictures are not enlarged
AROUND = 11  # pixels across what is around a pixel
EDGE = 20.0  # of 255, after stretching: the least contrast of an edge
FULL = 100.0  # contrast from which on an edge counts fully
NEAR = (
    0.12  # of the contrast: how far a pixel may be from the darkest or the lightest around it to be as dark, as light
)
TONE = 2  # of 255: how far a tone reaches up and down
TONES = 5
DRAWN = 1.13  # of the two shares together, 2 at most
DARK, LIGHT = 30, 225  # tones of 255
NIGHTLY, ON_WHITE = 0.68, 0.56  # how two-toned what is mostly black or white must be: few tones alone say little there
GRAINY = 4  # levels of noise that no drawing on black has, and stars in the night do
COLOURS, OF_THEM = 32, 0.97  # pixel art has no more colours, and a photograph thousands
STEP, STEPS = 8, 0.1  # of 255, and how seldom neighbours differ by less: greys of a faint photograph are few, too
COUNTED = 120_000  # pixels
CLIPPED = 0.005  # of the pixels, at either end of the levels
LEAST_SPAN = 32.0  # of 255: fainter pictures are stretched no further, or their noise would look like ink
PAGE_SIDE = 180  # short side of the map of its lettering
WRITTEN = 0.3  # share of lettering, from which on a picture is a page, however it was lit


def shows_drawing(
    still: Bytes,  # [H, W, 3] not enlarged
) -> bool:
    """Tell a drawing, pixel art or a page of text from a picture."""
    return is_drawing(still) or is_pixel_art(still) or is_page(still)


def is_drawing(
    still: Bytes,  # [H, W, 3]
) -> bool:
    """Tell a drawing from a picture. What has no edge is none."""
    luma = _stretched(still)
    noise = _noise(luma)
    two_toned, (few, commonest) = _two_toned(luma, noise), _few_tones(luma)
    if not two_toned:
        return False
    if commonest < DARK and (two_toned < NIGHTLY or noise > GRAINY):
        return False
    if commonest > LIGHT and two_toned < ON_WHITE:
        return False
    return two_toned + few > DRAWN


def is_pixel_art(
    still: Bytes,  # [H, W, 3] as it was drawn: enlarged, its colours are many
) -> bool:
    """Tell whether a few exact colours, next to each other unlike, make up nearly all of a picture."""
    height, width = still.shape[:2]
    step = max(1, int((height * width / COUNTED) ** 0.5))
    codes = still[::step, ::step].reshape(-1, 3).astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    counts = np.sort(np.unique(codes, return_counts=True)[1])
    if counts[-COLOURS:].sum() < OF_THEM * len(codes) or len(counts) == 1:
        return False
    differ = np.abs(np.diff(still.astype(np.int16), axis=1)).max(axis=2)
    return float(((differ > 0) & (differ < STEP)).mean()) < STEPS


def is_page(
    still: Bytes,  # [H, W, 3]
) -> bool:
    """Tell whether lettering fills the picture: a photographed page has shades."""
    scale = PAGE_SIDE / min(still.shape[:2])
    height, width = still.shape[:2]
    return float(find_lettering(still, (round(height * scale), round(width * scale))).mean()) > WRITTEN


def _stretched(still: Bytes) -> Bytes:  # [h, w]
    """Give the luma, small, its darkest at 0 and its lightest at 255."""
    scale = min(1.0, SIDE / min(still.shape[:2]))
    small = cv2.resize(still, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    luma = 255 * luma_of(np.asarray(small, np.uint8))
    low, high = np.quantile(luma, (CLIPPED, 1 - CLIPPED))
    return np.clip((luma - low) * (255 / max(high - low, LEAST_SPAN)), 0, 255).astype(np.uint8)


def _two_toned(luma: Bytes, noise: float) -> float:
    """Say what share of the pixels around edges is as dark as the dark side or as light as the light one.

    Stronger edges count more. 0 where there are no edges.
    """
    lightest, darkest = _around(luma, AROUND)
    contrast = _floats(cv2.subtract(lightest, darkest))
    away = _floats(cv2.min(cv2.subtract(lightest, luma), cv2.subtract(luma, darkest)))
    weight = np.minimum(contrast, FULL) * (contrast > EDGE + 2 * noise)
    pure = away <= NEAR * contrast + 0.7 * noise
    return float((weight * pure).sum() / max(float(weight.sum()), 1.0))


def _noise(luma: Bytes) -> float:
    """Say how far neighbours differ where the picture is plainest."""
    return float(min(22, np.quantile(cv2.subtract(*_around(luma, 3)), 0.2)))


def _few_tones(luma: Bytes) -> tuple[float, int]:
    """Give the share of the picture that its commonest tones make up, and the level of the commonest."""
    smooth = np.asarray(cv2.blur(luma, (3, 3)))
    shares = np.bincount(smooth.ravel(), minlength=256) / smooth.size
    first, total = int(shares.argmax()), 0.0
    for _ in range(TONES):
        level = int(shares.argmax())
        tone = slice(max(0, level - TONE), level + TONE + 1)
        total += float(shares[tone].sum())
        shares[tone] = 0
    return total, first


def _around(luma: Bytes, size: int) -> tuple[Bytes, Bytes]:
    """Give the lightest and the darkest around each pixel."""
    kernel = np.ones((size, size), np.uint8)
    return np.asarray(cv2.dilate(luma, kernel), np.uint8), np.asarray(cv2.erode(luma, kernel), np.uint8)


def _floats(values: object) -> Floats:
    return np.asarray(values, np.float32)
