"""`/gallery` and its pages. A page's buttons say where it stands, so they work after any restart."""

import re

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, defer, own_language, tell
from bot.commands.router import Route
from bot.commands.translator import AnyCommand, words
from bot.community.gallery import Exhibit, Filter, Page, label_of
from bot.language.fluent import Language
from bot.parts import Album
from bot.posts.controls import SHARE, take_button
from bot.rules.takes import Fate, Record
from bot.takes.asker import Asker

NEWER, OLDER = "newer", "older"
EMOJI = {NEWER: "◀️", OLDER: "▶️"}
TURNED = re.compile(
    rf"unstill:gallery:(?P<way>{NEWER}|{OLDER}):(?P<member>[0-9]{{1,20}}):(?P<kept>[01]):(?P<cursor>[0-9a-f]{{20}})"
)


def commands(album: Album) -> list[AnyCommand]:
    """`/gallery`: the newest page."""

    @app_commands.command(description=words("command-gallery"))
    @app_commands.describe(member=words("command-gallery-member"), kept=words("command-gallery-kept"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def gallery(interaction: discord.Interaction, member: discord.User | None = None, kept: bool = True) -> None:
        async with answered(interaction):
            await defer(interaction, thinking=True)
            wanted = Filter(member_id=member.id if member else None, kept=kept)
            page = await album.gallery.page(Asker.of_interaction(interaction), wanted)
            await _show(interaction, album, wanted, page)

    return [gallery]


def routes(album: Album) -> list[Route]:
    """The ways to other pages."""

    async def turn(interaction: discord.Interaction, match: re.Match[str]) -> None:
        await defer(interaction)
        wanted = Filter(member_id=int(match["member"]) or None, kept=match["kept"] == "1")
        asker = Asker.of_interaction(interaction)
        page = await album.gallery.page(asker, wanted, match["cursor"], newer=match["way"] == NEWER)
        if not page.records:  # what stood there was tossed meanwhile
            page = await album.gallery.page(asker, wanted)
        await _show(interaction, album, wanted, page)

    return [Route(pattern=TURNED, handler=turn)]


async def _show(interaction: discord.Interaction, album: Album, wanted: Filter, page: Page) -> None:
    language = own_language(interaction)
    if not page.records:
        await tell(interaction, language.say("gallery-empty" if wanted.kept else "gallery-nothing"))
        return
    exhibits = await album.gallery.exhibits(page.records)
    files = [each.media for each in exhibits if isinstance(each.media, discord.File)]
    await interaction.edit_original_response(view=wall(language, wanted, page, exhibits), attachments=files)


def wall(language: Language, wanted: Filter, page: Page, exhibits: list[Exhibit]) -> ui.LayoutView:
    """The page: each clip under what is said of it. It is finished: discord.py need not keep it."""
    view = ui.LayoutView(timeout=None)
    for exhibit in exhibits:
        view.add_item(_frame(language, exhibit))
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if page.newer:
        row.add_item(_page_button(NEWER, wanted, page.records[0], language))
    if page.older:
        row.add_item(_page_button(OLDER, wanted, page.records[-1], language))
    if row.children:
        view.add_item(row)
    view.stop()
    return view


def _frame(language: Language, exhibit: Exhibit) -> ui.Container[ui.LayoutView]:
    card = exhibit.card
    frame: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(label_of(language, card.record)))
    if exhibit.media is None:
        frame.add_item(ui.TextDisplay(language.say("gallery-no-picture")))
    else:
        item = discord.MediaGalleryItem(exhibit.media, spoiler=card.covered)
        frame.add_item(ui.MediaGallery(item))
    if card.shared and card.record.fate is Fate.KEPT:
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        row.add_item(take_button(SHARE, card.record.id, language.say("label-share")))
        frame.add_item(row)
    return frame


def _page_button(way: str, wanted: Filter, edge: Record, language: Language) -> ui.Button[ui.LayoutView]:
    """The way to the page beyond the take at this page's edge."""
    custom_id = f"unstill:gallery:{way}:{wanted.member_id or 0}:{int(wanted.kept)}:{edge.id}"
    return ui.Button(label=language.say(f"label-{way}"), emoji=EMOJI[way], custom_id=custom_id)
