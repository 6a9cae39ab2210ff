"""A worker that was told to stop ends although Redis hangs, which takes each question 45 s."""

import os
import signal
import subprocess
import sys
from threading import Event

from redis import Redis

from renderer.contract.redis_keys import OFFERS
from renderer.worker import leaving
from renderer.worker.leaving import Ending
from renderer.worker.queue import Stop
from tests.processes import ROOT, eventually

HURRIED = """
import sys
from renderer import __main__ as command
from renderer.worker import leaving

leaving.ENDING_SECONDS = 0.5
sys.argv = ["renderer", "worker"]
command.main()
"""


def test_a_take_in_hand_is_finished_before_the_time_counts(monkeypatch):
    ended, at_work, stop = Event(), True, Stop()
    monkeypatch.setattr(leaving, "ENDING_SECONDS", 0.02)
    monkeypatch.setattr(leaving, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(leaving.os, "_exit", lambda _: ended.set())
    with Ending(stop, lambda: at_work):
        assert not ended.wait(0.1)
        stop.requested = True
        assert not ended.wait(0.1)
        at_work = False
        assert ended.wait(60)


def test_a_worker_that_ends_by_itself_is_not_ended(monkeypatch):
    ended, stop = Event(), Stop()
    monkeypatch.setattr(leaving, "ENDING_SECONDS", 0.02)
    monkeypatch.setattr(leaving, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(leaving.os, "_exit", lambda _: ended.set())
    with Ending(stop, lambda: False):
        pass
    stop.requested = True
    assert not ended.wait(0.1)


def test_told_to_stop_while_redis_hangs_a_worker_ends(redis_server):
    environment = {"REDIS_URL": redis_server.url, "UNSTILL_ENGINE": "bars", "PYTHONPATH": str(ROOT), "PATH": ""}
    with (
        subprocess.Popen([sys.executable, "-c", HURRIED], env=environment, stderr=subprocess.PIPE, text=True) as worker,
        Redis.from_url(redis_server.url) as redis,
    ):
        hung = redis.info("server")["process_id"]
        try:
            eventually(lambda: redis.keys(f"{OFFERS}*"))
            eventually(lambda: "ready after" in worker.stderr.readline())
            os.kill(hung, signal.SIGSTOP)
            worker.terminate()
            assert worker.wait(30) == 0
        finally:
            os.kill(hung, signal.SIGCONT)
            worker.kill()
