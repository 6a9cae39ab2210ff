"""What command modules are given: a few services each, by what they are used for. `bot.wiring` puts them together."""

from dataclasses import dataclass

from bot.community.fates import Fates
from bot.community.gallery import Gallery
from bot.community.jam_rounds import Jams
from bot.community.presses import Presses
from bot.community.promises import Promises
from bot.community.reporting import Reports
from bot.community.revival import Revival
from bot.community.share import Share
from bot.community.storytelling import Stories
from bot.privacy.exporting import Exporting
from bot.privacy.forgetting import Forgetting
from bot.record.blocks import Blocks
from bot.record.house_rules import Houses
from bot.takes.backlog import Backlog
from bot.takes.beginning import Animations
from bot.workers.engines import Engines


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A take is asked for: of a picture, or of another take."""

    animations: Animations
    presses: Presses
    promises: Promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What becomes of a clip: kept, tossed, shared, reported."""

    fates: Fates
    share: Share
    reports: Reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What takes make together: rounds with votes, stories, reels."""

    jams: Jams
    stories: Stories
    promises: Promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Clips of before: leafed through, or brought back to hand."""

    gallery: Gallery
    revival: Revival


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a server allows, and whom and what it shuts out."""

    houses: Houses
    blocks: Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """A member's own: handed out, or gone."""

    forgetting: Forgetting
    exporting: Exporting


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who renders, and the line of takes before them."""

    engines: Engines
    backlog: Backlog
