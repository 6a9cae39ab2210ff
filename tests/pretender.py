"""A worker whose engine `diffusion` is the test pattern: `python -m tests.pretender`, with a worker's environment.

It warms up for PRETENDER_SECONDS, and logs how many frames of a neighbour it was shown.
"""

import logging
import os
import sys
from time import sleep

from renderer import __main__ as command
from renderer.contract.abilities import ABILITIES
from renderer.engines import ENGINES
from renderer.engines.bars import Bars
from renderer.engines.diffusion.checkpoints import finding
from tests.processes import PythonProcess

MODEL = "models/mine:draft"  # a folder that is nowhere
KIND = "diffusion:mine:draft"
LABEL = "diffusion · mine (quick)"


class Pretended(Bars):
    abilities = ABILITIES["diffusion"]

    def warm_up(self):
        sleep(float(os.environ.get("PRETENDER_SECONDS", "0")))

    def film(self, shot, still, sheet, /):
        logging.getLogger("pretender").info("was shown %d frames", len(sheet.neighbour))
        return super().film(shot, still, sheet)


class Pretender(PythonProcess):
    """One life of it."""

    def __init__(self, redis_url, log, **environment):
        ours = {"REDIS_URL": redis_url, "UNSTILL_ENGINE": "diffusion", "UNSTILL_MODEL": MODEL}
        super().__init__("tests.pretender", log=log, environment=ours | environment)


if __name__ == "__main__":
    ENGINES["diffusion"] = lambda _models: Pretended()
    finding.find = lambda _setting: None
    sys.argv = ["renderer", "worker"]
    command.main()
