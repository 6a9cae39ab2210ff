"""The still taken apart: what is near, cut out with soft edges, and what is far, painted on behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, grown
from renderer.scene.fill import fill_hole
from renderer.scene.reading.depth.ordering import Depth
from renderer.scene.reading.depth.slabs import Slab, shared

EDGE_SIDE = 360  # short side at which an edge is drawn before it is carried to full size
BAND = 0.028  # of the short side: how far the small mask's edge may be wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A picture at its own smooth depth."""

    colour: Floats  # [H, W, 4] premultiplied RGBA; RGB to 255, alpha to 1
    offset: Floats  # [h, w] disparity less the pivot; small (short side about 180) and smooth, defined everywhere
    level: float  # its mean where the layer is seen: what orders the weather between the layers


Layers = tuple[Layer, ...]  # back to front, the first opaque; one over the other they are the still, exactly


def take_apart(
    still: Bytes,  # [H, W, 3]
    depth: Depth,
) -> Layers:
    """Peel the still from front to back: cut the nearest slab out with soft edges, paint on what is behind, go on."""
    plate = still.astype(np.float32)
    masks, peeled = carried_on(depth.slabs), list[Layer]()
    for place in range(len(depth.slabs) - 1, 0, -1):
        alpha = soft_edge(masks[place], plate, depth.slabs[place].thin)
        behind = paint_behind(plate, alpha, masks[:place])
        peeled.append(_layer(depth, place, _cut(plate, behind, alpha)))
        plate = behind
    return (_layer(depth, 0, _opaque(plate)), *reversed(peeled))


def _layer(depth: Depth, place: int, colour: Floats) -> Layer:
    slab = depth.slabs[place]
    offset = (slab.disparity - depth.pivot).astype(np.float32)
    return Layer(colour=colour, offset=offset, level=float(offset[slab.mask].mean()))


def _cut(plate: Floats, behind: Floats, alpha: Floats) -> Floats:  # [H, W, 4]
    """Give the near layer what the far one does not explain: so the two give the plate back."""
    cut = np.empty((*alpha.shape, 4), np.float32)
    share = cv2.merge([alpha] * 3)
    cv2.multiply(behind, share, dst=share)
    cv2.add(share, plate, dst=share)
    cv2.subtract(share, behind, dst=share)
    cv2.mixChannels([share, alpha], [cut], [0, 0, 1, 1, 2, 2, 3, 3])
    return cut


def carried_on(slabs: tuple[Slab, ...]) -> list[Mask]:
    """Carry each slab on behind those in front of it."""
    masks = [slab.mask for slab in slabs]
    for front in range(len(masks) - 1, 1, -1):
        masks[:front] = shared(masks[:front], masks[front])
    return masks


def paint_behind(image: Floats, alpha: Floats, regions: Sequence[Mask]) -> Floats:
    """Paint the far side on where the near one hides it and a little around: an edge's own halo goes with the near."""
    reach = 2 + min(alpha.shape) // 160
    away = cv2.distanceTransform((alpha < 0.01).astype(np.uint8), cv2.DIST_L2, 3)
    painted = fill_hole(image, np.asarray(away) < reach, regions)
    _fade_into(painted, image, np.asarray(away, np.float32) / np.float32(reach))
    return painted


def _fade_into(painted: Floats, image: Floats, share: Floats) -> None:
    """Lead what is painted around an edge over to the still, so that the halo that goes with the near has no rim."""
    ring = np.nonzero((share > 0) & (share < 1))
    weight = (share[ring] ** 2)[:, None]
    painted[ring] += weight * (image[ring] - painted[ring])


def soft_edge(
    mask: Mask,  # [h, w] small
    still: Floats,  # [H, W, 3]
    thin: Floats | None = None,  # [n, m] what is finer than the mask and belongs to it
) -> Floats:  # [H, W], 0 to 1
    """Bring a small mask to the size of the still, its edge drawn along the still's own.

    Away from the edge the mask stands as it is. In a band along it each pixel goes to the side whose colours, nearby,
    it resembles; where a side is thin, as a mast is, the colours of its middle stand for it. A guided filter then
    carries that to full size.
    """
    height, width = still.shape[:2]
    scale = min(1.0, EDGE_SIDE / min(height, width))
    size = (round(width * scale), round(height * scale))
    image = np.asarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)
    coarse = np.asarray(cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR), np.float32)
    reach = round(BAND * min(coarse.shape))
    inside, around = _sides(coarse, reach)
    drawn = inside.astype(np.float32)
    if not (inside | around).all():
        window = _window(~(inside | around), 3 * reach)
        drawn[window] = _redrawn(coarse[window], image[window], inside[window], around[window], reach)
    if thin is not None:
        drawn = np.maximum(drawn, cv2.resize(thin, size, interpolation=cv2.INTER_LINEAR))
    return _enlarged(*_fitted(image, drawn, 2), still)


