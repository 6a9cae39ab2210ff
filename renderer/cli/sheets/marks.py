"""Places drawn on a still: lights, sun, faces, horizon, subject, the side of the light."""

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from renderer.arrays import Bytes
from renderer.cli.sheets.tints import Colour
from renderer.cli.sheets.words import SIDES, counted
from renderer.contract.direction import Side
from renderer.sight.reader import Picture

LAMP, SUN, FACE, HORIZON, SUBJECT, LIGHT = (
    (255, 176, 46),
    (255, 236, 92),
    (255, 96, 144),
    (92, 200, 255),
    (255, 255, 255),
    (255, 214, 150),
)
RIM = (20, 20, 24)
FINE = 2  # drawn so many times larger, then made smaller: PIL's lines have no soft edges
DIM = 0.72  # how much of the still's light is left
INWARD = {Side.LEFT: (1, 0), Side.RIGHT: (-1, 0), Side.ABOVE: (0, 1), Side.BELOW: (0, -1)}
Points = list[tuple[float, float]]


def marked(
    still: Bytes,  # [h, w, 3]
    picture: Picture,
) -> tuple[Bytes, tuple[tuple[str, Colour], ...]]:  # and what each colour stands for
    """Draw the places that were read on a still."""
    height, width = still.shape[:2]
    image = Image.fromarray((still * DIM).astype(np.uint8)).resize((FINE * width, FINE * height))
    pen = _Pen(image)
    named = tuple((text, colour) for text, colour, drawn in _marks(pen, picture) if drawn)
    return np.asarray(image.resize((width, height), Image.Resampling.LANCZOS)), named


class _Pen:
    """Draws lines with dark rims on an image; places are in shares of it."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)
        self.width, self.height = image.size

    def line(self, points: Points, colour: Colour) -> None:
        """Join points, in pixels."""
        self._draw.line(points, fill=RIM, width=4 * FINE, joint="curve")
        self._draw.line(points, fill=colour, width=2 * FINE, joint="curve")

    def ring(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a ring around a place; the radius is in pixels, and no ring is too small to see."""
        turns = [2 * pi * step / 48 for step in range(49)]
        reach = max(radius, 5 * FINE)
        middle = x * self.width, y * self.height
        self.line([(middle[0] + reach * cos(turn), middle[1] + reach * sin(turn)) for turn in turns], colour)

    def rays(self, x: float, y: float, colour: Colour) -> None:
        """Draw a sun."""
        self.ring(x, y, 9 * FINE, colour)
        middle = x * self.width, y * self.height
        for step in range(8):
            away = cos(pi * step / 4), sin(pi * step / 4)
            ends = [(middle[0] + far * FINE * away[0], middle[1] + far * FINE * away[1]) for far in (13, 18)]
            self.line(ends, colour)

    def box(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        left, top, right, bottom = x * self.width, y * self.height, (x + wide) * self.width, (y + high) * self.height
        self.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], colour)

    def level(self, y: float, colour: Colour) -> None:
        """Draw a dashed line across."""
        row, dash = y * self.height, 12 * FINE
        for start in range(0, self.width, 2 * dash):
            self.line([(start, row), (start + dash, row)], colour)

    def cross(self, x: float, y: float, colour: Colour) -> None:
        column, row, arm = x * self.width, y * self.height, 11 * FINE
        self.line([(column - arm, row), (column + arm, row)], colour)
        self.line([(column, row - arm), (column, row + arm)], colour)

    def arrow(self, side: Side, colour: Colour) -> None:
        """Point from a side of the picture into it."""
        x, y = INWARD[side]
        start = (0.5 - 0.5 * x) * self.width + 8 * FINE * x, (0.5 - 0.5 * y) * self.height + 8 * FINE * y
        tip = start[0] + 30 * FINE * x, start[1] + 30 * FINE * y
        self.line([start, tip], colour)
        back = 10 * FINE
        wings = [(tip[0] - back * (x + turn * y), tip[1] - back * (y + turn * x)) for turn in (-1, 1)]
        self.line([wings[0], tip, wings[1]], colour)


def _marks(pen: _Pen, picture: Picture) -> list[tuple[str, Colour, bool]]:
    """Draw each mark, the wide ones first; say what it is, and whether there is any."""
    reading = picture.reading
    if reading.horizon is not None:
        pen.level(reading.horizon, HORIZON)
    if reading.light_from is not None:
        pen.arrow(reading.light_from, LIGHT)
    for face in picture.faces:
        pen.box(face.x, face.y, face.width, face.height, FACE)
    for lamp in reading.lamps:
        pen.ring(lamp.x, lamp.y, lamp.size * pen.width / 2, LAMP)
    if reading.sun is not None:
        pen.rays(*reading.sun, SUN)
    if reading.subject is not None:
        pen.cross(*reading.subject, SUBJECT)
    return [
        (counted(len(reading.lamps), "light"), LAMP, bool(reading.lamps)),
        (counted(len(picture.faces), "face"), FACE, bool(picture.faces)),
        ("sun", SUN, reading.sun is not None),
        (f"horizon {reading.horizon or 0:.2f}", HORIZON, reading.horizon is not None),
        (f"light {SIDES.get(reading.light_from)}", LIGHT, reading.light_from is not None),
        ("subject", SUBJECT, reading.subject is not None),
    ]
