"""A worker process: warm the engine, then take jobs until told to stop."""

import logging
import signal
from time import monotonic
from types import FrameType

from redis import Redis, UnixDomainSocketConnection
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from renderer.clips.studio import Studio
from renderer.contract.abilities import ABILITIES, Abilities, Offer, model_name
from renderer.contract.errors import UnknownEngineError
from renderer.contract.redis_keys import queue_of
from renderer.engines.engine import Models
from renderer.models.faults import card_failed
from renderer.worker.attempt import Desk
from renderer.worker.leaving import Ending, Leaving
from renderer.worker.presence import Presence
from renderer.worker.queue import Stop, work

WORN_OUT = 3  # exit status

log = logging.getLogger(__name__)


def serve(redis: Redis, engine: str, models: Models) -> int:
    """Run until SIGTERM or SIGINT. Return the exit status.

    A take in hand is finished first; an engine that still loads is not waited for, nor is a Redis that hangs.

    Raises `UnknownEngineError`, `MissingPackageError` or `BadModelError`.
    """
    if engine not in ABILITIES:
        raise UnknownEngineError(name=engine, choices=", ".join(ABILITIES))
    stop = stop_on_signals()
    desk = Desk(redis=redis, studio=Studio(models))
    model = model_name(engine, models.video)
    offer = Offer(engine=engine, model=model, abilities=ABILITIES[engine], ready=False)
    with Ending(stop, lambda: desk.studio.at_work), Presence(redis, offer) as presence:
        try:
            with Leaving(stop, presence.withdraw):
                abilities = warmed(desk.studio, offer)
        except Exception as error:
            if not card_failed(error):
                raise
            log.exception("the card failed while the engine was made ready; this process ends, for another to start")
            return WORN_OUT
        presence.ready(abilities)
        work(queue_of(offer.kind), desk, stop)
    if desk.studio.worn_out and not stop.requested:
        log.error("the engine is worn out; this process ends, for its supervisor to start another")
        return WORN_OUT
    log.info("stopped")
    return 0


def warmed(studio: Studio, offer: Offer) -> Abilities:
    """Load the offered engine and warm it up; what it can do with its model."""
    begun = monotonic()
    engine = studio.engine(offer.engine)
    log.info("engine %s loaded after %.1f s", offer.kind, monotonic() - begun)
    engine.warm_up()
    log.info("engine %s ready after %.1f s", offer.kind, monotonic() - begun)
    return engine.abilities


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
