"""The workers' side of the bot: jobs out, results and offers in, by RQ and Redis.

Everything here blocks and is called in a thread. News from the workers arrive in a thread of their own and are handed
over as they come; a lost one does no harm, since the result stands under its own key.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import cast

import redis
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from bot.rules.fleet import Fleet
from bot.rules.turns import Sighting
from renderer.contract import abilities, redis_keys
from renderer.contract.abilities import Offer
from renderer.contract.errors import BadJobError
from renderer.contract.job import Event, Job, Result

log = logging.getLogger(__name__)

RECONNECT = 0.5  # seconds between tries to hear the workers again


class RedisAwayError(Exception):
    """Redis cannot be reached, is loading or is full; what was asked has to be asked again."""


class Renders:
    """Jobs out, results and news in."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=10, health_check_interval=30)
        self._stopping = threading.Event()
        self._listener: threading.Thread | None = None

    def feed(self, job: Job, media: Mapping[str, bytes]) -> None:
        """Hand one attempt to the workers of its kind, its media (key -> bytes) first."""
        with _redis_errors():
            for key, data in media.items():
                self._redis.set(key, data, ex=redis_keys.MEDIA_TTL)
            self._queue(job.shot.kind).enqueue_call(
                redis_keys.RENDER,
                args=[job.to_json()],
                job_id=job.id,
                description=job.id,
                timeout=abilities.patience(job.shot.engine),
                result_ttl=60,  # RQ's own word is never the truth, so it may go soon
                failure_ttl=60,
            )

    def survey(self, kinds: Mapping[str, str]) -> tuple[dict[str, Sighting], Fleet]:
        """What is known of each attempt (job id -> kind of worker), and who lives to render."""
        ids = list(kinds)
        with _redis_errors():
            queued = {job_id for kind in set(kinds.values()) for job_id in self._queue(kind).get_job_ids()}
            fleet = self._fleet()
            with self._redis.pipeline(transaction=False) as pipeline:
                for job_id in ids:
                    pipeline.get(redis_keys.result_key(job_id))
                    pipeline.exists(redis_keys.alive_key(job_id))
                    pipeline.exists(RqJob.key_for(job_id))
                answers = pipeline.execute()
        sightings = {
            job_id: Sighting(
                result=_result(job_id, raw), alive=bool(alive), queued=job_id in queued, forgotten=not known
            )
            for job_id, raw, alive, known in zip(ids, answers[::3], answers[1::3], answers[2::3], strict=True)
        }
        return sightings, fleet

    def renew(self, media: Iterable[str]) -> None:
        """Keep the media of unfinished takes from expiring."""
        with _redis_errors(), self._redis.pipeline(transaction=False) as pipeline:
            for key in media:
                pipeline.expire(key, redis_keys.MEDIA_TTL)
            pipeline.execute()

    def clip(self, sha256: str) -> bytes | None:
        with _redis_errors():
            return cast("bytes | None", self._redis.get(redis_keys.clip_key(sha256)))

    def poster(self, sha256: str) -> bytes:
        """One frame of a clip as JPEG; nothing where there is none, or too much of it."""
        key = redis_keys.poster_key(sha256)
        with _redis_errors():
            if not 0 < self._redis.strlen(key) <= redis_keys.POSTER_BYTES:
                return b""
            return cast("bytes | None", self._redis.get(key)) or b""

    def cancel(self, job_id: str) -> None:
        """Call an attempt off, whether it still waits or renders."""
        with _redis_errors():
            self._redis.set(redis_keys.cancel_key(job_id), 1, ex=redis_keys.CANCEL_TTL)
            try:
                job = RqJob.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
            except NoSuchJobError:
                return
            if job.get_status() == "queued":
                job.delete()

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

    def _fleet(self) -> Fleet:
        """The offers that stand; one that cannot be read, perhaps of another version, is no offer."""
        keys = sorted(cast("Iterator[bytes]", self._redis.scan_iter(f"{redis_keys.OFFERS}*", count=1000)))
        offers = cast("list[bytes | None]", self._redis.mget(keys)) if keys else []
        return Fleet(offers=tuple(offer for raw in offers if raw is not None and (offer := _offer(raw))))

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
            else:
                away = False

    def _hear(self, tell: Callable[[Event], None]) -> None:
        with closing(self._redis.pubsub(ignore_subscribe_messages=True)) as pubsub:
            pubsub.subscribe(redis_keys.EVENTS)
            while not self._stopping.is_set():
                message = cast("dict[str, object] | None", pubsub.get_message(timeout=0.5))
                if message is not None:
                    _tell(tell, cast("bytes", message["data"]))


def _tell(tell: Callable[[Event], None], raw: bytes) -> None:
    try:
        event = Event.from_json(raw)
    except BadJobError as error:
        log.warning("not an event of ours: %s", error)
        return
    tell(event)


def _result(job_id: str, raw: bytes | None) -> Result | None:
    if raw is None:
        return None
    try:
        result = Result.from_json(raw)
    except BadJobError as error:
        log.warning("not a result of ours, for %s: %s", job_id, error)
        return None
    return result if f"{result.take}-{result.attempt}" == job_id else None


def _offer(raw: bytes) -> Offer | None:
    try:
        offer = Offer.from_json(raw)
    except BadJobError:
        return None
    return offer if offer.engine in abilities.ABILITIES else None


class _redis_errors:  # noqa: N801  reads as a statement
    """Every way Redis may be away, as one error."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, redis.RedisError):
            raise RedisAwayError(str(error)) from error
