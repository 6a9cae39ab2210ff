"""What `python -m renderer models` prints: the models there are, which of them are here, and what the card can run."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from rich.console import Console
from rich.table import Table

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.finding import find
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import FINISH, ModelSpec, Profile
from renderer.models.card import Card

PLAIN_WIDTH = 200  # columns where no terminal says: no line is broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way to run one model."""

    setting: str  # as UNSTILL_MODEL takes it
    memory: str
    licence: str
    cached: str
    runs: str


def is_cached(setting: str) -> bool:
    """Tell whether all that a setting needs is in the local cache."""
    try:
        find(setting)
    except BadModelError:
        return False
    return True


def runs(profile: Profile, card: Card | None) -> str:
    """What the card can do with a profile. A card of 24 GB has a little less than that to give."""
    if card is None or ceil(card.memory_gb) < profile.least_vram_gb:
        return "no"
    return "yes" if ceil(card.memory_gb) >= profile.vram_gb else "with offloading"


def entries(card: Card | None, cached: Callable[[str], bool] = is_cached) -> list[Entry]:
    """All rows with their profiles, in the table's order."""
    return [_entry(spec, name, card, cached) for spec in MODELS.values() for name in spec.profiles]


def _entry(spec: ModelSpec, profile_name: str, card: Card | None, cached: Callable[[str], bool]) -> Entry:
    setting = spec.id if profile_name == FINISH else f"{spec.id}:{profile_name}"
    profile = spec.profiles[profile_name]
    return Entry(
        setting=setting,
        memory=f"{profile.vram_gb:g} GB, at least {profile.least_vram_gb:g}",
        licence=spec.licence,
        cached="yes" if cached(setting) else "no",
        runs=runs(profile, card),
    )


def show(console: Console, card: Card | None, listed: list[Entry]) -> None:
    """Print the card, the table, and what each licence asks."""
    here = f"{card.name}, {card.memory_gb:.1f} GB" if card else "no card that CUDA can use"
    console.print(f"This machine has {here}.", highlight=False)
    table = Table("model", "memory of the card", "licence", "in the cache", "runs here", pad_edge=False)
    if not console.is_terminal:
        table.box = None
    for entry in listed:
        table.add_row(entry.setting, entry.memory, entry.licence, entry.cached, entry.runs)
    console.print(table)
    for licence, duty in {spec.licence: spec.duty for spec in MODELS.values()}.items():
        console.print(f"{licence}: {duty}", highlight=False)


def plain_or_not() -> Console:
    """A console as wide as the terminal, or wide enough where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=PLAIN_WIDTH)
