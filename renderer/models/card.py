"""The graphics card, asked of its driver: importing torch for it would take seconds."""

from collections.abc import Callable
from ctypes import CDLL, byref, c_int, c_size_t, create_string_buffer
from dataclasses import dataclass
from typing import Any

DRIVER = "libcuda.so.1"  # the driver's own library, which comes with it
OpenLibrary = Callable[[str], Any]  # raises `OSError` where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The first card that CUDA finds."""

    name: str
    memory_gb: float  # in units of 2^30 bytes, as cards are sold


def find_card(open_library: OpenLibrary = CDLL) -> Card | None:
    """Find the card; None where there is no driver, or no card that it can use.

    The calls are those of NVIDIA's driver API, "Device Management"; each answers 0 where it worked.
    """
    try:
        driver = open_library(DRIVER)
    except OSError:
        return None
    device, count, memory, name = c_int(), c_int(), c_size_t(), create_string_buffer(256)
    if driver.cuInit(0) or driver.cuDeviceGetCount(byref(count)) or not count.value:
        return None
    if driver.cuDeviceGet(byref(device), 0) or driver.cuDeviceTotalMem_v2(byref(memory), device):
        return None
    if driver.cuDeviceGetName(name, len(name), device):
        return None
    return Card(name=name.value.decode(errors="replace"), memory_gb=memory.value / 2**30)
