"""Reports of takes in the record, and where moderators read of them."""

import time
from typing import NamedTuple

import sqlalchemy as sa

from bot.record.database import Database, happened, insert_new, write_over
from bot.record.store import is_there
from bot.record.tables import report_posts, reports


class Posted(NamedTuple):
    """Where a message stands."""

    channel_id: int
    message_id: int


class ReportStore:
    """Who reported which take."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_of(self, member_id: int, since: float) -> int:
        """How many takes a member reported since then."""
        own = (reports.c.member_id == member_id, happened(reports.c.at, since, time.time()))
        async with self._database.reading() as connection:
            return await connection.scalar(sa.select(sa.func.count()).select_from(reports).where(*own)) or 0

    async def add(self, take_id: str, member_id: int) -> bool:
        """Write a report down; False where this member reported this take before."""
        row = {"take_id": take_id, "member_id": member_id, "at": time.time()}
        async with self._database.writing() as connection:
            return (await connection.execute(insert_new(connection, reports).values(row))).rowcount == 1

    async def take_back(self, take_id: str, member_id: int) -> None:
        """Forget a report that nobody could be told of."""
        own = (reports.c.take_id == take_id, reports.c.member_id == member_id)
        async with self._database.writing() as connection:
            await connection.execute(reports.delete().where(*own))

    async def reporters(self, take_id: str) -> list[int]:
        """The members who reported a take, in the order in which they did."""
        query = sa.select(reports.c.member_id).where(reports.c.take_id == take_id)
        async with self._database.reading() as connection:
            return [*await connection.scalars(query.order_by(reports.c.at, reports.c.member_id))]

    async def post_of(self, take_id: str) -> Posted | None:
        """The message in which moderators read of a take."""
        query = sa.select(report_posts.c.channel_id, report_posts.c.message_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query.where(report_posts.c.take_id == take_id))).first()
        return Posted(*found) if found else None

    async def write_post(self, take_id: str, post: Posted) -> bool:
        """From now on moderators read of the take there; False where the take is gone."""
        async with self._database.writing() as connection:
            row = {"take_id": take_id, "settled": "", "settled_by": None, **post._asdict()}
            await connection.execute(write_over(connection, report_posts, **row))
            if there := await is_there(connection, take_id):
                return there
            await connection.execute(report_posts.delete().where(report_posts.c.take_id == take_id))
            return False

    async def settle(self, take_id: str, deed: str) -> bool:
        """Write down how moderators settle a report; False where another deed has settled it.

        The same deed once more is well: it finishes what a crash cut off.
        """
        open_or_same = report_posts.c.settled.in_(["", deed])
        known = sa.select(report_posts.c.take_id).where(report_posts.c.take_id == take_id)
        settled = report_posts.update().where(report_posts.c.take_id == take_id, open_or_same).values(settled=deed)
        async with self._database.writing() as connection:
            if (await connection.execute(settled)).rowcount == 1:
                return True
            return (await connection.execute(known)).first() is None  # one from before its message was written down

    async def unsettle(self, take_id: str) -> None:
        """A report is open again: the deed could not be done, or somebody else has reported the take."""
        query = report_posts.update().where(report_posts.c.take_id == take_id).values(settled="", settled_by=None)
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def write_settled(self, take_id: str, member_id: int) -> None:
        """What moderators read names the one of them who settled it."""
        async with self._database.writing() as connection:
            own = report_posts.c.take_id == take_id
            await connection.execute(report_posts.update().where(own).values(settled_by=member_id))
