"""`python -m renderer render`: a clip without bot or Redis, and the child of one."""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
from rich.console import Console
from rich.progress import Progress

from renderer.cli.files import check_writable, read_file, write_whole
from renderer.cli.refusals import RefusedError
from renderer.clips.neighbour import end_frames
from renderer.clips.studio import Clip, Studio, open_still
from renderer.contract.abilities import ABILITIES, model_name
from renderer.contract.errors import BadJobError
from renderer.contract.job import Phase, Report
from renderer.contract.lineage import ACTIONS, animate, seed_of_mood
from renderer.contract.shot import Action, Beat, Shot
from renderer.engines import models_of
from renderer.engines.engine import CallSheet, OnProgress, Rgb
from renderer.programs.canonical import Still
from renderer.settings import Settings

COUNTED = {Phase.STEPS, Phase.FRAMES}  # phases whose length is known
FIRST_ONLY = ("seed", "seconds", "size", "loop", "anchor", "engine", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be rendered, and from what."""

    shot: Shot
    still: Still
    still_path: Path
    neighbour_path: Path | None = None  # of the clip beside the joint, if the shot goes on from one and it is known
    model_setting: str = ""  # the model as the operator named it: a row or a folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What a report file says of a take, and where its files lay."""

    report: Report
    still_path: Path
    clip_path: Path | None  # the last three are not in old reports
    neighbour_path: Path | None
    model_setting: str


def render_by_hand(arguments: Namespace, settings: Settings) -> None:
    """Render what the command line asks for. Raises `RefusedError` or an `UnstillError`, and writes nothing then."""
    started = time.time() - psutil.Process().create_time()
    for target in (arguments.out, arguments.report):
        check_writable(target)
    begun = perf_counter()
    order = child_order(arguments) if arguments.parent else first_order(arguments, settings)
    pixels = open_still(order.still.png, order.still.sha256)
    decoding = perf_counter() - begun
    neighbour = neighbouring(order)
    models = models_of(settings, order.shot.engine, order.model_setting)
    with progress_bar() as on_progress:
        clip = Studio(models).shoot(order.shot, pixels, CallSheet(neighbour=neighbour, tell=on_progress))
    write_whole(arguments.out, clip.mp4)
    if arguments.report:
        report = report_json(_timed(clip, started, decoding), order, arguments.out)
        write_whole(arguments.report, report.encode())


def first_order(arguments: Namespace, settings: Settings) -> Order:
    """A shot from scratch. Without a seed the same still and mood give the same clip."""
    if arguments.still is None:
        raise RefusedError("say which still to render: render STILL MOOD -o OUT.mp4")
    if arguments.action or arguments.words:
        raise RefusedError("--action and --words are for the child of a take: give its report with --from")
    still = read_file(arguments.still)
    mood = arguments.mood or ""
    seed = seed_of_mood(still.sha256, mood) if arguments.seed is None else arguments.seed
    beat = Beat(mood=mood, seed=seed, **given(arguments, "seconds", "anchor"))
    engine, setting = arguments.engine or settings.engine, lasting(arguments.model or settings.model)
    shot = Shot(
        still=still.sha256,
        line=(beat,),
        engine=engine,
        model=model_name(engine, setting),
        **given(arguments, "size", "loop"),
    )
    return Order(shot=shot, still=still, still_path=arguments.still, model_setting=setting)


def lasting(setting: str) -> str:
    """The setting of a model as it holds in any working folder: a folder by its whole path, a row as it is."""
    from renderer.engines.diffusion.checkpoints.finding import split  # noqa: PLC0415
    from renderer.engines.diffusion.checkpoints.rows import MODELS  # noqa: PLC0415

    name, _ = split(setting)
    folder = Path(name).expanduser()
    return setting if not name or name in MODELS or not folder.is_dir() else f"{folder.resolve()}{setting[len(name) :]}"


def child_order(arguments: Namespace) -> Order:
    """The child of the take that a report describes."""
    if arguments.action is None:
        raise RefusedError("say what to do with the take: --action " + "|".join(ACTIONS))
    if extra := given(arguments, "mood", *FIRST_ONLY):
        raise RefusedError(f"a child takes {', '.join(extra)} from its parent: say what to change with --words")
    parent = read_report(arguments.parent)
    path = arguments.moved_still or arguments.still or parent.still_path
    still = read_file(path)
    shot = parent.report.shot
    if still.sha256 != shot.still:
        raise RefusedError(f"{path} is not the still of {arguments.parent}")
    take = animate(shot, press=shot.to_json())
    child = ACTIONS[Action(arguments.action)](take, arguments.press, arguments.words)
    return Order(
        shot=child.shot,
        still=still,
        still_path=path,
        neighbour_path=parent.clip_path if child.shot.neighbour == take.id else parent.neighbour_path,
        model_setting=parent.model_setting,
    )


def neighbouring(order: Order) -> tuple[Rgb, ...]:
    """The frames beside the joint, for engines that look at them."""
    shot, path = order.shot, order.neighbour_path
    abilities = ABILITIES.get(shot.engine)
    if shot.neighbour is None or abilities is None or not abilities.neighbour:
        return ()
    if path is None:
        raise RefusedError("the parent's report does not say where its clip is: render the parent again with --report")
    try:
        return end_frames(path.read_bytes(), shot.beat.anchor)
    except OSError as error:
        raise RefusedError(f"cannot read {path}, the clip that this one meets: {error.strerror}") from error


def given(arguments: Namespace, *names: str) -> dict[str, Any]:
    """Those of the options that are on the command line."""
    return {name: value for name in names if (value := getattr(arguments, name)) is not None}


def read_report(path: Path) -> Parent:
    """A report, and where the take's files lie."""
    try:
        fields = json.loads(path.read_bytes())
        own = {name: fields.pop(name, None) for name in ("still_path", "clip_path", "neighbour_path", "model_setting")}
        return Parent(
            report=Report.from_json(json.dumps(fields)),
            still_path=Path(own["still_path"]),
            clip_path=Path(own["clip_path"]) if own["clip_path"] else None,
            neighbour_path=Path(own["neighbour_path"]) if own["neighbour_path"] else None,
            model_setting=str(own["model_setting"] or ""),
        )
    except OSError as error:
        raise RefusedError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, TypeError, AttributeError, BadJobError) as error:
        raise RefusedError(f"{path} is not a report: {error}") from error


def report_json(report: Report, order: Order, clip_path: Path) -> str:
    """The report, and where the take's files lie, so that `--from` finds them."""
    fields = json.loads(report.to_json()) | {
        "still_path": str(order.still_path.resolve()),
        "clip_path": str(clip_path.resolve()),
        "neighbour_path": str(order.neighbour_path) if order.neighbour_path else None,
        "model_setting": order.model_setting,
    }
    return json.dumps(fields, indent=2, ensure_ascii=False) + "\n"


def _timed(clip: Clip, started: float, decoding: float) -> Report:
    seconds = clip.report.seconds
    seconds = replace(
        seconds, start=started + seconds.start, read=decoding + seconds.read, total=decoding + seconds.total
    )
    return replace(clip.report, seconds=seconds)


@contextmanager
def progress_bar() -> Generator[OnProgress]:
    """A bar on the terminal, if stderr is one."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("", total=None)

        def show(phase: Phase, done: int, total: int) -> None:
            progress.update(bar, description=phase, completed=done, total=total if phase in COUNTED else None)

        yield show
