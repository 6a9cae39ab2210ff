"""Work that many ask for at once."""

import asyncio
import logging

from bot.coalescing import Coalesced


class Deed:
    """Counts its runs by key; each ends when it is let go."""

    def __init__(self):
        self.runs = []
        self.go = asyncio.Event()

    async def __call__(self, key):
        self.runs.append(key)
        await self.go.wait()


async def settled():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_all_who_ask_during_a_run_share_the_next_one():
    deed = Deed()
    soon = Coalesced("it", deed)
    for _ in range(5):
        soon.ask("a")
        await settled()
    assert deed.runs == ["a"]
    deed.go.set()
    await settled()
    assert deed.runs == ["a", "a"]


async def test_keys_do_not_wait_for_each_other():
    deed = Deed()
    soon = Coalesced("it", deed)
    soon.ask("a")
    soon.ask("b")
    await settled()
    assert deed.runs == ["a", "b"]
    deed.go.set()
    await soon.close(1)


async def test_what_raises_is_logged_and_done_again_when_it_is_asked_for(caplog):
    runs = []

    async def fail(key):
        runs.append(key)
        raise RuntimeError("nobody thought of that")

    soon = Coalesced("it", fail)
    for _ in range(2):
        soon.ask(1)
        await settled()
    assert runs == [1, 1]
    assert [each.levelno for each in caplog.records] == [logging.ERROR] * 2


async def test_closing_lets_a_run_end_and_cuts_off_one_that_does_not():
    deed = Deed()
    soon = Coalesced("it", deed)
    soon.ask("a")
    await settled()
    asyncio.get_running_loop().call_soon(deed.go.set)
    await soon.close(30)
    soon.ask("a")
    await settled()
    assert deed.runs == ["a"]

    stuck = Coalesced("it", lambda _: asyncio.Event().wait())
    stuck.ask("b")
    await settled()
    await stuck.close(0.01)
    await settled()
    assert not stuck._runs
