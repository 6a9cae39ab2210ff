"""A new take, from asked to conversation: the picture fetched and read, the take written down, its thread opened.

The pictures of *Animate this* are remembered until the mood has been said; the first that can be read is taken.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import RefusedError
from bot.media.stills import Still, Stills
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.house import House
from bot.rules.pictures import Picture
from bot.rules.takes import Record
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.gate import Gate
from bot.takes.reach import check_reach
from bot.takes.upload_limits import UploadLimits
from bot.workers.engines import Engines
from renderer.contract import lineage
from renderer.contract.errors import UnstillError
from renderer.contract.shot import Beat, Shot

Fetch = Callable[[Picture], Awaitable[bytes]]

SECONDS = 45.0  # after which no further picture of a message is tried


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
        limits: UploadLimits,
    ) -> None:
        self._fetch = fetch
        self._store = store
        self._stills = stills
        self._backlog = backlog
        self._engines = engines
        self._houses = houses
        self._gate = gate
        self._limits = limits

    async def begin(self, asker: Asker, pictures: Sequence[Picture], brief: Brief) -> int:
        """Make the take of the first of some pictures that can be read; return where its conversation goes on.

        Raises an `UnstillError` that says what is wrong: with the pictures, the words, the engine, or for want of room.
        """
        if asker.channel_id is None:
            raise RefusedError("not_here")
        await self._gate.let_words([brief.mood], asker.guild_id)
        picture, still = await self._first_still(asker, pictures)
        shot = self._shot(still.sha256, asker.press, brief)
        self._engines.check(shot)
        record = Record(
            take=lineage.animate(shot, asker.press),
            guild_id=asker.guild_id,
            channel_id=asker.channel_id,
            member_id=asker.member_id,
            byte_limit=self._limits.of(asker),
            locale=public_locale(asker, await self._houses.of(asker.guild_id)),
            wish=brief.wish,
            spoiler=picture.covered,
        )
        return await self._backlog.begin(record, asker.roles)

    async def offer(self, asker: Asker, pictures: Sequence[Picture]) -> None:
        """Remember pictures, of which one shall move, under the id of the press, until the mood has been said."""
        await self._store.offer(asker.press, pictures, asker.member_id)

    async def take_up(self, asker: Asker, offer_id: str, mood: str) -> int:
        """The mood of an offer has been said; the rest is as in `begin`.

        The take's id follows from the offer: a form that is sent twice begins it once.
        """
        begun = await self._store.footprint(lineage.animated(offer_id))
        if begun is not None:
            check_reach(asker, begun)
            return begun.place_id or begun.channel_id
        pictures = await self._store.offered(offer_id)
        if not pictures:
            raise RefusedError("offer_gone")
        return await self.begin(replace(asker, press=offer_id), pictures, Brief(mood=mood))

    async def _first_still(self, asker: Asker, pictures: Sequence[Picture]) -> tuple[Picture, Still]:
        """The first picture that can be read, and its still. Raises what is wrong with the first where none can be."""
        wrong: list[UnstillError] = []
        until = time.monotonic() + SECONDS
        for number, picture in enumerate(pictures):
            if wrong and time.monotonic() > until:
                break
            await self._gate.let_try(asker.press, asker.member_id, number)
            try:
                still = await self._stills.take_in(await self._fetch(picture))
            except UnstillError as error:
                if not _is_the_pictures(error):
                    raise
                wrong.append(error)
            else:
                await self._gate.remember(asker.press, still.sha256, still.likeness, number)
                return picture, still
        raise wrong[0]

    def _shot(self, still: str, press: str, brief: Brief) -> Shot:
        engine, model = brief.engine or self._engines.default
        beat = Beat(mood=brief.mood, seed=lineage.first_seed(press), seconds=brief.seconds)
        return Shot(still=still, line=(beat,), engine=engine, model=model, size=brief.size, loop=brief.loop)


def _is_the_pictures(error: UnstillError) -> bool:
    """Whether the fault is with one picture, so that another may do: not where the bot itself refuses."""
    return not isinstance(error, RefusedError) or error.code == "cannot_fetch"


def public_locale(asker: Asker, house: House) -> str:
    """What a new conversation reads: the house's language or the server's; in private the member's own."""
    if asker.guild is None:
        return asker.locale
    return house.language or str(asker.guild.preferred_locale)
