"""What a nudge changed and what stayed, in one sentence."""

from dataclasses import replace

import pytest
from hypothesis import given

from bot.language.fluent import LANGUAGES, language
from bot.wording.changes import what_changed
from renderer.contract.direction import Camera, Direction, Easing, Light, Move, Pace, Weather
from tests.renderer.strategies import directions
from tests.stage import POSED

PUSH = Direction(
    camera=Camera(move=Move.PUSH_IN, amount=0.8), pace=Pace(easing=Easing.SMOOTH, speed=0.6), light=Light(warmth=0.5)
)
SLOW = replace(PUSH, pace=replace(PUSH.pace, speed=0.3))


def told(before, after, code="en", unheard=()):
    return what_changed(
        language(code), replace(POSED, direction=before), replace(POSED, direction=after, unheard=unheard)
    )


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (SLOW, "Now it goes slower; what stayed: the push in and the light's colour."),
        (
            replace(SLOW, weather=Weather(snow=0.6)),
            "Now it goes slower and it snows; what stayed: the push in and the light's colour.",
        ),
        (
            replace(PUSH, camera=replace(PUSH.camera, move=Move.STILL)),
            "Now the camera holds still; what stayed: the light's colour.",
        ),
        (PUSH, "Nothing that I could see has changed: it was so already, or I read your words the same way."),
    ],
)
def test_what_changed_is_said_in_one_sentence(after, said):
    assert told(PUSH, after) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "Jetzt: es geht langsamer; geblieben: die Fahrt heran und die Farbe des Lichts."),
        ("es", "Ahora: va más despacio; se mantiene: el acercamiento y el color de la luz."),
    ],
)
def test_in_each_language(code, said):
    assert told(PUSH, SLOW, code) == said


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_of_no_use_are_said_to_be_so_and_are_harmless(code):
    said = told(PUSH, SLOW, code, unheard=("*xyzzy* @everyone",))
    assert r"\*xyzzy\*" in said
    assert "@everyone" not in said


@given(directions, directions)
def test_any_change_is_told_in_words_of_each_language(before, after):
    for code in LANGUAGES:
        said = told(before, after, code)
        assert said.count(".") == 1
        assert len(said) < 500
