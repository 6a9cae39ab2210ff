"""Every word a member reads, with `bot.captions`, `sights` and `grammar`. Codes, numbers and values come in; sentences go out."""

from collections.abc import Mapping, Sequence

from discord.utils import escape_markdown, escape_mentions

from bot.captions import asides, described
from bot.fleet import Footing, Outlook
from bot.grammar import listed
from renderer.job import MOOD_LIMIT, Action, Phase, Place, Report

BAR = 12  # cells of the progress bar
THREAD_NAME = 90  # characters; Discord allows 100
ALT_TEXT = 1000  # characters; Discord allows 1024

COMMANDS = {
    "animate": "Set a photograph moving, to a mood said in plain words",
    "image": "The still: PNG, JPEG, WebP, GIF or AVIF",
    "mood": "Any words, an emoji, or nothing: then the picture decides",
    "seconds": "How long the clip runs (4)",
    "size": "The clip's short side (720)",
    "loop": "End where it begins, without a seam",
    "engine": "What moves it (my usual one)",
    "queue": "Your waiting takes, and how many wait in all",
    "help": "How to play",
    "about": "What I am, and what becomes of your picture",
}
ANIMATE_THIS = "Animate this"

LABELS = {
    "reroll": ("🔁", "Reroll"),
    "subtle": ("🎚️", "Vary subtle"),
    "strong": ("🎛️", "Vary strong"),
    "nudge": ("💬", "Nudge…"),
    "cancel": ("✖️", "Cancel"),
}

MOOD_MODAL = "What is the mood?"
MOOD_LABEL = "Mood"
MOOD_HINT = "the last day of summer"
NUDGE_MODAL = "Nudge this take"
NUDGE_LABEL = "In your own words"
NUDGE_HINT = "slower, warmer · that is not water · the dog is closer"

PROBLEMS = {
    "not_a_picture": "I can't read that file as a picture. Send a PNG, JPEG, WebP, GIF or AVIF.",
    "too_many_bytes": "That file is over {limit_mib} MiB. Send a smaller copy: a screenshot of it will do.",
    "too_many_pixels": "That picture has more than {limit_mp} megapixels. Send a smaller copy: a screenshot of it will do.",
    "too_small": "That picture is too small to move: each side needs at least {limit} pixels.",
    "too_long_aspect": "That picture is too long and thin: one side may be {limit} times the other at most. Crop it first.",
    "undecodable": "That picture took too much time or memory to open. Save it again as a PNG or JPEG and send that.",
    "mood_too_long": "That mood has more than {limit} characters. Say it shorter.",
    "no_picture": "There is no picture on that message. Choose one with a PNG, JPEG, WebP, GIF or AVIF attached.",
    "offer_gone": "I no longer have that picture at hand. Choose **Animate this** once more.",
    "cannot_fetch": "Discord would not hand me that picture. Attach it again.",
    "cannot": "The {engine} engine cannot do that ({what}). Ask for it another way.",
    "no_such_engine": "No engine here is called {name}. Choose {choices}, or leave it out.",
    "unknown_engine": "My operator chose an engine that does not exist ({name}). Please tell them.",
    "bad_job": "My bot and my workers do not understand each other; they may be of different versions. Please tell my operator.",
    "media_missing": "The picture was lost on the way to the worker, more than once. Press **Reroll** or ask again.",
    "timed_out": "That took longer than a take may take, so I stopped it. Try fewer seconds or a smaller size.",
    "render_failed": "Something broke while I moved this picture. Reroll it; if it breaks again, please tell my operator.",
    "worker_lost": "The workers died under this take {attempts} times, so I stopped trying. Try a smaller size.",
    "cannot_fit": "I could not make this clip small enough for this server. Try fewer seconds.",
    "bad_model": "My operator chose a model that my worker cannot use ({name}: {why}). Please tell them.",
    "missing_package": "My operator's worker lacks what the {engine} engine needs ({package}). Please tell them.",
    "unsafe": "I don't show what my safety check flags, and it flagged this {where}. Try another picture or mood.",
    "out_of_memory": "This take did not fit my worker's memory, even made smaller. Try a smaller size or fewer seconds.",
    "too_large": "Discord refused this clip as too large, even a smaller one. Try fewer seconds or a smaller size.",
    "cancelled": "Cancelled{by}.",
    "take_gone": "I don't know that take any more. Start again with `/animate`.",
    "elsewhere": "That take belongs to another conversation.",
    "clip_expired": "The clip that this one goes on from is no longer kept here. Start from one that is, or with `/animate`.",
    "still_expired": "The picture behind this take is no longer kept here. Send it again with `/animate`.",
    "not_yours": "Only the one who asked for this take, or a moderator, can cancel it.",
    "too_late": "Too late to cancel: this take is done.",
    "nothing_said": "Say at least a word: for example “slower, warmer”.",
    "missing_permissions": "I need to be allowed to {missing} here. Ask a moderator, or try another channel.",
    "not_here": "I can't post in this kind of channel. Try a text channel, a thread, or a private message to me.",
    "nobody_there": "I can no longer post there.",
    "unexpected": "Something went wrong on my side. Try once more; if it happens again, please tell my operator.",
}


