import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fluent import LANGUAGES, language
from bot.rules.fleet import Footing, Outlook
from bot.wording import sentences
from renderer.contract.direction import Camera, Direction, Easing, Move, Pace, Reading
from renderer.contract.errors import ERRORS
from renderer.contract.job import Phase, Place, Policy, Report, Safety, Timings
from renderer.contract.shot import Action, Beat, Shot

ENGLISH = language("en")


def outlook(mood="", engine="parallax", model="", **changes):
    shot = Shot(still="0" * 64, line=(Beat(mood=mood, seed=1),), engine=engine, model=model)
    return Outlook(**{"shot": shot, "footing": Footing.SERVED, "place": 0, "ready_at": 60.0} | changes)


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_error_has_a_sentence(code):
    data = dict.fromkeys(("limit", "engine", "what", "name", "choices", "why", "package", "where", "format"), "7")
    assert sentences.problem(ENGLISH, code, data | {"limit": 7}).endswith(".")


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("of_a_later_version", {}),
        ("", {"limit": 1}),
        ("cannot", {}),  # without what it speaks of
        ("worker_lost", {"tries": 2}),
        ("too_small", {"limit": float("inf")}),
        ("\n# x", {"why": "**"}),
    ],
)
@pytest.mark.parametrize("code_of_language", LANGUAGES)
def test_what_this_version_has_no_words_for_is_told_as_unexpected(code, data, code_of_language):
    """A worker's of a later version, or what one wrote into the record."""
    own = language(code_of_language)
    assert sentences.problem(own, code, data) == own.say("problem-unexpected")
    assert sentences.explanation(own, code, data).endswith(own.say("problem-unexpected"))


def test_what_a_worker_says_of_a_problem_does_nothing():
    said = sentences.explanation(ENGLISH, "unknown_engine", {"name": "@everyone **" * 100, "choices": "x"})
    assert "@everyone" not in said
    assert "\\*\\*" in said
    assert len(said) < 500


@pytest.mark.parametrize("code", ["held_back", "missing_permissions"])
def test_an_explanation_names_what_is_no_longer_allowed(code):
    assert "attach files" in sentences.explanation(ENGLISH, code, {"lacking": "view_channel,attach_files"})


def test_limits_are_said_in_units_that_people_use():
    assert "25 MiB" in sentences.problem(ENGLISH, "too_many_bytes", {"limit": 25 * 2**20})
    assert "64 megapixels" in sentences.problem(ENGLISH, "too_many_pixels", {"limit": 64_000_000})
    assert "64 pixels" in sentences.problem(ENGLISH, "too_small", {"limit": 64.0})


def test_who_cancelled_is_said():
    assert sentences.explanation(ENGLISH, "cancelled", {"by": "7"}) == "✖️ Cancelled by <@7>."
    assert sentences.explanation(ENGLISH, "cancelled", {}) == "✖️ Cancelled."


@given(st.text(max_size=300))
def test_quoted_words_mention_nobody_and_stay_on_one_line(words):
    quoted = sentences.quote(f"{words} @everyone <@&123456789012345678> @here")
    assert not re.search(r"@everyone|@here|<@&", quoted)
    assert "\n" not in quoted


@given(st.text(max_size=300))
def test_a_thread_always_has_a_name_that_discord_takes(mood):
    assert 1 <= len(sentences.thread_name(ENGLISH, mood)) <= 100


def test_progress_fills_the_bar():
    assert sentences.progress(ENGLISH, Phase.FRAMES, 0, 96).count("█") == 0
    assert sentences.progress(ENGLISH, Phase.FRAMES, 96, 96).count("█") == sentences.BAR
    assert "100 %" in sentences.progress(ENGLISH, Phase.FRAMES, 96, 96)
    assert "%" not in sentences.progress(ENGLISH, Phase.LOADING, 0, 0)


def test_an_imagined_clip_counts_its_steps():
    assert "step 3 of 20 · imagining it" in sentences.progress(ENGLISH, Phase.STEPS, 3, 20)


def test_a_quick_profile_is_said_in_words():
    assert sentences.engine(ENGLISH, "diffusion", "wan2.2-ti2v-5b:draft") == "diffusion · wan2.2-ti2v-5b (quick)"
    assert sentences.engine(ENGLISH, "parallax", "") == "parallax"


def test_a_hostile_models_name_stays_harmless():
    for footing in Footing:
        assert "@everyone" not in sentences.waiting(
            ENGLISH, outlook(engine="diffusion", model="@everyone", footing=footing)
        )


@pytest.mark.parametrize("action", Action)
def test_every_action_has_words(action):
    assert "<@7>" in sentences.asked(ENGLISH, action, [7], ["slower"])


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_words(phase):
    assert " · " in sentences.progress(ENGLISH, phase, 1, 2)


def test_the_queue_is_readable():
    text = sentences.queue(ENGLISH, [outlook(mood="late *summer*"), outlook(place=4, ready_at=90.0)], 7)
    assert "1. in line, ready about <t:60:R>" in text
    assert r"late \*summer\*" in text
    assert "the picture decides" in text
    assert text.endswith("7 takes wait in all.")


def report(**fields):
    """A report of a shot with these fields."""
    shot = Shot(still="a" * 64, line=(Beat(mood="calm", seed=1),), **fields)
    return Report(
        shot=shot,
        direction=Direction(camera=Camera(move=Move.STILL, amount=0), pace=Pace(easing=Easing.SMOOTH, speed=0.5)),
        picture=Reading(brightness=0.5, warmth=0, palette=()),
        frames=96,
        fps=24,
        width=1280,
        height=720,
        seed=1,
        engine=shot.engine,
        version="1",
        seconds=Timings(start=1, read=1, frames=1, encode=1, total=3),
        peak_mb=1,
    )


def test_a_caption_says_that_a_machine_imagined_the_clip():
    """The licences of some models ask for it; a still that is only moved was not imagined."""
    imagined = sentences.caption(ENGLISH, report(engine="diffusion", model="ltx-2:draft"), Action.ANIMATE, [7], None)
    assert "imagined by a machine: diffusion · ltx-2 (quick)" in imagined
    assert "machine" not in sentences.caption(ENGLISH, report(), Action.ANIMATE, [7], None)


@pytest.mark.parametrize("place", Place)
def test_a_caption_says_why_a_clip_is_covered(place):
    flagged = Safety(flagged=True, score=0.9, where=place, policy=Policy.SPOILER)
    assert ENGLISH.say(f"covered-{place}") in sentences.caption(
        ENGLISH, replace(report(), safety=flagged), Action.ANIMATE, [7], None
    )
    for safety in (replace(flagged, flagged=False), replace(flagged, policy=Policy.ALLOW), None):
        said = sentences.caption(ENGLISH, replace(report(), safety=safety), Action.ANIMATE, [7], None)
        assert "covered" not in said
