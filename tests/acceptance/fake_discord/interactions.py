"""Routes of interactions: the callback and its webhook."""

import time

from tests.acceptance.fake_discord import errors, messages, payloads
from tests.acceptance.fake_discord.asked import (
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    UPDATE,
    Asked,
)
from tests.acceptance.fake_discord.calls import Call
from tests.acceptance.fake_discord.world import COMMAND_REPLY, EPHEMERAL, LOADING, PLAIN, Message


class InteractionRoutes:
    def __init__(self, fake) -> None:
        self._fake = fake
        self.asked: dict[str, Asked] = {}  # by token
        hook = "/webhooks/{webhook_id}/{webhook_token}"
        self.table = {
            "POST /interactions/{interaction_id}/{interaction_token}/callback": self.callback,
            f"POST {hook}": self.follow_up,
            f"GET {hook}/messages/@original": self.get_original,
            f"PATCH {hook}/messages/@original": self.edit_original,
            f"DELETE {hook}/messages/@original": self.delete_original,
            f"GET {hook}/messages/{{message_id}}": self.get_message,
            f"PATCH {hook}/messages/{{message_id}}": self.edit_message,
            f"DELETE {hook}/messages/{{message_id}}": self.delete_message,
        }

    async def callback(self, call: Call) -> dict | None:
        asked = self.asked.get(call.params["interaction_token"])
        if asked is None or asked.id != call.number("interaction_id"):
            raise errors.unknown_interaction()
        if asked.answer is not None:
            raise errors.already_acknowledged()
        seconds = time.monotonic() - asked.at
        if seconds > self._fake.rules.answer_seconds:
            raise errors.unknown_interaction()
        await self._take(asked, call)
        asked.answer, asked.answered_after = call.body, seconds
        return self._receipt(asked) if call.query.get("with_response") in {"1", "true"} else None

    async def _take(self, asked: Asked, call: Call) -> None:
        """Do what the answer asks for."""
        body, data = call.body, call.body.get("data") or {}
        takers = {
            MESSAGE: self._say,
            DEFERRED: self._defer,
            DEFERRED_UPDATE: self._keep,
            UPDATE: self._update,
            CHOICES: self._choose,
            MODAL: self._show_modal,
        }
        await takers[body["type"]](asked, data, call.files)

    async def _say(self, asked: Asked, data: dict, files: dict) -> None:
        asked.original = await self._post(asked, data, files, type=COMMAND_REPLY)

    async def _defer(self, asked: Asked, data: dict, files: dict) -> None:
        """A private answer, or an open one that all see thinking."""
        flags = LOADING | ((data.get("flags") or 0) & EPHEMERAL)
        asked.original = await self._fake.post(
            asked.channel,
            self._fake.world.bot,
            type=COMMAND_REPLY,
            flags=flags,
            interaction=_metadata(asked),
        )

    async def _keep(self, asked: Asked, data: dict, files: dict) -> None:
        if asked.source is None:
            raise errors.invalid_form("type: there is no message to update")
        asked.original = asked.source

    async def _update(self, asked: Asked, data: dict, files: dict) -> None:
        await self._keep(asked, data, files)
        await self._edit(asked.original, data, files)

    async def _choose(self, asked: Asked, data: dict, files: dict) -> None:
        """Autocomplete: the choices stay in `asked.answer`."""

    async def _show_modal(self, asked: Asked, data: dict, files: dict) -> None:
        if asked.kind == MODAL_SUBMIT:
            raise errors.invalid_form("type: a modal cannot follow a modal")
        messages.check(self._fake, data)

    def _receipt(self, asked: Asked) -> dict:
        said, kind = asked.original, asked.answer["type"]
        interaction = {"id": str(asked.id), "type": asked.kind, "channel_id": str(asked.channel.id)}
        interaction |= payloads.guild_id(asked.channel)
        if kind in {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE}:
            interaction |= {
                "response_message_id": str(said.id),
                "response_message_loading": said.loading,
                "response_message_ephemeral": said.ephemeral,
            }
        if kind not in {MESSAGE, UPDATE}:
            return {"interaction": interaction}
        return {"interaction": interaction, "resource": {"type": kind, "message": payloads.message(said)}}

    async def follow_up(self, call: Call) -> dict:
        """A further message; the first after a deferral takes its place."""
        asked = self._by_token(call)
        if asked.answer is None:
            raise errors.unknown_webhook()
        if asked.original is not None and asked.original.loading:
            return await self._edit(asked.original, call.body, call.files)
        said = await self._post(asked, call.body, call.files, type=PLAIN)
        asked.followups.append(said)
        return payloads.message(said)

    async def get_original(self, call: Call) -> dict:
        return payloads.message(self._original(call))

    async def edit_original(self, call: Call) -> dict:
        return await self._edit(self._original(call), call.body, call.files)

    async def delete_original(self, call: Call) -> None:
        await self._delete(self._original(call))

    async def get_message(self, call: Call) -> dict:
        return payloads.message(self._message(call))

    async def edit_message(self, call: Call) -> dict:
        return await self._edit(self._message(call), call.body, call.files)

    async def delete_message(self, call: Call) -> None:
        await self._delete(self._message(call))

    def _by_token(self, call: Call) -> Asked:
        asked = self.asked.get(call.params["webhook_token"])
        if asked is None or call.number("webhook_id") != self._fake.world.bot.id:
            raise errors.unknown_webhook()
        if time.monotonic() - asked.at > self._fake.rules.token_seconds:
            raise errors.invalid_token()
        return asked

    def _original(self, call: Call) -> Message:
        said = self._by_token(call).original
        if said is None or said.deleted:
            raise errors.unknown_message()
        return said

    def _message(self, call: Call) -> Message:
        asked = self._by_token(call)
        for said in (asked.original, *asked.followups):
            if said is not None and said.id == call.number("message_id") and not said.deleted:
                return said
        raise errors.unknown_message()

    async def _post(self, asked: Asked, body: dict, files: dict, **extra) -> Message:
        private = (body.get("flags") or 0) & EPHEMERAL
        fields = messages.compose(self._fake, asked.channel, body, files, flags=private, ephemeral=bool(private))
        fields |= {"interaction": _metadata(asked)} | extra
        return await self._fake.post(asked.channel, self._fake.world.bot, **fields)

    async def _edit(self, said: Message, body: dict, files: dict) -> dict:
        messages.edit(self._fake, said, body, files)
        await self._fake.gateway.message("MESSAGE_UPDATE", said)
        return payloads.message(said)

    async def _delete(self, said: Message) -> None:
        said.deleted = True
        if not said.ephemeral:
            await self._fake.gateway.message_gone(said)


def _metadata(asked: Asked) -> dict:
    """What a message tells of the interaction it answers."""
    if asked.kind != MODAL_SUBMIT:
        return _bare_metadata(asked, asked.kind)
    opened_by = COMPONENT if asked.source else COMMAND
    return _bare_metadata(asked, asked.kind) | {"triggering_interaction_metadata": _bare_metadata(asked, opened_by)}


def _bare_metadata(asked: Asked, kind: int) -> dict:
    metadata = {
        "id": str(asked.id),
        "type": kind,
        "user": payloads.user(asked.user),
        "authorizing_integration_owners": {"0": str(asked.channel.guild.id if asked.channel.guild else 0)},
    }
    return metadata | ({"interacted_message_id": str(asked.source.id)} if kind == COMPONENT else {})
