"""Work that many may ask for at once: done for all of them (a message kept true, a look at all takes), or in turn."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

log = logging.getLogger(__name__)

UNWINDING = 1.0  # seconds for a run that was cut off to let go of what it holds

Key = TypeVar("Key", bound=Hashable)


class Turns(Generic[Key]):
    """Has those who ask about the same thing go one after the other, so that each finds what the one before has left.

    That holds within one process. Two bots, and a bot that begins anew, make one thing by its id or its nonce.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: Key) -> asyncio.Lock:
        """The turn of `key`, to be held while something is read and done about it."""
        return self._locks.setdefault(key, asyncio.Lock())


class Coalesced(Generic[Key]):
    """Does one deed for whoever asks, without their waiting: one run for each key at a time.

    All who ask while a run is under way share the next one, so what it finds is never older than the last asking. A
    run that raises is logged; the next asking has it tried again.
    """

    def __init__(self, name: str, deed: Callable[[Key], Awaitable[None]]) -> None:
        self._name = name  # of the deed, for the log
        self._deed = deed
        self._runs: dict[Key, asyncio.Task[None]] = {}
        self._again: set[Key] = set()
        self._closed = False

    def ask(self, key: Key) -> None:
        """Have the deed done soon for `key`. After `close` nobody is heard any more."""
        if self._closed:
            return
        if key in self._runs:
            self._again.add(key)
        else:
            self._begin(key)

    async def close(self, seconds: float) -> None:
        """Let what was asked for before be done, within so many seconds; then cut off what is still under way."""
        self._closed = True
        await let_end(self._runs.values(), seconds)
        self._again.clear()
        await cut_off(self._runs.values())

    def _begin(self, key: Key) -> None:
        self._runs[key] = asyncio.create_task(self._run(key))

    async def _run(self, key: Key) -> None:
        try:
            await self._deed(key)
        except Exception:
            log.exception("%s failed (%s); it is tried again when it is asked for again", self._name, key)
        finally:
            del self._runs[key]
            if key in self._again:
                self._again.discard(key)
                self._begin(key)


async def let_end(tasks: Collection[asyncio.Future[Any]], seconds: float) -> None:
    """Wait for tasks, those too that are added meanwhile, until none is there any more: for so many seconds at most."""
    deadline = time.monotonic() + seconds
    while tasks and (left := deadline - time.monotonic()) > 0:
        await asyncio.wait(tasks, timeout=left)


async def cut_off(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks, and give them a moment to let go of what they hold."""
    late = [*tasks]
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=UNWINDING)
