"""What moderators read of a reported clip, and the buttons by which they settle it."""

import re

import discord
from discord import ui

from bot.posts.controls import TAKE, view_of
from bot.posts.places import jump_link
from bot.rules.takes import Record
from bot.rules.visible import visible
from bot.wording import sentences
from bot.wording.fitting import excerpt
from bot.wording.readings import in_words

TOSS, STILL, MEMBER, DISMISS = "toss", "still", "member", "dismiss"
EMOJI = {TOSS: "🗑️", STILL: "🖼️", MEMBER: "🚫", DISMISS: "✔️"}
WORDS = 900  # characters, beside which all who reported fit into a message, and what is decided
SETTLED = re.compile(rf"unstill:report-(?P<deed>{'|'.join(EMOJI)}):{TAKE}")


def report_view(record: Record) -> ui.View:
    """What a moderator may do about a reported clip."""
    return view_of(*(_deed_button(deed, record) for deed in EMOJI))


def _deed_button(deed: str, record: Record) -> ui.Button[ui.View]:
    style = discord.ButtonStyle.secondary if deed == DISMISS else discord.ButtonStyle.danger
    custom_id = f"unstill:report-{deed}:{record.id}"
    return ui.Button(label=record.language.say(f"report-{deed}"), emoji=EMOJI[deed], style=style, custom_id=custom_id)


def report_text(record: Record, members: list[int]) -> str:
    """What moderators read: who reports which clip of whom, and the words it was asked with."""
    say = record.language
    beat = record.take.shot.beat
    said = [beat.mood, *(in_words(say, words) for words in beat.words)]
    words = excerpt("; ".join(filter(visible, said)), WORDS) or say.say("queue-no-mood")
    return say.say(
        "report-text",
        members=sentences.mentions(say, members),
        link=jump_link(record) or record.id,
        author=sentences.mentions(say, record.members),
        words=words,
    )
