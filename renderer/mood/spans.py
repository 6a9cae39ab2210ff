"""The numbers of a direction: their limits, and how far the seed takes them."""

from dataclasses import dataclass, fields

from renderer.contract.direction import Life, Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a number is when nobody asks, its limits, and how far the seed takes it: by itself, and for its size."""

    neutral: float = 0.0
    low: float = 0.0
    high: float = 1.0
    spread: float = 0.0
    share: float = 0.0  # of what it is: so nothing stays nothing


LIFE = tuple(field.name for field in fields(Life))
AIR = tuple(field.name for field in fields(Weather))
LIGHTS = ("day", "sweep", "shadow", "glow", "candle", "neon")
COLOURS = ("warmth", "brightness", "saturation", "contrast", "vignette")

NUMBERS = {
    "amount": Span(neutral=0.85, low=0.3, spread=0.15),
    "speed": Span(neutral=0.45, spread=0.12),
    "handheld": Span(share=0.25),
    "lean_x": Span(low=-1.0, spread=0.9),
    "lean_y": Span(low=-1.0, spread=0.6),
    "focus": Span(low=-1.0, share=0.25),
    "warmth": Span(low=-1.0, spread=0.14),
    "brightness": Span(low=-1.0, spread=0.1),
    "saturation": Span(low=-1.0, spread=0.12),
    "contrast": Span(low=-1.0, spread=0.1),
    "vignette": Span(neutral=0.15, spread=0.1),
    "grain": Span(share=0.3),
    **dict.fromkeys(LIFE, Span(share=0.25)),
    **dict.fromkeys((*AIR, *LIGHTS), Span(share=0.3)),
}
