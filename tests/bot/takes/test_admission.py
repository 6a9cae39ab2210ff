"""Allowances, counted in the record."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from bot.errors import RefusedError
from bot.record.attempts import Attempts
from bot.record.blocks import Blocks
from bot.record.house_rules import Houses
from bot.record.likenesses import Likenesses
from bot.rules.takes import State
from bot.settings import Settings
from bot.takes.admission import Admission
from bot.takes.gate import Gate
from tests.bot.record.test_store import record


@pytest.fixture
async def admission(database, store, tmp_path):
    houses, settings = Houses(database), Settings(data_dir=tmp_path)
    await houses.change(1, member_at_once=3, member_seconds=20, lifted=[77])
    gate = Gate(settings, Blocks(database), Attempts(database), Likenesses(database))
    return Admission(store, houses, gate, SimpleNamespace(check_room=lambda: None))


def asked(press, **changes):
    return record(str(press), guild_id=1, asked_at=time.time(), **changes)


async def test_a_hundred_at_once_get_as_many_as_there_is_room_for(admission, store):
    admitted = await asyncio.gather(*(admission.admit(asked(press)) for press in range(100)), return_exceptions=True)
    assert sum(each is True for each in admitted) == 3
    assert {each.code for each in admitted if isinstance(each, RefusedError)} == {"too_many_at_once"}
    assert len(await store.unfinished()) == 3


async def test_the_same_press_is_admitted_once(admission):
    press = asked(1)
    assert [await admission.admit(press), await admission.admit(press)] == [True, False]


async def test_a_take_without_a_clip_is_paid_back(admission, store):
    """Five takes of four seconds are the day's; one that fails makes room for another."""
    for press in range(5):
        await admission.admit(asked(press))
        await store.move(asked(press), [State.ASKED], state=State.SHOWN)
    with pytest.raises(RefusedError) as refused:
        await admission.admit(asked(5))
    assert refused.value.code == "spent"
    assert refused.value.data["when"].startswith("<t:")
    await store.move(asked(0), [State.SHOWN], state=State.EXPLAINED)
    assert await admission.admit(asked(5))


async def test_yesterday_does_not_count(admission, store):
    for press in range(5):
        await store.add(record(f"old {press}", guild_id=1, asked_at=time.time() - 90_000, state=State.SHOWN))
    assert await admission.admit(asked(1))


async def test_a_lifted_role_and_a_jam_are_not_bound_by_a_members_allowance(admission):
    for press in range(3):
        await admission.admit(asked(press))
    assert await admission.admit(asked(3), frozenset({77}))
    assert await admission.admit(asked(4, wish="jam:x:1:1"))


async def test_members_and_servers_are_counted_apart(admission):
    for press in range(3):
        await admission.admit(asked(press))
    assert await admission.admit(asked(3, member_id=5))
    assert await admission.admit(record("4", guild_id=2, asked_at=time.time()))
    assert await admission.admit(record("5", guild_id=None, asked_at=time.time()))


async def test_members_are_told_when_there_is_room(stage):
    await stage.rule(member_seconds=8)
    clip = await stage.first_clip()
    for label in ("Reroll", "Vary subtle", "Vary strong"):
        await stage.alice.click(clip, label=label)
    await stage.clips(stage.thread, 4)
    answer = await stage.alice.click(clip, label="Vary strong")
    assert answer.followups[0].content.startswith(
        "You have used your 8 seconds of clips for a day. There is room again <t:"
    )
    answer = await stage.animate()
    assert answer.ephemeral
    assert answer.response.content.startswith("You have used your 8 seconds")
    assert len(stage.channel.threads) == 1
