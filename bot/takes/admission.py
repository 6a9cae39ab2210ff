"""The door to the record: a take is written down only where the gate, the disk and the allowances leave it room.

What is counted are the takes themselves: one that ends without a clip counts for nothing, which is its refund.
"""

import asyncio
import time
from typing import NamedTuple

import sqlalchemy as sa

from bot.errors import RefusedError
from bot.media.sweep import Media
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.record.tables import takes
from bot.rules.allowances import DAY, Refusal, Usage, refusal
from bot.rules.takes import OPEN, Record, State
from bot.rules.wishes import JAM
from bot.takes.gate import Gate
from bot.wording.sentences import moment

COUNTED = [state for state in State if state not in {State.FAILING, State.EXPLAINED}]


class Sums(NamedTuple):
    """Of some takes: how many are under way, their seconds, when the first and the last was asked for."""

    under_way: int = 0
    seconds: float = 0.0
    oldest: float = 0.0
    latest: float = 0.0


class Admission:
    """The door to the record."""

    def __init__(self, store: Store, houses: Houses, gate: Gate, media: Media) -> None:
        self._store = store
        self._houses = houses
        self._gate = gate
        self._media = media
        self._one_at_a_time = asyncio.Lock()  # else two takes might both be the last that there is room for

    async def admit(self, record: Record, roles: frozenset[int] = frozenset()) -> bool:
        """Write a take down; False where it was written down before.

        Raises `RefusedError` where there is no room, or where member, words or picture are shut out.
        """
        beat = record.take.shot.beat
        await self._gate.let_in(record.member_id, record.guild_id)
        await self._gate.let_words((beat.mood, *beat.words), record.guild_id)
        await self._gate.let_still(record.take.shot.still, record.guild_id)
        self._media.check_room()
        house = await self._houses.of(record.guild_id)
        lifted = record.wish.startswith(JAM) or bool(house.lifted & roles)
        async with self._one_at_a_time:
            if await self._store.get(record.id) is not None:
                return False
            usage = await self._usage(record.member_id, record.guild_id)
            refused = refusal(usage, house, record.take.shot.beat.seconds, record.asked_at, lifted=lifted)
            if refused is not None:
                raise RefusedError(refused.code, **_data(refused))
            return await self._store.add(record)

    async def _usage(self, member_id: int, guild_id: int | None) -> Usage:
        recent = sa.and_(takes.c.asked_at > time.time() - DAY, takes.c.state.in_(COUNTED))
        here = takes.c.guild_id == guild_id if guild_id is not None else takes.c.guild_id.is_(None)
        own = (recent, here, takes.c.member_id == member_id, takes.c.wish.not_like(f"{JAM}%"))
        member = await self._sums(*own)
        server = await self._sums(recent, here) if guild_id is not None else Sums()
        return Usage(
            member_open=member.under_way,
            member_seconds=member.seconds,
            member_oldest=member.oldest,
            member_latest=member.latest,
            server_open=server.under_way,
            server_seconds=server.seconds,
            server_oldest=server.oldest,
        )

    async def _sums(self, *conditions: sa.ColumnElement[bool]) -> Sums:
        under_way = sa.case((takes.c.state.in_(OPEN), 1), else_=0)
        columns = (
            sa.func.sum(under_way),
            sa.func.sum(takes.c.seconds),
            sa.func.min(takes.c.asked_at),
            sa.func.max(takes.c.asked_at),
        )
        async with self._store.database.reading() as connection:
            row = (await connection.execute(sa.select(*columns).where(*conditions))).one()
        return Sums(*(value or 0 for value in row))


def _data(refused: Refusal) -> dict[str, str | float]:
    when = {"when": moment(refused.at)} if refused.at is not None else {}
    return {"limit": refused.limit, **when}
