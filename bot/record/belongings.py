"""What the record holds of a member: what they asked for, and all that was made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.record.store import Store
from bot.record.tables import ballots, jam_votes, reactions, reports, takes
from bot.rules.takes import Footprint, Record

VOTES = (ballots, reactions, jam_votes, reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """A member's part in the record."""

    takes: tuple[Footprint, ...]  # theirs, and all that goes on from theirs: it has their picture or words in it
    votes: int

    @property
    def stills(self) -> frozenset[str]:
        return frozenset(each.still for each in self.takes)


async def belongings(store: Store, member_id: int) -> Belongings:
    """All of it. A member's still makes the whole family theirs; their nudge, what was made after it."""
    found: list[Footprint] = []
    for root in await _families(store, member_id):
        found += descended(await store.remains(root), member_id)
    return Belongings(takes=tuple(found), votes=await _votes(store, member_id))


def descended(family: Iterable[Footprint], member_id: int) -> list[Footprint]:
    """Of a family, oldest first: what a member asked for, and all that goes on from it."""
    theirs: dict[str, Footprint] = {}
    for each in family:
        joined = isinstance(each, Record) and any(scene.take in theirs for scene in each.take.shot.scenes)
        if each.member_id == member_id or each.parent in theirs or joined:
            theirs[each.id] = each
    return list(theirs.values())


async def votes_of(store: Store, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every vote of a member as the record has it, by table."""
    votes: dict[str, list[dict[str, Any]]] = {}
    async with store.database.reading() as connection:
        for table in VOTES:
            rows = await connection.execute(table.select().where(table.c.member_id == member_id))
            votes[table.name] = [dict(row) for row in rows.mappings()]
    return votes


async def decided_by(store: Store, member_id: int) -> list[str]:
    """The takes that a member kept or tossed."""
    async with store.database.reading() as connection:
        return [*await connection.scalars(sa.select(takes.c.id).where(takes.c.fate_by == member_id))]


async def _families(store: Store, member_id: int) -> list[str]:
    """The families in which a member asked for something, by their first takes."""
    query = sa.select(takes.c.root).where(takes.c.member_id == member_id).distinct()
    async with store.database.reading() as connection:
        return [*await connection.scalars(query)]


async def _votes(store: Store, member_id: int) -> int:
    async with store.database.reading() as connection:
        counts = [
            await connection.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.member_id == member_id))
            for table in VOTES
        ]
    return sum(count or 0 for count in counts)
