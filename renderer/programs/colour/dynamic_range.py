"""Pictures with light brighter than paper (PQ, HLG), dimmed to what an ordinary display shows, through one table.

White as BT.2408 has it, 203 nits, is white wherever the picture has nothing brighter. Where it has, what lies above six
tenths of white is compressed so that the picture's brightest light just fits: hues stay, and what is darker does not
move.
"""

from collections.abc import Callable
from math import exp

from PIL import ImageFilter

from renderer.programs.colour.spaces import Curve, Row, Space, light_to_xyz

WHITE_NITS = 203.0  # BT.2408: the reference white of graphics, for PQ and HLG
HLG_NITS = 1000.0  # the display that HLG is defined for (BT.2100)
HLG_GAMMA = 1.2
KNEE = 0.6  # of white's light: about 203 of sRGB's 255. With it white stays above 230 whatever is brighter
NODES = 33  # of the table's axes: between them curves are straight within 1/255


def dimming(space: Space, brightest: float) -> ImageFilter.Color3DLUT:
    """The table for a picture whose largest number is `brightest` (0 to 1): from its numbers to those of sRGB's curve.

    Its three lights stay what they are: a table that mixed them too would be wrong between its nodes.
    """
    shown = _display(space)
    peak = max(shown((brightest, brightest, brightest)))
    axis = [index / (NODES - 1) for index in range(NODES)]

    def dimmed(red: float, green: float, blue: float) -> Row:
        return _each(_fitted(shown((red, green, blue)), peak), srgb_number)

    return ImageFilter.Color3DLUT(NODES, [part for b in axis for g in axis for r in axis for part in dimmed(r, g, b)])


def _display(space: Space) -> Callable[[Row], Row]:
    """What makes light of numbers: linear, 1 = reference white."""
    if space.curve is Curve.PQ:
        return lambda numbers: _each(numbers, lambda number: pq_nits(_stretched(number, space)) / WHITE_NITS)
    luminance = light_to_xyz(space.primaries)[1]

    def hlg(numbers: Row) -> Row:
        scene = _each(numbers, lambda number: hlg_scene(_stretched(number, space)))
        bright = sum(part * light for part, light in zip(luminance, scene, strict=True))
        return _each(scene, lambda part: HLG_NITS * part * bright ** (HLG_GAMMA - 1) / WHITE_NITS)

    return hlg


def pq_nits(number: float) -> float:
    """SMPTE ST 2084's curve."""
    power = number ** (32 / 2523)
    return 10_000 * (max(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power)) ** (16384 / 2610)


def hlg_scene(number: float) -> float:
    """HLG's curve: a number to the scene's light, 0 to 1 (BT.2100, table 5)."""
    if number <= 0.5:
        return number * number / 3
    return (exp((number - 0.55991073) / 0.17883277) + 0.28466892) / 12


def _stretched(number: float, space: Space) -> float:
    return number if space.full else min(max((number * 255 - 16) / 219, 0.0), 1.0)


def _fitted(light: Row, peak: float) -> Row:
    """Light dimmed as a whole where it is too bright."""
    largest = max(light)
    if largest <= KNEE:
        return light
    dimmed = shoulder(largest, max(peak, 1.0)) / largest
    return _each(light, lambda part: part * dimmed)


def shoulder(light: float, peak: float) -> float:
    """Light above the knee, compressed so that `peak` becomes 1: slope 1 at the knee, no change where `peak` is 1."""
    if light <= KNEE:
        return light
    above, room = (light - KNEE) / (1 - KNEE), (peak - KNEE) / (1 - KNEE)
    return KNEE + (1 - KNEE) * above * (1 + above / room**2) / (1 + above)


def srgb_number(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _each(row: Row, change: Callable[[float], float]) -> Row:
    first, second, third = row
    return change(first), change(second), change(third)
