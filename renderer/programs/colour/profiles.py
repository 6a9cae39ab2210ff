"""ICC profiles: one made of a space, and the space that one may name (its `cicp` tag, ICC.1:2022, 9.2.17)."""

import struct

from renderer.programs.colour.spaces import D50_XYZ, Curve, Row, Space, between, by_cicp, transposed

SRGB_PARAMETERS = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
MOST_TAGS = 100


def profile_of(space: Space) -> bytes:
    """A display's profile with the space's lights and curve. Raises ArithmeticError for lights that cannot be."""
    red, green, blue = transposed(between(space.primaries, D50_XYZ))
    curve = _curve(space.curve)
    tags = {b"wtpt": _xyz(D50_XYZ), b"rXYZ": _xyz(red), b"gXYZ": _xyz(green), b"bXYZ": _xyz(blue)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value
    return _header(len(table) + len(body)) + table + body


def named_space(profile: bytes) -> Space | None:
    """The space that a profile names by numbers beside its curves; None where it names none."""
    count = int.from_bytes(profile[128:132], "big")
    for at in range(132, 132 + 12 * min(count, MOST_TAGS), 12):
        if profile[at : at + 4] == b"cicp":
            start = int.from_bytes(profile[at + 4 : at + 8], "big")
            said = profile[start + 8 : start + 12]
            return by_cicp(said[0], said[1], full=bool(said[3])) if len(said) == 4 else None
    return None


def _header(size: int) -> bytes:
    return (
        struct.pack(">I4sI4s4s4s", 128 + size, b"\0\0\0\0", 0x04300000, b"mntr", b"RGB ", b"XYZ ")
        + bytes(12)
        + b"acsp"
        + bytes(28)
        + b"".join(map(_fixed, D50_XYZ))
        + bytes(48)
    )


def _curve(curve: Curve | float) -> bytes:
    kind, numbers = (3, SRGB_PARAMETERS) if isinstance(curve, Curve) else (0, (curve,))
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + b"".join(map(_fixed, numbers))


def _xyz(row: Row) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, row))


def _fixed(value: float) -> bytes:
    """Raises ArithmeticError (or struct.error) where the value is none that a profile can hold."""
    return struct.pack(">i", round(value * 65536))
