"""Lights in a bright room or at dusk, told by their company.

A spot by itself cannot be told from a glint: a spoon, a leaf and a medal are as warm, as small and as bright. But bulbs
come in strings, alike and along a line, and a neon tube is a large piece of one pure colour that outshines all else.
"""

from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.contract.direction import Lamp
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.sighting import Sighting
from renderer.scene.reading.words import ANIMALS, CLOSE_UPS

SHORT_SIDE = 480  # of the image that spots are looked for in
SCALES = (1.2, 2.4, 4.8, 9.6)  # pixels of it; a spot outshines what is within 3.2 times as far
WIDER = 3.2
SURROUNDINGS = 20.0  # pixels around a spot that its contrast is measured against
OUTSHINES = 0.1  # of the value, by which a spot's places outshine their surroundings
BRIGHTEST = 90  # percentile of the values above which a spot lies
LEAST, LARGEST = 4, 0.012  # a spot's area: pixels, and share of the picture
MOST_SPOTS = 160  # the brightest against their surroundings: noise has thousands
CLOSE_UP = 0.35  # of the names' probability
PORTRAIT = 0.2  # share of the picture that people with faces take
BY_DAY = (0.04, 0.42)  # share and luma of a sky, above which no string is lit
CLOUDED = 0.15  # share of a sky
FOLIAGE = 0.3  # share: gaps in it are as alike as bulbs
BRIGHT = (0.58, 0.5)  # median luma above which strings, and neon, cannot be told
IN_STRING = 4
OF_ALL = 0.1  # of all spots: among the glints of a pebble beach some lie in a row by chance
ASPECT = 2.6
APART = 0.17  # shares of the width, at most, from one bulb to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spots:
    """Bright pieces, one in each place of all the arrays [n]."""

    x: Floats  # shares of the width
    y: Floats  # the same: so that distances are the same both ways
    radius: Floats
    area: Floats  # pixels
    warmth: Floats  # red less blue of its core, 0 to 1
    peak: Floats  # value, 0 to 1
    contrast: Floats  # its peak above its surroundings
    aspect: Floats
    fill: Floats  # share of its box


def find_by_company(
    still: Bytes,  # [h, w, 3] about `SHORT_SIDE`
    kinds: Kinds,
    sighting: Sighting,
    *,
    told: bool = False,
) -> tuple[Lamp, ...]:
    """Find strings of lights, and neon, the largest first. Where a member told that there are lights, by day, too."""
    median, plants = float(np.median(luma_of(still))), float(kinds.plants.mean())
    near = sighting.says(*ANIMALS, *CLOSE_UPS) > CLOSE_UP
    portrait = bool(sighting.faces) and float(sighting.people.mean()) > PORTRAIT
    if plants > FOLIAGE or ((near or portrait) and not told):
        return ()
    spots = _apart_from(_spots(still), np.maximum(kinds.water, _cloudy(kinds)))
    lit = np.zeros(len(spots.x), np.bool_)
    if told or (median < BRIGHT[0] and not _by_day(still, kinds)):
        lit |= _strung(spots)
    if told or median < BRIGHT[1]:
        lit |= _neon(spots, still.shape)
    found = [_lamp(spots, place, still.shape) for place in np.flatnonzero(lit).tolist()]
    return tuple(sorted(found, key=lambda lamp: -lamp.size))


def _by_day(still: Bytes, kinds: Kinds) -> bool:
    sky = cv2.resize(kinds.sky, still.shape[1::-1], interpolation=cv2.INTER_LINEAR) > 0.5
    return bool(sky.mean() > BY_DAY[0] and luma_of(still)[sky].mean() > BY_DAY[1])


def _cloudy(kinds: Kinds) -> Floats:
    """Give the sky where there are many clouds in it, else the clouds: not all of a cloud's rim is found."""
    many = float(kinds.clouds.mean()) > CLOUDED * float(kinds.sky.mean())
    return np.maximum(kinds.clouds, kinds.sky) if many else kinds.clouds


def _apart_from(spots: _Spots, mask: Floats) -> _Spots:
    """Leave out the spots within a mask: lit rims of clouds, and what water mirrors, are as warm and alike as bulbs."""
    height, width = mask.shape
    rows = np.clip((spots.y * width).astype(np.intp), 0, height - 1)
    outside = mask[rows, np.clip((spots.x * width).astype(np.intp), 0, width - 1)] < 0.5
    return _Spots(**{each.name: getattr(spots, each.name)[outside] for each in fields(_Spots)})


