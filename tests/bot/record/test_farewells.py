"""What goes from the record with a member, and what stays."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.errors import RefusedError
from bot.record import tables
from bot.record.attempts import Attempts
from bot.record.ballots import Ballots
from bot.record.belongings import belongings, decided_by, votes_of
from bot.record.blocks import Blocks
from bot.record.farewells import Farewells
from bot.record.jam_store import JamStore
from bot.record.reaction_log import Mark, ReactionLog
from bot.record.report_store import Posted, ReportStore
from bot.rules.blocks import Block, Kind
from bot.rules.jam import Jam, Terms, jam_id
from bot.rules.takes import Fate, State, in_conversation
from renderer.contract import lineage
from renderer.contract.job import Problem
from tests.bot.record.rows import counts
from tests.bot.record.test_store import record

ALICE, BOB, EVE = 7, 77, 777


@pytest.fixture
def farewells(database):
    return Farewells(database)


async def played(database, store, **changes):
    """A shown take with all that may hang on it."""
    made = record("1", member_id=ALICE, **({"state": State.SHOWN, "message_id": 100} | changes))
    await store.add(made)
    ballots, reports = Ballots(database), ReportStore(database)
    await ballots.cast(made.id, "reroll", BOB, need=2)
    await ballots.write_tally(made.id, "reroll", 101)
    await ballots.cast(made.id, "subtle", BOB, need=2)
    await store.write_copy(102, made.id, 9)
    await reports.add(made.id, BOB)
    await reports.write_post(made.id, Posted(8, 103))
    await ReactionLog(database).add(Mark(message_id=100, emoji="🐢", member_id=BOB))
    jams, jam = JamStore(database), Jam(id=jam_id("1"), guild_id=1, root=made.id, host_id=1, terms=Terms(mood="calm"))
    await jams.add(jam)
    await jams.cast(jam, BOB, made.id)
    return made


async def test_a_wish_to_be_forgotten_stays_until_it_is_done(farewells):
    for member in (ALICE, ALICE, BOB):
        await farewells.ask(member)
    assert sorted(await farewells.members()) == [ALICE, BOB]
    assert await farewells.leave(ALICE)
    assert await farewells.members() == [BOB]


async def test_every_message_that_shows_a_take_is_found(farewells, database, store):
    made = await played(database, store)
    showing = await farewells.showing(made.id)
    assert sorted(showing.elsewhere) == [Posted(8, 103), Posted(9, 102)]
    assert showing.tallies == [101]
    assert await farewells.showing("0" * 20) == ([], [])


async def test_a_take_goes_with_all_that_hangs_on_it(farewells, database, store):
    made = await played(database, store)
    assert await farewells.drop_take(made)
    tables = ("takes", "ballots", "rounds", "copies", "reports", "report_posts", "reactions", "jams", "jam_votes")
    assert await counts(database, *tables) == [0] * len(tables)


async def test_a_still_that_another_take_needs_is_said_to_be_needed(farewells, store):
    for press in ("1", "2"):
        await store.add(record(press))
    assert not await farewells.drop_take(record("1"))
    assert await farewells.drop_take(record("2"))


def called_off_by(member):
    return Problem(code="cancelled", data={"by": str(member)})


async def test_credits_and_fates_no_longer_name_the_member(farewells, store):
    """Those of others stay, also where a number is part of another."""
    before = {
        "1": record("1", state=State.SHOWN, credits=(ALICE, BOB)),
        "2": record("2", state=State.SHOWN, credits=(BOB, ALICE, EVE), fate=Fate.KEPT, fate_by=EVE),
        "3": record("3", state=State.SHOWN, credits=(BOB, EVE), fate=Fate.TOSSED, fate_by=ALICE),
        "4": record("4", state=State.SHOWN, credits=(BOB, EVE), fate=Fate.TOSSED, fate_by=BOB),
        "5": record("5", state=State.EXPLAINED, problem=called_off_by(ALICE)),
        "6": record("6", state=State.EXPLAINED, problem=called_off_by(BOB)),
    }
    for each in before.values():
        await store.add(each)
        if each.problem is not None:
            await store.move(each, [each.state], problem=each.problem)
    named = await farewells.naming(ALICE)
    assert set(named) == {before[press].id for press in ("1", "2", "3", "5")}
    assert not await farewells.leave(ALICE)
    for each in named:
        await farewells.unname(each, ALICE)
    assert await farewells.leave(ALICE)
    after = [await store.get(each.id) for each in before.values()]
    assert after == [
        replace(before["1"], credits=()),
        replace(before["2"], credits=(BOB, EVE)),
        replace(before["3"], fate_by=None),
        before["4"],
        replace(before["5"], problem=Problem(code="cancelled")),
        before["6"],
    ]


async def test_a_members_votes_and_tries_go_and_no_others(farewells, database, store):
    made = await played(database, store)
    await Attempts(database).add("1", BOB, since=0)
    await Ballots(database).cast(made.id, "reroll", EVE, need=3)
    assert (await belongings(store, BOB)).votes == 5
    assert await farewells.leave(BOB)
    assert (await belongings(store, BOB)).votes == 0
    tables = ("ballots", "reactions", "jam_votes", "reports", "attempts", "takes")
    assert await counts(database, *tables) == [1, 0, 0, 0, 0, 1]


async def test_what_a_member_decided_and_voted_is_told(database, store):
    made = await played(database, store, fate=Fate.KEPT, fate_by=BOB)
    assert await decided_by(store, BOB) == [made.id]
    assert await decided_by(store, ALICE) == []
    votes = await votes_of(store, BOB)
    assert {name: len(rows) for name, rows in votes.items()} == {
        "ballots": 2,
        "reactions": 1,
        "jam_votes": 1,
        "reports": 1,
    }
    assert {row["wish"] for row in votes["ballots"]} == {"reroll", "subtle"}


async def test_a_forgotten_take_is_gone_for_everybody_else(farewells, store):
    """Nobody finds, changes, shares or goes on from it; and nothing of a member who is leaving is written down."""
    made = record("1", member_id=ALICE, state=State.RENDERED)
    await store.add(made)
    await farewells.retire([made.id])
    assert await store.is_gone(made.id)
    assert (await store.get(made.id), await store.unfinished(), await store.family(made.id)) == (None, [], [])
    assert not await store.move(made, [State.RENDERED], state=State.SHOWN)
    assert not await store.write_status(made.id, 5)
    assert not await store.write_opening(made.id, 5, 6)
    assert not await store.write_copy(5, made.id, 6)
    with pytest.raises(RefusedError, match="take_gone"):
        await store.add(in_conversation(made, lineage.reroll(made.take, "2"), member_id=BOB, byte_limit=1))
    await farewells.ask(ALICE)
    with pytest.raises(RefusedError, match="being_forgotten"):
        await store.add(record("3", member_id=ALICE))
    assert [each.id for each in (await belongings(store, ALICE)).takes] == [made.id]
    assert not await farewells.leave(ALICE)
    await farewells.drop_take(made)
    assert await farewells.leave(ALICE)


async def test_a_block_stays_though_its_maker_is_forgotten(farewells, database):
    """It is the moderators' record: else to be forgotten were the way around it."""
    blocks = Blocks(database)
    await blocks.add(1, Block(kind=Kind.MEMBER, subject=str(ALICE)), by=BOB)
    assert await farewells.leave(ALICE)
    assert await farewells.leave(BOB)
    async with database.reading() as connection:
        ((subject, by),) = await connection.execute(sa.select(tables.blocks.c.subject, tables.blocks.c.by))
    assert (subject, by) == (str(ALICE), 0)
