"""Members who are to be forgotten, in the record: that they asked, what shows their takes, and the rows that go.

Their takes become `forgotten` first: from then on nobody else finds, changes or continues them. A row goes last, when
its messages and files are gone; the wish to be forgotten, when no row is left that names the member.
"""

import json
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.record.belongings import VOTES
from bot.record.database import Database, insert_new, wipe, write_over
from bot.record.reaction_log import FORGOTTEN
from bot.record.report_store import Posted
from bot.record.store import credits_name
from bot.record.tables import (
    attempts,
    ballots,
    blocks,
    copies,
    farewells,
    jam_votes,
    jams,
    notes,
    notices,
    offers,
    promises,
    reactions,
    report_posts,
    reports,
    rounds,
    stills,
    takes,
)
from bot.rules.allowances import DAY
from bot.rules.takes import Footprint, State

OF_TAKES = (ballots, rounds, copies, reports, report_posts)
NAMELESS = 0  # instead of the moderator who is forgotten, where a block must say who made it
FRESH = 3600.0  # seconds in which a still may yet become a take
NAMES = 500  # in one query: databases limit how many values a query may have


class Showing(NamedTuple):
    """The messages that show or speak of a take, beside those that its own record names."""

    elsewhere: list[Posted]  # copies of the clip, and what moderators read of it
    tallies: list[int]  # in its conversation


class LastWord(NamedTuple):
    """The message that says whose jam it was."""

    jam: str
    root: str  # the take beside which it stands
    message_id: int


