"""Whatever a hostile Redis stores, nothing but `render` runs in a worker, and the worker lives on."""

import pickle
import zlib
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from rq import Callback, Queue
from rq.command import send_shutdown_command
from rq.job import Job as RqJob
from rq.job import JobStatus
from rq.suspension import suspend
from rq.webhook import Webhook
from rq.worker import SimpleWorker

from renderer.contract.abilities import MOST_PATIENCE
from renderer.contract.redis_keys import RENDER, result_key
from renderer.worker.queue import DATA_BYTES
from tests.processes import eventually
from tests.renderer.client import LONG, connected
from tests.renderer.trap import Pickled

TRAP = "tests.renderer.trap.spring"

pytestmark = pytest.mark.usefixtures("unharmed")


@pytest.mark.parametrize(
    "call",
    [
        {"func": TRAP},
        {"func": "renderer.worker.attempt.patiently", "args": [1]},
        {"func": RENDER},
        {"func": RENDER, "args": ["{}", "{}"]},
        {"func": RENDER, "args": [1]},
        {"func": RENDER, "args": ["{}"], "kwargs": {"desk": 1}},
    ],
)
def test_other_calls_are_refused(client, call):
    rq_job = client.queue.enqueue_call(call["func"], args=call.get("args"), kwargs=call.get("kwargs"))
    eventually(lambda: rq_job.get_status() == JobStatus.FAILED)


def test_callbacks_are_not_called(client):
    good, bad = client.job("callback"), client.job("failing callback")
    client.enqueue(good, on_success=Callback(TRAP), on_failure=Callback(TRAP), on_stopped=Callback(TRAP))
    rq_job = client.queue.enqueue_call(TRAP, job_id=bad.id, on_success=Callback(TRAP), on_failure=Callback(TRAP))
    assert client.result(good).clip
    eventually(lambda: rq_job.get_status() == JobStatus.FAILED)


def test_webhooks_are_not_called(client):
    calls = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(204)
            self.end_headers()

    with closing(HTTPServer(("127.0.0.1", 0), Listener)) as server:
        server.close = server.server_close
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        job = client.job("hooked")
        rq_job = client.enqueue(job, webhooks=[Webhook(url, "finished"), Webhook(url, "failed")])
        eventually(lambda: rq_job.get_status() == JobStatus.FINISHED)
        after = client.job("after the hook")
        client.enqueue(after)
        client.result(after)  # webhooks are sent before the next job is taken
        server.shutdown()
    assert calls == []


def test_pickles_are_not_opened(client):
    pickling = Queue(client.queue.name, connection=client.redis)
    pickling.enqueue_call(TRAP, args=[Pickled()], meta={"x": Pickled()})
    job = client.job("pickled meta")
    rq_job = client.enqueue(job)
    client.redis.hset(rq_job.key, mapping={"meta": pickle.dumps(Pickled()), "result": pickle.dumps(Pickled())})
    client.result(job)


@pytest.mark.parametrize(
    "fields",
    [
        {"data": b"garbage"},
        {"data": zlib.compress(zlib.compress(b'["x", null, [], {}]'))},
        {"data": zlib.compress(b"[" + b" " * 100_000_000)},
        {"data": zlib.compress(b"[" * 1_000_000)},
        {"data": b"[]", "timeout": "soon", "created_at": b"\xff"},
        {"data": b"[]", "status": "dancing"},
        {"nothing": "at all"},
        {},
    ],
    ids=["garbage", "twice packed", "bomb", "nested", "timeout", "status", "no data", "no hash"],
)
def test_unreadable_jobs_are_dropped(client, fields):
    if fields:
        client.redis.hset(RqJob.key_for("odd"), mapping=fields)
    else:
        client.redis.set(RqJob.key_for("odd"), "not a hash")
    client.redis.rpush(client.queue.key, "odd")
    eventually(lambda: not client.redis.llen(client.queue.key))


def test_ids_that_are_no_ids_are_dropped(client):
    client.redis.rpush(client.queue.key, "../../etc", b"\xff\xfe", "")
    eventually(lambda: not client.redis.llen(client.queue.key))


def test_a_queue_entry_that_is_no_text_is_passed_over_by_the_same_worker(client, worker):
    """RQ's own loop breaks off at it, and so did ours, for a second each time."""
    before = len(worker.log)
    client.redis.rpush(client.queue.key, *[b"\xff\xfe"] * 5)
    job = client.job("behind it")
    client.enqueue(job)
    assert client.result(job).clip
    assert "unhandled" not in worker.log[before:]


def test_registries_with_garbage_do_not_stop_a_worker(redis_server, start_worker, still):
    """RQ's housekeeping reads them before the first job is taken."""
    with connected(redis_server.url, still) as client:
        client.redis.zadd(f"rq:wip:{client.queue.name}", {b"\xff\xfe": 1})
        worker = start_worker(redis_server.url)
        job = client.job("beside garbage")
        client.enqueue(job)
        assert client.result(job).clip
        assert "unhandled" not in worker.log


def test_a_job_that_is_too_large_is_not_read(client):
    """Nor is a field that no honest job has."""
    client.redis.hset(RqJob.key_for("large"), mapping={"data": b"[" + b" " * DATA_BYTES})
    client.redis.hset(RqJob.key_for("odd"), mapping={"data": b"[]", "origin": b" " * 10_000})
    client.redis.config_resetstat()
    client.redis.rpush(client.queue.key, "large", "odd")
    eventually(lambda: not client.redis.llen(client.queue.key))
    job = client.job("with more")
    rq_job = client.enqueue(job)
    client.redis.hset(rq_job.key, "description", b" " * 10_000)
    assert client.result(job).clip
    assert "cmdstat_hgetall" not in client.redis.info("commandstats")


def test_rqs_own_commands_are_not_heard(client):
    for worker in SimpleWorker.all(connection=client.redis, serializer=client.queue.serializer):
        send_shutdown_command(client.redis, worker.name)
    suspend(client.redis)


def test_a_result_that_is_none_is_replaced(client):
    job = client.job("forged")
    client.redis.set(result_key(job.id), b"forged")
    client.enqueue(job)
    client.news(job, None)
    assert client.result(job).clip


def test_a_job_without_a_timeout_is_given_ours(client):
    job = client.job("endless", **LONG)
    rq_job = client.enqueue(job, timeout=-1)
    client.wait_till_rendering(job)
    client.cancel(job)
    client.result(job)
    eventually(lambda: rq_job.get_status() == JobStatus.FINISHED)
    rq_job.refresh()
    assert rq_job.timeout == MOST_PATIENCE
