import asyncio
import logging
import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis import Redis

from bot.client import create_bot
from bot.settings import Settings
from tests.acceptance.fake_discord import FakeDiscord, Spec, issue
from tests.processes import WorkerProcess

SPEC = "UNSTILL_DISCORD_SPEC"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return issue(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def spec():
    """Discord's OpenAPI description, where it is at hand."""
    path = os.environ.get(SPEC)
    return Spec(Path(path)) if path and Path(path).is_file() else None


@pytest.fixture
def open_fake(certificates, spec):
    """A fake that holds every malformed body, and every mishap that never befell, against the test."""

    @asynccontextmanager
    async def opened(**rules):
        async with FakeDiscord(certificates, spec=spec) as fake:
            for name, value in rules.items():
                setattr(fake.rules, name, value)
            yield fake
        assert fake.violations == []
        assert fake.mishaps.left() == []

    return opened


@pytest.fixture
async def fake(open_fake):
    async with open_fake() as opened:
        yield opened


@pytest.fixture
def no_errors_logged(caplog):
    """Nothing unexpected in anybody's log: no error, no traceback."""
    caplog.set_level(logging.INFO)
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call"), *caplog.get_records("teardown")]
    bad = [each for each in records if each.levelno >= logging.ERROR or each.exc_info]
    assert [f"{each.name}: {each.getMessage()}" for each in bad] == []


@pytest.fixture(scope="module")
def workshop(shared_redis, tmp_path_factory):
    """A Redis with a worker at it, for all conversations here."""
    with Redis.from_url(shared_redis.url) as client:
        client.flushall()
    worker = WorkerProcess(shared_redis.url, tmp_path_factory.mktemp("workshop") / "worker.log", UNSTILL_ENGINE="bars")
    yield shared_redis.url
    worker.kill()
    assert "Traceback" not in worker.log


@pytest.fixture
def run_bot(fake, workshop, tmp_path):
    """Start the bot; each time on the same data."""
    settings = Settings(_env_file=None, redis_url=workshop, data_dir=tmp_path / "data", engine="bars")

    @asynccontextmanager
    async def running():
        bot = create_bot(settings, connector=fake.connector())
        bot._connection.guild_ready_timeout = 0.2  # discord.py waits 2 s for further guilds; here all come at once
        task = asyncio.create_task(bot.start(fake.token))
        try:
            await asyncio.wait_for(bot.wait_until_ready(), 30)
            yield bot
        finally:
            await bot.close()
            await task

    return running


@pytest.fixture
def ada(fake):
    return fake.member("ada")


@pytest.fixture
def square(fake, ada):
    """A channel of a guild where everything is allowed."""
    return fake.world.text_channel(fake.world.guild("Home", members=(ada.user,)), "square")


@pytest.fixture
async def bot(run_bot, square):
    async with run_bot() as ready:
        yield ready
