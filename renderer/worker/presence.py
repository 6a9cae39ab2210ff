"""What a living worker offers, said again and again in Redis: the bot reads who can render what."""

import logging
import os
import socket
from dataclasses import replace
from secrets import token_hex
from threading import Event as Flag
from threading import Thread
from types import TracebackType
from typing import Self

from redis import Redis, RedisError

from renderer.contract.abilities import Abilities, Offer
from renderer.contract.redis_keys import OFFER_TTL, offer_key

RENEW_SECONDS = 5.0  # a few of them fit into OFFER_TTL

log = logging.getLogger(__name__)


class Presence:
    """Stands from `with` to its end, in a thread of its own. An outage of Redis is logged once and waited out."""

    def __init__(self, redis: Redis, offer: Offer) -> None:
        self._redis = redis
        self._offer = offer
        # In a container every worker may be process 1 of a machine that has the same name as the last.
        self.name = f"{socket.gethostname()}.{os.getpid()}.{token_hex(4)}"
        self._over = False
        self._news = Flag()
        self._reachable = True
        self._thread = Thread(target=self._run, name="presence", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.withdraw()

    def withdraw(self) -> None:
        """Stop saying it, and take back what was said last. From any thread."""
        self._over = True
        self._news.set()
        self._thread.join()
        try:
            self._redis.delete(offer_key(self.name))
        except RedisError as fault:  # it expires by itself
            log.info("the offer is left to expire: %s", fault)

    def ready(self, abilities: Abilities) -> None:
        """Say that the engine has loaded, and what it can do with the model that it has."""
        self._offer = replace(self._offer, abilities=abilities, ready=True)
        self._news.set()

    def _run(self) -> None:
        while True:
            self._news.clear()
            if self._over:
                return
            self._renew()
            self._news.wait(RENEW_SECONDS)

    def _renew(self) -> None:
        try:
            self._redis.set(offer_key(self.name), self._offer.to_json(), ex=OFFER_TTL)
        except RedisError as error:
            if self._reachable:
                log.warning("Redis is away, nobody sees this worker: %s", error)
            self._reachable = False
        else:
            self._reachable = True
