import asyncio
import time
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.record.tables import metadata, offers, takes
from bot.rules.clocks import is_over
from bot.rules.pictures import Picture
from bot.rules.takes import Fate, Record, State, in_conversation
from renderer.contract import lineage
from renderer.contract.job import Problem
from renderer.contract.shot import Beat, Shot

SHOT = Shot(still="0" * 64, line=(Beat(mood="late summer", seed=1),))


def record(press: str = "1", **changes) -> Record:
    values = {"guild_id": 2**63 - 1, "channel_id": 3, "member_id": 4, "byte_limit": 10**6, "asked_at": 1.0}
    return Record(take=lineage.animate(SHOT, press), **(values | changes))


async def test_a_take_comes_back_as_it_was_written(store):
    await store.add(record())
    assert await store.get(record().id) == record()


async def test_a_press_is_written_down_once(store):
    assert await store.add(record())
    assert not await store.add(record())


async def test_only_one_of_two_hands_moves_a_take(store):
    await store.add(record())
    moves = [store.move(record(), [State.ASKED], state=State.WAITING) for _ in range(2)]
    assert sorted(await asyncio.gather(*moves)) == [False, True]


async def test_a_late_hand_on_an_older_attempt_changes_nothing(store):
    await store.add(record())
    await store.move(record(), [State.ASKED], attempt=2)
    assert not await store.move(record(attempt=1), [State.ASKED], state=State.FAILING)


async def test_a_problem_comes_back_whole(store):
    problem = Problem(code="cancelled", data={"by": "7"})
    await store.add(record())
    await store.move(record(), [State.ASKED], state=State.FAILING, problem=problem)
    assert (await store.get(record().id)).problem == problem


async def test_finished_takes_need_no_hand_unless_their_status_stands(store):
    await store.add(record("1", state=State.SHOWN))
    await store.add(record("2", state=State.SHOWN, status_id=9))
    await store.add(record("3", state=State.EXPLAINED))
    await store.add(record("4", state=State.QUEUED))
    assert {row.id for row in await store.unfinished()} == {record("2").id, record("4").id}


def asked_for(**changes):
    """What a gallery is asked for: kept takes of one server, from the newest on."""
    values = {"guild_id": 1, "place_id": 5, "member_id": None, "kept": True, "start": None, "newer": False, "limit": 9}
    return values | changes


async def hang(store, **pictures):
    """Write shown and kept takes down, each with what is different about it; their ids by name."""
    values = {"guild_id": 1, "place_id": 5, "state": State.SHOWN, "fate": Fate.KEPT}
    for name, changes in pictures.items():
        await store.add(record(name, **(values | changes)))
    return {record(name).id: name for name in pictures}


async def test_a_gallery_has_what_is_kept_in_one_server(store):
    elsewhere, private = {"guild_id": 2}, {"guild_id": None}
    undecided, tossed = {"fate": Fate.UNDECIDED}, {"fate": Fate.TOSSED}
    names = await hang(
        store,
        a={},
        b=elsewhere,
        c=private,
        d={**private, "place_id": 6},
        e=undecided,
        f=tossed,
        g={"state": State.QUEUED},
    )

    async def found(**changes):
        return {names[each.id] for each in await store.gallery(**asked_for(**changes))}

    assert await found() == {"a"}
    assert await found(kept=False) == {"a", "e"}
    assert await found(guild_id=2) == {"b"}
    assert await found(guild_id=None) == {"c"}
    assert await found(guild_id=None, place_id=6) == {"d"}


async def test_a_members_gallery_has_what_they_are_credited_for(store):
    """No other member, whose number is part of theirs."""
    names = await hang(
        store,
        a={"member_id": 77},
        b={"credits": (77, 1)},
        c={"credits": (1, 77)},
        d={"credits": (1, 77, 2)},
        e={"credits": (7, 777, 1771)},
    )
    found = await store.gallery(**asked_for(member_id=77))
    assert {names[each.id] for each in found} == {"a", "b", "c", "d"}


