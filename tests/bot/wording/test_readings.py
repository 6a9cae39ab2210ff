"""What was read is corrected from a list, asked about where it is unsure, and said in each reader's language."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fluent import LANGUAGES, language
from bot.wording import sentences
from bot.wording.changes import what_changed
from bot.wording.readings import Choice, choices, chosen, in_words
from renderer.contract.corrections import PLAIN, heard, plainly
from renderer.contract.direction import FEATURES, Corrections, Lamp
from renderer.contract.shot import Action
from tests.renderer.strategies import readings
from tests.stage import POSED

ENGLISH = language("en")
LAMP = Lamp(x=0.5, y=0.5, size=0.1, warmth=1)
POND = replace(POSED.picture, sky=0.4, lamps=(LAMP,) * 3, water=0.02, unsure=("water",))
IS_WATER, NO_WATER = "this is water", "that is not water"


def offered(picture, code="en"):
    return {each.value: each for each in choices(language(code), picture)}


def test_the_opposite_of_what_was_read_is_offered_what_is_unsure_first_and_both_ways():
    said = offered(POND)
    assert [*said][:4] == ["there:water", "not:water", "not:sky", "not:lamps"]
    sky = Choice(value="not:sky", label="There is no sky", description="I saw it on 40 % of the picture")
    assert said["not:sky"] == sky
    assert said["not:lamps"].description == "I saw 3"
    people = Choice(value="there:people", label="There are people", description="I saw none")
    assert said["there:people"] == people
    assert not {"there:sky", "not:people", "there:sun", "there:lettering"} & said.keys()
    assert offered(POND, "de")["not:sky"].label == "Da ist kein Himmel"


def test_in_a_drawing_nothing_is_offered_that_would_not_change_it():
    assert [*offered(replace(POSED.picture, drawing=True, lettering=0.1))] == ["not:lettering", "not:drawing"]


@given(readings, st.sampled_from(LANGUAGES))
def test_a_list_is_one_that_discord_takes(picture, code):
    found = choices(language(code), picture)
    assert 0 < len(found) <= 25
    assert len({each.value for each in found}) == len(found)
    assert all(0 < len(part) <= 100 for each in found for part in (each.label, each.description))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("feature", FEATURES)
def test_what_is_chosen_is_heard_by_the_renderer_and_read_in_each_language(code, feature):
    for value, expected in (
        (f"there:{feature}", Corrections(present=frozenset({feature}))),
        (f"not:{feature}", Corrections(absent=frozenset({feature}))),
    ):
        words = plainly(chosen([value]))
        assert heard([words]) == expected
        said = in_words(language(code), words)
        assert said == (words if code == "en" else said)
        assert (said in PLAIN[feature]) == (code == "en")


def test_several_are_listed_and_own_words_stay_as_they_are():
    words = plainly(chosen(["there:water", "not:sky"]))
    assert in_words(language("de"), words) == "das ist Wasser und da ist kein Himmel"
    assert in_words(language("es"), words) == "es agua y no hay cielo"
    assert in_words(language("de"), "that is NOT water") == "that is NOT water"
    assert in_words(ENGLISH, "") == ""


def test_values_of_nobodys_making_say_nothing():
    assert chosen(["there:gold", "maybe:water", "", "not", "water"]) == Corrections()


def test_what_was_corrected_is_noted_where_it_was_read_otherwise():
    def nudged(words, before):
        shot = replace(POSED.shot, line=(replace(POSED.shot.beat, words=(words,)),))
        return what_changed(ENGLISH, replace(POSED, picture=before), replace(POSED, shot=shot, picture=before))

    assert nudged("that is not water", POND) == "Noted: that is not water."
    assert nudged("this is water", POSED.picture) == "Noted: this is water."
    assert not nudged("calm the water", POND).startswith("Noted")


def caption(picture, action=Action.ANIMATE, words=(), **changes):
    report = replace(POSED, picture=picture, shot=replace(POSED.shot, line=(replace(POSED.shot.beat, words=words),)))
    return sentences.caption(ENGLISH, report, action, [1], None, **changes)


def test_what_is_unsure_is_asked_about_once():
    question = "Is that water? Say so, or press **Correct…**, and it moves."
    assert question in caption(POND)
    assert f"||{question}||" in caption(POND, covered=True)
    assert question not in caption(POND, Action.REROLL)
    assert question not in caption(POND, words=("that is not water",))
    assert question not in caption(POND, words=("calm the waves",))
    assert "?" not in caption(replace(POND, unsure=("of_a_later_version",)))
