"""Log lines for people or for machines, each with the take it is about. Bot and workers share this module; it is light.

The standard library's loggers stay: structlog formats what they say, and adds what `about` has bound.
"""

import logging
import re
import sys
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from typing import TextIO

import structlog
from structlog.contextvars import (
    bind_contextvars,
    bound_contextvars,
    clear_contextvars,
    get_contextvars,
    merge_contextvars,
)
from structlog.types import EventDict, Processor, WrappedLogger

HIDDEN = "…"
SECRETS = (
    re.compile(r"(?<=://)[^\s/@]*:[^\s/@]+(?=@)"),  # user and password of an address
    re.compile(r"\b[MNO][\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),  # a bot's token
    re.compile(r"(?<=/webhooks/)(\d+/)[\w-]{20,}"),  # an interaction's token, in an address of Discord's
    re.compile(r"(?<=/interactions/)(\d+/)[\w-]{20,}"),
)


class Style(StrEnum):
    """What a log line looks like."""

    LINES = "lines"  # for people
    JSON = "json"  # one object a line, for machines


def set_up(level: str, style: Style, stream: TextIO | None = None) -> None:
    """Have every logger of this process speak so, on stderr unless told otherwise."""
    first: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    look: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style is Style.JSON
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, look],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def about(**names: str) -> AbstractContextManager[None]:
    """Have every line of a `with` block say what it is about, such as a take."""
    return bound_contextvars(**names)


def from_now_about(**names: str) -> None:
    """The same for what is left of the task that this is called in."""
    bind_contextvars(**names)


@contextmanager
def about_nothing() -> Generator[None]:
    """Have no line of a `with` block say what was bound outside of it."""
    outside = get_contextvars()
    clear_contextvars()
    try:
        yield
    finally:
        bind_contextvars(**outside)


def without_secrets(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Hide what looks like a secret, wherever in the line it stands."""
    return {name: hidden(value) if isinstance(value, str) else value for name, value in line.items()}


def hidden(text: str) -> str:
    """A text without the secrets that may be in it."""
    for secret in SECRETS:
        text = secret.sub(lambda found: f"{found[1] if found.re.groups else ''}{HIDDEN}", text)
    return text
