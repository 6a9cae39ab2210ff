"""Camera and pace in words.

Seven moves are named by the very phrases that VBench-I2V scores, so that they can be measured; the others in the
plainest words of the set. One move a clip.
"""

from renderer.contract.direction import Camera, Direction, Easing, Move
from renderer.engines.diffusion.language.degrees import Course, Steps, worded

SCORED = {
    Move.STILL: "camera static",
    Move.PUSH_IN: "camera zooms in",
    Move.PULL_OUT: "camera zooms out",
    Move.PAN_LEFT: "camera pans left",
    Move.PAN_RIGHT: "camera pans right",
    Move.TILT_UP: "camera tilts up",
    Move.TILT_DOWN: "camera tilts down",
}
MOVES = SCORED | {
    Move.CRANE_UP: "camera rises straight up",
    Move.CRANE_DOWN: "camera sinks straight down",
    Move.ARC_LEFT: "camera arcs around to the left",
    Move.ARC_RIGHT: "camera arcs around to the right",
    Move.DOLLY_ZOOM: "camera dollies in while its lens zooms out",
}
AMOUNTS: Steps = ((0.0, " a little"), (0.5, ""), (0.97, " a long way"))
UNHURRIED = 0.42  # at a slower pace nothing goes a long way
# Narrower than the step of a "slower", so that the word changes with it.
PACES: Steps = (
    (0.0, "barely perceptibly"),
    (0.1, "very slowly"),
    (0.25, "slowly"),
    (0.42, "at a moderate pace"),
    (0.58, "briskly"),
    (0.75, "quickly"),
    (0.9, "very quickly"),
)
HAND = 0.15  # from here on, a handheld camera is seen to be one
HELD: Steps = ((HAND, "handheld with a slight sway"), (0.5, "handheld and shaking"))
OPENINGS = {Easing.HOLD: "After a short pause, ", Easing.ABRUPT: "All at once, "}
LEANING = 0.7  # a drift below it is left to the seed: one move a clip
LEVEL = frozenset({Move.PUSH_IN, Move.PULL_OUT, Move.DOLLY_ZOOM})  # moves that a drift does not contradict


def camera_sentence(direction: Direction, course: Course) -> str:
    """What the camera does, how far, how fast and how steadily."""
    camera = direction.camera
    if camera.move is Move.STILL:
        held = worded(camera.handheld, HELD)
        return f"Camera {held}, staying in place." if held else "Camera static."
    how = ", ".join(filter(None, (_manner(direction, course), worded(camera.handheld, HELD), _lean(camera))))
    opening = OPENINGS.get(direction.pace.easing, "")
    subject = "the" if opening else "The"
    return f"{opening}{subject} {MOVES[camera.move]}{_amount(direction)}, {how}."


def pace_sentence(direction: Direction) -> str:
    """How fast things move before a camera that stands still; a moving one has said it already."""
    if direction.camera.move is not Move.STILL:
        return ""
    opening = OPENINGS.get(direction.pace.easing, "")
    subject = "all motion" if opening else "All motion"
    return f"{opening}{subject} runs {_manner(direction, Course.FORWARD)}."


def focus_sentence(direction: Direction, course: Course) -> str:
    """Which end of the picture blurs or, told backwards, comes into focus."""
    focus = direction.camera.focus
    if abs(focus) < 0.2:
        return ""
    what = "The background" if focus > 0 else "The foreground"
    far = worded(abs(focus), ((0.2, "slightly out of focus"), (0.5, "out of focus"), (0.8, "far out of focus")))
    return {
        Course.FORWARD: f"{what} slips {far}.",
        Course.BACKWARD: f"{what} starts {far} and comes into focus.",
        Course.LOOP: f"{what} slips {far} and comes back into focus.",
    }[course]


def _amount(direction: Direction) -> str:
    amount = direction.camera.amount
    return worded(amount if direction.pace.speed >= UNHURRIED else min(amount, 0.9), AMOUNTS)


def _manner(direction: Direction, course: Course) -> str:
    pace = worded(direction.pace.speed, PACES)
    smooth = direction.pace.easing is Easing.SMOOTH and direction.camera.handheld < HAND
    manner = f"smoothly and {pace}" if smooth else pace
    if course is Course.LOOP:
        return f"{manner}, then returns to where it started"
    return f"{manner}, then comes gently to rest" if direction.pace.easing is Easing.SETTLE else manner


def _lean(camera: Camera) -> str:
    x, y = camera.lean_x, camera.lean_y
    if camera.move not in LEVEL or max(abs(x), abs(y)) < LEANING:
        return ""
    if abs(x) >= abs(y):
        return f"drifting slightly to the {'left' if x < 0 else 'right'}"
    return f"drifting slightly {'upwards' if y < 0 else 'downwards'}"
