"""The buttons of a jam's vote. Their state is in the `custom_id` and SQL."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Self

import discord
from discord import ui

from bot.commands.answers import answered, own_language, tell
from bot.commands.guarded import Guarded
from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.rules.jam import Jam, Phase, number_of
from bot.rules.takes import Record
from bot.takes.asker import Asker

if TYPE_CHECKING:
    from bot.client import Unstill

VOTE, STOP = "jam-vote", "jam-stop"
JAM = r"(?P<jam>[0-9a-f]{20}):(?P<number>\d{1,2})"


def vote_view(language: Language, jam: Jam, takes: Sequence[Record], votes: Mapping[int, str]) -> ui.View:
    """A button for each take with its votes, and one to end the jam."""
    counts = Counter(votes.values())
    view = ui.View(timeout=None)
    for take in takes:
        label = language.say("jam-take-votes", number=number_of(take), votes=counts[take.id])
        view.add_item(JamVote(jam.id, jam.number, take.id, label))
    view.add_item(JamStop(jam.id, jam.number, language.say("label-jam-stop")))
    return view


def stop_id(jam: Jam) -> str:
    """What tells a round's vote from all other messages."""
    return f"unstill:{STOP}:{jam.id}:{jam.number}"


class JamVote(Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:{VOTE}:{JAM}:(?P<take>[0-9a-f]{{20}})"):
    """A vote for one take of the round."""

    def __init__(self, jam: str, number: int, take_id: str, label: str = "…") -> None:
        style, custom_id = discord.ButtonStyle.primary, f"unstill:{VOTE}:{jam}:{number}:{take_id}"
        super().__init__(ui.Button(label=label, emoji="🗳️", style=style, custom_id=custom_id))
        self.jam, self.number, self.take_id = jam, number, take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["jam"], int(match["number"]), match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            found = await _open_jam(interaction, self.jam)
            if found.phase is not Phase.VOTING or found.number != self.number:
                raise RefusedError("vote_closed")
            candidates = {each.id: each for each in await interaction.client.jams.candidates(found)}
            if self.take_id not in candidates:
                raise RefusedError("vote_closed")
            stands = await interaction.client.jams.vote(found, interaction.user.id, self.take_id)
            name = "jam-voted" if stands else "jam-unvoted"
            await tell(interaction, own_language(interaction).say(name, number=number_of(candidates[self.take_id])))


class JamStop(Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:{STOP}:{JAM}"):
    """The jam's end before its last round."""

    def __init__(self, jam: str, number: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, emoji="⏹️", custom_id=f"unstill:{STOP}:{jam}:{number}"))
        self.jam = jam

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["jam"], int(match["number"]))

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            found, asker = await _open_jam(interaction, self.jam), Asker.of_interaction(interaction)
            if asker.member_id != found.host_id and not asker.moderator:
                raise RefusedError("not_your_jam")
            if not await interaction.client.jams.stop(found):
                raise RefusedError("jam_over")
            await tell(interaction, own_language(interaction).say("jam-stopping"))


async def _open_jam(interaction: "discord.Interaction[Unstill]", jam_id: str) -> Jam:
    """The jam that a button speaks of, if it is of this conversation."""
    found = await interaction.client.jams.get(jam_id)
    if found is None:
        raise RefusedError("jam_over")
    await interaction.client.presses.take(interaction, found.root)
    return found
