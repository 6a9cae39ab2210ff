"""One attempt to render a take, from Redis to Redis: the one function that RQ runs, through `renderer.worker.queue`."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic, sleep
from typing import TypeVar

import redis.exceptions as faults
from redis import Redis
from rq.timeouts import JobTimeoutException

from renderer.clips.neighbour import end_frames
from renderer.clips.studio import Clip, Studio, open_still
from renderer.contract.abilities import ABILITIES
from renderer.contract.errors import BadJobError, MediaMissingError, RenderFailedError, TimedOutError, UnstillError
from renderer.contract.job import Event, Job, Problem, Result
from renderer.contract.logs import about
from renderer.contract.redis_keys import (
    CLIP_BYTES,
    EVENTS,
    MEDIA_TTL,
    RESULT_BYTES,
    RESULT_TTL,
    clip_key,
    poster_key,
    result_key,
    still_key,
)
from renderer.contract.shot import STILL_BYTES
from renderer.engines.engine import CallSheet, Rgb
from renderer.worker.pulse import Pulse

PATIENCE = 60  # seconds that a finished render waits for Redis to come back
PASSING = (faults.ConnectionError, faults.TimeoutError, faults.OutOfMemoryError, faults.ReadOnlyError)

log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a worker process has at hand: the way to Redis, and the warm engines."""

    redis: Redis
    studio: Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt ended, with the clip's bytes where there is one."""

    result: Result
    mp4: bytes | None = None
    poster: bytes = b""


def render(job_json: str, job_id: str, desk: Desk) -> str:
    """Render one attempt: a `Job` as JSON in, a `Result` as JSON out, and in Redis. An attempt is rendered once."""
    with about(take=job_id.rpartition("-")[0], attempt=job_id.rpartition("-")[2]):
        return _render(job_json, job_id, desk).to_json()


def _render(job_json: str, job_id: str, desk: Desk) -> Result:
    try:
        job = read_job(job_json, job_id)
    except BadJobError as error:
        return _refuse(job_id, error, desk)
    log.info("%s: begun", job.id)
    earlier = patiently(lambda: earlier_result(job.id, desk.redis))
    if earlier:
        log.info("%s: has a result already", job.id)
        return earlier
    with Pulse(desk.redis, job) as pulse:
        outcome = attempt(job, desk, pulse)
        _post_in_time(outcome, desk)
    return outcome.result


def attempt(job: Job, desk: Desk, pulse: Pulse) -> Outcome:
    """Render, and turn whatever goes wrong into a problem that the bot has words for. This is the one place for it."""
    try:
        clip = _shoot(job, desk, pulse)
    except UnstillError as error:
        log.info("%s: %s", job.id, error)
        return _problem(job, error)
    except JobTimeoutException:
        log.warning("%s: timed out", job.id)
        return _problem(job, TimedOutError())
    except faults.RedisError:
        raise  # without Redis there is nobody to tell
    except Exception:
        log.exception("%s: the render failed", job.id)
        return _problem(job, RenderFailedError())
    log.info("%s: %d bytes in %.1f s", job.id, len(clip.mp4), clip.report.seconds.total)
    digest = sha256(clip.mp4).hexdigest()
    result = Result(take=job.take, attempt=job.attempt, clip=digest, report=clip.report)
    return Outcome(result=result, mp4=clip.mp4, poster=clip.poster)


def _shoot(job: Job, desk: Desk, pulse: Pulse) -> Clip:
    if job.shot.scenes:
        clips = tuple(patiently(lambda sha=sha: fetch_clip(sha, desk.redis)) for sha in job.scenes)
        return desk.studio.shoot(job.shot, None, CallSheet(clips=clips, tell=pulse.tell), job.byte_limit)
    still = patiently(lambda: fetch_still(job.shot.still, desk.redis))
    sheet = CallSheet(neighbour=neighbouring(job, desk.redis), tell=pulse.tell, policy=job.policy)
    return desk.studio.shoot(job.shot, still, sheet, job.byte_limit)


def fetch_still(digest: str, redis: Redis) -> Rgb:
    """The still's pixels. Raises `MediaMissingError`, or `BadJobError` where Redis holds something else."""
    return open_still(_fetched(still_key(digest), "still", STILL_BYTES, redis), digest)


