"""Words that bots and workers of different versions meet by: a rename in the code must leave them as they are."""

from renderer.contract import lineage, redis_keys
from renderer.contract.abilities import Abilities, Offer
from renderer.contract.job import Event, Job, Phase, Policy, Problem, Result
from renderer.contract.shot import Anchor, Beat, Nudge, Shot

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


def test_a_press_makes_the_take_that_it_made_before():
    """A press that comes again after a change of version is still the same take."""
    first = lineage.animate(Shot(still="a" * 64, line=(CALM,)), "42")
    assert first.id == "15e384d35fb39d47b6a6"
    after = lineage.after(first, "43")
    assert (after.id, after.shot.beat.seed) == ("1f54c4d804641679e5c3", 26954188660361)
