"""The engine `parallax` on the whole road: what comes after begins where its parent ends, and a reel shows no seam."""

from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace

import av
import numpy as np
import pytest
from pydantic import SecretStr

from bot.rules.takes import Fate
from renderer.contract.shot import Action
from tests.conftest import running_redis
from tests.processes import WorkerProcess
from tests.stage import opened_stage

PHOTO = files("skimage") / "data" / "coffee.png"


@pytest.fixture(scope="module")
def camera(tmp_path_factory):
    """A Redis with a worker whose engine is `parallax`."""
    with running_redis() as server:
        worker = WorkerProcess(server.url, tmp_path_factory.mktemp("camera") / "log", UNSTILL_ENGINE="parallax")
        yield server.url
        worker.kill()


@pytest.fixture
async def stage(settings, camera):
    ours = {"redis_url": SecretStr(camera), "engine": "parallax"}
    async with opened_stage(settings.model_copy(update=ours)) as opened:
        yield opened


async def frames(message):
    with av.open(BytesIO(await message.attachments[0].read())) as container:
        return [frame.to_ndarray(format="rgb24").astype(np.float32) for frame in container.decode(video=0)]


def apart(one, other):
    """Mean difference in levels."""
    return float(np.abs(one - other).mean())


async def test_after_before_and_the_reel_are_seamless(stage):
    await stage.animate("push in slowly, warmer", image=(PHOTO.name, PHOTO.read_bytes()), size=480)
    (clip,) = await stage.clips(stage.thread, 1)
    for label in ("After…", "Before…"):
        form = await stage.bob.click(clip, label=label)
        await stage.bob.submit_modal(form, {"words": ""})
    await stage.clips(stage.thread, 3)
    family = await stage.family(clip)
    for record in family:
        await stage.services.store.decide(record.id, Fate.KEPT, stage.bob.id)
    shown = {record.take.action: await frames(stage.reread(SimpleNamespace(id=record.message_id))) for record in family}
    first, after, before = (shown[action] for action in (Action.ANIMATE, Action.AFTER, Action.BEFORE))
    # One frame encoded twice differs by one or two levels; half a second of motion by far more.
    assert apart(first[-1], after[0]) < 3 < apart(first[-1], first[-12]) + 3
    assert apart(before[-1], first[0]) < 3

    answer = await stage.bob.slash(stage.thread, "story")
    await stage.bob.click(answer.response, label="Cut the reel")
    reel = await frames((await stage.clips(stage.thread, 4))[-1])
    assert len(reel) == 3 * 48 - 2
    steps = [apart(one, other) for one, other in pairwise(reel)]
    seams = [steps[48 + shift] for shift in (-2, -1, 0)] + [steps[95 + shift] for shift in (-2, -1, 0)]
    assert max(seams) < 2 * max(np.median(steps), 1.0)
    for part, scene in ((reel[:40], before[:40]), (reel[50:90], first[3:43]), (reel[-40:], after[-40:])):
        assert max(apart(one, other) for one, other in zip(part, scene, strict=True)) < 4
