"""Whom and what a server shuts out, in the record."""

import time

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import blocks
from bot.rules.blocks import Block, Kind

FRESH = 5.0  # seconds that they are remembered: another bot on the record may change them


class Blocks:
    """Blocks by server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, tuple[float, tuple[Block, ...]]] = {}

    async def of(self, guild_id: int | None) -> tuple[Block, ...]:
        if guild_id is None:
            return ()
        read_at, known = self._known.get(guild_id, (-FRESH, ()))
        if time.monotonic() - read_at < FRESH:
            return known
        query = blocks.select().where(blocks.c.guild_id == guild_id).order_by(blocks.c.at)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        found = tuple(  # kinds that only a later version knows are passed over
            Block(kind=Kind(row.kind), subject=row.subject, likeness=row.likeness)
            for row in rows
            if row.kind in set(Kind)
        )
        self._known[guild_id] = (time.monotonic(), found)
        return found

    async def add(self, guild_id: int, block: Block, by: int) -> None:
        row = {
            "guild_id": guild_id,
            "kind": block.kind,
            "subject": block.subject,
            "likeness": block.likeness,
            "by": by,
            "at": time.time(),
        }
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, blocks).values(row))
        self._known.pop(guild_id, None)

    async def lift(self, guild_id: int, kind: Kind, subject: str) -> bool:
        """Take a block back; False where there was none."""
        own = (blocks.c.guild_id == guild_id, blocks.c.kind == kind, blocks.c.subject == subject)
        async with self._database.writing() as connection:
            lifted = (await connection.execute(sa.delete(blocks).where(*own))).rowcount == 1
        self._known.pop(guild_id, None)
        return lifted
