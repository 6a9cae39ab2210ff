"""Words that bots and workers of different versions meet by: a rename in the code must leave them as they are."""

import json
from dataclasses import replace

import pytest

from renderer.contract import lineage, redis_keys
from renderer.contract.abilities import Abilities, Offer
from renderer.contract.direction import Corrections
from renderer.contract.errors import BadJobError
from renderer.contract.job import Eased, Event, Job, Phase, Policy, Problem, Result, Safety
from renderer.contract.shot import Anchor, Beat, Nudge, Shot
from tests.stage import POSED

CALM = Beat(mood="calm", seed=1)
SLOWER = Beat(mood="calm", seed=5, words=("slower",), nudges=(Nudge(seed=2, strength=0.25),), anchor=Anchor.LAST)
CONTINUED = Shot(still="a" * 64, line=(CALM, SLOWER), neighbour="c" * 20)
JOB = (
    '{"take":"bbbbbbbbbbbbbbbbbbbb","attempt":2,"shot":{"still":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",'
    '"line":[{"mood":"calm","seed":1,"words":[],"nudges":[],"seconds":4.0,"anchor":"first","steer":null},'
    '{"mood":"calm","seed":5,"words":["slower"],"nudges":[{"seed":2,"strength":0.25}],"seconds":4.0,"anchor":"last","steer":null}],'
    '"engine":"parallax","model":"","size":720,"loop":false,"neighbour":"cccccccccccccccccccc","scenes":[]},"byte_limit":10485760,'
    '"neighbour":"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd","scenes":[],"policy":"spoiler"}'
)
OFFER = (
    '{"engine":"diffusion","model":"ltx-2","abilities":{"anchors":["last"],"loop":false,"sound":true,"neighbour":false},'
    '"ready":false}'
)
RESULT = (
    '{"take":"bbbbbbbbbbbbbbbbbbbb","attempt":2,"clip":null,"report":null,'
    '"problem":{"code":"unsafe","data":{"where":"clip"}}}'
)


def test_the_one_function_has_its_name_on_the_wire():
    """RQ never imports it: the queue's guard compares the word. A worker of another version refuses any other."""
    assert redis_keys.RENDER == "renderer.worker.render"


def test_every_key_has_its_name():
    named = {
        redis_keys.still_key: "unstill:still:x",
        redis_keys.clip_key: "unstill:clip:x",
        redis_keys.poster_key: "unstill:poster:x",
        redis_keys.result_key: "unstill:result:x",
        redis_keys.alive_key: "unstill:alive:x",
        redis_keys.cancel_key: "unstill:cancel:x",
        redis_keys.offer_key: "unstill:offer:x",
        redis_keys.queue_of: "unstill:x",
    }
    assert {key: key("x") for key in named} == named
    assert (redis_keys.EVENTS, redis_keys.OFFERS) == ("unstill:events", "unstill:offer:")


def test_what_version_0_1_wrote_is_read():
    job = Job(
        take="b" * 20,
        attempt=2,
        shot=CONTINUED,
        byte_limit=10 * 2**20,
        neighbour="d" * 64,
        policy=Policy.SPOILER,
    )
    assert Job.from_json(JOB) == job
    assert job.id == "bbbbbbbbbbbbbbbbbbbb-2"
    abilities = Abilities(anchors=frozenset({Anchor.LAST}), sound=True)
    assert Offer.from_json(OFFER) == Offer(engine="diffusion", model="ltx-2", abilities=abilities, ready=False)
    problem = Problem(code="unsafe", data={"where": "clip"})
    assert Result.from_json(RESULT) == Result(take="b" * 20, attempt=2, problem=problem)
    event = '{"take":"bbbbbbbbbbbbbbbbbbbb","attempt":2,"phase":"frames","done":3,"total":96}'
    assert Event.from_json(event) == Event(take="b" * 20, attempt=2, phase=Phase.FRAMES, done=3, total=96)


def test_what_a_family_says_travels_with_a_shot_and_nothing_else_does_where_it_is_silent():
    """So workers and records of before read what says nothing new."""
    assert '"corrections"' not in CONTINUED.to_json()
    said = Corrections(absent=frozenset({"water", "sky"}), present=frozenset({"sun", "plants", "lamps"}))
    raw = replace(CONTINUED, corrections=said).to_json()
    assert raw.endswith(
        '"corrections":{"absent":["sky","water"],"present":["lamps","plants","sun"],"nearer":[],"farther":[]}}'
    )
    assert Shot.from_json(raw) == replace(CONTINUED, corrections=said)


def with_more(value, **kept):
    """The JSON of what a later version would say: one field more in every part, and what is `kept` in its stead."""

    def grown(part):
        if isinstance(part, dict):
            return {name: grown(each) for name, each in part.items()} | {"colour": "red"}
        return [grown(each) for each in part] if isinstance(part, list) else part

    return json.dumps(grown(json.loads(value.to_json())) | kept)


def test_what_a_later_worker_says_beyond_what_is_known_here_is_left_out():
    """At any depth, and in lists of what it can do or did."""
    report = replace(POSED, eased=(Eased.SIZE,))
    result = Result(take="b" * 20, attempt=2, clip="c" * 64, report=report)
    raw = with_more(result).replace('"eased": ["size"]', '"eased": ["steps", "size"]')
    assert "steps" in raw
    assert Result.from_json(raw) == result
    event = Event(take="b" * 20, attempt=2, phase=Phase.FRAMES, done=3, total=96)
    assert Event.from_json(with_more(event)) == event
    problem = Problem(code="of_a_later_version", data={"why": "so"})
    assert Problem.from_json(problem.to_json()) == problem
    offer = Offer.from_json(OFFER)
    assert Offer.from_json(with_more(offer).replace('["last"]', '["last", "middle"]')) == offer


@pytest.mark.parametrize("word", ["phase", "policy"])
def test_a_word_that_means_nothing_here_is_no_value(word):
    """The bot tells of such a result once, and leaves such news out (`tests/bot/workers/test_renders.py`)."""
    flagged = Safety(flagged=True, score=0.9, where="still", policy=Policy.SPOILER)
    values = {
        "phase": Event(take="b" * 20, attempt=2, phase=Phase.FRAMES),
        "policy": Result(take="b" * 20, attempt=2, report=replace(POSED, safety=flagged)),
    }
    raw = values[word].to_json().replace('"frames"}', '"painting"}').replace('"frames",', '"painting",')
    with pytest.raises(BadJobError):
        type(values[word]).from_json(raw.replace('"spoiler"', '"blur"'))


def test_a_job_that_asks_for_more_than_is_known_here_is_refused():
    """It would be another clip than the one that was asked for."""
    with pytest.raises(BadJobError):
        Job.from_json(JOB.replace('"byte_limit"', '"colour":"red","byte_limit"'))
    with pytest.raises(BadJobError):
        Job.from_json(JOB.replace('"engine"', '"colour":"red","engine"'))


def test_a_press_makes_the_take_that_it_made_before():
    """A press that comes again after a change of version is still the same take."""
    first = lineage.animate(Shot(still="a" * 64, line=(CALM,)), "42")
    assert first.id == "15e384d35fb39d47b6a6"
    after = lineage.after(first, "43")
    assert (after.id, after.shot.beat.seed) == ("1f54c4d804641679e5c3", 26954188660361)
