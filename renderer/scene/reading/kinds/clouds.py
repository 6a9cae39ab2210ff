"""Clouds: what in a sky differs from the clear sky. What drifts must be a cloud, or the sky tears.

The clear sky has a trend of its own, bluer overhead and paler far down: it is fitted first, low, to the bluest of it.
What is whiter than that is cloud where it ends at a rim, since a glow goes over into the blue. So is what has texture
that no trend explains: in a blue sky only across, for the level bands of a haze or a dusk are no clouds, and nobody
would see these drift; in a grey one all ways, and where most of it has, it is one cloud.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred, grown, shrunk
from renderer.scene.reading.kinds.before import find_before
from renderer.scene.reading.kinds.trends import trend_of
from renderer.scene.reading.masks import closed
from renderer.scene.reading.pieces import pieces_of

LEAST_SKY = 0.02  # of the picture
FEW = 200  # places: too few to tell a trend by
GREY = 6.0  # of Lab's b: a sky that is no bluer than this has no blue for white to stand out from
DEEP = 25.0  # and where it is bluer than this, faint texture is the camera's
WHITEST = 40  # of b above the trend: more tells no more
WHITER = (3.0, 0.12)  # the least of b above the trend, and as a share of the sky's own blue
FEWEST = 0.0015  # of the sky: as white as fewer places no cloud is
RIM = 0.8  # steps of Lab a pixel of 360: a dusk's glow has half of that, a cumulus three times as much
OF_STEEPEST = 0.7  # of the steepness at its rim, from which on white is cloud
TEXTURE = (0.9, 1.8)  # spread of L that no trend explains: in a pale sky, and in a deep blue one
PALER = 0.5  # of the whiteness at rims, for texture in a deep blue sky
OVERCAST = 0.5  # of a grey sky
DARKER = 5.0  # of L, than the clear sky: what is darker, and no bluer, is a hill in the haze, or smoke
CRUMB = 0.004  # of the picture
BORDER = 1 / 14  # of the short side, from the sky's edge: what keeps to it is what stands there, its glow and its blur
FREE = (0.3, 0.25)  # shares of a cloud's outline in the sky, not at its edge; of a texture away from the edge
APART = 1 / 40  # of the short side, from a mast, a wire or a bird: clouds beside it would take it along
SMALL = 90  # pixels of the short side at which textures are measured


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sky:
    """A sky in Lab, without its rim and what stands before it."""

    light: Floats  # [h, w] L, a little blurred
    whiter: Floats  # [h, w] b above the clear sky's
    steep: Floats  # [h, w] how fast both change
    inner: Mask  # [h, w]
    edge: Mask  # [h, w] the places near to what is no sky, or to the picture's sides
    blue: float  # its usual blueness, in b


def find_clouds(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
) -> Floats:  # [h, w], 0 to 1
    """Outline the clouds, but not where a stem, a wire, a mast or a bird is seen before them: it would drift along."""
    side = min(sky.shape)
    none = np.zeros(sky.shape, np.float32)
    if sky.mean() < LEAST_SKY:
        return none
    free = sky & ~grown(find_before(image, sky), round(APART * side))
    inner = free & shrunk(sky, 2)
    if inner.sum() < FEW:
        return none
    clouds = grown(_found(_seen(image, sky, inner)), 1) & free
    return np.where(sky, blurred(clouds.astype(np.float32), side / 200), 0).astype(np.float32)


def _found(sky: _Sky) -> Mask:
    """Find the clouds of a sky, without crumbs."""
    level = _level(sky)
    found = closed((_white(sky, level) | _textured(sky, level)).astype(np.uint8), round(min(sky.inner.shape) / 80))
    labels, pieces = pieces_of(found)
    return _among(labels, np.array([0, *(piece.area for piece in pieces)]) > CRUMB * labels.size)


def _seen(image: Bytes, sky: Mask, inner: Mask) -> _Sky:
    lab = np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab), np.float32)
    light, yellow = (blurred(np.ascontiguousarray(lab[..., channel]), min(sky.shape) / 240) for channel in (0, 2))
    clear = trend_of(yellow, inner, order=2, pull=0.5, least=0.8, lowest=True)
    border = max(1, round(BORDER * min(sky.shape)))
    edge = ~shrunk(sky, border)
    edge[:, :border] = edge[:, -border:] = True
    whiter, blue = yellow - clear, -float(np.median(clear[inner]))
    return _Sky(light=light, whiter=whiter, steep=_steepness(light, whiter), inner=inner, edge=edge, blue=blue)


def _white(sky: _Sky, level: float) -> Mask:
    """Find white pieces in the blue that end at a rim, and are not darker than the blue."""
    white = (sky.whiter > level) & sky.inner
    inside = shrunk(sky.inner, 3)
    labels, pieces = pieces_of(white)
    outline = white & ~shrunk(white, 1)
    rim = outline & inside
    sharp = _share(labels, rim & (sky.steep > RIM), rim, len(pieces)) > 0.5
    open_ = _share(labels, rim, outline, len(pieces)) > FREE[0]
    large = np.array([0, *(piece.area for piece in pieces)]) > CRUMB / 4 * labels.size
    return _among(labels, large & sharp & open_ & _bright(sky, labels, level))


def _bright(sky: _Sky, labels: NDArray[np.int32], level: float) -> Mask:  # [n + 1]
    """Tell the pieces that are no darker than the clear sky."""
    clear = sky.light[sky.inner & (sky.whiter <= level)]
    usual = np.bincount(labels.ravel(), sky.light.ravel()) / np.maximum(np.bincount(labels.ravel()), 1)
    return usual > (float(clear.mean()) - DARKER if clear.size else 0)


def _level(sky: _Sky) -> float:
    """Say how white the rims of clouds are: from there on the sky is steep. Endless where it nowhere is, or grey."""
    inside = shrunk(sky.inner, 3)
    whiteness = np.clip(sky.whiter[inside], 0, WHITEST - 1).astype(np.intp)
    near = np.ones(3)
    places = np.convolve(np.bincount(whiteness, minlength=WHITEST), near, "same")
    sums = np.convolve(np.bincount(whiteness, sky.steep[inside], WHITEST), near, "same")
    usual = np.where(places > FEWEST * len(whiteness), sums / np.maximum(places, 1), 0)
    rim = max(RIM, OF_STEEPEST * float(usual.max()))
    if sky.blue <= GREY or usual.max() <= rim:
        return float("inf")
    return max(float(np.argmax(usual > rim)), WHITER[0], WHITER[1] * sky.blue)


def _steepness(light: Floats, whiter: Floats) -> Floats:  # [h, w] steps of Lab over 1/360 of the short side
    slopes = [
        np.hypot(cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=0.125))
        for values in (light, whiter)
    ]
    return blurred(slopes[0] + slopes[1], 1) * np.float32(min(light.shape) / 360)


def _textured(sky: _Sky, level: float) -> Mask:
    """Find soft shapes that no trend explains, not those that keep to its edge; all of an overcast sky."""
    spread = _spread(sky)
    is_deep = sky.blue > DEEP
    enough = (spread > TEXTURE[1]) & (sky.whiter > PALER * level) if is_deep else spread > TEXTURE[0]
    found = enough & sky.inner
    labels, pieces = pieces_of(found)
    away = _share(labels, found & ~sky.edge, found, len(pieces)) > FREE[1]
    clouds = _among(labels, away & _bright(sky, labels, level) if is_deep else away)
    is_overcast = sky.blue <= GREY and clouds.sum() > OVERCAST * sky.inner.sum()
    return sky.inner if is_overcast else clouds


def _spread(sky: _Sky) -> Floats:  # [h, w] of L
    """Measure the texture of the sky's light around each place, on a small copy."""
    height, width = sky.inner.shape
    scale = min(1.0, SMALL / min(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    deep = shrunk(sky.inner, max(2, round(min(height, width) / 70))).astype(np.float32)
    weight = _shrunk(deep, size)
    light = (_shrunk(sky.light * deep, size) / np.maximum(weight, 0.02)).astype(np.float32)
    known = weight > 0.3
    if known.sum() < FEW / 4:
        return np.zeros_like(sky.light)
    unlike = light - trend_of(light, known, order=4, pull=1.5, least=0.6)
    side = min(size)
    reach = (side / 14, side / 14) if sky.blue <= GREY else (side / 10, side / 120)
    unlike = unlike - _around(unlike, weight, reach)
    spread = np.sqrt(_around(np.square(unlike), weight, (side / 26, side / 26))) * known
    around = 2 * max(1, round(side / 70)) + 1
    spread = cv2.dilate(spread, np.ones((around, around), np.uint8))
    return np.asarray(cv2.resize(spread, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _around(values: Floats, weight: Floats, reach: tuple[float, float]) -> Floats:
    """Average the values around each place, over a reach across and down."""

    def soft(some: Floats) -> Floats:
        across, down = (max(sigma, 0.3) for sigma in reach)
        return np.asarray(cv2.GaussianBlur(some, (0, 0), sigmaX=across, sigmaY=down), np.float32)

    return (soft(values * weight) / np.maximum(soft(weight), 0.02)).astype(np.float32)


def _shrunk(values: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _share(labels: NDArray[np.int32], some: Mask, of: Mask, count: int) -> NDArray[np.float64]:  # [count + 1]
    """Say which share of each piece's places of one kind are of another."""
    whole = np.bincount(labels[of], minlength=count + 1)
    return np.bincount(labels[some], minlength=count + 1) / np.maximum(whole, 1)


def _among(labels: NDArray[np.int32], wanted: Mask) -> Mask:  # [n + 1] of the pieces
    kept = wanted.copy()
    kept[0] = False
    return kept[labels]
