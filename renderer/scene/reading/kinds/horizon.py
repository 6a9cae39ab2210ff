"""Where the sea begins below a sky that seems to go on: the sea mirrors the sky, and to a network it is one.

A sea's horizon is straight and all but level, from side to side, and the sea is darker or bluer than the sky above it,
which dunes, snow and hazy hills are not; the rim of a bank of clouds wanders, and below it is sky again.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred

LEAST_SIDE = 60  # pixels: what is smaller shows no line
COLUMNS = 96  # that are looked at
STEP = 3.5  # of Lab: how much darker and bluer it gets, L and b together
REACH = 1 / 120  # of the height, to either side of the line, over which it does
NEAR = 1 / 12  # of the height above it: the sky that the sea is held against
TILTS = tuple(step / 200 for step in range(-6, 7))  # of cameras held by hand
ALIKE = 0.8  # of the columns where the sky ends at the line or goes on below it
WIDE = 0.4  # of all columns: so many have sky above the line
SIDES = 0.15  # of the width: from so near to either side
BELOW = 0.25  # of all columns: in so many the sky goes on below it
STRAIGHT = (1 / 180, 0.7)  # of the height: the line's unrest; in which share of its columns
LEAST = 0.008  # of the picture: a smaller sea is haze


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Some columns of a picture, side by side."""

    x: NDArray[np.intp]  # [n] where they stand
    tone: Floats  # [h, n] L and b of Lab together: less is darker or bluer
    sky: Mask  # [h, n]

    def along(self, line: NDArray[np.intp], offsets: NDArray[np.intp]) -> Floats:  # [offsets, n]
        """Give the tones at some distances below a line."""
        rows = np.clip(line[None] + offsets[:, None], 0, len(self.tone) - 1)
        return np.take_along_axis(self.tone, rows, axis=0)

    def is_sky(self, line: NDArray[np.intp], offset: int) -> Mask:  # [n]
        return self.sky[np.clip(line + offset, 0, len(self.sky) - 1), np.arange(len(line))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    slope: float
    start: float  # its row at the left

    def at(self, x: NDArray[np.intp]) -> NDArray[np.float64]:
        return (self.start + self.slope * x).astype(np.float64)


def part_sea(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
) -> tuple[Mask, Mask]:  # sky, sea
    """End a sky at the sea's horizon, and give what of it lies below; nothing where there is no such line."""
    none = np.zeros_like(sky)
    if min(sky.shape) < LEAST_SIDE or sky.mean() < LEAST:
        return sky, none
    columns = _columns(image, sky)
    line = _steepest(columns)
    straight = _straightened(columns, line)
    if straight is None or not _stays(columns, line):
        return sky, none
    sea = sky & (np.arange(len(sky))[:, None] >= straight.at(np.arange(sky.shape[1], dtype=np.intp))[None])
    return (sky & ~sea, sea) if sea.mean() > LEAST else (sky, none)


def _through(x: NDArray[np.intp], rows: NDArray[np.intp]) -> _Line:
    """Fit a line by least squares."""
    aside = x - x.mean()
    slope = float((aside * rows).sum() / np.maximum((aside * aside).sum(), 1))
    return _Line(slope=slope, start=float(rows.mean() - slope * x.mean()))


def _columns(image: Bytes, sky: Mask) -> _Columns:
    width = sky.shape[1]
    count = min(COLUMNS, width)
    x = ((np.arange(count) + 0.5) * width / count).astype(np.intp)
    soft = blurred(image.astype(np.float32) / np.float32(255), len(sky) / 200)
    lab = np.asarray(cv2.cvtColor(np.ascontiguousarray(soft[:, x]), cv2.COLOR_RGB2Lab), np.float32)
    return _Columns(x=x, tone=lab[..., 0] + lab[..., 2], sky=sky[:, x])


def _reach(columns: _Columns) -> int:
    return max(2, round(REACH * len(columns.sky)))


def _steepest(columns: _Columns) -> NDArray[np.intp]:  # [n] rows
    """Find the straight line along which it gets most darker and bluer, in most of the columns with sky above it."""
    height, count = columns.sky.shape
    reach = _reach(columns)
    step, above = np.zeros((height, count), np.float32), np.zeros((height, count), np.bool_)
    step[reach:-reach] = columns.tone[: -2 * reach] - columns.tone[2 * reach :]
    above[2 * reach :] = columns.sky[: -2 * reach]
    best, found = -1.0, np.zeros(count, np.intp)
    for tilt in TILTS:
        aside = np.asarray(np.round(tilt * (columns.x - columns.x.mean())), np.intp)
        rows = np.clip(np.arange(height, dtype=np.intp)[:, None] + aside[None], 0, height - 1)
        score = _scores(np.take_along_axis(step, rows, axis=0), np.take_along_axis(above, rows, axis=0))
        if score.max() > best:
            best, found = float(score.max()), int(score.argmax()) + aside
    return found


def _scores(steps: Floats, above: Mask) -> NDArray[np.float64]:  # [h]
    """Judge each line: by its usual step, and by the share of its columns that have one. Not at the top or the foot."""
    height, count = above.shape
    known = above.sum(axis=1)
    alike = ((steps > STEP) & above).sum(axis=1) / np.maximum(known, 1)
    usual = (np.clip(steps, 0, 3 * STEP) * above).sum(axis=1) / np.maximum(known, 1)
    scores = np.where((known > WIDE * count) & (alike > ALIKE), usual * alike, 0)
    scores[: height // 6] = scores[-height // 20 :] = 0
    return scores


def _straightened(columns: _Columns, line: NDArray[np.intp]) -> _Line | None:
    """Lay the line exactly through where the tones cross over; None where it is none, or not from side to side."""
    reach, height = _reach(columns), len(columns.sky)
    known = columns.is_sky(line, -2 * reach) & (line > 0)
    known_x = columns.x[known]
    room = SIDES * (columns.x[-1] + columns.x[0])
    if known.sum() <= WIDE * known.size or known_x[0] > room or known_x[-1] < columns.x[-1] - room:
        return None
    offsets = np.arange(2 * reach, 4 * reach)  # beyond most of a blur, lest the middle follow a line that wanders
    middle = (columns.along(line, -offsets).mean(axis=0) + columns.along(line, offsets).mean(axis=0)) / 2
    window = max(3, height // 40)
    crossed = line - window + (columns.along(line, np.arange(-window, window + 1)) > middle).sum(axis=0)
    first = _through(known_x, crossed[known])
    kept = known & (np.abs(crossed - first.at(columns.x)) <= 2 * reach)
    found = _through(columns.x[kept], crossed[kept]) if kept.sum() > known.sum() / 2 else first
    unrest = np.abs(crossed - found.at(columns.x))[known]
    return found if (unrest <= max(1, STRAIGHT[0] * height)).mean() > STRAIGHT[1] else None


def _stays(columns: _Columns, line: NDArray[np.intp]) -> bool:
    """Tell whether the sky goes on below the line, darker and bluer from there on."""
    reach = _reach(columns)
    if columns.is_sky(line, 2 * reach).mean() <= BELOW:
        return False
    above = columns.along(line, -np.arange(reach, max(reach + 1, round(NEAR * len(columns.sky)))))
    usual = np.median(above[:, columns.is_sky(line, -2 * reach)])
    below = columns.tone[columns.sky & (np.arange(len(columns.sky))[:, None] > line[None] + reach)]
    return bool(usual - np.median(below) > STEP / 2)
