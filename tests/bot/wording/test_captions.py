"""Captions, as a member reads them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from bot.language.fluent import language
from bot.wording import sentences
from bot.wording.captions import LENGTH, asides, described
from bot.wording.sights import read
from renderer.contract.direction import (
    Camera,
    Direction,
    Easing,
    Grade,
    Lamp,
    Life,
    Light,
    Move,
    Pace,
    Reading,
    Side,
    Weather,
)
from renderer.contract.job import Eased, Report, Timings
from renderer.contract.shot import Action, Beat, Shot
from tests.renderer.strategies import directions, readings

ENGLISH = language("en")
READING = Reading(brightness=0.2, warmth=0.3, palette=("#000000",), light_from=Side.LEFT)
DOG = Reading(brightness=0.5, warmth=0, palette=(), shows=("dog", "grass"), subject=(0.5, 0.6), light_from=Side.LEFT)
SEA = Reading(brightness=0.5, warmth=0.2, palette=(), sun=(0.2, 0.4), water=0.3, sky=0.3, horizon=0.6, people=1)
STREET = Reading(brightness=0.2, warmth=0, palette=(), lamps=(Lamp(x=0.2, y=0.3, size=0.1, warmth=1),) * 3, people=2)
WATER_GREEN = "water among leaves and grass under an open sky"
STILL = Direction(camera=Camera(move=Move.STILL, amount=0), pace=Pace(easing=Easing.SMOOTH, speed=0.5))


def moved(move=Move.PUSH_IN, speed=0.5, easing=Easing.SMOOTH, **others):
    return replace(STILL, camera=Camera(move=move, amount=0.5), pace=Pace(easing=easing, speed=speed), **others)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (READING, "a dark, warm picture with light from the left"),
        (
            replace(READING, subject=(0.9, 0.5)),
            "a dark, warm picture with light from the left and something near on the right",
        ),
        (DOG, "a dog in the middle with light from the left"),
        (
            replace(DOG, plants=0.5, shows=("dog",)),
            "a dog in the middle among leaves and grass with light from the left",
        ),
        (SEA, "one person by the water under an open sky with a low sun on the left"),
        (replace(SEA, people=0), "water under an open sky with a low sun on the left"),
        (STREET, "two people with many lights"),
        (replace(STREET, people=0, lettering=0.1), "a dark picture with many lights and lettering"),
        (replace(DOG, shows=("mountains",), sky=0.5), "mountains under an open sky with light from the left"),
        (replace(DOG, shows=("espresso",), light_from=None), "an espresso in the middle"),
        (replace(DOG, people=5), "a dog in the middle with several people and light from the left"),
        (replace(READING, brightness=0.5, warmth=0, light_from=None), "a quiet picture"),
        (replace(READING, water=0.05, light_from=None), "water"),
        (replace(READING, water=0.05, plants=0.3, light_from=None), "leaves and grass by the water"),
        (replace(READING, water=0.3, plants=0.1, sky=0.1, light_from=None), WATER_GREEN),
        (replace(READING, water=0.2, sky=0.6, light_from=None), "a wide sky over water"),
        (replace(READING, plants=0.2, sky=0.3, light_from=None), "open sky over leaves and grass"),
        (replace(READING, drawing=True, lettering=0.1, light_from=None), "a drawing with lettering"),
    ],
)
def test_what_was_read_is_said_plainly(picture, said):
    assert read(ENGLISH, picture) == said


@pytest.mark.parametrize(
    ("picture", "direction", "said"),
    [
        (DOG, STILL, "the camera holds still."),
        (
            replace(DOG, plants=0.6),
            moved(speed=0.2, life=Life(sway=0.5), weather=Weather(snow=0.5)),
            "the camera pushes in slowly, the grass sways and it begins to snow.",
        ),
        (
            SEA,
            moved(Move.CRANE_UP, life=Life(water=0.9, clouds=0.2), light=Light(day=0.6)),
            "the camera rises, the water flows, the clouds barely drift and the hours pass from dawn to dusk.",
        ),
        (DOG, moved(life=Life(water=1, clouds=1, flicker=1)), "the camera pushes in."),
        (DOG, moved(life=Life(breath=0.5)), "the camera pushes in and the dog breathes."),
        (
            STREET,
            moved(Move.PAN_LEFT, 0.9, light=Light(neon=0.5, glow=0.4)),
            "the camera pans left hastily, the lights glow and the light stutters like a neon tube.",
        ),
        (DOG, moved(speed=0.2, light=Light(warmth=0.2)), "the camera pushes in slowly and the light warms a little."),
        (
            DOG,
            moved(speed=0.05, light=Light(warmth=0.8)),
            "the camera pushes in very slowly and the light warms a lot.",
        ),
        (
            DOG,
            moved(light=Light(brightness=-0.2, warmth=-0.1)),
            "the camera pushes in and the light grows a little darker and cooler.",
        ),
        (DOG, moved(light=Light(brightness=-0.5)), "the camera pushes in and it grows darker."),
        (DOG, moved(Move.ARC_LEFT, loop=True), "the camera arcs to the left and comes back."),
        (DOG, moved(easing=Easing.HOLD), "the camera pushes in after a held breath."),
        (DOG, moved(grade=Grade(vignette=0.2, grain=0.1, saturation=0.02)), "the camera pushes in."),
        (DOG, moved(grade=Grade(grain=0.9)), "the camera pushes in and it grows grainy like old film."),
        (
            DOG,
            replace(STILL, camera=Camera(move=Move.STILL, amount=0, handheld=0.3, focus=-0.6)),
            "the camera holds still, but for a breathing hand and the focus goes to the distance.",
        ),
    ],
)
def test_what_the_clip_does_is_said_plainly(picture, direction, said):
    assert described(ENGLISH, picture, direction).partition(": ")[2] == said


def test_a_caption_chooses_what_tells_most():
    everything = moved(
        light=Light(warmth=0.5, shadow=0.9),
        weather=Weather(rain=0.9, mist=0.5),
        life=Life(water=0.2, clouds=0.2, breath=1),
        grade=Grade(saturation=-0.9, contrast=0.9),
    )
    sentence = described(ENGLISH, SEA, everything)
    assert "it begins to pour" in sentence
    assert "mist gathers" in sentence
    assert "the shadow of a cloud passes" in sentence
    assert "breathes" not in sentence
    assert sentence.count(",") <= 5


@pytest.mark.parametrize("move", [*Move])
@pytest.mark.parametrize("easing", [*Easing])
def test_every_move_is_one_plain_sentence(move, easing):
    sentence = described(ENGLISH, READING, moved(move, easing=easing))
    assert sentence.startswith("A dark, warm picture with light from the left: the camera ")
    assert sentence.count(".") == 1
    assert sentence.endswith(".")


@given(readings, directions)
def test_any_caption_is_one_sentence_that_is_read_at_a_glance(picture, direction):
    sentence = described(ENGLISH, picture, direction)
    assert len(sentence) <= LENGTH
    assert re.fullmatch(r"[^.\n]+: [^.\n]+\.", sentence)
    assert "  " not in sentence
    assert " and and " not in sentence
    assert not re.search(r" [,:.]|,,|None", sentence)


def reported(**changes):
    seconds = Timings(start=0, read=0, frames=0, encode=0, total=0)
    shot = Shot(still="0" * 64, line=(Beat(mood="", seed=1),))
    clip = {"frames": 96, "fps": 24, "width": 64, "height": 64, "seed": 1, "engine": "bars", "version": "0"}
    return Report(shot=shot, direction=STILL, picture=READING, seconds=seconds, peak_mb=0, **(clip | changes))


def test_what_was_made_smaller_is_said_in_one_sentence_each():
    assert asides(ENGLISH, reported(eased=(Eased.TILING,))) == []  # the clip is as it was asked
    assert len(asides(ENGLISH, reported(eased=(Eased.TILING, Eased.FRAMES)))) == 1
    said = asides(ENGLISH, reported(eased=(Eased.TILING, Eased.FRAMES, Eased.SIZE)))
    assert ["fewer frames" in said[0], "smaller" in said[1]] == [True, True]


def test_sound_is_announced():
    caption = sentences.caption(ENGLISH, reported(sound=True), Action.ANIMATE, [1], None)
    assert caption.splitlines()[0].endswith("It has sound.")
    assert "sound" not in sentences.caption(ENGLISH, reported(), Action.ANIMATE, [1], None)
