"""`make bench-diffusion`: what our engine costs over a bare call of the same small pipeline, in one warm process.

Both make the same number of frames of the same size, in turns; seconds are medians. The networks are random and tiny:
the figures say what is ours beside a model's own work, not how fast a model is. Exit status 1 where a bar is missed.
"""

import gc
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from ctypes import CDLL
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import diffusers
import torch
from PIL import Image

from renderer.clips.studio import Studio, give_back_memory, open_still
from renderer.contract.abilities import model_name
from renderer.contract.shot import Beat, Shot
from renderer.engines.diffusion.checkpoints.finding import find
from renderer.engines.diffusion.footage.framing import model_size
from renderer.engines.engine import Engine, Models, Rgb
from renderer.engines.scaling import scale_still
from tests.bench.bars import Bar
from tests.bench.takes import photograph
from tests.renderer import tiny

OUT = Path("out/bench")
ROW, PIPELINE = "wan2.2-i2v-a14b", "WanImageToVideoPipeline"
SIZE = (128, 192)  # of what is imagined and of the clip: the photograph's aspect, in multiples of the model's
FRAMES, STEPS = 49, 100
SEEDS = range(9)  # one a turn
M_MMAP_THRESHOLD = -3  # of glibc's malloc.h
LEAST_SECONDS = 2.0  # a shorter call would say little


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)  # threads that wait for one another on a shared machine are most of the noise
    still = photograph("coffee")
    pixels = open_still(still.png, still.sha256)
    with tempfile.TemporaryDirectory(prefix="unstill-bench-") as name:
        folder = small_pipeline(Path(name, "small"))
        studio = Studio(Models(video=str(folder)))
        engine = studio.engine("diffusion")
        assert model_size(find(str(folder)).spec, *SIZE) == SIZE == scale_still(pixels, min(SIZE)).shape[:2]
        shots = [shot(still.sha256, folder, seed) for seed in SEEDS]
        first = ours(engine, shots[0], pixels)  # reads the still, as a take before these would have
        bare = bare_call(folder, pixels, first)
        bare(0)
        seconds = [(timed(bare, seed), timed(ours, engine, shots[seed], pixels)) for seed in SEEDS]
        map_each_tensor()
        peaks = [(peak_mb(bare, seed), peak_mb(ours, engine, shots[seed], pixels)) for seed in SEEDS[:3]]
        loaded = loads(studio, shots[:2], pixels)
    return verdict(seconds, peaks, loaded)


def small_pipeline(folder: Path) -> Path:
    """The row's tiny pipeline, asked for enough to take seconds."""
    settings = tiny.save(ROW, folder) / "unstill.json"
    fields = json.loads(settings.read_text())
    fields |= {"sizes": [SIZE], "frames": {"step": 4, "most": FRAMES}, "fps": 24}
    fields["profiles"]["finish"]["steps"] = STEPS
    settings.write_text(json.dumps(fields))
    return folder


def shot(still: str, folder: Path, seed: int) -> Shot:
    beat = Beat(mood="push in slowly, warmer", seed=seed, seconds=2.0)
    model = model_name("diffusion", str(folder))
    return Shot(still=still, line=(beat,), engine="diffusion", model=model, size=min(SIZE))


def ours(engine: Engine, wanted: Shot, still: Rgb) -> str:
    """Make all frames of a shot and drop them, as an encoder would; return what the model was told."""
    film = engine.film(wanted, still)
    for _ in film.frames:
        pass
    return film.figures.prompt


def bare_call(folder: Path, still: Rgb, prompt: str) -> Callable[[int], Any]:
    """The pipeline alone, with what an example on its page would give it."""
    pipe: Any = getattr(diffusers, PIPELINE).from_pretrained(folder)
    pipe.set_progress_bar_config(disable=True)
    image = Image.fromarray(scale_still(still, min(SIZE)))

    def call(seed: int) -> Any:
        return pipe(
            image=image,
            prompt=prompt,
            negative_prompt="blurry, low quality",
            height=SIZE[0],
            width=SIZE[1],
            num_frames=FRAMES,
            num_inference_steps=STEPS,
            guidance_scale=3.5,
            generator=torch.Generator("cpu").manual_seed(seed),
        ).frames

    return call


def timed(work: Callable[..., Any], *given: Any) -> float:
    begun = perf_counter()
    work(*given)
    return perf_counter() - begun


def map_each_tensor() -> None:
    """Have tensors' memory go back to the system at once: what glibc keeps for later would be counted, too."""
    CDLL(None).mallopt(M_MMAP_THRESHOLD, 64 * 1024)


def peak_mb(work: Callable[..., Any], *given: Any) -> float:
    """How far memory rises above where it stood, as Linux counts it."""
    gc.collect()
    give_back_memory()
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark begins anew
    stood = status_mb("VmRSS")
    work(*given)
    return status_mb("VmHWM") - stood


def status_mb(name: str) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def loads(studio: Studio, shots: list[Shot], still: Rgb) -> float:
    """Seconds that the second of two takes on a warm worker spends loading."""
    return [studio.shoot(each, still).report.seconds.start for each in shots][-1]


def verdict(seconds: list[tuple[float, float]], megabytes: list[tuple[float, float]], loaded: float) -> int:
    bare, with_us = (statistics.median(column) for column in zip(*seconds, strict=True))
    # The least of the rounds: the rest is garbage that waits for its collector, now more, now less.
    peaks = [min(column) for column in zip(*megabytes, strict=True)]
    clip = 48 * SIZE[0] * SIZE[1] * 3 / 2**20
    bars = [
        Bar(name="seconds of a bare call (median)", value=bare, bar=LEAST_SECONDS, least=True),
        Bar(name="ours over bare, seconds (medians)", value=with_us / bare, bar=1.05),
        Bar(name="peak memory over bare, in clips of frames", value=(peaks[1] - peaks[0]) / clip, bar=1.0),
        Bar(name="seconds of loading for a second take", value=loaded, bar=0.01),
    ]
    for turn, (plain, own) in enumerate(seconds, start=1):
        print(f"turn {turn}: bare {plain:.3f} s, ours {own:.3f} s")
    print(f"peak above rest: bare {peaks[0]:.1f} MB, ours {peaks[1]:.1f} MB, one clip of frames {clip:.1f} MB\n")
    for bar in bars:
        print(bar.row())
    (OUT / "bench-diffusion.json").write_text(json.dumps([asdict(bar) | {"met": bar.met} for bar in bars], indent=1))
    missed = sum(not bar.met for bar in bars)
    said = f"{missed} of {len(bars)} bars missed" if missed else f"all {len(bars)} bars met"
    print(f"\nbench-diffusion: {said}, ours over bare {with_us / bare:.3f}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
