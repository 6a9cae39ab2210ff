"""Where each move of the camera leads, from where it stands.

Every goal lies among the poses that show only picture, so that the whole way there does, too. The whole still is the
widest of them: from there the camera can only come closer, so a pull out first leans in, as
`renderer.engines.parallax.engine` says.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from renderer.contract.direction import Camera, Move
from renderer.scene.motion.camera import WHOLE, Pose
from renderer.scene.motion.mixing import mix

NEAREST = 0.6  # the smallest scale: closer than this, and with a dolly's share, the still's own pixels show
PUSH = 0.2  # share of the picture that a full push leaves behind; a lively 0.8 px per 720p frame and more in 4 s
PAN = 0.075  # of the picture's width, for a full pan
DOLLY = 0.14  # how much more the near grows than the far
SLIDE = 0.11  # half short sides between near and far
TREMBLE = Pose(scale=0.97, shift_x=0.011, shift_y=0.009, roll=0.004)  # of a hand that is restless to the full


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where the camera stands, and what it knows of the picture."""

    pose: Pose
    reach: tuple[float, float]  # half the picture's width and height, in half short sides
    subject: tuple[float, float]  # (x, y) in half short sides from the centre
    level: float  # the subject's disparity less the pivot
    relief: float  # 0 = move it as a flat picture, 1 = full parallax


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """Where a beat goes: to its goal, perhaps past a turning point."""

    goal: Pose
    via: Pose | None = None


MIRRORED = {
    Move.PUSH_IN: Move.PULL_OUT,
    Move.PULL_OUT: Move.PUSH_IN,
    Move.PAN_LEFT: Move.PAN_RIGHT,
    Move.PAN_RIGHT: Move.PAN_LEFT,
    Move.TILT_UP: Move.TILT_DOWN,
    Move.TILT_DOWN: Move.TILT_UP,
    Move.CRANE_UP: Move.CRANE_DOWN,
    Move.CRANE_DOWN: Move.CRANE_UP,
    Move.ARC_LEFT: Move.ARC_RIGHT,
    Move.ARC_RIGHT: Move.ARC_LEFT,
    Move.DOLLY_ZOOM: Move.DOLLY_ZOOM,
    Move.STILL: Move.STILL,
}


def leg(move: Move, camera: Camera, stand: Stand, travel: float) -> Leg:
    """Find the goal of a move; a travel of 1 is a full one."""
    return MOVES[move](stand, camera, travel)


def nearness(pose: Pose) -> float:
    """Say how close the camera has come: 0 = the whole still, 1 = as close as it goes."""
    return min(1.0, max(0.0, (1 - pose.scale) / (1 - NEAREST)))


def _still(stand: Stand, _camera: Camera, _travel: float) -> Leg:
    return Leg(goal=stand.pose)


def _push_in(stand: Stand, camera: Camera, travel: float) -> Leg:
    closer = _closer(stand, travel, towards=stand.subject)
    pushed = replace(closer, dolly=_bounded(stand.pose.dolly + DOLLY * stand.relief * travel, DOLLY))
    return Leg(goal=_leant(pushed, stand, camera, travel))


def _pull_out(stand: Stand, camera: Camera, travel: float) -> Leg:
    """Go back to the wide; from the wide itself, lean in soon and draw back slowly."""
    if nearness(stand.pose) < 0.15:
        return Leg(goal=stand.pose, via=_push_in(stand, camera, 0.55 * travel).goal)
    return Leg(goal=mix(stand.pose, WHOLE, min(1.0, 0.3 + 0.55 * travel)))


def _pan(stand: Stand, camera: Camera, travel: float, side: float) -> Leg:
    reach = stand.reach[0]
    closer = _closer(stand, 0.6 * travel, towards=(0.0, 0.0))
    slid = replace(closer, slide_x=_bounded(stand.pose.slide_x + side * 0.4 * SLIDE * stand.relief * travel, SLIDE))
    panned = replace(slid, shift_x=stand.pose.shift_x + side * 2 * PAN * reach * travel)
    return Leg(goal=_leant(panned, stand, replace(camera, lean_x=0.0), 0.5 * travel))


def _tilt(stand: Stand, camera: Camera, travel: float, side: float) -> Leg:
    reach = stand.reach[1]
    closer = _closer(stand, 0.7 * travel, towards=(0.0, 0.0))
    slid = replace(closer, slide_y=_bounded(stand.pose.slide_y + side * 0.4 * SLIDE * stand.relief * travel, SLIDE))
    tilted = replace(slid, shift_y=stand.pose.shift_y + side * 2 * (PAN + 0.02) * reach * travel)
    return Leg(goal=_leant(tilted, stand, replace(camera, lean_y=0.0), 0.5 * travel))


def _crane(stand: Stand, camera: Camera, travel: float, side: float) -> Leg:
    """Rise or sink and look along: near things pass while far ones hardly do."""
    reach = stand.reach[1]
    closer = _closer(stand, 0.55 * travel, towards=stand.subject)
    slide = _bounded(stand.pose.slide_y + side * 0.8 * SLIDE * stand.relief * travel, 1.2 * SLIDE)
    craned = replace(closer, slide_y=slide, shift_y=closer.shift_y + side * 1.3 * PAN * reach * travel)
    return Leg(goal=_leant(craned, stand, replace(camera, lean_y=0.0), 0.5 * travel))


