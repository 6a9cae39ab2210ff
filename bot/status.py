"""The one line that tells how far a take has come: edited seldom, within one budget for all takes."""

import asyncio
import logging
import math
import time
from collections import deque

from bot import wording
from bot.posts import PostError, Posts
from bot.store import Record
from renderer.job import Event

log = logging.getLogger(__name__)

BETWEEN_EDITS = 3.0  # seconds, of one line
LATE = 30.0  # seconds a promise may be overdue before a new one is made
EDITS_PER_SECOND = 5  # of all lines; Discord allows some 50 requests a second in all


class EditBudget:
    """How often lines may be edited."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._recent: deque[float] = deque(maxlen=EDITS_PER_SECOND)

    def allows(self, take_id: str, now: float) -> bool:
        all_busy = len(self._recent) == EDITS_PER_SECOND and now - self._recent[0] < 1
        return not all_busy and now - self._last.get(take_id, -BETWEEN_EDITS) >= BETWEEN_EDITS

    def spend(self, take_id: str, now: float) -> None:
        self._last[take_id] = now
        self._recent.append(now)

    def forget(self, take_id: str) -> None:
        self._last.pop(take_id, None)


class StatusLines:
    """Progress bars. A lost edit does no harm, so errors end here."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self._budget = EditBudget()
        self._edits: dict[str, asyncio.Task[None]] = {}
        self._promises: dict[str, float] = {}  # take id -> ready at

    def wants(self, take_id: str) -> bool:
        """Whether news of this take may be shown now."""
        return take_id not in self._edits and self._budget.allows(take_id, time.monotonic())

    def show(self, record: Record, event: Event) -> None:
        """Redraw the bar."""
        if event.phase is not None:
            self._write(record, wording.progress(event.phase, event.done, event.total))

    def promised(self, take_id: str, ready_at: float) -> None:
        """Remember what was said of a waiting take."""
        self._promises[take_id] = ready_at

    def overdue(self, take_id: str) -> bool:
        """Whether the time that was said has passed."""
        return time.time() > self._promises.get(take_id, math.inf) + LATE and self.wants(take_id)

    def promise(self, record: Record, place: int, ready_at: float) -> None:
        """Say anew when a waiting take will be ready."""
        self.promised(record.id, ready_at)
        self._write(record, wording.waiting(place, ready_at))

    async def stop(self, take_id: str) -> None:
        """Draw no more: what stands there next is final."""
        self._budget.forget(take_id)
        self._promises.pop(take_id, None)
        task = self._edits.get(take_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    def _write(self, record: Record, text: str) -> None:
        """Edit the line, without waiting for Discord."""
        if record.status_id is None:
            return
        self._budget.spend(record.id, time.monotonic())
        task = asyncio.create_task(self._edit(record, text))
        self._edits[record.id] = task
        task.add_done_callback(lambda _: self._edits.pop(record.id, None))

    async def _edit(self, record: Record, text: str) -> None:
        try:
            await self._posts.edit_status(record, text)
        except PostError as error:
            log.info("the status line of take %s stays as it is: %s", record.id, error)
