"""The sky, and the clouds in it."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import closed, edges, filled, luma_of
from renderer.scene.reading.pieces import pieces_of
from renderer.scene.reading.sighting import Sighting
from renderer.scene.reading.words import INDOORS

# Where one of these is what the picture shows, what is bright above it is a wall, a table or a blur.
INDOORS = (
    "coffee", "cup", "teapot", "bottle", "glass", "wine", "bowl", "food", "ice cream", "fruit", "vegetables", "stove",
    "table", "bed", "couch", "bookshelf", "computer", "television", "telephone", "lamp", "fireplace", "page", "watch",
    "candle", "piano", "shoe", "guitar", "violin", "insect", "butterfly", "spider", "mushroom", "berries", "aquarium",
)  # fmt: skip
OUTDOORS = (
    "mountains", "shore", "building", "boat", "ship", "bridge", "aeroplane", "field", "grass", "lighthouse", "barn",
    "parachute", "balloon", "arch", "pier", "dam", "obelisk", "roof", "rocket", "windmill", "geyser", "flagpole",
)  # fmt: skip
LEAST_SHARE = 0.05
HARD = 0.15  # of warmth over two pixels, where a warm thing ends before a cool sky; a glow changes by a third of that
SEA_DROP = 0.035  # of luma, from the sky to the sea, over six pixels
DARK = 0.06  # of luma, by which a thin thing is darker than both its sides
BIRD = 0.25  # the same of a speck: less is a gap in a cloud
WARM = 25  # of 255, by which it is warmer
WIND = 0.06  # of the height: how far clouds drift in a clip
VETO = 0.35  # of the names' probability


def find_sky(image: Bytes) -> Mask:
    """Find what is smooth, reaches the top edge, and is bright, blue or aglow. Empty where that is too little."""
    height, width = image.shape[:2]
    luma = luma_of(image)
    unrest = blurred(edges(luma), height / 80)
    airy = _airy(image, luma) & (unrest < 0.05)
    sky = _touching_top(closed(airy.astype(np.uint8), round(height / 30)))
    if sky[-height // 4 :].mean() > 0.02:
        sky = _cut_at_horizon(sky, luma)
    if sky.any():
        sky = _above_sea(_with_clouds(sky, image, luma, unrest), image)
    return sky if _trusted(sky) else np.zeros((height, width), dtype=np.bool_)


def believed(sky: Mask, image: Bytes, sighting: Sighting) -> Mask:
    """Drop a sky that what the picture shows rules out, and a white one that nothing speaks for."""
    inside = sighting.says(*INDOORS) > VETO
    if inside or not sky.any() or not (_blue(image, sky) or _level(sky) or sighting.says(*OUTDOORS) > VETO):
        return np.zeros_like(sky)
    return sky & (sighting.people < 0.5)


def _blue(image: Bytes, sky: Mask) -> bool:
    colours = image[sky].astype(np.int16)
    return bool((colours[:, 2] > colours[:, 0] + 10).mean() > 0.5)


def _level(sky: Mask) -> bool:
    """Tell a sky over land from a wall or a blur: it spans the picture and ends at about one height."""
    height = sky.shape[0]
    lowest = height - np.argmax(sky[::-1], axis=0)[sky.any(axis=0)]
    return bool(sky.any(axis=0).mean() > 0.8 and np.subtract(*np.percentile(lowest, (75, 25))) < 0.14 * height)


def find_clouds(image: Bytes, sky: Mask) -> Floats:  # [h, w], 0 to 1
    """Say where the sky has anything that could be seen to drift: soft shapes lighter or darker than around.

    Not near a stem, a wire, a mast or a bird that is seen before it: these would drift along.
    """
    if not sky.any():
        return np.zeros(sky.shape, np.float32)
    height = sky.shape[0]
    luma = luma_of(image)
    inner = _eroded(sky, 2)
    before = _before(sky, image, luma)
    within = (inner & ~_dilated(before, round(0.02 * height))).astype(np.float32)

    def around(values: Floats, reach: float) -> Floats:
        return (blurred(values * within, reach) / np.maximum(blurred(within, reach), 1e-2)).astype(np.float32)

    unlike = np.abs(luma - around(luma, height / 20)) * within
    spread = around(unlike, height / 14)
    free = 1 - blurred(_dilated(before, round(WIND * height)).astype(np.float32), 0.02 * height)
    # A clear sky's gradient stays below; grain and banding, too.
    return (sky * free * np.clip((spread - 0.006) / 0.012, 0, 1)).astype(np.float32)


def _before(sky: Mask, image: Bytes, luma: Floats) -> Mask:
    """Find what stands or flies before the sky: thin, and darker than the sky at that height, or warm. Clouds are not.

    Not along the sky's edge: there is always something of what it borders on.
    """
    height = luma.shape[0]
    size = 2 * round(height / 60) + 1
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    warmth = cv2.subtract(image[..., 0], image[..., 2])  # 0 where blue
    depth = np.asarray(cv2.morphologyEx(luma, cv2.MORPH_BLACKHAT, kernel), np.float32)
    warm = np.asarray(cv2.morphologyEx(warmth, cv2.MORPH_TOPHAT, kernel)) > WARM
    seen = np.where(sky, luma, np.nan)[sky.any(axis=1)]
    usual = np.zeros((height, 1), np.float32)
    usual[sky.any(axis=1)] = np.nanpercentile(seen, 25, axis=1)[:, None]
    dark = (depth > DARK) & (luma < usual - DARK / 2)
    labels, pieces = pieces_of(_eroded(sky, round(height / 50)) & (dark | warm))
    long = [piece.label for piece in pieces if max(piece.width, piece.height) > height / 20]
    birds = np.unique(labels[depth > BIRD])
    return np.isin(labels, np.setdiff1d(np.union1d(long, birds), [0]))


def _dilated(mask: Mask, steps: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=steps)) > 0


def _eroded(mask: Mask, steps: int) -> Mask:
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=steps)) > 0


def _airy(image: Bytes, luma: Floats) -> Mask:
    """Colours a sky has: bright, blue, or the glow and the dark of a low sun's; never green."""
    red, green, blue = (blurred(image[..., channel] / 255, 2) for channel in range(3))
    smooth = blurred(edges(luma), image.shape[0] / 80) < 0.02
    bright = (luma > 0.62) & (green < np.maximum(red, blue) + 0.03)
    at_dusk = smooth & (blue > 1.6 * red) & (luma > 0.06)
    is_blue = (blue > red + 0.04) & (blue > green - 0.02) & ((luma > 0.16) | at_dusk)
    glowing = smooth & (luma > 0.3) & (green < np.maximum(red, blue) - 0.03) & (red > blue)
    return bright | is_blue | (glowing & ~_hard_edged(glowing & ~bright & ~is_blue, bright | is_blue, red - blue))


