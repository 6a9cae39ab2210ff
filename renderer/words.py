"""What plain words ask for, as tables. Verbs stand here in their plain form ("zooms", "zooming" are read as "zoom")."""

from dataclasses import dataclass, field

from renderer.direction import Easing, Move

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
MOVES: dict[str, tuple[Move, ...]] = {
    phrase.strip(): moves
    for phrases, moves in (
        ("push in, push, zoom in, zoom closer, move in, move closer, move forward, move forwards, go in, go closer, come closer, get closer, closer, "
         "nearer, dolly in, dolly forward, approach, drift in, creep in, fly in, lean in, close in, slide in, forward, forwards", (Move.PUSH_IN,)),
        ("pull out, pull back, pull away, zoom out, zoom back, move out, move back, move away, move backwards, back away, back off, step back, "
         "dolly out, dolly back, drift out, drift away, draw back, recede, retreat, reveal, wider, farther, further, farther away, "
         "further away, backwards, zoom away", (Move.PULL_OUT,)),
        ("zoom", ZOOMS),
        ("zoom camera", ZOOMS),
        ("dolly", (Move.PUSH_IN, Move.PULL_OUT)),
        ("pan left, move left, slide left, drift left, look left, go left, truck left, track left, left, leftwards", (Move.PAN_LEFT,)),
        ("pan right, move right, slide right, drift right, look right, go right, truck right, track right, right, rightwards", (Move.PAN_RIGHT,)),
        ("pan, pan across, sweep across, slide sideways, sideways, move sideways, pan shot", PANS),
        ("tilt up, look up, move up, pan up, crane up, rise, rise up, go up, upwards, drift up, pedestal up", (Move.TILT_UP,)),
        ("tilt down, look down, move down, pan down, crane down, go down, downwards, drift down, sink, descend", (Move.TILT_DOWN,)),
        ("tilt, crane", TILTS),
        ("arc left, orbit left, circle left, rotate left, swing left", (Move.ARC_LEFT,)),
        ("arc right, orbit right, circle right, rotate right, swing right", (Move.ARC_RIGHT,)),
        ("arc, orbit, circle, circle around, move around, go around, swing around, rotate around, parallax", ARCS),
        ("dolly zoom, vertigo, hitchcock zoom, vertigo zoom, zolly", (Move.DOLLY_ZOOM,)),
        ("still camera, static, static camera, fixed camera, locked camera, locked off, camera still, camera fixed, stay still, hold still, keep still, "
         "stand still, stand camera, tripod, motionless, freeze, frozen camera, camera stay, stay put, unmoving, keep camera still, "
         "hold camera still, stationary", (Move.STILL,)),
    )
    for phrase in phrases.split(",")
}  # fmt: skip

# Words for moving as such: they ask for nothing by themselves, and after "no" the camera stands still.
MOTION = frozenset({
    "move", "movement", "motion", "camera move", "camera movement", "camera motion", "move camera", "camera",
})  # fmt: skip

EASINGS: dict[str, Easing] = {
    phrase.strip(): easing
    for phrases, easing in (
        ("smooth, smoothly, fluid, flowing, even, evenly", Easing.SMOOTH),
        ("settle, settling, ease out, come to rest, gentle stop, slow down, land", Easing.SETTLE),
        ("hold then, wait, wait then, hesitate, pause, pause then, after a moment, late", Easing.HOLD),
        ("abrupt, abruptly, sudden, suddenly, snap, jolt, burst, all at once, whip, jump", Easing.ABRUPT),
    )
    for phrase in phrases.split(",")
}

