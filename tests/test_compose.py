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
from bot.rules.flagging import Flagged
from bot.running.embedded import SECRETS
from bot.running.embedded_redis import MEGABYTES, OPTIONS
from renderer.contract.abilities import ABILITIES

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
WORKERS = ["worker", "worker-gpu"]
SETTINGS = {"bot": bot.settings.Settings} | dict.fromkeys(WORKERS, renderer.settings.Settings)
MODEL = "wan2.2-ti2v-5b"
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


# What the Compose specification knows of a service, as far as it is used here: a misspelt key would be one more.
KNOWN = {
    "build", "cap_drop", "command", "depends_on", "deploy", "environment", "healthcheck", "image", "init", "profiles",
    "restart", "security_opt", "stop_grace_period", "tmpfs", "volumes",
}  # fmt: skip


def seconds(duration):
    number, unit = re.fullmatch(r"(\d+)([sm])", duration).groups()
    return int(number) * {"s": 1, "m": 60}[unit]


def test_services_are_spelt_as_compose_spells_them():
    assert set(COMPOSE) == {"services", "volumes"}
    assert set(SERVICES) == {"redis", *SETTINGS}
    assert {key for service in SERVICES.values() for key in service} == KNOWN
    for service in OURS.values():
        assert set(service["build"]) == {"context", "target", "args"}
        assert set(service["healthcheck"]) == {"test", "interval", "timeout", "start_period"}


def test_each_image_is_built_for_its_service_and_no_stage_is_left_over():
    assert {service["build"]["target"] for service in OURS.values()} == set(STAGES) - {"base"}
    assert all(name == service["build"]["target"] for name, service in OURS.items())


def test_profiles_choose_the_workers_and_all_else_always_runs():
    profiles = {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service}
    assert profiles == {"worker": ["cpu"], "worker-gpu": ["gpu"]}


