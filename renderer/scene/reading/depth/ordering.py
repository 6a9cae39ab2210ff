"""Near and far: the picture in slabs, each at a smooth depth of its own.

Piecewise smooth on purpose: texture printed into the depth would swim when the camera moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask, blurred
from renderer.contract.direction import Corrections, DepthSource
from renderer.scene.reading.cues import Cues
from renderer.scene.reading.depth.ground import find_horizon, lie_flat, stretches_of
from renderer.scene.reading.depth.nearness import lean, sureness
from renderer.scene.reading.depth.slabs import Slab, cut, kept_apart
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.masks import brought_to
from renderer.scene.reading.sighting import Sighting
from renderer.scene.reading.subject import Subject

LEAST = 0.25  # confidence where nothing but the height in the picture speaks
OF_MODEL = 0.9  # confidence in a depth network
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
    kinds: Kinds,
    subject: Subject | None,
    corrections: Corrections,
    disparity: Floats | None = None,  # [n, m] of a depth network, 0 = far, 1 = near
) -> Depth:
    """Order the picture by depth: by a network's map where there is one, else by the cues, leant on a soft map.

    What a member said is nearer or farther moves; what they denied is out of the cues already.
    """
    there = kinds.sized(cues.sky.shape)
    horizon = find_horizon(cues.sky, there.water > 0.5)
    if disparity is None:
        slabs, confidence = _by_cues(cues, sighting, kinds, subject, horizon)
        slabs = lie_flat(slabs, there.water)
    else:
        slabs, confidence = cut(brought_to(disparity, cues.sky.shape)), OF_MODEL
    slabs = _as_said(slabs, _places(cues, sighting, there, subject), corrections)
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
    cues: Cues, sighting: Sighting, kinds: Kinds, subject: Subject | None, horizon: float | None
) -> tuple[tuple[Slab, ...], float]:  # and the confidence in them
    standing, nearness = subject.mask if subject else None, sighting.nearness
    hidden = np.zeros_like(cues.sky) if standing is None else standing
    slabs = stretches_of(cues.image, kinds, hidden, horizon, nearness)
    ground, stretches = slabs[-1].disparity, len(slabs) - 1
    if standing is not None:
        slabs.append(Slab(mask=standing, disparity=subject_disparity(standing, ground)))
    clarity = subject.clarity if subject else 0.0
    confidence = min(1.0, LEAST + 0.5 * clarity + 0.3 * (horizon is not None) + 0.1 * (stretches > 1))
    apart = kept_apart(slabs)
    if nearness is None:
        return apart, confidence
    return lean(apart, nearness, standing), sureness(apart, nearness, confidence)


def _pivot(slabs: tuple[Slab, ...]) -> float:
    """Halfway from the whole picture's middle to the nearest slab: so that neither goes far."""
    means = [float(slab.disparity[slab.mask].mean()) for slab in slabs]
    shares = [float(slab.mask.mean()) for slab in slabs]
    return 0.5 * means[-1] + 0.5 * float(np.dot(means, shares) / sum(shares))


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


def _places(cues: Cues, sighting: Sighting, kinds: Kinds, subject: Subject | None) -> dict[str, Floats]:
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
        "water": kinds.water > 0.5,
        "plants": kinds.plants > 0.5,
    }
    if subject:
        places |= dict.fromkeys(("subject", *(named.word for named in sighting.names)), subject.mask)
    return {word: place.astype(np.float32) for word, place in places.items() if place.any()}
