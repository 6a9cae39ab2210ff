"""A worker process: warm the engine, then take jobs until told to stop."""

import logging
import signal
from time import monotonic
from types import FrameType

from redis import Redis, UnixDomainSocketConnection
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from renderer.engines import Models
from renderer.job import kind_of, model_name, queue_of
from renderer.rq_guard import Stop, work
from renderer.studio import Studio
from renderer.worker import Desk

log = logging.getLogger(__name__)


def serve(redis: Redis, engine: str, models: Models) -> None:
    """Run until SIGTERM or SIGINT; the take in hand is finished first.

    Raises `UnknownEngineError`, or `BadModelError`.
    """
    stop = stop_on_signals()
    desk = Desk(redis=redis, studio=Studio(models))
    begun = monotonic()
    desk.studio.engine(engine)
    log.info("engine %s ready after %.1f s", engine, monotonic() - begun)
    work(queue_of(kind_of(engine, model_name(engine, models.video))), desk, stop)
    log.info("stopped")


def connect(url: str) -> Redis:
    """A Redis client that notices a dead line within seconds. Raises `ValueError` where the URL is none."""
    redis = Redis.from_url(
        url,
        socket_connect_timeout=5,
        socket_timeout=15,
        health_check_interval=30,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), 2),
    )
    pool = redis.connection_pool
    if not issubclass(pool.connection_class, UnixDomainSocketConnection):
        pool.connection_kwargs["socket_keepalive"] = True
    return redis


def stop_on_signals() -> Stop:
    """The first SIGTERM or SIGINT asks to stop; one more, a second later, ends the process at once."""
    stop = Stop()
    first_at = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal first_at
        if stop.requested and monotonic() > first_at + 1:  # a terminal and a supervisor may both send the first
            raise SystemExit(128 + number)
        if not stop.requested:
            first_at = monotonic()
            stop.requested = True

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
    return stop
