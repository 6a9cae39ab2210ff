"""No question that the bot asks often makes SQLite go through a whole table that grows."""

import re
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic import command

from bot.record import migrations
from bot.record.attempts import Attempts
from bot.record.ballots import Ballots
from bot.record.belongings import belongings, decided_by, votes_of
from bot.record.database import open_database
from bot.record.farewells import Farewells
from bot.record.holdings import Holdings
from bot.record.jam_store import JamStore
from bot.record.likenesses import Likenesses
from bot.record.reaction_log import Mark, ReactionLog
from bot.record.report_store import ReportStore
from bot.record.store import Store
from bot.record.tables import metadata
from bot.rules.jam import Phase
from bot.rules.pictures import Picture
from bot.rules.takes import Fate, State
from bot.settings import Settings
from tests.bot.record.test_jam_store import jam
from tests.bot.record.test_store import asked_for, record
from tests.statements import statements_to

SMALL = {"houses", "blocks", "leases", "notes", "farewells", "promises"}  # a row a server, a press of now, or fewer
MARK = Mark(message_id=1, emoji="🐢", member_id=2)
ID = "0" * 20
START = record("start")
ASKED = {
    "unfinished": lambda it: it.store.unfinished(),
    "open_by_state": lambda it: it.store.open_by_state(),
    "get": lambda it: it.store.get(ID),
    "shown_as": lambda it: it.store.shown_as(1),
    "newest_in": lambda it: it.store.newest_in(1),
    "copy_in": lambda it: it.store.copy_in(ID, 1),
    "family": lambda it: it.store.family(ID),
    "by_wish": lambda it: it.store.by_wish(ID, "jam:"),
    "made_of": lambda it: it.store.made_of("0" * 64, 1),
    "waiting_for": lambda it: it.store.waiting_for(ID, "reroll", 1),
    "usage": lambda it: it.store.usage(1, 1, since=1.0),
    "usage in private": lambda it: it.store.usage(1, None, since=1.0),
    "gallery": lambda it: it.store.gallery(**asked_for()),
    "gallery of a member": lambda it: it.store.gallery(**asked_for(member_id=1, kept=False)),
    "gallery in private": lambda it: it.store.gallery(**asked_for(guild_id=None, start=START)),
    "older in the gallery": lambda it: it.store.gallery(**asked_for(start=START)),
    "newer in the gallery": lambda it: it.store.gallery(**asked_for(start=START, newer=True)),
    "move": lambda it: it.store.move(START, [State.ASKED], state=State.WAITING),
    "decide": lambda it: it.store.decide(ID, Fate.KEPT, 1),
    "offer": lambda it: it.store.offer(ID, [Picture(url="https://cdn.discordapp.com/a.png")], 7),
    "open jams": lambda it: it.jams.open_ones(),
    "jam": lambda it: it.jams.get(ID),
    "move of a jam": lambda it: it.jams.move(jam(), [Phase.RENDERING], phase=Phase.ENDED),
    "progress of a jam": lambda it: it.jams.progress(jam()),
    "votes": lambda it: it.jams.votes(jam()),
    "voters": lambda it: it.jams.voters(jam()),
    "vote": lambda it: it.jams.cast(jam(), 1, ID),
    "ballot": lambda it: it.ballots.cast(ID, "reroll", 1, need=2),
    "ballot taken back": lambda it: it.ballots.withdraw(ID, "reroll", 0, 1, need=2),
    "open ballots": lambda it: it.ballots.open_counts(ID),
    "tallies": lambda it: it.ballots.tallies(ID),
    "reaction": lambda it: it.reactions.add(MARK),
    "reaction taken back": lambda it: it.reactions.take_back(MARK),
    "reactions that stand": lambda it: it.reactions.standing(1),
    "clips of a day": lambda it: it.reactions.clips_since(1, 200),
    "old reactions": lambda it: it.reactions.forget_before(1.0),
    "tries": lambda it: it.attempts.add(ID, 1, since=1.0),
    "old tries": lambda it: it.attempts.forget_before(1.0),
    "likeness": lambda it: it.likenesses.of("0" * 64),
    "reports of a member": lambda it: it.reports.count_of(1, since=1.0),
    "reporters": lambda it: it.reports.reporters(ID),
    "post of a report": lambda it: it.reports.post_of(ID),
    "verdict on a report": lambda it: it.reports.settle(ID, "toss"),
    "what shows a take": lambda it: it.farewells.showing(ID),
    "a take that goes": lambda it: it.farewells.drop_take(record("1", message_id=1)),
    "jams that go": lambda it: it.farewells.end_jams(1),
    "ballots that go": lambda it: it.farewells.ballots_of(1),
    "reports that name": lambda it: it.farewells.reports_naming(1),
    "jams that name": lambda it: it.farewells.jams_naming(1),
    "pictures that were refused": lambda it: it.farewells.unused_stills(1),
    "takes that are forgotten": lambda it: it.farewells.retire([ID]),
    "belongings": lambda it: belongings(it.store, 4),
    "votes of a member": lambda it: votes_of(it.store, 1),
    "decided by a member": lambda it: decided_by(it.store, 1),
    "holdings": lambda it: it.holdings.sharing([ID], ["0" * 64]),
    "known files": lambda it: it.holdings.known([ID], ["0" * 64]),
}


@pytest.fixture
async def whole(tmp_path):
    """Every part of one SQLite record, with a take in it."""
    database = open_database(Settings(data_dir=tmp_path, database_url=None).database)
    await database.migrate()
    store = Store(database)
    await store.add(START)
    yield SimpleNamespace(
        database=database,
        store=store,
        jams=JamStore(database),
        ballots=Ballots(database),
        reactions=ReactionLog(database),
        attempts=Attempts(database),
        likenesses=Likenesses(database),
        reports=ReportStore(database),
        farewells=Farewells(database),
        holdings=Holdings(database),
    )
    await database.close()


async def plans(whole, deed):
    """How SQLite goes about each step of a deed."""
    with statements_to(whole.database) as said:
        await deed(whole)
    steps = []
    async with whole.database.reading() as connection:
        for statement, parameters in said:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps += [row.detail for row in plan]
    return steps


@pytest.mark.parametrize("deed", ASKED.values(), ids=ASKED)
async def test_no_table_that_grows_is_gone_through(whole, deed):
    steps = await plans(whole, deed)
    scanned = [step for step in steps if (found := re.match(r"SCAN (\w+)", step)) and found[1] in metadata.tables]
    assert [step for step in scanned if step.split()[1] not in SMALL] == []


async def test_of_shown_takes_only_those_with_a_status_line_are_looked_at_each_second(whole):
    steps = await plans(whole, ASKED["unfinished"])
    assert any("state=? AND status_id>?" in step for step in steps), steps


async def test_migrations_make_the_indices_that_the_code_expects_and_take_them_back(database):
    async with database.writing() as connection:
        made = await connection.run_sync(_indices)
        await connection.run_sync(_there_and_back, "0003")
        assert await connection.run_sync(_indices) == made
    expected = {
        table.name: {index.name: [column.name for column in index.columns] for index in table.indexes}
        for table in metadata.sorted_tables
    }
    assert made == expected


def _there_and_back(connection, revision):
    config = migrations._config()
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
    assert [index["name"] for index in sa.inspect(connection).get_indexes("jams")] == ["ix_jams_phase"]
    command.upgrade(config, "head")


def _indices(connection):
    look = sa.inspect(connection)
    return {
        name: {index["name"]: index["column_names"] for index in look.get_indexes(name)} for name in metadata.tables
    }
