"""Ballots: members who ask for the same take together. One each and round; the record counts them.

A round is complete when enough members asked. Whoever completes it begins the take, whose id follows from the round's
number, and then closes the round: so a crash in between loses no ballot and begins no take twice.
"""

import time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.record.database import Database, insert_new
from bot.record.tables import ballots, rounds
from bot.rules.wishes import Standing


class Ballots:
    """The rounds of all takes and wishes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cast(self, take_id: str, wish: str, member_id: int, need: int) -> Standing:
        """Count a member's ballot in the open round; one that is there already counts no more than once."""
        async with self._database.writing() as connection:
            number = await _open_round(connection, take_id, wish)
            row = {"take_id": take_id, "wish": wish, "number": number, "member_id": member_id, "cast_at": time.time()}
            await connection.execute(insert_new(connection, ballots).values(row))
            return await _standing(connection, take_id, wish, number, need)

    async def withdraw(self, take_id: str, wish: str, number: int, member_id: int, need: int) -> Standing:
        """Take a member's ballot back."""
        async with self._database.writing() as connection:
            await connection.execute(
                ballots.delete().where(*_of(take_id, wish, number), ballots.c.member_id == member_id)
            )
            return await _standing(connection, take_id, wish, number, need)

    async def standing(self, take_id: str, wish: str, need: int) -> Standing:
        """How the open round stands."""
        async with self._database.reading() as connection:
            number = await connection.scalar(sa.select(rounds.c.number).where(*_row(take_id, wish))) or 0
            return await _standing(connection, take_id, wish, number, need)

    async def close(self, take_id: str, wish: str, number: int) -> None:
        """The round's take has begun: the next ballot opens another."""
        async with self._database.writing() as connection:
            await connection.execute(
                rounds.update().where(*_row(take_id, wish), rounds.c.number == number).values(number=number + 1)
            )

    async def open_counts(self, take_id: str) -> dict[str, int]:
        """Ballots in the open rounds of a take, by wish."""
        query = (
            sa.select(ballots.c.wish, sa.func.count())
            .join(rounds, sa.and_(rounds.c.take_id == ballots.c.take_id, rounds.c.wish == ballots.c.wish))
            .where(ballots.c.take_id == take_id, ballots.c.number == rounds.c.number)
            .group_by(ballots.c.wish)
        )
        async with self._database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def tallies(self, take_id: str) -> dict[str, int]:
        """The messages that say how rounds stand, by wish."""
        query = sa.select(rounds.c.wish, rounds.c.tally_id)
        query = query.where(rounds.c.take_id == take_id, rounds.c.tally_id.is_not(None))
        async with self._database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def write_tally(self, take_id: str, wish: str, message_id: int | None) -> bool:
        """Remember the message that says how a round stands; False where the round went with its take."""
        async with self._database.writing() as connection:
            query = rounds.update().where(*_row(take_id, wish)).values(tally_id=message_id)
            return (await connection.execute(query)).rowcount == 1


async def _open_round(connection: AsyncConnection, take_id: str, wish: str) -> int:
    """The open round's number. The row is written first and locked, so that rounds are counted one at a time."""
    await connection.execute(insert_new(connection, rounds).values(take_id=take_id, wish=wish, number=0))
    return await connection.scalar(sa.select(rounds.c.number).where(*_row(take_id, wish)).with_for_update()) or 0


async def _standing(connection: AsyncConnection, take_id: str, wish: str, number: int, need: int) -> Standing:
    query = sa.select(ballots.c.member_id).where(*_of(take_id, wish, number))
    members = await connection.scalars(query.order_by(ballots.c.cast_at, ballots.c.member_id))
    return Standing(number=number, voters=tuple(members), need=need)


def _row(take_id: str, wish: str) -> tuple[sa.ColumnElement[bool], ...]:
    return rounds.c.take_id == take_id, rounds.c.wish == wish


def _of(take_id: str, wish: str, number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return ballots.c.take_id == take_id, ballots.c.wish == wish, ballots.c.number == number
