"""A real worker process on a real Redis, fed as the bot feeds it."""

import json
import os
import pickle
import signal
import time
from hashlib import sha256

import av
import pytest
from redis import Redis
from rq import Callback, Queue, Retry
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from renderer.job import (
    ALIVE_TTL,
    EVENTS,
    JOB_TIMEOUT,
    QUEUE,
    RENDER,
    Beat,
    Event,
    Job,
    Phase,
    Result,
    Shot,
    alive_key,
    cancel_key,
    clip_key,
    result_key,
    still_key,
)
from tests.processes import eventually

LONG = {"seconds": 8.0, "size": 1080}  # several seconds of work on any machine


class Client:
    """The bot's end of Redis."""

    def __init__(self, url, still):
        self.redis = Redis.from_url(url)
        self.queue = Queue(QUEUE, connection=self.redis, serializer=JSONSerializer)
        self.still = still
        self.events = self.redis.pubsub(ignore_subscribe_messages=True)

    def put_still(self):
        self.redis.set(still_key(self.still.sha256), self.still.png)

    def job(self, name, seconds=2.0, size=96, **changes):
        shot = Shot(still=self.still.sha256, line=(Beat(mood="", seed=1, seconds=seconds),), engine="bars", size=size)
        fields = {"take": sha256(name.encode()).hexdigest()[:20], "attempt": 1, "shot": shot, "byte_limit": 2**23}
        return Job(**fields | changes)

    def enqueue(self, job, timeout=JOB_TIMEOUT):
        self.put_still()
        return self.queue.enqueue_call(RENDER, args=[job.to_json()], job_id=job.id, timeout=timeout, result_ttl=60)

    def result(self, job):
        return Result.from_json(eventually(lambda: self.redis.get(result_key(job.id))))

    def rendering(self, job):
        """Wait until frames of this job are being made."""
        eventually(lambda: (self._next_event() or Event(take=job.take, attempt=0)).phase is Phase.FRAMES)

    def _next_event(self):
        message = self.events.get_message(timeout=1)
        return Event.from_json(message["data"]) if message else None

    def close(self):
        self.events.close()
        self.redis.close()


@pytest.fixture
def client(redis_url, still):
    client = Client(redis_url, still)
    client.events.subscribe(EVENTS)
    yield client
    client.close()


@pytest.fixture
def worker(start_worker, redis_url):
    return start_worker(redis_url)


def test_a_job_becomes_a_clip_in_redis(client, worker):
    job = client.job("plain")
    client.enqueue(job)
    result = client.result(job)
    clip = client.redis.get(clip_key(result.clip))
    assert sha256(clip).hexdigest() == result.clip
    assert (result.report.frames, result.report.height, result.report.width) == (48, 96, 128)
    assert result.report.shot == job.shot
    assert 0 < client.redis.ttl(clip_key(result.clip)) <= 3600
    path = os.fspath(worker._log.parent / "clip.mp4")
    with open(path, "wb") as file:
        file.write(clip)
    with av.open(path) as container:
        assert sum(1 for _ in container.decode(video=0)) == 48
    assert worker.stop() == 0