class Farewells:
    """What it takes to forget a member."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, member_id: int) -> None:
        """Write down that a member wants to be forgotten. From here on no take of theirs is written down."""
        async with self._database.writing() as connection:
            row = {"member_id": member_id, "at": time.time()}
            await connection.execute(insert_new(connection, farewells).values(row))

    async def members(self) -> list[int]:
        """Those who asked and are not forgotten yet."""
        async with self._database.reading() as connection:
            return [*await connection.scalars(sa.select(farewells.c.member_id))]

    async def retire(self, take_ids: Iterable[str]) -> None:
        """Have takes be gone for everybody but those who take them down."""
        ids = [*take_ids]
        async with self._database.writing() as connection:
            for start in range(0, len(ids), NAMES):
                some = takes.c.id.in_(ids[start : start + NAMES])
                await connection.execute(takes.update().where(some).values(state=State.FORGOTTEN))

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
            shown_in = sa.select(copies.c.message_id).where(copies.c.take_id == record.id)
            await connection.execute(reactions.delete().where(reactions.c.message_id.in_(shown_in)))
            for table in OF_TAKES:
                await connection.execute(table.delete().where(table.c.take_id == record.id))
            await _drop_jams(connection, jams.c.root == record.id)
            if record.message_id is not None:
                await connection.execute(reactions.delete().where(reactions.c.message_id == record.message_id))
            await connection.execute(takes.delete().where(takes.c.id == record.id))
            others = sa.select(takes.c.id).where(takes.c.still == record.still).limit(1)
            needless = await connection.scalar(others) is None
            if needless:
                await connection.execute(stills.delete().where(stills.c.sha256 == record.still))
            return needless

    async def naming(self, member_id: int) -> list[str]:
        """The takes of others that name a member: who asked, kept, tossed or called off."""
        async with self._database.reading() as connection:
            query = sa.select(takes.c.id).where(_named(member_id), takes.c.state != State.FORGOTTEN)
            return [*await connection.scalars(query.order_by(takes.c.asked_at))]

    async def unname(self, take_id: str, member_id: int) -> None:
        """Have a take no longer say that a member asked for it with others, kept, tossed or called it off."""
        query = sa.select(takes.c.credits, takes.c.fate_by, takes.c.problem).where(takes.c.id == take_id)
        async with self._database.writing() as connection:
            row = (await connection.execute(query.with_for_update())).first()
            if row is None:
                return
            left = {
                "credits": _without(row.credits, member_id),
                "fate_by": None if row.fate_by == member_id else row.fate_by,
                "problem": _unsaid(row.problem, member_id),
            }
            await connection.execute(takes.update().where(takes.c.id == take_id).values(left))

    async def reports_naming(self, member_id: int) -> list[tuple[str, Posted]]:
        """What moderators read that names a member: who reported a take, or settled it. With the take's id."""
        reported = sa.select(reports.c.take_id).where(reports.c.member_id == member_id)
        query = report_posts.select().where(
            sa.or_(report_posts.c.take_id.in_(reported), report_posts.c.settled_by == member_id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [(row.take_id, Posted(row.channel_id, row.message_id)) for row in rows]

    async def unname_report(self, take_id: str, member_id: int) -> None:
        """Have a report no longer say that a member made or settled it."""
        async with self._database.writing() as connection:
            own = (reports.c.take_id == take_id, reports.c.member_id == member_id)
            await connection.execute(reports.delete().where(*own))
            settled = (report_posts.c.take_id == take_id, report_posts.c.settled_by == member_id)
            await connection.execute(report_posts.update().where(*settled).values(settled_by=None))

    async def jams_naming(self, member_id: int) -> list[str]:
        """The jams of others in which a member voted."""
        query = sa.select(jam_votes.c.jam_id).where(jam_votes.c.member_id == member_id).distinct()
        async with self._database.reading() as connection:
            return [*await connection.scalars(query)]

    async def unname_jam(self, jam_id: str, member_id: int) -> None:
        """Drop a member's votes in a jam."""
        own = (jam_votes.c.jam_id == jam_id, jam_votes.c.member_id == member_id)
        async with self._database.writing() as connection:
            await connection.execute(jam_votes.delete().where(*own))

    async def end_jams(self, member_id: int) -> None:
        """Drop the jams that a member began and that said no last word, whatever became of their first take."""
        async with self._database.writing() as connection:
            await _drop_jams(connection, sa.and_(jams.c.host_id == member_id, jams.c.word_id.is_(None)))

    async def last_words(self, member_id: int) -> list[LastWord]:
        """What was said last of the jams that a member began."""
        query = sa.select(jams.c.id, jams.c.root, jams.c.word_id)
        query = query.where(jams.c.host_id == member_id, jams.c.word_id.is_not(None))
        async with self._database.reading() as connection:
            return [LastWord(*row) for row in await connection.execute(query)]

    async def drop_jam(self, jam_id: str) -> None:
        """Drop a jam whose last word is gone."""
        async with self._database.writing() as connection:
            await _drop_jams(connection, jams.c.id == jam_id)

    async def ballots_of(self, member_id: int) -> list[str]:
        """The takes for whose children a member has a ballot in."""
        query = sa.select(ballots.c.take_id).where(ballots.c.member_id == member_id).distinct()
        async with self._database.reading() as connection:
            return [*await connection.scalars(query)]

    async def drop_ownerless(self, now: float) -> None:
        """Drop offers that are over, and what was written down of stills that became no take."""
        async with self._database.writing() as connection:
            await connection.execute(offers.delete().where(offers.c.offered_at < now - DAY))
            used = sa.select(takes.c.id).where(takes.c.still == stills.c.sha256).exists()
            await connection.execute(stills.delete().where(stills.c.taken_in_at < now - FRESH, ~used))

    async def unused_stills(self, member_id: int) -> list[str]:
        """The pictures that a member had read and that no take is made of: what was refused afterwards."""
        used = sa.select(takes.c.id).where(takes.c.still == attempts.c.still).exists()
        query = sa.select(attempts.c.still).where(attempts.c.member_id == member_id, attempts.c.still != "", ~used)
        async with self._database.reading() as connection:
            return [*await connection.scalars(query.distinct())]

    async def leave(self, member_id: int) -> bool:
        """Drop a member's votes, tries, offers and promises, and with them the wish to be forgotten.

        False, and the wish stays, where there are takes or jams left that are theirs or name them.
        """
        async with self._database.writing() as connection:
            unused = sa.select(attempts.c.still).where(attempts.c.member_id == member_id)
            used = sa.select(takes.c.id).where(takes.c.still == stills.c.sha256).exists()
            await connection.execute(stills.delete().where(stills.c.sha256.in_(unused), ~used))
            for table in (*VOTES, attempts, notices, offers, promises):
                await connection.execute(table.delete().where(table.c.member_id == member_id))
            await connection.execute(offers.delete().where(offers.c.member_id == 0))  # from before it was written down
            await connection.execute(blocks.update().where(blocks.c.by == member_id).values(by=NAMELESS))
            if await _named_at_all(connection, member_id):
                return False
            await connection.execute(farewells.delete().where(farewells.c.member_id == member_id))
            await connection.execute(write_over(connection, notes, name=FORGOTTEN, value=str(time.time())))
        await wipe(self._database)
        return True


async def _drop_jams(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    ids = sa.select(jams.c.id).where(which)
    await connection.execute(jam_votes.delete().where(jam_votes.c.jam_id.in_(ids)))
    await connection.execute(jams.delete().where(which))


async def _named_at_all(connection: AsyncConnection, member_id: int) -> bool:
    left = (
        sa.select(takes.c.id).where(sa.or_(takes.c.member_id == member_id, _named(member_id))).limit(1),
        sa.select(jams.c.id).where(jams.c.host_id == member_id).limit(1),
        sa.select(report_posts.c.take_id).where(report_posts.c.settled_by == member_id).limit(1),
    )
    return any([await connection.scalar(query) is not None for query in left])


def _named(member_id: int) -> sa.ColumnElement[bool]:
    called_off = takes.c.problem.like(f'%"{member_id}"%')  # ids stand in a problem's data as text
    return sa.or_(credits_name(member_id), takes.c.fate_by == member_id, called_off)


def _without(asked_by: str, member_id: int) -> str:
    others = [each for each in json.loads(asked_by) if each != member_id]
    return json.dumps(others if len(others) > 1 else [])


def _unsaid(problem: str | None, member_id: int) -> str | None:
    """A problem as JSON without the member who called the take off."""
    if problem is None:
        return None
    said: dict[str, Any] = json.loads(problem)
    data = {name: value for name, value in said.get("data", {}).items() if value != str(member_id)}
    return json.dumps(said | {"data": data})
