"""Clouds: what in a sky differs from the clear sky of its height. What drifts must be a cloud, or the sky tears.

The clear sky has a trend of its own, bluer overhead and paler far down: it is fitted first, to the bluest of the sky.
What is whiter than that is cloud where it ends at a rim, since a glow goes over into the blue; what has texture that
no trend explains is cloud, too.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import closed, luma_of
from renderer.scene.reading.pieces import pieces_of

LEAST_SKY = 0.02  # of the picture
SAMPLES = 4000  # places of the sky that a trend is fitted to
BLUE = 6.0  # of Lab's b below grey: a sky with less has no blue for white to stand out from
DEEP = 25.0  # and with more than this, faint texture is the camera's
WHITER = (3.0, 0.2)  # of b above the trend, and as a share of the sky's own blue
RIM = 0.8  # steps of Lab a pixel of 360: a dusk's glow has half of that, a cumulus three times as much
TEXTURE = (0.9, 1.8)  # spread of L that no trend explains: in a grey sky, and in a blue one
PALER = 1.5  # of b above the trend, of texture in a blue sky
CRUMB = 0.004  # of the picture
DARK = 0.06  # of luma, by which a thin thing before the sky is darker than both its sides
BIRD = 0.25  # the same of a speck: less is a gap in a cloud
WARM = 25  # of 255, by which it is warmer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sky:
    """A sky in Lab, without its rim and what stands before it."""

    light: Floats  # [h, w] L, a little blurred
    yellow: Floats  # [h, w] b
    inner: Mask  # [h, w]


def find_clouds(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
) -> Floats:  # [h, w], 0 to 1
    """Outline the clouds, but not where a stem, a wire, a mast or a bird is seen before them: it would drift along."""
    height = len(sky)
    inner = _eroded(sky, 2)
    if sky.mean() < LEAST_SKY or inner.sum() < 50:
        return np.zeros(sky.shape, np.float32)
    lab = np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab), np.float32)
    soft = blurred(lab, height / 240)
    before = find_before(image, sky)
    seen = _Sky(light=soft[..., 0], yellow=soft[..., 2], inner=inner & ~_dilated(before, round(height / 90)))
    whiter = seen.yellow - _clear(seen)
    blue = float(np.median((whiter - seen.yellow)[seen.inner])) if seen.inner.any() else 0.0
    found = _white(seen, whiter, blue) | _textured(seen, whiter, blue)
    whole = closed(found.astype(np.uint8), round(height / 80)) > 0
    labels, pieces = pieces_of(whole)
    large = np.isin(labels, [piece.label for piece in pieces if piece.area > CRUMB * sky.size])
    clouds = _dilated(large, 2) & sky & ~_dilated(before, round(height / 90))
    return np.where(sky, blurred(clouds.astype(np.float32), height / 200), 0).astype(np.float32)


def _white(sky: _Sky, whiter: Floats, blue: float) -> Mask:
    """Find white pieces in the blue that end at a rim."""
    if blue <= BLUE:
        return np.zeros(sky.inner.shape, np.bool_)
    labels, pieces = pieces_of((whiter > max(WHITER[0], WHITER[1] * blue)) & sky.inner)
    steep = _steepness(sky)
    inside = _eroded(sky.inner, 3)
    large = [piece.label for piece in pieces if piece.area > CRUMB / 2 * labels.size]
    return np.isin(labels, [label for label in large if _has_rim(labels == label, steep, inside)])


def _has_rim(piece: Mask, steep: Floats, inside: Mask) -> bool:
    rim = piece & ~_eroded(piece, 1) & inside
    return bool(rim.sum() > 8 and np.median(steep[rim]) > RIM)


def _steepness(sky: _Sky) -> Floats:  # [h, w] steps of Lab over 1/360 of the height
    slopes = [
        np.hypot(cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=0.125))
        for values in (sky.light, sky.yellow)
    ]
    return (blurred(slopes[0] + slopes[1], 1) * np.float32(len(sky.inner) / 360)).astype(np.float32)


def _textured(sky: _Sky, whiter: Floats, blue: float) -> Mask:
    """Find soft shapes that no trend explains."""
    height = len(sky.inner)
    deep = _eroded(sky.inner, max(2, round(height / 70)))
    if deep.sum() < 50:
        return np.zeros_like(deep)
    unlike = sky.light - _fitted(sky.light, deep, _terms(deep.shape, 4), pull=1.5)
    weight = deep.astype(np.float32)

    def around(values: Floats, reach: float) -> Floats:
        return (blurred(values * weight, reach) / np.maximum(blurred(weight, reach), 1e-2)).astype(np.float32)

    spread = np.sqrt(np.maximum(around((unlike - around(unlike, height / 14)) ** 2, height / 26), 0)) * weight
    spread = np.asarray(cv2.dilate(spread, np.ones((3, 3), np.uint8), iterations=max(2, round(height / 70))))
    if blue <= DEEP:
        return (spread > TEXTURE[0]) & sky.inner
    return (spread > TEXTURE[1]) & (whiter > PALER) & sky.inner


def _clear(sky: _Sky) -> Floats:  # [h, w] b of Lab
    """Fit the clear sky's own blue: a curved trend down and across, through the bluest of it."""
    return _fitted(sky.yellow, sky.inner, _terms(sky.inner.shape, 2), pull=0.5, bluest=True)


