"""`python -m renderer fetch` against a stand-in of the hub on this machine."""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from renderer import __main__ as command
from renderer.errors import BadModelError
from renderer.networks import NEEDED
from renderer.sight.depth_model import find_depth_model

COMMIT = "c0ffee" * 6 + "c0ff"
NAME = "somebody/tiny-depth"


class Hub:
    """What the hub's client asks for: a model's list of files, and each of them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.sent: list[str] = []
        self.broken = ""  # what cannot be had

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        path = path.partition("?")[0]
        if path.startswith(f"/api/models/{NAME}/revision"):
            listing = {"id": NAME, "sha": COMMIT, "siblings": [{"rfilename": name} for name in self.files]}
            return 200, {}, json.dumps(listing).encode()
        if path.startswith(f"/api/models/{NAME}/tree"):
            tree = [
                {"type": "file", "path": name, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
                for name, content in self.files.items()
            ]
            return 200, {}, json.dumps(tree).encode()
        name = path.removeprefix(f"/{NAME}/resolve/{COMMIT}/")
        if name not in self.files or name == self.broken:
            return 404, {}, b""
        tag = hashlib.sha256(self.files[name]).hexdigest()
        return 200, {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT}, self.files[name]


@contextmanager
def serving(hub: Hub) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(body=True)

        def do_HEAD(self):
            self._answer(body=False)

        def _answer(self, *, body):
            status, headers, content = hub.answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if body:
                self.wfile.write(content)
                hub.sent += [self.path] * ("/resolve/" in self.path)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hub():
    return Hub({name: f"what {name} holds".encode() for name in (*NEEDED, "pytorch_model.bin", "README.md")})


@pytest.fixture
def fetch(tmp_path, monkeypatch, capfd):
    """Run the command in this process, which saves the imports: a function from arguments to status and output."""
    from huggingface_hub import constants  # noqa: PLC0415

    def run(endpoint, *arguments, asked_for=""):
        files = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, endpoint)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", files)
        monkeypatch.setattr(constants, "ENDPOINT", endpoint)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setenv("UNSTILL_DEPTH_MODEL", asked_for)
        monkeypatch.setattr(sys, "argv", ["renderer", "fetch", *arguments])
        try:
            command.main()
        except SystemExit as ended:
            return SimpleNamespace(returncode=ended.code, **capfd.readouterr()._asdict())
        return SimpleNamespace(returncode=0, **capfd.readouterr()._asdict())

    return run


def test_a_model_is_fetched_and_found_again(hub, fetch):
    """Of its files only those that are used; a second time nothing is downloaded."""
    with serving(hub) as endpoint:
        ended = fetch(endpoint, NAME)
        assert ended.returncode == 0, ended.err
        folder = ended.out.strip()
        assert sorted(path.name for path in Path(folder).iterdir()) == sorted(NEEDED)
        assert find_depth_model(NAME) is not None
        got = len(hub.sent)
        assert fetch(endpoint, asked_for=NAME).out.strip() == folder
    assert len(hub.sent) == got == len(NEEDED)


def test_what_is_no_depth_model_is_said_in_one_line(hub, fetch):
    del hub.files["preprocessor_config.json"]
    with serving(hub) as endpoint:
        ended = fetch(endpoint, NAME)
    assert (ended.returncode, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"renderer: {NAME} has no preprocessor_config.json"


def test_a_download_that_breaks_off_is_said_in_one_line_and_not_used(hub, fetch):
    hub.broken = "model.safetensors"
    with serving(hub) as endpoint:
        ended = fetch(endpoint, NAME)
    assert (ended.returncode, ended.out) == (2, "")
    assert f"renderer: {NAME} cannot be fetched: " in ended.err.splitlines()[-1]
    with pytest.raises(BadModelError):
        find_depth_model(NAME)


def test_without_a_network_one_line_says_so(fetch):
    ended = fetch("http://127.0.0.1:9", NAME)
    assert (ended.returncode, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert ended.err.startswith(f"renderer: {NAME} cannot be fetched: ")


def test_with_no_model_named_anywhere_one_line_says_what_to_name(fetch):
    ended = fetch("http://127.0.0.1:9")
    assert (ended.returncode, ended.out) == (2, "")
    assert ended.err.startswith("renderer: say what to fetch")
