"""What a photograph tells about near and far without a model: sky, sharpness, haze, and a subject that stands out.

All cues are read at a small size; what they say is later refined at the edges of the full picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SHORT_SIDE = 200  # of the picture the cues are read in; below this grabCut loses heads, above it costs a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A near thing that stands out."""

    mask: Mask  # [H, W]
    clarity: float  # 0 = its outline is a guess, 1 = it stands out along its whole outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All at the small size."""

    image: Bytes  # [H, W, 3]
    sky: Mask  # [H, W]
    haze: Floats  # [H, W], 0 to 1
    sharpness: Floats  # [H, W], 0 to 1
    subject: Subject | None


def read_cues(still: Bytes) -> Cues:
    """Read all cues of a still."""
    scale = SHORT_SIDE / min(still.shape[:2])
    height, width = (max(2, round(side * scale)) for side in still.shape[:2])
    image = np.asarray(cv2.resize(still, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    sky, sharpness = find_sky(image), read_sharpness(image)
    subject = find_subject(image, sky, sharpness)
    return Cues(image=image, sky=sky, haze=read_haze(image), sharpness=sharpness, subject=subject)


def find_sky(image: Bytes) -> Mask:
    """Find what is smooth, bright or blue, and reaches the top edge. Empty where that is too little to trust."""
    height, width = image.shape[:2]
    luma = _luma(image)
    red, blue = _blurred(image[..., 0] / 255, 2), _blurred(image[..., 2] / 255, 2)
    airy = (luma > 0.62) | ((blue > red + 0.04) & (luma > 0.25))
    smooth = _blurred(_edges(luma), height / 80) < 0.05
    sky = _touching_top(_closed((airy & smooth).astype(np.uint8), round(height / 30)))
    at_top, at_bottom = sky[: max(1, height // 20)].mean(), sky[-height // 4 :].mean()
    trusted = sky.mean() > 0.06 and at_top > 0.5 and at_bottom < 0.02  # a wall or a page goes on to the bottom
    return sky if trusted else np.zeros((height, width), dtype=np.bool_)


def _touching_top(mask: Bytes) -> Mask:
    """Keep the pieces that reach the top edge, with what they enclose, and grow them back to the edge they shun."""
    _, labels = cv2.connectedComponents(mask)
    at_top = np.setdiff1d(np.unique(labels[0]), [0])
    kept = np.isin(labels, at_top).astype(np.uint8)
    grown = cv2.dilate(kept, np.ones((3, 3), np.uint8), iterations=max(1, mask.shape[0] // 100))
    return _filled(np.asarray(grown, dtype=np.uint8))


def read_sharpness(image: Bytes) -> Floats:
    """Say how crisp the detail is around each pixel; plain surfaces take it from their neighbourhood."""
    luma = _luma(image)
    fine = np.abs(luma - _blurred(luma, 1.0))
    coarse = np.abs(_blurred(luma, 1.0) - _blurred(luma, 3.0))
    spread = image.shape[0] / 25
    ratio = _blurred(fine, spread) / (_blurred(coarse, spread) + 0.004)
    energy = _blurred(fine, spread)
    score = ratio / np.percentile(ratio, 98) * np.sqrt(energy / max(float(np.percentile(energy, 98)), 1e-4))
    return np.clip(score, 0, 1).astype(np.float32)


def read_haze(image: Bytes) -> Floats:
    """Read the dark channel: in clear air every neighbourhood holds something dark."""
    darkest = cv2.erode(image.min(axis=2), np.ones((9, 9), np.uint8))
    return np.clip(_blurred(np.asarray(darkest, np.float32) / 255, image.shape[0] / 40), 0, 1).astype(np.float32)


def find_subject(image: Bytes, sky: Mask, sharpness: Floats) -> Subject | None:
    """Find the thing that differs from the picture's rim in colour or stands out in focus, and outline it."""
    if _colourless(image):
        return None  # colour is most of what outlines go by; a wrong one tears, and lettering takes seconds to outline
    mask = _outlined(image, _seeds(_standing_out(image, sky, sharpness), sky))
    mask = _main_piece(mask)
    _reach_sides(mask, image)
    mask = _with_what_stands_out(mask, sky)
    is_ground = mask[-1].mean() > 0.9 or (mask[:, 0].any() and mask[:, -1].any())
    if is_ground or not 0.02 < mask.mean() < 0.7:
        return None
    clarity = _clarity(image, mask, sharpness)
    return Subject(mask=mask, clarity=clarity) if clarity > 0.3 else None


def _colourless(image: Bytes) -> bool:
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    return float(lab[..., 1:].std(axis=(0, 1)).max()) < 2.0


def _outlined(image: Bytes, trimap: Bytes) -> Mask:
    """Let grabCut draw the line. It draws from OpenCV's global generator: seeded, the line is the same each time."""
    cv2.setRNGSeed(1)
    memory = np.zeros((1, 65)), np.zeros((1, 65))
    nowhere = (0, 0, 1, 1)  # a rectangle, which a start from a mask does not look at
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2Lab)
    outlined, _, _ = cv2.grabCut(lab, trimap, nowhere, *memory, 3, cv2.GC_INIT_WITH_MASK)
    return np.isin(outlined, (cv2.GC_FGD, cv2.GC_PR_FGD))


def _standing_out(image: Bytes, sky: Mask, sharpness: Floats) -> Floats:
    """Score each pixel: colour unlike the rim's, crisp, near the middle."""
    height, width = sky.shape
    lab = _blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32), 1.5)
    rim = np.zeros((height, width), dtype=np.bool_)
    band = max(2, height // 25)
    rim[:band] = rim[:, :band] = rim[:, -band:] = True
    colours = _main_colours(lab[rim], 5)
    unlike = np.min(np.linalg.norm(lab[:, :, None] - colours[None, None], axis=-1), axis=-1)
    unlike = unlike / max(float(np.percentile(unlike, 97)), 12.0)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    middle = np.exp(-(x * x + (y - 0.1) ** 2) / 0.6)
    score = (0.45 * np.clip(unlike, 0, 1) + 0.55 * sharpness) * (0.35 + 0.65 * middle)
    return np.where(sky, 0, _blurred(score.astype(np.float32), height / 60)).astype(np.float32)


def _main_colours(colours: Floats, count: int) -> Floats:
    cv2.setRNGSeed(1)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    _, _, centres = cv2.kmeans(colours, count, np.empty(0, np.int32), criteria, 1, cv2.KMEANS_PP_CENTERS)
    return np.asarray(centres, dtype=np.float32)


def _seeds(score: Floats, sky: Mask) -> Bytes:
    """Tell grabCut what is surely, likely and surely not the subject."""
    height, width = score.shape
    trimap = np.full((height, width), cv2.GC_PR_BGD, dtype=np.uint8)
    trimap[score > np.percentile(score, 72)] = cv2.GC_PR_FGD
    trimap[score > np.percentile(score, 95)] = cv2.GC_FGD
    rim = _rim(height)
    trimap[:rim] = trimap[:, :rim] = trimap[:, -rim:] = cv2.GC_BGD
    trimap[sky] = cv2.GC_BGD
    return trimap


def _with_what_stands_out(mask: Mask, sky: Mask) -> Mask:
    """Add what joins the subject and stands against the sky or a wall on both sides: a head, a spire."""
    from_left = np.maximum.accumulate(sky, axis=1)
    from_right = np.maximum.accumulate(sky[:, ::-1], axis=1)[:, ::-1]
    above = mask.max(axis=0, keepdims=True)  # not what stands beside it
    standing = ((~sky & from_left & from_right & above) | mask).astype(np.uint8)
    neck = np.ones((1 + 2 * (mask.shape[0] // 14), 1), np.uint8)  # spans a collar that grabCut took for background
    joined = (np.asarray(cv2.morphologyEx(standing, cv2.MORPH_CLOSE, neck)) > 0) & ~sky
    _, labels = cv2.connectedComponents(joined.astype(np.uint8))
    whole = _filled(np.isin(labels, np.unique(labels[mask])))
    return whole if whole.sum() < 1.8 * mask.sum() else mask


def _rim(height: int) -> int:
    return max(2, height // 50)


def _reach_sides(mask: Mask, image: Bytes) -> None:
    """Let a subject that the picture cuts off reach the edge where its colour does: grabCut left the rim out."""
    lab = _blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32), 1.0)
    rim = _rim(mask.shape[0])
    for side, colours in ((mask, lab), (mask.T, lab.swapaxes(0, 1)), (mask[:, ::-1].T, lab[:, ::-1].swapaxes(0, 1))):
        alike = np.linalg.norm(colours[:rim] - colours[rim], axis=-1) < 20
        side[:rim] = side[rim] & alike


def _main_piece(mask: Mask) -> Mask:
    """Keep the largest piece, with its holes filled and its hairs cut."""
    size = max(1, mask.shape[0] // 60)
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1)), np.uint8)
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    if count < 2:
        return np.zeros_like(mask)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return _filled(_closed((labels == largest).astype(np.uint8), 2 * size))


def _clarity(image: Bytes, mask: Mask, sharpness: Floats) -> float:
    """Say how much the two sides of the outline differ: against nothing, and against an outline drawn beside it.

    Lettering and fur differ everywhere, so that an outline across them is worth nothing.
    """
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    weakest, middle = _apart(lab, mask)
    beside = np.mean([_apart(lab, np.roll(mask, step, axis)) for step in (-9, 9) for axis in (0, 1)], axis=0)
    within = _apart(lab, np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((3, 3)), iterations=7)) > 0)
    surprise = middle / max(float(beside[1]), within[1], 1.0)
    focus = np.log2((sharpness[mask].mean() + 1e-3) / (sharpness[~mask].mean() + 1e-3))
    clear = np.clip((weakest - 8) / 16, 0, 1) * np.clip((surprise - 1.6) / 1.5, 0, 1)
    return float(np.clip(clear * (1 + 0.3 * max(float(focus), 0)), 0, 1))


def _apart(lab: Floats, mask: Mask) -> tuple[float, float]:
    """Measure the colour difference across a mask's outline: where it is weak (a fifth of it), and typically."""
    outline = np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))) > 0
    rim = 6
    outline[:rim] = outline[-rim:] = outline[:, :rim] = outline[:, -rim:] = False
    if not outline.any():
        return 0.0, 0.0
    apart = np.linalg.norm(_mean_where(lab, _side(mask)) - _mean_where(lab, _side(~mask)), axis=-1)[outline]
    weakest, middle = np.percentile(apart, (20, 50))
    return float(weakest), float(middle)


