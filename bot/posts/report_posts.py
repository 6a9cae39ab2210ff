"""What moderators read of a reported clip, and what they may do about it."""

from bot.posts.places import jump_link
from bot.rules.takes import Record
from bot.wording import sentences

TOSS, STILL, MEMBER, DISMISS = "toss", "still", "member", "dismiss"
EMOJI = {TOSS: "🗑️", STILL: "🖼️", MEMBER: "🚫", DISMISS: "✔️"}


def report_text(record: Record, members: list[int]) -> str:
    """What moderators read: who reports which clip of whom, and the words it was asked with."""
    say = record.language
    beat = record.take.shot.beat
    words = sentences.quote("; ".join(filter(None, (beat.mood, *beat.words)))) or say.say("queue-no-mood")
    return say.say(
        "report-text",
        members=sentences.mentions(say, members),
        link=jump_link(record) or record.id,
        author=sentences.mentions(say, record.members),
        words=words,
    )
