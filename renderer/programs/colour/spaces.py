"""A space of colours as PNG's chunks and CICP (ITU-T H.273) say it: what its three lights are, and what a number means.

Light is linear and in XYZ with Y = 1 for white, unless a function says nits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]  # x and y of a chromaticity
Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]

D65: Point = (0.3127, 0.3290)
D50_XYZ: Row = (0.9642, 1.0, 0.8249)  # where ICC profiles meet
BRADFORD: Matrix = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


class Curve(StrEnum):
    """How numbers become light, where it is no plain power."""

    SRGB = "srgb"
    PQ = "pq"  # SMPTE ST 2084: absolute, up to 10,000 nits
    HLG = "hlg"  # ARIB STD-B67


@dataclass(frozen=True, slots=True, kw_only=True)
class Primaries:
    """The three lights and their white."""

    red: Point
    green: Point
    blue: Point
    white: Point = D65


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """What a picture's numbers mean."""

    primaries: Primaries
    curve: Curve | float  # a float is the power that makes light of a number
    full: bool = True  # False: 16 is black and 235 white

    @property
    def is_hdr(self) -> bool:
        return self.curve in {Curve.PQ, Curve.HLG}


BT709 = Primaries(red=(0.64, 0.33), green=(0.30, 0.60), blue=(0.15, 0.06))
P3 = Primaries(red=(0.680, 0.320), green=(0.265, 0.690), blue=(0.150, 0.060))
BT601 = Primaries(red=(0.630, 0.340), green=(0.310, 0.595), blue=(0.155, 0.070))
SRGB = Space(primaries=BT709, curve=Curve.SRGB)

# H.273, table 2. 2 is "unspecified", which is what the web takes for sRGB.
PRIMARIES: dict[int, Primaries] = {
    1: BT709,
    2: BT709,
    4: Primaries(red=(0.67, 0.33), green=(0.21, 0.71), blue=(0.14, 0.08), white=(0.310, 0.316)),
    5: Primaries(red=(0.64, 0.33), green=(0.29, 0.60), blue=(0.15, 0.06)),
    6: BT601,
    7: BT601,
    8: Primaries(red=(0.681, 0.319), green=(0.243, 0.692), blue=(0.145, 0.049), white=(0.310, 0.316)),
    9: Primaries(red=(0.708, 0.292), green=(0.170, 0.797), blue=(0.131, 0.046)),
    11: Primaries(red=P3.red, green=P3.green, blue=P3.blue, white=(0.314, 0.351)),
    12: P3,
    22: Primaries(red=(0.630, 0.340), green=(0.295, 0.605), blue=(0.155, 0.077)),
}
# H.273, table 3. Pictures with a camera's curve (1, 6, 7, 14, 15) are meant for a display, whose curve sRGB's is near.
CURVES: dict[int, Curve | float] = {
    **dict.fromkeys((1, 2, 6, 7, 13, 14, 15), Curve.SRGB),
    4: 2.2,
    5: 2.8,
    8: 1.0,
    16: Curve.PQ,
    18: Curve.HLG,
}


def by_cicp(primaries: int, transfer: int, *, full: bool = True) -> Space | None:
    """The space of two of H.273's numbers; None where it is one that no picture is in."""
    if primaries not in PRIMARIES or transfer not in CURVES:
        return None
    return Space(primaries=PRIMARIES[primaries], curve=CURVES[transfer], full=full)


def light_to_xyz(primaries: Primaries) -> Matrix:
    """Linear RGB to XYZ, white as it is."""
    columns = [xyz(point) for point in (primaries.red, primaries.green, primaries.blue)]
    lights = transposed(columns)
    amounts = apply(inverse(lights), xyz(primaries.white))
    red, green, blue = (tuple(part * amount for part, amount in zip(row, amounts, strict=True)) for row in lights)
    return _row(red), _row(green), _row(blue)


def between(source: Primaries, target_white: Row) -> Matrix:
    """Linear RGB to XYZ, the picture's white seen as `target_white` (Bradford)."""
    ours, theirs = apply(BRADFORD, xyz(source.white)), apply(BRADFORD, target_white)
    scaled = tuple(_row(part * b / a for part in row) for row, a, b in zip(BRADFORD, ours, theirs, strict=True))
    adapt = times(inverse(BRADFORD), (scaled[0], scaled[1], scaled[2]))
    return times(adapt, light_to_xyz(source))


def xyz(point: Point) -> Row:
    """XYZ of a chromaticity at Y = 1."""
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def apply(matrix: Matrix, vector: Sequence[float]) -> Row:
    return _row(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def times(left: Matrix, right: Matrix) -> Matrix:
    columns = transposed(right)
    rows = [apply(columns, row) for row in left]
    return rows[0], rows[1], rows[2]


def transposed(rows: Sequence[Row]) -> Matrix:
    first, second, third = zip(*rows, strict=True)
    return _row(first), _row(second), _row(third)


def inverse(matrix: Matrix) -> Matrix:
    """Raises ZeroDivisionError where three lights lie on one line."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    minors = ((e * i - f * h, c * h - b * i, b * f - c * e), (f * g - d * i, a * i - c * g, c * d - a * f))
    rows = (*minors, (d * h - e * g, b * g - a * h, a * e - b * d))
    determinant = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    first, second, third = (_row(part / determinant for part in row) for row in rows)
    return first, second, third


def _row(parts: Iterable[float]) -> Row:
    first, second, third = parts
    return first, second, third
