"""A clip's card: all that its message says beside the clip, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.rules.takes import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipCard:
    """What the message of a clip says: text, buttons and cover follow from it."""

    record: Record
    parent: Record | None = None
    scenes: tuple[Record, ...] = ()  # of a reel
    counts: Mapping[str, int] = field(default_factory=dict[str, int])  # ballots by wish, in open rounds
    need: int = 1  # ballots that begin a take
    shared: bool = False  # whether the server chose a channel to share kept clips in
    reportable: bool = False  # whether it chose one where moderators read of reports

    @property
    def covered(self) -> bool:
        """Whether the clip stands behind a cover."""
        return any(each.covered for each in (self.record, *self.scenes))

    @property
    def flagged(self) -> bool:
        """Whether the safety model flagged it, or a part of it."""
        return any(each.flagged for each in (self.record, *self.scenes))