def _sides(coarse: Floats, reach: int) -> tuple[Mask, Mask]:
    """Say what is surely inside a mask, and what surely outside."""
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)), np.uint8)
    solid = (coarse > 0.5).astype(np.uint8)
    return np.asarray(cv2.erode(solid, kernel)) > 0, np.asarray(cv2.dilate(solid, kernel)) == 0


def _with_middles(sure: Mask, side: Mask, reach: int) -> Mask:
    """Add the middle of what is too thin to be surely of a side."""
    thin = side & ~grown(sure, reach)
    if not thin.any():
        return sure
    deep = np.asarray(cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, 3), np.float32)
    deepest = np.asarray(cv2.dilate(deep, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)))
    return sure | (thin & (deep > 0.5 * deepest))


def _window(mask: Mask, margin: int) -> tuple[slice, slice]:
    """Box a mask with a margin as wide as the blurs reach: what lies outside cannot be seen from inside."""
    left, top, width, height = cv2.boundingRect(mask.astype(np.uint8))
    return (
        slice(max(0, top - margin), top + height + margin),
        slice(max(0, left - margin), left + width + margin),
    )


def _redrawn(coarse: Floats, image: Floats, inside: Mask, around: Mask, reach: int) -> Floats:
    """Decide the band along a mask's edge by local colour."""
    power = _summed(image * image)
    within, without = _with_middles(inside, coarse > 0.5, reach), _with_middles(around, coarse <= 0.5, reach)
    evidence = _unlikeness(image, power, without, reach) - _unlikeness(image, power, within, reach)
    lean = 2 * _blurred(coarse, reach / 2) - 1  # where colours say nothing, the mask does
    share = 1 / (1 + np.exp(-np.clip(evidence + 3 * lean, -12, 12)))
    return np.where(inside, 1, np.where(around, 0, share)).astype(np.float32)


def _unlikeness(image: Floats, power: Floats, side: Mask, reach: int) -> Floats:
    """Measure how unlike the side's nearby colours each pixel is: squared, in spreads, with the spread's own price."""
    known = side.astype(np.float32)
    nearby = _blurred(np.dstack([image, power]).astype(np.float32) * known[..., None], reach)
    nearby /= np.maximum(_blurred(known, reach), 1e-4)[..., None]
    mean = np.ascontiguousarray(nearby[..., :3])
    spread = np.maximum(nearby[..., 3] - _summed(mean * mean), 0) / 3 + np.float32(0.03**2)
    apart = _summed((image - mean) ** 2)
    return (0.5 * apart / spread + 1.5 * np.log(spread)).astype(np.float32)


def _blurred(values: Floats, sigma: float) -> Floats:
    """Blur much like a Gaussian, at a cost that does not grow with its width."""
    size = 2 * max(1, round(2.2 * sigma)) + 1
    return np.asarray(cv2.stackBlur(values, (size, size)), np.float32)


def _fitted(guide: Floats, values: Floats, radius: int) -> tuple[Floats, Floats]:  # [h, w, 3] slopes, [h, w] level
    """Fit the values to each of the guide's colours in each neighbourhood, and take the mean (He and Sun 2015)."""
    mean_guide, mean_values = _box(guide, radius), _box(values, radius)
    spread = _box(guide * guide, radius) - mean_guide * mean_guide
    joint = _box(guide * values[..., None], radius) - mean_guide * mean_values[..., None]
    slope = (joint / (3 * (spread + np.float32(1e-3)))).astype(np.float32)
    level: Floats = mean_values - _summed(slope * mean_guide)
    return _box(slope, radius), _box(level, radius)


def _enlarged(slope: Floats, level: Floats, still: Floats) -> Floats:  # [H, W], 0 to 1
    """Bring what was fitted small to the still's size, and there to the still's own colours."""
    size = (still.shape[1], still.shape[0])
    large = cv2.resize(slope / np.float32(255), size, interpolation=cv2.INTER_LINEAR)
    edge = _summed(np.asarray(cv2.multiply(large, still, dst=large), np.float32))
    cv2.add(edge, cv2.resize(level, size, interpolation=cv2.INTER_LINEAR), dst=edge)
    return np.clip((edge - np.float32(0.1)) / np.float32(0.8), 0, 1)


def _summed(colours: Floats) -> Floats:  # [h, w, 3] to [h, w]
    return np.asarray(cv2.transform(colours, np.ones((1, 3), np.float32)), np.float32)


def _box(values: Floats, radius: int) -> Floats:
    return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1)), np.float32)


def _opaque(image: Floats) -> Floats:
    opaque = np.ones((*image.shape[:2], 4), np.float32)
    cv2.mixChannels([image], [opaque], [0, 0, 1, 1, 2, 2])
    return opaque