def _terms(shape: tuple[int, ...], order: int) -> NDArray[np.float32]:  # [h, w, n]
    """Give the powers that trends are made of: of the height up to `order`, across up to two."""
    y = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None] + np.zeros(shape, np.float32)
    x = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32)[None] + np.zeros(shape, np.float32)
    return np.stack([*(y**power for power in range(order + 1)), x, x * x, x * y], axis=-1)


def _fitted(values: Floats, where: Mask, terms: Floats, *, pull: float, bluest: bool = False) -> Floats:
    """Fit a trend by iterated least squares: what lies far from it counts less, or only what lies above it."""
    places = np.flatnonzero(where)
    places = places[:: max(1, len(places) // SAMPLES)]
    known = terms.reshape(-1, terms.shape[-1])[places].astype(np.float64)
    wanted, weights = values.ravel()[places].astype(np.float64), np.ones(len(places))
    steady = 0.01 * len(places) * np.diag([0.0, *[1.0] * (known.shape[1] - 1)]) + 1e-3 * np.eye(known.shape[1])
    found = np.zeros(known.shape[1])
    for _ in range(8):
        found = np.linalg.solve((known * weights[:, None]).T @ known + steady, known.T @ (wanted * weights))
        off = wanted - known @ found
        usual = max(0.8, 1.48 * float(np.median(np.abs(off))))
        doubted = 1 / (1 + (off / (pull * usual)) ** 2)
        weights = np.where(off > 0, doubted, 1.0) if bluest else doubted
    return (terms @ found.astype(np.float32)).astype(np.float32)


def find_before(image: Bytes, sky: Mask) -> Mask:
    """Find what stands or flies before the sky: thin, and darker than the sky at that height, or warm. Clouds are not.

    Not along the sky's edge: there is always something of what it borders on.
    """
    height = len(sky)
    luma = luma_of(image)
    size = 2 * round(height / 60) + 1
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    warmth = cv2.subtract(image[..., 0], image[..., 2])  # 0 where blue
    depth = np.asarray(cv2.morphologyEx(luma, cv2.MORPH_BLACKHAT, kernel), np.float32)
    warm = np.asarray(cv2.morphologyEx(warmth, cv2.MORPH_TOPHAT, kernel)) > WARM
    dark = (depth > DARK) & (luma < _usual(luma, sky) - DARK / 2)
    labels, pieces = pieces_of(_eroded(sky, round(height / 50)) & (dark | warm))
    long = [piece.label for piece in pieces if max(piece.width, piece.height) > height / 20]
    birds = np.unique(labels[depth > BIRD])
    return np.isin(labels, np.setdiff1d(np.union1d(long, birds), [0]))


def _usual(luma: Floats, sky: Mask) -> Floats:  # [h, 1]
    """Give the sky's luma of each row, the darker of it; 0 where there is no sky."""
    rows = sky.any(axis=1)
    usual = np.zeros((len(sky), 1), np.float32)
    if rows.any():
        usual[rows] = np.nanpercentile(np.where(sky, luma, np.nan)[rows], 25, axis=1)[:, None]
    return usual


def _dilated(mask: Mask, steps: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=steps)) > 0


def _eroded(mask: Mask, steps: int) -> Mask:
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=steps)) > 0
