"""Near and far: the picture in slabs, each at a smooth depth of its own.

Piecewise smooth on purpose: texture printed into the depth would swim when the camera moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask, blurred
from renderer.contract.direction import Corrections, DepthSource
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.cues import Cues
from renderer.scene.reading.nearness import lean, sureness
from renderer.scene.reading.ridges import Line, find_ridges
from renderer.scene.reading.sighting import Sighting
from renderer.scene.reading.slabs import Slab, cut, kept_apart
from renderer.scene.reading.subject import Subject

LEAST = 0.25  # confidence where nothing but the height in the picture speaks
OF_MODEL = 0.9  # confidence in a depth network
STEP = 0.12  # from the ground to what is behind its ridge: a ridge drawn wrongly tears by no more
PLANE = 0.5  # where a drawing lies, neither near nor far
SAID = 0.2  # what "nearer" brings a slab nearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """The picture in order of depth."""

    slabs: tuple[Slab, ...]  # back to front, at least one
    pivot: float  # the disparity that stays put when the camera slides
    horizon: float | None  # y, share of the height
    confidence: float
    source: DepthSource = DepthSource.CUES


def order(
    cues: Cues,
    sighting: Sighting,
    subject: Subject | None,
    corrections: Corrections,
    disparity: Floats | None = None,  # [n, m] of a depth network, 0 = far, 1 = near
    matter: Matter | None = None,  # what "water" and "plants" mean, where a member names them
    nearness: Floats | None = None,  # [n, m] a soft map to lean the cues on, 0 = far, 1 = near
) -> Depth:
    """Order the picture by depth: by a network's map where there is one, else by the cues, leant on a soft map.

    What a member said is nearer or farther moves; what they denied is out of the cues already.
    """
    horizon = find_horizon(cues.sky)
    if disparity is None:
        slabs, confidence = _by_cues(cues, horizon, subject)
        if nearness is not None:
            confidence = sureness(slabs, nearness, confidence)
            slabs = lean(slabs, nearness, subject.mask if subject else None)
    else:
        height, width = cues.sky.shape
        sized = cv2.resize(disparity, (width, height), interpolation=cv2.INTER_AREA)
        slabs, confidence = cut(np.asarray(sized, np.float32)), OF_MODEL
    slabs = _as_said(slabs, _places(cues, sighting, subject, matter), corrections)
    return Depth(
        slabs=slabs,
        pivot=_pivot(slabs),
        horizon=horizon,
        confidence=confidence,
        source=DepthSource.CUES if disparity is None else DepthSource.MODEL,
    )


def one_plane(shape: tuple[int, int]) -> Depth:
    """Lay a drawing's depth: all of it on one plane, which only moves as a whole."""
    plane = Slab(mask=np.ones(shape, np.bool_), disparity=np.full(shape, PLANE, np.float32))
    return Depth(slabs=(plane,), pivot=PLANE, horizon=None, confidence=LEAST)


def _by_cues(
    cues: Cues, horizon: float | None, subject: Subject | None
) -> tuple[tuple[Slab, ...], float]:  # and the confidence in them
    sky = cues.sky
    hidden = subject.mask if subject else np.zeros_like(sky)
    ridges = find_ridges(cues.image, sky, hidden)
    ground = ground_disparity(sky.shape, ridges, horizon)
    slabs = [Slab(mask=sky, disparity=np.zeros_like(ground)), *_stretches(~sky, ridges, ground)]
    if subject:
        slabs.append(Slab(mask=subject.mask, disparity=subject_disparity(subject.mask, ground)))
    clarity = subject.clarity if subject else 0.0
    confidence = LEAST + 0.5 * clarity + 0.3 * (horizon is not None) + 0.1 * bool(ridges)
    return kept_apart(slabs), min(1.0, confidence)


def _stretches(land: Mask, ridges: tuple[Line, ...], ground: Floats) -> list[Slab]:
    """Part the land at its ridges; each stretch lies a step behind the next."""
    rows = np.arange(land.shape[0], dtype=np.intp)[:, None]
    levels = np.zeros(land.shape, np.intp)
    for line in ridges:
        levels += rows >= line
    return [
        Slab(mask=land & (levels == level), disparity=np.maximum(0.04, ground - STEP * (len(ridges) - level)))
        for level in range(len(ridges) + 1)
    ]


