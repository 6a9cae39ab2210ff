"""`/gallery` and its pages. A page's buttons say where it stands, so they work after any restart."""

import re
from typing import TYPE_CHECKING, Self

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, own_language, tell
from bot.commands.buttons import TakeButton
from bot.commands.guarded import Guarded
from bot.commands.translator import words
from bot.community.gallery import Exhibit, Filter, Page, label_of
from bot.language.fluent import Language
from bot.posts.controls import SHARE
from bot.rules.takes import Fate

if TYPE_CHECKING:
    from bot.client import Unstill

NEWER, OLDER = "newer", "older"


@app_commands.command(description=words("command-gallery"))
@app_commands.describe(member=words("command-gallery-member"), kept=words("command-gallery-kept"))
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def gallery(
    interaction: "discord.Interaction[Unstill]", member: discord.User | None = None, kept: bool = True
) -> None:
    async with answered(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        wanted = Filter(member_id=member.id if member else None, kept=kept)
        page = await interaction.client.gallery.page(interaction, wanted)
        await _show(interaction, wanted, page)


async def _show(interaction: "discord.Interaction[Unstill]", wanted: Filter, page: Page) -> None:
    language = own_language(interaction)
    if not page.records:
        await tell(interaction, language.say("gallery-empty" if wanted.kept else "gallery-nothing"))
        return
    exhibits = await interaction.client.gallery.exhibits(page.records)
    house = await interaction.client.houses.of(interaction.guild_id)
    view = wall(language, wanted, page, exhibits, shared=house.gallery is not None)
    files = [each.media for each in exhibits if isinstance(each.media, discord.File)]
    await interaction.edit_original_response(view=view, attachments=files)


def wall(language: Language, wanted: Filter, page: Page, exhibits: list[Exhibit], *, shared: bool) -> ui.LayoutView:
    """The page: each clip under what is said of it."""
    view = ui.LayoutView(timeout=None)
    for exhibit in exhibits:
        view.add_item(_frame(language, exhibit, shared=shared))
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if page.newer:
        row.add_item(PageButton(NEWER, wanted, page.records[0].id, language.say("label-newer")))
    if page.older:
        row.add_item(PageButton(OLDER, wanted, page.records[-1].id, language.say("label-older")))
    if row.children:
        view.add_item(row)
    return view


def _frame(language: Language, exhibit: Exhibit, *, shared: bool) -> ui.Container[ui.LayoutView]:
    frame: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(label_of(language, exhibit.record)))
    if exhibit.media is None:
        frame.add_item(ui.TextDisplay(language.say("gallery-no-picture")))
    else:
        item = discord.MediaGalleryItem(exhibit.media, spoiler=exhibit.covered)
        frame.add_item(ui.MediaGallery(item))
    if shared and exhibit.record.fate is Fate.KEPT:
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        row.add_item(TakeButton(SHARE, exhibit.record.id, language.say("label-share")))
        frame.add_item(row)
    return frame


class PageButton(
    Guarded,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=rf"unstill:gallery:(?P<way>{NEWER}|{OLDER}):(?P<member>\d{{1,20}}):(?P<kept>[01]):(?P<cursor>[0-9a-f]{{20}})",
):
    """The way to another page."""

    def __init__(self, way: str, wanted: Filter, cursor: str, label: str = "") -> None:
        emoji = {NEWER: "◀️", OLDER: "▶️"}[way]
        custom_id = f"unstill:gallery:{way}:{wanted.member_id or 0}:{int(wanted.kept)}:{cursor}"
        super().__init__(ui.Button(label=label, emoji=emoji, custom_id=custom_id))
        self.way, self.wanted, self.cursor = way, wanted, cursor

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        wanted = Filter(member_id=int(match["member"]) or None, kept=match["kept"] == "1")
        return cls(match["way"], wanted, match["cursor"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            page = await interaction.client.gallery.page(interaction, self.wanted, self.cursor, newer=self.way == NEWER)
            if not page.records:  # what stood there was tossed meanwhile
                page = await interaction.client.gallery.page(interaction, self.wanted)
            await _show(interaction, self.wanted, page)
