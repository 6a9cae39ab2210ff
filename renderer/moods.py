"""What moods ask for: how a camera, light and colours suit them, and the words that name them."""

from dataclasses import dataclass, field

from renderer.direction import Easing, Move
from renderer.phrases import table


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What fits a mood: how likely each move and easing is, and where the numbers lie."""

    moves: dict[Move, float] = field(default_factory=dict[Move, float])  # 1 where it is not named
    easings: dict[Easing, float] = field(default_factory=dict[Easing, float])
    numbers: dict[str, float] = field(default_factory=dict[str, float])
    said: bool = False  # by words, rather than by the picture


_GENTLE = {Easing.SMOOTH: 2.0, Easing.SETTLE: 2.0, Easing.HOLD: 0.0, Easing.ABRUPT: 0.0}
_EVEN = {Easing.SMOOTH: 2.0, Easing.SETTLE: 1.0, Easing.HOLD: 0.0, Easing.ABRUPT: 0.0}
_TENSE = {Easing.SMOOTH: 1.5, Easing.SETTLE: 0.0, Easing.HOLD: 2.0, Easing.ABRUPT: 0.0}
_SHARP = {Easing.SMOOTH: 0.3, Easing.SETTLE: 1.5, Easing.HOLD: 0.5, Easing.ABRUPT: 2.0}

PROFILES: dict[str, Profile] = {
    "calm": Profile(
        easings=_GENTLE, moves={Move.DOLLY_ZOOM: 0.0, Move.PUSH_IN: 2.0}, numbers={"speed": 0.25, "contrast": -0.1}
    ),
    "dreamy": Profile(
        easings=_GENTLE,
        moves={Move.DOLLY_ZOOM: 0.5, Move.ARC_LEFT: 2.0, Move.ARC_RIGHT: 2.0, Move.PUSH_IN: 1.5},
        numbers={"speed": 0.25, "contrast": -0.35, "brightness": 0.2, "saturation": -0.1, "vignette": 0.35},
    ),
    "tense": Profile(
        easings=_TENSE,
        moves={Move.PUSH_IN: 4.0, Move.DOLLY_ZOOM: 2.0, Move.PULL_OUT: 0.3},
        numbers={
            "speed": 0.3,
            "contrast": 0.4,
            "brightness": -0.25,
            "saturation": -0.25,
            "warmth": -0.2,
            "vignette": 0.6,
        },
    ),
    "joyful": Profile(
        easings=_EVEN,
        moves={Move.DOLLY_ZOOM: 0.0, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5},
        numbers={"speed": 0.8, "brightness": 0.25, "saturation": 0.4, "warmth": 0.25, "vignette": 0.0},
    ),
    "sad": Profile(
        easings=_GENTLE,
        moves={Move.PULL_OUT: 2.0, Move.TILT_DOWN: 1.5, Move.DOLLY_ZOOM: 0.0},
        numbers={"speed": 0.2, "saturation": -0.45, "brightness": -0.2, "warmth": -0.2, "vignette": 0.4},
    ),
    "nostalgic": Profile(
        easings=_GENTLE,
        moves={Move.PUSH_IN: 2.0, Move.DOLLY_ZOOM: 0.0},
        numbers={"speed": 0.25, "saturation": -0.25, "warmth": 0.45, "contrast": -0.25, "vignette": 0.5},
    ),
    "epic": Profile(
        easings=_EVEN,
        moves={Move.TILT_UP: 2.5, Move.PULL_OUT: 2.0, Move.PUSH_IN: 2.0},
        numbers={"speed": 0.55, "amount": 1.0, "contrast": 0.35, "saturation": 0.2, "vignette": 0.3},
    ),
    "mysterious": Profile(
        easings=_TENSE,
        moves={Move.PUSH_IN: 2.5, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5},
        numbers={"speed": 0.28, "brightness": -0.3, "warmth": -0.25, "contrast": 0.2, "vignette": 0.6},
    ),
    "shocking": Profile(
        easings=_SHARP,
        moves={Move.PUSH_IN: 4.0, Move.DOLLY_ZOOM: 1.5},
        numbers={"speed": 0.95, "amount": 1.0, "contrast": 0.5, "vignette": 0.4},
    ),
    "chaotic": Profile(easings=_EVEN, numbers={"speed": 0.9, "handheld": 0.8, "contrast": 0.25}),
    "romantic": Profile(
        easings=_GENTLE,
        moves={Move.PUSH_IN: 2.5, Move.ARC_LEFT: 1.5, Move.ARC_RIGHT: 1.5, Move.DOLLY_ZOOM: 0.0},
        numbers={"speed": 0.28, "warmth": 0.4, "contrast": -0.15, "vignette": 0.35},
    ),
    "lonely": Profile(
        easings=_GENTLE,
        moves={Move.PULL_OUT: 3.0, Move.DOLLY_ZOOM: 0.3},
        numbers={"speed": 0.2, "saturation": -0.3, "warmth": -0.25, "brightness": -0.1, "vignette": 0.45},
    ),
    "hopeful": Profile(
        easings=_GENTLE,
        moves={Move.TILT_UP: 3.0, Move.PUSH_IN: 1.5, Move.DOLLY_ZOOM: 0.0},
        numbers={"speed": 0.35, "brightness": 0.3, "warmth": 0.3, "saturation": 0.15},
    ),
    "sunset": Profile(
        easings=_GENTLE, numbers={"warmth": 0.7, "brightness": -0.12, "saturation": 0.25, "vignette": 0.3}
    ),
    "sunrise": Profile(
        easings=_GENTLE, moves={Move.TILT_UP: 2.0}, numbers={"warmth": 0.45, "brightness": 0.25, "saturation": 0.15}
    ),
    "night": Profile(
        easings=_GENTLE, numbers={"warmth": -0.55, "brightness": -0.65, "saturation": -0.25, "vignette": 0.55}
    ),
    "winter": Profile(easings=_GENTLE, numbers={"warmth": -0.5, "saturation": -0.3, "brightness": 0.12}),
    "summer": Profile(easings=_EVEN, numbers={"warmth": 0.35, "saturation": 0.3, "brightness": 0.2}),
    "autumn": Profile(
        easings=_GENTLE, numbers={"warmth": 0.45, "saturation": 0.1, "brightness": -0.08, "vignette": 0.3}
    ),
    "spring": Profile(easings=_EVEN, numbers={"saturation": 0.25, "brightness": 0.2}),
    "stormy": Profile(
        easings=_TENSE,
        numbers={
            "speed": 0.6,
            "warmth": -0.35,
            "brightness": -0.4,
            "contrast": 0.4,
            "saturation": -0.3,
            "handheld": 0.25,
        },
    ),
}

KINDRED: dict[str, str] = table(
    (
        (
            (
                "calm, peaceful, peace, serene, tranquil, quiet, relaxed, relaxing, soothing, restful, "
                "meditative, zen, stillness, silent, silence, cosy, cozy"
            ),
            "calm",
        ),
        (
            (
                "dreamy, dreamlike, dream, ethereal, surreal, hazy dream, floating, magical, magic, fairytale, "
                "enchanted, otherworldly, half remembered, reverie"
            ),
            "dreamy",
        ),
        (
            (
                "tense, tension, suspense, ominous, menacing, menace, threatening, scary, horror, eerie, creepy, "
                "sinister, uneasy, unease, dread, about to happen, foreboding, thriller, fear, danger"
            ),
            "tense",
        ),
        (
            (
                "joyful, joy, happy, happiness, cheerful, playful, fun, lively, celebration, festive, party, "
                "upbeat, excited, exciting, carefree, laughing"
            ),
            "joyful",
        ),
        (
            (
                "sad, sadness, melancholy, melancholic, sorrow, sorrowful, grief, mournful, wistful, gloomy, "
                "somber, sombre, heartbroken, bleak, despair, farewell, goodbye"
            ),
            "sad",
        ),
        (
            (
                "nostalgic, nostalgia, memory, memories, vintage, retro, childhood, remembered, old times, "
                "bittersweet, faded memory, last day"
            ),
            "nostalgic",
        ),
        (
            (
                "epic, majestic, grand, awe, awesome, heroic, monumental, cinematic, vast, sublime, triumphant, "
                "powerful, glorious, breathtaking, dramatic"
            ),
            "epic",
        ),
        ("mysterious, mystery, enigmatic, secret, haunting, haunted, strange, uncanny, ghostly, gothic", "mysterious"),
        ("shocking, shock, explosive, explosion, bang, startling, sudden fear, impact, violent, punch", "shocking"),
        ("chaotic, chaos, frantic, panic, restless, nervous, hectic, frenzied, wild, chase, drunk, dizzy", "chaotic"),
        ("romantic, love, tender, intimate, intimacy, loving, affection, wedding, affectionate, longing", "romantic"),
        ("lonely, loneliness, alone, isolated, abandoned, empty, desolate, forgotten", "lonely"),
        ("hopeful, hope, inspiring, uplifting, optimistic, wonder, wondrous, new beginning, aspiring", "hopeful"),
        ("sunset, golden hour, evening, evening sun, low sun, last light, sundown", "sunset"),
        ("sunrise, dawn, morning, daybreak, first light", "sunrise"),
        ("night, midnight, nighttime, nocturnal, moonlight, nightfall", "night"),
        ("winter, snow, snowy, frost, frosty, frozen, snowflake, wintry", "winter"),
        ("summer, beach, tropical, sunshine, summery", "summer"),
        ("autumn, fall colours, autumnal, october", "autumn"),
        ("spring, blossom, blooming", "spring"),
        ("stormy, storm, thunder, thunderstorm, tempest, raging, windy, rainy, rain", "stormy"),
    )
)
