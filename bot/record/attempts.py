"""Tries to have a picture read, in the record: each costs a process, so members' tries are counted."""

import time
from typing import NamedTuple

import sqlalchemy as sa

from bot.record.database import Database, happened, insert_new
from bot.record.tables import attempts


class Tries(NamedTuple):
    """A member's tries since some moment."""

    made: int
    oldest: float  # when the first of them was


class Attempts:
    """The tries of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, press: str, member_id: int, since: float) -> Tries:
        """Write a try down, once for each press; the member's tries since then, this one among them."""
        now = time.time()
        row = {"id": press, "member_id": member_id, "at": now}
        recent = (attempts.c.member_id == member_id, happened(attempts.c.at, since, now))
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, attempts).values(row))
            query = sa.select(sa.func.count(), sa.func.min(attempts.c.at)).where(*recent)
            count, oldest = (await connection.execute(query)).one()
        return Tries(made=count, oldest=oldest or since)

    async def write_still(self, press: str, sha256: str) -> None:
        """Remember which picture a try was about."""
        async with self._database.writing() as connection:
            await connection.execute(attempts.update().where(attempts.c.id == press).values(still=sha256))

    async def forget_before(self, at: float) -> None:
        """Drop the tries from before `at`."""
        async with self._database.writing() as connection:
            await connection.execute(attempts.delete().where(attempts.c.at < at))
