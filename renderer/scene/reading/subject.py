"""Who or what the picture is of: found by colour and focus, outlined by grabCut, dropped where that is a guess."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred, grown, shrunk
from renderer.scene.reading.cues import Cues
from renderer.scene.reading.depth.parting import parts
from renderer.scene.reading.masks import brought_to, closed, filled
from renderer.scene.reading.sighting import Sighting

CLEAR = 0.55  # of 1; what is less clear is treated as if it were not there
SURE = 0.5  # of a name's probability: colourless outlines want that much
AREA = 125 * 222  # pixels in which outlines are drawn: grabCut costs by each, and the edge is redrawn at full size
ROUNDS = 1  # of grabCut, with these seeds: more cost a third of a second, and move the line by a hair
ATTENDED = 0.3  # share of where the named thing was seen; an outline with less is around something else
STANDS_OUT = 0.15  # of nearness: a thing is by so much nearer than what is around it, along most of its outline
BEHIND = 0.2  # of the way from what is around a thing to the thing: what is not as near may not be of it
CORNER = 1 / 60  # of the height, that it is wide: the map is blurred along a thing's rim
LEAST_PEOPLE = 0.02  # share of the picture

_INSIDE = (cv2.GC_FGD, cv2.GC_PR_FGD)  # of an outline, and of what it is drawn from

# What is named after the whole view stands nowhere in it.
SCENERY = ("mountains", "shore", "field", "grass", "dam", "pier", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A near thing that stands out."""

    mask: Mask  # [H, W]
    clarity: float  # 0 = its outline is a guess, 1 = it stands out along its whole outline


def find_subject(cues: Cues, sighting: Sighting) -> Subject | None:
    """Find who or what the picture is of, and outline it: people, else what stands out.

    None where the outline would be a guess.
    """
    if (sighting.people > 0.5).mean() > LEAST_PEOPLE:
        return _people(cues, sighting)
    if sighting.says(*SCENERY) > SURE or (_colourless(cues.image) and not _named_surely(sighting)):
        return None  # without a name, colour is most of what outlines go by, and lettering takes seconds to outline
    for seeds in (_seeds(_standing_out(cues), cues.sky), _near_seeds(cues.sky, sighting.nearness)):
        for mask in _candidates(seeds, cues, sighting.nearness):
            clarity = _worth(mask, cues, sighting)
            if clarity > CLEAR:
                whole = _near_part(_with_islands(mask, cues.sky), sighting.nearness)
                return Subject(mask=whole, clarity=clarity)
    return None


def _candidates(seeds: Bytes, cues: Cues, nearness: Floats | None) -> tuple[Mask, ...]:
    """Let grabCut outline what the seeds say, by two measures of colour; none where that is nothing near."""
    inside = np.isin(seeds, _INSIDE)
    if not inside.any() or not _nearer(inside, nearness):
        return ()
    spaces = (cues.image, np.asarray(cv2.cvtColor(cues.image, cv2.COLOR_RGB2Lab), np.uint8))
    with ThreadPoolExecutor(len(spaces)) as pool:
        drawn = list(pool.map(_outlined, spaces, [seeds] * len(spaces)))
    found = [_completed(mask, cues.image, cues.sky) for mask in drawn]
    # A line through a thing tears it; one around too much does little harm. So both together, if that is clear.
    return (_filled_union(found), *found)


def _nearer(inside: Mask, nearness: Floats | None) -> bool:
    """Ask a map whether what may stand out is at all nearer than the rest: outlines of noise take long."""
    if nearness is None or inside.all():
        return True
    seen = brought_to(nearness, inside.shape)
    return float(np.median(seen[inside]) - np.median(seen[~inside])) > STANDS_OUT / 3


def _worth(mask: Mask, cues: Cues, sighting: Sighting) -> float:
    """Say how clear an outline is; 0 where it is around no thing, or through one: there it parts near from near."""
    if not _is_thing(mask) or _attended(mask, sighting) < ATTENDED:
        return 0.0
    if sighting.nearness is not None and not parts(mask, ~mask, sighting.nearness, STANDS_OUT):
        return 0.0
    return _clarity(cues.image, mask, cues.sharpness)


