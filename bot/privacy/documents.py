"""What is told of a member as JSON, in documents of a size that can be sent."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

INDENTED = 4  # bytes by which a line of a row is longer in its document, at most: it stands three deep, with a comma


def documents(told: Mapping[str, Any], most: int) -> list[bytes]:
    """All of it in one document, or in several of at most so many bytes: then each has some rows of the lists."""
    whole = _written(told)
    if len(whole) <= most:
        return [whole]
    parts = [_emptied(told)]
    used = bare = len(_written(parts[0]))
    for place, row in _rows(told):
        size = _size(row)
        if used + size > most and used > bare:
            parts.append(_emptied(told))
            used = bare
        _list_at(parts[-1], place).append(row)
        used += size
    return [_written(part) for part in parts]


def _rows(told: Mapping[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every row of every list, with the names that lead to its list."""
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _rows(cast("dict[str, Any]", value), (*place, name))
        elif isinstance(value, list):
            yield from (((*place, name), row) for row in cast("list[Any]", value))


def _emptied(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the lists' rows."""
    bare: dict[str, Any] = {}
    for name, value in told.items():
        bare[name] = _emptied(cast("dict[str, Any]", value)) if isinstance(value, dict) else value
        if isinstance(value, list):
            bare[name] = []
    return bare


def _list_at(document: dict[str, Any], place: tuple[str, ...]) -> list[Any]:
    here: Any = document
    for name in place:
        here = here[name]
    return here


def _size(row: object) -> int:
    """Bytes that a row takes in a document, at most."""
    written = _written(row)
    return len(written) + INDENTED * (written.count(b"\n") + 1)


def _written(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()
