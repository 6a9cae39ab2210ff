"""What the driver says of the card, from a driver that is made up."""

from ctypes import addressof, c_int, c_size_t
from types import SimpleNamespace

import pytest

from renderer.models.card import DRIVER, Card, find_card

FAILED = 100  # CUDA_ERROR_NO_DEVICE


def answer(value, kind):
    """A call that leaves a value where its first argument points, and succeeds."""

    def call(where, *_):
        kind.from_address(addressof(where._obj)).value = value
        return 0

    return call


def name(where, _length, _device):
    where.value = b"NVIDIA Test 24"
    return 0


def driver(**changes):
    calls = {
        "cuInit": lambda _flags: 0,
        "cuDeviceGetCount": answer(1, c_int),
        "cuDeviceGet": answer(0, c_int),
        "cuDeviceTotalMem_v2": answer(24 * 2**30, c_size_t),
        "cuDeviceGetName": name,
    }
    return SimpleNamespace(**(calls | changes))


def test_a_card_is_found_with_name_and_memory():
    opened = []

    def open_library(library):
        opened.append(library)
        return driver()

    assert find_card(open_library) == Card(name="NVIDIA Test 24", memory_gb=24.0)
    assert opened == [DRIVER]


def test_without_a_driver_there_is_no_card():
    def open_library(_library):
        raise OSError

    assert find_card(open_library) is None


def test_a_driver_without_cards_is_no_card():
    assert find_card(lambda _library: driver(cuDeviceGetCount=answer(0, c_int))) is None


@pytest.mark.parametrize(
    "call", ["cuInit", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceTotalMem_v2", "cuDeviceGetName"]
)
def test_a_call_that_fails_means_no_card(call):
    assert find_card(lambda _library: driver(**{call: lambda *_: FAILED})) is None