# A number asked for as such.
ABSOLUTE: dict[str, dict[str, float]] = {
    phrase.strip(): numbers
    for phrases, numbers in (
        ("slow, slowly, unhurried, leisurely, lazy, languid, gradual, gradually, gentle, gently", {"speed": 0.22}),
        ("creep, crawl, glacial, imperceptible, barely", {"speed": 0.1}),
        ("fast, quick, quickly, rapid, rapidly, hasty, brisk, swift, swiftly, speedy, energetic, hurried", {"speed": 0.88}),
        ("medium speed, normal speed, moderate", {"speed": 0.5}),
        ("subtle, subtly, slight, small, modest", {"amount": 0.4}),
        ("bold, big, large, wide move, dramatic move", {"amount": 1.0}),
        ("handheld, hand held, shaky, shake, shaky cam, camera shake, jittery, documentary", {"handheld": 0.8}),
        ("steady, steadily, stable, on rails, steadicam, gimbal", {"handheld": 0.0}),
        ("warm, warmth, golden, amber, candlelit, orange", {"warmth": 0.6}),
        ("cold, cool, chilly, icy, blue, bluish, moonlit", {"warmth": -0.6}),
        ("neutral colour, neutral color, neutral colours, neutral colors", {"warmth": 0.0, "saturation": 0.0}),
        ("bright, brightness, sunlit, sunny, radiant, light up, luminous, airy", {"brightness": 0.5}),
        ("dark, darkness, dim, dusk, shadowy, gloom, murky", {"brightness": -0.55}),
        ("vivid, saturated, colourful, colorful, vibrant, rich colour, rich color, rich colours, rich colors, saturation", {"saturation": 0.65}),
        ("muted, desaturated, washed out, pale, pastel, drained", {"saturation": -0.5}),
        ("black and white, black white, monochrome, grayscale, greyscale, noir, b&w, bw, grey, gray, colourless, colorless", {"saturation": -1.0}),
        ("contrasty, high contrast, hard light, crisp, punchy, contrast", {"contrast": 0.6}),
        ("low contrast, soft light, faded, flat, matte, hazy", {"contrast": -0.5}),
        ("vignette, dark corners, dark edges", {"vignette": 0.75}),
        ("sepia, old photo", {"saturation": -0.6, "warmth": 0.55}),
    )
    for phrase in phrases.split(",")
}  # fmt: skip

# What "no" takes away besides its own number: the colours stay the still's.
UNTOUCHED: dict[str, tuple[str, ...]] = {
    "colour": ("warmth", "saturation"), "color": ("warmth", "saturation"),
    "colour change": COLOURS, "color change": COLOURS, "colour grading": COLOURS, "color grading": COLOURS,
    "grading": COLOURS, "grade": COLOURS, "light change": COLOURS, "filter": COLOURS, "effect": COLOURS,
    "colour drift": COLOURS, "color drift": COLOURS, "change colour": COLOURS, "change color": COLOURS,
    "change light": COLOURS, "change lighting": COLOURS, "change colours": COLOURS, "change colors": COLOURS,
}  # fmt: skip

# A step from what would otherwise be.
RELATIVE: dict[str, dict[str, float]] = {
    phrase.strip(): steps
    for phrases, steps in (
        ("slower, calmer pace, less speed, more slowly, gentler", {"speed": -0.2}),
        ("faster, quicker, swifter, speed up, more speed, more quickly", {"speed": 0.25}),
        ("stronger, bolder, bigger, more dramatic, more move, more movement, more motion, more intense", {"amount": 0.3, "speed": 0.12}),
        ("weaker, subtler, smaller, less move, less movement, less motion, more subtle, less dramatic, less intense", {"amount": -0.35, "speed": -0.1}),
        ("calmer, quieter, more calm, more peaceful", {"speed": -0.2, "handheld": -0.5, "contrast": -0.1}),
        ("livelier, wilder, more energy, more lively", {"speed": 0.25, "handheld": 0.15, "saturation": 0.15}),
        ("shakier, more shaky, more shake", {"handheld": 0.35}),
        ("steadier, smoother, less shaky, less shake", {"handheld": -0.5}),
        ("warmer, more golden", {"warmth": 0.35}),
        ("colder, cooler, bluer, chillier", {"warmth": -0.35}),
        ("brighter, lighter, more light", {"brightness": 0.3}),
        ("darker, dimmer, moodier, less light", {"brightness": -0.3}),
        ("more vivid, richer, more colour, more color, more colourful, more colorful", {"saturation": 0.35}),
        ("paler, greyer, grayer, less colour, less color, less colourful, less colorful, more muted", {"saturation": -0.35}),
        ("harder, crisper, sharper, punchier, more contrast", {"contrast": 0.3}),
        ("softer, flatter, less contrast", {"contrast": -0.3}),
        ("more vignette", {"vignette": 0.3}),
        ("less vignette", {"vignette": -0.3}),
    )
    for phrase in phrases.split(",")
}  # fmt: skip

