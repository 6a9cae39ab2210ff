"""What is read in photographs that a package ships, and in drawn pictures whose truth is known."""

from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from renderer.contract.direction import Corrections, Side
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.colours import find_light
from renderer.scene.reading.lettering import find_lettering, find_lines
from renderer.scene.reading.sighting import Face, Named, Sighting, unseen
from renderer.sight.reader import Reader
from tests.renderer.scenery import landscape, texture

PHOTOGRAPHS = Path(skimage.data.__file__).parent


def photograph(name, short_side=360):
    image = cv2.imread(str(PHOTOGRAPHS / name))
    scale = short_side / min(image.shape[:2])
    return np.ascontiguousarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[..., ::-1])


def lettering(size=0.8):
    page = np.full((240, 400, 3), 235, np.uint8)
    for row in range(30, 230, 28):
        cv2.putText(page, "plain letters on a page", (12, row), cv2.FONT_HERSHEY_SIMPLEX, size, (20, 20, 20), 2)
    return page


def lake(height=200, width=300):
    """Hills between a blue sky and a lake that mirrors them, in ripples."""
    rng = np.random.default_rng(4)
    shore = height // 2
    image = np.empty((height, width, 3), np.float32)
    image[:] = np.linspace(1, 0, height)[:, None, None] * np.array([-60, -30, 10]) + np.array([190, 205, 225])
    crest = shore - 12 - 18 * np.abs(np.sin(np.arange(width) / 31) + 0.4 * np.sin(np.arange(width) / 11))
    hills = (np.arange(height)[:, None] > crest) & (np.arange(height) < shore)[:, None]
    image[hills] = (50, 62, 40)
    image[shore:] = 0.85 * image[shore - (height - shore) : shore][::-1]
    ripples = cv2.GaussianBlur(rng.normal(0, 60, (height - shore, width)).astype(np.float32), (0, 0), 6, sigmaY=0.8)
    image[shore:] += ripples[..., None]
    return np.clip(image, 0, 255).astype(np.uint8)


def night(lamps):
    """A dark street; each lamp as (x, y, radius, colour) glows."""
    image = np.full((200, 300, 3), 18, np.float32)
    y, x = np.mgrid[:200, :300]
    for left, top, radius, colour in lamps:
        away = np.hypot(x - left, y - top)
        image += np.exp(-np.maximum(away - radius, 0) / 9)[..., None] * np.array(colour) * 0.9
        image[away < radius] = 255
    return np.clip(image, 0, 255).astype(np.uint8)


def named(word, probability=0.9, shape=(200, 300)):
    nothing = np.zeros(shape, np.float32)
    return Sighting(names=(Named(word=word, probability=probability),), attention=nothing, people=nothing, faces=())


NOWHERE = np.zeros((200, 300), np.bool_)
NOTHING = unseen(200, 300)


@pytest.fixture(scope="module")
def reader():
    return Reader()


@pytest.fixture(scope="module")
def astronaut(reader):
    return reader.read(photograph("astronaut.png"))


# The whole picture


def test_a_view_is_read(reader):
    """A man with a camera in a meadow, houses behind him, under a sky: without any colour."""
    reading = reader.read(photograph("camera.png")).reading
    assert 0.2 < reading.sky < 0.45
    assert reading.plants > 0.15
    assert reading.horizon is not None
    assert reading.aspect == pytest.approx(1, abs=0.01)
    assert reading.water == reading.lettering == 0
    assert reading.layers >= 2


def test_a_portrait_is_read(astronaut):
    reading, matter = astronaut.reading, astronaut.matter
    assert (reading.faces, reading.people) == (1, 1)
    assert reading.sky == reading.water == reading.lettering == 0
    assert reading.subject is not None
    assert matter.kept[40:50, 80:90].min() > 0.9  # the face
    assert matter.skin[40:50, 80:90].mean() > 0.7
    assert matter.skin[150:190, 60:120].mean() < 0.2  # the suit is orange, and no skin
    assert matter.bodies[150:190, 70:110].mean() > 0.75
    assert matter.hair[10:20, 75:95].mean() > 0.6  # so close to the face, and free to move
    assert matter.cloth[150:190, 70:110].mean() > 0.6


