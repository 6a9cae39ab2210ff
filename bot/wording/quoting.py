"""A member's words in a message of ours: they show as they were typed and do nothing."""

import re

from discord.utils import escape_mentions

from bot.rules.visible import visible

# What Discord's markdown makes something of, wherever it stands: emphasis, code, spoilers, quotes; links and their
# brackets; with `<` all that stands in angle brackets: mentions of members, roles, channels and commands, times, emoji,
# a server's rooms. Without its slashes no address is one, nor an invitation.
LIVE = re.compile(r"[\\*_~`|<>\[\]/]")
# What it makes something of at the beginning of a line: lists, headings, small print.
LEADING = re.compile(r"^(\d*)([-+#.)])")


def quote(words: str) -> str:
    """A member's words, harmless: no markdown, no links, no mentions, in one line."""
    return LEADING.sub(r"\1\\\2", escape_mentions(LIVE.sub(r"\\\g<0>", visible(words))))
