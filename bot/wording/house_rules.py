"""The rules of a house in words."""

from collections.abc import Callable, Sequence

from bot.language.fluent import Language
from bot.rules.blocks import Block, Kind
from bot.rules.house import House
from bot.wording.fitting import fitting
from bot.wording.quoting import quote

DEEDS = ("overrule", "cancel", "toss", "keep", "jam")
# Characters of each list, which together with all other rows make one message.
EMOJI, ROLES, MEMBERS, WORDS = 600, 300, 500, 1200


def overview(language: Language, house: House) -> str:
    """All rules, one a line."""
    return "\n".join([language.say("rules-title"), *(say(language, house) for say in ROWS.values())])


def _reroll(language: Language, house: House) -> str:
    return language.say("rules-reroll", count=house.reroll_votes)


def _who(language: Language, house: House) -> str:
    rows = [f"{language.say(f'deed-{deed}')}: {language.say(f'who-{getattr(house, deed)}')}" for deed in DEEDS]
    return language.say("rules-who", rows=" · ".join(rows))


def _reactions(language: Language, house: House) -> str:
    if not house.reactions:
        return language.say("rules-reactions-off")
    if house.quiet_from is None or house.quiet_to is None:
        return language.say("rules-reactions-on")
    hours = {"begin": f"{house.quiet_from:02}:00", "end": f"{house.quiet_to:02}:00"}
    return language.say("rules-reactions-quiet", **hours, zone=house.zone)


def _emoji(language: Language, house: House) -> str:
    if not house.emoji:
        return language.say("rules-emoji-usual")
    off = language.say("rules-emoji-off")
    newest_first = reversed(house.emoji.items())
    rows = [f"{quote(emoji)} {quote(wish) if wish else off}" for emoji, wish in newest_first]
    return language.say("rules-emoji", rows=fitting(rows, EMOJI))


def _allowances(language: Language, house: House) -> str:
    lifted = fitting([f"<@&{role}>" for role in sorted(house.lifted)], ROLES)
    row = language.say(
        "rules-allowances",
        member=house.member_at_once,
        seconds=house.member_seconds,
        cooldown=house.cooldown,
        server=house.server_at_once,
        total=house.server_seconds,
    )
    return f"{row} {language.say('rules-lifted', roles=lifted)}" if lifted else row


def _gallery(language: Language, house: House) -> str:
    if house.gallery is None:
        return language.say("rules-no-gallery")
    return language.say("rules-gallery", channel=f"<#{house.gallery}>")


def _language(language: Language, house: House) -> str:
    return language.say("rules-language", code=house.language or language.say("rules-language-server"))


def _reports(language: Language, house: House) -> str:
    if house.reports is None:
        return language.say("rules-no-reports")
    return language.say("rules-reports", channel=f"<#{house.reports}>")


def _flagged(language: Language, house: House) -> str:
    return language.say("rules-flagged", what=language.say(f"flagged-{house.flagged or 'usual'}"))


def _retention(language: Language, house: House) -> str:
    if house.media_days is None:
        return language.say("rules-retention-usual")
    return language.say("rules-retention", days=house.media_days)


def blocked(language: Language, blocks: Sequence[Block]) -> str:
    """Whom and what a server shuts out, the newest first."""
    members = [f"<@{each.subject}>" for each in reversed(blocks) if each.kind is Kind.MEMBER]
    words = [f"*{quote(each.subject)}*" for each in reversed(blocks) if each.kind is Kind.WORD]
    stills = sum(each.kind is Kind.STILL for each in blocks)
    nobody = language.say("blocked-nothing")
    return language.say(
        "blocked",
        members=fitting(members, MEMBERS) or nobody,
        words=fitting(words, WORDS) or nobody,
        stills=stills,
    )


ROWS: dict[str, Callable[[Language, House], str]] = {
    "reroll": _reroll,
    "who": _who,
    "reactions": _reactions,
    "emoji": _emoji,
    "allowances": _allowances,
    "gallery": _gallery,
    "reports": _reports,
    "flagged": _flagged,
    "retention": _retention,
    "language": _language,
}
