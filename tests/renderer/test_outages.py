"""Workers and Redis servers end in every way; each test has its own to kill."""

from time import sleep

from renderer.contract.redis_keys import ALIVE_TTL, alive_key, result_key
from tests.processes import eventually
from tests.renderer.client import LONG, connected


def test_told_to_stop_it_finishes_the_take_in_hand(client, start_worker, redis_url):
    worker = start_worker(redis_url)
    job, next_job = client.job("last", **LONG), client.job("not begun")
    client.enqueue(job)
    client.enqueue(next_job)
    client.wait_till_rendering(job)
    assert worker.stop() == 0
    assert client.result(job).clip
    assert client.queue.job_ids == [next_job.id]


def test_told_twice_it_stops_at_once(client, start_worker, redis_url):
    worker = start_worker(redis_url)
    job = client.job("dropped", **LONG)
    client.enqueue(job)
    client.wait_till_rendering(job)
    worker.process.terminate()
    sleep(1.1)  # within a second the second signal is taken for the first one's echo
    worker.stop()
    assert not client.redis.exists(result_key(job.id), alive_key(job.id))


def test_killed_it_gives_no_more_signs_of_life(client, start_worker, redis_url):
    worker = start_worker(redis_url)
    job = client.job("killed", **LONG)
    client.enqueue(job)
    client.wait_till_rendering(job)
    worker.kill()
    left = client.redis.pttl(alive_key(job.id))
    assert 0 < left <= ALIVE_TTL * 1000
    sleep(0.7)  # longer than a beat
    assert client.redis.pttl(alive_key(job.id)) < left - 500


def test_redis_dies_mid_render_and_comes_back_empty(redis_server, start_worker, still):
    worker = start_worker(redis_server.url)
    with connected(redis_server.url, still) as client:
        job = client.job("survivor", **LONG)
        client.enqueue(job)
        client.wait_till_rendering(job)
    redis_server.kill()
    sleep(1)
    redis_server.start()
    with connected(redis_server.url, still) as client:
        assert client.result(job).clip
        next_job = client.job("next")
        client.enqueue(next_job)
        assert client.result(next_job).clip
    assert worker.log.count("engine bars ready") == 1
    assert worker.stop() == 0


def test_redis_comes_late_and_goes_while_idle(redis_server, start_worker, still):
    redis_server.kill()
    worker = start_worker(redis_server.url)
    eventually(lambda: "waiting for Redis" in worker.log)
    for name in ("first", "second"):
        redis_server.start()
        with connected(redis_server.url, still) as client:
            job = client.job(name)
            client.enqueue(job)
            assert client.result(job).clip
        redis_server.kill()
    assert worker.stop() == 0


def test_without_redis_a_worker_stops_when_told(redis_server, start_worker):
    redis_server.kill()
    worker = start_worker(redis_server.url)
    eventually(lambda: "waiting for Redis" in worker.log)
    assert worker.stop() == 0


def test_the_password_stays_out_of_the_log(start_worker):
    worker = start_worker("redis://:hunter2@127.0.0.1:1/0", UNSTILL_LOG="DEBUG")
    eventually(lambda: "waiting for Redis" in worker.log)
    worker.stop()
    assert "hunter2" not in worker.log
