"""LTX-2: the paragraph of LTX-Video, what is heard, and how fast it all moves.

After the authors' guide (LTX-2's README): as LTX-Video, with the sound in words. `motion_speed` is an argument of
diffusers' pipelines: the positions in time are computed for `frame_rate / motion_speed`, so that below 1 all goes
slower. From 0.6 to 1.2 these are 40 to 20 frames a second at a rate of 24, near what such models are trained on; the
0.2 that the documentation names needs a LoRA of its own.
"""

from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.faults import negative
from renderer.engines.diffusion.language.ltx import FAULTS, OWN_WORDS, paragraph
from renderer.engines.diffusion.language.plain import stems
from renderer.engines.diffusion.language.said import Said
from renderer.engines.diffusion.language.script import Script, script_of
from renderer.engines.diffusion.language.sound import sound_sentence
from renderer.mood.spans import NUMBERS

SLOWEST, FASTEST = 0.6, 1.2
SOUNDS = ("music", "speech")  # that such models add unasked
# Who says one of these wants them; stems.
ASKS_FOR_SOUND = stems(
    "music song sing melody tune play piano guitar drum violin band dance concert speak speech talk say tell whisper "
    "voice shout scream laugh"
)


def say_ltx2(direction: Direction, reading: Reading, beat: Beat, *, loop: bool, backwards: bool) -> Said:
    script = script_of(direction, reading, beat, loop=loop, backwards=backwards, most_words=OWN_WORDS)
    faults = FAULTS if _asks_for_sound(script) else (*FAULTS, *SOUNDS)
    return Said(
        prompt=paragraph(script, sound_sentence(script.direction, reading, script.heard.banned)),
        negative=negative(script, direction, faults, "jittery", ("static",)),
        numbers={"motion_speed": motion_speed(direction.pace.speed)},
    )


def motion_speed(speed: float) -> float:
    """1 where nobody asked for a pace, from there in straight lines to the slowest and the fastest."""
    usual = NUMBERS["speed"].neutral
    if speed < usual:
        return round(SLOWEST + (1 - SLOWEST) * max(0.0, speed) / usual, 2)
    return round(1 + (FASTEST - 1) * (min(1.0, speed) - usual) / (1 - usual), 2)


def _asks_for_sound(script: Script) -> bool:
    return any(stems(sentence) & ASKS_FOR_SOUND for sentence in (*script.heard.wanted, *script.heard.moods))
