"""`python -m renderer fetch` against a stand-in of the hub on this machine."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.finding import find
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.models.networks import NEEDED
from renderer.sight.depth_model import find_depth_model
from tests.renderer.cli.program import run_here

COMMIT = "c0ffee" * 6 + "c0ff"
NAME = "somebody/tiny-depth"


class Hub:
    """What the hub's client asks for: each model's list of files, and each of them."""

    def __init__(self, **models: dict[str, bytes]) -> None:
        self.models = models
        self.sent: list[str] = []
        self.broken = ""  # what cannot be had
        self.gated = ""  # a model that wants a licence accepted

    @property
    def files(self) -> dict[str, bytes]:
        return self.models[NAME]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        path = path.partition("?")[0]
        model = "/".join(path.removeprefix("/api/models").split("/")[1:3])
        if model == self.gated:
            return 403, {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access is restricted."}, b""
        files = self.models.get(model, {})
        if path.startswith(f"/api/models/{model}/revision"):
            listing = {"id": model, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
            return 200, {}, json.dumps(listing).encode()
        if path.startswith(f"/api/models/{model}/tree"):
            tree = [
                {"type": "file", "path": name, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
                for name, content in files.items()
            ]
            return 200, {}, json.dumps(tree).encode()
        name = path.removeprefix(f"/{model}/resolve/{COMMIT}/")
        if name not in files or name == self.broken:
            return 404, {}, b""
        tag = hashlib.sha256(files[name]).hexdigest()
        return 200, {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT}, files[name]


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
    return Hub(**{NAME: contents(*NEEDED, "pytorch_model.bin", "README.md")})


def contents(*names):
    return {name: f"what {name} holds".encode() for name in names}


@pytest.fixture
def wan():
    """A row's repository as such repositories are, with more in them than is used, and that of its draft."""
    spec = MODELS["wan2.2-i2v-a14b"]
    networks = ("text_encoder", "transformer", "transformer_2", "vae")
    index = {"_class_name": spec.pipeline, "boundary_ratio": 0.9, "image_encoder": [None, None]}
    index |= {part: ["diffusers", "AutoencoderKLWan"] for part in networks}
    index |= {"tokenizer": ["transformers", "T5TokenizerFast"], "scheduler": ["diffusers", "UniPCMultistepScheduler"]}
    weights = {part: "model" if part == "text_encoder" else "diffusion_pytorch_model" for part in networks}
    used = [f"{part}/config.json" for part in networks]
    used += [f"{part}/{name}.safetensors" for part, name in weights.items()]
    used += ["scheduler/scheduler_config.json", "tokenizer/spiece.model", "tokenizer/tokenizer_config.json"]
    unused = ["README.md", "examples/cat.jpg", "vae/diffusion_pytorch_model.bin", "everything.safetensors"]
    files = contents(*used, "LICENSE.txt", *unused) | {"model_index.json": json.dumps(index).encode()}
    loras = [lora.file for lora in spec.profiles["draft"].loras]
    return Hub(**{spec.repo: files, "lightx2v/Wan2.2-Lightning": contents(*loras, "other.safetensors")})


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
        return run_here(monkeypatch, capfd, "fetch", *arguments)

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


ROW = "wan2.2-i2v-a14b"


def test_of_a_row_only_what_its_pipeline_is_made_of_is_fetched(wan, fetch):
    """No pickles, no pictures, no second copy of the weights in one file; and it is found where it went."""
    with serving(wan) as endpoint:
        ended = fetch(endpoint, ROW)
        assert ended.returncode == 0, ended.err
        got = len(wan.sent)
        assert fetch(endpoint, ROW).out == ended.out
    folder = Path(ended.out.strip())
    here = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert set(wan.models[MODELS[ROW].repo]) - here == {
        "README.md",
        "examples/cat.jpg",
        "vae/diffusion_pytorch_model.bin",
        "everything.safetensors",
    }
    assert len(wan.sent) == got == len(here)
    assert find(ROW).folder == folder


def test_the_licence_and_what_it_asks_are_said_before_anything_comes(hub, fetch):
    hub.gated = MODELS["svd-xt"].repo
    with serving(hub) as endpoint:
        ended = fetch(endpoint, "svd-xt")
    assert ended.err.splitlines()[0].startswith("svd-xt is under the licence Stability AI Community. ")
    assert "$1 million" in ended.err.splitlines()[0]


def test_a_drafts_weights_come_with_its_row(wan, fetch):
    with serving(wan) as endpoint:
        assert fetch(endpoint, f"{ROW}:draft").returncode == 0
    found = find(f"{ROW}:draft")
    assert [file.name for _, file in found.loras] == ["high_noise_model.safetensors", "low_noise_model.safetensors"]
    assert not any("other" in path for path in wan.sent)


def test_a_row_without_a_draft_is_said_so(hub, fetch):
    with serving(hub) as endpoint:
        ended = fetch(endpoint, "svd-xt:draft")
    assert (ended.returncode, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == "renderer: svd-xt has no draft profile"


def test_a_gated_model_says_what_to_do(hub, fetch):
    hub.gated = MODELS["svd-xt"].repo
    with serving(hub) as endpoint:
        ended = fetch(endpoint, "svd-xt")
    assert (ended.returncode, ended.out) == (2, "")
    page = f"https://huggingface.co/{hub.gated}"
    assert ended.err.splitlines()[-1] == (
        f"renderer: {hub.gated} is gated: accept its licence on {page} and set HF_TOKEN to a token of yours"
    )


def test_a_row_whose_repository_lacks_a_part_is_said_in_one_line(wan, fetch):
    files = wan.models[MODELS[ROW].repo]
    del files["vae/diffusion_pytorch_model.safetensors"]
    with serving(wan) as endpoint:
        ended = fetch(endpoint, ROW)
    assert (ended.returncode, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"renderer: {MODELS[ROW].repo} cannot be used: its vae has no weights"
    with pytest.raises(BadModelError):
        find(ROW)
