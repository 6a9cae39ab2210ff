"""A bot that goes offline ends in time, whatever hangs: what it leaves undone is the next one's, as after a crash."""

import logging
import os
import threading
from contextlib import suppress

import psutil

log = logging.getLogger(__name__)

SECONDS = 20.0  # for all of going offline; supervisors kill after 30


class Deadline:
    """Ends this process and all that it has started so many seconds after `set`: no thread or task can hold it up."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def set(self) -> None:
        """From now on the time counts; the first call decides."""
        if self._timer.ident is None:
            self._timer.start()

    def lift(self) -> None:
        """The process ends by itself."""
        self._timer.cancel()

    def _end(self) -> None:
        log.warning("something still hangs after %.0f s: this process ends all the same", self._seconds)
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
        os._exit(1)