def _arc(stand: Stand, camera: Camera, travel: float, side: float) -> Leg:
    """Step around the subject, coming a little closer; where the picture bears little of the step, look aside more."""
    closer = _closer(stand, 0.6 * travel, towards=stand.subject)
    slide = _bounded(stand.pose.slide_x + side * SLIDE * stand.relief * travel, 1.5 * SLIDE)
    # Turned as far as it takes for the subject to keep its place.
    turned = closer.shift_x - (slide - stand.pose.slide_x) * stand.level
    around = turned + side * (1 - stand.relief) * 1.6 * PAN * stand.reach[0] * travel
    slid = replace(closer, slide_x=slide, shift_x=around)
    return Leg(goal=_leant(slid, stand, replace(camera, lean_x=0.0), 0.5 * travel))


def _dolly_zoom(stand: Stand, _camera: Camera, travel: float) -> Leg:
    """Step back and zoom in as much: the subject keeps its size while the world behind it grows."""
    step = 2.2 * DOLLY * stand.relief * travel
    dolly = _bounded(stand.pose.dolly - step, 2.5 * DOLLY)
    scale = max(NEAREST, stand.pose.scale - (stand.pose.dolly - dolly) * max(stand.level, 0.2))
    stepped = replace(stand, pose=replace(stand.pose, dolly=dolly, scale=scale))
    return Leg(goal=_closer(stepped, (0.7 - 0.35 * stand.relief) * travel, towards=stand.subject))


def drift(stand: Stand, travel: float) -> Leg:
    """Go on where a move has no way left: across to the side with more room, and a little down or up."""
    pose = stand.pose
    room_x, room_y = ((1 - pose.scale) * reach for reach in stand.reach)
    side = -1.0 if pose.shift_x > 0 else 1.0
    height = -1.0 if pose.shift_y > 0 else 1.0
    slide = _bounded(pose.slide_x + side * 0.6 * SLIDE * stand.relief * travel, SLIDE)
    return Leg(
        goal=replace(
            pose,
            slide_x=slide,
            shift_x=_bounded(pose.shift_x + side * 3 * PAN * stand.reach[0] * travel, 0.9 * room_x),
            shift_y=_bounded(pose.shift_y + height * 0.8 * PAN * stand.reach[1] * travel, 0.9 * room_y),
        )
    )


def _closer(stand: Stand, travel: float, *, towards: tuple[float, float]) -> Pose:
    """Magnify towards a point of the still, which keeps its place in the frame; take a share of what is left to go."""
    pose = stand.pose
    scale = NEAREST + (pose.scale - NEAREST) * (1 - PUSH / (1 - NEAREST) * travel)
    kept = scale / pose.scale
    return replace(
        pose,
        scale=scale,
        shift_x=towards[0] + (pose.shift_x - towards[0]) * kept,
        shift_y=towards[1] + (pose.shift_y - towards[1]) * kept,
    )


def _leant(pose: Pose, stand: Stand, camera: Camera, travel: float) -> Pose:
    """Let the move lean to a side, as far as the picture goes."""
    room_x, room_y = (0.97 * (1 - pose.scale) * reach for reach in stand.reach)
    return replace(
        pose,
        shift_x=_bounded(pose.shift_x + 0.05 * stand.reach[0] * camera.lean_x * travel, room_x),
        shift_y=_bounded(pose.shift_y + 0.05 * stand.reach[1] * camera.lean_y * travel, room_y),
        slide_x=_bounded(pose.slide_x + 0.35 * SLIDE * stand.relief * camera.lean_x * travel, 1.5 * SLIDE),
    )


def _bounded(value: float, limit: float) -> float:
    return min(limit, max(-limit, value))


MOVES: dict[Move, Callable[[Stand, Camera, float], Leg]] = {
    Move.STILL: _still,
    Move.PUSH_IN: _push_in,
    Move.PULL_OUT: _pull_out,
    Move.PAN_LEFT: lambda stand, camera, travel: _pan(stand, camera, travel, -1),
    Move.PAN_RIGHT: lambda stand, camera, travel: _pan(stand, camera, travel, 1),
    Move.TILT_UP: lambda stand, camera, travel: _tilt(stand, camera, travel, -1),
    Move.TILT_DOWN: lambda stand, camera, travel: _tilt(stand, camera, travel, 1),
    Move.CRANE_UP: lambda stand, camera, travel: _crane(stand, camera, travel, -1),
    Move.CRANE_DOWN: lambda stand, camera, travel: _crane(stand, camera, travel, 1),
    Move.ARC_LEFT: lambda stand, camera, travel: _arc(stand, camera, travel, -1),
    Move.ARC_RIGHT: lambda stand, camera, travel: _arc(stand, camera, travel, 1),
    Move.DOLLY_ZOOM: _dolly_zoom,
}
