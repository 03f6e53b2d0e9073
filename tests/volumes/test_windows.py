"""Drives on Windows, as far as that can be told elsewhere; and there, that the system's own drive is known."""

import os
import sys

import pytest

from ctk.volumes import windows
from ctk.volumes.mount import share
from ctk.volumes.volumes import Volumes


def test_letters_of_drives() -> None:
    assert windows.letters(0b1100) == ["C:\\", "D:\\"]
    assert windows.letters(1 << 25) == ["Z:\\"]


def test_a_serial_number_is_written_as_windows_does() -> None:
    assert windows.called(0x1A2B3C4D) == "serial:1A2B-3C4D"
    assert windows.called(0) is None


@pytest.mark.parametrize("address", ["\\\\NAS\\Audio", "//nas/audio", "//me@NAS/Audio/", "\\\\nas\\Audio\\"])
def test_a_share_has_one_name(address: str) -> None:
    assert share(address) == "smb://nas/audio"


@pytest.mark.skipif(sys.platform != "win32", reason="only on Windows")
def test_the_drive_of_the_system() -> None:
    home = os.path.expanduser("~")
    volume = Volumes().of(home)
    assert volume is not None and volume.id is not None and volume.id.startswith("serial:")
    assert home in Volumes().where(volume.id, volume.place)
