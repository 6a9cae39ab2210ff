"""What plain words ask of camera and pace. Verbs stand here in any form: both sides are read by `phrases.tokens`."""

from renderer.contract.direction import Easing, Move
from renderer.mood.phrases import table

MOVING = frozenset(Move) - {Move.STILL}
ZOOMS = (Move.PUSH_IN, Move.PULL_OUT, Move.DOLLY_ZOOM)
PANS = (Move.PAN_LEFT, Move.PAN_RIGHT)
TILTS = (Move.TILT_UP, Move.TILT_DOWN)
CRANES = (Move.CRANE_UP, Move.CRANE_DOWN)
ARCS = (Move.ARC_LEFT, Move.ARC_RIGHT)

# The move asked for; of several, the seed chooses. After "no", all of them are out.
MOVES: dict[str, tuple[Move, ...]] = table(
    (
        (
            (
                "push in, push, zoom in, zoom closer, move in, move closer, move forward, move forwards, go in, "
                "go closer, come closer, get closer, closer, nearer, dolly in, dolly forward, approach, drift in, "
                "creep in, fly in, lean in, close in, slide in, forward, forwards, zoom into, push into"
            ),
            (Move.PUSH_IN,),
        ),
        (
            (
                "pull out, pull back, pull away, zoom out, zoom back, move out, move back, move away, move "
                "backwards, back away, back off, step back, dolly out, dolly back, drift out, drift away, draw "
                "back, recede, retreat, wider, farther, further, farther away, further away, backwards, zoom away"
            ),
            (Move.PULL_OUT,),
        ),
        ("zoom, zoom camera", ZOOMS),
        ("dolly", (Move.PUSH_IN, Move.PULL_OUT)),
        (
            "pan left, move left, slide left, drift left, look left, go left, truck left, track left, leftwards",
            (Move.PAN_LEFT,),
        ),
        (
            (
                "pan right, move right, slide right, drift right, look right, go right, truck right, track right, "
                "rightwards"
            ),
            (Move.PAN_RIGHT,),
        ),
        ("pan, pan across, sweep across, slide sideways, sideways, move sideways, pan shot", PANS),
        ("tilt up, look up, move up, pan up, go up, upwards, drift up", (Move.TILT_UP,)),
        ("tilt down, look down, move down, pan down, go down, downwards, drift down", (Move.TILT_DOWN,)),
        ("tilt", TILTS),
        (
            "crane up, rise, rise up, boom up, pedestal up, jib up, lift off, fly up, ascend, take off, camera rise",
            (Move.CRANE_UP,),
        ),
        (
            "crane down, boom down, pedestal down, jib down, sink, descend, lower camera, camera sink, fly down",
            (Move.CRANE_DOWN,),
        ),
        ("crane, crane shot, jib, drone, drone shot, aerial", CRANES),
        ("arc left, orbit left, circle left, rotate left, swing left", (Move.ARC_LEFT,)),
        ("arc right, orbit right, circle right, rotate right, swing right", (Move.ARC_RIGHT,)),
        ("arc, orbit, circle, circle around, move around, go around, swing around, rotate around, parallax", ARCS),
        ("dolly zoom, vertigo, hitchcock zoom, vertigo zoom, zolly", (Move.DOLLY_ZOOM,)),
        (
            (
                "still camera, static, static camera, fixed camera, locked camera, locked off, camera still, "
                "camera fixed, stay still, hold still, keep still, stand still, stand camera, tripod, motionless, "
                "freeze, frozen camera, camera stay, stay put, unmoving, keep camera still, hold camera still, "
                "stationary, freeze frame, frozen in time, time stand still"
            ),
            (Move.STILL,),
        ),
    )
)

# Words for moving as such: they ask for nothing by themselves, and after "no" the camera stands still.
MOTION = frozenset(
    table((("move, movement, motion, camera move, camera movement, camera motion, move camera, camera", None),))
)
# The same, and what stands still then is everything.
ALL_MOTION = frozenset(table((("move, movement, motion", None),)))
FROZEN = frozenset(table((("freeze, motionless, freeze frame, frozen in time, unmoving, time stand still", None),)))

EASINGS: dict[str, Easing] = table(
    (
        ("smooth, smoothly, fluid, flowing, even, evenly", Easing.SMOOTH),
        ("settle, settling, ease out, come to rest, gentle stop, slow down", Easing.SETTLE),
        ("hold then, wait, wait then, hesitate, pause, pause then, after a moment, hold breath", Easing.HOLD),
        ("abrupt, abruptly, sudden, suddenly, snap, jolt, all at once, whip, whip pan", Easing.ABRUPT),
    )
)

ABSOLUTE: dict[str, dict[str, float]] = table(
    (
        (
            (
                "slow, slowly, unhurried, leisurely, lazy, languid, gradual, gradually, gentle, gently, slow "
                "motion, slow mo"
            ),
            {"speed": 0.22},
        ),
        ("creep, crawl, glacial, imperceptible, barely", {"speed": 0.1}),
        (
            (
                "fast, quick, quickly, rapid, rapidly, hasty, brisk, swift, swiftly, speedy, energetic, hurried, "
                "whip pan"
            ),
            {"speed": 0.88},
        ),
        ("medium speed, normal speed, moderate", {"speed": 0.5}),
        ("subtle, subtly, slight, modest", {"amount": 0.4}),
        ("bold, dramatic move", {"amount": 1.0}),
        (
            "handheld, hand held, shaky, shake, shaky cam, camera shake, jittery, documentary, earthquake",
            {"handheld": 0.8},
        ),
        ("steady, steadily, stable, on rails, steadicam, gimbal", {"handheld": 0.0}),
        (
            (
                "blur background, background blur, blurry background, out of focus background, shallow focus, "
                "shallow depth of field, focus foreground, focus pull foreground, rack focus foreground, focus "
                "near, focus on subject, background out of focus, soft background"
            ),
            {"focus": 0.7},
        ),
        (
            (
                "focus pull, pull focus, rack focus, focus background, focus pull background, pull focus "
                "background, rack focus background, focus on background, focus distance, blur foreground, "
                "foreground blur, blurry foreground, shift focus, focus shift, focus far"
            ),
            {"focus": -0.7},
        ),
    )
)

# A step from what would otherwise be.
RELATIVE: dict[str, dict[str, float]] = table(
    (
        ("slower, calmer pace, less speed, more slowly, gentler", {"speed": -0.2}),
        ("faster, quicker, swifter, speed up, more speed, more quickly", {"speed": 0.25}),
        (
            "stronger, bolder, bigger, more dramatic, more move, more movement, more motion, more intense",
            {"amount": 0.3, "speed": 0.12},
        ),
        (
            (
                "weaker, subtler, smaller, less move, less movement, less motion, more subtle, less dramatic, "
                "less intense"
            ),
            {"amount": -0.35, "speed": -0.1},
        ),
        ("calmer, quieter, more calm, more peaceful", {"speed": -0.2, "handheld": -0.5, "contrast": -0.1}),
        ("livelier, wilder, more energy, more lively", {"speed": 0.25, "handheld": 0.15, "saturation": 0.15}),
        ("shakier, more shaky, more shake", {"handheld": 0.35}),
        ("steadier, smoother, less shaky, less shake", {"handheld": -0.5}),
    )
)

LOOPS = frozenset(
    table((("loop, seamless, seamlessly, endless, endlessly, cinemagraph, boomerang, repeat, forever", None),))
)
