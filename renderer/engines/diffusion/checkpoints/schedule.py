"""The times that a pipeline's steps would be made at, looked at before any is made.

Schedulers round their times to whole numbers, so that many steps, or a strong shift, make two alike; they find the
place of the first step by its time, take the second for it, and run out of times at the last step, an hour later.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, cast

from diffusers.pipelines.ltx import pipeline_ltx_condition
from numpy import linspace

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.spec import Family, Option
from renderer.models.networks import first_line

_like_ltx = cast("Any", pipeline_ltx_condition).linear_quadratic_schedule  # untyped


def check_schedule(scheduler: Any, family: Family, steps: int, options: Mapping[str, Option], name: str) -> None:
    """Raise `BadModelError` where the scheduler has no falling times for so many steps of such a pipeline's call."""
    planned = deepcopy(scheduler)
    try:
        planned.set_timesteps(**ARGUMENTS[family](planned, steps, options))
    except (ValueError, TypeError, IndexError, RuntimeError) as error:
        why = f"its scheduler has no times for {steps} steps: {first_line(error)}"
        raise BadModelError(name=name, why=why) from error
    alike = place_of_stop(planned.timesteps.tolist())
    if alike is not None:
        why = f"of the times of its {len(planned.timesteps)} steps, those of {alike} and {alike + 1} do not fall; "
        raise BadModelError(name=name, why=why + "name fewer steps, a smaller flow_shift or other times")


def place_of_stop(times: Sequence[float]) -> int | None:
    """The first step, counted from 1, after which the time does not fall; None where it always does."""
    return next((place for place, (now, later) in enumerate(pairwise(times), start=1) if later >= now), None)


def _plain(_scheduler: Any, steps: int, _options: Mapping[str, Option]) -> dict[str, Any]:
    return {"num_inference_steps": steps}


def _ltx(_scheduler: Any, steps: int, options: Mapping[str, Option]) -> dict[str, Any]:
    """As `LTXConditionPipeline` does it."""
    return {"timesteps": options.get("timesteps") or _like_ltx(steps) * 1000}


def _ltx2(scheduler: Any, steps: int, options: Mapping[str, Option]) -> dict[str, Any]:
    """As `LTX2ConditionPipeline` does it, for the largest picture: that shifts the times most."""
    sigmas = options.get("sigmas") or linspace(1.0, 1 / steps, steps)
    return {"sigmas": sigmas, "mu": scheduler.config.get("max_shift", 2.05)}


ARGUMENTS: dict[Family, Callable[[Any, int, Mapping[str, Option]], dict[str, Any]]] = {
    Family.WAN: _plain,
    Family.VACE: _plain,
    Family.SVD: _plain,
    Family.LTX: _ltx,
    Family.LTX2: _ltx2,
}
