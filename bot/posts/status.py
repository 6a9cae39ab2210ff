"""The one line that tells how far a take has come: edited seldom, within one budget for all takes."""

import asyncio
import logging
import time
from collections import deque

from bot.posts.conversations import Posts
from bot.posts.discord_calls import AgainLaterError, PostError
from bot.rules.fleet import Outlook, is_news
from bot.rules.takes import Record
from bot.wording import sentences
from renderer.contract.job import Event

log = logging.getLogger(__name__)

BETWEEN_EDITS = 3.0  # seconds, of one line
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
    """What waiting takes may look forward to, and progress bars. Errors end here; lost news are told later."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self._budget = EditBudget()
        self._edits: dict[str, asyncio.Task[None]] = {}
        self._said: dict[str, Outlook] = {}  # by take id, while that is what the line says

    def wants(self, take_id: str) -> bool:
        """Whether news of this take may be shown now."""
        return take_id not in self._edits and self._budget.allows(take_id, time.monotonic())

    def show(self, record: Record, event: Event) -> None:
        """Redraw the bar."""
        if event.phase is not None:
            self._said.pop(record.id, None)
            self._write(record, sentences.progress(record.language, event.phase, event.done, event.total))

    def remember(self, take_id: str, outlook: Outlook) -> None:
        """Remember what was said of a waiting take."""
        self._said[take_id] = outlook

    def tell(self, record: Record, outlook: Outlook) -> None:
        """Say what a waiting take may look forward to, where that is news and the line may be edited now."""
        if is_news(self._said.get(record.id), outlook, time.time()) and self.wants(record.id):
            self.remember(record.id, outlook)
            self._write(record, sentences.waiting(record.language, outlook))

    async def stop(self, take_id: str) -> None:
        """Draw no more: what stands there next is final."""
        self._budget.forget(take_id)
        self._said.pop(take_id, None)
        task = self._edits.get(take_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def close(self) -> None:
        """Draw no more at all."""
        for take_id in list(self._edits):
            await self.stop(take_id)

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
        except AgainLaterError as error:
            log.info("the status line of take %s is written later: %s", record.id, error)
            self._said.pop(record.id, None)  # whatever was to be said is still news
        except PostError as error:
            log.info("the status line of take %s stays as it is: %s", record.id, error)
