"""Routes of channels: messages, threads, reactions."""

import time
from urllib.parse import unquote

from tests.acceptance.fake_discord import errors, messages, payloads
from tests.acceptance.fake_discord.calls import Call
from tests.acceptance.fake_discord.replies import Reply
from tests.acceptance.fake_discord.world import TEXT, THREAD, THREAD_STARTER, Channel, Message

WRITABLE_THREAD_FIELDS = {
    "name": "name",
    "auto_archive_duration": "auto_archive",
    "archived": "archived",
    "locked": "locked",
}


class ChannelRoutes:
    def __init__(self, fake) -> None:
        self._fake = fake
        self._nonces: dict[str, tuple[float, Message]] = {}
        message = "/channels/{channel_id}/messages/{message_id}"
        self.table = {
            "GET /channels/{channel_id}": self.get_channel,
            "PATCH /channels/{channel_id}": self.edit_channel,
            "POST /channels/{channel_id}/typing": self.typing,
            "GET /channels/{channel_id}/messages": self.history,
            "POST /channels/{channel_id}/messages": self.send,
            f"GET {message}": self.get_message,
            f"PATCH {message}": self.edit_message,
            f"DELETE {message}": self.delete_message,
            f"POST {message}/threads": self.start_thread,
            f"GET {message}/reactions/{{emoji_name}}": self.reacted,
            f"PUT {message}/reactions/{{emoji_name}}/@me": self.react,
            f"DELETE {message}/reactions/{{emoji_name}}/@me": self.unreact,
        }

    async def get_channel(self, call: Call) -> dict:
        return payloads.channel(self._channel(call))

    async def edit_channel(self, call: Call) -> dict:
        """Threads are archived, locked and named here; an archived one can only be opened."""
        channel = self._channel(call)
        if channel.kind != THREAD:
            raise errors.wrong_channel_type()
        if channel.archived and call.body.get("archived") is not False:
            raise errors.archived()
        for name, attribute in WRITABLE_THREAD_FIELDS.items():
            if name in call.body:
                setattr(channel, attribute, call.body[name])
        await self._fake.gateway.thread("THREAD_UPDATE", channel)
        return payloads.channel(channel)

    async def typing(self, call: Call) -> None:
        self._allowed(self._channel(call))

    async def history(self, call: Call) -> list[dict]:
        channel = self._channel(call, "read_message_history")
        shown = [each for each in channel.messages.values() if not each.deleted and not each.ephemeral]
        return [payloads.message(each) for each in _page(shown, call.query)]

    async def send(self, call: Call) -> dict:
        channel = self._channel(call)
        self._allowed(channel, files=bool(call.files))
        if (before := self._same_nonce(call.body)) is not None:
            return payloads.message(before)
        if channel.archived and channel.locked:
            raise errors.archived()
        fields = messages.compose(self._fake, channel, call.body, call.files)
        said = await self._fake.post(channel, self._fake.world.bot, nonce=call.body.get("nonce"), **fields)
        if said.nonce is not None:
            self._nonces[str(said.nonce)] = (time.monotonic(), said)
        return payloads.message(said)

    async def get_message(self, call: Call) -> dict:
        return payloads.message(self._message(call))

    async def edit_message(self, call: Call) -> dict:
        said = self._message(call)
        self._own(said)
        if said.channel.archived:
            raise errors.archived()
        messages.edit(self._fake, said, call.body, call.files)
        await self._fake.gateway.message("MESSAGE_UPDATE", said)
        return payloads.message(said)

    async def delete_message(self, call: Call) -> None:
        said = self._message(call)
        if said.channel.archived:
            raise errors.archived()
        if said.author is not self._fake.world.bot and not said.channel.allows("manage_messages"):
            raise errors.missing_permissions()
        said.deleted = True
        await self._fake.gateway.message_gone(said)

    async def start_thread(self, call: Call) -> Reply:
        said = self._message(call)
        if said.channel.kind != TEXT:
            raise errors.wrong_channel_type()
        if said.thread is not None:
            raise errors.thread_exists()
        if not said.channel.allows("create_public_threads"):
            raise errors.missing_permissions()
        minutes = call.body.get("auto_archive_duration") or 4320
        thread = self._fake.world.thread(said, call.body["name"], auto_archive=minutes)
        self._fake.world.message(thread, said.author, type=THREAD_STARTER, replies_to=said)
        await self._fake.gateway.thread("THREAD_CREATE", thread, newly_created=True)
        await self._fake.gateway.message("MESSAGE_UPDATE", said)
        return Reply(201, payloads.channel(thread))

    async def reacted(self, call: Call) -> list[dict]:
        """Who reacted with an emoji, by id."""
        said, emoji = self._message(call), unquote(call.params["emoji_name"])
        after, most = int(call.query.get("after", 0)), int(call.query.get("limit", 25))
        users = sorted(said.reactions.get(emoji, []), key=lambda user: user.id)
        return [payloads.user(user) for user in users if user.id > after][:most]

    async def react(self, call: Call) -> None:
        said, emoji = self._message(call), unquote(call.params["emoji_name"])
        if said.channel.archived:
            raise errors.archived()
        if not said.channel.allows("add_reactions"):
            raise errors.missing_permissions()
        if emoji not in said.reactions and len(said.reactions) == 20:
            raise errors.too_many_reactions()
        await self._fake.react(said, self._fake.world.bot, emoji)

    async def unreact(self, call: Call) -> None:
        await self._fake.unreact(self._message(call), self._fake.world.bot, unquote(call.params["emoji_name"]))

    def _channel(self, call: Call, *needed: str) -> Channel:
        channel = self._fake.world.channels.get(call.number("channel_id"))
        if channel is None:
            raise errors.unknown_channel()
        if not all(channel.allows(permission) for permission in ("view_channel", *needed)):
            raise errors.missing_permissions()
        return channel

    def _message(self, call: Call) -> Message:
        """A message that the bot may fetch by its channel; private answers are not among them."""
        said = self._channel(call).messages.get(call.number("message_id"))
        if said is None or said.deleted or said.ephemeral:
            raise errors.unknown_message()
        return said

    def _own(self, said: Message) -> None:
        if said.author is not self._fake.world.bot:
            raise errors.not_yours()

    def _allowed(self, channel: Channel, *, files: bool = False) -> None:
        send = "send_messages_in_threads" if channel.kind == THREAD else "send_messages"
        if not channel.allows(send) or (files and not channel.allows("attach_files")):
            raise errors.missing_permissions()

    def _same_nonce(self, body: dict) -> Message | None:
        """The message already sent with this nonce, within a few minutes."""
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        at, said = self._nonces.get(str(body["nonce"]), (0.0, None))
        fresh = said is not None and time.monotonic() - at < self._fake.rules.nonce_seconds
        return said if fresh else None


def _page(shown: list[Message], query: dict[str, str]) -> list[Message]:
    """Newest first, as Discord pages."""
    limit = int(query.get("limit", 50))
    if "after" in query:
        newer = [each for each in shown if each.id > int(query["after"])]
        return newer[:limit][::-1]
    if "around" in query:
        middle = int(query["around"])
        nearest = sorted(shown, key=lambda each: abs(each.id - middle))[:limit]
        return sorted(nearest, key=lambda each: -each.id)
    older = [each for each in shown if "before" not in query or each.id < int(query["before"])]
    return older[-limit:][::-1]
