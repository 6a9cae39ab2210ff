"""The sentences that members read, made of codes, numbers and values. The words are Fluent's (`bot.language`)."""

import logging
from collections.abc import Mapping, Sequence
from functools import partial

from bot.language.fluent import Language, language
from bot.language.grammar import listed
from bot.rules.fleet import Footing, Outlook
from bot.rules.visible import visible
from bot.wording.captions import asides, described
from bot.wording.fitting import excerpt, fitting
from bot.wording.quoting import quote
from bot.wording.readings import asks, in_words
from renderer.contract.job import Phase, Report
from renderer.contract.origin import Origin, origin
from renderer.contract.shot import MOOD_LIMIT, Action

log = logging.getLogger(__name__)

BAR = 12  # cells of the progress bar
THREAD_NAME = 90  # characters; Discord allows 100
MOST_NAMED = 12  # members in one sentence
OURS = frozenset({"by", "lacking"})  # data of problems that no worker says
QUOTED = 200  # characters of what a worker says of a problem
ALT_TEXT = 1000  # characters; Discord allows 1024
ENGINE = 80  # characters of an engine with its model
SAID = 300  # characters of what was said to a take in its caption
QUEUE, QUEUE_MOOD = 1700, 80  # characters of all rows of `/queue`, and of a mood in one


def problem(language: Language, code: str, data: Mapping[str, object]) -> str:
    """The sentence for an error's code and data; that of an unexpected one where this version has no words for them."""
    try:
        return _problem(language, code, data)
    except (LookupError, ValueError, ArithmeticError) as error:  # of a later version, from a worker or in the record
        log.warning("no words for the problem %r: %r", code, error)
        return language.say("problem-unexpected")


def is_known(code: str) -> bool:
    """Whether there are words for an error's code."""
    return language(None).has(_message(code))


def _message(code: str) -> str:
    return f"problem-{code.replace('_', '-')}"


def _problem(language: Language, code: str, data: Mapping[str, object]) -> str:
    values = {name: value for name, value in data.items() if isinstance(value, str | int | float)}
    limit = values.get("limit")
    if isinstance(limit, int | float):
        values |= {"limit": round(limit), "limit_mib": round(limit / 2**20), "limit_mp": round(limit / 1e6)}
    if code == "cannot":
        values["engine"] = engine(language, *str(values["engine"]).partition(":")[::2])
    if "lacking" in values:
        values["missing"] = permissions(language, str(values["lacking"]).split(","))
    if "by" in values:
        values["by"] = f"<@{values['by']}>"
        code = f"{code}_by"
    return language.say(_message(code), **values)


def thread_name(language: Language, mood: str) -> str:
    return visible(mood)[:THREAD_NAME].strip() or language.say("thread-untitled")


def opener(language: Language, member: str, mood: str) -> str:
    said = quote(mood)
    name = "opener-mood" if said else "opener-no-mood"
    return language.say(name, member=member, mood=said)


def engine(language: Language, name: str, model: str) -> str:
    """What members call an engine and its model. A quick profile is written `:draft` in settings."""
    quick = f" {language.say('engine-quick')}" if model.endswith(":draft") else ""
    return f"{name} · {model.removesuffix(':draft')}{quick}" if model else name


def either(language: Language, labels: Sequence[str]) -> str:
    *others, last = [f"**{excerpt(label, ENGINE)}**" for label in labels]
    return language.say("either-or", first=", ".join(others), last=last) if others else last


def waiting(language: Language, outlook: Outlook) -> str:
    """What a take that no worker has begun may look forward to."""
    place = outlook.place
    turn = language.say("waiting-before", place=place) if place else language.say("waiting-next")
    label = f"**{quote(engine(language, outlook.shot.engine, outlook.shot.model))}**"
    if outlook.footing is Footing.UNSERVED:
        return language.say("waiting-unserved", engine=label)
    if outlook.footing is Footing.LOADING:
        return language.say("waiting-loading", turn=turn, engine=label)
    return language.say("waiting-ready", turn=turn, when=moment(outlook.ready_at))


def moment(at: float) -> str:
    """A point in time, which Discord says relative to now, in each reader's own words."""
    return f"<t:{round(at)}:R>"


def progress(language: Language, phase: Phase, done: int, total: int) -> str:
    filled = round(BAR * min(1.0, done / total)) if total else 0
    bar = f"🎞️ `{'█' * filled}{'░' * (BAR - filled)}`"
    doing = language.say(f"phase-{phase}")
    if phase is Phase.STEPS and total:
        return f"{bar} {language.say('progress-step', done=done, total=total)} · {doing}"
    share = f" {round(100 * min(1.0, done / total))} %" if total else ""
    return f"{bar}{share} · {doing}"


def explanation(language: Language, code: str, data: Mapping[str, object]) -> str:
    """Why there is no clip of a take. What a worker said of it is quoted: data may be anybody's words."""
    quoted = {name: _quoted(value) if name not in OURS else value for name, value in data.items()}
    return f"{'✖️' if code in {'cancelled', 'withdrawn'} else '⚠️'} {problem(language, code, quoted)}"


def _quoted(value: object) -> object:
    return quote(value[:QUOTED]) if isinstance(value, str) else value


def tossed(language: Language, member: int | None) -> str:
    """What is left of a tossed clip; who tossed it may be forgotten."""
    return language.say("tossed-by", member=f"<@{member}>") if member else language.say("tossed")


