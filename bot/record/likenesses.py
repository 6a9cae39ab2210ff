"""What stills look like, in the record: by its likeness a picture is known in whatever file it comes."""

import time

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import stills


class Likenesses:
    """The likeness of every still that was taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, sha256: str, likeness: str) -> None:
        """Write down what a still looks like; what was written before stays."""
        row = {"sha256": sha256, "likeness": likeness, "taken_in_at": time.time()}
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, stills).values(row))

    async def of(self, sha256: str) -> str:
        """What a still looks like; empty where that was never written down."""
        async with self._database.reading() as connection:
            found = await connection.scalar(sa.select(stills.c.likeness).where(stills.c.sha256 == sha256))
        return found or ""
