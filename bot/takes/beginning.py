"""A new take, from command to conversation: the picture fetched and read, the take written down, its thread opened.

A picture of *Animate this* is remembered until its mood has been said.
"""

from typing import TYPE_CHECKING

import discord
from yarl import URL

from bot.commands.answers import own_language, tell
from bot.commands.forms import mood_form
from bot.errors import RefusedError
from bot.media.stills import Stills, check_payload
from bot.posts.places import upload_limit
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.house import House
from bot.rules.takes import Record
from bot.rules.wishes import checked_words
from bot.settings import Settings
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.gate import Gate
from bot.workers.engines import Engines
from renderer.contract import lineage
from renderer.contract.shot import Beat, Shot

if TYPE_CHECKING:
    from bot.client import Unstill


ATTACHMENTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})  # where Discord keeps what members attach


class Animations:
    """New takes, from command to conversation."""

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store,
        stills: Stills,
        backlog: Backlog,
        engines: Engines,
        houses: Houses,
        gate: Gate,
    ) -> None:
        self._settings = settings
        self._store = store
        self._stills = stills
        self._backlog = backlog
        self._engines = engines
        self._houses = houses
        self._gate = gate

    async def begin(
        self,
        interaction: "discord.Interaction[Unstill]",
        url: str,
        *,
        mood: str,
        seconds: float = 4.0,
        size: int = 720,
        loop: bool = False,
        engine: tuple[str, str] | None = None,
        wish: str = "",
    ) -> None:
        """Make the take of a picture that passed `check_payload`; the answer is deferred already."""
        name, model = engine or self._engines.default
        press = str(interaction.id)
        await self._gate.let_words([mood], interaction.guild_id)
        await self._gate.let_try(press, interaction.user.id)
        still = await self._stills.take_in(await _fetch(interaction.client, url))
        await self._gate.remember(still.sha256, still.likeness)
        beat = Beat(mood=mood, seed=lineage.first_seed(press), seconds=seconds)
        shot = Shot(still=still.sha256, line=(beat,), engine=name, model=model, size=size, loop=loop)
        self._engines.check(shot)
        house = await self._houses.of(interaction.guild_id)
        record = Record(
            take=lineage.animate(shot, press),
            guild_id=interaction.guild_id,
            channel_id=_channel_id(interaction),
            member_id=interaction.user.id,
            byte_limit=upload_limit(self._settings, interaction.guild),
            locale=public_locale(interaction, house),
            wish=wish,
        )
        place_id = await self._backlog.begin(record, Asker.of_interaction(interaction).roles)
        await tell(interaction, own_language(interaction).say("on-its-way-to", place=f"<#{place_id}>"))

    async def offer(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask the mood of the first picture of a message."""
        attachment = first_picture(message)
        check_payload(attachment.filename, attachment.content_type, attachment.size)
        await self._store.offer(str(interaction.id), attachment.url)
        await interaction.response.send_modal(mood_form(str(interaction.id), own_language(interaction)))

    async def take_up(self, interaction: "discord.Interaction[Unstill]", offer_id: str, mood: str) -> None:
        """The mood of an offered picture has been said."""
        url = await self._store.offered(offer_id)
        if url is None:
            raise RefusedError("offer_gone")
        await self.begin(interaction, url, mood=checked_words(mood))


def first_picture(message: discord.Message) -> discord.Attachment:
    """The first picture that was attached to a message, or to the one it forwards."""
    attachments = [*message.attachments]
    for snapshot in message.message_snapshots:
        attachments += snapshot.attachments
    for attachment in attachments:
        if (attachment.content_type or "").startswith("image/"):
            return attachment
    raise RefusedError("no_picture")


def public_locale(interaction: discord.Interaction, house: House) -> str:
    """What a new conversation reads: the house's language or the server's; in private the member's own."""
    if interaction.guild is None:
        return str(interaction.locale)
    return house.language or str(interaction.guild.preferred_locale)


def _channel_id(interaction: discord.Interaction) -> int:
    if interaction.channel_id is None:
        raise RefusedError("not_here")
    return interaction.channel_id


async def _fetch(client: discord.Client, url: str) -> bytes:
    """The bytes of an attachment. No other address is ever read, whoever names it."""
    address = URL(url)
    if address.scheme != "https" or address.host not in ATTACHMENTS:
        raise RefusedError("cannot_fetch")
    try:
        return await client.http.get_from_cdn(url)
    except discord.HTTPException as error:
        raise RefusedError("cannot_fetch") from error
