"""Lights that their company tells: strings, and neon."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from renderer.scene.reading.kinds.kinds import none_of
from renderer.scene.reading.lights.company import MOST_SPOTS, find_by_company
from renderer.scene.reading.lights.finding import find_lights
from renderer.scene.reading.sighting import Named, unseen

NOBODY = unseen(96, 144)
NO_KINDS = none_of((96, 144))
BULB = (255, 205, 130)


def room(places, *, radius=4, colour=BULB, light=90):
    """A room in half light, with spots that glow a little."""
    image = np.full((480, 720, 3), light, np.float32)
    for x, y in places:
        cv2.circle(image, (x, y), radius + 4, tuple(0.5 * (part + light) for part in colour), -1, cv2.LINE_AA)
        cv2.circle(image, (x, y), radius, colour, -1, cv2.LINE_AA)
    return np.clip(cv2.GaussianBlur(image, (0, 0), 0.8), 0, 255).astype(np.uint8)


STRING = [(100 + 55 * each, 120 + round(30 * np.sin(each / 2))) for each in range(9)]


def test_each_bulb_of_a_string_is_found():
    lamps = find_by_company(room(STRING), NO_KINDS, NOBODY)
    assert len(lamps) == len(STRING)
    near = [min(abs(lamp.x * 720 - x) + abs(lamp.y * 480 - y) for lamp in lamps) for x, y in STRING]
    assert max(near) < 3
    assert all(lamp.warmth > 0.2 and 6 < lamp.size * 720 < 24 for lamp in lamps)


@pytest.mark.parametrize(
    "spots",
    [
        room(STRING[:3]),
        room([(150, 120), (420, 300), (600, 90), (300, 420)]),
        room([(300 + 35 * (each % 4), 200 + 35 * (each // 4)) for each in range(16)]),
        room(STRING, colour=(235, 240, 255)),
    ],
    ids=["three alone", "far apart", "a heap", "cold glints"],
)
def test_spots_that_make_no_string_of_warm_lights_are_glints(spots):
    assert find_by_company(spots, NO_KINDS, NOBODY) == ()


def test_a_row_among_many_glints_is_there_by_chance():
    """On a beach of pebbles some that the sun lights lie in a row."""
    pebbles = room(
        [(40 + 36 * column, 170 + 36 * row) for column in range(18) for row in range(8)], colour=(235, 240, 255)
    )
    row = room(STRING[:6])
    assert len(find_by_company(row, NO_KINDS, NOBODY)) == 6
    assert find_by_company(np.maximum(row, pebbles), NO_KINDS, NOBODY) == ()


def test_neon_is_found_by_its_pure_colour():
    image = room([], light=60)
    cv2.rectangle(image, (320, 100), (400, 112), (255, 60, 40), -1)
    lamps = find_by_company(cv2.GaussianBlur(image, (0, 0), 2), NO_KINDS, NOBODY)
    assert len(lamps) == 1
    assert lamps[0].x == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("word", ["cat", "cup"])
def test_close_to_a_thing_nothing_is_a_light_unless_a_member_tells(word):
    seen = replace(NOBODY, names=(Named(word=word, probability=0.9),))
    assert find_by_company(room(STRING), NO_KINDS, seen) == ()
    assert len(find_by_company(room(STRING), NO_KINDS, seen, told=True)) == len(STRING)


def test_gaps_in_foliage_and_lamps_by_day_are_none():
    leaves = replace(NO_KINDS, plants=np.ones((96, 144), np.float32))
    by_day = np.zeros((96, 144), np.float32)
    by_day[:30] = 1
    light = room(STRING)
    light[:150] = np.maximum(light[:150], (150, 190, 240))
    assert find_by_company(room(STRING), leaves, NOBODY) == ()
    assert find_by_company(light, replace(NO_KINDS, sky=by_day), NOBODY) == ()


@pytest.mark.parametrize("kind", ["clouds", "water"])
def test_lit_rims_of_clouds_and_what_water_mirrors_are_none(kind):
    above = np.zeros((96, 144), np.float32)
    above[:40] = 1
    sky = {"sky": above} if kind == "clouds" else {}
    assert find_by_company(room(STRING, light=60), replace(NO_KINDS, **sky, **{kind: above}), NOBODY) == ()


def test_before_a_clear_dusk_a_string_is_one_and_before_a_cloudy_one_nobody_can_tell():
    dusk = np.zeros((96, 144), np.float32)
    dusk[:40] = 1
    beside = np.zeros((96, 144), np.float32)
    beside[28:40] = 1
    lights = room(STRING, light=60)
    assert len(find_by_company(lights, replace(NO_KINDS, sky=dusk), NOBODY)) == len(STRING)
    assert find_by_company(lights, replace(NO_KINDS, sky=dusk, clouds=beside), NOBODY) == ()


def test_noise_has_no_more_spots_than_are_looked_at():
    noise = np.random.default_rng(1).integers(0, 256, (480, 720, 3)).astype(np.uint8)
    assert len(find_by_company(noise, NO_KINDS, NOBODY, told=True)) <= MOST_SPOTS


def test_a_light_that_is_found_twice_is_told_once():
    dark = room(STRING, light=12)
    small = cv2.resize(dark, (300, 200), interpolation=cv2.INTER_AREA)
    lamps = find_lights(dark, small, np.zeros((200, 300), np.bool_), NO_KINDS, NOBODY)
    assert len(lamps) == len(STRING)
