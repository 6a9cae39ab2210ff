"""Jams in the record, their votes, and how far the takes of a round have come."""

import json
import logging
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import jam_votes, jams, takes
from bot.rules.jam import Jam, Phase, Progress, Terms
from bot.rules.takes import OPEN
from renderer.contract.errors import BadJobError

log = logging.getLogger(__name__)


class JamStore:
    """All jams and their votes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unreadable: set[str] = set()  # jams that the log has named

    async def add(self, jam: Jam) -> None:
        """Write a jam down, once."""
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, jams).values(_to_row(jam)))

    async def discard(self, jam_id: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(jam_votes.delete().where(jam_votes.c.jam_id == jam_id))
            await connection.execute(jams.delete().where(jams.c.id == jam_id))

    async def get(self, jam_id: str) -> Jam | None:
        """A jam by its id; None where there is none, or this version cannot read it."""
        found = await self._fetch(jams.c.id == jam_id)
        return found[0] if found else None

    async def open_ones(self) -> list[Jam]:
        """The jams that are not over; without those that this version cannot read."""
        return await self._fetch(jams.c.phase.in_([phase for phase in Phase if phase is not Phase.ENDED]))

    async def move(self, jam: Jam, phases: Iterable[Phase], **changes: Any) -> bool:
        """Change a jam if it is in one of `phases` and still in the same round; False if it is not."""
        query = jams.update().where(jams.c.id == jam.id, jams.c.phase.in_(list(phases)), jams.c.number == jam.number)
        async with self._database.writing() as connection:
            return (await connection.execute(query.values(**_to_columns(changes)))).rowcount == 1

    async def progress(self, jam: Jam) -> Progress:
        """How far the takes of the jam's round have come. No take is read for it."""
        under_way = sa.func.count(sa.case((takes.c.state.in_(OPEN), 1)))
        of_round = (takes.c.root == jam.root, takes.c.wish.startswith(f"{jam.wish}:", autoescape=True))
        async with self._database.reading() as connection:
            row = (await connection.execute(sa.select(sa.func.count(), under_way).where(*of_round))).one()
        return Progress(written=row[0], under_way=row[1])

    async def cast(self, jam: Jam, member_id: int, take_id: str) -> bool:
        """Write a member's vote in the jam's round down, which may change; the same once more takes it back (False)."""
        own = (jam_votes.c.jam_id == jam.id, jam_votes.c.number == jam.number, jam_votes.c.member_id == member_id)
        async with self._database.writing() as connection:
            same = await connection.execute(jam_votes.delete().where(*own, jam_votes.c.take_id == take_id))
            if same.rowcount:
                return False
            await connection.execute(jam_votes.delete().where(*own))
            row = {"jam_id": jam.id, "number": jam.number, "member_id": member_id, "take_id": take_id}
            await connection.execute(insert_new(connection, jam_votes).values(row))
            return True

    async def votes(self, jam: Jam) -> dict[int, str]:
        """The takes that members voted for in the jam's round, by member."""
        query = sa.select(jam_votes.c.member_id, jam_votes.c.take_id)
        query = query.where(jam_votes.c.jam_id == jam.id, jam_votes.c.number == jam.number)
        async with self._database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def voters(self, jam: Jam) -> list[int]:
        """The members who voted in any round."""
        query = sa.select(jam_votes.c.member_id).where(jam_votes.c.jam_id == jam.id).distinct()
        async with self._database.reading() as connection:
            return sorted(await connection.scalars(query))

    async def _fetch(self, condition: sa.ColumnElement[bool]) -> list[Jam]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(jams.select().where(condition))).all()
        return [jam for row in rows if (jam := self._read(row)) is not None]

    def _read(self, row: sa.Row[Any]) -> Jam | None:
        """The jam of a row; None for one that this version cannot read, a later one's: the log names it once."""
        try:
            return _to_jam(row)
        except (BadJobError, ValueError, TypeError) as error:
            if row.id not in self._unreadable:
                self._unreadable.add(row.id)
                log.warning("jam %s cannot be read by this version and is left alone: %s", row.id, error)
            return None


def _to_row(jam: Jam) -> dict[str, Any]:
    return _to_columns({field.name: getattr(jam, field.name) for field in fields(jam)})


def _to_columns(values: dict[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "terms" in columns:
        columns["terms"] = columns["terms"].to_json()
    if "winners" in columns:
        columns["winners"] = json.dumps(columns["winners"])
    return columns


def _to_jam(row: sa.Row[Any]) -> Jam:
    values: dict[str, Any] = dict(zip(jams.columns.keys(), row, strict=True))
    values["terms"] = Terms.from_json(values["terms"])
    values["phase"] = Phase(values["phase"])
    values["winners"] = tuple(json.loads(values["winners"]))
    return Jam(**values)
