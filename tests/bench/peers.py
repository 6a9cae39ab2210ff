"""`make bench-peers`: what else moves a still on a CPU, on the same still in the same run, as ratios to ours.

Peers are judged by the same measures. They are not part of Unstill's environment: burns wants an older Pillow, so it
lives in one of its own, and brings an ffmpeg along for where there is none on the path.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import cv2

from renderer.cli.judge import judge
from renderer.clips.studio import open_still
from renderer.engines.scaling import scale_still
from tests.bench.takes import Asked, Set, fresh, photograph

APART = Path(".venv/apart/bin/python")
OUT = Path("out/bench")
STILL = Asked(still="coffee", mood="push in")
FRAMES, FPS = 96, 24
ZOOMED = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One way to a clip of 4 s at 720 pixels, from a PNG of that size."""

    name: str
    command: Callable[[Path, Path], list[str] | None]  # still, clip; None where it is not installed


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    still = photograph(STILL.still)
    scaled = scale_still(open_still(still.png, still.sha256), STILL.size)
    picture = OUT / "peers.png"
    cv2.imwrite(str(picture), cv2.cvtColor(scaled, cv2.COLOR_RGB2BGR))
    print(f"{'peer':34}{'s':>8}{'of ours':>9}{'shake':>9}{'motion':>9}{'first, dB':>11}")
    ours = show_ours()
    ratios = {peer.name: seconds / ours for peer in PEERS if (seconds := show(peer, picture, scaled, ours)) is not None}
    said = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()) or "no peer is installed"
    print(f"\nbench-peers: seconds as a share of ours: {said}")
    return 0


def show_ours() -> float:
    """Seconds in a warm worker, to which all others are compared."""
    studio = Set(OUT)
    studio.warm()
    ours = studio.take(STILL)
    seconds = ours.report.seconds.total
    _show("unstill, warm worker", seconds, seconds, ours.figures)
    _show("unstill (whole process)", fresh(STILL, OUT).wall, seconds, ours.figures)
    return seconds


def show(peer: Peer, picture: Path, still, ours: float) -> float | None:
    """Seconds of the whole process; None where there is no such peer."""
    clip = OUT / f"peer-{peer.name.split()[0]}.mp4"
    command = peer.command(picture, clip)
    if command is None:
        print(f"{peer.name:34}  not installed here")
        return None
    begun = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = perf_counter() - begun
    _show(peer.name, seconds, ours, judge(clip, still))
    return seconds


def _show(name: str, seconds: float, ours: float, figures: dict[str, float]) -> None:
    looks = f"{figures['shake']:9.3f}{figures['motion']:9.2f}{figures['first_psnr']:11.1f}"
    print(f"{name:34}{seconds:8.2f}{seconds / ours:9.2f}{looks}")


def zoompan(still: Path, clip: Path) -> list[str] | None:
    """A zoom to the middle, as most write it: whole pixels, hence its shake."""
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        return None
    height, width = cv2.imread(str(still)).shape[:2]
    step = (ZOOMED - 1) / FRAMES
    move = f"zoompan=z='1+{step:.6f}*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d={FRAMES}:s={width}x{height}:fps={FPS}"
    encoding = ["-c:v", "libx264", "-preset", "superfast", "-crf", "21", "-pix_fmt", "yuv420p"]
    return [ffmpeg, "-y", "-i", str(still), "-vf", move, "-frames:v", str(FRAMES), *encoding, str(clip)]


def burns(still: Path, clip: Path) -> list[str] | None:
    """A push in with its defaults, but for the encoder's preset, which is ours."""
    if not _has_apart("burns"):
        return None
    seconds = FRAMES / FPS
    program = (
        "from burns import BurnsPath, ken_burns_video;"
        f"ken_burns_video({str(still)!r}, BurnsPath.push_in({ZOOMED}), duration={seconds}, fps={FPS},"
        f" saveas={str(clip)!r}, preset='superfast')"
    )
    return [str(APART), "-c", program]


PEERS = (
    Peer(name="ffmpeg zoompan (whole process)", command=zoompan),
    Peer(name="burns (whole process)", command=burns),
)


def find_ffmpeg() -> str | None:
    """The one on the path, or the one that came with burns."""
    on_path = shutil.which("ffmpeg")
    if on_path or not _has_apart("imageio_ffmpeg"):
        return on_path
    asked = [str(APART), "-c", "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def _has_apart(module: str) -> bool:
    if not APART.exists():
        return False
    return subprocess.run([str(APART), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
