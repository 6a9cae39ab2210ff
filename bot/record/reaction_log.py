"""Which reactions stand on clips, as the record knows them: none counts twice, and one taken back is known again."""

import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import reactions
from bot.rules.clocks import SKEW

SAME = 60.0  # seconds in which a reaction that is told twice is one: two bots on the same token, a resumed gateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One member's emoji on one message."""

    message_id: int
    emoji: str
    member_id: int


class ReactionLog:
    """The reactions that stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, mark: Mark) -> bool:
        """Write a reaction down; False where it was told before.

        One that stands here for longer was taken back while no bot looked: only then can Discord tell of it again.
        """
        now = time.time()
        async with self._database.writing() as connection:
            row = {**_fields(mark), "number": 0, "seen_at": now}
            if (await connection.execute(insert_new(connection, reactions).values(row))).rowcount == 1:
                return True
            just_now = reactions.c.seen_at.between(now - SAME, now + SKEW)  # later: by a clock that was wrong
            known = reactions.update().where(*_at(mark), sa.not_(just_now)).values(seen_at=now)
            return (await connection.execute(known)).rowcount == 1

    async def count_in(self, mark: Mark, number: int) -> None:
        """Remember the round that a reaction counted in."""
        async with self._database.writing() as connection:
            await connection.execute(reactions.update().where(*_at(mark)).values(number=number))

    async def remove(self, mark: Mark) -> int | None:
        """Forget a reaction; the round that it counted in, None where it was not known."""
        async with self._database.writing() as connection:
            query = reactions.delete().where(*_at(mark)).returning(reactions.c.number)
            return await connection.scalar(query)

    async def forget_before(self, seen_at: float) -> None:
        """Drop the reactions that were seen before."""
        async with self._database.writing() as connection:
            await connection.execute(reactions.delete().where(reactions.c.seen_at < seen_at))


def _fields(mark: Mark) -> dict[str, str | int]:
    return {"message_id": mark.message_id, "emoji": mark.emoji, "member_id": mark.member_id}


def _at(mark: Mark) -> tuple[sa.ColumnElement[bool], ...]:
    return tuple(reactions.c[name] == value for name, value in _fields(mark).items())
