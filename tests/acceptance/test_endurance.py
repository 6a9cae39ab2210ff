"""Short forms of `make chaos`, `make load` and `make fuzz`: each is one of the design's promises."""

import pytest

from tests.chaos.run import run
from tests.chaos.town import Town
from tests.conftest import running_redis
from tests.fuzz.run import all_doors, strangers
from tests.load.__main__ import free_port
from tests.load.crowd import Crowd
from tests.processes import WorkerProcess


@pytest.fixture
def open_town(fake, redis_folder):
    towns = []

    def opened(**size):
        towns.append(Town(fake, redis_folder, **size))
        return towns[-1]

    yield opened
    for town in towns:
        town.close()


@pytest.fixture
def redis_folder(tmp_path_factory):
    """A socket's path may not be long."""
    return tmp_path_factory.mktemp("t")


@pytest.mark.timeout(400)
async def test_promise_1_no_acknowledged_take_is_lost(open_fake, redis_folder):
    """Bot, workers, Redis, disk, SQL and Discord fail while members play; each take is shown or explained, once."""
    town = None
    async with open_fake() as fake:
        try:
            town = Town(fake, redis_folder)
            found, counts = await run(town, takes=14, seed=5)
        finally:
            if town is not None:
                town.close()
    assert found.takes >= 14
    assert found.good, found
    assert sum(counts.values()) >= 5, counts


@pytest.mark.timeout(300)
async def test_promise_7_nobody_waits_on_silence(open_town):
    """A small crowd: every interaction is answered in time, no member waits much longer than another."""
    port = free_port()
    town = open_town(servers=2, members=10, UNSTILL_METRICS_PORT=str(port), UNSTILL_LOG="WARNING")
    figures = await Crowd(town, 20, port).run()
    assert figures.found.good, figures
    assert figures.found.shown == figures.takes == 20
    assert figures.unanswered == 0  # the fake takes no answer after 3 s, as Discord does not
    assert len(figures.waits) == 10


@pytest.mark.timeout(300)
def test_promise_8_hostile_bytes_stay_out():
    """Stills, moods, jobs, results, events, settings, Redis replies: each is taken or clearly refused."""
    total = all_doors(40, derandomize=True, say=print)
    assert total["taken"] > 50
    assert total["refused"] > 100


async def test_nobody_gets_anywhere_by_forged_ids(certificates, spec, tmp_path):
    """A member of another server presses, fills in and asks with every id there is."""
    with running_redis() as server:
        worker = WorkerProcess(server.url, tmp_path / "worker.log")
        try:
            counts = await strangers(certificates, tmp_path / "data", server.url, 60, 3, spec)
        finally:
            worker.kill()
    assert counts["refused"] == 60