def test_a_cup_is_read(reader):
    reading = reader.read(photograph("coffee.png")).reading
    assert reading.shows == ("coffee",)
    assert reading.subject is not None
    assert (reading.sky, reading.water, reading.plants, reading.lettering, reading.faces) == (0, 0, 0, 0, 0)
    assert reading.warmth > 0.3


def test_a_page_is_nearly_all_lettering(reader):
    picture = reader.read(photograph("page.png"))
    assert picture.reading.lettering > 0.4
    assert picture.reading.sky == picture.reading.water == picture.reading.plants == 0
    assert picture.reading.shows == ()
    assert picture.matter.kept.mean() > 0.4


@pytest.mark.parametrize("still", [lettering(), texture(120, 180), np.full((100, 200, 3), 128, np.uint8)])
def test_where_nothing_stands_out_the_depth_is_not_trusted(reader, still):
    reading = reader.read(still).reading
    assert reading.subject is None
    assert reading.confidence < 0.4
    assert reading.sky == 0


def test_what_must_be_kept_is_taken_out_of_all_that_moves(astronaut):
    matter = astronaut.matter
    for moving in (matter.clouds, matter.water, matter.plants, matter.bodies, matter.hair, matter.cloth):
        assert (moving + matter.kept).max() <= 1 + 1e-6


def test_all_masks_are_of_one_size_and_soft(astronaut):
    masks = [getattr(astronaut.matter, field.name) for field in fields(Matter)]
    assert {mask.shape for mask in masks} == {(200, 200)}
    assert all(mask.dtype == np.float32 and mask.min() >= 0 and mask.max() <= 1 for mask in masks)


@pytest.mark.parametrize("size", [(64, 256), (256, 64), (65, 97)])
def test_small_and_long_pictures_are_read(reader, size):
    picture = reader.read(landscape(*size))
    assert picture.layers[0].colour.shape[:2] == size
    assert picture.matter.sky.shape == picture.layers[0].offset.shape


def test_a_picture_is_read_the_same_each_time_and_on_any_number_of_threads(reader):
    threads = cv2.getNumThreads()
    try:
        first, other = (_read_on(count, reader) for count in (1, 2))
    finally:
        cv2.setNumThreads(threads)
    assert other.reading == first.reading
    for one, same in zip(first.layers, other.layers, strict=True):
        np.testing.assert_array_equal(one.colour, same.colour)
    for field in fields(Matter):
        np.testing.assert_array_equal(getattr(first.matter, field.name), getattr(other.matter, field.name))


def _read_on(threads, reader):
    cv2.setNumThreads(threads)
    return reader.read(landscape())


# Corrections


@pytest.mark.parametrize(
    ("feature", "mask"),
    [("sky", "sky"), ("water", "water"), ("plants", "plants")],
)
def test_what_a_member_denies_is_neither_said_nor_moved(reader, feature, mask):
    still = lake() if feature == "water" else landscape()
    seen, denied = reader.read(still), reader.read(still, Corrections(absent=frozenset({feature})))
    assert getattr(seen.reading, feature) > 0.1
    assert getattr(seen.matter, mask).any()
    assert getattr(denied.reading, feature) == 0
    assert not getattr(denied.matter, mask).any()


def test_people_a_member_denies_are_gone_with_their_faces(reader):
    denied = reader.read(photograph("astronaut.png"), Corrections(absent=frozenset({"people"})))
    assert denied.reading.faces == denied.reading.people == 0
    assert not denied.matter.bodies.any()
    assert not denied.matter.skin.any()


def test_lamps_and_sun_a_member_denies_are_gone(reader):
    seen = reader.read(photograph("rocket.jpg"))
    denied = reader.read(photograph("rocket.jpg"), Corrections(absent=frozenset({"lamps", "sun"})))
    assert seen.reading.lamps
    assert seen.matter.lamps.any()
    assert denied.reading.lamps == ()
    assert not denied.matter.lamps.any()


def test_lettering_a_member_denies_is_not_kept(reader):
    denied = reader.read(lettering(), Corrections(absent=frozenset({"lettering"})))
    assert denied.reading.lettering == 0
    assert denied.matter.kept.mean() < 0.1


# Light


