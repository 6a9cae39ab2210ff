"""The controls of a take as data: what a press is called in a `custom_id`, its emoji and its label.

The presses themselves are answered in `bot.commands.buttons`.
"""

from bot.language.fluent import Language
from renderer.contract.shot import Action

TAKE = r"(?P<take>[0-9a-f]{20})"
CANCEL, KEEP, LET_GO, TOSS, BRING_BACK, SHARE = "cancel", "keep", "let-go", "toss", "bring-back", "share"
REPORT = "report"
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
    CANCEL: "✖️",
    **{f"{NOW}{wish}": "▶️" for wish in sorted(BUTTONED)},
}
WORDED = frozenset({Action.NUDGE, Action.AFTER, Action.BEFORE})  # ask for words first


def label(language: Language, press: str, have: int, need: int) -> str:
    """A button's label, with the ballots that are counted on it."""
    plain = language.say(f"label-{press}")
    counted = have and need > 1 and press in BUTTONED
    return language.say("label-counted", label=plain, have=have, need=need) if counted else plain