def asked(language: Language, action: Action, members: Sequence[int], words: Sequence[str], most: int = SAID) -> str:
    """Say who asked for a take, and how: `most` characters of their words."""
    said = excerpt(in_words(language, words[-1]), most) if words else ""
    return language.say(f"asked-{action}", member=mentions(language, members), words=said)


def mentions(language: Language, members: Sequence[int]) -> str:
    """Name members, and how many more there are: a hundred names would not fit into one message."""
    named = [f"<@{member}>" for member in members[:MOST_NAMED]]
    others = len(members) - len(named)
    return listed(language, [*named, *([language.say("other-members", count=others)] if others else [])])


def caption(
    language: Language,
    report: Report,
    action: Action,
    members: Sequence[int],
    parent_link: str | None,
    *,
    changed: str = "",
    kept_by: int | None = None,
    covered: bool = False,
) -> str:
    """What was read and what the clip does (or what a nudge changed), who asked, where it came from, what made it up.

    What is to be seen of a covered clip is covered in the words, too.

    That a machine did is what laws ask to be said wherever a clip is shown, and some models' licences too.
    """
    small = [asked(language, action, members, report.shot.beat.words)]
    if parent_link:
        small.append(language.say("caption-origin", link=parent_link))
    if report.shot.model:
        name = excerpt(engine(language, report.engine, report.shot.model), ENGINE)
        small.append(language.say("caption-maker", engine=name))
    small.append(language.say(f"caption-{origin([report.engine])}"))
    seen = described(language, report.picture, report.direction)
    lines = [" ".join([behind_bars(seen) if covered else seen, *asides(language, report)])]
    lines += [changed] if changed else []
    lines += _asked_once(language, report, action, covered=covered)
    lines += [f"-# {' · '.join(small)}"]
    if report.safety and report.covered:
        lines.append(f"-# {language.say(f'covered-{report.safety.where}')}")
    return "\n".join([*lines, *_kept(language, kept_by)])


def _asked_once(language: Language, report: Report, action: Action, *, covered: bool) -> list[str]:
    """What the first clip of a family asks about its still; those that follow ask no more."""
    asked_for = asks(language, report) if action is Action.ANIMATE else ""
    return [behind_bars(asked_for) if covered else asked_for] if asked_for else []


def reel_caption(
    language: Language,
    count: int,
    authors: Sequence[int],
    members: Sequence[int],
    parent_link: str | None,
    kept_by: int | None,
    made: Origin,
) -> str:
    """How many takes a reel joins, whose they are, who had it cut, from where, and what made it up."""
    lines = [language.say("caption-reel", count=count, members=mentions(language, authors))]
    small = [asked(language, Action.REEL, members, ())]
    small += [language.say("caption-origin", link=parent_link)] if parent_link else []
    lines.append(f"-# {' · '.join([*small, language.say(f'caption-{made}')])}")
    return "\n".join([*lines, *_kept(language, kept_by)])


def behind_bars(said: str) -> str:
    """Words that Discord covers until somebody presses on them."""
    return f"||{said}||"


def _kept(language: Language, member: int | None) -> list[str]:
    return [f"-# {language.say('caption-kept', member=f'<@{member}>')}"] if member else []


def alt_text(language: Language, report: Report) -> str:
    if report.shot.scenes:
        return language.say("alt-reel", count=len(report.shot.scenes))
    mood = visible(report.shot.beat.mood)
    said = language.say("alt-mood", mood=mood) if mood else language.say("alt-no-mood")
    return f"{said} {described(language, report.picture, report.direction)}"[:ALT_TEXT]


def queue(language: Language, mine: Sequence[Outlook], everyone: int) -> str:
    """Say what the member's own takes may look forward to, and how many there are in all."""
    total = language.say("queue-total", count=everyone)
    if not mine:
        return language.say("queue-none", total=total)
    rows = fitting([_queued(language, each) for each in mine], QUEUE, "\n", partial(_more, language))
    return "\n".join([language.say("queue-yours"), rows, total])


def _more(language: Language, count: int) -> str:
    return language.say("queue-more", count=count)


def _queued(language: Language, outlook: Outlook) -> str:
    shot = outlook.shot
    if outlook.footing is Footing.UNSERVED:
        when = language.say("queue-unserved", engine=excerpt(engine(language, shot.engine, shot.model), ENGINE))
    else:
        when = language.say("queue-ready", when=moment(outlook.ready_at))
    said = excerpt(shot.beat.mood, QUEUE_MOOD)
    mood = f"*{said}*" if said else language.say("queue-no-mood")
    return language.say("queue-row", mood=mood, place=outlook.place + 1, when=when)


def help_text(language: Language) -> str:
    return language.say("help", limit=MOOD_LIMIT)


def about(language: Language, version: str, engines: Sequence[str]) -> str:
    """`engines`: those members may choose from, the usual one first."""
    usual, *others = engines
    more = f" {language.say('about-more', others=either(language, others))}" if others else ""
    return language.say("about", version=version, usual=f"**{excerpt(usual, ENGINE)}**", more=more)


def permissions(language: Language, missing: Sequence[str]) -> str:
    return listed(language, [language.say(f"permission-{name.replace('_', '-')}") for name in missing])


def welcome(language: Language, missing: Sequence[str]) -> str:
    hello = language.say("welcome")
    if not missing:
        return hello
    return f"{hello}\n{language.say('welcome-missing', missing=permissions(language, missing))}"
