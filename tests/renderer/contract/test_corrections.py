"""What a member says against the reading is heard, and steers nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.contract.corrections import KEPT, corrections_of, heard, plainly, without_corrections
from renderer.contract.direction import FEATURES, PLACES, Corrections
from renderer.contract.shot import Beat, Shot


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
    ("said", "present"),
    [
        ("this is water", {"water"}),
        ("That\u2019s the sea!", {"water"}),
        ("those are trees", {"plants"}),
        ("there are people", {"people"}),
        ("there's a river here", {"water"}),
        ("the lower part is really water", {"water"}),
        ("this is a drawing", {"drawing"}),
        ("that is the moon", {"sun"}),
        ("slower, and that's actually grass", {"plants"}),
        ("this is water and those are lanterns", {"water", "lamps"}),
    ],
)
def test_what_is_there_is_heard_and_moves_nothing(said, present):
    assert heard([said]) == Corrections(present=frozenset(present))
    rest = re.findall(r"\w+", without_corrections(said))
    assert set(rest) <= {"slower", "and", "here"}


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("slow down the waves", {"water"}),
        ("the river runs", {"water"}),
        ("make the dark water shimmer", {"water"}),
        ("the lake's surface ripples", {"water"}),
        ("nothing moves but the water", {"water"}),
        ("water rushing over stones", {"water"}),
        ("rippling water at dawn", {"water"}),
        ("the grass sways", {"plants"}),
        ("gently swaying trees", {"plants"}),
        ("leaves softly rustle", {"plants"}),
        ("clouds drift", {"sky"}),
        ("let the sky darken", {"sky"}),
        ("the lights flicker, waves crash", {"lamps", "water"}),
    ],
)
def test_what_a_wish_speaks_of_as_in_view_is_there(said, present):
    assert heard([said]) == Corrections(present=frozenset(present))
    assert without_corrections(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "a sea of lights",
        "the sea of lights",
        "lost in the waves of nostalgia",
        "waves of nostalgia wash over me",
        "a flood of memories",
        "the river of time",
        "starry-eyed",
        "sea-green and sky-blue",
        "the sea captain",
        "the water bottle",
        "the sky is the limit",
        "time flows like the river",
        "as calm as the sea",
        "the sound of the sea",
        "without the trees",
        "the woman waves",
        "he waves slowly",
        "the man leaves",
        "the camera waves hello",
        "let it rain",
        "snow falls",
        "falling leaves",
        "petals drift by",
        "add waves",
        "a calm sea",
        "no clouds",
        "candle light flickers",
        "dim light",
        "the light warms",
        "the sun sets",
        "her hair waves",
        "this is a light, airy scene",
        "it is a sea of light",
    ],
)
def test_metaphors_weather_and_what_is_to_come_say_nothing_of_the_picture(said):
    assert heard([said]) == Corrections()
    assert without_corrections(said) == said


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
    ],
)
def test_moods_and_wishes_correct_nothing(said):
    assert heard([said]) == Corrections()
    assert without_corrections(said) == said


def test_the_latest_word_counts():
    assert heard(["the dog is closer", "the dog is farther away"]) == Corrections(farther=frozenset({"dog"}))
    assert heard(["that is not water", "that is water"]) == Corrections(present=frozenset({"water"}))
    assert heard(["that is water", "that is not water"]) == Corrections(absent=frozenset({"water"}))
    assert heard(["that is not water", "calm the waves"]) == Corrections(present=frozenset({"water"}))
    assert heard(["that is not water, so stop the waves"]) == Corrections(absent=frozenset({"water"}))


def test_what_remains_says_what_else_was_said():
    remains = without_corrections("The dog is closer, slow push in. That's not water!")
    assert "dog" not in remains
    assert "water" not in remains
    assert "slow push in" in remains


CHOSEN = st.dictionaries(st.sampled_from(FEATURES), st.booleans())


@given(chosen=CHOSEN)
def test_what_is_chosen_from_a_list_is_heard_again_and_moves_nothing(chosen):
    corrections = Corrections(
        present=frozenset(each for each, there in chosen.items() if there),
        absent=frozenset(each for each, there in chosen.items() if not there),
    )
    assert heard([plainly(corrections)]) == corrections
    assert not re.findall(r"\w", without_corrections(plainly(corrections)))


def test_a_line_is_heard_before_what_the_family_says():
    beats = (Beat(mood="that is not water", seed=1), Beat(mood="calm", seed=1, words=("the dog is closer",)))
    said = Corrections(present=frozenset({"water"}), farther=frozenset({"tree"}))
    shot = Shot(still="a" * 64, line=beats, corrections=said)
    both = Corrections(present=frozenset({"water"}), nearer=frozenset({"dog"}), farther=frozenset({"tree"}))
    assert corrections_of(shot) == both


def test_only_so_much_is_remembered_and_the_latest_of_it():
    names = [f"{one}{other}o" for one in "bdfgklmnprst" for other in "aeiou"]
    everything = heard(f"the {name} is closer" for name in names)
    assert len(names) > len(everything.nearer) == KEPT
    assert names[-1] in everything.nearer


@given(said=st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_features_that_exist(said):
    assert heard(said).absent | heard(said).present <= set(FEATURES)


@given(place=st.sampled_from(PLACES), side=st.sampled_from(["closer", "farther away"]))
def test_every_place_is_known_by_its_own_name(place, side):
    verb = "are" if place in {"plants", "people"} else "is"
    corrections = heard([f"the {place} {verb} {side}"])
    assert (corrections.nearer or corrections.farther) == {place}