def _pivot(slabs: tuple[Slab, ...]) -> float:
    """Halfway from the whole picture's middle to the nearest slab: so that neither goes far."""
    means = [float(slab.disparity[slab.mask].mean()) for slab in slabs]
    shares = [float(slab.mask.mean()) for slab in slabs]
    return 0.5 * means[-1] + 0.5 * float(np.dot(means, shares) / sum(shares))


def find_horizon(sky: Mask) -> float | None:
    """Take the sky's lower edge, where it is about level."""
    if not sky.any():
        return None
    height = sky.shape[0]
    columns = sky[:, sky[: height // 10].any(axis=0)]
    lowest = height - np.argmax(columns[::-1], axis=0)
    level = np.percentile(lowest, 75) - np.percentile(lowest, 25) < 0.35 * height
    return float(np.median(lowest) / height) if level else None


def ground_disparity(shape: tuple[int, ...], ridges: tuple[Line, ...], horizon: float | None) -> Floats:
    """Let the ground come nearer from the horizon down. With no horizon, tilt the picture a little."""
    height, width = shape
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    top, bottom = (0.06, 0.95) if horizon is not None else (0.25, 0.75)
    start = 0.95 * horizon if horizon is not None else 0.0
    top += STEP * len(ridges)
    ramp = top + (bottom - top) * np.clip((y - start) / (1 - start), 0, 1)
    return blurred(np.repeat(ramp, width, axis=1), height / 30)


def subject_disparity(mask: Mask, ground: Floats) -> Floats:
    """Stand the subject on the ground where it touches it, a little rounded."""
    height = mask.shape[0]
    rows = np.nonzero(mask)[0]
    foot = min(height - 1, int(np.percentile(rows, 97)))
    at_foot = float(ground[max(0, foot - 2) : foot + 1].mean())
    level = np.clip(max(at_foot, float(ground[mask].mean()) + 0.2), 0.3, 0.95)
    rounding = blurred(mask.astype(np.float32), height / 14)
    near = level - 0.08 + 0.12 * rounding
    if foot < 0.96 * height:
        near = ground + _above(foot, foot - int(rows.min()), height) * (near - ground)
    return near.astype(np.float32)


def _above(foot: int, tall: int, height: int) -> Floats:  # [H, 1], 0 at the foot to 1
    """Root the subject: towards its foot it is where the ground is, so that a stem does not part from its root."""
    y = np.arange(height, dtype=np.float32)[:, None]
    share = np.clip((foot + 1 - y) / (0.3 * tall + 1), 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


def _as_said(slabs: tuple[Slab, ...], places: Mapping[str, Floats], corrections: Corrections) -> tuple[Slab, ...]:
    """Move what a member named nearer or farther. What hides what stays as it was seen."""
    said = [(places[word], SAID) for word in sorted(corrections.nearer) if word in places]
    said += [(places[word], -SAID) for word in sorted(corrections.farther) if word in places]
    for place, step in said:
        slabs = tuple(_moved(slab, place, step) for slab in slabs)
    return slabs


def _moved(slab: Slab, place: Floats, step: float) -> Slab:
    """Move a slab that lies mostly in the place as a whole, and a wider one where the place is, smoothly."""
    held = float(place[slab.mask].mean())
    reach = np.full_like(place, held) if held > 0.5 else blurred(place, place.shape[0] / 8)
    return replace(slab, disparity=np.clip(slab.disparity + step * reach, 0, 1).astype(np.float32))


def _places(cues: Cues, sighting: Sighting, subject: Subject | None, matter: Matter | None) -> dict[str, Floats]:
    """Say where each word is in the picture, as soft masks [h, w]. What the picture shows is the subject."""
    height, width = cues.sky.shape
    y, x = np.linspace(0, 1, height)[:, None] + np.zeros((1, width)), np.linspace(0, 1, width) + np.zeros((height, 1))
    places: dict[str, NDArray[Any]] = {
        "top": y < 1 / 3,
        "bottom": y > 2 / 3,
        "left": x < 1 / 3,
        "right": x > 2 / 3,
        "middle": (abs(y - 0.5) < 1 / 6) & (abs(x - 0.5) < 1 / 6),
        "sky": cues.sky,
        "people": sighting.people > 0.5,
    }
    if matter:
        places |= {"water": matter.water > 0.5, "plants": matter.plants > 0.5}
    if subject:
        places |= dict.fromkeys(("subject", *(named.word for named in sighting.names)), subject.mask)
    return {word: place.astype(np.float32) for word, place in places.items() if place.any()}
