"""The record: every take and what became of it. SQL is the truth; Redis may be lost at any time.

    asked ──► waiting ──► queued ──► rendered ──► shown
      │          │ ▲─────────┘ │         │
      └──────────┴─────────────┴─────────┴──► failing ──► explained

`queued` goes back to `waiting` when an attempt is lost, `rendered` when the clip was too large or is gone. A take that
this version cannot read goes from anywhere but `shown` to `explained`; a clip that could not be posted for want of a
permission goes from `explained` to `rendered` when somebody brings it back. Each arrow is one compare-and-set
(`Store.move`), so that two hands on the same take cannot both take it.

From anywhere a take becomes `forgotten` (`bot.record.farewells`). From then on it is gone for all that is asked or
changed here, and whoever was just posting for it learns that by the answer, and takes its message down again.
"""

import json
import logging
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import RefusedError
from bot.record.database import Database, happened, insert_new, write_over
from bot.record.tables import copies, farewells, leases, notes, offers, takes
from bot.rules.allowances import DAY, Usage
from bot.rules.clocks import SKEW
from bot.rules.pictures import Picture
from bot.rules.takes import OPEN, Fate, Footprint, Record, State, Unread, readable
from bot.rules.wishes import JAM
from renderer.contract.errors import BadJobError
from renderer.contract.job import Problem, Report
from renderer.contract.logs import about
from renderer.contract.shot import Take

log = logging.getLogger(__name__)

LINK = re.compile(
    r"<?https://(?:\w+\.)?discord(?:app)?\.com/channels/(?:[0-9]{1,20}|@me)/[0-9]{1,20}/(?P<message>[0-9]{1,19})>?"
)
IDS_END = 2**63  # where Discord's ids end, and the numbers that a database can hold
TAKE_ID = re.compile(r"[0-9a-f]{20}")
MOST_UNREAD = 50  # of the newest takes in a conversation, looked through for one that can be read
PICTURES = TypeAdapter(list[Picture])
COUNTED = [state for state in State if state not in {State.FAILING, State.EXPLAINED, State.FORGOTTEN}]  # allowances
HERE = takes.c.state != State.FORGOTTEN


class Watcher(Protocol):
    """Whoever counts what becomes of takes."""

    def added(self, record: Record) -> None: ...

    def moved(self, record: Record, changes: Mapping[str, Any]) -> None:
        """A take changed: `record` is how it was before."""
        ...


class Sums(NamedTuple):
    """Of some takes: how many are under way, their seconds, when the first and the last was asked for."""

    under_way: int = 0
    seconds: float = 0.0
    oldest: float = 0.0
    latest: float = 0.0


class Lease(NamedTuple):
    """Who leads, and until when if they do not renew it."""

    holder: str
    until: float


