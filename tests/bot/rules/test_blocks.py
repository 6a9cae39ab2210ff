"""What counts as a blocked word or picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.blocks import alike, blocked_word, plain
from renderer.programs.canonical import canonical
from tests.pictures import encoded, hills, quarters


@pytest.mark.parametrize(
    "said",
    [
        "heck",
        "HECK",
        "what the heck!",
        "h.e.c.k",
        "h e c k",
        "h3ck",
        "he\u200bck",
        "h\u0335e\u0335c\u0335k\u0335",
        "\uff48\uff45\uff43\uff4b",
        "**heck**",
    ],
)
def test_a_blocked_word_is_found_however_it_is_dressed(said):
    assert blocked_word(said, ["heck"]) == "heck"


@pytest.mark.parametrize("said", ["checkered light", "heckler", "he c", "", "🌊", "h e"])
def test_other_words_pass(said):
    assert blocked_word(said, ["heck"]) is None


def test_an_asterisk_stands_for_all_that_begin_so():
    assert blocked_word("a heckler", ["heck*"]) == "heck*"
    assert blocked_word("check", ["heck*"]) is None


def test_phrases_are_found_across_spaces_and_marks():
    assert blocked_word("make  it,  go-away now", ["go away"]) == "go away"


@pytest.mark.parametrize("word", ["", "*", "!!", "  "])
def test_an_empty_word_blocks_nothing(word):
    assert blocked_word("anything at all", [word]) is None


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=5))
def test_any_text_against_any_list(text, words):
    found = blocked_word(text, words)
    assert found is None or found in words
    assert plain(plain(text)) == plain(text)


def test_another_file_of_a_picture_is_alike_and_another_picture_is_not():
    one = canonical(encoded(hills(), "PNG")).likeness
    smaller = hills().resize((320, 213))
    assert alike(one, canonical(encoded(smaller, "JPEG")).likeness)
    assert not alike(one, canonical(encoded(hills().rotate(180), "PNG")).likeness)


def test_plain_pictures_are_never_alike():
    plain_one = canonical(encoded(quarters())).likeness
    assert not alike(plain_one, plain_one)
    assert not alike("", plain_one)
