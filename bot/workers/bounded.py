"""What stands in Redis, read only as far as it may be large: whoever writes there is not trusted with our memory."""

from collections.abc import Iterator
from itertools import islice
from typing import cast

from redis import Redis

from renderer.contract.redis_keys import OFFER_BYTES, OFFERS

MOST_OFFERS = 500  # workers
SCANNED = 1000  # keys that Redis looks through at a time


class OversizedError(Exception):
    """What stands under a key is larger than it may be, and was not read."""


def read(redis: Redis, key: str, most: int) -> bytes | None:
    """What stands under a key; None where nothing does. Raises `OversizedError` unread; no more is ever read."""
    size = redis.strlen(key)
    if size > most:
        raise OversizedError(f"{key} has {size} bytes, more than {most}")
    return cast("bytes", redis.getrange(key, 0, most - 1)) or None


def read_offers(redis: Redis) -> list[bytes]:
    """What workers offer, as far as they are as many and as large as may be."""
    found = cast("Iterator[bytes]", redis.scan_iter(f"{OFFERS}*", count=SCANNED, _type="string"))
    keys = sorted(islice(found, MOST_OFFERS))
    with redis.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.getrange(key, 0, OFFER_BYTES)  # one byte more than there may be
        offers = cast("list[bytes]", pipeline.execute())
    return [offer for offer in offers if 0 < len(offer) <= OFFER_BYTES]