def neighbouring(job: Job, redis: Redis) -> tuple[Rgb, ...]:
    """The frames beside the joint, for engines that look at them."""
    digest, abilities = job.neighbour, ABILITIES.get(job.shot.engine)
    if digest is None or abilities is None or not abilities.neighbour:
        return ()
    return end_frames(patiently(lambda: fetch_clip(digest, redis)), job.shot.beat.anchor)


def fetch_clip(digest: str, redis: Redis) -> bytes:
    """A neighbour's MP4. Raises `MediaMissingError`, or `BadJobError` where Redis holds something else."""
    mp4 = _fetched(clip_key(digest), "neighbour", CLIP_BYTES, redis)
    if sha256(mp4).hexdigest() != digest:
        raise BadJobError(what="neighbour", where="sha256", why="these are other bytes")
    return mp4


def _fetched(key: str, what: str, most: int, redis: Redis) -> bytes:
    if redis.strlen(key) > most:
        raise BadJobError(what=what, where="size", why=f"over {most} bytes")
    data = redis.getrange(key, 0, most)  # no more, whatever became of it since
    if not isinstance(data, bytes) or not data:
        raise MediaMissingError
    return data


def earlier_result(job_id: str, redis: Redis) -> Result | None:
    """The attempt's result from before, if it stands and its clip does."""
    if not 0 < redis.strlen(result_key(job_id)) <= RESULT_BYTES:
        return None
    try:
        result = Result.from_json(redis.getrange(result_key(job_id), 0, RESULT_BYTES))
    except BadJobError:  # from another version, or not ours: the new one replaces it
        return None
    return result if result.clip is None or redis.exists(clip_key(result.clip)) else None


def read_job(job_json: str, job_id: str) -> Job:
    """The job, if it is one that the bot would have queued under this id."""
    job = Job.from_json(job_json)
    if job.id != job_id:
        raise BadJobError(what="Job", where="id", why=f"queued as {job_id}")
    return job


def _refuse(job_id: str, error: BadJobError, desk: Desk) -> Result:
    """Answer for a job that cannot be read, perhaps from a newer bot, if its id at least says whose it is."""
    address = re.fullmatch(r"([0-9a-f]{20})-(\d{1,4})", job_id)
    if address is None:
        raise error
    log.warning("%s: refused: %s", job_id, error)
    problem = Problem(code=error.code, data=error.data)
    result = Result(take=address[1], attempt=int(address[2]), problem=problem)
    patiently(lambda: _post(Outcome(result=result), desk.redis))
    return result


def _problem(job: Job, error: UnstillError) -> Outcome:
    problem = Problem(code=error.code, data=error.data)
    return Outcome(result=Result(take=job.take, attempt=job.attempt, problem=problem))


def _post_in_time(outcome: Outcome, desk: Desk) -> None:
    """Post the outcome. The time-out is the render's, and rings once: what is finished is still posted after it."""
    try:
        patiently(lambda: _post(outcome, desk.redis))
    except JobTimeoutException:
        patiently(lambda: _post(outcome, desk.redis))


def _post(outcome: Outcome, redis: Redis) -> None:
    """Put clip and result into Redis, and say so: all or nothing."""
    result = outcome.result
    with redis.pipeline(transaction=True) as pipe:
        if result.clip and outcome.mp4:
            pipe.set(clip_key(result.clip), outcome.mp4, ex=MEDIA_TTL)
            pipe.set(poster_key(result.clip), outcome.poster, ex=MEDIA_TTL)
        pipe.set(result_key(f"{result.take}-{result.attempt}"), result.to_json(), ex=RESULT_TTL)
        pipe.publish(EVENTS, Event(take=result.take, attempt=result.attempt).to_json())
        pipe.execute()


def patiently(ask: Callable[[], _Answer]) -> _Answer:
    """Ask Redis, and again each second for a minute while it is away, full or read-only."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except PASSING as fault:
            if monotonic() > deadline:
                raise
            log.warning("waiting for Redis: %s", fault)
        sleep(1)
