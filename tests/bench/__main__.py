"""`make bench`: figures as tables; exit status 1 where a bar is missed. Seconds depend on the machine and its load."""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.bars import Bar, cost_bars, memory_bars, quality_bars, speed_bars
from tests.bench.bot import TAKES, bot_figures
from tests.bench.takes import LONG, SET, SHORT, Asked, Fresh, Set, Taken, fresh
from tests.demo.sheet import contact_sheet

OUT = Path("out/bench")
SIZES = (480, 720, 1080)
FLOORS = {each.size: each for each in SET}  # one take of each size is encoded alone
LOOP_CPU = 50  # ms of the bot's event loop a take may cost
WAIT = 500  # ms within which a finished clip's upload begins


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    firsts = {size: fresh(_of_size(size), OUT) for size in SIZES}
    short, long = fresh(SHORT, OUT), fresh(LONG, OUT)
    studio = Set(OUT)
    studio.warm()
    taken = [studio.take(each) for each in SET]
    lengths = [studio.quickest(each) for each in (SHORT, LONG)]
    floors = {size: studio.floor(FLOORS[size]) for size in SIZES}
    show_takes(taken, floors, firsts)
    bars = [
        *speed_bars(taken, firsts[720]),
        *quality_bars(taken),
        *memory_bars(firsts, short, long),
        *cost_bars(taken, *lengths),
        *bot_bars(),
    ]
    for size in SIZES:
        contact_sheet([each.clip for each in taken if each.asked.size == size], OUT / f"sheet-{size}.png")
    (OUT / "bench.json").write_text(json.dumps(_record(taken, bars), indent=1))
    return verdict(bars, taken)


def _of_size(size: int) -> Asked:
    return next(each for each in SET if each.size == size)


def bot_bars() -> list[Bar]:
    figures = asyncio.run(bot_figures())
    return [
        Bar(name=f"event loop of the bot, CPU ms a take ({TAKES})", value=1000 * figures["loop_cpu"], bar=LOOP_CPU),
        Bar(name="finish to upload, ms", value=1000 * figures["wait"], bar=WAIT),
    ]


def show_takes(taken: list[Taken], floors: dict[int, float], firsts: dict[int, Fresh]) -> None:
    """One line a take: seconds, then what the judge saw."""
    print(f"{'take':58} read frames encode clip s/s  motion shake  jump torn %  anchor dB")
    for each in taken:
        seconds, figures = each.report.seconds, each.figures
        torn = 100 * (each.report.stretch_share + each.report.hole_share)
        print(
            f"{each.asked.name[:58]:58}{seconds.read:5.2f}{seconds.frames:7.2f}{seconds.encode:7.2f}{each.speed:9.2f}"
            f"{figures['motion']:8.2f}{figures['shake']:6.3f}{figures['jump']:6.1f}{torn:7.2f}"
            f"{figures['anchor_loss_db']:11.2f}"
        )
    print(f"\n{'size':>8}{'floor, s':>10}{'all over it':>13}{'peak MB':>9}{'fresh process, s':>18}")
    for size, floor in floors.items():
        whole = next(each.report.seconds.total for each in taken if each.asked is FLOORS[size])
        print(f"{size:>5} px{floor:10.2f}{whole / floor:13.2f}{firsts[size].peak_mb:9.0f}{firsts[size].wall:18.1f}")
    print("`encode` is what was left of it when the frames were done; the floor is encoding the same frames alone.")


def verdict(bars: list[Bar], taken: list[Taken]) -> int:
    print(f"\n{'':52}{'figure':>9}{'bar':>10}{'aim':>9}")
    for bar in bars:
        print(bar.row())
    missed = [bar.name for bar in bars if not bar.met]
    said = f"{len(missed)} of {len(bars)} bars missed" if missed else f"all {len(bars)} bars met"
    print(f"\nbench: {said}, {len(taken)} takes, 720 px at {bars[0].value:.2f} clip seconds a second")
    return 1 if missed else 0


def _record(taken: list[Taken], bars: list[Bar]) -> dict[str, object]:
    return {
        "takes": [
            {"take": each.asked.name, "seconds": asdict(each.report.seconds), "judged": each.figures} for each in taken
        ],
        "bars": [asdict(bar) | {"met": bar.met} for bar in bars],
    }


if __name__ == "__main__":
    sys.exit(main())
