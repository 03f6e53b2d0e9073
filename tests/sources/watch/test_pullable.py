"""Drives that can be unplugged, as far as that can be told elsewhere than on Windows."""

import os
import struct
import sys

import pytest

from ctk.sources.watch.pullable import is_external, is_pullable


def descriptor(bus: int) -> bytes:
    """STORAGE_DEVICE_DESCRIPTOR: version, size, four bytes of flags, four offsets, bus, and the length of the rest."""
    return struct.pack("<II4sIIIIII", 40, 40, bytes(4), 0, 0, 0, 0, bus, 0)


@pytest.mark.parametrize(("bus", "external"), [(7, True), (4, True), (12, True), (11, False), (17, False), (0, False)])
def test_the_bus_tells(bus: int, external: bool) -> None:
    assert is_external(descriptor(bus)) is external


def test_nothing_was_told() -> None:
    assert not is_external(b"")
    assert not is_external(descriptor(7)[:30])


@pytest.mark.skipif(sys.platform == "win32", reason="only on other systems")
def test_elsewhere_watching_is_in_nobodys_way() -> None:
    assert not is_pullable("/media/stick")


@pytest.mark.skipif(sys.platform != "win32", reason="only on Windows")
def test_the_drive_of_the_system_stays() -> None:
    assert not is_pullable(os.path.expanduser("~"))
    assert not is_pullable("\\\\nas\\audio")
