"""Lines that run from side to side and part what is far from what is near: ridges, shores, the foot of a wall."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask

Line = NDArray[np.intp]  # [w] for each column the first row below the line

MOST = 2
BAND = 0.05  # of the height: what is compared above and below a line
APART = 0.1  # of the height: from one line to the next, and to sky and bottom
LEAST = 14.0  # change along a line where it is weak, in steps of Lab
TYPICAL = 24.0  # and in its middle
TAKEN_BACK = 0.6  # share of the change
CLIMB = 3.0  # what a row up or down costs, in steps of Lab; no line climbs more than a row a column


def find_ridges(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
    hidden: Mask,  # [h, w] what stands before the ground: a line goes on behind it
) -> tuple[Line, ...]:  # from top to bottom
    """Find the lines along which the colour changes from side to side, as long as they are clear.

    Without a sky, shelves and lines of print look much like ridges: ask a map of nearness about what was found.
    """
    found = _found(_halved(image), _halved(sky), _halved(hidden))
    return tuple(_doubled(line, sky.shape[1]) for line in found)


def _doubled(line: Line, width: int) -> Line:
    places = 2 * np.arange(line.size, dtype=np.float64) + 0.5
    rows = np.interp(np.arange(width, dtype=np.float64), places, 2 * line.astype(np.float64))
    return np.rint(rows).astype(np.intp)


def _halved(values: Bytes | Mask) -> Any:
    size = (values.shape[1] // 2, values.shape[0] // 2)
    return cv2.resize(values.astype(np.uint8), size, interpolation=cv2.INTER_AREA).astype(values.dtype)


def _found(image: Bytes, sky: Mask, hidden: Mask) -> list[Line]:  # from top to bottom
    change = _change(image, hidden | sky)
    open_rows = _clear_of(sky, change.shape[0])
    found: list[Line] = []
    while len(found) < MOST:
        line = _clearest(change, hidden, open_rows)
        if line is None:
            break
        found.append(line)
        rows = np.arange(change.shape[0], dtype=np.intp)[:, None]
        open_rows = open_rows & (np.abs(rows - line) > APART * change.shape[0])
    return sorted(found, key=lambda line: float(np.median(line)))


def _clearest(change: Floats, hidden: Mask, open_rows: Mask) -> Line | None:
    """Look for a line along which the colours change in one of the ways that are common in the picture.

    In the same way all along: what is above is of one kind, and so is what is below. In grass, fur and lettering the
    colours change everywhere, but each time in another way.
    """
    best, most = None, 1.0
    for way in _common_ways(change[open_rows]):
        gain = (change @ way).astype(np.float32)
        line = _best_line(np.where(open_rows, gain, np.float32(-50)))
        clear = _clarity(gain, line, hidden)
        if clear > most:
            best, most = line, clear
    return best


def _common_ways(changes: Floats) -> list[Floats]:  # unit vectors in Lab
    """Give the two main axes of all changes, each in both directions."""
    if not len(changes):
        return []
    _, axes = np.linalg.eigh(changes.T @ changes)
    return [sign * axes[:, place].astype(np.float32) for place in (2, 1) for sign in (np.float32(1), np.float32(-1))]


def _change(image: Bytes, unknown: Mask) -> Floats:  # [h, w, 3]
    """Measure how the colours just below each row differ from those just above, in steps of Lab."""
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    band = max(3, round(BAND * image.shape[0]))
    known = (~unknown).astype(np.float32)
    weight = _beside(known, band)
    mean = (_beside(lab * known[..., None], band) / np.maximum(weight, 0.05)[..., None]).astype(np.float32)
    above, below = (_moved(mean, step) for step in (-band, band))
    surely = np.minimum(_moved(weight, -band), _moved(weight, band)) > 0.3
    return ((below - above) * surely[..., None]).astype(np.float32)


def _moved(values: Floats, step: int) -> Floats:
    """Read each row `step` further down; beyond the edges they repeat."""
    rows = np.arange(step, values.shape[0] + step, dtype=np.intp)
    return values[np.clip(rows, 0, values.shape[0] - 1)]


def _beside(values: Floats, band: int) -> Floats:
    """Average over a patch, wider than high: a ridge is about level."""
    return np.asarray(cv2.blur(values, (2 * band + 1, band | 1)), np.float32)


def _clear_of(sky: Mask, height: int) -> Mask:
    """Leave room to the sky, and to the picture's top and bottom."""
    rows = np.arange(height, dtype=np.intp)[:, None]
    lowest = np.where(sky.any(axis=0), height - np.argmax(sky[::-1], axis=0), 0)
    return (rows > lowest + 0.5 * APART * height) & (rows > 1.5 * APART * height) & (rows < (1 - APART) * height)


def _best_line(gain: Floats) -> Line:
    """Find the line from the left to the right edge that gathers most (dynamic programming, column by column)."""
    height, width = gain.shape
    total, steps = gain[:, 0], np.zeros((width, height), np.intp)
    reached = np.full((3, height), -np.inf, np.float32)  # from the row above, the same row, the row below
    for column in range(1, width):
        reached[0, 1:], reached[1], reached[2, :-1] = total[:-1] - CLIMB, total, total[1:] - CLIMB
        steps[column] = reached.argmax(axis=0) - 1
        total = reached.max(axis=0) + gain[:, column]
    line = np.empty(width, np.intp)
    line[-1] = int(np.argmax(total))
    for column in range(width - 1, 0, -1):
        line[column - 1] = line[column] + steps[column, line[column]]
    return line


def _clarity(gain: Floats, line: Line, hidden: Mask) -> float:
    """Say how clear a line is: above 1 where the change is plain along nearly all that is seen of it.

    And not taken back a little above or below, as that of a stripe is, or of a line of print.
    """
    height, width = gain.shape
    columns = np.arange(width, dtype=np.intp)
    seen = ~hidden[line, columns]
    if seen.mean() < 0.5:
        return 0.0
    weakest, middle = np.percentile(gain[line, columns][seen], (10, 50))
    steps = np.rint(np.array([-1.0, -0.7, -0.4, 0.4, 0.7, 1.0]) * APART * height).astype(np.intp)
    beside = [np.median(gain[np.clip(line + step, 0, height - 1), columns][seen]) for step in steps]
    if min(beside) < -TAKEN_BACK * middle:
        return 0.0
    return float(min(weakest / LEAST, middle / TYPICAL))
