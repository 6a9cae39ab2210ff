"""Told to stop, a worker ends within seconds: while its engine loads, whatever it is at; later, whatever Redis does.

Python hands a signal to its handler between two steps of the main thread's program, and one step of loading, compiling
or waiting for a card may take a minute. But C's own handler, underneath, writes the signal's number to a socket at
once, and a thread that reads there can act. Nothing is lost with such a process: it has no take in hand yet.
"""

import logging
import os
import signal
import socket
from collections.abc import Callable
from threading import Event as Flag
from threading import Thread
from types import TracebackType
from typing import Self

from renderer.worker.queue import Stop

SIGNALS = (signal.SIGTERM, signal.SIGINT)
FAREWELL_SECONDS = 3.0  # for what is to be done first; Redis may be away
ENDING_SECONDS = 10.0  # for what Redis is to be told last: where it hangs, each question takes it 45
LOOK_SECONDS = 0.25

log = logging.getLogger(__name__)


class Leaving:
    """While entered, SIGTERM or SIGINT has `farewell` done, and then ends the process with status 0.

    To be entered in the main thread, once handlers of Python's for both signals set `stop`.
    """

    def __init__(self, stop: Stop, farewell: Callable[[], None]) -> None:
        self._stop = stop
        self._farewell = farewell
        self._ear, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)
        self._thread = Thread(target=self._listen, name="leaving", daemon=True)

    def __enter__(self) -> Self:
        self._before = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._thread.start()
        if self._stop.requested:  # before anybody listened
            self._leave()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._before)
        self._mouth.close()
        self._thread.join()
        self._ear.close()

    def _listen(self) -> None:
        while heard := self._ear.recv(64):
            if any(number in SIGNALS for number in heard):
                self._leave()

    def _leave(self) -> None:
        log.info("stopped before the engine was ready")
        last = Thread(target=self._farewell, daemon=True)
        last.start()
        last.join(FAREWELL_SECONDS)
        os._exit(0)


class Ending:
    """While entered, a process that was told to stop ends some seconds after its take in hand, whatever Redis does.

    What Redis was not told expires there by itself, and a clip that it could not be given is rendered anew.
    """

    def __init__(self, stop: Stop, at_work: Callable[[], bool]) -> None:
        self._stop = stop
        self._at_work = at_work
        self._over = Flag()

    def __enter__(self) -> Self:
        Thread(target=self._watch, name="ending", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def _watch(self) -> None:
        left = ENDING_SECONDS
        while left > 0:
            if self._over.wait(LOOK_SECONDS):
                return
            left = left - LOOK_SECONDS if self._stop.requested and not self._at_work() else ENDING_SECONDS
        log.warning("Redis does not answer: stopped without telling it")
        os._exit(0)
