"""Buttons as data: what stands under a take's messages. Who answers a press: `bot.wiring.routes`.

A button's `custom_id` says all there is to a press, so that it works after any restart and on messages of any age.
"""

import re

import discord
from discord import ui

from bot.language.fluent import Language
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Record
from renderer.contract.shot import Action

TAKE = r"(?P<take>[0-9a-f]{20})"
CANCEL, KEEP, LET_GO, TOSS, BRING_BACK, SHARE = "cancel", "keep", "let-go", "toss", "bring-back", "share"
REPORT = "report"
CORRECT = "correct"  # asks what was read wrongly first
BUTTONED = frozenset({Action.REROLL, Action.SUBTLE, Action.STRONG})  # wishes whose count a button shows
NOW = "now-"  # before a wish: begin it alone, where others would have to agree
EMOJI = {
    Action.REROLL: "🔁",
    Action.SUBTLE: "🎚️",
    Action.STRONG: "🎛️",
    Action.NUDGE: "💬",
    Action.BEFORE: "⏪",
    Action.AFTER: "⏩",
    KEEP: "⭐",
    LET_GO: "🌟",
    TOSS: "🗑️",
    BRING_BACK: "↩️",
    SHARE: "📣",
    REPORT: "🚩",
    CORRECT: "✏️",
    CANCEL: "✖️",
    **{f"{NOW}{wish}": "▶️" for wish in sorted(BUTTONED)},
}
WORDED = frozenset({Action.NUDGE, Action.AFTER, Action.BEFORE})  # ask for words first
PRESSED = re.compile(rf"unstill:(?P<press>{'|'.join(EMOJI)}):{TAKE}")  # what `take_button` makes


def take_button(press: str, take_id: str, label: str, row: int | None = None) -> ui.Button[ui.View]:
    """One button of one take."""
    style = discord.ButtonStyle.danger if press == CANCEL else discord.ButtonStyle.secondary
    return ui.Button(label=label, emoji=EMOJI[press], style=style, custom_id=button_id(press, take_id), row=row)


def button_id(press: str, take_id: str) -> str:
    """The `custom_id` of a take's button, by which its message is found again, too."""
    return f"unstill:{press}:{take_id}"


def view_of(*items: ui.Item[ui.View]) -> ui.View:
    """Buttons and menus as one view, ready to be sent.

    It is finished before: else discord.py would keep it, for as long as the bot runs, to call it back.
    """
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def clip_view(card: ClipCard) -> ui.View:
    """What may be asked of a finished take."""
    record, language = card.record, card.record.language
    fates = [LET_GO if record.fate is Fate.KEPT else KEEP, TOSS]
    fates += [SHARE] if card.shared and record.fate is Fate.KEPT else []
    report = [REPORT] if card.reportable else []
    rows = (
        [[*fates, *report]]
        if record.take.shot.scenes
        else [
            [Action.REROLL, Action.SUBTLE, Action.STRONG, Action.NUDGE, CORRECT],
            [Action.BEFORE, Action.AFTER, *fates],
            report,
        ]
    )
    buttons = [
        take_button(press, record.id, _counted(language, press, card.counts.get(press, 0), card.need), number)
        for number, row in enumerate(rows)
        for press in row
    ]
    return view_of(*buttons)


def cancel_button(record: Record) -> ui.View:
    """Under the status line of a take that waits or renders."""
    return view_of(take_button(CANCEL, record.id, record.language.say(f"label-{CANCEL}")))


def bring_back_button(record: Record) -> ui.View:
    """Under the line that is left of a tossed clip."""
    return view_of(take_button(BRING_BACK, record.id, record.language.say(f"label-{BRING_BACK}")))


def start_now_button(wish: Action, take_id: str, language: Language) -> ui.View:
    """For who may begin alone what others would have to agree to."""
    return view_of(take_button(f"{NOW}{wish}", take_id, language.say("label-start-now")))


def _counted(language: Language, press: str, have: int, need: int) -> str:
    """A button's label, with the ballots that are counted on it."""
    plain = language.say(f"label-{press}")
    counted = have and need > 1 and press in BUTTONED
    return language.say("label-counted", label=plain, have=have, need=need) if counted else plain
