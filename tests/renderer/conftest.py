"""A worker process for a whole module, and a client as the bot would be."""

import pytest

from tests.processes import WorkerProcess
from tests.renderer.client import connected


@pytest.fixture
def one_thread():
    """Networks as tiny as the tests' only wait for more."""
    import torch  # noqa: PLC0415  not for every test

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def client(redis_url, still):
    with connected(redis_url, still) as client:
        yield client


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """A file that stands once hostile code has run in the worker."""
    return tmp_path_factory.mktemp("trap") / "sprung"


@pytest.fixture(scope="module")
def worker(shared_redis, trap, tmp_path_factory):
    """One worker for the module. Its Redis is flushed between tests, which it has to bear."""
    log = tmp_path_factory.mktemp("worker") / "log"
    worker = WorkerProcess(shared_redis.url, log, UNSTILL_TRAP=str(trap))
    yield worker
    worker.kill()


@pytest.fixture
def unharmed(client, worker, trap):
    """After the test the same worker still renders, and nothing else has run in it."""
    yield
    job = client.job("honest")
    client.enqueue(job)
    assert client.result(job).clip
    assert worker.process.poll() is None
    assert not trap.exists()
