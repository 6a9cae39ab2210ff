"""The record: every take and what became of it. SQL is the truth; Redis may be lost at any time.

    asked ──► waiting ──► queued ──► rendered ──► shown
      │          │ ▲─────────┘ │         │
      └──────────┴─────────────┴─────────┴──► failing ──► explained

`queued` goes back to `waiting` when an attempt is lost. Each arrow is one compare-and-set (`Store.move`), so that two
hands on the same take cannot both take it.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.event import listen
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from renderer.job import Problem, Report, Take

metadata = sa.MetaData()

takes = sa.Table(
    "takes",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("root", sa.String(20), nullable=False, index=True),
    sa.Column("parent", sa.String(20)),
    sa.Column("take", sa.Text, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("byte_limit", sa.Integer, nullable=False),
    sa.Column("place_id", sa.BigInteger),
    sa.Column("opener_id", sa.BigInteger),
    sa.Column("status_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("losses", sa.Integer, nullable=False),
    sa.Column("refusals", sa.Integer, nullable=False),
    sa.Column("posting", sa.Boolean, nullable=False),
    sa.Column("report", sa.Text),
    sa.Column("problem", sa.Text),
)

offers = sa.Table(
    "offers",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("offered_at", sa.Float, nullable=False, index=True),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)


class State(StrEnum):
    """How far a take has come."""

    ASKED = "asked"  # written down, its conversation not yet opened
    WAITING = "waiting"  # for a worker's turn
    QUEUED = "queued"  # an attempt is with the workers
    RENDERED = "rendered"  # the clip is on disk, to be posted
    SHOWN = "shown"
    FAILING = "failing"  # to be explained
    EXPLAINED = "explained"


OPEN = (State.ASKED, State.WAITING, State.QUEUED, State.RENDERED, State.FAILING)
CANCELLABLE = (State.ASKED, State.WAITING, State.QUEUED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A take as the bot knows it."""

    take: Take
    guild_id: int | None  # None in a private conversation
    channel_id: int  # where it was asked for
    member_id: int
    byte_limit: int
    asked_at: float = field(default_factory=time.time)
    state: State = State.ASKED
    place_id: int | None = None  # the thread, or the channel where there is none
    opener_id: int | None = None  # the message with the still
    status_id: int | None = None
    message_id: int | None = None  # the clip
    attempt: int = 0  # of the last job handed to the workers
    losses: int = 0  # workers that died under it
    refusals: int = 0  # times Discord found the clip too large
    posting: bool = False  # the clip may already be in the thread
    report: Report | None = None
    problem: Problem | None = None

    @property
    def id(self) -> str:
        return self.take.id

    @property
    def job_id(self) -> str:
        return f"{self.id}-{self.attempt}"


class Store:
    """The tables behind one database address."""

    def __init__(self, address: str) -> None:
        self._engine = _open(address)

    async def migrate(self) -> None:
        """Bring the tables up to date, or make them."""
        from bot.migrations import upgrade  # noqa: PLC0415  alembic is needed once

        async with self._engine.begin() as connection:
            await connection.run_sync(upgrade)

    async def close(self) -> None:
        await self._engine.dispose()

    async def add(self, record: Record) -> bool:
        """Write a new take down. False: this press was written down before."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(takes.insert().values(_to_row(record)))
        except IntegrityError:
            return False
        return True

    async def get(self, take_id: str) -> Record | None:
        found = await self._fetch(takes.select().where(takes.c.id == take_id))
        return found[0] if found else None

    async def unfinished(self) -> list[Record]:
        """Takes that still need a hand, oldest first; shown ones too while their status message stands."""
        left_over = sa.and_(takes.c.state == State.SHOWN, takes.c.status_id.is_not(None))
        query = takes.select().where(sa.or_(takes.c.state.in_(OPEN), left_over))
        return await self._fetch(query.order_by(takes.c.asked_at, takes.c.id))

    async def move(self, record: Record, states: Iterable[State], **changes: Any) -> bool:
        """Change a take if it is in one of `states` and no newer attempt is out; False if it is not."""
        query = (
            takes.update()
            .where(takes.c.id == record.id, takes.c.state.in_(list(states)), takes.c.attempt == record.attempt)
            .values(_to_columns(changes))
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(query)).rowcount == 1

    async def write_status(self, take_id: str, status_id: int) -> None:
        """Remember a take's status line, whatever state the take has come to meanwhile."""
        async with self._engine.begin() as connection:
            await connection.execute(takes.update().where(takes.c.id == take_id).values(status_id=status_id))

    async def offer(self, offer_id: str, url: str) -> None:
        """Remember a picture whose mood is being asked for; a day later it is forgotten."""
        day_ago = time.time() - 24 * 3600
        async with self._engine.begin() as connection:
            await connection.execute(offers.delete().where(offers.c.offered_at < day_ago))
            await connection.execute(offers.insert().values(id=offer_id, url=url, offered_at=time.time()))

    async def offered(self, offer_id: str) -> str | None:
        async with self._engine.connect() as connection:
            return await connection.scalar(sa.select(offers.c.url).where(offers.c.id == offer_id))

    async def note(self, name: str) -> str | None:
        async with self._engine.connect() as connection:
            return await connection.scalar(sa.select(notes.c.value).where(notes.c.name == name))

    async def write_note(self, name: str, value: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(notes.delete().where(notes.c.name == name))
            await connection.execute(notes.insert().values(name=name, value=value))

    async def hold_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease. False while somebody else holds it."""
        now = time.time()
        free = sa.or_(leases.c.holder == holder, leases.c.until < now)
        renew = leases.update().where(leases.c.name == name, free).values(holder=holder, until=now + seconds)
        try:
            async with self._engine.begin() as connection:
                if (await connection.execute(renew)).rowcount:
                    return True
                await connection.execute(leases.insert().values(name=name, holder=holder, until=now + seconds))
        except IntegrityError:
            return False
        return True

    async def drop_lease(self, name: str, holder: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(leases.delete().where(leases.c.name == name, leases.c.holder == holder))

    async def _fetch(self, query: sa.Select[Any]) -> list[Record]:
        async with self._engine.connect() as connection:
            return [_to_record(row) for row in await connection.execute(query)]


def _open(address: str) -> AsyncEngine:
    engine = create_async_engine(address, pool_pre_ping=not address.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        listen(engine.sync_engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait for the writer. FULL: what was committed survives a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _to_row(record: Record) -> dict[str, Any]:
    own = {
        name: getattr(record, name) for name in Record.__dataclass_fields__ if name not in {"take", "report", "problem"}
    }
    take = record.take
    return {**own, "id": take.id, "root": take.root, "parent": take.parent, "take": take.to_json()}


def _to_columns(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value.to_json() if isinstance(value, Report | Problem) else value for name, value in changes.items()}


def _to_record(row: sa.Row[Any]) -> Record:
    values: dict[str, Any] = dict(zip(takes.columns.keys(), row, strict=True))
    for derived in ("id", "root", "parent"):
        del values[derived]
    values["take"] = Take.from_json(values["take"])
    values["state"] = State(values["state"])
    values["report"] = Report.from_json(values["report"]) if values["report"] else None
    values["problem"] = Problem.from_json(values["problem"]) if values["problem"] else None
    return Record(**values)
