"""Stills and clips on disk: how long they stay, and how many bytes they may have.

What is kept stays. Of the rest a server's own time decides, or the operator's, whichever is shorter; then, where there
is a limit of bytes, the oldest go first. A press on a take whose picture or clip is gone says so.

The disk says which files may be due, by their age; the record is asked about the takes of these alone.
"""

import asyncio
import logging
import math
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RefusedError
from bot.record.attempts import Attempts
from bot.record.holdings import Holding, Holdings
from bot.record.house_rules import Houses
from bot.record.reaction_log import ReactionLog
from bot.rules.allowances import DAY
from bot.rules.clocks import is_over
from bot.rules.retention import Held, Sweep, plan
from bot.settings import Settings

log = logging.getLogger(__name__)

EVERY = 300.0  # seconds between two sweeps
STRAY = 3600.0  # seconds that a file may lie about which no take speaks of: it may be one that just came
OLD_ROWS = 30 * DAY  # reactions and tries from before are no longer needed
THOROUGH = DAY  # between two sweeps that look into all files
OLDEST = 500  # files whose takes are read first where bytes are too many; four times as many each time that is too few


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A file of a clip or of a still."""

    path: Path
    size: int
    written_at: float
    is_clip: bool

    @property
    def name(self) -> str:
        """The id of the clip's take, or the still's hash."""
        return self.path.stem


class Media:
    """The folders, swept now and then by the bot that leads."""

    def __init__(
        self, settings: Settings, *, holdings: Holdings, houses: Houses, reactions: ReactionLog, attempts: Attempts
    ) -> None:
        self._stills = settings.data_dir / "stills"
        self._clips = settings.data_dir / "clips"
        self._days = settings.media_days
        self._quota = None if settings.disk_gb is None else round(settings.disk_gb * 1e9)
        self._holdings = holdings
        self._houses = houses
        self._reactions = reactions
        self._attempts = attempts
        self._known: set[str] = set()  # names of files that takes speak of
        self._next = 0.0
        self._next_thorough = 0.0
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

    async def sweep(self, now: float, *, delete: bool = True) -> None:
        """Delete what is over, and see whether there is room."""
        files = await asyncio.to_thread(self._files)
        if delete:
            files = await self._swept(files, now)
            await self._reactions.forget_before(now - OLD_ROWS)
            await self._attempts.forget_before(now - OLD_ROWS)
        self.bytes = sum(each.size for each in files)
        self._full = self._quota is not None and self.bytes > self._quota
        if self._full:
            log.warning("what is kept takes %d bytes, more than UNSTILL_DISK_GB allows: no new takes", self.bytes)

    def _files(self) -> list[MediaFile]:
        """All files, the oldest first."""
        found: list[MediaFile] = []
        for folder in (self._stills, self._clips):
            for path in folder.glob("*.*"):
                try:
                    status = path.stat()
                except FileNotFoundError:  # gone since: a part of a file that was being written
                    continue
                is_clip = folder == self._clips
                found.append(MediaFile(path=path, size=status.st_size, written_at=status.st_mtime, is_clip=is_clip))
        return sorted(found, key=lambda each: each.written_at)

    async def _swept(self, files: Sequence[MediaFile], now: float) -> list[MediaFile]:
        """Delete strays and what is over; the files that stay."""
        strays = await self._strays(files, now)
        over = await self._over([each for each in files if each not in strays], now)
        going = strays | over
        await asyncio.to_thread(_delete, [each.path for each in going])
        left = [each for each in files if each not in going]
        if going:
            bytes_left = sum(each.size for each in left)
            log.info("deleted %d files of stills and clips; %d bytes are left", len(going), bytes_left)
        return left

    async def _strays(self, files: Sequence[MediaFile], now: float) -> set[MediaFile]:
        """Files that no take speaks of, and that are no longer new. The record is asked about each name once."""
        self._known &= {each.name for each in files}
        old = [each for each in files if each.written_at < now - STRAY and each.name not in self._known]
        self._known |= await self._holdings.known(*_names(old))
        return {each for each in old if each.name not in self._known}

    async def _over(self, files: Sequence[MediaFile], now: float) -> set[MediaFile]:
        """The files whose time is over, and the oldest of the others where they are too many bytes.

        Files are looked into from the oldest on: those for which some server's time may be over; for room more and
        more of them, until what is left fits.
        """
        days = await self._houses.media_days()
        count, next_count = self._count_of_due(files, days, now), OLDEST
        swept = await self._plan(files, count, days, now)
        while self._quota is not None and swept.left > self._quota and count < len(files):
            count, next_count = min(max(count, next_count), len(files)), 4 * next_count
            swept = await self._plan(files, count, days, now)
        clips = {each for each in files if each.is_clip and each.name in swept.clips}
        stills = {each for each in files if not each.is_clip and each.name in swept.stills}
        return clips | {each for each in stills if each.written_at < now - STRAY}

    def _count_of_due(self, files: Sequence[MediaFile], days: Mapping[int, int], now: float) -> int:
        """How many of the oldest files some server's days, or the operator's, may be over for.

        Once a day that is all of them: a file that was copied here looks younger than its take.
        """
        shortest = _shorter(*days.values(), self._days)
        if shortest is None:
            return 0
        if is_over(self._next_thorough, THOROUGH, now):
            self._next_thorough = now + THOROUGH
            return len(files)
        return bisect_left(files, now - shortest * DAY, key=lambda each: each.written_at)

    async def _plan(self, files: Sequence[MediaFile], count: int, days: Mapping[int, int], now: float) -> Sweep:
        """Decide what goes from the takes of the `count` oldest files."""
        sizes: Counter[str] = Counter()
        for each in files:
            sizes[each.name] += each.size
        held = [self._held(each, days) for each in await self._holdings.sharing(*_names(files[:count]))]
        until = files[count - 1].written_at if 0 < count < len(files) else math.inf
        return plan(held, sizes, now, total=sizes.total(), quota=self._quota, until=until)

    def _held(self, holding: Holding, days: Mapping[int, int]) -> Held:
        own = None if holding.guild_id is None else days.get(holding.guild_id)
        return Held(
            take_id=holding.take_id,
            still=holding.still,
            asked_at=holding.asked_at,
            days=_shorter(own, self._days),
            pinned=holding.pinned,
        )


def _shorter(*days: int | None) -> int | None:
    """The shortest of some times; None is for ever."""
    return min((each for each in days if each is not None), default=None)


def _names(files: Iterable[MediaFile]) -> tuple[set[str], set[str]]:
    """The ids of takes and the hashes of stills that files are called by."""
    clips, stills = set[str](), set[str]()
    for each in files:
        (clips if each.is_clip else stills).add(each.name)
    return clips, stills


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
