"""Who is at something just now: presses, reactions, replies, jams and promises, each as the task that attends to it.

Who forgets a member lets none of theirs begin, and waits for all that had begun before: it may hold what it read.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from bot.errors import RefusedError


class Presence:
    """What is under way in this process, and for whom nothing may begin."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Any]] = set()
        self._leaving: set[int] = set()

    def note(self) -> None:
        """The task that runs now may read takes and write what comes of them, until it ends."""
        task = asyncio.current_task()
        if task is not None and task not in self._under_way:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def is_leaving(self, member_id: int) -> bool:
        """Whether a member is being forgotten."""
        return member_id in self._leaving

    def check(self, member_id: int) -> None:
        """Raise `RefusedError` where a member is being forgotten."""
        if self.is_leaving(member_id):
            raise RefusedError("being_forgotten")

    @contextmanager
    def leaving(self, member_id: int) -> Generator[None]:
        """Let nothing of a member's begin meanwhile."""
        self._leaving.add(member_id)
        try:
            yield
        finally:
            self._leaving.discard(member_id)

    async def rest(self, seconds: float) -> bool:
        """Wait until all that is under way now is done, but for who asks; whether that was so in time."""
        others = self._under_way - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=seconds)
        return all(task.done() for task in others)
