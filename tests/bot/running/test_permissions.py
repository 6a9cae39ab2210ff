"""What the bot keeps is for its own user alone."""

import os
import subprocess
import sys

from bot.running.permissions import close_to_others


def open_ones(folder):
    """What others than its owner may read, write or enter."""
    return [path for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077 and not path.is_symlink()]


def loose(folder):
    """A data folder as earlier versions left it."""
    for name in ("stills", "clips", "redis"):
        (folder / name).mkdir(parents=True)
    for name in ("unstill.db", "unstill.db-wal", "unstill.db-shm", "stills/a.png", "clips/b.mp4", "alive"):
        (folder / name).write_bytes(b"words")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def test_a_folder_of_before_is_closed_with_all_that_is_in_it(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("the operator's own")
    elsewhere.chmod(0o644)
    folder = loose(tmp_path / "data")
    (folder / "link").symlink_to(elsewhere)
    close_to_others(folder)
    assert open_ones(folder) == []
    assert (folder / "stills" / "a.png").read_bytes() == b"words"
    assert elsewhere.stat().st_mode & 0o777 == 0o644
    close_to_others(folder)  # which is well already


def test_whatever_the_bot_and_its_children_write_is_for_its_user_alone(tmp_path):
    """From its first step on, whatever writes it and whatever the operator's shell would have allowed."""
    script = (
        "import os, subprocess, sys; os.umask(0o022)\n"
        "import bot.__main__ as bot; bot._go_online = lambda _: subprocess.call([sys.executable, '-c',"
        ' \'import pathlib; pathlib.Path("clips").mkdir(); pathlib.Path("clips/a").touch()\'])\n'
        "sys.exit(bot.main())"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, env=os.environ | {"DATABASE_URL": ""})
    assert open_ones(tmp_path / "clips") == []
