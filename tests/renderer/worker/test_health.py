import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from renderer.worker.health import Sign, is_well, signs, trouble
from tests.processes import WorkerProcess, eventually
from tests.renderer.client import LONG, connected

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HERE = socket.gethostname()


@pytest.mark.parametrize(
    ("sign", "well"),
    [
        (Sign(last_heard=NOW - timedelta(seconds=59), attempt=None), True),
        (Sign(last_heard=NOW - timedelta(seconds=61), attempt=None), False),
        (Sign(last_heard=NOW + timedelta(hours=1), attempt=None), False),  # by a clock that went back since
        (Sign(last_heard=None, attempt=None), False),
        (Sign(last_heard=NOW - timedelta(minutes=9), attempt="take-1", beats=True), True),
        (Sign(last_heard=NOW, attempt="take-1", beats=False), False),
    ],
)
def test_an_idle_worker_is_judged_by_its_heartbeat_and_a_busy_one_by_its_attempts(sign, well):
    assert is_well(sign, NOW) == well


def test_without_redis_the_trouble_is_named(tmp_path):
    assert trouble(None, HERE) == "REDIS_URL is not set"
    assert trouble(f"unix://{tmp_path}/none", HERE).startswith("Redis is away")


def test_no_worker_on_this_machine_is_trouble(redis_url):
    assert trouble(redis_url, HERE) == f"none of 0 workers on {HERE} is well"


def test_a_real_worker_is_well_idle_busy_and_after_a_flush(redis_url, still, tmp_path):
    worker = WorkerProcess(redis_url, tmp_path / "log")
    try:
        eventually(lambda: trouble(redis_url, HERE) is None)
        assert trouble(redis_url, "elsewhere") == "none of 0 workers on elsewhere is well"
        with Redis.from_url(redis_url) as redis:
            redis.flushall()
            eventually(lambda: trouble(redis_url, HERE) is None)
            with connected(redis_url, still) as client:
                job = client.job("busy", **LONG)
                client.enqueue(job)
                client.wait_till_rendering(job)
                assert [(sign.attempt, sign.beats) for sign in signs(redis, HERE)] == [(job.id, True)]
                assert trouble(redis_url, HERE) is None
                client.cancel(job)
                client.result(job)
    finally:
        worker.kill()


@pytest.mark.parametrize("program", ["renderer.worker.health", "renderer.health"])
def test_the_command_answers_with_its_exit_status(redis_url, monkeypatch, program):
    """By its own name and by the one that compose files were copied with."""
    monkeypatch.setenv("REDIS_URL", redis_url)
    run = subprocess.run([sys.executable, "-m", program], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == f"none of 0 workers on {HERE} is well\n"
