"""What plain words ask for, as tables. Verbs stand here in any form: both sides are read by `phrases.tokens`."""

from dataclasses import dataclass

from renderer.direction import Easing, Move
from renderer.phrases import table

MOVING = frozenset(Move) - {Move.STILL}
ZOOMS = (Move.PUSH_IN, Move.PULL_OUT, Move.DOLLY_ZOOM)
PANS = (Move.PAN_LEFT, Move.PAN_RIGHT)
TILTS = (Move.TILT_UP, Move.TILT_DOWN)
ARCS = (Move.ARC_LEFT, Move.ARC_RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A number of a direction: what it is when nobody asks, its limits, and how far the seed takes it."""

    neutral: float
    low: float
    high: float
    spread: float


NUMBERS = {
    "amount": Span(neutral=0.85, low=0.3, high=1.0, spread=0.15),
    "speed": Span(neutral=0.45, low=0.0, high=1.0, spread=0.12),
    "handheld": Span(neutral=0.0, low=0.0, high=1.0, spread=0.0),
    "lean_x": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.9),
    "lean_y": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.6),
    "warmth": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.14),
    "brightness": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.1),
    "saturation": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.12),
    "contrast": Span(neutral=0.0, low=-1.0, high=1.0, spread=0.1),
    "vignette": Span(neutral=0.15, low=0.0, high=1.0, spread=0.1),
}
COLOURS = ("warmth", "brightness", "saturation", "contrast", "vignette")

# The move asked for; of several, the seed chooses. After "no", all of them are out.
MOVES: dict[str, tuple[Move, ...]] = table(
    (
        (
            (
                "push in, push, zoom in, zoom closer, move in, move closer, move forward, move forwards, go in, "
                "go closer, come closer, get closer, closer, nearer, dolly in, dolly forward, approach, drift in, "
                "creep in, fly in, lean in, close in, slide in, forward, forwards"
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
        (
            "dolly",
            (
                Move.PUSH_IN,
                Move.PULL_OUT,
            ),
        ),
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
        (
            "tilt up, look up, move up, pan up, crane up, rise, rise up, go up, upwards, drift up, pedestal up",
            (Move.TILT_UP,),
        ),
        (
            "tilt down, look down, move down, pan down, crane down, go down, downwards, drift down, sink, descend",
            (Move.TILT_DOWN,),
        ),
        ("tilt, crane", TILTS),
        ("arc left, orbit left, circle left, rotate left, swing left", (Move.ARC_LEFT,)),
        ("arc right, orbit right, circle right, rotate right, swing right", (Move.ARC_RIGHT,)),
        ("arc, orbit, circle, circle around, move around, go around, swing around, rotate around, parallax", ARCS),
        ("dolly zoom, vertigo, hitchcock zoom, vertigo zoom, zolly", (Move.DOLLY_ZOOM,)),
        (
            (
                "still camera, static, static camera, fixed camera, locked camera, locked off, camera still, "
                "camera fixed, stay still, hold still, keep still, stand still, stand camera, tripod, motionless, "
                "freeze, frozen camera, camera stay, stay put, unmoving, keep camera still, hold camera still, "
                "stationary"
            ),
            (Move.STILL,),
        ),
    )
)

# Words for moving as such: they ask for nothing by themselves, and after "no" the camera stands still.
MOTION = frozenset(
    table((("move, movement, motion, camera move, camera movement, camera motion, move camera, camera", None),))
)

EASINGS: dict[str, Easing] = table(
    (
        ("smooth, smoothly, fluid, flowing, even, evenly", Easing.SMOOTH),
        ("settle, settling, ease out, come to rest, gentle stop, slow down", Easing.SETTLE),
        ("hold then, wait, wait then, hesitate, pause, pause then, after a moment", Easing.HOLD),
        ("abrupt, abruptly, sudden, suddenly, snap, jolt, all at once, whip", Easing.ABRUPT),
    )
)

# A number asked for as such.
ABSOLUTE: dict[str, dict[str, float]] = table(
    (
        ("slow, slowly, unhurried, leisurely, lazy, languid, gradual, gradually, gentle, gently", {"speed": 0.22}),
        ("creep, crawl, glacial, imperceptible, barely", {"speed": 0.1}),
        (
            "fast, quick, quickly, rapid, rapidly, hasty, brisk, swift, swiftly, speedy, energetic, hurried",
            {"speed": 0.88},
        ),
        ("medium speed, normal speed, moderate", {"speed": 0.5}),
        ("subtle, subtly, slight, modest", {"amount": 0.4}),
        ("bold, dramatic move", {"amount": 1.0}),
        ("handheld, hand held, shaky, shake, shaky cam, camera shake, jittery, documentary", {"handheld": 0.8}),
        ("steady, steadily, stable, on rails, steadicam, gimbal", {"handheld": 0.0}),
        ("warm, warmth, golden, amber, candlelit", {"warmth": 0.6}),
        ("cold, cool, chilly, icy, bluish, moonlit", {"warmth": -0.6}),
        ("neutral colour, neutral colours", {"warmth": 0.0, "saturation": 0.0}),
        ("bright, brightness, sunlit, sunny, radiant, light up, luminous, airy", {"brightness": 0.5}),
        ("dark, darkness, dim, dusk, shadowy, gloom, murky", {"brightness": -0.55}),
        ("vivid, saturated, colourful, vibrant, rich colour, rich colours, saturation", {"saturation": 0.65}),
        ("muted, desaturated, washed out, pale, pastel, drained", {"saturation": -0.5}),
        (
            "black and white, black white, monochrome, grayscale, greyscale, noir, b&w, bw, colourless",
            {"saturation": -1.0},
        ),
        ("contrasty, high contrast, hard light, crisp, punchy, contrast", {"contrast": 0.6}),
        ("low contrast, soft light, faded, matte, hazy", {"contrast": -0.5}),
        ("vignette, dark corners, dark edges", {"vignette": 0.75}),
        ("sepia, old photo", {"saturation": -0.6, "warmth": 0.55}),
    )
)

# What "no" takes away besides its own number: the colours stay the still's.
UNTOUCHED: dict[str, tuple[str, ...]] = table(
    (
        ("colour", ("warmth", "saturation")),
        (
            (
                "colour change, colour grading, grading, grade, light change, filter, effect, colour drift, "
                "change colour, change light, change lighting"
            ),
            COLOURS,
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
            "weaker, subtler, smaller, less move, less movement, less motion, more subtle, less dramatic, less intense",
            {"amount": -0.35, "speed": -0.1},
        ),
        ("calmer, quieter, more calm, more peaceful", {"speed": -0.2, "handheld": -0.5, "contrast": -0.1}),
        ("livelier, wilder, more energy, more lively", {"speed": 0.25, "handheld": 0.15, "saturation": 0.15}),
        ("shakier, more shaky, more shake", {"handheld": 0.35}),
        ("steadier, smoother, less shaky, less shake", {"handheld": -0.5}),
        ("warmer, more golden", {"warmth": 0.35}),
        ("colder, cooler, bluer, chillier", {"warmth": -0.35}),
        ("brighter, lighter, more light", {"brightness": 0.3}),
        ("darker, dimmer, moodier, less light", {"brightness": -0.3}),
        ("more vivid, richer, more colour, more colourful", {"saturation": 0.35}),
        ("paler, greyer, grayer, less colour, less colourful, more muted", {"saturation": -0.35}),
        ("harder, crisper, sharper, punchier, more contrast", {"contrast": 0.3}),
        ("softer, flatter, less contrast", {"contrast": -0.3}),
        ("more vignette", {"vignette": 0.3}),
        ("less vignette", {"vignette": -0.3}),
    )
)

LOOPS = frozenset(
    table((("loop, seamless, seamlessly, endless, endlessly, cinemagraph, boomerang, repeat, forever", None),))
)

NEGATORS = frozenset(
    [
        "no",
        "not",
        "without",
        "never",
        "don't",
        "dont",
        "doesn't",
        "isn't",
        "avoid",
        "stop",
        "nor",
        "neither",
        "cannot",
        "can't",
        "shouldn't",
        "won't",
        "nothing",
        "minus",
        "skip",
    ]
)
CLAUSE_ENDS = frozenset([*",.;:!?\n", *["but", "just", "only", "instead", "while", "then", "and", "with"]])
DEGREES = {
    "very": 1.3,
    "really": 1.3,
    "extremely": 1.6,
    "super": 1.4,
    "much": 1.6,
    "lot": 1.6,
    "far": 1.5,
    "way": 1.5,
    "bit": 0.5,
    "slightly": 0.5,
    "little": 0.5,
    "somewhat": 0.6,
    "touch": 0.5,
    "tad": 0.4,
    "more": 1.0,
    "less": -1.0,
}
