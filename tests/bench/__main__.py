"""`make bench`: figures as tables; exit status 1 where a bar is missed. Seconds depend on the machine and its load."""

import asyncio
import json
import sys
from pathlib import Path

from tests.bench.bot import TAKES, bot_figures
from tests.bench.renderer import renderer_figures

OUT = Path("out/bench")
LOOP_CPU = 0.050  # seconds of the bot's event loop a take may cost
WAIT = 0.5  # seconds within which a finished clip's upload begins


def main() -> int:
    bot = asyncio.run(bot_figures())
    rows = renderer_figures()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps({"bot": bot, "renderer": rows}, indent=1))
    print(f"the bot, {TAKES} takes           figure    bar")
    print(f"event loop, CPU ms a take   {1000 * bot['loop_cpu']:6.1f} {1000 * LOOP_CPU:6.0f}")
    print(f"finish to upload, ms        {1000 * bot['wait']:6.0f} {1000 * WAIT:6.0f}")
    print("\nparallax, 4 s, s     read  frames  encode  clip s / s")
    for row in rows:
        parts = "".join(f"{row[part]:8.2f}" for part in ("read", "frames", "encode"))
        print(f"{row['size']:>5} px        {parts} {row['speed']:11.2f}")
    met = bot["loop_cpu"] <= LOOP_CPU and bot["wait"] <= WAIT
    verdict = "all bars met" if met else "a bar is missed"
    print(f"\nbench: {verdict}, 720 px at {rows[1]['speed']:.2f} clip seconds a second")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
