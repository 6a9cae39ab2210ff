"""What became of every take: counted in Discord, compared with the record."""

from collections import Counter
from dataclasses import dataclass

from tests.chaos.town import Town, clip_of

SAID = ("⚠️", "✖️")  # how an explanation begins: a message, or the last line of an opener


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The counts of a run."""

    takes: int
    shown: int
    explained: int
    lost: tuple[str, ...]  # neither shown nor explained, or acknowledged and never answered, or promised and not there
    twice: tuple[str, ...]  # shown or explained more than once, or both
    unheard: int  # commands that no bot lived to acknowledge; nothing was promised

    @property
    def good(self) -> bool:
        return not self.lost and not self.twice

    def line(self, name: str) -> str:
        return (
            f"{name}: {self.takes} takes, {self.shown} shown, {self.explained} explained, "
            f"{len(self.lost)} lost, {len(self.twice)} twice"
        )


def audit(town: Town) -> Audit:
    """Look through all that stands in Discord."""
    rows = town.rows("id, state, status_id")
    messages = town.messages()
    clips = Counter(take for said in messages if (take := clip_of(said)))
    by_status = {status: take for take, _, status in rows if status is not None}
    words: Counter[str] = Counter()
    for said in messages:
        if said.author is town.fake.world.bot and any(line.startswith(SAID) for line in said.content.splitlines()):
            words[by_status.get(said.id) or str(said.nonce)[1:]] += 1  # nonces are a letter and the take
    refused = town.refused()
    for take, state, _ in rows:
        if state == "explained" and take in refused and not words[take]:
            words[take] += 1  # told in private, before there was a conversation
    known = {take for take, _, _ in rows}
    owed = (town.promised() - known) | town.kept_waiting()
    return Audit(
        takes=len(rows),
        shown=sum(clips[take] == 1 for take in known),
        explained=sum(words[take] == 1 for take in known),
        lost=tuple(sorted({take for take in known if not clips[take] + words[take]} | owed)),
        twice=tuple(sorted(take for take in known if clips[take] + words[take] > 1)),
        unheard=sum(asked.answer is None for asked in town.asked),
    )
