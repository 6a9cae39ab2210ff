"""From a head's chances to outlines of sky, water and plants."""

from dataclasses import replace

import numpy as np
import pytest

from renderer.scene.reading.kinds.finding import find_kinds
from renderer.scene.reading.kinds.kinds import KINDS
from renderer.scene.reading.sighting import Face, Named, unseen
from tests.renderer.scene.reading.kinds.pictures import said, view

NOBODY = unseen(180, 270)
UNSURE = np.full((23, 34, len(KINDS)), 0.1, np.float32)


def showing(word, probability=0.9):
    return replace(NOBODY, names=(Named(word=word, probability=probability),))


def test_what_the_head_says_is_outlined():
    kinds = find_kinds(view(), said(23, 34, sky=(0, 0.5), plants=(0.5, 1)), NOBODY)
    assert kinds.sky[:80].mean() > 0.95
    assert kinds.sky[100:].max() == 0
    assert kinds.plants[100:].mean() > 0.95
    assert kinds.water.max() == 0
    assert all(sure > 0.7 for sure in kinds.sureness.values())


def test_an_outline_follows_the_picture_and_not_the_coarse_grid():
    kinds = find_kinds(view(), said(23, 34, sky=(0, 0.47), plants=(0.47, 1)), NOBODY)
    assert abs(float(kinds.sky.mean()) - 0.5) < 0.03


@pytest.mark.parametrize("kind", ["sky", "water", "plants"])
def test_what_is_denied_is_not_there_and_none_takes_its_place(kind):
    places = {"sky": (0, 0.5), "water": (0.5, 0.75), "plants": (0.75, 1)}
    before, denied = (find_kinds(view(), said(23, 34, **places), NOBODY, denied=absent) for absent in ((), (kind,)))
    assert getattr(before, kind).mean() > 0.2
    assert getattr(denied, kind).max() == 0
    others = {"sky", "water", "plants"} - {kind}
    assert all(getattr(denied, other).mean() < getattr(before, other).mean() + 0.05 for other in others)


def test_what_is_told_is_looked_for_harder():
    doubtful = said(23, 34, sky=(0, 0.5))
    doubtful[12:, :, KINDS.index("water")] = 0.3
    before, told = (find_kinds(view(), doubtful, NOBODY, told=present) for present in ((), ("water",)))
    assert before.water.max() == 0
    assert told.water[100:].mean() > 0.9
    assert told.sureness["water"] == 1
    assert told.sky[:80].mean() > 0.95


def test_what_is_told_and_nowhere_likely_is_not_made_up():
    kinds = find_kinds(view(), said(23, 34, sky=(0, 0.5), plants=(0.5, 1)), NOBODY, told=("water",))
    assert kinds.water.max() == 0


def test_a_sky_is_smooth():
    """What the head takes for a sky, and what has more to see than the sky above it, is a hazy mountain."""
    image = view()
    image[50:90] = np.clip(image[50:90] + np.random.default_rng(1).normal(0, 30, (40, 270, 1)), 0, 255)
    kinds = find_kinds(image, said(23, 34, sky=(0, 0.5)), NOBODY)
    assert kinds.sky[:40].mean() > 0.95
    assert kinds.sky[60:85].mean() < 0.1


@pytest.mark.parametrize(("word", "kind"), [("coffee", "sky"), ("cat", "sky"), ("cup", "plants")])
def test_what_is_named_speaks_against_a_kind_that_is_not_sure(word, kind):
    chances = UNSURE.copy()
    chances[: 23 if kind == "plants" else 12, :, KINDS.index(kind)] = 0.6
    assert getattr(find_kinds(view(), chances, NOBODY), kind).mean() > 0.3
    assert getattr(find_kinds(view(), chances, showing(word)), kind).mean() < 0.05


def test_a_member_is_right_against_the_names():
    chances = UNSURE.copy()
    chances[:12, :, KINDS.index("sky")] = 0.6
    assert find_kinds(view(), chances, showing("coffee"), told=("sky",)).sky.mean() > 0.3


def test_people_are_of_no_kind():
    people = np.zeros((180, 270), np.float32)
    people[60:180, 100:170] = 1
    seen = replace(NOBODY, people=people, faces=(Face(x=0.45, y=0.35, width=0.1, height=0.1),))
    kinds = find_kinds(view(), said(23, 34, sky=(0, 0.5), plants=(0.5, 1)), seen)
    assert max(float(mask[100:170, 110:160].max()) for mask in (kinds.sky, kinds.plants)) < 0.05
    assert kinds.plants[100:, :80].mean() > 0.9


def test_an_animal_is_no_plant():
    """Fur looks like grass: where the named animal was seen, the head is not believed."""
    attention = np.zeros((180, 270), np.float32)
    attention[60:180, 100:170] = 1
    seen = replace(showing("dog"), attention=attention)
    kinds = find_kinds(view(), said(23, 34, sky=(0, 0.3), plants=(0.3, 1)), seen)
    assert kinds.plants[80:170, 110:160].mean() < 0.1
    assert kinds.plants[100:, :80].mean() > 0.9


@pytest.mark.parametrize("shape", [(45, 360), (360, 45)])
@pytest.mark.parametrize("make", [np.zeros, np.ones])
def test_plain_and_long_pictures_are_read(make, shape):
    kinds = find_kinds((200 * make((*shape, 3))).astype(np.uint8), UNSURE, unseen(*shape))
    assert kinds.sky.shape == kinds.clouds.shape == shape
