"""News from the workers on their way from the thread that hears them into the event loop: the last of each take."""

import threading
from collections.abc import Callable

from renderer.contract.job import Event

MOST = 256  # takes of which news may wait; lost ones do no harm, so what comes beyond that is dropped


class News:
    """What waits to be told. `wake` is called, in the thread, whenever something begins to wait."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._waiting: dict[str, Event] = {}  # by take
        self._turn = threading.Lock()

    def put(self, event: Event) -> None:
        """Let an event wait in place of an older one of its take."""
        with self._turn:
            first = not self._waiting
            if event.take in self._waiting or len(self._waiting) < MOST:
                self._waiting[event.take] = event
        if first:
            self._wake()

    def take(self) -> list[Event]:
        """All that waits; from here on it does not."""
        with self._turn:
            waiting, self._waiting = self._waiting, {}
        return [*waiting.values()]
