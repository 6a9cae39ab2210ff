"""What was said and means nothing here: kindly told, it can be said otherwise."""

from collections.abc import Iterable

from renderer.contract.corrections import without_corrections
from renderer.contract.shot import Beat
from renderer.mood.clauses import Clause, clauses
from renderer.mood.wishes import MEANT, Placing

TOLD = 3  # parts
LENGTH = 80  # characters of one


def unheard(beat: Beat, meaning: Placing, shown: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the parts of what was said last that name nothing a table knows and lie near no mood."""
    said = beat.words[-1] if beat.words else beat.mood
    heard = list(clauses(without_corrections(said), shown))[:MEANT]
    parts = [clause.rest for clause in heard if _says_nothing(clause, meaning)]
    return tuple(part[:LENGTH] for part in parts[:TOLD])


def _says_nothing(clause: Clause, meaning: Placing) -> bool:
    known = clause.phrases or clause.refused or clause.only
    return bool(clause.rest) and not known and not meaning.placed(clause.rest)
