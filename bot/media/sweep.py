"""Stills and clips on disk: how long they stay, and how many bytes they may have.

What is kept stays. Of the rest a server's own time decides, or the operator's, whichever is shorter; then, where there
is a limit of bytes, the oldest go first. A press on a take whose picture or clip is gone says so.
"""

import asyncio
import logging
import time
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from bot.errors import RefusedError
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.record.tables import attempts, reactions, takes
from bot.rules.allowances import DAY
from bot.rules.retention import Held, Sweep, plan
from bot.rules.takes import OPEN, Fate, State
from bot.settings import Settings

log = logging.getLogger(__name__)

EVERY = 300.0  # seconds between two sweeps
STRAY = 3600.0  # seconds that a file may lie about which no take speaks of: it may be one that just came
OLD_ROWS = 30 * DAY  # reactions and tries from before are no longer needed


class Media:
    """The folders, swept now and then by the bot that leads."""

    def __init__(self, settings: Settings, *, store: Store, houses: Houses) -> None:
        self._stills = settings.data_dir / "stills"
        self._clips = settings.data_dir / "clips"
        self._days = settings.media_days
        self._quota = None if settings.disk_gb is None else round(settings.disk_gb * 1e9)
        self._store = store
        self._houses = houses
        self._next = 0.0
        self.bytes = 0
        self._full = False

    def check_room(self) -> None:
        """Raise `RefusedError` where all the room is taken by what is kept."""
        if self._full:
            raise RefusedError("no_room")

    async def tick(self, *, leads: bool) -> None:
        """Look, if it is time. Every bot has to know whether there is room; the one that leads deletes."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            await self.sweep(time.time(), delete=leads)

    async def sweep(self, now: float, *, delete: bool = True) -> Sweep:
        """Delete what is over, and see whether there is room. Returns what goes."""
        files = await asyncio.to_thread(self._files)
        sizes: dict[str, int] = {}
        for path, (size, _) in files.items():
            sizes[path.stem] = sizes.get(path.stem, 0) + size
        held = await self._held()
        swept = plan(held, sizes, now, self._quota)
        known = {name for each in held for name in (each.take_id, each.still)}
        strays = [path for path, (_, at) in files.items() if path.stem not in known and at < now - STRAY]
        clips = [path for path in files if path.stem in swept.clips]
        stills = [path for path, (_, at) in files.items() if path.stem in swept.stills and at < now - STRAY]
        going = {*strays, *clips, *stills} if delete else set[Path]()
        await asyncio.to_thread(_delete, going)
        self.bytes = sum(size for path, (size, _) in files.items() if path not in going)
        self._full = self._quota is not None and self.bytes > self._quota
        if going:
            log.info("deleted %d files of stills and clips; %d bytes are left", len(going), self.bytes)
        if self._full:
            log.warning("what is kept takes %d bytes, more than UNSTILL_DISK_GB allows: no new takes", self.bytes)
        if delete:
            await self._forget_old_rows(now)
        return swept

    def _files(self) -> dict[Path, tuple[int, float]]:
        """Each file with its size and when it was written."""
        found: dict[Path, tuple[int, float]] = {}
        for folder in (self._stills, self._clips):
            for path in folder.glob("*.*"):
                status = path.stat()
                found[path] = (status.st_size, status.st_mtime)
        return found

    async def _held(self) -> list[Held]:
        columns = (takes.c.id, takes.c.still, takes.c.guild_id, takes.c.asked_at, takes.c.state, takes.c.fate)
        async with self._store.database.reading() as connection:
            rows = (await connection.execute(sa.select(*columns))).all()
        days = {guild_id: await self._days_of(guild_id) for guild_id in {row.guild_id for row in rows}}
        return [
            Held(
                take_id=row.id,
                still=row.still,
                asked_at=row.asked_at,
                days=days[row.guild_id],
                pinned=row.fate == Fate.KEPT or State(row.state) in OPEN,
            )
            for row in rows
        ]

    async def _days_of(self, guild_id: int | None) -> float | None:
        own = (await self._houses.of(guild_id)).media_days
        return min((each for each in (own, self._days) if each is not None), default=None)

    async def _forget_old_rows(self, now: float) -> None:
        async with self._store.database.writing() as connection:
            await connection.execute(reactions.delete().where(reactions.c.seen_at < now - OLD_ROWS))
            await connection.execute(attempts.delete().where(attempts.c.at < now - OLD_ROWS))


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
