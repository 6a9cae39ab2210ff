"""LTX-Video: one literal paragraph in the present tense, the action first, then camera, light and changes.

After the authors' guide (LTX-Video's README): start with the action, then movements, camera, light and what changes, at
most 200 words.
"""

from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.degrees import Course
from renderer.engines.diffusion.language.faults import negative
from renderer.engines.diffusion.language.said import Said
from renderer.engines.diffusion.language.script import Script, fitted, script_of

MOST_WORDS = 150  # the authors' limit is 200
OWN_WORDS = 70  # of them the member's
FAULTS = ("worst quality", "low quality", "inconsistent motion", "blurry", "distorted", "warped", "text overlay")
ENDS = {
    Course.FORWARD: (),
    Course.BACKWARD: (
        "All of this leads up to the final frame, where every movement arrives at its last position and comes to rest.",
    ),
    Course.LOOP: ("By the end everything is back in its first position, and the clip ends exactly as it began.",),
}


def say_ltx(direction: Direction, reading: Reading, beat: Beat, *, loop: bool, backwards: bool) -> Said:
    script = script_of(direction, reading, beat, loop=loop, backwards=backwards, most_words=OWN_WORDS)
    return Said(prompt=paragraph(script), negative=negative(script, direction, FAULTS, "jittery", ("static",)))


def paragraph(script: Script, *more: str) -> str:
    """Put a script in the order of the family; `more` goes last."""
    parts = (
        (0, script.wanted),
        (2, script.life),
        (2, script.air),
        (0, script.camera),
        (1, script.pace),
        (2, script.light),
        (5, script.look),
        (1, script.mood),
        (0, ENDS[script.course]),
        (1, more),
    )
    return fitted(parts, MOST_WORDS)
