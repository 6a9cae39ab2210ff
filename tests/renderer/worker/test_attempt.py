"""`render` in this process, with engines that misbehave. They enter by the door that real engines use."""

import threading
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from time import sleep

import av
import numpy as np
import pytest
import redis.exceptions as faults
from redis import Redis
from rq.timeouts import JobTimeoutException

from renderer.clips.studio import Studio
from renderer.contract.abilities import ABILITIES, NEIGHBOUR_FRAMES, Abilities, patience
from renderer.contract.job import Result
from renderer.contract.redis_keys import CLIP_BYTES, alive_key, cancel_key, clip_key, result_key
from renderer.contract.shot import Anchor
from renderer.engines import ENGINES
from renderer.engines.bars import Bars
from renderer.worker import attempt as worker
from renderer.worker import pulse
from renderer.worker.attempt import Desk, render
from tests.processes import eventually


class Odd(Bars):
    """Bars, with something that happens before frame 10."""

    happens = staticmethod(lambda: None)

    def __init__(self):
        self.sheets = []

    def film(self, shot, still, sheet):
        self.sheets.append(sheet)
        film = super().film(shot, still, sheet)
        return replace(film, frames=self._frames(film.frames))

    def _frames(self, frames):
        for index, frame in enumerate(frames):
            if index == 10:
                self.happens()
            yield frame


@pytest.fixture
def odd(monkeypatch):
    """An engine `odd`; set `odd.happens` to what shall befall it."""
    engine = Odd()
    monkeypatch.setitem(ENGINES, "odd", lambda _models: engine)
    monkeypatch.setitem(ABILITIES, "odd", Abilities())
    return engine


@pytest.fixture
def desk(client):
    client.put_still()
    return Desk(redis=client.redis, studio=Studio())


def rendered(job, desk):
    return Result.from_json(render(job.to_json(), job.id, desk))


def raising(error):
    def happens():
        raise error

    return happens


def test_a_broken_engine_is_a_problem_with_a_traceback_in_the_log(client, desk, odd, caplog):
    odd.happens = raising(ZeroDivisionError("of the engine"))
    job = client.job("broken", engine="odd")
    result = rendered(job, desk)
    assert result.problem.code == "render_failed"
    assert "ZeroDivisionError: of the engine" in caplog.text
    assert client.result(job) == result


def test_the_time_out_is_not_swallowed_on_its_way(client, desk, odd):
    odd.happens = raising(JobTimeoutException())
    assert rendered(client.job("late", engine="odd"), desk).problem.code == "timed_out"


def test_the_engine_stays_warm_and_usable_after_a_failure(client, desk, odd, monkeypatch):
    loads = []
    monkeypatch.setitem(ENGINES, "odd", lambda _models: loads.append(1) or odd)
    odd.happens = raising(ValueError())
    assert rendered(client.job("first", engine="odd"), desk).problem
    odd.happens = lambda: None
    assert rendered(client.job("second", engine="odd"), desk).clip
    assert len(loads) == 1


def test_what_the_engine_cannot_do_is_refused_before_it_is_loaded(client, desk, odd, monkeypatch):
    monkeypatch.setitem(ENGINES, "odd", raising(AssertionError("loaded")))
    job = client.job("looped", engine="odd")
    job = replace(job, shot=replace(job.shot, loop=True))
    result = rendered(job, desk)
    assert (result.problem.code, result.problem.data) == ("cannot", {"engine": "odd", "what": "loop"})


@pytest.fixture
def neighbour(client, desk):
    """The clip of a take, in Redis as the bot puts it there; its hash."""
    return rendered(client.job("neighbour"), desk).clip


def continued(client, anchor, digest, **fields):
    job = client.job(f"next {anchor} {digest}", engine="odd", neighbour=digest, **fields)
    beats = (job.shot.beat, replace(job.shot.beat, anchor=anchor))
    return replace(job, shot=replace(job.shot, line=beats))


@pytest.fixture
def curious(odd, monkeypatch):
    """`odd`, with an eye for neighbours: what it was shown stands in its `sheets`."""
    monkeypatch.setitem(ABILITIES, "odd", Abilities(anchors=frozenset(Anchor), neighbour=True))
    return odd


@pytest.mark.parametrize(("anchor", "end"), [(Anchor.FIRST, slice(-NEIGHBOUR_FRAMES, None)), (Anchor.LAST, slice(16))])
def test_an_engine_is_shown_the_neighbours_frames_beside_the_joint(client, desk, curious, neighbour, anchor, end):
    assert rendered(continued(client, anchor, neighbour), desk).clip
    with av.open(BytesIO(client.redis.get(clip_key(neighbour)))) as clip:
        frames = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]
    shown = curious.sheets[-1].neighbour
    assert len(shown) == NEIGHBOUR_FRAMES
    # PyAV's own conversion rounds otherwise and repeats colours where ours blends them.
    assert np.abs(np.stack(shown).astype(int) - np.stack(frames[end])).mean() < 3