def _spots(still: Bytes) -> _Spots:
    """Look for bright pieces at each scale, the finest first; a coarser one counts where none was found yet."""
    value = still.max(axis=2).astype(np.float32) / np.float32(255)
    bright = value > max(0.55, float(np.percentile(value, BRIGHTEST)))
    around, taken = blurred(value, SURROUNDINGS), np.zeros(value.shape, np.bool_)
    rows: list[Floats] = []
    for scale in SCALES:
        outshone = blurred(value, scale) - blurred(value, WIDER * scale)
        shining = bright & (outshone > OUTSHINES) & ~taken
        rows.append(_measured(still, value, around, shining))
        taken |= grown(shining, round(scale))
    table = np.concatenate(rows)
    table = table[np.argsort(-table[:, 6], kind="stable")[:MOST_SPOTS]]
    return _Spots(
        x=table[:, 0],
        y=table[:, 1],
        radius=table[:, 2],
        area=table[:, 3],
        warmth=table[:, 4],
        peak=table[:, 5],
        contrast=table[:, 6],
        aspect=table[:, 7],
        fill=table[:, 8],
    )


def _measured(still: Bytes, value: Floats, around: Floats, shining: Mask) -> Floats:  # [n, 9] as `_Spots` has them
    """Measure the pieces of a mask that are of a light's size."""
    width = still.shape[1]
    count, labels, stats, centres = cv2.connectedComponentsWithStats(shining.astype(np.uint8))
    flat = np.asarray(labels, np.intp).ravel()
    areas = np.asarray(stats, np.float32)[:, cv2.CC_STAT_AREA]
    wide = np.asarray(stats, np.float32)[:, cv2.CC_STAT_WIDTH]
    high = np.asarray(stats, np.float32)[:, cv2.CC_STAT_HEIGHT]
    warm = (still[..., 0].astype(np.float32) - still[..., 2]) / np.float32(255)

    def mean(values: Floats) -> NDArray[np.float64]:
        return np.bincount(flat, weights=values.ravel(), minlength=count) / np.maximum(areas, 1)

    peak = np.zeros(count, np.float32)
    np.maximum.at(peak, flat, value.ravel())
    centre = (np.asarray(centres, np.float32) + 0.5) / width
    table = np.stack(
        [
            *(centre[:, 0], centre[:, 1], np.sqrt(areas / np.pi) / width, areas),
            *(mean(warm), peak, peak - mean(around)),
            *(np.maximum(wide, high) / np.maximum(1, np.minimum(wide, high)), areas / np.maximum(1, wide * high)),
        ],
        axis=1,
    ).astype(np.float32)
    fit = (areas >= LEAST) & (areas <= LARGEST * value.size)
    fit[0] = False  # what is no piece
    return table[fit]


def _strung(spots: _Spots) -> Mask:  # [n]
    """Find chains of at least four that are alike, each close to the next, and spread along a line, not in a heap.

    And a good part of all the spots.
    """
    bulb = (spots.peak > 0.88) & (spots.contrast > 0.3) & (spots.aspect < ASPECT) & (spots.fill > 0.38)
    bulb &= spots.warmth > 0.12
    chains = _joined(_alike(spots) & bulb[:, None] & bulb)
    found = np.zeros(len(spots.x), np.bool_)
    least = max(IN_STRING, OF_ALL * len(found))
    for chain in np.unique(chains[bulb]):
        members = (chains == chain) & bulb
        if members.sum() >= least and _in_line(spots.x[members], spots.y[members]):
            found |= members
    return found


def _alike(spots: _Spots) -> Mask:  # [n, n]
    away = np.hypot(spots.x[:, None] - spots.x, spots.y[:, None] - spots.y)
    near = away < np.minimum(APART, np.maximum(9 * (spots.radius[:, None] + spots.radius), 0.05))
    larger = np.maximum(spots.area[:, None], spots.area) / np.minimum(spots.area[:, None], spots.area)
    return near & (larger < 6) & (np.abs(spots.warmth[:, None] - spots.warmth) < 0.2)


def _joined(linked: Mask) -> NDArray[np.intp]:  # [n]
    """Number what hangs together: each place takes the lowest number of those it is linked with, until none changes."""
    numbers = np.arange(len(linked), dtype=np.intp)
    while len(numbers):
        lowest = np.where(linked, numbers, len(numbers)).min(axis=1, initial=len(numbers))
        lower = np.minimum(numbers, lowest)
        if (lower == numbers).all():
            break
        numbers = lower
    return numbers


def _in_line(x: Floats, y: Floats) -> bool:
    spread = np.linalg.eigvalsh(np.cov(np.stack([x, y])))
    return bool(spread[0] < 0.12 * spread[1] + 1e-5)


def _neon(spots: _Spots, shape: tuple[int, ...]) -> Mask:  # [n]
    """Find large pieces of a pure warm colour that outshine all around them."""
    large = spots.area > 250 * (min(shape[:2]) / 360) ** 2
    return large & (spots.warmth > 0.5) & (spots.peak > 0.98) & (spots.contrast > 0.35) & (spots.aspect < 9)


def _lamp(spots: _Spots, place: int, shape: tuple[int, ...]) -> Lamp:
    return Lamp(
        x=float(spots.x[place]),
        y=float(spots.y[place] * shape[1] / shape[0]),
        size=float(2 * spots.radius[place]),
        warmth=float(np.clip(1.5 * spots.warmth[place], -1, 1)),
    )