def test_volumes_are_declared_and_used():
    mounted = {volume for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert mounted == {f"{name}:/{name}" for name in COMPOSE["volumes"]}


def test_the_gpu_worker_gets_a_card_and_the_variables_of_nvidias_toolkit():
    (device,) = SERVICES["worker-gpu"]["deploy"]["resources"]["reservations"]["devices"]
    assert device == {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    assert "NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility" in said("worker-gpu", "ENV")
    assert not any("deploy" in SERVICES[name] for name in ("bot", "worker"))


@pytest.mark.parametrize("stage", WORKERS)
def test_models_lie_on_a_volume_that_the_user_may_write_to(stage):
    homes = [pair.split("=") for line in said(stage, "ENV") for pair in line.split()]
    folders = {name: value for name, value in homes if value.startswith("/")}
    assert folders["HF_HOME"]
    assert all(value.startswith("/cache/") for value in folders.values())
    assert said(stage, "VOLUME") == ["/cache"]
    assert "cache:/cache" in SERVICES[stage]["volumes"]
    assert any("--owner=unstill --mode=0700 /data /cache" in line for line in said(stage, "RUN"))


def test_kernels_are_launched_by_what_a_c_compiler_builds():
    assert any("install --yes --no-install-recommends gcc libc6-dev" in line for line in said("worker-gpu", "RUN"))


def test_the_worker_of_the_card_and_the_bot_name_the_same_model():
    """Else takes would wait in a queue that nobody serves."""
    assert environment("bot")["UNSTILL_MODEL"] == environment("worker-gpu")["UNSTILL_MODEL"]
    assert DEFAULT.fullmatch(environment("bot")["UNSTILL_MODEL"])[2] == MODEL
    assert f'id="{MODEL}"' in (ROOT / "renderer/engines/diffusion/checkpoints/rows.py").read_text()


def test_each_worker_serves_its_own_engine_and_the_bot_asks_for_one_of_them():
    engines = {name: environment(name)["UNSTILL_ENGINE"] for name in WORKERS}
    assert engines == {"worker": "parallax", "worker-gpu": "diffusion"}
    assert set(engines.values()) <= set(ABILITIES)
    assert DEFAULT.fullmatch(environment("bot")["UNSTILL_ENGINE"])[2] in engines.values()


def test_a_worker_of_the_card_has_time_to_load_and_to_finish():
    worker, slow = SERVICES["worker"], SERVICES["worker-gpu"]
    assert seconds(slow["healthcheck"]["start_period"]) > seconds(worker["healthcheck"]["start_period"])
    assert seconds(slow["stop_grace_period"]) > seconds(worker["stop_grace_period"])


def test_commands_in_the_comments_name_services_and_profiles_that_exist():
    text = (ROOT / "docker-compose.yml").read_text()
    said_profiles = set(re.findall(r"--profile (\w+)", text))
    assert said_profiles == {profile for name in WORKERS for profile in SERVICES[name]["profiles"]}
    assert set(re.findall(r"--scale ([\w-]+)=", text)) <= set(SERVICES)
    (runs,) = re.findall(r"docker compose run --rm --env HF_TOKEN (\S+) (python -m \S+) fetch (\S+)", text)
    assert runs[0] in WORKERS
    assert find_spec(module_of(runs[1].split()))
    assert runs[2] == MODEL


@pytest.mark.parametrize("service", SETTINGS)
def test_what_a_container_runs_exists(service):
    (command,) = said(SERVICES[service]["build"]["target"], "CMD")
    assert find_spec(module_of(yaml.safe_load(command)))


@pytest.mark.parametrize("service", WORKERS)
def test_the_health_check_of_a_worker_exists(service):
    assert find_spec(module_of(SERVICES[service]["healthcheck"]["test"][1:]))


@pytest.mark.parametrize("service", SETTINGS)
def test_every_variable_is_a_setting(service):
    known = {field.validation_alias.choices[0] for field in SETTINGS[service].model_fields.values()}
    assert set(environment(service)) <= known


@pytest.mark.parametrize("service", SETTINGS)
def test_the_settings_accept_what_compose_fills_in(service, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # away from anybody's .env
    for name, value in environment(service).items():
        default = DEFAULT.fullmatch(value)
        monkeypatch.setenv(name, (default[2] or "") if default else value)
        assert default is None or default[1] == name
    settings = SETTINGS[service]()
    assert settings.redis_url.get_secret_value() == "redis://redis:6379/0"
    assert settings.engine == ("diffusion" if service == "worker-gpu" else "parallax")
    assert settings.log == "INFO"
    assert service != "bot" or settings.safety_policy is Flagged.REFUSE


@pytest.mark.parametrize("service", WORKERS)
def test_a_worker_gets_no_secrets_of_the_bot(service):
    assert not (SECRETS | {"HF_TOKEN"}) & set(environment(service))
    assert "env_file" not in SERVICES[service]


def test_redis_is_set_as_the_embedded_one():
    def pairs(argv):
        return dict(zip(argv[::2], argv[1::2], strict=True))

    shared = pairs(SERVICES["redis"]["command"][1:])
    memory = {"--maxmemory": f"{MEGABYTES}mb"}
    assert shared.items() <= (pairs(OPTIONS) | memory).items()
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
    assert any("--owner=unstill --mode=0700 /data /cache" in line for line in said("bot", "RUN"))


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


@pytest.mark.parametrize(
    ("stage", "package"), [("bot", "."), ("worker", ".[renderer]"), ("worker-gpu", ".[diffusion]")]
)
def test_an_image_holds_its_packages_and_runs_as_nobody_in_particular(stage, package):
    installs = [shlex.split(line) for line in said(stage, "RUN") if line.startswith("pip install")]
    assert installs == [["pip", "install", "--constraint", "constraints.txt", package]]
    assert said(stage, "USER") == ["10001"]


def test_the_extras_of_the_workers_exist_and_alone_bring_torch():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert any(line.startswith("torch") for line in extras["renderer"])
    assert "unstill[renderer]" in extras["diffusion"]
    assert any(line.startswith("diffusers") for line in extras["diffusion"])
    assert not any(line.startswith("torch") for line in project["dependencies"])


@pytest.mark.parametrize("stage", SETTINGS)
def test_what_is_copied_exists_and_is_let_in(stage):
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for line in said(stage, "COPY") for name in line.split()[:-1]}
    assert copied <= let_in
    assert all((ROOT / name).exists() for name in copied)