def test_an_engine_without_an_eye_for_neighbours_is_shown_none(client, desk, odd, neighbour, monkeypatch):
    monkeypatch.setitem(ABILITIES, "odd", Abilities(anchors=frozenset(Anchor)))
    assert rendered(continued(client, Anchor.FIRST, neighbour), desk).clip
    assert odd.sheets[-1].neighbour == ()


def test_a_neighbour_that_is_gone_can_be_sent_again(client, desk, curious):
    assert rendered(continued(client, Anchor.FIRST, "0" * 64), desk).problem.code == "media_missing"


@pytest.mark.parametrize("there", [b"other bytes", b"x" * (CLIP_BYTES + 1)], ids=["other", "too many"])
def test_what_lies_in_the_neighbours_place_is_not_the_neighbour(client, desk, curious, there):
    client.redis.set(clip_key("0" * 64), there)
    assert rendered(continued(client, Anchor.FIRST, "0" * 64), desk).problem.code == "bad_job"


def test_a_neighbour_that_is_no_clip_is_refused(client, desk, curious):
    digest = sha256(b"no clip").hexdigest()
    client.redis.set(clip_key(digest), b"no clip")
    assert rendered(continued(client, Anchor.FIRST, digest), desk).problem.code == "bad_job"


def test_cancelling_ends_the_render_at_the_next_frame(client, desk, odd):
    def cancelled():
        client.redis.set(cancel_key(job.id), 1)
        sleep(2 * pulse.BEAT_SECONDS)

    odd.happens = cancelled
    job = client.job("cancelled", engine="odd")
    assert rendered(job, desk).problem.code == "cancelled"


def test_an_outage_at_the_end_is_waited_out(redis_server, still, odd, client):
    """The result waits for Redis, and clip, result and news come together."""
    job = client.job("patient", engine="odd")
    with Redis.from_url(redis_server.url) as redis:
        client.redis = redis
        client.put_still()
        odd.happens = redis_server.kill
        restart = threading.Timer(1.5, redis_server.start)
        restart.start()
        result = rendered(job, Desk(redis=redis, studio=Studio()))
        restart.join()
        assert redis.exists(result_key(job.id), clip_key(result.clip)) == 2


def test_an_outage_beyond_patience_ends_the_job(redis_server, client, odd, monkeypatch, caplog):
    monkeypatch.setattr(worker, "PATIENCE", 1)
    odd.happens = redis_server.kill
    with Redis.from_url(redis_server.url) as redis:
        client.redis = redis
        client.put_still()
        job = client.job("abandoned", engine="odd")
        with pytest.raises(faults.ConnectionError):
            render(job.to_json(), job.id, Desk(redis=redis, studio=Studio()))
    assert "waiting for Redis" in caplog.text


def test_a_full_redis_is_waited_out_too(client, desk, odd):
    def filled():
        client.redis.config_set("maxmemory", 1)
        threading.Timer(1.5, client.redis.config_set, ("maxmemory", 0)).start()

    odd.happens = filled
    assert rendered(client.job("squeezed", engine="odd"), desk).clip


def test_a_render_that_never_ends_falls_silent(client, desk, odd, monkeypatch):
    """A time-out cannot end what is stuck in native code; silence gives the take to another worker."""
    monkeypatch.setattr(pulse, "SILENT_AFTER", -patience("odd"))
    job = client.job("stuck", engine="odd")
    odd.happens = lambda: eventually(lambda: client.redis.pttl(alive_key(job.id)) < 7000)
    rendered(job, desk)


def test_the_report_says_what_was_measured(client, desk):
    report = rendered(client.job("measured"), desk).report
    seconds = report.seconds
    assert min(seconds.read, seconds.frames, seconds.encode) >= 0
    assert seconds.total == pytest.approx(seconds.read + seconds.frames + seconds.encode)
    assert report.peak_mb > 20
    assert (report.fps, report.seed, report.engine) == (24, 1, "bars")


def test_frames_of_an_engine_that_reuses_its_buffer_are_not_mixed_up(client, desk, odd):
    """The encoder runs behind the engine; each frame it gets is its own."""
    job = client.job("reused", engine="odd", size=64)
    plain = rendered(replace(job, take="0" * 20), desk)
    buffer = np.empty((64, 86, 3), np.uint8)
    odd._frames = lambda frames: (np.copyto(buffer, frame) or buffer for frame in frames)
    assert rendered(job, desk).clip == plain.clip
