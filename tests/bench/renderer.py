"""How fast the parallax engine makes a clip of 4 s, in a warm process."""

from importlib.resources import files

from renderer.canonical import canonical
from renderer.job import Beat, Shot
from renderer.studio import Studio, open_still

SIZES = (480, 720, 1080)
MOOD = "push in slowly, warmer"


def renderer_figures() -> list[dict[str, float]]:
    """Seconds of each part, by size; `speed` is clip seconds a wall second."""
    still = canonical((files("skimage") / "data" / "coffee.png").read_bytes())
    picture, studio = open_still(still.png, still.sha256), Studio()
    rows = []
    for size in SIZES:
        shot = Shot(still=still.sha256, line=(Beat(mood=MOOD, seed=1),), engine="parallax", size=size)
        seconds = studio.shoot(shot, picture, lambda *_: None, 100 * 2**20).report.seconds
        rows.append(
            {
                "size": size,
                "read": seconds.read,
                "frames": seconds.frames,
                "encode": seconds.encode,
                "speed": shot.beat.seconds / seconds.total,
            }
        )
    return rows
