"""The workers' side of the bot: jobs out, results and offers in, by RQ and Redis.

Everything here blocks and is called in a thread. News from the workers arrive in a thread of their own and are handed
over as they come; a lost one does no harm, since the result stands under its own key.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from typing import NamedTuple, cast

import redis
from redis.exceptions import OutOfMemoryError, ReadOnlyError
from rq import Queue
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from bot.rules.fleet import Fleet
from bot.rules.turns import Sighting
from bot.workers.bounded import OversizedError, read, read_offers
from renderer.contract import abilities, redis_keys
from renderer.contract.abilities import Offer
from renderer.contract.errors import BadJobError
from renderer.contract.job import Event, Job, Problem, Result

log = logging.getLogger(__name__)

RECONNECT = 0.5  # seconds between tries to hear the workers again
QUEUE_SEARCHED = 100_000  # entries of a queue
FULL = (OutOfMemoryError, ReadOnlyError)


class RedisAwayError(Exception):
    """Redis cannot be reached, is loading or is full; what was asked has to be asked again."""


class Survey(NamedTuple):
    """What Redis knows."""

    sightings: dict[str, Sighting]  # by job id
    fleet: Fleet
    full: bool = False  # it takes nothing in: no worker can give a sign of life


class Renders:
    """Jobs out, results and news in."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=10, health_check_interval=30)
        self._stopping = threading.Event()
        self._listener: threading.Thread | None = None
        self._heard_nonsense = False

    def supply(self, media: Mapping[str, bytes]) -> None:
        """Lay out the media (key -> bytes) that an attempt needs, before it is made."""
        with _redis_errors():
            for key, data in media.items():
                self._redis.set(key, data, ex=redis_keys.MEDIA_TTL)

    def feed(self, job: Job) -> None:
        """Hand one attempt to the workers of its kind."""
        with _redis_errors():
            self._queue(job.shot.kind).enqueue_call(
                redis_keys.RENDER,
                args=[job.to_json()],
                job_id=job.id,
                description=job.id,
                timeout=abilities.patience(job.shot.engine),
                result_ttl=60,  # RQ's own word is never the truth, so it may go soon
                failure_ttl=60,
            )

    def survey(self, kinds: Mapping[str, str]) -> Survey:
        """What is known of each attempt (job id -> kind of worker), who lives to render, and whether there is room."""
        with _redis_errors():
            sightings = self._sightings(kinds)
            offers = tuple(offer for raw in read_offers(self._redis) if (offer := _offer(raw)) is not None)
            return Survey(sightings, Fleet(offers=offers), self._is_full())

    def renew(self, media: Iterable[str]) -> None:
        """Keep the media of unfinished takes from expiring."""
        with _redis_errors(), self._redis.pipeline(transaction=False) as pipeline:
            for key in media:
                pipeline.expire(key, redis_keys.MEDIA_TTL)
            pipeline.execute()

    def clip(self, sha256: str, most: int) -> bytes | None:
        """A finished clip; None where Redis has it no longer. Raises `OversizedError`, unread, where it is larger."""
        with _redis_errors():
            return read(self._redis, redis_keys.clip_key(sha256), most)

    def poster(self, sha256: str) -> bytes:
        """One frame of a clip as JPEG; nothing where there is none, or too much of it."""
        with _redis_errors(), suppress(OversizedError):
            return read(self._redis, redis_keys.poster_key(sha256), redis_keys.POSTER_BYTES) or b""
        return b""

    def cancel(self, job_id: str, kind: str | None) -> None:
        """Call an attempt off, whether it still waits or renders. `kind` is None where nobody knows it."""
        with _redis_errors():
            self._redis.set(redis_keys.cancel_key(job_id), 1, ex=redis_keys.CANCEL_TTL)
            if not self._redis.hstrlen(RqJob.key_for(job_id), "started_at"):
                self._redis.delete(RqJob.key_for(job_id))  # a worker drops an id without it
                if kind is not None:
                    self._redis.lrem(self._queue(kind).key, 0, job_id)

    def forget(self, result: Result, job_id: str) -> None:
        """The clip is safe on disk: Redis may drop it."""
        with _redis_errors():
            media = [redis_keys.clip_key(result.clip), redis_keys.poster_key(result.clip)] if result.clip else []
            self._redis.delete(redis_keys.result_key(job_id), *media)

    def listen(self, tell: Callable[[Event], None]) -> None:
        """Tell every event, from a thread, until `close`."""
        self._listener = threading.Thread(target=self._listen, args=[tell], name="renders", daemon=True)
        self._listener.start()

    def close(self) -> None:
        self._stopping.set()
        if self._listener is not None:
            self._listener.join(timeout=5)
        self._redis.close()

    def _queue(self, kind: str) -> Queue:
        return Queue(redis_keys.queue_of(kind), connection=self._redis, serializer=JSONSerializer)

    def _sightings(self, kinds: Mapping[str, str]) -> dict[str, Sighting]:
        """What is known of each attempt: sizes are asked for first, and results alone are read.

        RQ keeps a hash for each job: the call in `data`, and when a worker began and ended it.
        """
        with self._redis.pipeline(transaction=False) as pipeline:
            for job_id, kind in kinds.items():
                pipeline.exists(redis_keys.alive_key(job_id))
                pipeline.lpos(self._queue(kind).key, job_id, maxlen=QUEUE_SEARCHED)
                for field in ("data", "started_at", "ended_at"):
                    pipeline.hstrlen(RqJob.key_for(job_id), field)
                pipeline.strlen(redis_keys.result_key(job_id))
            answers = iter(cast("list[int | None]", pipeline.execute()))
        found = {job_id: [next(answers) for _ in range(6)] for job_id in kinds}
        return {
            job_id: Sighting(
                result=self._result(job_id) if ended_as else None,
                alive=bool(alive),
                queued=place is not None,
                known=bool(data),
                begun=bool(began) and not ended,
            )
            for job_id, (alive, place, data, began, ended, ended_as) in found.items()
        }

    def _result(self, job_id: str) -> Result | None:
        """How an attempt ended. One that is told in words that nobody here understands is a problem, too."""
        try:
            raw = read(self._redis, redis_keys.result_key(job_id), redis_keys.RESULT_BYTES)
            return _own_result(job_id, raw) if raw is not None else None
        except (BadJobError, OversizedError) as error:
            log.warning("the result of %s cannot be read (%s): is its worker of another version?", job_id, error)
            take, _, attempt = job_id.rpartition("-")
            return Result(take=take, attempt=int(attempt), problem=Problem(code=BadJobError.code))

    def _is_full(self) -> bool:
        try:
            self._redis.set(redis_keys.PROBE, 1, ex=redis_keys.ALIVE_TTL)
        except FULL:
            return True
        return False

    def _listen(self, tell: Callable[[Event], None]) -> None:
        away = False
        while not self._stopping.is_set():
            try:
                self._hear(tell)
            except (redis.ConnectionError, redis.TimeoutError) as error:
                if not away:
                    log.warning("cannot hear the workers (%s); trying again", error)
                away = True
                self._stopping.wait(RECONNECT)
            except ValueError:  # of a connection that was closed under it, when Redis hung at the end
                if not self._stopping.is_set():
                    raise
            else:
                away = False

    def _hear(self, tell: Callable[[Event], None]) -> None:
        with closing(self._redis.pubsub(ignore_subscribe_messages=True)) as pubsub:
            pubsub.subscribe(redis_keys.EVENTS)
            while not self._stopping.is_set():
                message = cast("dict[str, object] | None", pubsub.get_message(timeout=0.5))
                if message is not None and (event := self._event(cast("bytes", message["data"]))) is not None:
                    tell(event)

    def _event(self, raw: bytes) -> Event | None:
        """News of ours; None for any other, of which the log is told once."""
        try:
            return _own_event(raw)
        except BadJobError as error:
            level = logging.DEBUG if self._heard_nonsense else logging.WARNING
            log.log(level, "an event that cannot be read (%s): is a worker of another version?", error)
            self._heard_nonsense = True
            return None


def _own_event(raw: bytes) -> Event:
    if len(raw) > redis_keys.EVENT_BYTES:
        raise BadJobError(what="Event", where="size", why=f"over {redis_keys.EVENT_BYTES} bytes")
    return Event.from_json(raw)


def _own_result(job_id: str, raw: bytes) -> Result:
    result = Result.from_json(raw)
    if f"{result.take}-{result.attempt}" != job_id:
        raise BadJobError(what="Result", where="attempt", why="it is of another")
    return result


def _offer(raw: bytes) -> Offer | None:
    """What a worker offers; one that cannot be read, perhaps of another version, is no offer."""
    try:
        offer = Offer.from_json(raw)
    except BadJobError:
        return None
    return offer if offer.engine in abilities.ABILITIES and offer.model.isprintable() else None


class _redis_errors:  # noqa: N801  reads as a statement
    """Every way Redis may be away, as one error."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, redis.RedisError):
            raise RedisAwayError(str(error)) from error
