"""Jams and their votes, kept in the record."""

from dataclasses import replace

import pytest

from bot.record.jam_store import JamStore
from bot.record.tables import jams
from bot.rules.jam import Jam, Phase, Progress, Terms, jam_id
from bot.rules.takes import State
from tests.bot.record.test_store import record

ROOT = record("1").id


@pytest.fixture
def jam_store(database):
    return JamStore(database)


def jam(press="1", **changes):
    values = {"guild_id": 1, "root": ROOT, "host_id": 2, "terms": Terms(mood="calm", takes=2)}
    return Jam(id=jam_id(press), **(values | changes))


async def test_a_jam_comes_back_as_it_was_written_and_once(jam_store):
    made = jam(winners=("a", "b"), closes_at=3.5)
    await jam_store.add(made)
    await jam_store.add(replace(made, host_id=9))
    assert await jam_store.get(made.id) == made
    await jam_store.discard(made.id)
    assert await jam_store.get(made.id) is None


async def test_only_one_of_two_hands_moves_a_jam(jam_store):
    made = jam()
    await jam_store.add(made)
    changes = {"phase": Phase.RENDERING, "number": 2, "winners": ("a",)}
    assert await jam_store.move(made, [Phase.RENDERING], **changes)
    assert not await jam_store.move(made, [Phase.RENDERING], **changes)
    assert not await jam_store.move(replace(made, number=2), [Phase.VOTING], phase=Phase.ENDING)
    assert await jam_store.get(made.id) == replace(made, **changes)


async def test_what_has_ended_is_not_open(jam_store):
    for number, phase in enumerate(Phase):
        await jam_store.add(jam(str(number), phase=phase))
    assert {each.phase for each in await jam_store.open_ones()} == set(Phase) - {Phase.ENDED}


async def test_a_jam_of_a_later_version_is_left_alone_and_named_once(jam_store, database, caplog):
    for press in ("1", "2", "3"):
        await jam_store.add(jam(press))
    async with database.writing() as connection:
        for press, change in (("1", {"terms": '{"mood": "calm", "tempo": 3}'}), ("2", {"winners": "?"})):
            await connection.execute(jams.update().where(jams.c.id == jam_id(press)).values(**change))
    for _ in range(2):
        assert [each.id for each in await jam_store.open_ones()] == [jam_id("3")]
    assert await jam_store.get(jam_id("1")) is None
    named = [said.getMessage() for said in caplog.records if "cannot be read" in said.getMessage()]
    assert sorted(each.split()[1] for each in named) == sorted([jam_id("1"), jam_id("2")])


async def test_a_jam_in_a_phase_of_a_later_version_is_left_alone(jam_store, database):
    await jam_store.add(jam())
    async with database.writing() as connection:
        await connection.execute(jams.update().values(phase="encore"))
    assert await jam_store.open_ones() == []
    assert await jam_store.get(jam_id("1")) is None


async def test_a_member_has_one_vote_a_round_which_may_change_or_be_taken_back(jam_store):
    first, second = jam(), jam(number=2)
    assert await jam_store.cast(first, 1, "a")
    assert await jam_store.cast(first, 1, "b")
    assert await jam_store.cast(first, 2, "a")
    assert await jam_store.votes(first) == {1: "b", 2: "a"}
    assert not await jam_store.cast(first, 1, "b")
    assert await jam_store.votes(first) == {2: "a"}
    assert await jam_store.cast(second, 3, "c")
    assert await jam_store.votes(second) == {3: "c"}
    assert await jam_store.voters(first) == [2, 3]


async def test_a_rounds_progress_is_of_its_own_takes_alone(jam_store, store):
    made = jam()
    root = record("1", wish=f"{made.wish}:1", state=State.SHOWN)
    await store.add(root)
    assert await jam_store.progress(made) == Progress(written=1, under_way=0)
    others = {"2": f"{made.wish}:2", "3": "reroll", "4": f"jam:{made.id}:2:1", "5": f"jam:{made.id}:reel"}
    for press, wish in others.items():
        child = replace(record(press, wish=wish).take, root=root.id)
        await store.add(replace(record(press, wish=wish, state=State.QUEUED), take=child))
    assert await jam_store.progress(made) == Progress(written=2, under_way=1)
    assert [each.wish for each in await store.by_wish(root.id, f"{made.wish}:")] == [f"{made.wish}:1", f"{made.wish}:2"]
    assert await jam_store.progress(replace(made, root="0" * 20)) == Progress()