def _side(mask: Mask) -> Floats:
    """A band a few pixels inside a mask's edge."""
    kernel = np.ones((3, 3), np.uint8)
    return (mask & (np.asarray(cv2.erode(mask.astype(np.uint8), kernel, iterations=1)) > 0)).astype(np.float32)


def _mean_where(values: Floats, weight: Floats) -> Floats:
    near = 2.5
    total = _blurred(values * weight[..., None], near)
    return (total / (_blurred(weight, near) + 1e-3)[..., None]).astype(np.float32)


def _filled(mask: Bytes | Mask) -> Mask:
    """Fill what a mask encloses."""
    padded = np.pad(mask.astype(np.uint8), 1)
    outside = padded.copy()
    cv2.floodFill(outside, np.zeros((padded.shape[0] + 2, padded.shape[1] + 2), np.uint8), (0, 0), 2)
    return (outside != 2)[1:-1, 1:-1]


def _closed(mask: Bytes, radius: int) -> Bytes:
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)


def _luma(image: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)


def _edges(luma: Floats) -> Floats:
    return np.hypot(
        cv2.Sobel(luma, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(luma, cv2.CV_32F, 0, 1, scale=0.25)
    ).astype(np.float32)


def _blurred(values: NDArray[np.floating], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(np.asarray(values, np.float32), (0, 0), max(sigma, 0.3)), np.float32)
