"""A program that draws the family tree of a take, in a process that may be killed.

    python -m renderer.programs.storyboard  < order  > picture

stdin    one line of JSON: {"cells": [{"column": 0, "row": 0, "label": "1", "parent": null, "mark": "kept", "current":
         true, "poster": 12345}, …]}; then the posters' bytes (JPEG), one after the other. `parent` is a cell's index,
         `mark` is "kept", "tossed" or "".
stdout   the picture as PNG.
status   0 where there is a picture. Anything else (a crash, a limit, a kill) means there is none.

Posters come from workers and are not trusted: the process limits itself as `renderer.programs.still` does, and draws a
plain field for what is no picture.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps, UnidentifiedImageError

from renderer.programs.still import limit_this_process

WIDTH, HEIGHT = 224, 150  # pixels of a poster
ACROSS, DOWN = 56, 52  # pixels between two, with room for a label
MARGIN = 24
LONGEST = 4096  # pixels of the picture
ROUND = 12  # pixels of a corner
FINE = 2  # drawn so many times larger, then made smaller: PIL's lines have no soft edges
GROUND, FIELD, LINE, TEXT = "#1e1f22", "#2b2d31", "#5c6068", "#dbdee1"
KEPT, CURRENT, TOSSED = "#f0b232", "#5865f2", 0.25  # the last: how much light is left
POSTER_PIXELS = 1_000_000
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One take."""

    column: int
    row: int
    label: str
    parent: int | None
    mark: str
    current: bool
    poster: bytes

    @property
    def box(self) -> Box:
        left = MARGIN + self.column * (WIDTH + ACROSS)
        top = MARGIN + self.row * (HEIGHT + DOWN)
        return left, top, left + WIDTH, top + HEIGHT


def main() -> None:
    """Answer on stdout for the order on stdin."""
    limit_this_process()
    header, _, posters = sys.stdin.buffer.read().partition(b"\n")
    out = BytesIO()
    board(list(cells(header, posters))).save(out, "PNG")
    sys.stdout.buffer.write(out.getvalue())
    sys.stdout.buffer.flush()


def cells(header: bytes, posters: bytes) -> Iterator[Cell]:
    """Read the order."""
    for fields in json.loads(header)["cells"]:
        size = int(fields.pop("poster"))
        yield Cell(**fields, poster=posters[:size])
        posters = posters[size:]


def board(family: list[Cell]) -> Image.Image:
    """Draw all cells and what joins them, at most `LONGEST` pixels long."""
    width = max(cell.box[2] for cell in family) + MARGIN
    height = max(cell.box[3] for cell in family) + DOWN - MARGIN // 2
    fine = FINE * min(1.0, LONGEST / max(width, height))
    picture = Image.new("RGB", (round(width * fine), round(height * fine)), GROUND)
    draw = ImageDraw.Draw(picture)
    for cell in family:
        if cell.parent is not None:
            _join(draw, family[cell.parent].box, cell.box, fine)
    for cell in family:
        _show(picture, cell, fine)
    return picture.resize((round(picture.width / FINE), round(picture.height / FINE)), Image.Resampling.LANCZOS)


def _join(draw: ImageDraw.ImageDraw, parent: Box, child: Box, fine: float) -> None:
    """Lead from a parent's right side to its child's left one, in two quarter turns."""
    start = (parent[2], (parent[1] + parent[3]) / 2)
    end = (child[0], (child[1] + child[3]) / 2)
    steps = [step / 24 for step in range(25)]
    points = [
        (start[0] + (end[0] - start[0]) * step, start[1] + (end[1] - start[1]) * step * step * (3 - 2 * step))
        for step in steps
    ]
    draw.line([(x * fine, y * fine) for x, y in points], fill=LINE, width=round(3 * fine), joint="curve")


def _show(picture: Image.Image, cell: Cell, fine: float) -> None:
    left, top, right, bottom = (round(side * fine) for side in cell.box)
    poster = _poster(cell, (right - left, bottom - top))
    mask = Image.new("L", poster.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *poster.size), round(ROUND * fine), fill=255)
    picture.paste(poster, (left, top), mask)
    draw = ImageDraw.Draw(picture)
    rim = CURRENT if cell.current else KEPT if cell.mark == "kept" else None
    if rim:
        draw.rounded_rectangle((left, top, right, bottom), round(ROUND * fine), outline=rim, width=round(4 * fine))
    if cell.mark == "kept":
        _star(draw, (right - 18 * fine, top + 18 * fine), 13 * fine)
    font = ImageFont.load_default(size=18 * fine)
    draw.text(
        (left + 4 * fine, bottom + 6 * fine),
        unaccented(cell.label),
        fill=LINE if cell.mark == "tossed" else TEXT,
        font=font,
    )


def unaccented(label: str) -> str:
    """Only plain letters: the font that comes with Pillow has no others."""
    return normalize("NFKD", label).encode("ascii", "ignore").decode()


def _poster(cell: Cell, size: tuple[int, int]) -> Image.Image:
    try:
        with Image.open(BytesIO(cell.poster), formats=("JPEG",)) as image:
            if image.width * image.height > POSTER_PIXELS:
                return Image.new("RGB", size, FIELD)
            poster = ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):  # what Pillow raises for broken files
        return Image.new("RGB", size, FIELD)
    if cell.mark != "tossed":
        return poster
    return ImageEnhance.Brightness(ImageOps.grayscale(poster).convert("RGB")).enhance(TOSSED)


def _star(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float) -> None:
    """A star on a dark disc, so that it shows on any poster."""
    x, y = middle
    draw.circle(middle, 1.25 * radius, fill=GROUND)
    reach = [radius if corner % 2 == 0 else 0.42 * radius for corner in range(10)]
    turns = [corner * pi / 5 for corner in range(10)]
    points = [(x + far * sin(turn), y - far * cos(turn)) for far, turn in zip(reach, turns, strict=True)]
    draw.polygon(points, fill=KEPT)


if __name__ == "__main__":
    main()
