"""The container files against the code. There is no Docker engine where the tests run: nothing is built or started."""

import re
import shlex
import subprocess
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

import bot.settings
import renderer.settings
from bot.embedded import SECRETS
from bot.embedded_redis import OPTIONS

ROOT = Path(__file__).parents[1]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
SETTINGS = {"bot": bot.settings.Settings, "worker": renderer.settings.Settings}
DEFAULT = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]+)\}")  # ${NAME:-default} or ${NAME:?why it is needed}


def stages():
    """Each stage of the Dockerfile as (instruction, rest) pairs, those of the stage it begins from first."""
    found = {}
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            parent, _, name = rest.split()
            found[name] = list(found.get(parent, []))
        elif instruction and instruction != "#":
            found[name].append((instruction, rest))
    return found


STAGES = stages()


def said(stage, instruction):
    return [rest for name, rest in STAGES[stage] if name == instruction]


def environment(service):
    return SERVICES[service]["environment"]


def module_of(argv):
    """The module that `python -m` runs; a package runs as its `__main__`."""
    assert argv[:2] == ["python", "-m"]
    spec = find_spec(argv[2])
    return f"{argv[2]}.__main__" if spec and spec.submodule_search_locations else argv[2]


@pytest.mark.parametrize("service", ["bot", "worker"])
def test_what_a_container_runs_exists(service):
    (command,) = said(SERVICES[service]["build"]["target"], "CMD")
    assert find_spec(module_of(yaml.safe_load(command)))


def test_the_health_check_of_the_worker_exists():
    assert find_spec(module_of(SERVICES["worker"]["healthcheck"]["test"][1:]))


@pytest.mark.parametrize("service", ["bot", "worker"])
def test_every_variable_is_a_setting(service):
    known = {field.validation_alias.choices[0] for field in SETTINGS[service].model_fields.values()}
    assert set(environment(service)) <= known


@pytest.mark.parametrize("service", ["bot", "worker"])
def test_the_settings_accept_what_compose_fills_in(service, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # away from anybody's .env
    for name, value in environment(service).items():
        default = DEFAULT.fullmatch(value)
        monkeypatch.setenv(name, (default[2] or "") if default else value)
        assert default is None or default[1] == name
    settings = SETTINGS[service]()
    assert settings.redis_url.get_secret_value() == "redis://redis:6379/0"
    assert (settings.engine, settings.log) == ("parallax", "INFO")


def test_the_worker_gets_no_secrets_of_the_bot():
    assert not SECRETS & set(environment("worker"))
    assert "env_file" not in SERVICES["worker"]


def test_redis_is_set_as_the_embedded_one():
    def pairs(argv):
        return dict(zip(argv[::2], argv[1::2], strict=True))

    shared = pairs(SERVICES["redis"]["command"][1:])
    assert shared.items() <= pairs(OPTIONS).items()
    assert set(shared) == {"--save", "--appendonly", "--maxmemory", "--maxmemory-policy"}


def test_nothing_is_published():
    assert not any("ports" in service or "network_mode" in service for service in SERVICES.values())


def test_every_service_is_watched_and_comes_back():
    for service in SERVICES.values():
        assert service["healthcheck"]["test"]
        assert service["restart"] == "unless-stopped"


def test_what_is_waited_for_has_a_health_check():
    waited = {name for service in SERVICES.values() for name in service.get("depends_on", {})}
    assert waited == {"redis"}


def test_the_data_folder_is_the_volume_and_belongs_to_the_user():
    assert "UNSTILL_DATA_DIR=/data" in said("bot", "ENV")
    assert said("bot", "VOLUME") == ["/data"]
    assert SERVICES["bot"]["volumes"] == ["data:/data"]
    assert any("--owner=unstill --mode=0700 /data" in line for line in said("bot", "RUN"))


def test_the_bot_is_well_while_its_file_is_fresh(tmp_path):
    kind, check = SERVICES["bot"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    command = check.replace("$$", "$").replace("/data/", f"{shlex.quote(str(tmp_path))}/")
    alive = tmp_path / "alive"

    def is_well():
        return subprocess.run(["sh", "-c", command], check=False, stderr=subprocess.DEVNULL).returncode == 0

    assert not is_well()
    alive.touch()
    assert is_well()
    subprocess.run(["touch", "-d", "90 seconds ago", alive], check=True)
    assert not is_well()


@pytest.mark.parametrize(("stage", "package"), [("bot", "."), ("worker", ".[renderer]")])
def test_an_image_holds_its_packages_and_runs_as_nobody_in_particular(stage, package):
    installs = [shlex.split(line) for line in said(stage, "RUN") if line.startswith("pip install")]
    assert installs == [["pip", "install", "--constraint", "constraints.txt", package]]
    assert said(stage, "USER") == ["10001"]


def test_the_extra_of_the_worker_exists_and_alone_brings_torch():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert any(line.startswith("torch") for line in project["optional-dependencies"]["renderer"])
    assert not any(line.startswith("torch") for line in project["dependencies"])


@pytest.mark.parametrize("stage", ["bot", "worker"])
def test_what_is_copied_exists_and_is_let_in(stage):
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for line in said(stage, "COPY") for name in line.split()[:-1]}
    assert copied <= let_in
    assert all((ROOT / name).exists() for name in copied)