def problem(code: str, data: Mapping[str, object]) -> str:
    """The sentence for an error's code and data."""
    values = dict(data)
    limit = values.get("limit")
    if isinstance(limit, int | float):
        values |= {"limit": round(limit), "limit_mib": round(limit / 2**20), "limit_mp": round(limit / 1e6)}
    if code == "cannot":
        values["engine"] = engine(*str(values["engine"]).partition(":")[::2])
    if code == "cancelled":
        values = {"by": f" by <@{values['by']}>" if "by" in values else ""}
    return PROBLEMS[code].format_map(values)


def quote(words: str) -> str:
    """A member's words, harmless: no markdown, no mentions, one line."""
    return escape_mentions(escape_markdown(" ".join(words.split())))


def thread_name(mood: str) -> str:
    return " ".join(mood.split())[:THREAD_NAME] or "A moment, unstilled"


def opener(member: str, mood: str) -> str:
    return f"{member} asks for *{quote(mood)}*" if mood.strip() else f"{member} lets the picture decide"


def on_its_way(place: str) -> str:
    return f"Your moment is on its way: {place}"


def engine(name: str, model: str) -> str:
    """What members call an engine and its model. A quick profile is written `:draft` in settings."""
    quick = " (quick)" if model.endswith(":draft") else ""
    return f"{name} · {model.removesuffix(':draft')}{quick}" if model else name


def either(labels: Sequence[str]) -> str:
    return " or ".join(f"**{quote(label)}**" for label in labels)


def waiting(outlook: Outlook) -> str:
    """What a take that no worker has begun may look forward to."""
    turn = "Next in line" if outlook.place == 0 else f"{outlook.place} before this one"
    label = f"**{quote(engine(outlook.shot.engine, outlook.shot.model))}**"
    if outlook.footing is Footing.UNSERVED:
        return (
            f"⏳ No worker for {label} is running just now. This take keeps its place and begins when one comes. "
            "Or cancel it, and ask with another engine: `/animate` lists those that run."
        )
    if outlook.footing is Footing.LOADING:
        return f"⏳ {turn} · the worker for {label} is still warming up"
    return f"⏳ {turn} · ready about <t:{round(outlook.ready_at)}:R>"


PHASES = {
    Phase.LOADING: "warming up",
    Phase.READING: "reading the picture",
    Phase.STEPS: "imagining it",
    Phase.DECODING: "developing it",
    Phase.FRAMES: "moving it",
    Phase.ENCODING: "making the clip",
}


def progress(phase: Phase, done: int, total: int) -> str:
    filled = round(BAR * min(1.0, done / total)) if total else 0
    bar = f"🎞️ `{'█' * filled}{'░' * (BAR - filled)}`"
    if phase is Phase.STEPS and total:
        return f"{bar} step {done} of {total} · {PHASES[phase]}"
    share = f" {round(100 * min(1.0, done / total))} %" if total else ""
    return f"{bar}{share} · {PHASES[phase]}"


def explanation(code: str, data: Mapping[str, object]) -> str:
    return f"{'✖️' if code == 'cancelled' else '⚠️'} {problem(code, data)}"


ASKED = {
    Action.ANIMATE: "asked by {member}",
    Action.REROLL: "rerolled by {member}",
    Action.SUBTLE: "varied a little by {member}",
    Action.STRONG: "varied a lot by {member}",
    Action.NUDGE: "nudged by {member}: *{words}*",
    Action.AFTER: "what happens next, asked by {member}",
    Action.BEFORE: "what led here, asked by {member}",
    Action.REEL: "the reel, cut for {member}",
}


