"""The drift of light and colour, as a graded photograph drifts: neutral leaves every pixel as it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Light and colour at one moment; all 0 is the still's own. Ranges as in `direction.Light` and `Grade`."""

    warmth: float = 0.0
    brightness: float = 0.0
    saturation: float = 0.0
    contrast: float = 0.0
    vignette: float = 0.0
    grain: float = 0.0
    glow: float = 0.0
    candle: float = 0.0
    neon: float = 0.0
    sweep: float = 0.0
    shadow: float = 0.0


NEUTRAL = Look()
