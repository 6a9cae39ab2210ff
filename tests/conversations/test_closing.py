"""The bot goes offline whole, whatever goes wrong on the way."""

import asyncio

import pytest

from bot.client import create_bot
from bot.record.errors import RecordAwayError
from tests.stage import opened_stage


async def test_what_cannot_be_closed_keeps_nothing_else_open(settings, monkeypatch):
    """The lease cannot be given back while SQL is away: Discord and the record are left all the same."""

    async def away(*_):
        raise RecordAwayError("SQL is away")

    left = []
    async with opened_stage(settings) as stage:
        bot = stage.env.bot
        monkeypatch.setattr(stage.services.store, "drop_lease", away)
        close = stage.services.database.close

        async def noted():
            left.append("the record")
            await close()

        bot._standing.pop_all()
        bot._standing.push_async_callback(noted)
        with pytest.raises(RecordAwayError):
            await bot.close()
        assert bot.is_closed()
        assert left == ["the record"]


async def test_a_bot_that_never_got_online_closes(settings, tmp_path):
    """Half a `setup_hook`: the record is no database, so nothing was made."""
    (tmp_path / "unstill.db").write_bytes(b"this is no database" * 100)
    bot = create_bot(settings)
    with pytest.raises(Exception, match="not a database"):
        await bot.setup_hook()
    await bot.close()
    assert bot.is_closed()


async def test_what_is_still_in_hand_after_a_while_is_cut_off_and_not_begun_again(idle_stage, monkeypatch):
    """Discord hangs: a hand lent anew would have outlived the record, and failed in the log with a traceback."""
    begun = []

    async def hangs(take_id, _place):
        begun.append(take_id)
        await asyncio.Event().wait()

    backlog = idle_stage.services.backlog
    monkeypatch.setattr("bot.takes.backlog.CLOSING", 0.1)
    monkeypatch.setattr(backlog, "_attend", hangs)
    for _ in range(2):
        backlog._lend_a_hand("a take", 0)
    hand = backlog._hands["a take"]
    await backlog.close()
    await asyncio.sleep(0)
    assert hand.cancelled()
    assert begun == ["a take"]
    assert not backlog._hands
