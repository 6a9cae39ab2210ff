"""Is a worker on this machine well? `python -m renderer.worker.health` exits 0 or 1, for a container's health check."""

import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis import Redis, RedisError
from rq import Worker
from rq.worker.base import BaseWorker

from renderer.contract.redis_keys import alive_key, queue_of
from renderer.settings import Settings

SILENCE = timedelta(seconds=60)  # an idle worker tells Redis of itself about every second


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What Redis knows of a worker."""

    last_heard: datetime | None
    attempt: str | None  # the RQ job id in hand
    beats: bool = False  # for its attempt


def is_well(sign: Sign, now: datetime) -> bool:
    """A busy worker beats for its attempt; an idle one was heard of just now, and not ahead of now by a wrong clock."""
    if sign.attempt is not None:
        return sign.beats
    return sign.last_heard is not None and abs(now - sign.last_heard) < SILENCE


def signs(redis: Redis, hostname: str) -> list[Sign]:
    """Of the workers on the machine `hostname`."""
    return [_sign(worker, redis) for worker in Worker.all(connection=redis) if _is_ours(worker, hostname)]


def _is_ours(worker: BaseWorker, hostname: str) -> bool:
    """Other programs may have workers at the same Redis."""
    return worker.hostname == hostname and all(name.startswith(queue_of("")) for name in worker.queue_names())


def _sign(worker: BaseWorker, redis: Redis) -> Sign:
    attempt = worker.get_current_job_id()
    beats = attempt is not None and bool(redis.exists(alive_key(attempt)))
    return Sign(last_heard=worker.last_heartbeat, attempt=attempt, beats=beats)


def trouble(redis_url: str | None, hostname: str) -> str | None:
    """What is wrong, if anything."""
    if redis_url is None:
        return "REDIS_URL is not set"
    try:
        with Redis.from_url(redis_url, socket_connect_timeout=3, socket_timeout=3) as redis:
            found = signs(redis, hostname)
    except RedisError as error:
        return f"Redis is away: {error}"
    if any(is_well(sign, datetime.now(UTC)) for sign in found):
        return None
    return f"none of {len(found)} workers on {hostname} is well"


def main() -> None:
    """Exit 0, or 1 with what is wrong on stderr."""
    setting = Settings().redis_url
    sys.exit(trouble(setting.get_secret_value() if setting else None, socket.gethostname()))


if __name__ == "__main__":
    main()
