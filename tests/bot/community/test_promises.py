"""What a bot that is gone has acknowledged is done by another one, and its member told."""

import asyncio
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.community.promises import Promises
from bot.errors import RefusedError
from bot.language.fluent import language
from bot.posts.discord_calls import AgainLaterError
from bot.record.errors import RecordAwayError
from bot.record.promise_store import LIFE, PromiseStore
from bot.rules.jam import Terms
from bot.rules.promises import Request
from bot.rules.takes import State
from renderer.contract import lineage
from renderer.contract.job import Problem
from renderer.contract.shot import Action
from tests.bot.record.test_promise_store import PROMISE
from tests.bot.record.test_store import record

HERE = 2


class World:
    """What is done for promises, and what is said of it."""

    def __init__(self):
        self.done, self.said = [], []
        self.acknowledged = True
        self.fault = None

    async def was_acknowledged(self, _promise):
        return self.acknowledged

    async def tell(self, promise, text):
        self.said.append((promise.id, text))

    def deed(self, name):
        async def do(asker, *wanted):
            if self.fault:
                raise self.fault
            self.done.append((name, asker.press, *wanted))
            return HERE

        return do


@pytest.fixture
def world():
    return World()


@pytest.fixture
def promises(world, database, store):
    async def find(_asker, take_id):
        return await store.get(take_id)

    return Promises(
        SimpleNamespace(get_guild=lambda _: None),
        life=f"{LIFE}new",
        store=store,
        promises=PromiseStore(database),
        animations=SimpleNamespace(begin=world.deed("animate"), take_up=world.deed("take up")),
        presses=SimpleNamespace(find=find, ask=world.deed("ask")),
        jams=SimpleNamespace(begin=world.deed("jam")),
        words=world,
    )


async def left_behind(promises, request=PROMISE.request, **changes):
    made = replace(PROMISE, at=time.time(), request=request, **changes)
    await promises._promises.add(made)
    return made


async def look(promises):
    promises._next = 0.0
    await promises.tick(leads=True)
    return [each.id for each in await promises._promises.left_behind(time.time())]


TERMS = Terms(mood="calm")


@pytest.mark.parametrize(
    ("request_", "done"),
    [
        (PROMISE.request, "animate"),
        (Request(offer="99", words="calm"), "take up"),
        (Request(picture=PROMISE.request.picture, terms=TERMS), "jam"),
    ],
)
async def test_a_new_take_is_begun_and_its_member_told_once(promises, world, request_, done):
    await left_behind(promises, request_)
    assert await look(promises) == []
    assert await look(promises) == []
    assert [(each[0], each[1]) for each in world.done] == [(done, "1")]
    assert [promise for promise, _ in world.said] == ["1"]
    assert f"<#{HERE}>" in world.said[0][1]


async def test_a_take_that_was_begun_already_is_not_begun_again(promises, world, store):
    await store.add(record("1", place_id=77))
    assert lineage.animated("1") == record("1").id
    await left_behind(promises)
    assert await look(promises) == []
    assert world.done == []
    assert "<#77>" in world.said[0][1]


async def test_a_take_that_ended_before_it_was_told_is_told(promises, world, store):
    await store.add(record("1"))
    await store.move(record("1"), [State.ASKED], state=State.EXPLAINED, problem=Problem(code="nobody_there"))
    await left_behind(promises)
    assert await look(promises) == []
    assert world.said == [("1", language("de").say("problem-nobody-there"))]


async def test_words_said_to_a_take_are_heard_once_and_silently_where_it_stands(promises, world, store):
    parent = record("5", place_id=HERE)
    await store.add(parent)
    asked = Request(take=parent.id, action=Action.NUDGE, words="slower")
    await left_behind(promises, asked, thinking=False)
    assert await look(promises) == []
    assert [each[0] for each in world.done] == ["ask"]
    assert world.said == []
    child = lineage.nudge(parent.take, "1", "slower")
    await store.add(replace(record("6"), take=child))
    await left_behind(promises, asked, thinking=False)
    assert await look(promises) == []
    assert len(world.done) == 1


async def test_what_was_never_acknowledged_is_not_done(promises, world):
    world.acknowledged = False
    await left_behind(promises)
    assert await look(promises) == []
    assert (world.done, world.said) == ([], [])


async def test_a_refusal_is_told(promises, world):
    world.fault = RefusedError("offer_gone")
    await left_behind(promises)
    assert await look(promises) == []
    assert len(world.said) == 1


async def test_what_is_away_is_waited_for(promises, world):
    world.fault = AgainLaterError("busy")
    await left_behind(promises)
    assert await look(promises) == ["1"]
    world.fault = None
    assert await look(promises) == []
    assert len(world.said) == 1


async def test_what_cannot_be_done_is_to_be_asked_for_once_more(promises, world, caplog):
    world.fault = ZeroDivisionError()
    await left_behind(promises)
    assert await look(promises) == []
    assert len(world.said) == 1
    assert "cannot be taken up" in caplog.text


async def test_a_bot_that_does_not_lead_takes_nothing_up(promises, world):
    await left_behind(promises)
    await promises.tick(leads=False)
    assert world.done == []


async def test_what_this_life_promised_is_its_own_and_goes_when_it_is_kept(promises, world):
    made = replace(PROMISE, at=time.time())
    await promises.make(made)
    await look(promises)
    assert world.done == []
    await promises.kept(made)
    await promises.close()
    assert await promises._promises.left_behind(time.time()) == []


async def test_of_many_that_are_kept_at_once_each_is_written_once(promises, monkeypatch):
    """Each answer that dropped all of them made a crowd's first instant as costly as its square."""
    written = []

    async def drop(promise):
        await asyncio.sleep(0)
        written.append(promise.id)

    monkeypatch.setattr(promises._promises, "drop", drop)
    many = [replace(PROMISE, id=str(number)) for number in range(9)]
    await asyncio.gather(*map(promises.kept, many))
    assert sorted(written) == [each.id for each in many]


async def test_what_could_not_be_written_down_is_later(promises, monkeypatch):
    drop = promises._promises.drop

    async def away(_promise):
        raise RecordAwayError("locked")

    made = replace(PROMISE, at=time.time())
    await promises.make(made)
    monkeypatch.setattr(promises._promises, "drop", away)
    await promises.kept(made)
    monkeypatch.setattr(promises._promises, "drop", drop)
    await look(promises)
    await promises.close()
    assert await promises._promises.left_behind(time.time()) == []
