"""A bot that was told to stop is gone in time, whatever hangs."""

import asyncio
import os
import signal
import subprocess
import sys

import psutil
import pytest

import bot.__main__ as command
from bot.running.deadline import Deadline

STUCK = """
import subprocess, sys, threading
from bot.running.deadline import Deadline

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
deadline = Deadline(0.3)
deadline.set()
deadline.set()
threading.Thread(target=threading.Event().wait).start()  # Python waits for it at its end
"""


class StubbornBot:
    """It does not hear that it is cancelled, as `asyncio.wait_for` may lose it, until it is told once more."""

    def __init__(self):
        self.closed = False

    async def start(self, _token):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.Event().wait()

    async def close(self):
        self.closed = True


def test_what_hangs_is_ended_with_all_that_it_started():
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as stuck:
        child = psutil.Process(int(stuck.stdout.readline()))
        assert stuck.wait(60) == 1
    assert psutil.wait_procs([child], timeout=60)[1] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_time_counts_from_the_signal_on_not_from_when_it_is_obeyed(monkeypatch, number):
    stubborn, deadline = StubbornBot(), Deadline(3600.0)
    monkeypatch.setattr(command, "create_bot", lambda _settings: stubborn)
    running = asyncio.create_task(command._run(None, "token", deadline))
    await asyncio.sleep(0)
    os.kill(os.getpid(), number)
    await asyncio.sleep(0.1)
    assert deadline._timer.is_alive()
    assert not running.done()
    os.kill(os.getpid(), number)
    await running
    assert stubborn.closed
    deadline.lift()
    deadline._timer.join()
