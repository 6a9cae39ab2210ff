"""Promises in the record, while they are being kept; and which bots live to keep theirs."""

import logging
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from bot.record.database import Database, insert_new
from bot.record.tables import leases, promises
from bot.rules.promises import TOKEN_SECONDS, Promise, Request
from renderer.contract.errors import BadJobError

log = logging.getLogger(__name__)

LIFE = "life-"  # before the name of a bot's life among the leases
DEAD_SECONDS = 3600.0  # after which a life that is over is no longer known


class PromiseStore:
    """The promises of all bots on this record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, promise: Promise) -> None:
        """Write a promise down, once for each bot that heard of the interaction."""
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, promises).values(_to_row(promise)))

    async def drop(self, promise: Promise) -> None:
        """A promise is kept, or there was none to make."""
        own = (promises.c.id == promise.id, promises.c.life == promise.life)
        async with self._database.writing() as connection:
            await connection.execute(promises.delete().where(*own))

    async def left_behind(self, now: float) -> list[Promise]:
        """Promises that can still be answered, of bots that no longer live; none that a living bot has made, too."""
        living = sa.select(leases.c.name).where(leases.c.until > now)
        being_kept = sa.select(promises.c.id).where(promises.c.life.in_(living))
        query = promises.select().where(promises.c.at > now - TOKEN_SECONDS, promises.c.id.not_in(being_kept))
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(promises.c.at))
            return [_to_promise(row) for row in rows]

    async def sweep(self, now: float) -> None:
        """Drop what can no longer be answered, with its token, and the names of lives that are over."""
        over = (leases.c.name.startswith(LIFE), leases.c.until < now - DEAD_SECONDS)
        async with self._database.writing() as connection:
            await connection.execute(promises.delete().where(promises.c.at <= now - TOKEN_SECONDS))
            await connection.execute(leases.delete().where(*over))


def _to_row(promise: Promise) -> dict[str, Any]:
    values = {each.name: getattr(promise, each.name) for each in fields(promise)}
    return values | {"request": promise.request.to_json() if promise.request else ""}


def _to_promise(row: sa.Row[Any]) -> Promise:
    values: dict[str, Any] = dict(zip(promises.columns.keys(), row, strict=True))
    try:
        values["request"] = Request.from_json(values["request"])
    except BadJobError as error:
        log.warning("what interaction %s asks for cannot be read by this version: %s", values["id"], error)
        values["request"] = None
    return Promise(**values)