COVERED = {
    Place.STILL: "covered, because my safety check flagged the picture",
    Place.CLIP: "covered, because my safety check flagged the clip",
}


def caption(report: Report, action: Action, member: str, parent_link: str | None) -> str:
    """What was read and what the clip does, who asked, where it came from, and what made it up.

    That a machine did is what some models' licences want said wherever their clips are shown.
    """
    words = report.shot.beat.words
    asked = ASKED[action].format(member=member, words=quote(words[-1]) if words else "")
    origin = f" · from [this take]({parent_link})" if parent_link else ""
    cover = f"\n-# {COVERED[report.safety.where]}" if report.safety and report.covered else ""
    maker = f" · imagined by a machine: {quote(engine(report.engine, report.shot.model))}" if report.shot.model else ""
    said = " ".join([described(report.picture, report.direction), *asides(report)])
    return f"{said}\n-# {asked}{origin}{maker}{cover}"


def alt_text(report: Report) -> str:
    mood = " ".join(report.shot.beat.mood.split())
    said = f"A photograph set moving to “{mood}”. " if mood else "A photograph set moving. "
    return (said + described(report.picture, report.direction))[:ALT_TEXT]


def queue(mine: Sequence[Outlook], everyone: int) -> str:
    """Say what the member's own takes may look forward to, and how many there are in all."""
    total = f"{everyone} {'take waits' if everyone == 1 else 'takes wait'} in all."
    if not mine:
        return f"None of your takes is waiting. {total}"
    rows = [f"- {_mood(each.shot.beat.mood)}: {each.place + 1}. in line, {_when(each)}" for each in mine]
    return "\n".join(["Your takes:", *rows[:10], *([f"- and {len(rows) - 10} more"] if len(rows) > 10 else []), total])


def _when(outlook: Outlook) -> str:
    if outlook.footing is Footing.UNSERVED:
        return f"when a worker for {quote(engine(outlook.shot.engine, outlook.shot.model))} comes"
    return f"ready about <t:{round(outlook.ready_at)}:R>"


def _mood(mood: str) -> str:
    return f"*{quote(mood)[:80]}*" if mood.strip() else "*the picture decides*"


HELP = f"""**Set a photograph moving**
`/animate` a picture and say the mood in plain words: *the last day of summer*, *slow push in, warmer*, or nothing at all. \
Or open any message with a picture: **Apps → {ANIMATE_THIS}**.
I answer in a thread. Under each clip, anyone there may press:
🔁 **Reroll**: the same words, another reading
🎚️ **Vary subtle**, 🎛️ **Vary strong**: near this one, or further off
💬 **Nudge…**: say what to change: *slower, warmer, no zoom*; or what I read wrongly: *that is not water*, *the dog is closer*
Where several engines run here, `/animate` lets you choose one: its `engine` option lists them.
Moods may have up to {MOOD_LIMIT} characters; I understand English best. `/queue` shows what waits, `/about` what I am."""


def about(version: str, engines: Sequence[str]) -> str:
    """`engines`: those members may choose from, the usual one first."""
    usual, *others = [f"**{quote(label)}**" for label in engines]
    more = f" You may also choose {' or '.join(others)}." if others else ""
    return (
        f"**Unstill {version}** sets photographs moving. It reads your still and moves camera, light, weather and what lives "
        f"in it to your mood, with the {usual} engine.{more}\n"
        "Your picture stays with whoever runs this bot, to render your takes; nothing is used for training. "
        "Unstill is free software under the MIT licence."
    )


PERMISSIONS = {
    "view_channel": "see the channel",
    "send_messages": "send messages",
    "attach_files": "attach files",
    "embed_links": "embed links",
    "read_message_history": "read the message history",
    "create_public_threads": "create public threads",
    "send_messages_in_threads": "send messages in threads",
}


def permissions(missing: Sequence[str]) -> str:
    return listed([PERMISSIONS[name] for name in missing])


def welcome(missing: Sequence[str]) -> str:
    hello = (
        "Hello! I set photographs moving. Try `/animate` with a picture and a mood, or **Apps → Animate this** on any "
        "message with a picture. `/help` says more."
    )
    if not missing:
        return hello
    return f"{hello}\nTo do it well I still need to be allowed to {permissions(missing)}."
