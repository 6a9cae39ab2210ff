"""What a container leaves of a machine's RAM. The files are those that a kernel writes, in a folder."""

import psutil
import pytest

from renderer.models.memory import free_ram_gb

GB = 10**9


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with 64 GB free: `machine(cgroup, {"path/of/a/file": number})`."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 64 * GB}))

    def write(cgroup, **files):
        for name, content in {"proc/self/cgroup": cgroup, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{content}\n")
        return tmp_path

    return write


def group(folder, limit, used=0, cached=0):
    return {
        f"sys/fs/cgroup/{folder}/memory.max": limit,
        f"sys/fs/cgroup/{folder}/memory.current": used,
        f"sys/fs/cgroup/{folder}/memory.stat": f"anon {used - cached}\ninactive_file {cached}",
    }


def older_group(folder, limit, used=0):
    return {
        f"sys/fs/cgroup/memory/{folder}/memory.limit_in_bytes": limit,
        f"sys/fs/cgroup/memory/{folder}/memory.usage_in_bytes": used,
    }


def test_without_groups_the_machines_own_counts(tmp_path, machine):
    assert free_ram_gb(tmp_path) == 64
    assert free_ram_gb(machine("0::/")) == 64


def test_a_containers_limit_less_what_is_in_use_counts(machine):
    assert free_ram_gb(machine("0::/", **group(".", 32 * GB, used=10 * GB))) == 22


def test_pages_of_files_that_make_room_are_not_in_use(machine):
    assert free_ram_gb(machine("0::/", **group(".", 32 * GB, used=30 * GB, cached=20 * GB))) == 22


def test_the_tightest_of_a_group_and_those_above_it_counts(machine):
    files = group("a.slice", 16 * GB, used=6 * GB) | group("a.slice/b.service", "max", used=5 * GB)
    assert free_ram_gb(machine("0::/a.slice/b.service", **files)) == 10


def test_no_limit_is_none(machine):
    assert free_ram_gb(machine("0::/a", **group("a", "max"))) == 64
    assert free_ram_gb(machine("4:memory:/a", **older_group("a", 9223372036854771712))) == 64


def test_older_groups_are_read_too_also_where_the_path_is_the_hosts(machine):
    lines = "5:cpu,cpuacct:/docker/c0ffee\n4:memory:/docker/c0ffee\n1:name=systemd:/docker/c0ffee"
    assert free_ram_gb(machine(lines, **older_group(".", 8 * GB, used=3 * GB))) == 5


def test_a_group_that_is_full_leaves_nothing(machine):
    assert free_ram_gb(machine("0::/", **group(".", 8 * GB, used=9 * GB))) == 0