def _near_seeds(sky: Mask, nearness: Floats | None) -> Bytes:
    """Tell grabCut what is surely, likely and surely not near, by a soft map; nothing where that is the ground."""
    seeds = np.full(sky.shape, cv2.GC_BGD, np.uint8)
    if nearness is None or sky.all():
        return seeds
    seen = brought_to(nearness, sky.shape)
    far, near = np.percentile(seen[~sky], (5, 95))
    level, _ = cv2.threshold(np.rint(255 * seen[~sky]).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    parting = level / 255
    seeds[seen > parting - 0.4 * (parting - far)] = cv2.GC_PR_BGD
    seeds[seen > parting] = cv2.GC_PR_FGD
    seeds[seen > parting + 0.45 * (near - parting)] = cv2.GC_FGD
    seeds[sky] = cv2.GC_BGD
    return seeds if _is_thing(seeds == cv2.GC_FGD) else np.full_like(seeds, cv2.GC_BGD)


def _near_part(mask: Mask, nearness: Floats | None) -> Mask:
    """Take out of a thing the corners of what shows beside it, that lie far behind by a soft map; its rim stays."""
    if nearness is None:
        return mask
    seen = brought_to(nearness, mask.shape)
    inside, outside = float(np.median(seen[mask])), float(np.median(seen[~mask]))
    behind = mask & (seen < outside + BEHIND * (inside - outside))
    size = 2 * round(CORNER * len(mask)) + 1
    corners = cv2.morphologyEx(behind.astype(np.uint8), cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    near = mask & ~(np.asarray(corners) > 0)
    return near if near.mean() > 0.5 * mask.mean() else mask


def _with_islands(mask: Mask, sky: Mask) -> Mask:
    """Add what joins the subject and is else surrounded by sky: it would be left hanging in the air."""
    count, labels = cv2.connectedComponents((~(mask | sky)).astype(np.uint8))
    labels = np.asarray(labels, np.intp)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    beside = labels[grown(mask, 1)]
    islands = np.setdiff1d(np.intersect1d(beside, np.arange(1, count)), rim)
    return mask | np.isin(labels, islands)


def _people(cues: Cues, sighting: Sighting) -> Subject:
    """Take the people as their mask has them: it was drawn by a network that knows nothing but people."""
    mask = _near_part(filled(closed((sighting.people > 0.5).astype(np.uint8), 2)), sighting.nearness)
    clarity = _clarity(cues.image, mask, cues.sharpness)
    return Subject(mask=mask, clarity=max(CLEAR + 0.1, clarity))


def _attended(mask: Mask, sighting: Sighting) -> float:
    """Say which share of where the named thing was seen an outline holds; all, where nothing was named.

    As seeds of an outline these places are too coarse: they cut a cup out of its saucer, through the handle.
    """
    total = float(sighting.attention.sum())
    return float(sighting.attention[mask].sum()) / total if sighting.names and total else 1.0


def _named_surely(sighting: Sighting) -> bool:
    return any(named.probability > SURE for named in sighting.names)


def _filled_union(masks: list[Mask]) -> Mask:
    return filled(np.logical_or.reduce(masks))


def _completed(mask: Mask, image: Bytes, sky: Mask) -> Mask:
    """Give a raw outline what it missed."""
    whole = _main_piece(mask)
    _reach_sides(whole, image)
    return _with_what_stands_out(whole, sky)


def _is_thing(mask: Mask) -> bool:
    """Tell a thing from the ground, which runs from side to side, and from crumbs."""
    is_ground = mask[-1].mean() > 0.9 or (mask[:, 0].any() and mask[:, -1].any())
    return not is_ground and 0.02 < mask.mean() < 0.7


def _colourless(image: Bytes) -> bool:
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    return float(lab[..., 1:].std(axis=(0, 1)).max()) < 2.0


def _outlined(image: Bytes, trimap: Bytes) -> Mask:
    """Let grabCut draw the line, small.

    It draws from OpenCV's generator, which each thread has its own of: seeded, the line is the same each time.
    """
    height, width = trimap.shape
    scale = min(1.0, (AREA / (height * width)) ** 0.5)
    size = (round(width * scale), round(height * scale))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    marks = np.asarray(cv2.resize(trimap, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    cv2.setRNGSeed(1)
    memory = np.zeros((1, 65)), np.zeros((1, 65))
    nowhere = (0, 0, 1, 1)  # a rectangle, which a start from a mask does not look at
    outlined, _, _ = cv2.grabCut(small, marks, nowhere, *memory, ROUNDS, cv2.GC_INIT_WITH_MASK)
    inside = np.isin(outlined, _INSIDE).astype(np.float32)
    return np.asarray(cv2.resize(inside, (width, height), interpolation=cv2.INTER_LINEAR)) > 0.5


def _standing_out(cues: Cues) -> Floats:
    """Score each pixel: colour unlike the rim's, crisp, near the middle."""
    height, width = cues.sky.shape
    unlike, crisp = _unlike_the_rim(cues.image), cues.sharpness
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    middle = 0.35 + 0.65 * np.exp(-(x * x + (y - 0.1) ** 2) / 0.6)
    score = (0.45 * unlike + 0.55 * crisp) * middle
    return np.where(cues.sky, 0, blurred(score, height / 60)).astype(np.float32)


def _unlike_the_rim(image: Bytes) -> Floats:  # 0 to 1
    """Say how far each colour is from the main ones along the picture's rim, but for its lower edge."""
    height, width = image.shape[:2]
    lab = blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32), 1.5)
    rim = np.zeros((height, width), dtype=np.bool_)
    band = max(2, height // 25)
    rim[:band] = rim[:, :band] = rim[:, -band:] = True
    colours = _main_colours(lab[rim], 5)
    apart = np.min([np.linalg.norm(lab - colour, axis=-1) for colour in colours], axis=0)
    return np.clip(apart / max(float(np.percentile(apart, 97)), 12.0), 0, 1).astype(np.float32)


def _main_colours(colours: Floats, count: int) -> Floats:
    cv2.setRNGSeed(1)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    _, _, centres = cv2.kmeans(colours, count, np.empty(0, np.int32), criteria, 1, cv2.KMEANS_PP_CENTERS)
    return np.asarray(centres, dtype=np.float32)


def _seeds(score: Floats, sky: Mask) -> Bytes:
    """Tell grabCut what is surely, likely and surely not the subject."""
    height, width = score.shape
    trimap = np.full((height, width), cv2.GC_PR_BGD, dtype=np.uint8)
    likely = score > _parting(score[~sky] if not sky.all() else score)
    trimap[likely] = cv2.GC_PR_FGD
    if likely.any():
        trimap[score > np.percentile(score[likely], 75)] = cv2.GC_FGD
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
    gap = mask.shape[0] // 14
    neck = np.ones((1 + 2 * gap, 1), np.uint8)  # spans a collar that grabCut took for background
    padded = np.pad(standing, ((gap, gap), (0, 0)))  # else the picture's edge would close, too
    joined = (np.asarray(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, neck))[gap:-gap] > 0) & ~sky
    _, labels = cv2.connectedComponents(joined.astype(np.uint8))
    whole = filled(np.isin(labels, np.unique(labels[mask])))
    return whole if whole.sum() < 1.8 * mask.sum() else mask


def _parting(score: Floats) -> float:
    """Part high scores from low (Otsu); a subject takes between a twentieth and a third of most pictures."""
    levels = np.clip(255 * score / max(float(score.max()), 1e-6), 0, 255).astype(np.uint8)
    parting, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    most, least = np.percentile(score, (67, 95))
    return float(np.clip(parting / 255 * score.max(), most, least))


def _rim(height: int) -> int:
    return max(2, height // 50)


def _reach_sides(mask: Mask, image: Bytes) -> None:
    """Let a subject that the picture cuts off reach the edge where its colour does: grabCut left the rim out."""
    lab = blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32), 1.0)
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
    return filled(closed((labels == largest).astype(np.uint8), 2 * size))


def _clarity(image: Bytes, mask: Mask, sharpness: Floats) -> float:
    """Say how much the two sides of the outline differ: against nothing, and against an outline drawn beside it.

    Lettering and fur differ everywhere, so that an outline across them is worth nothing.
    """
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    weakest, middle = _apart(lab, mask)
    # Of the four ways to draw beside, two: moved along a long straight edge, an outline still lies on it.
    beside = np.mean(sorted(_apart(lab, np.roll(mask, step, axis))[1] for step in (-9, 9) for axis in (0, 1))[:2])
    within = _apart(lab, shrunk(mask, 7))
    surprise = middle / max(float(beside), within[1], 1.0)
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
    return shrunk(mask, 1).astype(np.float32)


def _mean_where(values: Floats, weight: Floats) -> Floats:
    near = 2.5
    total = blurred(values * weight[..., None], near)
    return (total / (blurred(weight, near) + 1e-3)[..., None]).astype(np.float32)
