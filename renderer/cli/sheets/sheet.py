"""A sheet that shows what was read in a still."""

from collections.abc import Sequence

import numpy as np

from renderer.arrays import Bytes
from renderer.cli.sheets.page import BESIDE, GAP, HEADING, MARGIN, READ, Page
from renderer.cli.sheets.panels import Panel, layer_panels, panel_still, panels_of
from renderer.sight.reader import Picture

AREA = 190_000  # pixels of a panel, of any aspect
COLUMNS = (1, 2, 3, 6)  # six panels fill them
SHAPE = 1.3  # width by height that the six shall have, about
THUMB = 0.58  # of a panel's width: a layer by itself
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
    """Set the layers side by side, and the palette and the words beside them, or below where there is no room."""
    thumbs = layer_panels(picture.layers, *thumb_size(size, len(picture.layers), page.width - 2 * MARGIN))
    ends = set_rows(page, thumbs, len(thumbs), top) if thumbs else top
    left = MARGIN + sum(thumb.pixels.shape[1] + GAP for thumb in thumbs)
    if page.width - MARGIN - left < BESIDE:
        left, top = MARGIN, ends + GAP
    below = page.swatches(picture.reading.palette, left, top) + GAP // 2
    for line in lines:
        below = page.words(line, left, below, page.width - MARGIN - left, READ)
    page.room(max(below, ends) + MARGIN)


def thumb_size(size: tuple[int, int], count: int, room: int) -> tuple[int, int]:
    """Say how high and wide a layer is shown, so that all stand side by side."""
    height, width = size
    wide = min(round(THUMB * width), (room - (count - 1) * GAP) // count)
    return max(1, round(height * wide / width)), wide
