"""The family tree as a picture."""

import json
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from renderer.programs.storyboard import FIELD, LONGEST, MARGIN, WIDTH, Cell, board, cells
from tests.pictures import RED, encoded, quarters


def cell(**fields):
    plain = {"column": 0, "row": 0, "label": "1  first", "parent": None, "mark": "", "current": False, "poster": b""}
    return Cell(**(plain | fields))


POSTER = encoded(quarters(), "JPEG")


def order(*rows):
    header = [{**row, "poster": len(row["poster"])} for row in rows]
    return json.dumps({"cells": header}).encode() + b"\n" + b"".join(row["poster"] for row in rows)


def row(**fields):
    made = cell(**fields)
    return {name: getattr(made, name) for name in Cell.__slots__}


@pytest.mark.parametrize("program", ["renderer.programs.storyboard", "renderer.storyboard"])
def test_the_program_draws_what_it_is_told(program):
    """By its own name and by the door it had before."""
    family = [row(poster=POSTER), row(column=1, parent=0, mark="kept", poster=POSTER)]
    done = subprocess.run([sys.executable, "-m", program], input=order(*family), capture_output=True, check=True)
    picture = Image.open(BytesIO(done.stdout))
    assert picture.format == "PNG"
    red, green, blue = picture.getpixel((MARGIN + 30, MARGIN + 30))
    assert red > 2 * (green + blue)


def test_posters_go_to_their_cells():
    read = list(cells(*order(row(poster=b"one"), row(poster=b""), row(poster=b"three")).split(b"\n", 1)))
    assert [each.poster for each in read] == [b"one", b"", b"three"]


@pytest.mark.parametrize("poster", [b"", b"no picture", POSTER[:200], encoded(quarters(), "PNG")])
def test_what_is_no_poster_is_a_plain_field(poster):
    pixel = board([cell(poster=poster)]).getpixel((MARGIN + WIDTH // 2, MARGIN + 40))
    assert "#{:02x}{:02x}{:02x}".format(*pixel) == FIELD


def test_a_huge_poster_is_not_decoded():
    huge = encoded(Image.new("RGB", (4000, 4000), RED), "JPEG")
    assert board([cell(poster=huge)]).getpixel((MARGIN + 90, MARGIN + 90))[0] < 100


def test_tossed_ones_are_dark_and_grey():
    bright, dark = (
        board([cell(poster=POSTER, mark=mark)]).getpixel((MARGIN + 30, MARGIN + 30)) for mark in ("", "tossed")
    )
    assert max(dark) < max(bright) / 2
    assert max(dark) - min(dark) <= 3


def test_a_large_family_fits():
    family = [cell(column=number, row=number, parent=number - 1 if number else None) for number in range(40)]
    assert max(board(family).size) <= LONGEST
