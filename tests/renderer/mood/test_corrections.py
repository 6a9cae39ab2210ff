"""What a member says against the reading is heard, and steers nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.contract.direction import FEATURES, PLACES, Corrections
from renderer.mood.corrections import heard, without_corrections


@pytest.mark.parametrize(
    ("said", "absent"),
    [
        ("that is not water", {"water"}),
        ("That's not water!", {"water"}),
        ("that isn\u2019t really water", {"water"}),
        ("those aren't clouds", {"sky"}),
        ("there's no sky", {"sky"}),
        ("there is no sky here, make it warmer", {"sky"}),
        ("there isn't any grass", {"plants"}),
        ("it isn't a person", {"people"}),
        ("there are no people in this picture", {"people"}),
        ("that's not text", {"lettering"}),
        ("these are not letters", {"lettering"}),
        ("those are not lights", {"lamps"}),
        ("that is no sun", {"sun"}),
        ("the floor is not water", {"water"}),
        ("I see no water and there is no sky", {"water", "sky"}),
        ("slower, that is not water", {"water"}),
    ],
)
def test_what_is_not_there_is_heard(said, absent):
    assert heard([said]) == Corrections(absent=frozenset(absent))


@pytest.mark.parametrize(
    ("said", "nearer", "farther"),
    [
        ("the dog is closer", {"dog"}, set()),
        ("the golden retriever is much closer", {"golden retriever"}, set()),
        ("The mountains are farther away", set(), {"mountain"}),
        ("the mountains should be further back", set(), {"mountain"}),
        ("the left is nearer", {"left"}, set()),
        ("the left side is nearer than the right", {"left"}, set()),
        ("the foreground is closer", {"bottom"}, set()),
        ("it's closer", {"subject"}, set()),
        ("she is in the background", set(), {"people"}),
        ("the sea is farther", set(), {"water"}),
        ("the dog is closer and the house is farther away", {"dog"}, {"house"}),
    ],
)
def test_what_is_nearer_or_farther_is_heard(said, nearer, farther):
    assert heard([said]) == Corrections(nearer=frozenset(nearer), farther=frozenset(farther))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "no water",
        "no snow please",
        "closer",
        "come closer to the dog",
        "the end is nearer",
        "the camera is closer",
        "that is not dark enough",
        "not water colours",
        "she is far away",
        "winter is closer",
        "nothing moves but the water",
    ],
)
def test_moods_and_wishes_correct_nothing(said):
    assert heard([said]) == Corrections()
    assert without_corrections(said) == said


def test_the_latest_word_counts():
    assert heard(["the dog is closer", "the dog is farther away"]) == Corrections(farther=frozenset({"dog"}))
    assert heard(["that is not water", "that is water"]) == Corrections()


def test_what_remains_says_what_else_was_said():
    remains = without_corrections("The dog is closer, slow push in. That's not water!")
    assert "dog" not in remains
    assert "water" not in remains
    assert "slow push in" in remains


@given(said=st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_features_that_exist(said):
    assert heard(said).absent <= set(FEATURES)


@given(place=st.sampled_from(PLACES), side=st.sampled_from(["closer", "farther away"]))
def test_every_place_is_known_by_its_own_name(place, side):
    verb = "are" if place in {"plants", "people"} else "is"
    corrections = heard([f"the {place} {verb} {side}"])
    assert (corrections.nearer or corrections.farther) == {place}
