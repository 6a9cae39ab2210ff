"""An interaction, and what became of it."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.acceptance.fake_discord.world import EPHEMERAL, Channel, Message, User

COMMAND, COMPONENT, MODAL_SUBMIT = 2, 3, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass(eq=False, kw_only=True)
class Asked:
    fake: Any
    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: dict
    source: Message | None = None  # the message whose button was pressed
    at: float = field(default_factory=time.monotonic)
    answer: dict | None = None  # the callback's body
    answered_after: float | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Whether only the member sees the answer."""
        return bool(((self.answer or {}).get("data") or {}).get("flags", 0) & EPHEMERAL)

    async def answered(self) -> dict:
        """The callback, once it has come."""
        return await self.fake.until(lambda: self.answer)

    async def modal(self) -> dict:
        answer = await self.answered()
        if answer["type"] != MODAL:
            raise AssertionError(f"no modal but {answer}")
        return answer["data"]

    async def reply(self) -> Message:
        """The message that the answer is or becomes."""
        await self.fake.until(lambda: self.original and not self.original.loading)
        return self.original
