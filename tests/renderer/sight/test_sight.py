"""What the models see in photographs that a package ships."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from renderer.scene.reading.sighting import Face
from renderer.sight import Eyes, around_faces
from renderer.sight.everyday import WORDS, everyday
from renderer.sight.faces import FACE_FILE, FACE_SHA256, PEOPLE_FILE, PEOPLE_SHA256
from renderer.sight.weights import WrongWeightsError, checked

PHOTOGRAPHS = Path(skimage.data.__file__).parent


def photograph(name, short_side=360):
    image = cv2.imread(str(PHOTOGRAPHS / name))
    scale = short_side / min(image.shape[:2])
    return np.ascontiguousarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[..., ::-1])


def look(eyes, still):
    scale = 200 / min(still.shape[:2])
    return eyes.look(still, cv2.resize(still, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


@pytest.fixture(scope="module")
def eyes():
    return Eyes()


@pytest.mark.parametrize(("name", "word"), [("chelsea.png", "cat"), ("coffee.png", "coffee")])
def test_a_picture_is_named_in_plain_words(eyes, name, word):
    seen = look(eyes, photograph(name))
    assert seen.names[0].word == word
    assert seen.names[0].probability > 0.5
    assert seen.says(word) == seen.names[0].probability


def test_attention_is_on_what_was_named(eyes):
    """The cup is a little left of the middle; the table's corners are not it."""
    attention = look(eyes, photograph("coffee.png")).attention
    assert 0 <= attention.min() <= attention.max() <= 1
    assert attention[40:160, 60:230].mean() > 3 * max(attention[:30, -50:].mean(), attention[-30:, :40].mean())


@pytest.mark.parametrize("name", ["gravel.png", "grass.png"])
def test_where_nothing_is_known_nothing_is_said(eyes, name):
    seen = look(eyes, photograph(name))
    assert seen.names == ()
    assert not seen.attention.any()


def test_a_face_is_found_where_it_is(eyes):
    (face,) = eyes.look(photograph("astronaut.png"), photograph("astronaut.png", 200)).faces
    assert face.x < 0.43 < face.x + face.width
    assert face.y < 0.22 < face.y + face.height
    assert 0.1 < face.width < 0.3


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_a_small_face_in_a_large_picture_is_found(eyes, share):
    person, room = photograph("astronaut.png", round(480 * share)), np.full((480, 720, 3), 120, np.uint8)
    height, width = person.shape[:2]
    room[-height:, 400 : 400 + width] = person
    (face,) = look(eyes, room).faces
    assert face.x * 720 == pytest.approx(400 + 0.34 * width, abs=0.06 * width)


@pytest.mark.parametrize("name", ["coffee.png", "page.png", "rocket.jpg", "chelsea.png", "coins.png", "brick.png"])
def test_no_faces_are_seen_where_there_are_none(eyes, name):
    seen = look(eyes, photograph(name))
    assert seen.faces == ()
    assert not seen.people.any()


def test_a_person_is_masked(eyes):
    people = look(eyes, photograph("astronaut.png")).people
    assert people[60:180, 60:120].mean() > 0.9
    assert people[:60, 170:].mean() < 0.1


def test_only_what_has_a_face_is_a_person():
    people = np.zeros((40, 60), np.float32)
    people[10:30, 5:15] = people[10:30, 40:50] = 1
    kept = around_faces(people, (Face(x=0.1, y=0.3, width=0.1, height=0.1),))
    np.testing.assert_array_equal(kept[:, :30], people[:, :30])
    assert not kept[:, 30:].any()


@pytest.mark.parametrize("size", [(64, 64), (64, 256), (256, 64)])
def test_small_and_long_pictures_are_looked_at(eyes, size):
    still = np.full((*size, 3), 90, np.uint8)
    assert look(eyes, still).people.shape[0] > 0


def test_each_class_has_one_word():
    numbers = [number for number in range(1000) if everyday(number, "") != ""]
    spans = [part.split("-") for ranges in WORDS.values() for part in ranges.split()]
    claimed = sum(int(span[-1]) - int(span[0]) + 1 for span in spans)
    assert claimed == len(numbers)


@pytest.mark.parametrize(
    ("number", "own_name", "word"),
    [(285, "Egyptian Mau", "cat"), (207, "Golden Retriever", "dog"), (489, "chain-link fence", "fence"),
     (268, "Mexican hairless dog (xoloitzcuintli)", "dog"), (478, "cardboard box / carton", "cardboard box")],
)  # fmt: skip
def test_classes_are_told_in_everyday_words(number, own_name, word):
    assert everyday(number, own_name) == word


@pytest.mark.parametrize(("file", "sha256"), [(FACE_FILE, FACE_SHA256), (PEOPLE_FILE, PEOPLE_SHA256)])
def test_the_weights_that_come_along_are_those_the_readme_names(file, sha256):
    checked(file, sha256)
    assert f"| `{file.name}` |" in (file.parent / "README.md").read_text()
    assert sha256 in (file.parent / "README.md").read_text()


def test_other_weights_are_refused(tmp_path):
    wrong = tmp_path / "weights"
    wrong.write_bytes(b"not these")
    with pytest.raises(WrongWeightsError, match="install the package"):
        checked(wrong, FACE_SHA256)
