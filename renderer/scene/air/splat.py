"""Draw many small soft things into a frame at once, each at its exact place between the pixels."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask

Places = NDArray[np.intp]

# Pixels: things of like size are drawn together.
WINDOWS = (6, 10, 16, 24, 36, 56, 88, 136, 200)
FAINTEST = 0.012  # two or three levels of 255 at most: less is not drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Specks:
    """Soft ellipses, all [n], in pixels."""

    x: Floats
    y: Floats
    along: Floats  # half its length, to where it has sunk to 1/e
    across: Floats  # half its breadth
    alpha: Floats
    turn: Floats | None = None  # radians, of the length against the x axis; None = it is upright, which is faster
    disc: bool = False  # flat with a soft rim, as out of focus; else as soft as a bell


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    """What falls so fast that it is a line: all [n], in pixels, steeper than it is flat."""

    x: Floats
    y: Floats  # of the middle
    tall: Floats  # from end to end
    slope: Floats  # x per y
    across: Floats  # half the breadth, to where it has sunk to 1/e
    alpha: Floats


class Canvas:
    """Draws into frames of `height, width`."""

    def __init__(self, height: int, width: int) -> None:
        self._height, self._width = height, width
        self._cover = np.zeros(height * width, np.float32)

    def specks(self, out: Floats, specks: Specks, colour: Floats, opacity: float = 1.0) -> None:
        """Draw ellipses of one colour (0 to 255): opacity 1 covers, near 0 it only adds light."""
        # A faint one sinks under the faintest sooner.
        reach = np.sqrt(np.log(np.maximum(specks.alpha / FAINTEST, 1)))
        half = (np.sqrt(reach) if specks.disc else reach) * np.maximum(specks.along, specks.across)
        groups = _grouped((2 * half + 1).astype(np.float32), specks.alpha > FAINTEST)
        self._blend(out, [self._specks(specks, group, size) for size, group in groups], colour, opacity)

    def _specks(self, specks: Specks, group: Places, size: int) -> Places:
        columns, rows = _window(specks.x[group], size), _window(specks.y[group], size)
        dx = _away(columns, specks.x[group], self._width)
        dy = _away(rows, specks.y[group], self._height)
        alpha = specks.alpha[group, None]
        along, across = specks.along[group, None], specks.across[group, None]
        if specks.turn is not None:
            weight = _weight(_turned(dx, dy, along, across, specks.turn[group, None]), alpha, disc=specks.disc)
        elif specks.disc:
            distance = np.add(((dx / across) ** 2)[:, None, :], ((dy / along) ** 2)[:, :, None], dtype=np.float32)
            weight = _weight(distance, alpha, disc=True)
        else:
            weight = (alpha * np.exp(-((dy / along) ** 2)))[:, :, None] * np.exp(-((dx / across) ** 2))[:, None, :]
        return self._cover_with(rows[:, :, None], columns[:, None, :], weight)

    def streaks(self, out: Floats, streaks: Streaks, colour: Floats, opacity: float = 1.0) -> None:
        """Draw lines of one colour, soft at both ends."""
        groups = _grouped(streaks.tall, streaks.alpha > FAINTEST)
        self._blend(out, [self._streaks(streaks, group, size) for size, group in groups], colour, opacity)

    def _streaks(self, streaks: Streaks, group: Places, size: int) -> Places:
        broad = int(np.ceil(2 * 1.9 * float(streaks.across[group].max())))
        rows = _window(streaks.y[group], size)
        below = rows - streaks.y[group, None]  # [n, size]
        middle = streaks.x[group, None] + streaks.slope[group, None] * below
        columns = np.floor(middle - np.float32((broad - 1) / 2))[..., None] + np.arange(1, broad + 1, dtype=np.float32)
        aside = (columns - middle[..., None]) * (1 / streaks.across[group, None, None])
        ends = np.maximum(1 - (2 * _away(rows, streaks.y[group], self._height) / streaks.tall[group, None]) ** 2, 0)
        aside *= -aside
        weight = np.exp(aside, out=aside)
        weight *= (streaks.alpha[group, None] * ends)[..., None]
        if columns.min() < 0 or columns.max() >= self._width:
            weight[(columns < 0) | (columns >= self._width)] = 0
        return self._cover_with(rows[:, :, None], columns, weight)

    def _cover_with(
        self,
        rows: Floats,  # [n, size, 1]
        columns: Floats,  # [n, 1 or size, broad]
        weight: Floats,  # [n, size, broad], 0 outside the frame
    ) -> Places:
        """Add things up on the cover, so that each pixel is written once, whoever covers it. Say where."""
        drawn = np.flatnonzero(weight > FAINTEST)
        place = (rows * np.float32(self._width) + columns).ravel()[drawn].astype(np.intp)
        np.add.at(self._cover, place, weight.ravel()[drawn])
        return place

    def _blend(
        self,
        out: Floats,  # [H, W, 4] premultiplied
        places: list[Places],
        colour: Floats,
        opacity: float,
    ) -> None:
        """Lay what is on the cover over the frame, and take it off."""
        place = np.concatenate([*places, np.empty(0, np.intp)])
        if not place.size:
            return
        total = np.minimum(self._cover[place], 1)
        self._cover[place] = 0
        # A pixel's four floats are moved as one number of 16 bytes: five times as fast as row by row. Their arithmetic
        # is OpenCV's: numpy spreads one number over four three times as slowly.
        flat = out.reshape(-1, copy=False).view(np.complex128)
        moved = flat[place]
        pixels = moved.view(np.float32).reshape(1, -1, 4)
        share = (np.float32(opacity) * total)[None]
        # In the blend the colour is weighed with what it covers; what it adds beyond that, it is brighter by.
        tint = np.append(colour / np.float32(opacity), 1).astype(np.float32).view(np.complex128)
        laid = np.full(place.size, tint[0]).view(np.float32).reshape(1, -1, 4)
        cv2.blendLinear(pixels, laid, 1 - share, share, dst=pixels)
        flat[place] = moved


def _weight(distance: Floats, alpha: Floats, *, disc: bool) -> Floats:  # [n, size, size], in place
    """Let alpha, [n, 1], sink with the square of the distance."""
    if disc:
        distance *= distance
    weight = np.exp(np.negative(distance, out=distance), out=distance)
    weight *= alpha[:, :, None]
    return weight


def _turned(dx: Floats, dy: Floats, along: Floats, across: Floats, turn: Floats) -> Floats:  # [n, size, size]
    """Give the square of how far out each pixel is of a turned ellipse. All [n, size] or [n, 1]."""
    cosine, sine = np.cos(turn), np.sin(turn)
    distance = _squared((dx * (cosine / along))[:, None, :], (dy * (sine / along))[:, :, None])
    distance += _squared((dy * (cosine / across))[:, :, None], (dx * (-sine / across))[:, None, :])
    return distance


def _squared(one: NDArray[np.floating], other: NDArray[np.floating]) -> Floats:
    """Square the sum of what is spread over columns and over rows."""
    total = np.asarray(one + other, np.float32)
    total *= total
    return total


def _grouped(sizes: Floats, wanted: Mask) -> list[tuple[int, Places]]:
    """Sort things by the window they fit."""
    kinds = np.minimum(np.searchsorted(WINDOWS, sizes), len(WINDOWS) - 1)
    found = ((WINDOWS[kind], np.flatnonzero(wanted & (kinds == kind))) for kind in range(len(WINDOWS)))
    return [(size, group) for size, group in found if group.size]


def _away(places: Floats, middle: Floats, side: int) -> Floats:  # [n, size]
    """Say how far pixels are from the middles of things; those outside the frame are out of reach."""
    return np.where((places >= 0) & (places < side), places - middle[:, None], np.float32(1e4))


def _window(middle: Floats, size: int) -> Floats:  # [n, size]
    return np.floor(middle - (size - 1) / 2)[:, None] + np.arange(1, size + 1, dtype=np.float32)
