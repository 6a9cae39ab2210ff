"""While an attempt is in hand: a sign of life and of progress for the bot, and an ear for its cancelling."""

import logging
from threading import Event as Flag
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Self

from redis import Redis, RedisError

from renderer.contract.abilities import patience
from renderer.contract.errors import CancelledError
from renderer.contract.job import Event, Job, Phase
from renderer.contract.redis_keys import ALIVE_TTL, EVENTS, alive_key, cancel_key

BEAT_SECONDS = 0.25
# An engine stuck in native code outlives every time-out. Then silence tells the bot to give the take to another worker.
SILENT_AFTER = 120  # seconds beyond the render's patience

log = logging.getLogger(__name__)


class Pulse:
    """Beats in a thread of its own from `with` to its end. An outage of Redis is logged once and waited out."""

    def __init__(self, redis: Redis, job: Job) -> None:
        self._redis = redis
        self._job = job
        self._news: Event | None = None
        self._over = Flag()
        self._cancelled = Flag()
        self._reachable = True
        self._thread = Thread(target=self._run, name=f"pulse {job.id}", daemon=True)

    def __enter__(self) -> Self:
        self._news = self._event(Phase.LOADING, 0, 1)
        self._beat()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        try:
            self._redis.delete(alive_key(self._job.id))
        except RedisError as fault:  # it expires by itself
            log.info("%s: sign of life left to expire: %s", self._job.id, fault)

    def tell(self, phase: Phase, done: int, total: int) -> None:
        """Remember how far the render is. Raises `CancelledError` once the bot has called it off."""
        self._news = self._event(phase, done, total)
        if self._cancelled.is_set():
            raise CancelledError

    def _event(self, phase: Phase, done: int, total: int) -> Event:
        return Event(take=self._job.take, attempt=self._job.attempt, phase=phase, done=done, total=total)

    def _run(self) -> None:
        silent_after = monotonic() + patience(self._job.shot.engine) + SILENT_AFTER
        while not self._over.wait(BEAT_SECONDS) and monotonic() < silent_after:
            self._beat()

    def _beat(self) -> None:
        news, self._news = self._news, None
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                if news:
                    pipe.publish(EVENTS, news.to_json())
                pipe.set(alive_key(self._job.id), 1, ex=ALIVE_TTL)
                pipe.exists(cancel_key(self._job.id))
                cancelled = pipe.execute()[-1]
        except RedisError as error:
            self._outage(error)
            return
        self._reachable = True
        if cancelled:
            self._cancelled.set()

    def _outage(self, error: RedisError) -> None:
        if self._reachable:
            log.warning("%s: Redis is away, the render goes on: %s", self._job.id, error)
        self._reachable = False
