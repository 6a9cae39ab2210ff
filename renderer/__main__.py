"""`python -m renderer`: clips by hand, models, or a worker. Bad input: one line on stderr, exit status 2."""

import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from renderer.cli.refusals import RefusedError, complaint
from renderer.contract.errors import UnstillError
from renderer.contract.lineage import ACTIONS
from renderer.contract.logs import set_up
from renderer.contract.shot import SECONDS, SHORT_SIDES, Anchor
from renderer.settings import Settings

REFUSAL_LIMIT = 500  # characters


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say it in one line; argparse would print the usage too."""
        refuse(message)


def main() -> None:
    """Do what the command line says."""
    arguments = parser().parse_args()
    settings = read_settings()
    set_up(settings.log, settings.log_style)
    try:
        arguments.command(arguments, settings)
    except RefusedError as refusal:
        refuse(str(refusal))
    except UnstillError as error:
        refuse(complaint(error))
    except ValidationError as error:
        refuse(fault(error))


def refuse(sentence: str) -> NoReturn:
    """End with one line on stderr, whatever was said that it repeats."""
    line = " ".join(f"renderer: {sentence}".split())
    shown = line if len(line) <= REFUSAL_LIMIT else f"{line[:REFUSAL_LIMIT]}…"
    print("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown), file=sys.stderr)
    raise SystemExit(2)


def say(text: str) -> None:
    """Print what was asked for. A reader who has gone away ends the program quietly."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        raise SystemExit(0) from None
    except OSError as error:
        refuse(f"cannot write to standard output: {error.strerror}")


def read_settings() -> Settings:
    """The environment's settings; what is wrong with them is said in one line."""
    try:
        return Settings()
    except ValidationError as error:
        refuse(fault(error))


def fault(error: ValidationError) -> str:
    """The first of the values that are not as they should be."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{first['loc'][0]}: {first['msg']}"


def render(arguments: Namespace, settings: Settings) -> None:
    """`render`: a clip on disk."""
    from renderer.cli.render import render_by_hand  # noqa: PLC0415  Pillow, PyAV and OpenCV wait till here

    render_by_hand(arguments, settings)


def judge(arguments: Namespace, _settings: Settings) -> None:
    """`judge`: a clip's measures, as JSON on stdout."""
    from renderer.cli.judge import judge_by_hand  # noqa: PLC0415  as for `render`

    say(judge_by_hand(arguments.clip, arguments.still))


def direct(arguments: Namespace, settings: Settings) -> None:
    """`direct`: JSON lines on stdin, what they would be made of as JSON lines on stdout."""
    from renderer.cli.direct import direct_by_hand, lines_of  # noqa: PLC0415  as for `render`

    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  it is where the program was started without
        refuse("moods are read from standard input, which is closed")
    for answer in direct_by_hand(arguments.still, lines_of(sys.stdin.buffer), settings):
        say(answer)


def read(arguments: Namespace, settings: Settings) -> None:
    """`read`: what is read in a still, in words, drawn over it, and as masks."""
    from renderer.cli.read import read_by_hand  # noqa: PLC0415  as for `render`

    say(read_by_hand(arguments.still, arguments.out, arguments.masks, settings))


def worker(_arguments: Namespace, settings: Settings) -> None:
    """`worker`: takes from Redis, until told to stop."""
    if settings.redis_url is None:
        refuse("set REDIS_URL to the Redis that the bot uses, such as redis://:password@host:6379/0")
    from renderer.engines import models_of  # noqa: PLC0415
    from renderer.worker.serve import connect, serve  # noqa: PLC0415

    try:
        redis = connect(settings.redis_url.get_secret_value())
    except ValueError as error:
        refuse(f"REDIS_URL is not the address of a Redis: {error}")
    raise SystemExit(serve(redis, settings.engine, models_of(settings, settings.engine, settings.model)))


def fetch(arguments: Namespace, settings: Settings) -> None:
    """`fetch`: a model into the local cache."""
    from renderer.cli.fetch import fetch, fetch_row  # noqa: PLC0415
    from renderer.engines.diffusion.checkpoints.finding import split  # noqa: PLC0415
    from renderer.engines.diffusion.checkpoints.rows import MODELS  # noqa: PLC0415

    name = arguments.name or settings.depth_model
    if not name:
        refuse(f"say what to fetch: depth-anything/Depth-Anything-V2-Small-hf, {', '.join(MODELS)}")
    logging.getLogger().setLevel(logging.WARNING)  # the hub's client tells each request; its bars say enough
    row, profile_name = split(name)
    if row in MODELS:
        print(f"{row} is under the licence {MODELS[row].licence}. {MODELS[row].duty}", file=sys.stderr)
        say(str(fetch_row(MODELS[row], profile_name)))
    else:
        say(str(fetch(name)))


