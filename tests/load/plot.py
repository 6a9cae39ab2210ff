"""How the bot's cost grows: a picture for the docs."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from tests.load.crowd import Figures

mpl.use("agg")


def plot(whole: Figures, members: Sequence[Figures], servers: Sequence[Figures], path: Path) -> None:
    """CPU and memory along a run, then CPU and the slowest answer by members and by servers."""
    figure, (along, by_members, by_servers) = plt.subplots(1, 3, figsize=(12, 3.4), layout="constrained")
    tenths = [whole.takes * tenth / len(whole.cpu_ms) for tenth in range(1, len(whole.cpu_ms) + 1)]
    _pair(along, tenths, whole.cpu_ms, whole.memory_mb, "takes so far", "memory, MB")
    for axes, runs, name in ((by_members, members, "members"), (by_servers, servers, "servers")):
        counts = [getattr(run, name) for run in runs]
        _pair(axes, counts, [run.cpu for run in runs], [max(run.answers) for run in runs], name, "slowest answer, s")
    along.set_title(f"{whole.takes} takes, {whole.members} members, {whole.servers} servers")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _pair(axes, xs, cpu, other, x_name: str, other_name: str) -> None:
    axes.plot(xs, cpu, "o-", color="tab:blue")
    axes.set(xlabel=x_name, ylabel="bot CPU a take, ms", ylim=(0, None))
    axes.yaxis.label.set_color("tab:blue")
    second = axes.twinx()
    second.plot(xs, other, "s--", color="tab:orange")
    second.set(ylabel=other_name, ylim=(0, None))
    second.yaxis.label.set_color("tab:orange")
