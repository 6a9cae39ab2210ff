"""Which reactions stand on clips, as the record knows them: none counts twice, and one taken back is known again."""

import time
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import copies, notes, reactions, takes
from bot.rules.takes import State

FORGOTTEN = "a member was forgotten"  # the name of the note that says when the last one was
NOWHERE = -1  # in place of a round: the reaction is known, and has counted for nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One member's emoji on one message."""

    message_id: int
    emoji: str
    member_id: int


class ClipMessage(NamedTuple):
    """A message that shows a clip, or a copy of it."""

    message_id: int
    channel_id: int
    guild_id: int | None


class ReactionLog:
    """The reactions that stand, and those that counted and were taken back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, mark: Mark) -> int | None:
        """Write a reaction down; None where it stands already.

        Of one that was taken back, the round that it counted in: made again, it is the same request. Else `NOWHERE`.
        """
        now = time.time()
        again = reactions.update().where(*_at(mark), reactions.c.taken_back).values(taken_back=False, seen_at=now)
        async with self._database.writing() as connection:
            row = {**_fields(mark), "number": NOWHERE, "seen_at": now}
            if (await connection.execute(insert_new(connection, reactions).values(row))).rowcount == 1:
                return NOWHERE
            return await connection.scalar(again.returning(reactions.c.number))

    async def count_in(self, mark: Mark, number: int) -> None:
        """Remember the round that a reaction counted in."""
        async with self._database.writing() as connection:
            await connection.execute(reactions.update().where(*_at(mark)).values(number=number))

    async def take_back(self, mark: Mark) -> int | None:
        """Write down that a reaction was taken back; the round that it counted in, None where it counted in none."""
        uncounted = reactions.delete().where(*_at(mark), reactions.c.number == NOWHERE)
        counted = reactions.update().where(*_at(mark), sa.not_(reactions.c.taken_back))
        async with self._database.writing() as connection:
            await connection.execute(uncounted)
            return await connection.scalar(
                counted.values(taken_back=True, seen_at=time.time()).returning(reactions.c.number)
            )

    async def standing(self, message_id: int) -> set[Mark]:
        """The reactions that stand on a message, as far as they are known."""
        query = reactions.select().where(reactions.c.message_id == message_id, sa.not_(reactions.c.taken_back))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return {Mark(message_id=row.message_id, emoji=row.emoji, member_id=row.member_id) for row in rows}

    async def clips_since(self, message_id: int, most: int) -> list[ClipMessage]:
        """The messages of clips that are no older than this one, newest first: where reactions ask for something."""
        clips = sa.select(takes.c.message_id, sa.func.coalesce(takes.c.place_id, takes.c.channel_id), takes.c.guild_id)
        shared = sa.select(copies.c.message_id, copies.c.channel_id, takes.c.guild_id).join_from(
            copies, takes, takes.c.id == copies.c.take_id
        )
        both = sa.union_all(
            clips.where(takes.c.message_id >= message_id, takes.c.state == State.SHOWN),
            shared.where(copies.c.message_id >= message_id),
        )
        async with self._database.reading() as connection:
            found = await connection.execute(both.order_by(sa.desc("message_id")).limit(most))
        return [ClipMessage(*row) for row in found]

    async def unknown_before(self) -> float:
        """Until when reactions may stand in Discord of which the record knows no more: a member was forgotten then."""
        async with self._database.reading() as connection:
            return float(await connection.scalar(sa.select(notes.c.value).where(notes.c.name == FORGOTTEN)) or 0.0)

    async def forget_before(self, seen_at: float) -> None:
        """Drop the reactions that were seen before."""
        async with self._database.writing() as connection:
            await connection.execute(reactions.delete().where(reactions.c.seen_at < seen_at))


def _fields(mark: Mark) -> dict[str, str | int]:
    return {"message_id": mark.message_id, "emoji": mark.emoji, "member_id": mark.member_id}


def _at(mark: Mark) -> tuple[sa.ColumnElement[bool], ...]:
    return tuple(reactions.c[name] == value for name, value in _fields(mark).items())
