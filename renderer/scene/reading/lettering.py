"""What must not wobble: lettering, and the long straight lines of things people build."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask
from renderer.scene.reading.masks import luma_of

SHORT_SIDE = 400  # small print is a few pixels high here
LINES_SIDE = 280
STROKE = 13  # pixels; wider than any stroke that is looked for
CONTRAST = 0.16  # of a stroke against its ground, in luma
HIGH = (5, 60)  # pixels a letter is high
COMPANY = 5  # letters a line holds, at least
TWO_TONED = 0.765  # between the 0.64 of noise and the 1 of ink, as seen on pages and on foliage
MOST = 1500  # marks looked at: foliage has more, and is no page


def find_lettering(
    still: Bytes,  # [H, W, 3]
    shape: tuple[int, int],  # of the map
) -> Floats:  # [h, w], 0 to 1
    """Find lines of letters: marks alike in height and strength, side by side on one line."""
    luma = _sized(still, SHORT_SIDE)
    found = np.zeros(luma.shape, np.uint8)
    kernel = np.ones((STROKE, STROKE), np.uint8)
    # Dark on light, and light on dark.
    for way in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT):
        marks = _marks(np.asarray(cv2.morphologyEx(luma, way, kernel), np.float32))
        for line in _lines_of(marks):
            if _is_written(line, luma):
                _cover(line, found)
    height, width = shape
    return np.asarray(cv2.resize(found.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA), np.float32)


def find_lines(
    still: Bytes,  # [H, W, 3]
    shape: tuple[int, int],
) -> Floats:  # [h, w], 0 to 1
    """Draw the long straight lines, softly."""
    luma = _sized(still, LINES_SIDE)
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
    segments = cast("object", detector.detect((255 * luma).astype(np.uint8))[0])  # None where there are none
    drawn = np.zeros(shape, np.uint8)
    if segments is not None:
        scale = shape[0] / luma.shape[0]
        ends = np.asarray(segments, np.float32).reshape(-1, 4) * scale
        lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
        for x0, y0, x1, y1 in np.rint(ends[lengths > 0.16 * min(shape)]).astype(int).tolist():
            cv2.line(drawn, (x0, y0), (x1, y1), 1, max(2, shape[0] // 60))
    return np.asarray(drawn, np.float32)


def _sized(still: Bytes, short_side: int) -> Floats:
    scale = short_side / min(still.shape[:2])
    small = cv2.resize(still, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return luma_of(np.asarray(small, np.uint8))


def _marks(strokes: Floats) -> Floats:  # [marks, 5] left, top, width, height, strength
    """Box the strokes that could be letters, or words whose letters touch."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((strokes > CONTRAST).astype(np.uint8))
    boxes = stats[1:count].astype(np.float32)
    _, _, wide, high, area = boxes.T
    likely = (high >= HIGH[0]) & (high <= HIGH[1]) & (wide >= 2) & (wide < 9 * high)
    likely &= (area > 0.18 * wide * high) & (area < 0.9 * wide * high) & (high < 6 * wide)
    found = boxes[likely][:, :4]
    return found if len(found) <= MOST else found[:0]


def _lines_of(marks: Floats) -> list[Floats]:  # [letters, 4] each
    """Chain the marks that stand on a line with others of about their height, close by."""
    if len(marks) < COMPANY:
        return []
    left, top, wide, high = marks.T
    foot, middle = top + high, left + wide / 2
    alike = np.maximum(high[:, None], high) < 1.7 * np.minimum(high[:, None], high)
    tall = np.maximum(high[:, None], high)
    level = (np.abs(foot[:, None] - foot) < 0.22 * tall) | (np.abs(top[:, None] - top) < 0.15 * tall)
    gap = np.abs(middle[:, None] - middle) - (wide[:, None] + wide) / 2
    beside = (gap < 0.9 * tall) & (gap > -0.15 * tall)
    lines = _chained(alike & level & beside)
    return [marks[lines == line] for line in np.unique(lines) if (lines == line).sum() >= COMPANY]


def _is_written(line: Floats, luma: Floats) -> bool:
    """Tell writing from grass and gravel: ink and paper are two tones with little between, in a long low strip."""
    left, top = line[:, :2].min(axis=0).astype(int)
    right, foot = (line[:, :2] + line[:, 2:]).max(axis=0).astype(int)
    if right - left < 3 * (foot - top):
        return False
    company = 0.004 * min(len(line), 12)  # the longer the line, the less it can be chance
    return _two_toned(luma[top:foot, left:right]) + company > TWO_TONED


def _two_toned(strip: Floats) -> float:
    """Say how much of a strip's variance lies between its darks and its lights (Otsu): 0.64 in noise, 1 in ink."""
    levels = (255 * strip).astype(np.uint8)
    parting, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = levels > parting
    share = float(light.mean())
    if share in {0.0, 1.0}:
        return 0.0
    between = share * (1 - share) * (float(strip[light].mean()) - float(strip[~light].mean())) ** 2
    return between / max(float(strip.var()), 1e-6)


def _cover(line: Floats, found: Bytes) -> None:
    """Mark the letters of a line with room around them."""
    for left, top, wide, high in line.astype(int).tolist():
        grown = round(0.6 * high)
        cv2.rectangle(found, (left - grown, top - grown), (left + wide + grown, top + high + grown), 1, -1)


def _chained(joined: Mask) -> NDArray[np.int64]:  # [marks] the number of the line each belongs to
    """Give all that are joined, one to the next, the same number."""
    names = np.arange(len(joined))
    while True:
        least = np.where(joined, names[None], len(joined)).min(axis=1)
        fresh = np.minimum(names, least)
        if np.array_equal(fresh, names):
            return names
        names = fresh