def _hard_edged(warm: Mask, cool: Mask, warmth: Floats) -> Mask:
    """Find warm things before a cool sky: the glow of a low sun goes over into the blue, a post or a roof does not."""
    reach = round(warm.shape[0] / 25)  # neither is told in the rim between them
    change = np.asarray(cv2.dilate(edges(warmth), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)))
    labels, pieces = pieces_of(warm)
    beside = _dilated(cool, reach)
    found = np.zeros_like(warm)
    for piece in pieces:
        mask = labels == piece.label
        seam = mask & ~_eroded(mask, 1) & beside
        if seam.any() and np.median(change[seam]) > HARD:
            found |= mask
    return found


def _touching_top(mask: Bytes) -> Mask:
    """Keep the pieces that reach the top edge, with what they enclose, and grow them back to the edge they shun."""
    _, labels = cv2.connectedComponents(mask)
    at_top = np.setdiff1d(np.unique(labels[0]), [0])
    kept = np.isin(labels, at_top).astype(np.uint8)
    grown = cv2.dilate(kept, np.ones((3, 3), np.uint8), iterations=max(1, mask.shape[0] // 100))
    return filled(np.asarray(grown, dtype=np.uint8))


def _cut_at_horizon(sky: Mask, luma: Floats) -> Mask:
    """End a sky that runs on over water of its colours, at the line across the picture where the two meet."""
    height = sky.shape[0]
    step = np.abs(cv2.Sobel(blurred(luma, 1), cv2.CV_32F, 0, 1, scale=0.125))
    across = (np.asarray(cv2.dilate(step, np.ones((5, 1), np.uint8))) > 0.012).mean(axis=1)
    across[: height // 5] = across[-height // 8 :] = 0
    row = int(np.argmax(across * np.asarray(cv2.blur(step.mean(axis=1), (1, 3)), np.float32).ravel()))
    rows = step.mean(axis=1)
    # Lines of writing and the grain of wood are many.
    if across[row] < 0.6 or rows[row] < 2.2 * np.percentile(rows, 85):
        row = _thinning(sky)
    below = np.arange(height, dtype=np.float32)[:, None] >= row
    return sky & ~below


def _thinning(sky: Mask) -> int:
    """Give the row from which on a wide sky is but gaps between things; the last where there is none."""
    height = sky.shape[0]
    share = sky.mean(axis=1)
    thin = np.nonzero(share < 0.6)[0]
    goes_on = sky[-height // 8 :].mean() > 0.5
    if goes_on or not len(thin) or thin[0] < 0.4 * height or share[: thin[0]].mean() < 0.8:
        return height
    return int(thin[0])


def _with_clouds(sky: Mask, image: Bytes, luma: Floats, unrest: Floats) -> Mask:
    """Add the clouds: pale or grey shapes that hang in the sky, above its lowest reach in their columns."""
    height = sky.shape[0]
    red, blue = blurred(image[..., 0] / 255, 1), blurred(image[..., 2] / 255, 1)
    cloudy = (blue > red - 0.06) & (luma > 0.3) & (unrest < 0.13)
    lowest = np.where(sky.any(axis=0), height - np.argmax(sky[::-1], axis=0), 0)
    reach = cv2.blur(lowest.astype(np.float32)[None], (max(3, sky.shape[1] // 8), 1))[0]
    above = np.arange(height, dtype=np.float32)[:, None] < np.asarray(reach, np.float32)[None]
    return _touching_top(closed((sky | (cloudy & above)).astype(np.uint8), round(height / 50)))


def _above_sea(sky: Mask, image: Bytes) -> Mask:
    """End a sky at the sea's horizon: dead level, from side to side, darker below. Clouds are not as level."""
    height = sky.shape[0]
    luma = blurred(luma_of(image), 1)
    drop = np.zeros(sky.shape, np.float32)
    drop[3:-3] = luma[:-6] - luma[6:]
    drop = np.where(sky & np.roll(sky, 4, axis=0) & np.roll(sky, -4, axis=0), drop, 0)
    drop[: height // 6] = 0
    row = int(np.argmax(np.median(drop, axis=1)))
    rows_apart = np.abs(np.argmax(drop, axis=0) - row)
    below = sky & (np.arange(height, dtype=np.float32)[:, None] >= row)
    is_level = (drop[row] > SEA_DROP).mean() > 0.6 and (rows_apart <= 3).mean() > 0.5
    return sky & ~below if is_level and below.mean() > 0.03 else sky


def _trusted(sky: Mask) -> bool:
    height = sky.shape[0]
    at_top, at_bottom = sky[: max(1, height // 20)].mean(), sky[-height // 8 :].mean()
    # A wall or a page goes on to the bottom.
    return bool(sky.mean() > LEAST_SHARE and at_top > 0.5 and at_bottom < 0.02)
