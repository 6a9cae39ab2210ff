"""The door to the record: a take is written down only where the gate, the disk and the allowances leave it room.

What is counted are the takes themselves: one that ends without a clip counts for nothing, which is its refund.
"""

import asyncio
import time

from bot.errors import RefusedError
from bot.media.sweep import Media
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.allowances import DAY, Refusal, refusal
from bot.rules.takes import Record
from bot.rules.wishes import JAM
from bot.takes.gate import Gate
from bot.wording.sentences import moment


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
            usage = await self._store.usage(record.member_id, record.guild_id, since=time.time() - DAY)
            refused = refusal(usage, house, record.take.shot.beat.seconds, record.asked_at, lifted=lifted)
            if refused is not None:
                raise RefusedError(refused.code, **_data(refused))
            return await self._store.add(record)


def _data(refused: Refusal) -> dict[str, str | float]:
    when = {"when": moment(refused.at)} if refused.at is not None else {}
    return {"limit": refused.limit, **when}
