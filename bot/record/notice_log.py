"""Words to members beside clips, in the record for as long as they stand: a bot that was killed leaves none behind."""

from typing import NamedTuple

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import notices


class Notice(NamedTuple):
    """Where a word to a member stands."""

    channel_id: int
    message_id: int


class NoticeLog:
    """The words that may stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, notice: Notice, member_id: int, until: float) -> None:
        """Write down what stands until then, and on record until it is known to be gone."""
        row = {**notice._asdict(), "member_id": member_id, "until": until}
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, notices).values(row))

    async def left_over(self, now: float) -> list[Notice]:
        """What should be gone by now."""
        return await self._found(notices.c.until < now)

    async def to(self, member_id: int) -> list[Notice]:
        """What may still stand of words to a member."""
        return await self._found(notices.c.member_id == member_id)

    async def _found(self, which: sa.ColumnElement[bool]) -> list[Notice]:
        query = sa.select(notices.c.channel_id, notices.c.message_id).where(which)
        async with self._database.reading() as connection:
            return [Notice(*row) for row in await connection.execute(query)]

    async def drop(self, notice: Notice) -> None:
        """It is gone from Discord."""
        async with self._database.writing() as connection:
            await connection.execute(notices.delete().where(notices.c.message_id == notice.message_id))
