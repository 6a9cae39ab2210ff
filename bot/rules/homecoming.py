"""A worker's report of a clip, bounded before it is kept and shown: what it says of the picture comes from outside."""

from dataclasses import replace

from renderer.contract.abilities import MOST_PATIENCE
from renderer.contract.direction import Reading
from renderer.contract.job import Report
from renderer.contract.shot import Shot

NAME = 100  # characters of a word, of a version
LONG = 4000  # characters of what a model was told
NAMED = 20  # things that were seen, lights, colours
COUNTED = 99  # people and faces
UNHEARD = 6  # parts of the words that changed nothing


def vetted(report: Report, shot: Shot) -> Report:
    """The report of this shot, and of no other; every text and every list as long as it may be at most."""
    return replace(
        report,
        shot=shot,
        engine=shot.engine,
        picture=_vetted(report.picture),
        seconds=replace(report.seconds, total=max(0.0, min(report.seconds.total, MOST_PATIENCE))),
        version=report.version[:NAME],
        maker=report.maker[:LONG],
        prompt=report.prompt[:LONG],
        unheard=tuple(each[:NAME] for each in report.unheard[:UNHEARD]),
    )


def _vetted(picture: Reading) -> Reading:
    return replace(
        picture,
        palette=tuple(each[:NAME] for each in picture.palette[:NAMED]),
        lamps=picture.lamps[:NAMED],
        shows=tuple(each[:NAME] for each in picture.shows[:NAMED]),
        faces=_count(picture.faces),
        people=_count(picture.people),
    )


def _count(number: int) -> int:
    return max(0, min(number, COUNTED))
