"""Paint what the still does not hold: the ground behind near things, from its own side only."""

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


def fill_hole(
    image: Floats,  # [H, W, 3]
    hole: Mask,  # [H, W] what to paint
) -> Floats:  # [H, W, 3]
    """Paint the hole: smooth colour from a pyramid, texture mirrored over the hole's rim.

    Outside the hole the image comes back exactly.
    """
    if not hole.any() or hole.all():
        return image
    smooth = _pull_push(image, hole)
    painted = smooth + _mirrored_detail(image, hole)
    return np.where(hole[..., None], painted, image).astype(np.float32)


def spread(
    values: Floats,  # [H, W]
    known: Mask,  # [H, W]
) -> Floats:  # [H, W]
    """Carry what is known smoothly into the rest."""
    weight = known.astype(np.float32)
    return _fill_level((values * weight)[..., None], weight)[..., 0]


def _pull_push(image: Floats, hole: Mask) -> Floats:
    """Average the known pixels into ever coarser pictures, then fill each from the next coarser."""
    known = (~hole).astype(np.float32)
    return _fill_level(image * known[..., None], known)


def _fill_level(weighted: Floats, weight: Floats) -> Floats:
    height, width = weight.shape
    colour = weighted / np.maximum(weight, np.float32(1e-6))[..., None]
    if min(height, width) <= 2 or weight.min() > 0.999:
        return colour.astype(np.float32)
    coarse = _fill_level(_halved(weighted), _halved(weight))
    below = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).reshape(colour.shape)
    trust = np.clip(weight, 0, 1)[..., None]
    return (trust * colour + (1 - trust) * below).astype(np.float32)


def _halved(values: Floats) -> Floats:
    return np.asarray(cv2.pyrDown(values), dtype=np.float32).reshape(-1, (values.shape[1] + 1) // 2, *values.shape[2:])


def _mirrored_detail(image: Floats, hole: Mask) -> Floats:
    """Fetch each hole pixel's fine detail from its mirror image over the nearest rim."""
    height, width = hole.shape
    sigma = max(1.0, min(height, width) / 90)
    known = (~hole).astype(np.float32)
    weight = cv2.GaussianBlur(known, (0, 0), sigma)
    blurred = cv2.GaussianBlur(image * known[..., None], (0, 0), sigma) / np.maximum(weight, 1e-3)[..., None]
    detail = (image - blurred) * known[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    rim_y, rim_x = _nearest_known(hole)
    mirrored_x, mirrored_y = (2 * rim_x - x).astype(np.float32), (2 * rim_y - y).astype(np.float32)
    fetched = cv2.remap(detail, mirrored_x, mirrored_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(fetched, np.float32)


def _nearest_known(hole: Mask) -> tuple[Floats, Floats]:
    """Give y and x of the known pixel nearest to each pixel."""
    _, found = cv2.distanceTransformWithLabels(hole.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    labels = np.asarray(found, np.intp)
    known_y, known_x = np.nonzero(~hole)
    order = labels[known_y, known_x]
    rim_y = np.zeros(int(labels.max()) + 1, dtype=np.float32)
    rim_x = np.zeros_like(rim_y)
    rim_y[order], rim_x[order] = known_y, known_x
    return rim_y[labels], rim_x[labels]
