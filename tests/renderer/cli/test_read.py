"""`python -m renderer read`: what was read in words, as a sheet and as masks; or one line and status 2."""

from errno import ENOSPC
from os import strerror
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from renderer.cli import read as command
from renderer.cli.sheets.words import words_of
from renderer.programs.canonical import canonical
from tests.pictures import encoded, hills
from tests.renderer.cli.program import run_here
from tests.renderer.cli.sheets import pictures

PHOTO = encoded(hills(900, 600), "JPEG")
KEYS = {"sky", "clouds", "water", "plants", "lamps", "drawing"}


@pytest.fixture(scope="module")
def canonical_photo():
    return canonical(PHOTO)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "still.jpg").write_bytes(PHOTO)
    return tmp_path


@pytest.fixture
def main(folder, monkeypatch, capsys, canonical_photo):
    """The program in this process; what is read is drawn by hand, and who read it how is kept."""
    asked = []

    class Reader:
        def __init__(self, depth_model):
            asked.append(depth_model)

        def read(self, still, whole):
            asked.extend((still.shape, whole.shape))
            return pictures.shore()

    monkeypatch.setattr(command, "Reader", Reader)
    monkeypatch.setattr(command, "read_file", lambda _path: canonical_photo)

    def call(*arguments):
        ended = run_here(monkeypatch, capsys, "read", *arguments)
        ended.asked = asked
        return ended

    return call


def names(folder):
    return sorted(path.name for path in folder.rglob("*"))


def test_without_options_it_tells_in_words_and_writes_nothing(folder, main):
    ended = main("still.jpg")
    assert (ended.returncode, ended.err) == (0, "")
    assert tuple(ended.out.splitlines()) == words_of(pictures.shore())
    assert names(folder) == ["still.jpg"]


def test_the_masks_are_those_of_the_kinds_and_lights_are_rows(folder, main):
    assert main("still.jpg", "--masks", "m.npz").returncode == 0
    with np.load(folder / "m.npz") as masks:
        assert set(masks) == KEYS
        kinds = pictures.shore().kinds
        for name in ("sky", "clouds", "water", "plants"):
            assert (masks[name] == getattr(kinds, name)).all()
        assert masks["lamps"] == pytest.approx(np.array([[0.75, 0.25, 0.05]]))
        assert masks["drawing"] == 0


def test_a_sheet_is_a_png_whatever_its_name(folder, main):
    assert main("still.jpg", "-o", "sheet.of.it", "--masks", "masks").returncode == 0
    with Image.open(folder / "sheet.of.it") as sheet:
        assert (sheet.format, sheet.mode) == ("PNG", "RGB")
    assert names(folder) == ["masks", "sheet.of.it", "still.jpg"]


def test_it_reads_as_a_render_would(main, monkeypatch):
    """At the usual size of a clip, beside the whole still, with the depth network that is set."""
    monkeypatch.setenv("UNSTILL_DEPTH_MODEL", "/of/mine")
    assert main("still.jpg").asked == ["/of/mine", (600, 900, 3), (600, 900, 3)]


def test_a_drawing_is_read_as_one(folder, monkeypatch, capsys):
    """All the way, with the reader itself: no network is asked about a drawing."""
    paper, _ = pictures.page()
    (folder / "page.png").write_bytes(encoded(Image.fromarray(paper)))
    ended = run_here(monkeypatch, capsys, "read", "page.png", "-o", "sheet.png", "--masks", "m.npz")
    assert (ended.returncode, ended.err) == (0, "")
    assert "A drawing: yes" in ended.out
    with np.load(folder / "m.npz") as masks:
        assert masks["drawing"] == 1
        assert masks["lamps"].shape == (0, 3)
        shapes = {masks[name].shape for name in KEYS - {"lamps", "drawing"}}
        assert len(shapes) == 1
        assert len(shapes.pop()) == 2
        assert not any(masks[name].any() for name in KEYS - {"lamps", "drawing"})
    with Image.open(folder / "sheet.png") as sheet:
        assert sheet.width > 900


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "STILL"),
        (("nowhere.jpg",), "nowhere.jpg"),
        (("nowhere.jpg", "-o", "sheet.png", "--masks", "m.npz"), "nowhere.jpg"),
        (("still.jpg", "-o", "nowhere/sheet.png"), "nowhere/sheet.png"),
        (("still.jpg", "--masks", "nowhere/m.npz", "-o", "sheet.png"), "nowhere/m.npz"),
        (("still.jpg", "-o", "."), "cannot write"),
        (("still.jpg", "--masks", "."), "cannot write"),
        (("still.jpg", "-o", "still.jpg"), "named twice"),
        (("still.jpg", "-o", "x", "--masks", "./x"), "named twice"),
        (("still.jpg", "--size", "480"), "--size"),
    ],
)
def test_bad_input_is_one_line_status_2_and_nothing_written(folder, monkeypatch, capsys, arguments, says):
    ended = run_here(monkeypatch, capsys, "read", *arguments)
    assert (ended.returncode, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert says in ended.err
    assert names(folder) == ["still.jpg"]
    assert (folder / "still.jpg").read_bytes() == PHOTO


def test_what_is_no_picture_is_refused(folder, monkeypatch, capsys):
    (folder / "note.jpg").write_bytes(b"a note")
    ended = run_here(monkeypatch, capsys, "read", "note.jpg", "-o", "sheet.png")
    assert (ended.returncode, ended.err.count("\n")) == (2, 1)
    assert "not a PNG" in ended.err
    assert names(folder) == ["note.jpg", "still.jpg"]


def test_a_disk_that_fills_up_leaves_neither_file(folder, main, monkeypatch):
    write = Path.write_bytes

    def fill(path, data):
        if "m.npz" in path.name:
            write(path, data[:9])
            raise OSError(ENOSPC, strerror(ENOSPC), str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill)
    monkeypatch.setattr(command, "draw_sheet", lambda *_read: np.zeros((9, 9, 3), np.uint8))
    ended = main("still.jpg", "-o", "sheet.png", "--masks", "m.npz")
    assert (ended.returncode, ended.out) == (2, "")
    assert ended.err == "renderer: cannot write sheet.png and m.npz: No space left on device\n"
    assert names(folder) == ["still.jpg"]
