"""What the bot reads of a Redis that it does not trust: sizes first, and never more than there may be."""

import pytest
from redis import Redis

from bot.rules.turns import Sighting
from bot.workers import bounded
from bot.workers.bounded import OversizedError
from bot.workers.renders import Renders
from renderer.contract import redis_keys
from renderer.contract.abilities import ABILITIES, Abilities, Offer
from renderer.contract.job import Event, Job, Phase, Problem, Result
from renderer.contract.shot import Anchor, Beat, Shot
from tests.processes import eventually

SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),), engine="bars")
JOB = Job(take="a" * 20, attempt=1, shot=SHOT, byte_limit=2**20)
OFFER = Offer(engine="bars", abilities=ABILITIES["bars"])
RESULT = Result(take=JOB.take, attempt=1, problem=Problem(code="render_failed"))
UNREADABLE = Problem(code="bad_job")


@pytest.fixture
def redis(redis_url):
    with Redis.from_url(redis_url) as redis:
        yield redis


@pytest.fixture
def renders(redis_url):
    renders = Renders(redis_url)
    yield renders
    renders.close()


def seen(renders) -> Sighting:
    return renders.survey({JOB.id: "bars"}).sightings[JOB.id]


def test_an_attempt_is_seen_from_the_queue_to_its_worker(renders, redis):
    assert seen(renders) == Sighting()
    renders.feed(JOB)
    assert seen(renders) == Sighting(queued=True, known=True)
    redis.delete("rq:queue:unstill:bars")  # a worker has taken it off
    assert seen(renders) == Sighting(known=True)
    redis.hset(f"rq:job:{JOB.id}", "started_at", "2026-12-01T00:00:00Z")
    assert seen(renders) == Sighting(known=True, begun=True)
    redis.set(redis_keys.alive_key(JOB.id), 1)
    assert seen(renders) == Sighting(known=True, begun=True, alive=True)
    redis.hset(f"rq:job:{JOB.id}", "ended_at", "2026-12-01T00:00:09Z")
    redis.set(redis_keys.result_key(JOB.id), RESULT.to_json())
    assert seen(renders) == Sighting(known=True, alive=True, result=RESULT)


def test_a_call_off_takes_a_waiting_job_off_its_queue(renders, redis):
    renders.feed(JOB)
    renders.cancel(JOB.id, "bars")
    assert seen(renders) == Sighting()
    assert redis.exists(redis_keys.cancel_key(JOB.id))


@pytest.mark.parametrize(
    "raw",
    [
        b"forged",
        b"\xff\xfe",
        RESULT.to_json().replace('"attempt":1', '"attempt":2').encode(),
        RESULT.to_json().encode() + b" " * redis_keys.RESULT_BYTES,
        b'{"take":"aaaaaaaaaaaaaaaaaaaa","attempt":1,"clip":null,"problem":{"code":{"of":"a later version"}}}',
    ],
    ids=["garbage", "no text", "another's", "too large", "a later version's"],
)
def test_a_result_that_cannot_be_read_ends_its_attempt_with_one_problem(renders, redis, caplog, raw):
    """The worker has ended it; to wait for a better word would be to wait for ever."""
    redis.set(redis_keys.result_key(JOB.id), raw)
    assert seen(renders).result == Result(take=JOB.take, attempt=1, problem=UNREADABLE)
    assert "another version" in caplog.text


def test_what_is_too_large_is_not_read(renders, redis):
    redis.set(redis_keys.clip_key("c" * 64), b"x" * 1001)
    redis.set(redis_keys.poster_key("c" * 64), b"x" * (redis_keys.POSTER_BYTES + 1))
    redis.config_resetstat()
    with pytest.raises(OversizedError):
        renders.clip("c" * 64, 1000)
    assert renders.poster("c" * 64) == b""
    assert not {"cmdstat_get", "cmdstat_getrange", "cmdstat_mget"} & redis.info("commandstats").keys()
    assert renders.clip("c" * 64, 1001) == b"x" * 1001
    assert renders.clip("d" * 64, 1001) is None


def test_offers_are_as_many_and_as_large_as_may_be(renders, redis, monkeypatch):
    monkeypatch.setattr(bounded, "MOST_OFFERS", 20)
    redis.set(f"{redis_keys.OFFERS}large", OFFER.to_json() + " " * redis_keys.OFFER_BYTES)
    redis.rpush(f"{redis_keys.OFFERS}list", "1")
    redis.set(
        f"{redis_keys.OFFERS}marked", Offer(engine="diffusion", model="a\u202eb", abilities=Abilities()).to_json()
    )
    assert renders.survey({}).fleet.offers == ()
    redis.mset({f"{redis_keys.OFFERS}{number}": OFFER.to_json() for number in range(100)})
    assert 0 < len(renders.survey({}).fleet.offers) <= 20


def test_an_offer_of_a_later_version_is_one(renders, redis):
    raw = OFFER.to_json().replace('"first"', '"first","middle"').replace('"loop"', '"colour":true,"loop"')
    assert "middle" in raw
    redis.set(f"{redis_keys.OFFERS}new", raw)
    (offer,) = renders.survey({}).fleet.offers
    assert offer.abilities.anchors == frozenset(Anchor)


def test_entries_of_a_queue_that_are_no_text_hold_nothing_up(renders, redis):
    redis.rpush("rq:queue:unstill:bars", b"\xff\xfe", "../../etc")
    renders.feed(JOB)
    assert seen(renders).queued


def test_a_redis_that_is_full_is_known_to_be(renders, redis):
    """Its workers cannot say that they live."""
    assert not renders.survey({}).full
    redis.config_set("maxmemory", 1)
    try:
        assert renders.survey({}).full
    finally:
        redis.config_set("maxmemory", 0)


def test_events_that_are_none_are_told_of_once(renders, redis, caplog):
    heard: list[Event] = []
    renders.listen(heard.append)
    good = Event(take=JOB.take, attempt=1, phase=Phase.FRAMES, done=1, total=2)
    later = good.to_json().replace('"done"', '"colour":"red","done"')
    bad = [b"\xff", "x" * 5000, good.to_json() + " " * 5000, good.to_json().replace('"done":1', f'"done":{10**400}')]
    eventually(lambda: redis.publish(redis_keys.EVENTS, later))
    for each in [*bad, good.to_json()]:
        redis.publish(redis_keys.EVENTS, each)
    assert eventually(lambda: len(heard) == 2)
    assert heard == [good, good]
    assert caplog.text.count("an event that cannot be read") == 1
