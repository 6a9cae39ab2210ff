"""What goes from the record with a member, and what stays."""

from dataclasses import replace

import pytest

from bot.record.attempts import Attempts
from bot.record.ballots import Ballots
from bot.record.belongings import belongings, decided_by, votes_of
from bot.record.farewells import Farewells
from bot.record.jam_store import JamStore
from bot.record.reaction_log import Mark, ReactionLog
from bot.record.report_store import Posted, ReportStore
from bot.rules.jam import Jam, Terms, jam_id
from bot.rules.takes import Fate, State
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
    await farewells.drop_votes(ALICE)
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


async def test_credits_and_fates_no_longer_name_the_member(farewells, store):
    """Those of others stay, also where a number is part of another."""
    before = {
        "1": record("1", state=State.SHOWN, credits=(ALICE, BOB)),
        "2": record("2", state=State.SHOWN, credits=(BOB, ALICE, EVE), fate=Fate.KEPT, fate_by=EVE),
        "3": record("3", state=State.SHOWN, credits=(BOB, EVE), fate=Fate.TOSSED, fate_by=ALICE),
        "4": record("4", state=State.SHOWN, credits=(BOB, EVE), fate=Fate.TOSSED, fate_by=BOB),
    }
    for each in before.values():
        await store.add(each)
    assert set(await farewells.leave_credits(ALICE)) == {before[press].id for press in ("1", "2", "3")}
    after = [await store.get(each.id) for each in before.values()]
    assert after == [
        replace(before["1"], credits=()),
        replace(before["2"], credits=(BOB, EVE)),
        replace(before["3"], fate_by=None),
        before["4"],
    ]


async def test_a_members_votes_and_tries_go_and_no_others(farewells, database, store):
    made = await played(database, store)
    await Attempts(database).add("1", BOB, since=0)
    await Ballots(database).cast(made.id, "reroll", EVE, need=3)
    assert (await belongings(store, BOB)).votes == 5
    await farewells.drop_votes(BOB)
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