def models(_arguments: Namespace, _settings: Settings) -> None:
    """`models`: what the diffusion engine can run, and what of it can run here."""
    from renderer.cli.models import entries, plain_or_not, show  # noqa: PLC0415
    from renderer.models.card import find_card  # noqa: PLC0415

    card = find_card()
    show(plain_or_not(), card, entries(card))


def parser() -> ArgumentParser:
    """The command line, as `docs` and checks rely on it."""
    top = _Parser(prog="python -m renderer", description="Set a photograph moving, or serve a bot that does.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_render(commands.add_parser("render", help="render a clip by hand"))
    judging = commands.add_parser("judge", help="measure a clip")
    judging.set_defaults(command=judge)
    judging.add_argument("clip", type=Path, metavar="CLIP")
    judging.add_argument("--still", type=Path, metavar="STILL", help="the picture that it was made from")
    directing = commands.add_parser("direct", help="say what moods would be made of over a still; nothing is rendered")
    directing.set_defaults(command=direct)
    directing.add_argument(
        "still", type=Path, metavar="STILL", help="the picture; on stdin, a line of JSON for each mood"
    )
    _add_read(commands.add_parser("read", help="say what is read in a still, and draw it; nothing is rendered"))
    serving = commands.add_parser("worker", help="render a bot's takes; REDIS_URL says where they come from")
    serving.set_defaults(command=worker)
    fetching = commands.add_parser("fetch", help="download a model; nothing else here ever downloads one")
    fetching.set_defaults(command=fetch)
    fetching.add_argument(
        "name",
        nargs="?",
        metavar="MODEL",
        help="a row that `models` lists, or a depth model's Hugging Face id; else UNSTILL_DEPTH_MODEL's",
    )
    listing = commands.add_parser("models", help="list the models of the diffusion engine, and what runs here")
    listing.set_defaults(command=models)
    return top


def _add_render(command: ArgumentParser) -> None:
    command.set_defaults(command=render)
    command.add_argument("still", type=Path, nargs="?", metavar="STILL", help="the picture")
    command.add_argument("mood", nargs="?", metavar="MOOD", help="how it shall feel, in plain words")
    command.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.mp4")
    command.add_argument("--report", type=Path, metavar="FILE.json", help="write what was read, decided and measured")
    command.add_argument("--seed", type=between(int, 0, 2**48 - 1), metavar="N")
    command.add_argument("--seconds", type=between(float, *SECONDS), metavar="S")
    command.add_argument("--size", type=between(int, *SHORT_SIDES), metavar="SHORT_SIDE")
    command.add_argument("--loop", action="store_true", default=None)
    command.add_argument("--anchor", choices=[str(anchor) for anchor in Anchor])
    command.add_argument("--engine", metavar="NAME")
    command.add_argument("--model", metavar="ROW_OR_FOLDER")
    child = command.add_argument_group("the child of a take")
    child.add_argument("--still", dest="moved_still", type=Path, metavar="PATH", help="the still, if it has moved")
    child.add_argument("--from", dest="parent", type=Path, metavar="REPORT.json", help="the parent's report")
    child.add_argument("--action", choices=[str(action) for action in ACTIONS])
    child.add_argument("--words", default="", metavar='"…"', help="what to add, such as: slower, warmer")
    child.add_argument("--press", default="1", metavar="N", help="another press makes another child")


def _add_read(command: ArgumentParser) -> None:
    command.set_defaults(command=read)
    command.add_argument("still", type=Path, metavar="STILL", help="the picture")
    command.add_argument("-o", dest="out", type=Path, metavar="SHEET.png", help="draw what was read over the still")
    command.add_argument(
        "--masks", type=Path, metavar="OUT.npz", help="write sky, clouds, water, plants, lamps, drawing as NumPy arrays"
    )


def between(kind: type[int] | type[float], least: float, most: float) -> Callable[[str], float]:
    """An argument type that refuses what lies outside."""

    def number(text: str) -> float:
        value = kind(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    number.__name__ = f"number from {least:g} to {most:g}"
    return number


if __name__ == "__main__":
    main()
