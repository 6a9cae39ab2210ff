"""A real worker process on a real Redis, fed as the bot feeds it."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import av
import pytest
from rq import Queue
from rq.command import send_stop_job_command
from rq.job import JobStatus

from renderer.contract.job import Phase, Problem, Result
from renderer.contract.redis_keys import (
    MEDIA_TTL,
    RENDER,
    RESULT_TTL,
    alive_key,
    clip_key,
    queue_of,
    result_key,
    still_key,
)
from renderer.programs.canonical import canonical
from tests.pictures import encoded, noise
from tests.processes import eventually
from tests.renderer.client import LONG


def test_a_job_becomes_a_clip(client, worker):
    job = client.job("plain")
    client.enqueue(job)
    result = client.result(job)
    mp4 = client.redis.get(clip_key(result.clip))
    assert sha256(mp4).hexdigest() == result.clip
    assert (result.report.frames, result.report.height, result.report.width) == (48, 96, 128)
    assert result.report.shot == job.shot
    with av.open(BytesIO(mp4)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 48


def test_results_and_clips_do_not_stay_for_ever(client, worker):
    job = client.job("mortal")
    client.enqueue(job)
    result = client.result(job)
    assert 0 < client.redis.ttl(result_key(job.id)) <= RESULT_TTL
    assert 0 < client.redis.ttl(clip_key(result.clip)) <= MEDIA_TTL


def test_a_render_tells_how_far_it_is_and_then_that_it_has_ended(client, worker):
    job = client.job("told", **LONG)
    client.enqueue(job)
    client.news(job, Phase.LOADING)
    event = client.news(job, Phase.FRAMES)
    assert 0 <= event.done <= event.total == 192
    assert client.redis.exists(alive_key(job.id))
    client.cancel(job)
    client.news(job, None)
    assert client.redis.exists(result_key(job.id))
    eventually(lambda: not client.redis.exists(alive_key(job.id)))


def test_an_attempt_is_rendered_once(client, worker):
    job = client.job("again")
    earlier = Result(take=job.take, attempt=1, problem=Problem(code="cannot_fit"))
    client.redis.set(result_key(job.id), earlier.to_json())
    rq_job = client.enqueue(job)
    eventually(lambda: rq_job.get_status() == JobStatus.FINISHED)
    assert client.result(job) == earlier


def test_a_clip_that_is_gone_is_rendered_again(client, worker):
    job = client.job("gone")
    client.enqueue(job)
    first = client.result(job)
    client.redis.delete(clip_key(first.clip))
    client.enqueue(job)
    eventually(lambda: client.redis.exists(clip_key(first.clip)))


def test_a_large_clip_is_fitted_to_the_byte_limit(client, worker):
    client.still = canonical(encoded(noise(640, 480)))
    job = client.job("large", size=480, byte_limit=64 * 1024)
    client.enqueue(job)
    result = client.result(job)
    assert client.redis.strlen(clip_key(result.clip)) <= 64 * 1024
    assert result.report.height == 480  # of what was rendered


def test_cancelled_while_it_waits(client, worker):
    job = client.job("unwanted", **LONG)
    client.cancel(job)
    client.enqueue(job)
    assert client.problem(job) == "cancelled"


def test_cancelled_while_it_renders(client, worker):
    job = client.job("called off", **LONG)
    client.enqueue(job)
    client.wait_till_rendering(job)
    client.cancel(job)
    assert client.problem(job) == "cancelled"


def test_rqs_own_command_to_stop_a_job_costs_no_take(client, worker):
    """A worker that renders in its own process could only die of it; takes are called off by their cancel key."""
    job = client.job("commanded", seconds=8.0, size=540)
    rq_job = client.enqueue(job)
    client.wait_till_rendering(job)
    send_stop_job_command(client.redis, rq_job.id, serializer=client.queue.serializer)
    assert client.result(job).clip
    eventually(lambda: rq_job.get_status() == JobStatus.FINISHED)


def test_timed_out(client, worker):
    job = client.job("slow", **LONG)
    client.enqueue(job, timeout=1)
    assert client.problem(job) == "timed_out"


def test_the_still_is_missing(client, worker):
    job = client.job("blind")
    client.queue.enqueue_call(RENDER, args=[job.to_json()], job_id=job.id)
    assert client.problem(job) == "media_missing"


@pytest.mark.parametrize("bytes_there", [b"no picture", b"x" * (17 * 2**20)], ids=["other bytes", "too many"])
def test_what_lies_in_the_stills_place_is_not_the_still(client, worker, bytes_there):
    job = client.job(f"swapped {len(bytes_there)}")
    client.redis.set(still_key(client.still.sha256), bytes_there)
    client.queue.enqueue_call(RENDER, args=[job.to_json()], job_id=job.id)
    assert client.problem(job) == "bad_job"


def test_a_job_for_another_model_is_refused(client, worker):
    job = client.job("astray")
    job = replace(job, shot=replace(job.shot, model="other"))
    client.enqueue(job)
    result = client.result(job)
    assert result.problem == Problem(code="bad_model", data={"name": "other", "why": "this worker has none"})


def test_a_worker_leaves_other_kinds_jobs_alone(client, worker):
    other = Queue(queue_of("parallax"), connection=client.redis, serializer=client.queue.serializer)
    other.enqueue_call(RENDER, args=["{}"], job_id="other")
    job = client.job("own")
    client.enqueue(job)
    assert client.result(job).clip
    assert other.job_ids == ["other"]


def test_an_unknown_engine(client, worker):
    job = client.job("odd", engine="kaleidoscope")
    client.enqueue(job)
    assert client.problem(job) == "unknown_engine"


@pytest.mark.parametrize("text", ["{}", "not json", "[" * 100_000])
def test_a_job_that_cannot_be_read_is_answered(client, worker, text):
    job = client.job("unreadable " + text[:9])
    client.queue.enqueue_call(RENDER, args=[text], job_id=job.id)
    assert client.problem(job) == "bad_job"


def test_a_job_queued_under_anothers_id_is_refused(client, worker):
    job, other = client.job("one"), client.job("two")
    client.queue.enqueue_call(RENDER, args=[job.to_json()], job_id=other.id)
    assert client.problem(other) == "bad_job"
    assert not client.redis.exists(result_key(job.id))
