"""What a hostile Redis would like a worker to run: it leaves a mark where the test looks."""

import os
from pathlib import Path


def spring(*_args, **_kwargs):
    Path(os.environ["UNSTILL_TRAP"]).touch()


class Pickled:
    """Springs when it is unpickled."""

    def __reduce__(self):
        return spring, ()
