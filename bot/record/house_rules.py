"""The rules of all houses, in the record."""

import json
import time
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from bot.record.database import Database, write_over
from bot.record.tables import houses
from bot.rules.house import HOME, House

FRESH = 5.0  # seconds that rules are remembered: another bot on the record may change them
HOUSE: TypeAdapter[House] = TypeAdapter(House)


class Houses:
    """Rules by server. A private conversation has the usual ones."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, tuple[float, House]] = {}

    async def of(self, guild_id: int | None) -> House:
        if guild_id is None:
            return HOME
        read_at, house = self._known.get(guild_id, (-FRESH, HOME))
        if time.monotonic() - read_at < FRESH:
            return house
        return self._remember(guild_id, await self._read(guild_id))

    async def change(self, guild_id: int, **changes: Any) -> House:
        """Change some rules. Raises `pydantic.ValidationError` where a value is out of its range."""
        fields = HOUSE.dump_python(await self._read(guild_id))
        house = HOUSE.validate_python(fields | changes)
        async with self._database.writing() as connection:
            await connection.execute(write_over(connection, houses, guild_id=guild_id, rules=house.to_json()))
        return self._remember(guild_id, house)

    async def media_days(self) -> dict[int, int]:
        """How many days stills and clips may stay, in the servers that say so."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(houses.c.guild_id, houses.c.rules))).all()
        told = {row.guild_id: json.loads(row.rules).get("media_days") for row in rows}
        return {guild_id: days for guild_id, days in told.items() if days is not None}

    async def _read(self, guild_id: int) -> House:
        async with self._database.reading() as connection:
            rules = await connection.scalar(select(houses.c.rules).where(houses.c.guild_id == guild_id))
        return _read_rules(rules) if rules else HOME

    def _remember(self, guild_id: int, house: House) -> House:
        self._known[guild_id] = (time.monotonic(), house)
        return house


def _read_rules(text: str) -> House:
    """The rules of a row; a value that this version does not know, a later one's, is as usual."""
    values = json.loads(text)
    try:
        return HOUSE.validate_python(values)
    except ValidationError as error:
        unknown = {each["loc"][0] for each in error.errors()}
        return HOUSE.validate_python({name: value for name, value in values.items() if name not in unknown})
