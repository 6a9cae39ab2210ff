"""What many tests share: a real Redis server on a Unix socket, real worker processes, a small drawn still."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from redis import Redis

from renderer.programs.canonical import canonical
from tests.pictures import encoded, quarters
from tests.processes import RedisServer, WorkerProcess

# A busy machine is no failure, and a failure comes back in the next run.
settings.register_profile(
    "unstill", deadline=None, derandomize=True, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unstill")

pytest_plugins = ("tests.stage",)  # the stage's fixtures serve the bot's own tests and the conversations


@pytest.fixture(scope="session")
def shared_redis():
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_url(shared_redis):
    """The address of a real, empty Redis."""
    with Redis.from_url(shared_redis.url) as client:
        client.flushall()
    return shared_redis.url


@pytest.fixture
def redis_server():
    """A Redis of the test's own, to be killed."""
    with running_redis() as server:
        yield server


@contextmanager
def running_redis():
    folder = Path(tempfile.mkdtemp(prefix="unstill-"))  # a socket's path may not be long, and pytest's folders are
    server = RedisServer(folder)
    yield server
    server.kill()
    shutil.rmtree(folder)


@pytest.fixture
def start_worker(tmp_path):
    """Start worker processes that end with the test: `start_worker(redis_url, UNSTILL_LOG="DEBUG")`."""
    started = []

    def start(redis_url, **environment):
        started.append(WorkerProcess(redis_url, tmp_path / f"worker-{len(started)}.log", **environment))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture(scope="session")
def still():
    """A canonical still of four plain quarters, large enough for the largest clip."""
    return canonical(encoded(quarters(1440, 1080)))
