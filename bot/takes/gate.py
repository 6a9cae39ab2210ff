"""Who and what comes in: members, servers, words and pictures, and how often a member may try.

Every take passes here on its way into the record (`bot.takes.admission`); every press and command passes `let_in`
before.
"""

import asyncio
import time
from collections.abc import Iterable

from bot.errors import RefusedError
from bot.record.attempts import Attempts
from bot.record.blocks import Blocks
from bot.record.likenesses import Likenesses
from bot.rules.blocks import Kind, alike, blocked_word
from bot.settings import Settings
from bot.takes.presence import Presence
from bot.wording.sentences import moment

MOST_ATTEMPTS = 20  # pictures that a member may have read …
ATTEMPTS_SECONDS = 600.0  # … in this time: each costs a process and its seconds


class Gate:
    """The operator's lists, and each server's own."""

    def __init__(self, settings: Settings, blocks: Blocks, attempts: Attempts, likenesses: Likenesses) -> None:
        self._settings = settings
        self._blocks = blocks
        self._attempts = attempts
        self._likenesses = likenesses
        self.presence = Presence()
        self._one_at_a_time = asyncio.Lock()  # else two tries might both be the last

    async def let_in(self, member_id: int, guild_id: int | None) -> None:
        """Raise `RefusedError` where a member or a whole server is shut out, or the member is being forgotten."""
        self.presence.note()
        self.presence.check(member_id)
        if guild_id in self._settings.blocked_servers:
            raise RefusedError("blocked_server")
        subject = str(member_id)
        here = any(each.kind is Kind.MEMBER and each.subject == subject for each in await self._blocks.of(guild_id))
        if here or member_id in self._settings.blocked_members:
            raise RefusedError("blocked_member")

    async def shuts_out(self, member_id: int, guild_id: int | None) -> bool:
        """Whether a member or a whole server is shut out: what is heard without a press then goes unanswered."""
        try:
            await self.let_in(member_id, guild_id)
        except RefusedError:
            return True
        return False

    async def let_words(self, words: Iterable[str], guild_id: int | None) -> None:
        """Raise `RefusedError` where words are said that are not to be said here."""
        own = [each.subject for each in await self._blocks.of(guild_id) if each.kind is Kind.WORD]
        shut_out = [*self._settings.blocked_words, *own]
        if any(blocked_word(each, shut_out) for each in words):
            raise RefusedError("blocked_words")

    async def let_still(self, sha256: str, guild_id: int | None) -> None:
        """Raise `RefusedError` for a picture that was blocked here, or another file of it."""
        shut_out = [each for each in await self._blocks.of(guild_id) if each.kind is Kind.STILL]
        if not shut_out:
            return
        likeness = await self.likeness(sha256)
        if any(each.subject == sha256 or alike(each.likeness, likeness) for each in shut_out):
            raise RefusedError("blocked_still")

    async def let_try(self, press: str, member_id: int, number: int = 0) -> None:
        """Count one more picture that a member wants read, by its number among those of one press.

        Raises `RefusedError` where there were too many.
        """
        async with self._one_at_a_time:
            tries = await self._attempts.add(_try_id(press, number), member_id, since=time.time() - ATTEMPTS_SECONDS)
        if tries.made > MOST_ATTEMPTS:
            raise RefusedError("too_many_tries", limit=MOST_ATTEMPTS, when=moment(tries.oldest + ATTEMPTS_SECONDS))

    async def remember(self, press: str, sha256: str, likeness: str, number: int = 0) -> None:
        """Write down what a still looks like, and that it was read for a press: see `let_try`."""
        await self._attempts.write_still(_try_id(press, number), sha256)
        await self._likenesses.remember(sha256, likeness)

    async def likeness(self, sha256: str) -> str:
        """What a still looks like; empty where that was never written down."""
        return await self._likenesses.of(sha256)


def _try_id(press: str, number: int) -> str:
    return f"{press[-18:]}.{number}" if number else press  # 20 characters are what an id has room for