class Store:
    """The takes of one database."""

    def __init__(self, database: Database, watcher: Watcher | None = None) -> None:
        self.database = database
        self._watcher = watcher
        self._named: set[str] = set()  # takes that cannot be read, of which the log has told

    async def add(self, record: Record) -> bool:
        """Write a new take down. False: this press was written down before.

        Raises `RefusedError` where its member is being forgotten, or what it goes on from is gone.
        """
        async with self.database.writing() as connection:
            written = (await connection.execute(insert_new(connection, takes).values(_to_row(record)))).rowcount == 1
            if written:
                await _check_wanted(connection, record)  # after the row: from here on nobody else writes
        if not written:
            return False
        with about(take=record.id):
            log.info("%s, asked by %d", record.take.action, record.member_id)
        if self._watcher is not None:
            self._watcher.added(record)
        return True

    async def get(self, take_id: str) -> Record | None:
        found = await self._fetch(takes.select().where(takes.c.id == take_id))
        return found[0] if found else None

    async def footprint(self, take_id: str) -> Footprint | None:
        """A take, or what is known of one that this version cannot read."""
        found = await self._read(takes.select().where(takes.c.id == take_id))
        return found[0] if found else None

    async def shown_as(self, message_id: int) -> Record | None:
        """The take whose clip, or a copy of it, stands in this message."""
        copied = sa.select(copies.c.take_id).where(copies.c.message_id == message_id).scalar_subquery()
        found = await self._fetch(takes.select().where(sa.or_(takes.c.message_id == message_id, takes.c.id == copied)))
        return found[0] if found else None

    async def linked(self, link: str) -> Record | None:
        """The take that a link to its message, or its bare id, speaks of."""
        if match := LINK.fullmatch(link.strip()):
            message_id = int(match["message"])
            return await self.shown_as(message_id) if message_id < IDS_END else None
        return await self.get(link.strip()) if TAKE_ID.fullmatch(link.strip()) else None

    async def newest_in(self, place_id: int) -> Record | None:
        """The take that was asked for last of those shown in a conversation."""
        here = (takes.c.place_id == place_id, takes.c.state == State.SHOWN)
        query = takes.select().where(*here).order_by(takes.c.asked_at.desc())
        for most in (1, MOST_UNREAD):  # the newest may be one that this version cannot read
            if found := await self._fetch(query.limit(most)):
                return found[0]
        return None

    async def write_copy(self, message_id: int, take_id: str, channel_id: int) -> bool:
        """Remember a further message that shows a take's clip; False where the take is gone."""
        async with self.database.writing() as connection:
            row = {"message_id": message_id, "take_id": take_id, "channel_id": channel_id}
            await connection.execute(insert_new(connection, copies).values(row))
            if there := await is_there(connection, take_id):
                return there
            await connection.execute(copies.delete().where(copies.c.message_id == message_id))
            return False

    async def copy_in(self, take_id: str, channel_id: int) -> int | None:
        """The message in a channel that shows a take's clip once more."""
        query = sa.select(copies.c.message_id).where(copies.c.take_id == take_id, copies.c.channel_id == channel_id)
        async with self.database.reading() as connection:
            return await connection.scalar(query.order_by(copies.c.message_id.desc()).limit(1))

    async def write_message(self, take_id: str, message_id: int) -> bool:
        """Another message shows the clip from now on; False where the take is gone."""
        return await self._note_down(take_id, message_id=message_id)

    async def family(self, root: str) -> list[Record]:
        """All takes of a family, oldest first."""
        return readable(await self.whole_family(root))

    async def family_takes(self, root: str) -> list[Take]:
        """All takes of a family, oldest first, without what became of them, which takes longer to read."""
        query = sa.select(takes.c.take).where(takes.c.root == root, HERE).order_by(takes.c.asked_at, takes.c.id)
        async with self.database.reading() as connection:
            return [take for text in await connection.scalars(query) if (take := _readable_take(text))]

    async def whole_family(self, root: str) -> list[Footprint]:
        """All takes of a family, oldest first, with those that this version cannot read among them."""
        return await self._read(_family(root))

    async def remains(self, root: str) -> list[Footprint]:
        """What is still there of a family, oldest first: takes that are forgotten and have yet to go, too."""
        async with self.database.reading() as connection:
            return [self._read_row(row) for row in await connection.execute(_family(root))]

    async def made_of(self, still: str, guild_id: int | None) -> list[Record]:
        """All takes of a still in one server, or in private."""
        return await self._fetch(takes.select().where(takes.c.still == still, takes.c.guild_id == guild_id))

    async def by_wish(self, root: str, beginning: str) -> list[Record]:
        """The takes of a family that were asked for by a wish whose key begins so, in the order of these keys."""
        asked = takes.c.wish.startswith(beginning, autoescape=True)
        return await self._fetch(takes.select().where(takes.c.root == root, asked).order_by(takes.c.wish))

    async def gallery(
        self,
        *,
        guild_id: int | None,
        place_id: int | None,  # in private: of that conversation alone
        member_id: int | None,  # None: of everybody
        kept: bool,  # False: all that nobody tossed
        start: Footprint | None,
        newer: bool,
        limit: int,
    ) -> list[Footprint]:
        """The shown takes next to `start` on one side, nearest first; without it, from the newest.

        Takes are keyed by time and id, so that new ones shift nothing. Those that this version cannot read are among
        them: there are no more where there are fewer than `limit`.
        """
        if member_id is not None and member_id >= IDS_END:
            return []
        fates = takes.c.fate == Fate.KEPT if kept else takes.c.fate != Fate.TOSSED
        query = takes.select().where(takes.c.state == State.SHOWN, fates, takes.c.guild_id == guild_id)
        if guild_id is None:
            query = query.where(takes.c.place_id == place_id)
        if member_id is not None:
            query = query.where(sa.or_(takes.c.member_id == member_id, credits_name(member_id)))
        if start is not None:
            here, at = sa.tuple_(takes.c.asked_at, takes.c.id), sa.tuple_(start.asked_at, start.id)
            query = query.where(here > at if newer else here < at)
        order = (takes.c.asked_at, takes.c.id) if newer else (takes.c.asked_at.desc(), takes.c.id.desc())
        return await self._read(query.order_by(*order).limit(limit))

    async def waiting_for(self, parent: str, wish: str, member_id: int | None) -> bool:
        """Whether a take that this member (None: anybody) asked of `parent` by this wish is still to come."""
        query = sa.select(takes.c.id).where(
            takes.c.parent == parent,
            takes.c.wish == wish,
            takes.c.state.in_([State.ASKED, State.WAITING, State.QUEUED, State.RENDERED]),
        )
        if member_id is not None:
            query = query.where(takes.c.member_id == member_id)
        async with self.database.reading() as connection:
            return (await connection.execute(query.limit(1))).first() is not None

    async def usage(self, member_id: int, guild_id: int | None, since: float) -> Usage:
        """What a member has had in a server since then, and the server as a whole; jams are the server's alone.

        Takes that ended without a clip count for nothing. In private there is the member alone. What was asked for
        ahead of now, by a clock that was wrong, counts while it is under way.
        """
        recent = (takes.c.guild_id == guild_id, takes.c.asked_at > since, takes.c.state.in_(COUNTED))
        own = (takes.c.member_id == member_id, takes.c.wish.not_like(f"{JAM}%"))
        async with self.database.reading() as connection:
            member = await _sums(connection, *recent, *own)
            server = await _sums(connection, *recent) if guild_id is not None else Sums()
        return Usage(
            member_open=member.under_way,
            member_seconds=member.seconds,
            member_oldest=member.oldest,
            member_latest=member.latest,
            server_open=server.under_way,
            server_seconds=server.seconds,
            server_oldest=server.oldest,
        )

    async def decide(self, take_id: str, fate: Fate, member_id: int) -> bool:
        """Keep or toss a shown take, or neither; False where that was so already."""
        query = (
            takes.update()
            .where(takes.c.id == take_id, takes.c.state == State.SHOWN, takes.c.fate != fate)
            .values(fate=fate, fate_by=member_id)
        )
        async with self.database.writing() as connection:
            return (await connection.execute(query)).rowcount == 1

    async def open_by_state(self) -> dict[str, int]:
        """How many takes are under way, by state."""
        query = (
            sa.select(takes.c.state, sa.func.count().label("takes"))
            .where(takes.c.state.in_(OPEN))
            .group_by(takes.c.state)
        )
        async with self.database.reading() as connection:
            return {row.state: row.takes for row in await connection.execute(query)}

    async def unfinished(self) -> list[Record]:
        """Takes that still need a hand, oldest first; shown ones too while their status message stands."""
        return readable(await self.all_unfinished())

    async def all_unfinished(self) -> list[Footprint]:
        """Takes that still need a hand, oldest first, with those that this version cannot read among them."""
        left_over = sa.and_(takes.c.state == State.SHOWN, takes.c.status_id.is_not(None))
        query = takes.select().where(sa.or_(takes.c.state.in_(OPEN), left_over))
        return await self._read(query.order_by(takes.c.asked_at, takes.c.id))

    async def set_aside(self, unread: Unread, problem: Problem) -> None:
        """End a take that this version cannot read; of one that is shown, forget the status line."""
        shown = unread.state == State.SHOWN
        ended = {"status_id": None} if shown else {"state": State.EXPLAINED, "problem": problem.to_json()}
        same = (takes.c.id == unread.id, takes.c.state == unread.state, takes.c.attempt == unread.attempt)
        async with self.database.writing() as connection:
            await connection.execute(takes.update().where(*same).values(ended))

    async def move(self, record: Record, states: Iterable[State], **changes: Any) -> bool:
        """Change a take if it is in one of `states` and no newer attempt is out; False if it is not."""
        query = (
            takes.update()
            .where(takes.c.id == record.id, takes.c.state.in_(list(states)), takes.c.attempt == record.attempt)
            .values(_to_columns(changes))
        )
        async with self.database.writing() as connection:
            moved = (await connection.execute(query)).rowcount == 1
        if moved:
            self._moved(record, changes)
        return moved

    def _moved(self, record: Record, changes: Mapping[str, Any]) -> None:
        if "state" in changes:
            problem = changes.get("problem")
            why = f": {problem.code}" if isinstance(problem, Problem) else ""
            with about(take=record.id):
                log.info("%s → %s%s", record.state, changes["state"], why)
        if self._watcher is not None:
            self._watcher.moved(record, changes)

    async def write_opening(self, take_id: str, opener_id: int, place_id: int) -> bool:
        """Remember where a take's conversation is, whatever state it has come to; False where the take is gone."""
        return await self._note_down(take_id, opener_id=opener_id, place_id=place_id)

    async def write_status(self, take_id: str, status_id: int) -> bool:
        """Remember a take's status line, whatever state it has come to; False where the take is gone."""
        return await self._note_down(take_id, status_id=status_id)

    async def _note_down(self, take_id: str, **columns: int) -> bool:
        async with self.database.writing() as connection:
            query = takes.update().where(takes.c.id == take_id, HERE).values(columns)
            return (await connection.execute(query)).rowcount == 1

    async def is_gone(self, take_id: str) -> bool:
        """Whether there is no such take any more."""
        async with self.database.reading() as connection:
            return not await is_there(connection, take_id)

    async def offer(self, offer_id: str, pictures: Sequence[Picture], member_id: int) -> None:
        """Remember pictures of which one shall move while a member is asked for the mood; for a day."""
        now = time.time()
        listed = PICTURES.dump_json([*pictures]).decode()
        row = {"id": offer_id, "url": pictures[0].url, "pictures": listed, "member_id": member_id, "offered_at": now}
        async with self.database.writing() as connection:
            over = sa.or_(offers.c.offered_at < now - DAY, offers.c.offered_at > now + DAY)  # later: by a wrong clock
            await connection.execute(offers.delete().where(over))
            await connection.execute(insert_new(connection, offers).values(row))

    async def offered(self, offer_id: str) -> list[Picture]:
        """The pictures of an offer, in order; none where it is forgotten. Earlier versions wrote down one address."""
        async with self.database.reading() as connection:
            row = (await connection.execute(offers.select().where(offers.c.id == offer_id))).first()
        if row is None:
            return []
        return PICTURES.validate_json(row.pictures) if row.pictures else [Picture(url=row.url)]

    async def note(self, name: str) -> str | None:
        async with self.database.reading() as connection:
            return await connection.scalar(sa.select(notes.c.value).where(notes.c.name == name))

    async def write_note(self, name: str, value: str) -> None:
        async with self.database.writing() as connection:
            await connection.execute(write_over(connection, notes, name=name, value=value))

    async def hold_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease. False while somebody else holds it (see `bot.rules.clocks.is_over`)."""
        now = time.time()
        free = sa.or_(leases.c.holder == holder, leases.c.until <= now, leases.c.until > now + seconds + SKEW)
        renew = leases.update().where(leases.c.name == name, free).values(holder=holder, until=now + seconds)
        async with self.database.writing() as connection:
            if (await connection.execute(renew)).rowcount:
                return True
            first = insert_new(connection, leases).values(name=name, holder=holder, until=now + seconds)
            return (await connection.execute(first)).rowcount == 1

    async def lease(self, name: str) -> Lease | None:
        """Who holds a lease, or was the last to hold it."""
        async with self.database.reading() as connection:
            query = sa.select(leases.c.holder, leases.c.until).where(leases.c.name == name)
            found = (await connection.execute(query)).first()
        return Lease(*found) if found else None

    async def drop_lease(self, name: str, holder: str) -> None:
        async with self.database.writing() as connection:
            await connection.execute(leases.delete().where(leases.c.name == name, leases.c.holder == holder))

    async def _fetch(self, query: sa.Select[Any]) -> list[Record]:
        return readable(await self._read(query))

    async def _read(self, query: sa.Select[Any]) -> list[Footprint]:
        async with self.database.reading() as connection:
            return [self._read_row(row) for row in await connection.execute(query.where(HERE))]

    def _read_row(self, row: sa.Row[Any]) -> Footprint:
        """The take of a row; what is known of it where this version cannot read it, which the log says once."""
        try:
            return _to_record(row)
        except (BadJobError, ValueError, TypeError) as error:
            if row.id not in self._named:
                self._named.add(row.id)
                log.warning("take %s cannot be read by this version and is set aside: %s", row.id, error)
            return Unread(**{field.name: getattr(row, field.name) for field in fields(Unread)})


async def is_there(connection: AsyncConnection, take_id: str) -> bool:
    """Whether there is a take of this id, and it is not forgotten. Until the end of what writes, that stays so."""
    query = sa.select(takes.c.id).where(takes.c.id == take_id, HERE)
    return await connection.scalar(query.with_for_update(read=True)) is not None


async def _check_wanted(connection: AsyncConnection, record: Record) -> None:
    """Raise `RefusedError` where a take is not to be in the record after all: the forgetting of a member goes first."""
    leaving = sa.select(farewells.c.member_id).where(farewells.c.member_id == record.member_id)
    if await connection.scalar(leaving) is not None:
        raise RefusedError("being_forgotten")
    if record.parent is not None and not await is_there(connection, record.parent):
        raise RefusedError("take_gone")


def _family(root: str) -> sa.Select[Any]:
    return takes.select().where(takes.c.root == root).order_by(takes.c.asked_at, takes.c.id)


def credits_name(member_id: int) -> sa.ColumnElement[bool]:
    """Whether a take's credits, a list in JSON, have this member: alone, first, last or between."""
    patterns = (f"[{member_id}]", f"[{member_id}, %", f"%, {member_id}]", f"%, {member_id}, %")
    return sa.or_(*(takes.c.credits.like(pattern) for pattern in patterns))


