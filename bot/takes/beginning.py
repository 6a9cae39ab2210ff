"""A new take, from asked to conversation: the picture fetched and read, the take written down, its thread opened.

A picture of *Animate this* is remembered until its mood has been said.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.errors import RefusedError
from bot.media.stills import Stills
from bot.posts.places import upload_limit
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.house import House
from bot.rules.takes import Record
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.gate import Gate
from bot.workers.engines import Engines
from renderer.contract import lineage
from renderer.contract.shot import Beat, Shot

Fetch = Callable[[str], Awaitable[bytes]]  # the bytes behind an attachment's address


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a member wants of a picture."""

    mood: str  # checked already: see `bot.rules.wishes.checked_words`
    seconds: float = 4.0
    size: int = 720  # the short side, in pixels
    loop: bool = False
    engine: tuple[str, str] | None = None  # engine and model; None: the bot's usual ones
    wish: str = ""  # the key of what asks for it, where that is not a member: a jam


class Animations:
    """New takes, from asked to conversation."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        store: Store,
        stills: Stills,
        backlog: Backlog,
        engines: Engines,
        houses: Houses,
        gate: Gate,
        upload_limit: int | None,
    ) -> None:
        self._fetch = fetch
        self._store = store
        self._stills = stills
        self._backlog = backlog
        self._engines = engines
        self._houses = houses
        self._gate = gate
        self._upload_limit = upload_limit

    async def begin(self, asker: Asker, url: str, brief: Brief) -> int:
        """Make the take of the picture at `url`; return where its conversation goes on.

        Raises an `UnstillError` that says what is wrong: with the picture, the words, the engine, or for want of room.
        """
        if asker.channel_id is None:
            raise RefusedError("not_here")
        await self._gate.let_words([brief.mood], asker.guild_id)
        await self._gate.let_try(asker.press, asker.member_id)
        still = await self._stills.take_in(await self._fetch(url))
        await self._gate.remember(asker.press, still.sha256, still.likeness)
        shot = self._shot(still.sha256, asker.press, brief)
        self._engines.check(shot)
        record = Record(
            take=lineage.animate(shot, asker.press),
            guild_id=asker.guild_id,
            channel_id=asker.channel_id,
            member_id=asker.member_id,
            byte_limit=upload_limit(self._upload_limit, asker.guild),
            locale=public_locale(asker, await self._houses.of(asker.guild_id)),
            wish=brief.wish,
        )
        return await self._backlog.begin(record, asker.roles)

    async def offer(self, asker: Asker, url: str) -> None:
        """Remember the picture at `url` until its mood has been said, under the id of the press."""
        await self._store.offer(asker.press, url, asker.member_id)

    async def take_up(self, asker: Asker, offer_id: str, mood: str) -> int:
        """The mood of an offered picture has been said; the rest is as in `begin`."""
        url = await self._store.offered(offer_id)
        if url is None:
            raise RefusedError("offer_gone")
        return await self.begin(asker, url, Brief(mood=mood))

    def _shot(self, still: str, press: str, brief: Brief) -> Shot:
        engine, model = brief.engine or self._engines.default
        beat = Beat(mood=brief.mood, seed=lineage.first_seed(press), seconds=brief.seconds)
        return Shot(still=still, line=(beat,), engine=engine, model=model, size=brief.size, loop=brief.loop)


def public_locale(asker: Asker, house: House) -> str:
    """What a new conversation reads: the house's language or the server's; in private the member's own."""
    if asker.guild is None:
        return asker.locale
    return house.language or str(asker.guild.preferred_locale)
