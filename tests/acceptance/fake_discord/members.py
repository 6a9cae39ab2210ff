"""What people do: commands, presses, modals, messages, reactions."""

import secrets
from dataclasses import dataclass

from tests.acceptance.fake_discord import payloads
from tests.acceptance.fake_discord.asked import COMMAND, COMPONENT, MODAL_SUBMIT, Asked
from tests.acceptance.fake_discord.world import DM, REPLY, Channel, Message, User, walk

CHAT_INPUT, ON_MESSAGE = 1, 3
SUBCOMMAND = 1
STRING, INTEGER, BOOLEAN, NUMBER, ATTACHMENT = 3, 4, 5, 10, 11
PYTHON_TYPES = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
STRING_MENU = 3
TEXT_INPUT, LABEL, ROW, TEXT_DISPLAY = 4, 18, 1, 10


@dataclass(frozen=True)
class Upload:
    """A file from the member's machine."""

    filename: str
    data: bytes


class Member:
    def __init__(self, fake, user: User) -> None:
        self._fake, self.user = fake, user

    @property
    def mention(self) -> str:
        return f"<@{self.user.id}>"

    async def slash(self, channel: Channel, name: str, **options) -> Asked:
        """Run a slash command; the client refuses what the registered command does not take."""
        name, _, subcommand = name.partition(" ")
        command = self._command(name, CHAT_INPUT)
        given = command.get("options", [])
        if subcommand:
            given = next(option for option in given if option["name"] == subcommand).get("options", [])
        known = {option["name"]: option for option in given}
        missing = {name for name, option in known.items() if option.get("required")} - options.keys()
        if missing:
            raise AssertionError(f"/{name} needs {sorted(missing)}")
        files = {}
        sent = [self._option(channel, known[each], value, files) for each, value in options.items()]
        if subcommand:
            sent = [{"name": subcommand, "type": SUBCOMMAND, "options": sent}]
        data = {"id": command["id"], "name": name, "type": CHAT_INPUT, "options": sent}
        if files:
            data["resolved"] = {"attachments": files}
        return await self._ask(channel, COMMAND, data)

    async def message_command(self, name: str, target: Message) -> Asked:
        """Run a command from a message's menu."""
        command = self._command(name, ON_MESSAGE)
        data = {
            "id": command["id"],
            "name": name,
            "type": ON_MESSAGE,
            "target_id": str(target.id),
            "resolved": {"messages": {str(target.id): payloads.message(target)}},
        }
        return await self._ask(target.channel, COMMAND, data)

    async def press(self, message: Message, button: str) -> Asked:
        """Press the button with this label or custom_id."""
        found = [part for part in message.buttons if button in {part.get("label"), part.get("custom_id")}]
        if not found or found[0].get("disabled"):
            raise AssertionError(f"no button {button} among {[part.get('label') for part in message.buttons]}")
        data = {"custom_id": found[0]["custom_id"], "component_type": 2, "id": found[0]["id"]}
        return await self._ask(message.channel, COMPONENT, data, source=message)

    async def choose(self, message: Message, value: str) -> Asked:
        """Choose from the message's menu."""
        (menu,) = [part for part in walk(message.components) if part["type"] == STRING_MENU]
        if value not in {option["value"] for option in menu["options"]}:
            raise AssertionError(f"no choice {value} in {menu['options']}")
        data = {"custom_id": menu["custom_id"], "component_type": STRING_MENU, "id": menu["id"], "values": [value]}
        return await self._ask(message.channel, COMPONENT, data, source=message)

    async def submit(self, asked: Asked, *texts: str) -> Asked:
        """Fill the modal's text fields from top to bottom and send it."""
        modal = await asked.modal()
        left = list(texts)
        components = [_filled(part, left) for part in modal["components"]]
        if left:
            raise AssertionError(f"the modal has no field for {left}")
        data = {"custom_id": modal["custom_id"], "components": components}
        return await self._ask(asked.channel, MODAL_SUBMIT, data, source=asked.source)

    async def say(self, channel: Channel, content: str = "", *uploads: Upload, to: Message | None = None) -> Message:
        """Write a message; a reply pings its author."""
        world = self._fake.world
        files = [world.attachment(channel.id, upload.filename, upload.data) for upload in uploads]
        mentions = [user for user in world.users.values() if f"<@{user.id}>" in content]
        extra = {"type": REPLY, "replies_to": to} if to else {}
        if to and to.author not in mentions:
            mentions.append(to.author)
        return await self._fake.post(channel, self.user, content=content, attachments=files, mentions=mentions, **extra)

    async def react(self, message: Message, emoji: str) -> None:
        await self._fake.react(message, self.user, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        await self._fake.unreact(message, self.user, emoji)

    def _command(self, name: str, kind: int) -> dict:
        for command in self._fake.application.commands:
            if (command["name"], command["type"]) == (name, kind):
                return command
        raise AssertionError(f"no command {name} is registered")

    def _option(self, channel: Channel, option: dict, value, files: dict) -> dict:
        sent = {"name": option["name"], "type": option["type"], "value": value}
        if option["type"] == ATTACHMENT:
            file = self._fake.world.attachment(channel.id, value.filename, value.data, ephemeral=True)
            files[str(file.id)] = payloads.attachment(file)
            return sent | {"value": str(file.id)}
        _check_value(option, value)
        return sent

    async def _ask(self, channel: Channel, kind: int, data: dict, source: Message | None = None) -> Asked:
        asked = Asked(
            fake=self._fake,
            id=self._fake.world.snowflake(),
            token=secrets.token_urlsafe(48),
            kind=kind,
            user=self.user,
            channel=channel,
            data=data,
            source=source,
        )
        self._fake.interactions.asked[asked.token] = asked
        await self._fake.gateway.emit("INTERACTION_CREATE", self._payload(asked))
        return asked

    def _payload(self, asked: Asked) -> dict:
        channel, permissions = asked.channel, str(asked.channel.permissions)
        payload = {
            "id": str(asked.id),
            "application_id": str(self._fake.world.bot.id),
            "type": asked.kind,
            "data": asked.data,
            "token": asked.token,
            "version": 1,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel) | {"permissions": permissions},
            "app_permissions": permissions,
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": self._fake.rules.advertised_bytes,
        }
        if asked.source is not None:
            payload["message"] = payloads.message(asked.source)
        return payload | (self._in_dm() if channel.kind == DM else self._in_guild(channel))

    def _in_dm(self) -> dict:
        return {
            "user": payloads.user(self.user),
            "context": 1,
            "authorizing_integration_owners": {"0": "0"},
        }

    def _in_guild(self, channel: Channel) -> dict:
        guild = str(channel.guild.id)
        return {
            "member": payloads.full_member(self.user) | {"permissions": str(channel.permissions)},
            "guild_id": guild,
            "guild": {"id": guild, "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "context": 0,
            "authorizing_integration_owners": {"0": guild},
        }


def _check_value(option: dict, value) -> None:
    """What Discord's client lets a member type into this option."""
    right = isinstance(value, PYTHON_TYPES[option["type"]])
    if option["type"] == STRING:
        right = right and option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000)
    if option["type"] in {INTEGER, NUMBER}:
        right = right and option.get("min_value", value) <= value <= option.get("max_value", value)
    if choices := option.get("choices"):
        right = right and value in {choice["value"] for choice in choices}
    if not right:
        raise AssertionError(f"the client refuses {value!r} for {option['name']}")


def _filled(part: dict, left: list[str]) -> dict:
    """A modal's component as it comes back: text fields take the next text, or nothing."""
    if part["type"] == TEXT_DISPLAY:
        return {"type": TEXT_DISPLAY, "id": part.get("id", 1), "content": part["content"]}
    if part["type"] == LABEL:
        return {"type": LABEL, "id": part.get("id", 1), "component": _field(part["component"], left)}
    return {"type": ROW, "id": part.get("id", 1), "components": [_field(each, left) for each in part["components"]]}


def _field(part: dict, left: list[str]) -> dict:
    if part["type"] != TEXT_INPUT:
        raise AssertionError(f"the fake member cannot fill in {part}")
    text = left.pop(0) if left else part.get("value") or ""
    if len(text) > part.get("max_length", 4000) or (part.get("required", True) and not text):
        raise AssertionError(f"the client refuses {text!r} in {part['custom_id']}")
    return {"type": TEXT_INPUT, "id": part.get("id", 1), "custom_id": part["custom_id"], "value": text}
