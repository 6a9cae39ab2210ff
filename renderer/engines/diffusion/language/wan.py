"""Wan and VACE: motion only, camera first, 10 to 70 words.

After the authors' rules for rewriting prompts of image-to-video (Wan 2.2, `wan/utils/system_prompt.py`): only what
moves, nothing that the still shows already, the camera named plainly, 100 words at most. The negative prompt has the
substance of their default one.
"""

from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.degrees import Course
from renderer.engines.diffusion.language.faults import negative
from renderer.engines.diffusion.language.said import Said
from renderer.engines.diffusion.language.script import fitted, script_of

MOST_WORDS = 70  # the authors' limit is 100, their examples have 10 to 25
OWN_WORDS = 40  # of them the member's
FAULTS = (
    "garish colours",
    "overexposed",
    "blurred details",
    "subtitles",
    "captions",
    "painting",
    "grey overall",
    "worst quality",
    "low quality",
    "compression artefacts",
    "ugly",
    "incomplete",
    "extra fingers",
    "badly drawn hands",
    "badly drawn face",
    "deformed",
    "disfigured",
    "misshapen limbs",
    "fused fingers",
    "three legs",
    "cluttered background",
    "crowded background",
    "walking backwards",
)
ENDS = {
    Course.FORWARD: (),
    Course.BACKWARD: ("All of this leads up to the final frame.",),
    Course.LOOP: ("It ends exactly as it began.",),
}


def say_wan(direction: Direction, reading: Reading, beat: Beat, *, loop: bool, backwards: bool) -> Said:
    script = script_of(direction, reading, beat, loop=loop, backwards=backwards, most_words=OWN_WORDS)
    parts = (
        (0, script.camera),
        (0, script.wanted),
        (1, script.pace),
        (2, script.life),
        (2, script.air),
        (2, script.light),
        (5, script.look),
        (1, script.mood),
        (0, ENDS[script.course]),
    )
    return Said(
        prompt=fitted(parts, MOST_WORDS),
        negative=negative(script, direction, FAULTS, "camera shake", ("static", "still picture", "motionless")),
    )