LOOPS = frozenset(
    {"loop", "seamless", "seamlessly", "endless", "endlessly", "cinemagraph", "boomerang", "repeat", "forever"}
)

NEGATORS = frozenset({
    "no", "not", "without", "never", "don't", "dont", "doesn't", "isn't", "avoid", "stop", "nor", "neither", "cannot", "can't",
    "shouldn't", "won't", "nothing", "minus", "skip",
})  # fmt: skip
CLAUSE_ENDS = frozenset(
    {",", ".", ";", ":", "!", "?", "\n", "but", "just", "only", "instead", "while", "then", "and", "with"}
)
DEGREES = {
    "very": 1.3, "really": 1.3, "extremely": 1.6, "super": 1.4, "much": 1.6, "lot": 1.6, "far": 1.5, "way": 1.5,
    "bit": 0.5, "slightly": 0.5, "little": 0.5, "somewhat": 0.6, "touch": 0.5, "tad": 0.4, "more": 1.0, "less": -1.0,
}  # fmt: skip
FILLERS = frozenset({
    "the", "a", "an", "to", "towards", "toward", "of", "it", "its", "please", "me", "my", "in_on", "so", "too", "any", "some", "at",
    "all", "be", "is", "are", "make", "let", "us", "with_a", "from", "this", "that", "which", "shot",
})  # fmt: skip
PLAIN_FORMS = {
    form: verb
    for verb, forms in {
        "zoom": "zooms zooming zoomed", "pan": "pans panning panned", "tilt": "tilts tilting tilted",
        "push": "pushes pushing pushed", "pull": "pulls pulling pulled", "move": "moves moving moved",
        "arc": "arcs arcing", "orbit": "orbits orbiting", "circle": "circles circling", "rotate": "rotates rotating",
        "dolly": "dollies dollying", "slide": "slides sliding", "drift": "drifts drifting", "rise": "rises rising rose",
        "sink": "sinks sinking", "descend": "descends descending", "approach": "approaches approaching",
        "loop": "loops looping looped", "creep": "creeps creeping", "settle": "settles settling settled", "hold": "holds holding",
        "wait": "waits waiting", "shake": "shakes shaking", "swing": "swings swinging", "freeze": "freezes freezing",
        "recede": "recedes receding", "retreat": "retreats retreating", "reveal": "reveals revealing", "crane": "cranes craning",
        "movement": "movements", "motion": "motions", "effect": "effects", "filter": "filters", "go": "goes going",
        "change": "changes changing changed", "keep": "keeps keeping", "come": "comes coming", "get": "gets getting",
        "look": "looks looking", "step": "steps stepping", "fly": "flies flying", "stay": "stays staying", "track": "tracks tracking",
        "pause": "pauses pausing", "snap": "snaps snapping", "jolt": "jolts",
    }.items()
    for form in forms.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What fits a mood: how likely each move and easing is, and where the numbers lie."""

    moves: dict[Move, float] = field(default_factory=dict[Move, float])  # 1 where it is not named
    easings: dict[Easing, float] = field(default_factory=dict[Easing, float])
    numbers: dict[str, float] = field(default_factory=dict[str, float])


_GENTLE = {Easing.SMOOTH: 2.0, Easing.SETTLE: 2.0, Easing.HOLD: 0.3, Easing.ABRUPT: 0.0}
_EVEN = {Easing.SMOOTH: 2.0, Easing.SETTLE: 1.0, Easing.HOLD: 0.3, Easing.ABRUPT: 0.1}
_TENSE = {Easing.SMOOTH: 1.0, Easing.SETTLE: 0.2, Easing.HOLD: 2.0, Easing.ABRUPT: 0.2}
_SHARP = {Easing.SMOOTH: 0.3, Easing.SETTLE: 1.5, Easing.HOLD: 0.5, Easing.ABRUPT: 2.0}

PROFILES: dict[str, Profile] = {
    "calm": Profile(easings=_GENTLE, moves={Move.DOLLY_ZOOM: 0.0, Move.PUSH_IN: 2.0}, numbers={"speed": 0.25, "contrast": -0.1}),
    "dreamy": Profile(easings=_GENTLE, moves={Move.DOLLY_ZOOM: 0.5, Move.ARC_LEFT: 2.0, Move.ARC_RIGHT: 2.0, Move.PUSH_IN: 1.5},
                      numbers={"speed": 0.25, "contrast": -0.35, "brightness": 0.2, "saturation": -0.1, "vignette": 0.35}),
    "tense": Profile(easings=_TENSE, moves={Move.PUSH_IN: 4.0, Move.DOLLY_ZOOM: 2.0, Move.PULL_OUT: 0.3},
                     numbers={"speed": 0.3, "contrast": 0.4, "brightness": -0.25, "saturation": -0.25, "warmth": -0.2, "vignette": 0.6}),
    "joyful": Profile(easings=_EVEN, moves={Move.DOLLY_ZOOM: 0.0, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5},
                      numbers={"speed": 0.8, "brightness": 0.25, "saturation": 0.4, "warmth": 0.25, "vignette": 0.0}),
    "sad": Profile(easings=_GENTLE, moves={Move.PULL_OUT: 2.0, Move.TILT_DOWN: 1.5, Move.DOLLY_ZOOM: 0.0},
                   numbers={"speed": 0.2, "saturation": -0.45, "brightness": -0.2, "warmth": -0.2, "vignette": 0.4}),
    "nostalgic": Profile(easings=_GENTLE, moves={Move.PUSH_IN: 2.0, Move.DOLLY_ZOOM: 0.0},
                         numbers={"speed": 0.25, "saturation": -0.25, "warmth": 0.45, "contrast": -0.25, "vignette": 0.5}),
    "epic": Profile(easings=_EVEN, moves={Move.TILT_UP: 2.5, Move.PULL_OUT: 2.0, Move.PUSH_IN: 2.0},
                    numbers={"speed": 0.55, "amount": 1.0, "contrast": 0.35, "saturation": 0.2, "vignette": 0.3}),
    "mysterious": Profile(easings=_TENSE, moves={Move.PUSH_IN: 2.5, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5},
                          numbers={"speed": 0.28, "brightness": -0.3, "warmth": -0.25, "contrast": 0.2, "vignette": 0.6}),
    "shocking": Profile(easings=_SHARP, moves={Move.PUSH_IN: 4.0, Move.DOLLY_ZOOM: 1.5},
                        numbers={"speed": 0.95, "amount": 1.0, "contrast": 0.5, "vignette": 0.4}),
    "chaotic": Profile(easings=_EVEN, numbers={"speed": 0.9, "handheld": 0.8, "contrast": 0.25}),
    "romantic": Profile(easings=_GENTLE, moves={Move.PUSH_IN: 2.5, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5, Move.DOLLY_ZOOM: 0.0},
                        numbers={"speed": 0.28, "warmth": 0.4, "contrast": -0.15, "vignette": 0.35}),
    "lonely": Profile(easings=_GENTLE, moves={Move.PULL_OUT: 3.0, Move.DOLLY_ZOOM: 0.3},
                      numbers={"speed": 0.2, "saturation": -0.3, "warmth": -0.25, "brightness": -0.1, "vignette": 0.45}),
    "hopeful": Profile(easings=_GENTLE, moves={Move.TILT_UP: 3.0, Move.PUSH_IN: 1.5, Move.DOLLY_ZOOM: 0.0},
                       numbers={"speed": 0.35, "brightness": 0.3, "warmth": 0.3, "saturation": 0.15}),
    "sunset": Profile(easings=_GENTLE, numbers={"warmth": 0.7, "brightness": -0.12, "saturation": 0.25, "vignette": 0.3}),
    "sunrise": Profile(easings=_GENTLE, moves={Move.TILT_UP: 2.0}, numbers={"warmth": 0.45, "brightness": 0.25, "saturation": 0.15}),
    "night": Profile(easings=_GENTLE, numbers={"warmth": -0.55, "brightness": -0.65, "saturation": -0.25, "vignette": 0.55}),
    "winter": Profile(easings=_GENTLE, numbers={"warmth": -0.5, "saturation": -0.3, "brightness": 0.12}),
    "summer": Profile(easings=_EVEN, numbers={"warmth": 0.35, "saturation": 0.3, "brightness": 0.2}),
    "autumn": Profile(easings=_GENTLE, numbers={"warmth": 0.45, "saturation": 0.1, "brightness": -0.08, "vignette": 0.3}),
    "spring": Profile(easings=_EVEN, numbers={"saturation": 0.25, "brightness": 0.2}),
    "stormy": Profile(easings=_TENSE, numbers={"speed": 0.6, "warmth": -0.35, "brightness": -0.4, "contrast": 0.4, "saturation": -0.3, "handheld": 0.25}),
}  # fmt: skip

KINDRED: dict[str, str] = {
    word.strip(): mood
    for mood, words in {
        "calm": "calm, peaceful, peace, serene, tranquil, quiet, relaxed, relaxing, soothing, restful, meditative, zen, stillness, silent, silence, cosy, cozy",
        "dreamy": "dreamy, dreamlike, dream, ethereal, surreal, hazy dream, floating, magical, magic, fairytale, enchanted, otherworldly, half remembered, reverie",
        "tense": "tense, tension, suspense, ominous, menacing, menace, threatening, scary, horror, eerie, creepy, sinister, uneasy, unease, dread, about to happen, foreboding, thriller, fear, danger",
        "joyful": "joyful, joy, happy, happiness, cheerful, playful, fun, lively, celebration, festive, party, upbeat, excited, exciting, carefree, laughing",
        "sad": "sad, sadness, melancholy, melancholic, sorrow, sorrowful, grief, mournful, wistful, gloomy, somber, sombre, heartbroken, bleak, despair, farewell, goodbye",
        "nostalgic": "nostalgic, nostalgia, memory, memories, vintage, retro, childhood, remembered, old times, bittersweet, faded memory, last day",
        "epic": "epic, majestic, grand, awe, awesome, heroic, monumental, cinematic, vast, sublime, triumphant, powerful, glorious, breathtaking, dramatic",
        "mysterious": "mysterious, mystery, enigmatic, secret, haunting, haunted, strange, uncanny, ghostly, gothic",
        "shocking": "shocking, shock, explosive, explosion, bang, startling, sudden fear, impact, violent, punch",
        "chaotic": "chaotic, chaos, frantic, panic, restless, nervous, hectic, frenzied, wild, running, chase, drunk, dizzy",
        "romantic": "romantic, love, tender, intimate, intimacy, loving, affection, wedding, affectionate, longing",
        "lonely": "lonely, loneliness, alone, isolated, abandoned, empty, desolate, forgotten",
        "hopeful": "hopeful, hope, inspiring, uplifting, optimistic, wonder, wondrous, new beginning, aspiring",
        "sunset": "sunset, golden hour, evening, evening sun, low sun, last light, sundown",
        "sunrise": "sunrise, dawn, morning, daybreak, first light",
        "night": "night, midnight, nighttime, nocturnal, moonlight, nightfall",
        "winter": "winter, snow, snowy, frost, frosty, frozen, ice, snowflake, wintry",
        "summer": "summer, beach, tropical, heat, hot, sunshine, summery",
        "autumn": "autumn, fall colours, fall colors, autumnal, october",
        "spring": "spring, blossom, fresh, blooming",
        "stormy": "stormy, storm, thunder, thunderstorm, tempest, raging, windy, rainy, rain",
    }.items()
    for word in words.split(",")
}  # fmt: skip
