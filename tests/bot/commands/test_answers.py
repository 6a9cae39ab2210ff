"""What a member reads where something is wrong."""

from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.commands.answers import answered, promise, tell_place
from bot.errors import RefusedError
from bot.record.errors import RecordAwayError, RecordError, RecordFullError
from bot.rules.promises import Request


class Response:
    """An interaction's first answer."""

    def __init__(self):
        self.said = []

    def is_done(self):
        return bool(self.said)

    async def send_message(self, text, **_options):
        self.said.append(text)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecordFullError("database or disk is full"), "I cannot write anything down just now: my disk is full."),
        (RecordAwayError("database is locked"), "My record is busy just now, and nothing was lost."),
        (RecordError("no such column"), "Something went wrong on my side."),
        (RefusedError("take_gone"), "I don't know that take any more."),
    ],
)
async def test_a_member_is_told_once_what_was_wrong(error, said):
    interaction = SimpleNamespace(id=1, locale="en-US", response=Response())
    async with answered(interaction):
        raise error
    (told,) = interaction.response.said
    assert told.startswith(said)


class Deferred(Response):
    """One that is acknowledged first."""

    type = None

    async def defer(self, **_options):
        self.type = discord.InteractionResponseType.deferred_channel_message

    def is_done(self):
        return self.type is not None


@pytest.mark.parametrize("away", [False, True])
async def test_a_promise_stands_until_discord_could_be_told(away):
    """As where the bot goes offline at that moment: the next one answers."""
    kept = []

    async def nothing(_promise):
        pass

    async def keep(promise):
        kept.append(promise.id)

    async def edit(**_options):
        if away:
            raise aiohttp.ClientError("the bot is going offline")

    interaction = SimpleNamespace(
        **dict.fromkeys(("id", "application_id", "guild_id", "channel_id"), 1),
        token="secret",
        locale="en-US",
        user=SimpleNamespace(id=7),
        response=Deferred(),
        edit_original_response=edit,
    )
    async with answered(interaction):
        await promise(interaction, SimpleNamespace(make=nothing, kept=keep), Request(words="calm"), thinking=True)
        await tell_place(interaction, 5)
    assert kept == ([] if away else ["1"])
