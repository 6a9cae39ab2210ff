"""What was read, in words."""

from dataclasses import replace

from renderer.cli.sheets.words import percent, words_of
from renderer.contract.direction import DepthSource
from tests.renderer.cli.sheets.pictures import READING, kinds, page, shore


def test_what_was_read_is_told_in_a_few_lines():
    assert words_of(shore()) == (
        "Shore and a person: dark, warm.",
        "Seen: sky 40 %, clouds 10 %, water 60 %.",
        "May move by itself: sky 40 %, water 30 %.",
        "Kept as it is: 10 %.",
        "Horizon at 0.40; light from the left; the sun at 0.90, 0.10; 1 light; 1 face; the subject at 0.50, 0.50.",
        "3 layers by cues, sure 0.75.",
        "A drawing: no.",
    )


def test_a_drawing_is_told_as_one():
    _, picture = page()
    lines = words_of(picture)
    assert lines[0] == "A drawing: bright, neutral in colour."
    assert lines[1:3] == ("Seen: neither sky, water nor plants.", "May move by itself: nothing.")
    assert lines[-1] == "A drawing: yes, so it moves as one plane."
    assert not any("layer" in line for line in lines)


def test_a_picture_without_a_name_is_told_by_what_fills_it():
    nameless = replace(READING, shows=(), people=0, lamps=(), faces=0, brightness=0.7, warmth=-0.2)
    assert words_of(shore(reading=nameless))[0] == "Sky and water: bright, cool."
    assert words_of(shore(reading=replace(nameless, people=3)))[0] == "3 people: bright, cool."
    assert words_of(shore(reading=nameless, kinds=kinds()))[0] == "Nothing that has a name: bright, cool."


def test_a_network_is_told_from_cues():
    assert words_of(shore(reading=replace(READING, depth=DepthSource.MODEL)))[5].startswith(
        "3 layers by a depth network"
    )


def test_a_share_that_is_there_is_never_none():
    assert [percent(share) for share in (0, 0.001, 0.0051, 0.434, 1)] == ["0 %", "under 1 %", "1 %", "43 %", "100 %"]