async def _sums(connection: AsyncConnection, *conditions: sa.ColumnElement[bool]) -> Sums:
    under_way = sa.case((takes.c.state.in_(OPEN), 1), else_=0)
    past = happened(takes.c.asked_at, 0.0, time.time())
    asked_at = sa.case((past, takes.c.asked_at))
    columns = (
        sa.func.sum(under_way),
        sa.func.sum(sa.case((past, takes.c.seconds))),
        sa.func.min(asked_at),
        sa.func.max(asked_at),
    )
    row = (await connection.execute(sa.select(*columns).where(*conditions))).one()
    return Sums(*(value or 0 for value in row))


def _to_row(record: Record) -> dict[str, Any]:
    own = {
        name: getattr(record, name) for name in Record.__dataclass_fields__ if name not in {"take", "report", "problem"}
    }
    take = record.take
    return own | {
        "id": take.id,
        "root": take.root,
        "parent": take.parent,
        "take": take.to_json(),
        "credits": json.dumps(record.credits),
        "seconds": take.shot.beat.seconds,
        "still": take.shot.still,
    }


def _to_columns(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value.to_json() if isinstance(value, Report | Problem) else value for name, value in changes.items()}


@lru_cache(maxsize=2048)
def _take(json_text: str) -> Take:
    """A take of its JSON, which never changes: unfinished ones are read once a second and more."""
    return Take.from_json(json_text)


def _readable_take(json_text: str) -> Take | None:
    """A take of its JSON; None where it is a later version's."""
    try:
        return _take(json_text)
    except BadJobError:
        return None


def _to_record(row: sa.Row[Any]) -> Record:
    values: dict[str, Any] = dict(zip(takes.columns.keys(), row, strict=True))
    for derived in ("id", "root", "parent", "seconds", "still"):
        del values[derived]
    values["take"] = _take(values["take"])
    values["state"] = State(values["state"])
    values["fate"] = Fate(values["fate"])
    values["credits"] = tuple(json.loads(values["credits"]))
    values["report"] = Report.from_json(values["report"]) if values["report"] else None
    values["problem"] = Problem.from_json(values["problem"]) if values["problem"] else None
    return Record(**values)
