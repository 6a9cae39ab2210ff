"""Each row's tiny pipeline on the whole road: a member asks, a worker process imagines, a clip stands in the thread."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import pytest
from rq import Queue
from rq.serializers import JSONSerializer

from bot.settings import Settings
from renderer.clips.encode import encode
from renderer.clips.studio import open_still
from renderer.contract.job import Event, Phase
from renderer.contract.redis_keys import clip_key, queue_of
from renderer.contract.shot import Anchor
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.scaling import scale_still
from tests.nursery import ForkedWorker
from tests.processes import eventually
from tests.renderer import tiny
from tests.renderer.client import connected
from tests.stage import opened_stage, playable

SIZE = 96
LOST = 1.0  # dB that an anchor may lose over encoding it alone
ORDER = (Phase.LOADING, Phase.READING, Phase.STEPS, Phase.DECODING, Phase.FRAMES, Phase.ENCODING)


@pytest.fixture
def worker(redis_url, tmp_path):
    """Start a worker with one row's tiny pipeline."""
    workers = []

    def start(row, **tuning):
        folder = tiny.save(row, tmp_path / row)
        tiny.retune(folder, **tuning)
        environment = {"UNSTILL_ENGINE": "diffusion", "UNSTILL_MODEL": str(folder), "OMP_NUM_THREADS": "1"}
        workers.append(ForkedWorker(redis_url, tmp_path / "worker.log", **environment))
        return workers[-1]

    yield start
    for started in workers:
        started.kill()


@pytest.fixture
def client(redis_url, still):
    with connected(redis_url, still) as client:
        yield client


@pytest.mark.parametrize("row", sorted(MODELS))
async def test_a_member_gets_a_clip_in_a_thread(worker, redis_url, tmp_path, row):
    worker(row)
    settings = Settings(
        redis_url=redis_url, data_dir=tmp_path, engine="diffusion", model=row, discord_token=None, database_url=None
    )
    can = MODELS[row].abilities
    async with opened_stage(settings) as stage:
        await stage.animate("push in, warmer", loop=not can.anchors)  # a model that needs both ends makes only loops
        (clip,) = await stage.clips(stage.thread, 1)
        assert await playable(clip) == ("h264", "High", "yuv420p", 480, 360, 48)
        assert "imagined by a machine" in clip.content
        assert has_sound(await clip.attachments[0].read()) is can.sound


def test_the_ends_that_a_model_is_given_are_the_still_and_others_are_refused(worker, client):
    """One row on the whole road; each row, without process and encoder, is in the test of the engine."""
    row = "wan2.2-i2v-a14b"
    worker(row)
    assert_anchored(client, imagined(client, row, "first"))
    assert_anchored(client, imagined(client, row, "loop", loop=True))
    assert client.problem(imagined(client, row, "last", anchor=Anchor.LAST)) == "cannot"


def test_news_come_in_order_and_a_second_take_loads_nothing(worker, client):
    started = worker("ltx-video", profiles={"finish": {"steps": 300}})  # long enough to be told of
    first = imagined(client, "ltx-video", "first")
    assert client.result(first).problem is None, started.log
    told = phases(client, first)
    assert told == [phase for phase in ORDER if phase in told]
    assert Phase.STEPS in told
    second = client.result(imagined(client, "ltx-video", "second"))
    assert second.report.seconds.start < 0.01 * second.report.seconds.total
    assert started.log.count("attention:") == 1  # said at each loading


def test_what_happens_next_goes_on_from_the_parents_clip(worker, client):
    started = worker("wan2.1-vace-1.3b")
    parent = imagined(client, "wan2.1-vace-1.3b", "parent")
    clip = client.result(parent).clip
    child = imagined(client, "wan2.1-vace-1.3b", "child", beats=2, neighbour=clip)
    result = client.result(child)
    assert result.problem is None, started.log
    assert result.report.joint.position < 0.5  # of a usual step: the same frame
    last, first = (decoded(client.redis.get(clip_key(each)))[end] for each, end in ((clip, -1), (result.clip, 0)))
    assert psnr(last, first) > 30
    orphan = imagined(client, "wan2.1-vace-1.3b", "orphan", beats=2)
    assert client.problem(orphan) == "media_missing"


def imagined(client, row, name, *, beats=1, neighbour=None, **asked):
    """Queue a take for the row's worker."""
    job = client.job(name, size=SIZE, engine="diffusion")
    line = (replace(job.shot.beat, anchor=asked.pop("anchor", Anchor.FIRST)),) * beats
    shot = replace(job.shot, model=row, line=line, neighbour="a" * 20 if neighbour else None, **asked)
    job = replace(job, shot=shot, neighbour=neighbour)
    client.queue = Queue(queue_of(shot.kind), connection=client.redis, serializer=JSONSerializer)
    client.enqueue(job)
    return job


def assert_anchored(client, job):
    """The clip's anchor frame is the still, but for what encoding it alone costs."""
    result = client.result(job)
    assert result.problem is None
    frames = decoded(client.redis.get(clip_key(result.clip)))
    exact = scale_still(open_still(client.still.png, client.still.sha256), SIZE)
    last = job.shot.beat.anchor is Anchor.LAST
    assert psnr(frames[-1 if last else 0], exact) > encoded_alone(exact) - LOST


def encoded_alone(picture):
    with TemporaryDirectory() as folder:
        encode([picture] * 2, Path(folder, "alone.mp4"))
        file = Path(folder, "alone.mp4").read_bytes()
    return psnr(decoded(file)[0], picture)


def phases(client, job):
    """The phases that a finished take's news told of, in the order in which they came."""
    told = []
    while (event := eventually(lambda: next_event(client, job))).phase is not None:
        told.append(event.phase)
    return list(dict.fromkeys(told))


def next_event(client, job):
    message = client.events.get_message(timeout=1)
    event = Event.from_json(message["data"]) if message else None
    return event if event and event.take == job.take else None


def psnr(one, other):
    error = np.mean((one.astype(float) - other) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-6)))


def decoded(mp4):
    with av.open(BytesIO(mp4)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def has_sound(mp4):
    with av.open(BytesIO(mp4)) as container:
        return bool(container.streams.audio)