async def test_a_gallery_is_walked_from_a_take_to_either_side(store):
    names = await hang(store, **{name: {"asked_at": float(number // 2)} for number, name in enumerate("abcdef")})
    everything = await store.gallery(**asked_for())
    assert [each.asked_at for each in everything] == [2.0, 2.0, 1.0, 1.0, 0.0, 0.0]
    assert {names[each.id] for each in everything} == set("abcdef")
    older = await store.gallery(**asked_for(start=everything[2], limit=2))
    newer = await store.gallery(**asked_for(start=everything[2], newer=True))
    assert older == everything[3:5]
    assert newer == [everything[1], everything[0]]


async def test_one_bot_holds_the_lease_until_it_drops_it(store):
    assert await store.hold_lease("backlog", "a", 60)
    assert not await store.hold_lease("backlog", "b", 60)
    assert await store.hold_lease("backlog", "a", 60)
    await store.drop_lease("backlog", "a")
    assert await store.hold_lease("backlog", "b", 60)


async def test_a_lease_further_ahead_than_its_own_length_is_void(store, monkeypatch):
    """Whoever wrote it down had a clock that was wrong: nobody stands idle for it. SQL decides as the rule does."""
    for turn in (-3600, -75, -66, -64, -30, 0, 1, 59, 60, 3600):
        assert await store.hold_lease("backlog", "a", 60)
        until = (await store.lease("backlog")).until
        now = until - 60 + turn
        monkeypatch.setattr("bot.record.store.time.time", lambda now=now: now)
        assert is_over(until, 60, now) is (turn < -5 or turn >= 60)
        assert await store.hold_lease("backlog", "b", 60) is is_over(until, 60, now)
        assert (await store.lease("backlog")).holder == ("b" if is_over(until, 60, now) else "a")
        await store.drop_lease("backlog", "b")
        monkeypatch.undo()


async def test_what_was_asked_for_ahead_of_now_takes_no_room_but_while_it_is_under_way(store):
    """A clock that was an hour ahead does not use a member's day up, nor keep them waiting for that hour."""
    ahead = time.time() + 3600
    await store.add(record("1", guild_id=1, member_id=7, asked_at=ahead, state=State.SHOWN))
    await store.add(record("2", guild_id=1, member_id=7, asked_at=ahead))
    usage = await store.usage(7, 1, since=time.time() - 60)
    assert (usage.member_open, usage.member_seconds, usage.member_latest) == (1, 0, 0)


async def test_a_lease_that_was_not_renewed_passes_on(store):
    assert await store.hold_lease("backlog", "a", -1)
    assert await store.hold_lease("backlog", "b", 60)


async def test_offered_pictures_are_remembered_for_a_day(store, monkeypatch):
    pictures = [
        Picture(url="https://cdn.discordapp.com/a.png", size=3, covered=True),
        Picture(url="https://cdn.discordapp.com/b.png"),
    ]
    await store.offer("1", pictures, 7)
    assert await store.offered("1") == pictures
    monkeypatch.setattr("bot.record.store.time.time", lambda: 4e9)
    await store.offer("2", pictures, 7)
    assert await store.offered("1") == []


async def test_an_offer_of_an_earlier_version_is_the_one_picture_that_it_names(store):
    async with store.database.writing() as connection:
        row = {"id": "1", "url": "https://cdn.discordapp.com/a.png", "offered_at": 1.0}
        await connection.execute(offers.insert().values(row))
    assert await store.offered("1") == [Picture(url="https://cdn.discordapp.com/a.png")]


async def test_a_take_remembers_that_it_is_covered_and_hands_it_on(store):
    """A version that knows nothing of covers writes rows without them."""
    covered = replace(record("1"), spoiler=True)
    await store.add(covered)
    read = await store.get(covered.id)
    child = in_conversation(read, lineage.reroll(read.take, "2"), member_id=1, byte_limit=1)
    assert read.covered
    assert child.covered
    async with store.database.writing() as connection:
        row = (await connection.execute(takes.select())).mappings().one()
        plain = {**row, "id": "a" * 20}
        del plain["spoiler"]
        await connection.execute(takes.insert().values(plain))
    assert not (await store.footprint("a" * 20)).covered


async def test_a_note_is_overwritten(store):
    await store.write_note("commands", "a")
    await store.write_note("commands", "b")
    assert await store.note("commands") == "b"


async def test_migrations_make_the_tables_that_the_code_expects(store, address):
    engine = create_async_engine(address)
    async with engine.connect() as connection:
        made = await connection.run_sync(_described)
    await engine.dispose()
    expected = {
        name: {column.name: column.nullable for column in table.columns} for name, table in metadata.tables.items()
    }
    assert made == expected


async def test_a_record_of_a_newer_version_is_left_as_it_is_and_goes_on(database, store, caplog):
    await store.add(record())
    async with database.writing() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.execute(sa.text("CREATE TABLE encores (id INTEGER)"))
    try:
        await database.migrate()
        assert await store.get(record().id) == record()
        assert await store.add(record("2"))
        async with database.reading() as connection:
            assert await connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"
    finally:
        async with database.writing() as connection:
            await connection.execute(sa.text("DROP TABLE encores"))
    (warning,) = [said for said in caplog.records if said.levelname == "WARNING"]
    assert warning.getMessage() == "the record is at revision 9999 of a newer version; going on with it"


def _described(connection):
    look = sa.inspect(connection)
    names = set(look.get_table_names()) - {"alembic_version"}
    return {name: {column["name"]: column["nullable"] for column in look.get_columns(name)} for name in names}


async def test_what_is_told_twice_or_by_two_bots_at_once_is_written_once(store):
    for _ in range(2):
        await store.offer("1", [Picture(url="https://cdn.discordapp.com/a.png")], 7)
    assert await store.offered("1") == [Picture(url="https://cdn.discordapp.com/a.png")]
    await asyncio.gather(*(store.write_note("commands", "told") for _ in range(4)))
    assert await store.note("commands") == "told"


async def test_the_takes_of_a_family_are_those_that_are_there_and_can_be_read(store):
    root = record()
    children = [in_conversation(root, lineage.reroll(root.take, press), member_id=4, byte_limit=9) for press in "234"]
    for number, each in enumerate((root, *children)):
        await store.add(replace(each, asked_at=float(number)))
    async with store.database.writing() as connection:
        await connection.execute(takes.update().where(takes.c.id == children[0].id).values(state=State.FORGOTTEN))
        await connection.execute(takes.update().where(takes.c.id == children[1].id).values(take='{"of": "later"}'))
    assert await store.family_takes(root.id) == [root.take, children[2].take]
