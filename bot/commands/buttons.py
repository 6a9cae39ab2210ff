"""The buttons under a clip. Their state is in the `custom_id` and SQL, so a press works after any restart."""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Self

import discord
from discord import ui

from bot.commands.answers import answered, own_language, tell, tell_way
from bot.commands.forms import words_form
from bot.commands.guarded import Guarded
from bot.posts.controls import BRING_BACK, CANCEL, EMOJI, KEEP, LET_GO, NOW, REPORT, SHARE, TAKE, TOSS, WORDED, label
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Record
from bot.rules.wishes import Standing, Wish
from bot.takes.asker import Asker
from renderer.contract.shot import Action

if TYPE_CHECKING:
    from bot.client import Unstill


class TakeButton(Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:(?P<press>{'|'.join(EMOJI)}):{TAKE}"):
    """One button of one take."""

    def __init__(self, press: str, take_id: str, label: str = "") -> None:
        style = discord.ButtonStyle.danger if press == CANCEL else discord.ButtonStyle.secondary
        super().__init__(
            ui.Button(label=label, emoji=EMOJI[press], style=style, custom_id=f"unstill:{press}:{take_id}"),
        )
        self.press = press
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["press"], match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            if self.press in WORDED:
                form = words_form(Action(self.press), self.take_id, own_language(interaction))
                await interaction.response.send_modal(form)
                return
            await interaction.response.defer()
            record = await interaction.client.presses.take(interaction, self.take_id)
            await PRESSED.get(self.press, _wish)(interaction, Asker.of_interaction(interaction), record, self.press)


Pressed = Callable[["discord.Interaction[Unstill]", Asker, Record, str], Awaitable[None]]


async def _wish(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, press: str) -> None:
    wish = Wish(action=Action(press.removeprefix(NOW)))
    if press.startswith(NOW):
        await interaction.client.presses.vote(asker, record, wish, overrule=True)
        standing = None
    else:
        standing = await interaction.client.presses.press(asker, record, wish)
    if standing is None or standing.complete:
        await tell_way(interaction, record)
    else:
        await _tell_standing(interaction, asker, record, wish, standing)


async def _tell_standing(
    interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, wish: Wish, standing: Standing
) -> None:
    own = own_language(interaction)
    label = own.say(f"label-{wish.action}")
    counted = asker.member_id in standing.voters
    name = "vote-counted" if counted else "vote-withdrawn"
    text = own.say(name, have=standing.have, need=standing.need, what=own.say("vote-what", label=label))
    alone = counted and await interaction.client.presses.may_overrule(asker, record)
    await tell(
        interaction,
        text,
        _view(TakeButton(f"{NOW}{wish.action}", record.id, own.say("label-start-now"))) if alone else None,
    )


async def _cancel(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.presses.cancel(asker, record)


async def _keep(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.fates.keep(asker, record)


async def _let_go(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.fates.let_go(asker, record)


async def _toss(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.fates.toss(asker, record)


async def _bring_back(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.fates.bring_back(asker, record)


async def _share(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await tell(interaction, await interaction.client.share.share(asker, record))


async def _report(interaction: "discord.Interaction[Unstill]", asker: Asker, record: Record, _press: str) -> None:
    await interaction.client.reports.report(asker, record)
    await tell(interaction, own_language(interaction).say("reported"))


PRESSED: dict[str, Pressed] = {
    CANCEL: _cancel,
    KEEP: _keep,
    LET_GO: _let_go,
    TOSS: _toss,
    BRING_BACK: _bring_back,
    SHARE: _share,
    REPORT: _report,
}


def clip_view(card: ClipCard) -> ui.View:
    """What may be asked of a finished take."""
    record, say = card.record, card.record.language
    fates = [LET_GO if record.fate is Fate.KEPT else KEEP, TOSS]
    fates += [SHARE] if card.shared and record.fate is Fate.KEPT else []
    report = [REPORT] if card.reportable else []
    rows = (
        [[*fates, *report]]
        if record.take.shot.scenes
        else [
            [Action.REROLL, Action.SUBTLE, Action.STRONG, Action.NUDGE, *report],
            [Action.BEFORE, Action.AFTER, *fates],
        ]
    )
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for press in row:
            button = TakeButton(press, record.id, label(say, press, card.counts.get(press, 0), card.need))
            button.item.row = number
            view.add_item(button)
    return view


def cancel_button(record: Record) -> ui.View:
    return _view(TakeButton(CANCEL, record.id, record.language.say(f"label-{CANCEL}")))


def bring_back_button(record: Record) -> ui.View:
    return _view(TakeButton(BRING_BACK, record.id, record.language.say(f"label-{BRING_BACK}")))


def _view(button: TakeButton) -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(button)
    return view
