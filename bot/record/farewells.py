"""Members who are to be forgotten, in the record: that they asked, what shows their takes, and the rows that go."""

import json
import time
from typing import NamedTuple

import sqlalchemy as sa

from bot.record.belongings import VOTES
from bot.record.database import Database, insert_new
from bot.record.report_store import Posted
from bot.record.store import credits_name
from bot.record.tables import (
    attempts,
    ballots,
    copies,
    farewells,
    jam_votes,
    jams,
    promises,
    reactions,
    report_posts,
    reports,
    rounds,
    takes,
)
from bot.rules.takes import Footprint


class Showing(NamedTuple):
    """The messages that show or speak of a take, beside those that its own record names."""

    elsewhere: list[Posted]  # copies of the clip, and what moderators read of it
    tallies: list[int]  # in its conversation


class Farewells:
    """What it takes to forget a member."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, member_id: int) -> None:
        """Write down that a member wants to be forgotten."""
        async with self._database.writing() as connection:
            row = {"member_id": member_id, "at": time.time()}
            await connection.execute(insert_new(connection, farewells).values(row))

    async def members(self) -> list[int]:
        """Those who asked and are not forgotten yet."""
        async with self._database.reading() as connection:
            return [*await connection.scalars(sa.select(farewells.c.member_id))]

    async def showing(self, take_id: str) -> Showing:
        """Where else a take is shown or spoken of."""
        elsewhere: list[Posted] = []
        async with self._database.reading() as connection:
            for table in (copies, report_posts):
                query = sa.select(table.c.channel_id, table.c.message_id).where(table.c.take_id == take_id)
                elsewhere += [Posted(*row) for row in await connection.execute(query)]
            query = sa.select(rounds.c.tally_id).where(rounds.c.take_id == take_id, rounds.c.tally_id.is_not(None))
            return Showing(elsewhere=elsewhere, tallies=[row[0] for row in await connection.execute(query)])

    async def drop_take(self, record: Footprint) -> bool:
        """Drop a take with all that hangs on it; whether no other take needs its still."""
        async with self._database.writing() as connection:
            for table in (ballots, rounds, copies, reports, report_posts):
                await connection.execute(table.delete().where(table.c.take_id == record.id))
            own = sa.select(jams.c.id).where(jams.c.root == record.id)
            await connection.execute(jam_votes.delete().where(jam_votes.c.jam_id.in_(own)))
            await connection.execute(jams.delete().where(jams.c.root == record.id))
            if record.message_id is not None:
                await connection.execute(reactions.delete().where(reactions.c.message_id == record.message_id))
            await connection.execute(takes.delete().where(takes.c.id == record.id))
            others = sa.select(takes.c.id).where(takes.c.still == record.still).limit(1)
            return await connection.scalar(others) is None

    async def leave_credits(self, member_id: int) -> list[str]:
        """Have no take say that it was asked for together with this member, or kept or tossed by them; which did."""
        mentioned = sa.or_(credits_name(member_id), takes.c.fate_by == member_id)
        query = sa.select(takes.c.id, takes.c.credits, takes.c.fate_by).where(mentioned)
        async with self._database.writing() as connection:
            rows = (await connection.execute(query)).all()
            for row in rows:
                others = [each for each in json.loads(row.credits) if each != member_id]
                left = {
                    "credits": json.dumps(others if len(others) > 1 else []),
                    "fate_by": None if row.fate_by == member_id else row.fate_by,
                }
                await connection.execute(takes.update().where(takes.c.id == row.id).values(left))
        return [row.id for row in rows]

    async def drop_votes(self, member_id: int) -> None:
        """Drop a member's votes, tries and what they were promised, and with them the wish to be forgotten."""
        async with self._database.writing() as connection:
            for table in (*VOTES, attempts, promises, farewells):
                await connection.execute(table.delete().where(table.c.member_id == member_id))
