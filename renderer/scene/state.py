"""All there is to a frame: where the camera stands, what the light is like, what is in the air, and the time."""

from dataclasses import dataclass

from renderer.contract.direction import Life, Weather
from renderer.scene.light.look import NEUTRAL, Look
from renderer.scene.motion.camera import WHOLE, Pose
from renderer.scene.motion.clock import Clock

STILL_LIFE = Life()
CLEAR = Weather()
STANDSTILL = Clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The default is the still itself, exactly.

    `life` says how far what moves by itself is from where it was at the still: at story time 0 that is nowhere, so any
    amount of it shows the still. `look` and `air` show the still only where they are neutral.
    """

    pose: Pose = WHOLE
    look: Look = NEUTRAL
    life: Life = STILL_LIFE
    air: Weather = CLEAR
    focus: float = 0.0  # -1 = the near is blurred, 1 = the far is, 0 = neither
    clock: Clock = STANDSTILL
    passing: float = 0.0  # 0 to 1 through the beat, for what passes over: at both ends it is out of the picture
