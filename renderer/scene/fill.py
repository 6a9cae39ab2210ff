"""Paint what the still does not hold: the ground behind near things, from its own side only."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask, grown

Rows = NDArray[np.intp]

SMOOTH_SIDE = 180  # short side at which smooth colour is painted: what is finer is mirrored
BAND = 0.06  # of the short side: how far into a hole a camera sees, at most; beyond, smooth colour does


def fill_hole(
    image: Floats,  # [H, W, 3]
    hole: Mask,  # [H, W] what to paint
    regions: Sequence[Mask] = (),  # [h, w] each, small: the parts of the picture, each painted from its own colours
) -> Floats:  # [H, W, 3]
    """Paint the hole: smooth colour from a pyramid, and near the rim texture mirrored over it.

    Outside the hole the image comes back exactly.
    """
    if not hole.any() or hole.all():
        return image
    small = _painted_small(image, hole, regions)
    height, width = hole.shape
    smooth = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    painted = image.copy()
    cv2.copyTo(smooth, hole.astype(np.uint8), painted)
    _add_mirrored_detail(painted, image, smooth, hole)
    return painted


def spread(
    values: Floats,  # [H, W]
    known: Mask,  # [H, W]
) -> Floats:  # [H, W]
    """Carry what is known smoothly into the rest."""
    weight = known.astype(np.float32)
    return _fill_level((values * weight)[..., None], weight)[..., 0]


def _painted_small(image: Floats, hole: Mask, regions: Sequence[Mask]) -> Floats:  # [h, w, 3]
    """Paint the hole in a small copy, each region from what is known of it."""
    height, width = hole.shape
    scale = min(1.0, SMOOTH_SIDE / min(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    known = (~hole).astype(np.float32)
    weight = _shrunk(known, size)
    weighted = _shrunk(np.asarray(cv2.multiply(image, cv2.merge([known] * 3)), np.float32), size)
    whole = _fill_level(weighted, weight)
    for region in regions if len(regions) > 1 else ():
        part = cv2.resize(region.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        own = part & (weight > 0)
        if own.any():
            whole[part] = _fill_level(weighted * own[..., None], weight * own)[part]
    return whole


def _shrunk(values: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _fill_level(weighted: Floats, weight: Floats) -> Floats:
    """Average the known pixels into ever coarser pictures, then fill each from the next coarser (pull-push)."""
    height, width = weight.shape
    colour = weighted / np.maximum(weight, np.float32(1e-6))[..., None]
    if max(height, width) == 1 or weight.min() > 0.999:
        return colour.astype(np.float32)
    coarse = _fill_level(_halved(weighted), _halved(weight))
    below = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).reshape(colour.shape)
    trust = np.clip(weight, 0, 1)[..., None]
    return (trust * colour + (1 - trust) * below).astype(np.float32)


def _halved(values: Floats) -> Floats:
    # Not pyrDown: its pixels lie half a pixel off, which adds up from level to level and bends what is carried on.
    height, width = -(-values.shape[0] // 2), -(-values.shape[1] // 2)
    small = np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    return small.reshape(height, width, *values.shape[2:])


def _add_mirrored_detail(painted: Floats, image: Floats, smooth: Floats, hole: Mask) -> None:
    """Fetch each hole pixel's fine detail from its mirror image over the nearest rim; it fades with the distance."""
    height, width = hole.shape
    y, x, rim_y, rim_x = _near_rim(hole, BAND * min(height, width))
    from_y, from_x = _folded(2 * rim_y - y, height), _folded(2 * rim_x - x, width)
    depth = np.hypot(rim_y - y, rim_x - x).astype(np.float32) / np.float32(BAND * min(height, width))
    kept = np.clip(1.5 - 1.5 * depth, 0, 1) * ~hole[from_y, from_x]
    painted[y, x] += kept[:, None] * (image[from_y, from_x] - smooth[from_y, from_x])


def _folded(places: Rows, length: int) -> Rows:
    """Mirror what lies outside the picture back into it."""
    return np.clip(length - 1 - np.abs(length - 1 - np.abs(places)), 0, length - 1)


def _near_rim(hole: Mask, reach: float) -> tuple[Rows, Rows, Rows, Rows]:
    """Give y and x of the hole's pixels within reach of its rim, and those of the known pixel nearest to each."""
    rim = grown(hole, 1) & ~hole
    left, top, width, height = cv2.boundingRect(rim.astype(np.uint8))
    margin = int(reach) + 2
    top, left, foot, right = max(0, top - margin), max(0, left - margin), top + height + margin, left + width + margin
    window = slice(top, foot), slice(left, right)
    found = cv2.distanceTransformWithLabels(
        hole[window].astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    distance, labels = np.asarray(found[0], np.float32), np.asarray(found[1], np.int32)
    rim_y, rim_x = np.nonzero(rim[window])
    place = np.zeros(int(labels.max()) + 1, np.intp)
    place[labels[rim_y, rim_x]] = np.arange(rim_y.size)
    y, x = np.nonzero((distance > 0) & (distance < reach))
    nearest = place[labels[y, x]]
    return y + top, x + left, rim_y[nearest] + top, rim_x[nearest] + left
