"""A moving picture that begins with nothing gives its first frame that shows something."""

import pytest
from PIL import Image

from renderer.programs.canonical import STUDIO_GREY
from tests.pictures import RED, WHITE, encoded, noise, quarters
from tests.renderer.programs.stills import QUARTERS, assert_near, shown

LOSSY = 16
SIZE = (160, 120)
SCENE = quarters(*SIZE)
KINDS = ["GIF", "PNG", "WEBP", "AVIF"]


def plain(colour):
    return Image.new("RGB", SIZE, colour)


def faded(share, other=0):
    return Image.blend(plain(other), SCENE, share)


EMPTY = Image.new("RGBA", SIZE, (0, 0, 0, 0))
BLANKS = {
    "empty": [EMPTY],
    "black": [plain("black")],
    "white": [plain("white")],
    "some colour": [plain("navy")],
    "several": [plain("black"), plain("white"), plain("navy")],
    "fades in": [faded(step / 6) for step in range(6)],
    "fades in from white": [faded(step / 6, "white") for step in range(6)],
    "fades in by holding": [faded(step // 3 / 6) for step in range(18)],
}


def moving(images, kind):
    images = [image.convert("RGBA") for image in images]
    options = {"disposal": 2} if kind == "GIF" else {"quality": 85} if kind in {"WEBP", "AVIF"} else {}
    return encoded(images[0], kind, save_all=True, append_images=images[1:], duration=40, **options)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", BLANKS)
def test_the_first_frame_that_shows_something(blank, kind):
    """What follows the scene, with more in it, is not it."""
    assert_near(shown(moving([*BLANKS[blank], SCENE, SCENE, noise(*SIZE)], kind)), QUARTERS, LOSSY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_never_shows_anything_gives_its_first_frame(kind):
    assert_near(shown(moving([plain(RED), plain(WHITE), plain("navy")], kind)), [RED] * 4, LOSSY)
    assert_near(shown(moving([EMPTY, EMPTY, EMPTY], kind)), [STUDIO_GREY] * 4, LOSSY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_frame_that_shows_something_stays(kind):
    assert_near(shown(moving([faded(0.3), SCENE, noise(*SIZE)], kind)), shown(encoded(faded(0.3))), LOSSY)


def test_the_default_picture_of_an_apng_stays_if_it_shows_something():
    """Discord shows it, too."""
    for first, wanted in ((SCENE, QUARTERS), (plain("black"), shown(encoded(faded(0.8))))):
        data = encoded(first, save_all=True, append_images=[faded(0.8)] * 2, duration=40, default_image=True)
        assert_near(shown(data), wanted, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_frames_after_a_bounded_number_are_not_looked_at(kind, monkeypatch):
    monkeypatch.setattr("renderer.programs.frames.MOST_FRAMES", 3)
    assert_near(shown(moving([plain("black"), plain("navy"), plain("black"), SCENE], kind)), [(0, 0, 0)] * 4, LOSSY)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_blank_frames_and_then_a_cut(kind):
    data = moving([plain("black"), SCENE, noise(*SIZE), noise(*SIZE)], kind)
    assert_near(shown(data[: int(len(data) * 0.8)]), QUARTERS, LOSSY)
