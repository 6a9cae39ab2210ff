"""What a route answers when it is not simply 200 with JSON or 204 without."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    status: int
    body: dict | list | None
