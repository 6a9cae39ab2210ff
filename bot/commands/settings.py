"""`/settings`: the rules of the house, for who manages the server."""

from collections.abc import Mapping
from typing import Any, Literal

import discord
from discord import app_commands

from bot.commands.answers import answered, own_language, tell
from bot.commands.translator import words
from bot.errors import RefusedError
from bot.parts import Rules
from bot.rules.blocks import Block, Kind, plain
from bot.rules.emoji_map import bare
from bot.rules.flagging import Flagged
from bot.rules.house import MOST_VOTES, House, Who, zones
from bot.wording.house_rules import ROWS, blocked, overview

MOST_CHOICES = 25  # Discord's
USUAL = "-"  # in place of words: the emoji's own meaning again
MOST_BLOCKS = 200  # of each kind in a server
MOST_EMOJI = 40  # of a server's own making


class HouseCommands(
    app_commands.Group,
    name="settings",
    description=words("settings-command"),
    guild_only=True,
    default_permissions=discord.Permissions(manage_guild=True),
):
    """`/settings …`: each command changes one row of the rules, and answers with what is so then."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    @app_commands.command(description=words("settings-show"))
    async def show(self, interaction: discord.Interaction) -> None:
        async with answered(interaction):
            await tell(interaction, overview(own_language(interaction), await self._house(interaction)))

    @app_commands.command(description=words("settings-reroll"))
    @app_commands.describe(votes=words("settings-reroll-votes"))
    async def reroll(self, interaction: discord.Interaction, votes: app_commands.Range[int, 1, MOST_VOTES]) -> None:
        async with answered(interaction):
            await self._change(interaction, "reroll", {"reroll_votes": votes})

    @app_commands.command(description=words("settings-who"))
    @app_commands.describe(deed=words("settings-who-deed"), who=words("settings-who-who"))
    @app_commands.choices(
        deed=[
            app_commands.Choice(name=words(f"deed-{deed}"), value=deed)
            for deed in ("overrule", "cancel", "toss", "keep", "jam")
        ],
        who=[app_commands.Choice(name=words(f"who-{who}"), value=who.value) for who in Who],
    )
    async def who(self, interaction: discord.Interaction, deed: str, who: str) -> None:
        async with answered(interaction):
            await self._change(interaction, "who", {deed: who})

    @app_commands.command(description=words("settings-reactions"))
    @app_commands.describe(
        on=words("settings-reactions-on"),
        quiet_from=words("settings-quiet-from"),
        quiet_to=words("settings-quiet-to"),
        zone=words("settings-zone"),
    )
    async def reactions(
        self,
        interaction: discord.Interaction,
        on: bool,
        quiet_from: app_commands.Range[int, 0, 23] | None = None,
        quiet_to: app_commands.Range[int, 0, 23] | None = None,
        zone: str | None = None,
    ) -> None:
        async with answered(interaction):
            if zone is not None and zone not in zones():
                raise RefusedError("no_such_zone")
            hours = {"reactions": on, "quiet_from": quiet_from, "quiet_to": quiet_to}
            await self._change(interaction, "reactions", hours | ({"zone": zone} if zone else {}))

    @reactions.autocomplete("zone")
    async def suggest_zones(self, _interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        fitting = [zone for zone in sorted(zones()) if typed.strip().casefold() in zone.casefold()]
        return [app_commands.Choice(name=zone, value=zone) for zone in fitting[:MOST_CHOICES]]

    @app_commands.command(description=words("settings-emoji"))
    @app_commands.describe(emoji=words("settings-emoji-emoji"), wish=words("settings-emoji-wish"))
    async def emoji(
        self,
        interaction: discord.Interaction,
        emoji: app_commands.Range[str, 1, 60],
        wish: app_commands.Range[str, 0, 100] = "",
    ) -> None:
        async with answered(interaction):
            sign = discord.PartialEmoji.from_str(emoji.strip())
            if sign.id is None and sign.name.isascii():
                raise RefusedError("not_an_emoji")
            own, name = dict((await self._house(interaction)).emoji), bare(sign.name)
            own.pop(name, None)
            if wish.strip() != USUAL:
                own[name] = wish.strip()
            if len(own) > MOST_EMOJI:
                raise RefusedError("too_many_emoji", limit=MOST_EMOJI)
            await self._change(interaction, "emoji", {"emoji": own})

    @app_commands.command(description=words("settings-allowances"))
    @app_commands.describe(
        member_at_once=words("settings-member-at-once"),
        member_seconds=words("settings-member-seconds"),
        cooldown=words("settings-cooldown"),
        server_at_once=words("settings-server-at-once"),
        server_seconds=words("settings-server-seconds"),
    )
    async def allowances(
        self,
        interaction: discord.Interaction,
        member_at_once: app_commands.Range[int, 1, 100] | None = None,
        member_seconds: app_commands.Range[int, 8, 86400] | None = None,
        cooldown: app_commands.Range[int, 0, 3600] | None = None,
        server_at_once: app_commands.Range[int, 1, 1000] | None = None,
        server_seconds: app_commands.Range[int, 8, 864000] | None = None,
    ) -> None:
        async with answered(interaction):
            asked = {
                "member_at_once": member_at_once,
                "member_seconds": member_seconds,
                "cooldown": cooldown,
                "server_at_once": server_at_once,
                "server_seconds": server_seconds,
            }
            await self._change(
                interaction, "allowances", {name: value for name, value in asked.items() if value is not None}
            )

    @app_commands.command(description=words("settings-lift"))
    @app_commands.describe(role=words("settings-lift-role"))
    async def lift(self, interaction: discord.Interaction, role: discord.Role) -> None:
        """A second time, the role is bound again."""
        async with answered(interaction):
            await self._change(
                interaction, "allowances", {"lifted": (await self._house(interaction)).lifted ^ {role.id}}
            )

    @app_commands.command(description=words("settings-gallery"))
    @app_commands.describe(channel=words("settings-gallery-channel"))
    async def gallery(self, interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
        async with answered(interaction):
            await self._change(interaction, "gallery", {"gallery": channel.id if channel else None})

    @app_commands.command(description=words("settings-reports"))
    @app_commands.describe(channel=words("settings-reports-channel"))
    async def reports(self, interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
        async with answered(interaction):
            await self._change(interaction, "reports", {"reports": channel.id if channel else None})

    @app_commands.command(description=words("settings-flagged"))
    @app_commands.describe(flagged=words("settings-flagged-flagged"))
    @app_commands.choices(
        flagged=[
            app_commands.Choice(name=words(f"flagged-{flagged}"), value=flagged)
            for flagged in ("usual", Flagged.SPOILER, Flagged.RESTRICTED, Flagged.REFUSE)
        ]
    )
    async def flagged(self, interaction: discord.Interaction, flagged: str) -> None:
        async with answered(interaction):
            await self._change(interaction, "flagged", {"flagged": None if flagged == "usual" else flagged})

    @app_commands.command(description=words("settings-retention"))
    @app_commands.describe(days=words("settings-retention-days"))
    async def retention(
        self, interaction: discord.Interaction, days: app_commands.Range[int, 1, 3650] | None = None
    ) -> None:
        async with answered(interaction):
            await self._change(interaction, "retention", {"media_days": days})

    @app_commands.command(description=words("settings-block"))
    @app_commands.describe(member=words("settings-block-member"), word=words("settings-block-word"))
    async def block(
        self,
        interaction: discord.Interaction,
        member: discord.Member | discord.User | None = None,
        word: app_commands.Range[str, 2, 60] | None = None,
    ) -> None:
        """A second time, it is let in again."""
        async with answered(interaction):
            if interaction.guild_id is None:
                raise RefusedError("not_here")
            blocks, guild_id, by = self._rules.blocks, interaction.guild_id, interaction.user.id
            asked = [(Kind.MEMBER, str(member.id))] if member else []
            asked += [(Kind.WORD, word.strip().casefold())] if word and plain(word) else []
            known = await blocks.of(guild_id)
            for kind, subject in asked:
                if await blocks.lift(guild_id, kind, subject):
                    continue
                if sum(each.kind is kind for each in known) >= MOST_BLOCKS:
                    raise RefusedError("too_many_blocks", limit=MOST_BLOCKS)
                await blocks.add(guild_id, Block(kind=kind, subject=subject), by)
            await tell(interaction, blocked(own_language(interaction), await blocks.of(guild_id)))

    @app_commands.command(description=words("settings-language"))
    @app_commands.describe(language=words("settings-language-language"))
    async def language(self, interaction: discord.Interaction, language: Literal["server", "en", "de", "es"]) -> None:
        async with answered(interaction):
            await self._change(interaction, "language", {"language": "" if language == "server" else language})

    async def _change(self, interaction: discord.Interaction, row: str, changes: Mapping[str, Any]) -> None:
        """Change some rules, and answer with what is so now."""
        if interaction.guild_id is None:
            raise RefusedError("not_here")
        houses = self._rules.houses
        house = await houses.change(interaction.guild_id, **changes) if changes else await self._house(interaction)
        await tell(interaction, ROWS[row](own_language(interaction), house))

    async def _house(self, interaction: discord.Interaction) -> House:
        return await self._rules.houses.of(interaction.guild_id)
