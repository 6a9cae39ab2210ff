"""Which files the takes of the record hold on disk: a clip by the take's id, a still by its hash."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from bot.record.database import Database
from bot.record.tables import takes
from bot.rules.takes import OVER, Fate

NAMES = 500  # asked for in one query: databases limit how many values a query may have


class Holding(NamedTuple):
    """What one take holds, and what decides how long."""

    take_id: str
    still: str
    guild_id: int | None
    asked_at: float
    pinned: bool  # kept, or not finished


class Holdings:
    """What all takes hold. Only what is asked for is read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sharing(self, take_ids: Collection[str], stills: Collection[str]) -> list[Holding]:
        """All takes that use any of these stills, or the still of any of these takes."""
        wanted = {*stills, *await self._found(takes.c.still, takes.c.id, take_ids)}
        # A state or fate that only a later version knows pins, too.
        loose = sa.and_(takes.c.fate.in_([Fate.UNDECIDED, Fate.TOSSED]), takes.c.state.in_(OVER))
        columns = (takes.c.id, takes.c.still, takes.c.guild_id, takes.c.asked_at, sa.not_(loose))
        found: list[Holding] = []
        async with self._database.reading() as connection:
            for part in _parts(wanted):
                rows = await connection.execute(sa.select(*columns).where(takes.c.still.in_(part)))
                found += [Holding(*row[:4], pinned=bool(row[4])) for row in rows]
        return found

    async def known(self, take_ids: Collection[str], stills: Collection[str]) -> set[str]:
        """Those of the names that a take of the record bears or uses."""
        ids = await self._found(takes.c.id, takes.c.id, take_ids)
        return ids | await self._found(takes.c.still, takes.c.still, stills)

    async def _found(self, wanted: sa.Column[str], key: sa.Column[str], names: Collection[str]) -> set[str]:
        """A column of the takes that have one of these names in another."""
        found: set[str] = set()
        async with self._database.reading() as connection:
            for part in _parts(names):
                found.update(await connection.scalars(sa.select(wanted).where(key.in_(part)).distinct()))
        return found


def _parts(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for start in range(0, len(ordered), NAMES):
        yield ordered[start : start + NAMES]
