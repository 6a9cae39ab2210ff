"""Light and colours in words."""

from renderer.contract.direction import Direction, Reading
from renderer.contract.direction import Side as From
from renderer.engines.diffusion.language.degrees import NOTICED, Course, Steps, both_ways, turning, worded

# The seed alone takes warmth and colours up to 0.14 from the still's own: that is not worth a word.
WARMER: Steps = ((0.2, "slightly warmer"), (0.4, "warm and golden"), (0.75, "a deep candle orange"))
COOLER: Steps = ((0.2, "slightly cooler"), (0.4, "cool and blue"), (0.75, "a deep moonlit blue"))
BRIGHTER: Steps = ((0.15, "a little brighter"), (0.4, "much brighter"), (0.75, "glaring"))
DARKER: Steps = ((0.15, "a little darker"), (0.4, "as dim as dusk"), (0.65, "as dark as night"))
RICHER: Steps = ((0.25, "slightly richer"), (0.5, "vivid"))
PALER: Steps = ((0.25, "slightly paler"), (0.45, "washed out"), (0.85, "black and white"))
HARDER: Steps = ((0.25, "slightly harder"), (0.5, "hard"))
SOFTER: Steps = ((0.25, "slightly softer"), (0.5, "soft and flat"))
CORNERS: Steps = ((0.4, "The corners of the frame darken slightly."), (0.65, "The corners of the frame darken."))
GRAIN: Steps = ((0.2, "Fine film grain moves over the picture."), (0.6, "Coarse film grain moves over the picture."))
STRENGTH: Steps = ((NOTICED, "faint "), (0.35, ""), (0.75, "strong "))
HOW: Steps = ((NOTICED, " faintly"), (0.35, ""), (0.75, " strongly"))
SIDES = {From.LEFT: "the left", From.RIGHT: "the right", From.ABOVE: "above", From.BELOW: "below"}


def light_sentences(direction: Direction, reading: Reading, course: Course) -> list[str]:
    """Where the light drifts to, and what it does on the way."""
    light = direction.light
    drift = [both_ways(light.warmth, WARMER, COOLER), both_ways(light.brightness, BRIGHTER, DARKER)]
    return [
        sentence
        for sentence in (turning("The light", drift, course), *passing(direction, reading).values())
        if sentence
    ]


def passing(direction: Direction, reading: Reading) -> dict[str, str]:
    """What the light does on the way, by the field's name; all of it comes and goes by itself."""
    light = direction.light
    side = f" from {SIDES[reading.light_from]}" if reading.light_from else ""
    lights = "The lights" if reading.lamps else "The bright parts"
    found = {
        "day": (light.day, "Hours pass: the light swells and sinks again, from dawn to dusk."),
        "sweep": (light.sweep, f"A {worded(light.sweep, STRENGTH)}beam of light sweeps across{side}."),
        "shadow": (light.shadow, f"The {worded(light.shadow, STRENGTH)}shadow of a cloud passes over the scene."),
        "glow": (light.glow, f"{lights} bloom{worded(light.glow, HOW)}."),
        "candle": (light.candle, f"The light flickers{worded(light.candle, HOW)} like that of a candle."),
        "neon": (light.neon, f"The light stutters{worded(light.neon, HOW)} like a faulty neon tube."),
    }
    return {name: sentence for name, (value, sentence) in found.items() if value >= NOTICED}


def look_sentences(direction: Direction, course: Course) -> list[str]:
    """How the colours end up."""
    grade = direction.grade
    colours = turning("The colour", [both_ways(grade.saturation, RICHER, PALER)], course)
    contrast = turning("The contrast", [both_ways(grade.contrast, HARDER, SOFTER)], course)
    return [
        sentence
        for sentence in (colours, contrast, worded(grade.vignette, CORNERS), worded(grade.grain, GRAIN))
        if sentence
    ]
