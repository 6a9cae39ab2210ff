"""What is in the record, for tests that look at all of it."""

import sqlalchemy as sa

from bot.record.store import Store
from bot.record.tables import metadata, takes


async def every_take(database):
    """The records of all takes there are, but for those that are forgotten."""
    async with database.reading() as connection:
        ids = [*await connection.scalars(sa.select(takes.c.id))]
    return [found for each in ids if (found := await Store(database).get(each)) is not None]


async def counts(database, *names):
    """How many rows each of the tables has."""
    async with database.reading() as connection:
        return [
            await connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables[name])) for name in names
        ]
