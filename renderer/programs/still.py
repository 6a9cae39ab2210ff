"""A program that turns one untrusted file into the canonical still, in a process that may be killed.

    python -m renderer.programs.still  < file  > answer

stdin    the file's bytes, then end of file.
stdout   (a pipe) one line of JSON, ended by a newline; then, if the picture can be used, the PNG's bytes and the
         preview's (JPEG, at most 1280 pixels long), one after the other, nothing between them:
             {"width": 1920, "height": 1280, "sha256": "…", "likeness": "…", "png": 3141592, "preview": 271828}
         or, if not, the code and data of one of `renderer.contract.errors`, and nothing after it:
             {"error": "too_small", "data": {"limit": 64}}
status   0 where there is a whole answer. Anything else (a crash, a limit, a kill) means `undecodable`.

The process limits itself before it looks at the bytes: memory, CPU time, no files written, no core. Wall time is the
caller's to limit (20 s is ample), because a process cannot kill itself while it waits.
"""

import json
import resource
import sys
from collections.abc import Mapping

from renderer.contract.errors import UnstillError

MEMORY = 1536 * 2**20  # 64 megapixels with alpha, twice, and room to turn them
CPU_SECONDS = 15


def main() -> None:
    """Answer on stdout for the file on stdin."""
    limit_this_process()
    from renderer.contract.shot import FILE_LIMITS  # noqa: PLC0415
    from renderer.programs.canonical import canonical  # noqa: PLC0415  Pillow is loaded inside the limits

    try:
        still = canonical(sys.stdin.buffer.read(FILE_LIMITS["bytes"] + 1))
    except UnstillError as error:
        answer({"error": error.code, "data": error.data})
        return
    header = {"width": still.width, "height": still.height, "sha256": still.sha256, "likeness": still.likeness}
    answer(header | {"png": len(still.png), "preview": len(still.preview)}, still.png, still.preview)


def limit_this_process() -> None:
    """Give up memory, time and the right to write files, for good."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(header: Mapping[str, object], *parts: bytes) -> None:
    """Write the header's line and what follows it."""
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
