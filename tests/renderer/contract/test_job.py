"""The contract survives its trip as JSON, and takes nothing that we would not have written."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from renderer.contract.abilities import ABILITIES, MOST_PATIENCE, Abilities, Offer, check_possible, model_name, patience
from renderer.contract.direction import Camera, Direction, Easing, Move, Pace, Reading, Side
from renderer.contract.errors import BadJobError, CannotError, UnknownEngineError
from renderer.contract.job import Event, Job, Joint, Phase, Report, Result, Timings
from renderer.contract.redis_keys import queue_of
from renderer.contract.shot import (
    CLIP_LIMITS,
    SHORT_SIDES,
    STILL_LIMITS,
    WATCHABLE,
    Action,
    Anchor,
    Beat,
    Nudge,
    Shot,
    Take,
    clip_size,
    kind_of,
)
from tests.renderer.strategies import jobs, results, shots, take_ids, takes

SHOT = Shot(still="a" * 64, line=(Beat(mood="calm", seed=1),))
JOB = Job(take="b" * 20, attempt=1, shot=SHOT, byte_limit=10 * 2**20)
REPORT = Report(
    shot=SHOT,
    direction=Direction(camera=Camera(move=Move.PUSH_IN, amount=0.5), pace=Pace(easing=Easing.SETTLE, speed=0.2)),
    picture=Reading(brightness=0.5, warmth=-0.1, palette=("#102030",), light_from=Side.LEFT, subject=(0.2, 0.3)),
    frames=96,
    fps=24,
    width=1280,
    height=720,
    seed=1,
    engine="parallax",
    version="0.1.0",
    seconds=Timings(start=1.0, read=0.5, frames=2.0, encode=0.5, total=3.0),
    peak_mb=800.0,
    joint=Joint(position=0.1, speed=0.2),
)


@given(shots)
def test_shots_survive_json(shot):
    assert Shot.from_json(shot.to_json()) == shot


@given(takes)
def test_takes_survive_json(take):
    assert Take.from_json(take.to_json()) == take


@given(jobs)
def test_jobs_survive_json(job):
    assert Job.from_json(job.to_json()) == job


@given(results)
def test_results_survive_json(result):
    assert Result.from_json(result.to_json()) == result


def test_a_result_with_a_report_survives_json():
    result = Result(take="b" * 20, attempt=1, clip="c" * 64, report=REPORT)
    assert Result.from_json(result.to_json()) == result


@given(take_ids, st.none() | st.sampled_from(Phase), st.integers(0, 1000))
def test_events_survive_json(take, phase, done):
    event = Event(take=take, attempt=1, phase=phase, done=done, total=1000)
    assert Event.from_json(event.to_json()) == event


@given(jobs, jobs)
def test_a_job_id_names_take_and_attempt(job, other):
    same = (job.take, job.attempt) == (other.take, other.attempt)
    assert (job.id == other.id) == same


def test_values_are_frozen():
    for value in (SHOT, JOB, SHOT.beat, REPORT):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, None)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("take",), "b" * 19),
        (("take",), "B" * 20),
        (("take",), 5),
        (("attempt",), 0),
        (("attempt",), 1001),
        (("byte_limit",), 1),
        (("byte_limit",), 2**40),
        (("shot", "still"), "../../etc/passwd"),
        (("shot", "line"), []),
        (("shot", "line"), [{"mood": "", "seed": 1}] * 65),
        (("shot", "size"), 63),
        (("shot", "size"), 1081),
        (("shot", "engine"), "x" * 41),
        (("shot", "model"), "x" * 201),
        (("shot", "loop"), "perhaps"),
        (("shot", "line", 0, "mood"), "x" * 301),
        (("shot", "line", 0, "words"), ["x"] * 33),
        (("shot", "line", 0, "words"), ["x" * 301]),
        (("shot", "line", 0, "nudges"), [{"seed": 1, "strength": 0}]),
        (("shot", "line", 0, "nudges"), [{"seed": 1, "strength": 0.5}] * 33),
        (("shot", "line", 0, "seed"), -1),
        (("shot", "line", 0, "seed"), 2**48),
        (("shot", "line", 0, "seconds"), 1.9),
        (("shot", "line", 0, "seconds"), 8.1),
        (("shot", "line", 0, "seconds"), float("nan")),
        (("shot", "line", 0, "anchor"), "middle"),
        (("extra",), 1),
        (("shot", "extra"), 1),
    ],
)
def test_a_job_out_of_bounds_is_refused_with_its_place(path, wrong):
    fields = json.loads(JOB.to_json())
    place = fields
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    with pytest.raises(BadJobError) as caught:
        Job.from_json(json.dumps(fields))
    assert str(caught.value.data["where"]).startswith(".".join(str(step) for step in path))


@given(st.text() | st.binary())
def test_anything_else_is_refused_and_never_an_odd_error(text):
    with pytest.raises(BadJobError):
        Job.from_json(text)


@pytest.mark.parametrize("field", ["take", "attempt", "shot", "byte_limit"])
def test_a_job_without_a_field_is_refused(field):
    fields = json.loads(JOB.to_json())
    del fields[field]
    with pytest.raises(BadJobError):
        Job.from_json(json.dumps(fields))


def test_the_contract_is_checked_where_it_is_written_too():
    with pytest.raises(ValidationError):
        Nudge(seed=1, strength=2.0)


@given(shots)
def test_a_shot_has_24_frames_a_second(shot):
    assert abs(shot.frame_count / 24 - shot.beat.seconds) <= 0.5 / 24
    assert shot.beat is shot.line[-1]


def test_what_no_engine_can_do_is_refused(monkeypatch):
    monkeypatch.setitem(ABILITIES, "plain", Abilities())
    shot = dataclasses.replace(SHOT, engine="plain")
    check_possible(shot)
    with pytest.raises(CannotError) as caught:
        check_possible(dataclasses.replace(shot, loop=True))
    assert caught.value.data == {"engine": "plain", "what": "loop"}
    led = dataclasses.replace(shot, line=(dataclasses.replace(SHOT.beat, anchor=Anchor.LAST), SHOT.beat))
    with pytest.raises(CannotError) as caught:
        check_possible(led)
    assert caught.value.data == {"engine": "plain", "what": "anchor"}


def test_what_a_workers_own_model_cannot_do_is_refused():
    shot = dataclasses.replace(SHOT, engine="diffusion", model="mine:draft", loop=True)
    check_possible(shot)
    with pytest.raises(CannotError) as caught:
        check_possible(shot, Abilities())
    assert caught.value.data == {"engine": "diffusion:mine:draft", "what": "loop"}


def test_a_model_that_needs_both_ends_makes_loops_and_nothing_else():
    both_ends = Abilities(anchors=frozenset(), loop=True)
    shot = dataclasses.replace(SHOT, engine="diffusion", model="ends", line=(SHOT.beat,))
    check_possible(dataclasses.replace(shot, loop=True), both_ends)
    with pytest.raises(CannotError) as caught:
        check_possible(dataclasses.replace(shot, loop=False), both_ends)
    assert caught.value.data["what"] == "anchor"


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("wan2.2-ti2v-5b:draft", "wan2.2-ti2v-5b:draft"),
        ("/models/mine", "mine"),
        ("/models/mine:draft", "mine:draft"),
        ("models\\mine\\", "mine"),
        ("", ""),
    ],
)
def test_a_model_goes_by_one_name_wherever_it_lies(setting, name):
    assert model_name("diffusion", setting) == name


@pytest.mark.parametrize("engine", ["parallax", "bars"])
def test_engines_without_models_are_of_one_kind(engine):
    assert kind_of(engine, model_name(engine, "wan2.2-ti2v-5b")) == engine


def test_every_kind_has_its_own_queue():
    kinds = ["bars", "diffusion:a", "diffusion:a:draft", "diffusion:b"]
    assert len({queue_of(kind) for kind in kinds}) == len(kinds)


def test_an_offer_survives_json_and_says_its_kind():
    offer = Offer(engine="diffusion", model="a", abilities=Abilities(neighbour=True), ready=False)
    assert Offer.from_json(offer.to_json()) == offer
    assert offer.kind == dataclasses.replace(SHOT, engine="diffusion", model="a").kind


def test_a_render_may_take_long_where_the_engine_does():
    assert patience("bars") == patience("parallax") < patience("diffusion") <= MOST_PATIENCE


def test_an_unknown_engine_is_answered_with_the_choices():
    with pytest.raises(UnknownEngineError) as caught:
        check_possible(dataclasses.replace(SHOT, engine="magic"))
    assert caught.value.data == {"name": "magic", "choices": ", ".join(ABILITIES)}


sides = st.integers(STILL_LIMITS["shortest"], 6000)


@given(sides, sides, st.integers(*SHORT_SIDES))
def test_a_clip_has_even_sides_and_the_stills_aspect(height, width, short_side):
    clip_height, clip_width = clip_size(height, width, short_side)
    assert clip_height % 2 == clip_width % 2 == 0
    # One scale explains both sides, each rounded to the next even number.
    assert (clip_height - 1) / height <= (clip_width + 1) / width + 1e-9
    assert (clip_width - 1) / width <= (clip_height + 1) / height + 1e-9


@given(sides, sides, st.integers(*SHORT_SIDES))
def test_no_clip_is_larger_than_players_take_or_than_was_asked(height, width, short_side):
    clip_height, clip_width = clip_size(height, width, short_side)
    assert clip_height <= CLIP_LIMITS["rows"]
    assert max(clip_height, clip_width) <= CLIP_LIMITS["side"]
    assert min(clip_height, clip_width) <= short_side + 1


@given(sides, sides, st.integers(*SHORT_SIDES))
def test_a_still_is_enlarged_to_what_can_be_watched_and_no_further(height, width, short_side):
    shortest = min(clip_size(height, width, short_side))
    assert shortest <= max(min(height, width), WATCHABLE) + 1
    if max(height, width) <= STILL_LIMITS["aspect"] * min(height, width) <= CLIP_LIMITS["rows"]:
        assert shortest >= min(short_side, max(min(height, width), WATCHABLE)) - 1


@pytest.mark.parametrize(
    ("still", "asked", "clip"),
    [
        ((1920, 864), 1080, (1920, 864)),  # a phone's screenshot
        ((480, 1920), 1080, (480, 1920)),
        ((1080, 1920), 720, (720, 1280)),
        ((300, 400), 720, (360, 480)),
        ((64, 64), 64, (64, 64)),
    ],
)
def test_clips_are_as_large_as_asked_and_as_the_still(still, asked, clip):
    assert clip_size(*still, asked) == clip


def test_every_action_has_a_word():
    words = {"animate", "reroll", "subtle", "strong", "nudge", "after", "before", "reel"}
    assert {str(action) for action in Action} == words