def test_light_comes_from_the_sun_else_from_the_bright_side_of_the_ground_or_the_face():
    even = np.full((60, 90), 0.4, np.float32)
    nowhere = np.zeros((60, 90), np.bool_)
    assert find_light(even, nowhere, None, ()) is None
    assert find_light(even, nowhere, (0.9, 0.2), ()) is Side.RIGHT
    lit = even + np.linspace(0.3, 0, 90, dtype=np.float32)
    assert find_light(lit, nowhere, None, ()) is Side.LEFT
    turned = even.copy()
    turned[20:40, 45:60] = 0.8  # one side of a face
    assert find_light(turned, nowhere, None, (Face(x=1 / 3, y=1 / 3, width=1 / 3, height=1 / 3),)) is Side.RIGHT


# What must not wobble


@pytest.mark.parametrize("size", [0.6, 0.8])
def test_lettering_is_found_where_it_stands(size):
    page = lettering(size)
    page[:, 340:] = 235
    found = find_lettering(page, (120, 200))
    assert found[20:100, 10:100].mean() > 0.6
    assert not found[:, 185:].any()


@pytest.mark.parametrize("name", ["coffee.png", "gravel.png", "grass.png", "brick.png", "chelsea.png", "rocket.jpg"])
def test_texture_is_no_lettering(name):
    still = photograph(name, 400)
    assert find_lettering(still, (200, 200)).mean() < 0.02


def test_long_straight_lines_are_found_and_short_ones_not():
    wall = np.full((240, 360, 3), 180, np.uint8)
    cv2.rectangle(wall, (60, 40), (200, 200), (60, 60, 60), -1)
    cv2.rectangle(wall, (280, 100), (295, 115), (60, 60, 60), -1)
    lines = find_lines(wall, (120, 180))
    assert lines[60, 28:33].max() == 1
    assert lines[60, 98:103].max() == 1
    assert lines[60, 50:80].max() == 0
    assert not lines[45:62, 136:152].any()


# Colours


def test_the_palette_names_the_colours_that_are_there(reader):
    palette = reader.read(landscape()).reading.palette
    assert all(len(colour) == 7 and colour.startswith("#") for colour in palette)
    reds, greens, blues = zip(*(bytes.fromhex(colour[1:]) for colour in palette), strict=True)
    assert any(blue > 200 > red for red, blue in zip(reds, blues, strict=True))  # sky
    assert any(green > max(red, blue) for red, green, blue in zip(reds, greens, blues, strict=True))  # grass


# Drawings


def squared_paper(height=150, width=200):
    """Lines on white, which a sky was seen in."""
    still = np.full((height, width, 3), 255, np.uint8)
    still[10::20] = still[:, 10::20] = 0
    return still


def test_a_drawing_is_one_plane_that_nothing_lives_in(reader):
    picture = reader.read(squared_paper())
    reading, layer = picture.reading, picture.layers[0]
    assert reading.drawing
    assert (reading.sky, reading.water, reading.plants, reading.people, reading.layers) == (0, 0, 0, 0, 1)
    assert (reading.horizon, reading.subject, reading.shows, reading.lamps) == (None, None, (), ())
    assert not layer.offset.any()
    moving = (getattr(picture.matter, field.name) for field in fields(Matter) if field.name != "kept")
    assert not any(mask.any() for mask in moving)


def test_a_drawing_a_member_denies_is_read_as_a_picture(reader):
    assert not reader.read(squared_paper(), Corrections(absent=frozenset({"drawing"}))).reading.drawing


def test_what_a_member_says_is_a_drawing_is_read_as_one(reader):
    assert reader.read(landscape(), Corrections(present=frozenset({"drawing"}))).reading.drawing


def test_small_pixel_art_is_told_before_it_is_enlarged(reader):
    """Enlarged, its edges are as soft as a photograph's."""
    small = np.random.default_rng(1).choice(np.array([30, 90, 160, 250], np.uint8), (64, 64))
    still = np.repeat(small[..., None], 3, axis=2)
    large = cv2.resize(still, (360, 360), interpolation=cv2.INTER_CUBIC)
    assert not reader.read(large).reading.drawing
    assert reader.read(large, whole=still).reading.drawing
