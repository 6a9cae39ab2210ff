"""What a worker offers stands in Redis while it lives, and no longer."""

import subprocess
import sys
from time import sleep

import pytest
from redis import Redis

from renderer.contract.abilities import ABILITIES, Abilities, Offer
from renderer.contract.redis_keys import OFFER_TTL, OFFERS
from renderer.worker import presence
from renderer.worker.presence import Presence
from tests.processes import ROOT, eventually

LOADING = Offer(engine="diffusion", model="mine:draft", abilities=ABILITIES["diffusion"], ready=False)
# A worker whose engine `bars` takes a while to load, or is worn out after its first take, or has a card that breaks.
ODD_WORKER = """
import sys
from hashlib import pbkdf2_hmac
from time import sleep
from renderer import __main__ as command
from renderer.engines import ENGINES
from renderer.engines.bars import Bars

SECONDS, HOW = float(sys.argv[1]), sys.argv[2]

class Odd(Bars):
    def warm_up(self):
        sleep(SECONDS)
        if HOW == "busy":  # one step of C code that takes minutes and hears of no signal
            pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)
        if HOW == "no card":
            self.call_card()

    def film(self, *given):
        self.worn_out = HOW == "worn"
        if HOW == "card":
            self.call_card()
        return super().film(*given)

    def call_card(self):
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

ENGINES["bars"] = lambda _models: Odd()
sys.argv = ["renderer", "worker"]
command.main()
"""


def offers(redis):
    keys = sorted(redis.keys(f"{OFFERS}*"))
    return [Offer.from_json(raw) for raw in redis.mget(keys) if raw] if keys else []


@pytest.fixture
def odd_worker(redis_url):
    """Start an odd worker: `odd_worker(seconds to warm up, "worn" or not)`."""
    started = []

    def start(seconds=0.0, how=""):
        script = [sys.executable, "-c", ODD_WORKER, str(seconds), how]
        environment = {"REDIS_URL": redis_url, "UNSTILL_ENGINE": "bars", "PYTHONPATH": str(ROOT), "PATH": ""}
        started.append(subprocess.Popen(script, env=environment, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_an_offer_stands_until_the_end_and_not_a_moment_longer(client):
    with Presence(client.redis, LOADING) as standing:
        eventually(lambda: offers(client.redis) == [LOADING])
        assert 0 < client.redis.ttl(f"{OFFERS}{standing.name}") <= OFFER_TTL
    assert offers(client.redis) == []


def test_news_are_told_at_once(client):
    own = Abilities(anchors=frozenset(), loop=True)
    with Presence(client.redis, LOADING) as standing:
        standing.ready(own)
        (offer,) = eventually(lambda: [each for each in offers(client.redis) if each.ready])
        assert (offer.kind, offer.abilities) == ("diffusion:mine:draft", own)


def test_two_workers_of_one_machine_stand_side_by_side(client):
    with Presence(client.redis, LOADING), Presence(client.redis, LOADING):
        eventually(lambda: len(offers(client.redis)) == 2)


def test_a_flushed_redis_is_told_again(client, monkeypatch):
    monkeypatch.setattr(presence, "RENEW_SECONDS", 0.05)
    with Presence(client.redis, LOADING):
        eventually(lambda: offers(client.redis))
        client.redis.flushall()
        eventually(lambda: offers(client.redis))


def test_an_outage_is_logged_once_and_waited_out(redis_server, monkeypatch, caplog):
    monkeypatch.setattr(presence, "RENEW_SECONDS", 0.05)
    redis_server.kill()
    with Redis.from_url(redis_server.url) as redis, Presence(redis, LOADING):
        eventually(lambda: "Redis is away" in caplog.text)
        sleep(0.5)  # several tries
        redis_server.start()
        eventually(lambda: offers(redis))
    assert caplog.text.count("Redis is away") == 1


def test_the_end_does_not_wait_for_a_redis_that_is_away(redis_server):
    with Redis.from_url(redis_server.url) as redis, Presence(redis, LOADING) as standing:
        redis_server.kill()
    assert not standing._thread.is_alive()


def test_a_worker_offers_itself_while_it_loads_and_once_it_is_ready_and_leaves_nothing(client, odd_worker):
    worker = odd_worker(seconds=1.0)
    (offer,) = eventually(lambda: offers(client.redis))
    assert (offer.kind, offer.ready) == ("bars", False)
    (offer,) = eventually(lambda: [each for each in offers(client.redis) if each.ready])
    assert offer.abilities == ABILITIES["bars"]
    worker.terminate()
    assert worker.wait(60) == 0
    assert offers(client.redis) == []


def test_a_worn_out_worker_posts_its_result_and_ends_for_another_to_start(client, odd_worker):
    worker = odd_worker(how="worn")
    job, next_job = client.job("last"), client.job("not begun")
    client.enqueue(job)
    client.enqueue(next_job)
    assert client.result(job).clip
    _, log = worker.communicate(timeout=60)
    assert worker.returncode == 3
    assert "worn out" in log
    assert "Traceback" not in log
    assert client.queue.job_ids == [next_job.id]
    assert offers(client.redis) == []


def test_a_worker_whose_card_breaks_tells_of_it_and_ends_before_the_next_take(client, odd_worker):
    worker = odd_worker(how="card")
    job, next_job = client.job("the card's last"), client.job("for another")
    client.enqueue(job)
    client.enqueue(next_job)
    assert client.problem(job) == "card_failed"
    _, log = worker.communicate(timeout=60)
    assert worker.returncode == 3
    assert "an illegal memory access was encountered" in log
    assert client.queue.job_ids == [next_job.id]
    assert offers(client.redis) == []


def test_a_card_that_breaks_at_the_warm_up_ends_the_worker_for_another_to_start(client, odd_worker):
    worker = odd_worker(how="no card")
    _, log = worker.communicate(timeout=60)
    assert worker.returncode == 3
    assert "the card failed while the engine was made ready" in log
    assert offers(client.redis) == []


def test_told_to_stop_while_it_loads_a_worker_ends_within_seconds_and_leaves_nothing(client, odd_worker):
    worker = odd_worker(how="busy")
    eventually(lambda: offers(client.redis))
    while "loaded after" not in worker.stderr.readline():
        assert worker.poll() is None
    worker.terminate()
    _, log = worker.communicate(timeout=5)
    assert worker.returncode == 0
    assert "stopped before the engine was ready" in log
    assert offers(client.redis) == []


def test_told_to_stop_a_worn_out_worker_ends_in_peace(client, odd_worker):
    worker = odd_worker(how="worn")
    job = client.job("last of all", seconds=8.0, size=540)
    client.enqueue(job)
    client.wait_till_rendering(job)
    worker.terminate()
    assert client.result(job).clip
    assert worker.wait(60) == 0
