"""What members attach, as Discord keeps it."""

import discord
from yarl import URL

from bot.errors import RefusedError

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})  # where Discord keeps what members attach


class Attachments:
    """Reads attachments."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def fetch(self, url: str) -> bytes:
        """The bytes of an attachment. Raises `RefusedError`: no other address is ever read, whoever names it."""
        address = URL(url)
        if address.scheme != "https" or address.host not in HOSTS:
            raise RefusedError("cannot_fetch")
        try:
            return await self._client.http.get_from_cdn(url)
        except discord.HTTPException as error:
            raise RefusedError("cannot_fetch") from error


def first_picture(message: discord.Message) -> discord.Attachment:
    """The first picture that was attached to a message, or to the one it forwards. Raises `RefusedError`."""
    attachments = [*message.attachments]
    for snapshot in message.message_snapshots:
        attachments += snapshot.attachments
    for attachment in attachments:
        if (attachment.content_type or "").startswith("image/"):
            return attachment
    raise RefusedError("no_picture")
