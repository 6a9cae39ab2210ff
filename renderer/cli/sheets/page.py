"""Panels, swatches and words set on one page."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from renderer.cli.sheets.panels import Chip, Panel
from renderer.programs.storyboard import GROUND, LINE, TEXT, unaccented

MARGIN, GAP = 36, 24
HEADING, TITLE, READ, SMALL = 30, 19, 17, 15  # pixels of letters
QUIET = "#a3a9b3"
LEADING = 1.5  # sizes of letters from a line of words to the next
FINE = 4  # letters and corners are drawn so many times larger, then made smaller: spaced well, with soft edges
ROUND = 8  # pixels of a panel's corner
ROW = 24  # pixels from a line of chips to the next
DOT = 12  # pixels of a chip's colour
SWATCH = 44
BESIDE = 440  # pixels that words need


class Page:
    """A page that is filled from its top downwards; it is as high as what was set on it."""

    def __init__(self, width: int) -> None:
        self.image = Image.new("RGB", (width, 1), GROUND)

    @property
    def inner(self) -> int:
        """Its width between the margins."""
        return self.image.width - 2 * MARGIN

    def room(self, bottom: int) -> None:
        """Make the page at least so high."""
        if bottom > self.image.height:
            taller = Image.new("RGB", (self.image.width, bottom), GROUND)
            taller.paste(self.image)
            self.image = taller

    def words(self, text: str, left: int, top: int, width: int, size: int) -> int:
        """Set words in a column; the answer is where they end."""
        for line in wrapped(text, size, width):
            self._line(line, left, top, size, TEXT)
            top += round(LEADING * size)
        return top

    def panel(self, panel: Panel, left: int, top: int) -> int:
        """Set a picture with its caption; the answer is where they end."""
        height, width = panel.pixels.shape[:2]
        self._rounded(Image.fromarray(panel.pixels), left, top)
        below = self.words(panel.title, left, top + height + 10, width, TITLE)
        return self._chips(panel.chips, left, below + 2, width)

    def swatches(self, colours: Sequence[str], left: int, top: int) -> int:
        """Set colours side by side; the answer is where they end."""
        for place, colour in enumerate(colours):
            column, within = left + place * (SWATCH + 6), SWATCH - 2
            self._rounded(
                Image.new("RGB", (SWATCH, SWATCH), LINE), column, top
            )  # a rim: one may be as dark as the page
            self._rounded(Image.new("RGB", (within, within), colour), column + 1, top + 1, ROUND - 1)
        return top + SWATCH

    def _chips(self, chips: Iterable[Chip], left: int, top: int, width: int) -> int:
        """Set chips in rows; the answer is where they end."""
        column = left
        for chip in chips:
            wide = chip_width(chip)
            if column > left and column + wide > left + width:
                column, top = left, top + ROW
            self._chip(chip, column, top)
            column += wide + 16
        return top + ROW if column > left else top

    def _chip(self, chip: Chip, left: int, top: int) -> None:
        if chip.colour is not None:
            self._rounded(Image.new("RGB", (DOT, DOT), chip.colour), left, top + 5, DOT // 4)
        self._line(chip.text, left + chip_width(chip) - text_width(chip.text, SMALL), top, SMALL, QUIET)

    def _line(self, text: str, left: int, top: int, size: int, colour: str) -> None:
        """Set a line of letters."""
        wide, high = text_width(text, size) + 2, round(LEADING * size)
        self.room(top + high)
        letters = Image.new("L", (FINE * wide, FINE * high), 0)
        ImageDraw.Draw(letters).text((0, 0), unaccented(text), fill=255, font=font(size))
        self.image.paste(colour, (left, top), letters.resize((wide, high), Image.Resampling.LANCZOS))

    def _rounded(self, picture: Image.Image, left: int, top: int, radius: int = ROUND) -> None:
        """Set a picture with round corners."""
        self.room(top + picture.height)
        mask = Image.new("L", (FINE * picture.width, FINE * picture.height), 0)
        box = (0, 0, mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle(box, FINE * radius, fill=255)
        self.image.paste(picture, (left, top), mask.resize(picture.size, Image.Resampling.LANCZOS))


def chip_width(chip: Chip) -> int:
    """Measure a chip, in pixels."""
    return text_width(chip.text, SMALL) + (0 if chip.colour is None else DOT + 7)


def text_width(text: str, size: int) -> int:
    """Measure a line of letters, in pixels."""
    return ceil(font(size).getlength(unaccented(text)) / FINE)


def wrapped(text: str, size: int, width: int) -> Iterator[str]:
    """Break a text into lines that are no wider, at its spaces."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Get the font that comes with Pillow, `FINE` times as large. It has plain letters only."""
    found = ImageFont.load_default(size=FINE * size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return found
