"""A bot that cannot go online says why in one line, and leaves nothing running."""

import pytest

from tests.acceptance.bot_process import BotProcess, processes_of


@pytest.fixture
def run_bot(fake, tmp_path):
    """Run a bot that ends by itself: its exit status and what it said."""

    async def run(**environment):
        bot = BotProcess(fake, tmp_path / "data", tmp_path / "log", **environment)
        await fake.until(lambda: bot.process.poll() is not None, 60)
        assert processes_of(tmp_path / "data") == []
        return bot.process.returncode, bot.log

    return run


async def test_a_wrong_token(fake, run_bot):
    status, log = await run_bot(DISCORD_TOKEN="wrong")
    assert status == 2
    assert "Discord does not accept this DISCORD_TOKEN" in log
    assert "Traceback" not in log


async def test_a_database_that_cannot_be_opened(fake, run_bot, tmp_path):
    nowhere = f"postgresql://u:hush@/d?host={tmp_path}"
    status, log = await run_bot(DATABASE_URL=nowhere)
    assert status == 1
    assert len([line for line in log.splitlines() if line.startswith("Going offline: ")]) == 1
    assert "Traceback" not in log
    assert "hush" not in log
