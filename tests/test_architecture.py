"""The arrows between the packages."""

import json
import pkgutil
import subprocess
import sys

import bot

HEAVY = {"torch", "numpy", "cv2", "av", "diffusers"}


def loaded_after(statement: str) -> set[str]:
    """Top-level modules that a clean Python holds after `statement`."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_the_bot_loads_nothing_heavy():
    modules = [
        module.name
        for module in pkgutil.walk_packages(bot.__path__, "bot.")
        if not module.name.endswith((".__main__", ".env")) and ".versions." not in module.name
    ]
    assert "bot.client" in modules
    loaded = loaded_after(f"import {', '.join(modules)}")
    assert loaded & HEAVY == set()
    assert "renderer" in loaded


def test_the_contract_is_light():
    loaded = loaded_after("import renderer.contract.job, renderer.contract.lineage, renderer.contract.errors")
    assert loaded & (HEAVY | {"PIL", "redis", "rq", "discord", "sqlalchemy"}) == set()


def test_the_renderer_knows_nothing_of_the_bot():
    loaded = loaded_after("import renderer.worker.attempt, renderer.clips.encode, renderer.engines.parallax.engine")
    assert loaded & {"bot", "discord", "sqlalchemy"} == set()
