"""Links into Discord."""

from bot.record.store import Record


def jump_link(record: Record | None) -> str | None:
    """A link to a take's clip."""
    if record is None or record.message_id is None or record.place_id is None:
        return None
    return link_to(record.guild_id, record.place_id, record.message_id)


def link_to(guild_id: int | None, channel_id: int, message_id: int) -> str:
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"
