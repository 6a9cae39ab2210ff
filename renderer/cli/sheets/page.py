"""Panels, swatches and words set on one page."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from renderer.cli.sheets.panels import Chip, Panel
from renderer.programs.storyboard import FIELD, GROUND, TEXT, unaccented

MARGIN, GAP = 36, 24
HEADING, TITLE, READ, SMALL = 30, 19, 17, 15  # pixels of letters
QUIET = "#a3a9b3"
ROUND = 8  # pixels of a panel's corner
ROW = 24  # from one line of chips or words to the next
SWATCH = 44
BESIDE = 440  # pixels that words need to stand beside a strip and not below it


class Page:
    """A page that is filled from its top downwards; it is as high as what was set on it."""

    def __init__(self, width: int) -> None:
        self._image = Image.new("RGB", (width, 1), GROUND)
        self._draw = ImageDraw.Draw(self._image)
        self.width = width

    @property
    def image(self) -> Image.Image:
        """The page as it is, without what may follow."""
        return self._image

    def room(self, bottom: int) -> None:
        """Make the page at least so high."""
        if bottom > self._image.height:
            taller = Image.new("RGB", (self.width, bottom), GROUND)
            taller.paste(self._image)
            self._image, self._draw = taller, ImageDraw.Draw(taller)

    def words(self, text: str, left: int, top: int, width: int, size: int) -> int:
        """Set words in a column; the answer is where they end."""
        for line in wrapped(unaccented(text), size, width):
            self.room(top + round(1.6 * size))
            self._draw.text((left, top), line, fill=TEXT, font=font(size))
            top += round(1.5 * size)
        return top

    def panel(self, panel: Panel, left: int, top: int) -> int:
        """Set a picture with its caption; the answer is where they end."""
        height, width = panel.pixels.shape[:2]
        self.room(top + height)
        mask = Image.new("L", (4 * width, 4 * height), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, *mask.size), 4 * ROUND, fill=255)
        self._image.paste(Image.fromarray(panel.pixels), (left, top), mask.resize((width, height)))
        below = self.words(panel.title, left, top + height + 10, width, TITLE)
        return self._chips(panel.chips, left, below + 2, width)

    def _chips(self, chips: Iterable[Chip], left: int, top: int, width: int) -> int:
        """Set chips in rows; the answer is where they end."""
        column = left
        for chip in chips:
            wide = chip_width(chip)
            if column > left and column + wide > left + width:
                column, top = left, top + ROW
            self.room(top + ROW)
            self._chip(chip, column, top)
            column += wide + 16
        return top + ROW if column > left else top

    def _chip(self, chip: Chip, left: int, top: int) -> None:
        if chip.colour is not None:
            self._draw.rounded_rectangle((left, top + 4, left + 12, top + 16), 3, fill=chip.colour)
            left += 19
        self._draw.text((left, top), unaccented(chip.text), fill=QUIET, font=font(SMALL))

    def swatches(self, colours: Sequence[str], left: int, top: int) -> int:
        """Set colours side by side; the answer is where they end."""
        self.room(top + SWATCH)
        for place, colour in enumerate(colours):
            box = (left + place * (SWATCH + 6), top, left + place * (SWATCH + 6) + SWATCH, top + SWATCH)
            self._draw.rounded_rectangle(box, ROUND, fill=colour, outline=FIELD, width=2)
        return top + SWATCH


def chip_width(chip: Chip) -> int:
    """Measure a chip, in pixels."""
    return round(font(SMALL).getlength(unaccented(chip.text))) + (19 if chip.colour is not None else 0)


def wrapped(text: str, size: int, width: int) -> Iterator[str]:
    """Break a text into lines that are no wider, at its spaces."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font(size).getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Get the font that comes with Pillow. It has plain letters only."""
    found = ImageFont.load_default(size=size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return found
