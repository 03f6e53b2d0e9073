"""Drives on macOS: what the kernel writes about a volume, read where no such kernel is."""

import ctypes
import struct
import uuid

from ctk.volumes import macos
from ctk.volumes.mount import Mount

NUMBER = uuid.UUID("0a81f3b1-51d9-3335-b3e3-169c3640360d")


def attributes(name: bytes, number: uuid.UUID) -> bytes:
    """As ``getattrlist`` gives them: length, where the name is from here on, the UUID, the name with a zero."""
    head = struct.pack("=iI", 24, len(name) + 1) + number.bytes
    body = head + name + b"\0"
    return struct.pack("=I", 4 + len(body)) + body + b"rubbish behind"


def test_name_and_number_of_a_volume() -> None:
    assert macos.parsed(attributes(b"Samples", NUMBER)) == ("Samples", f"uuid:{NUMBER}")
    assert macos.parsed(attributes("Kl\u00e4nge".encode(), NUMBER))[0] == "Kl\u00e4nge"


def test_a_volume_without_a_number() -> None:
    assert macos.parsed(attributes(b"Stick", uuid.UUID(int=0))) == ("Stick", None)


def test_a_share_is_known_by_its_address() -> None:
    share = Mount("/Volumes/Audio", "//me@NAS/Audio", "smbfs", network=True)
    assert macos.identify(share, "/Volumes/Audio/x") == ("smb://nas/audio", "Audio")


def test_the_record_of_a_mount_is_as_long_as_the_kernel_writes_it() -> None:
    assert ctypes.sizeof(macos._StatFs) == 2168
    assert macos._StatFs.at.offset == 88
    assert macos._StatFs.source.offset == 1112
