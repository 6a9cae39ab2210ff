"""A sheet that shows what was read in a still."""

from collections.abc import Sequence

import numpy as np

from renderer.arrays import Bytes
from renderer.cli.sheets.page import BESIDE, GAP, HEADING, MARGIN, READ, Page
from renderer.cli.sheets.panels import Panel, layer_panels, panel_still, panels_of
from renderer.sight.reader import Picture

AREA = 190_000  # pixels of a panel, of any aspect
THUMBS = (0.45, 0.8)  # of a panel's width: the least and the most that a layer beside the words has
COLUMNS = (1, 2, 3, 6)  # six panels fill them
SHAPE = 1.5  # width by height that the six shall have, about
LEAST_WIDTH = 900  # pixels of a sheet


def draw_sheet(
    still: Bytes,  # [H, W, 3] at any size
    picture: Picture,
    lines: Sequence[str],  # what was read, in words; the first is the heading
) -> Bytes:  # [h, w, 3]
    """Draw a still with what was read in it: a panel for each subject, the layers, the palette, and the words."""
    panels = panels_of(panel_still(still, AREA), picture)
    height, width = panels[0].pixels.shape[:2]
    columns = columns_for(height, width)
    inner = max(columns * width + (columns - 1) * GAP, LEAST_WIDTH)
    page = Page(inner + 2 * MARGIN)
    top = page.words(lines[0], MARGIN, MARGIN, inner, HEADING) + GAP
    top = set_rows(page, panels, columns, top) + GAP
    set_foot(page, picture, lines[1:], top, (height, width))
    return np.asarray(page.image)


def columns_for(height: int, width: int) -> int:
    """Say how many panels of a size stand side by side, for a sheet of a handy shape."""

    def off(columns: int) -> float:
        return abs(float(np.log(columns * width / (6 / columns * (height + 70)) / SHAPE)))

    return min(COLUMNS, key=off)


def set_rows(page: Page, panels: Sequence[Panel], columns: int, top: int) -> int:
    """Set panels in rows; the answer is where the last one ends."""
    pitch = panels[0].pixels.shape[1] + GAP
    for first in range(0, len(panels), columns):
        row = panels[first : first + columns]
        top = max(page.panel(panel, MARGIN + place * pitch, top) for place, panel in enumerate(row)) + GAP
    return top - GAP


def set_foot(page: Page, picture: Picture, lines: Sequence[str], top: int, size: tuple[int, int]) -> None:
    """Set the layers side by side, the palette and the words beside them, or below where there is no room."""
    count = len(picture.layers)
    height, width = size
    wide, beside = thumb_width(width, count, page.inner)
    thumbs = layer_panels(picture.layers, max(1, round(height * wide / width)), wide)
    ends = set_rows(page, thumbs, count, top) if thumbs else top
    left = MARGIN + beside * len(thumbs) * (wide + GAP)
    below = page.swatches(picture.reading.palette, left, top if beside else ends + GAP) + GAP // 2
    for line in lines:
        below = page.words(line, left, below, page.inner + MARGIN - left, READ)
    page.room(max(below, ends) + MARGIN)


def thumb_width(panel: int, count: int, room: int) -> tuple[int, bool]:
    """Say how wide a layer is shown, all side by side, and whether the words stand beside them."""
    least, most = (round(share * panel) for share in THUMBS)
    wide = min(most, (room - BESIDE) // count - GAP)
    return (wide, True) if wide >= least else (min(panel, (room + GAP) // count - GAP), False)
