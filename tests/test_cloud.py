"""What is only online is told by what a folder says of it, on every system."""

import os
import sys
from pathlib import Path

import pytest

from ctk import cloud

only_linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on systems that do not mark them")

FILE = 0x20
SPARSE_AND_REPARSE = 0x200 | 0x400
UNPINNED, PINNED = 0x100000, 0x80000


@pytest.mark.parametrize(
    ("attributes", "away"),
    [
        (FILE, False),
        (FILE | SPARSE_AND_REPARSE, False),  # OneDrive, on this device
        (FILE | SPARSE_AND_REPARSE | PINNED, False),  # OneDrive, always on this device
        (0x501620, True),  # OneDrive, online only
        (FILE | cloud.OFFLINE, True),
        (FILE | cloud.RECALL_ON_OPEN, True),
        (FILE | cloud.RECALL_ON_DATA_ACCESS | UNPINNED, True),
    ],
)
def test_windows_tells_by_attributes(attributes: int, away: bool) -> None:
    assert cloud.by_attributes(attributes) is away


@pytest.mark.parametrize(("flags", "away"), [(0, False), (0x20, False), (0x40000000, True), (0x40000020, True)])
def test_macos_tells_by_a_flag(flags: int, away: bool) -> None:
    assert cloud.by_flags(flags) is away


@pytest.mark.parametrize(
    ("blocks", "size_bytes", "away"),
    [
        (0, 0, False),
        (0, 60, False),  # in its inode, as ext4 and btrfs keep it
        (0, 65_536, False),
        (0, 65_537, True),
        (8, 10_000_000, False),  # on its way down
    ],
)
def test_elsewhere_blocks_tell(blocks: int, size_bytes: int, away: bool) -> None:
    assert cloud.by_blocks(blocks, size_bytes) is away


@pytest.mark.parametrize(
    "folder",
    [
        "/home/producer/Dropbox",
        "/home/producer/Dropbox/Packs/Kicks",
        "/home/producer/Dropbox (Personal)",
        "/mnt/data/OneDrive - Studio/Loops",
        "/Users/producer/Library/CloudStorage/Box-Box/Loops",
        "/Users/producer/Library/Mobile Documents/com~apple~CloudDocs",
        "/Users/producer/Library/CloudStorage/GoogleDrive-studio@example.com/My Drive",
        "C:\\Users\\producer\\OneDrive\\Music",
        "/home/producer/google drive",
        "/home/producer/Nextcloud",
    ],
)
def test_folders_of_services(folder: str) -> None:
    assert cloud.is_service(folder)


@pytest.mark.parametrize(
    "folder", ["/home/producer/Music", "/home/producer/Dropboxes", "/srv/onedriver", "/home/producer/My Dropbox", "/"]
)
def test_other_folders(folder: str) -> None:
    assert not cloud.is_service(folder)


@pytest.mark.parametrize(
    ("stub", "name"),
    [
        (b".kick.wav.icloud", b"kick.wav"),
        (b"kick.wav.nextcloud", b"kick.wav"),
        (b".kick.wav.owncloud", b".kick.wav"),
        (b".caf\xc3\xa9 \xff.wav.icloud", b"caf\xc3\xa9 \xff.wav"),
    ],
)
def test_stubs_stand_for_files(stub: bytes, name: bytes) -> None:
    assert stub.rpartition(b".")[2] in cloud.STUBS
    assert cloud.real_name(stub) == name


@only_linux
def test_a_file_of_which_nothing_is_here(tmp_path: Path) -> None:
    for folder, away in (("Dropbox", True), ("Music", False)):
        file = tmp_path / folder / "stem.wav"
        file.parent.mkdir()
        file.touch()
        os.truncate(file, 200_000)
        assert cloud.is_only_online(str(file)) is away
        with file.open("r+b") as here:
            here.write(b"RIFF")
            os.fsync(here.fileno())
        assert not cloud.is_only_online(str(file))


def test_what_cannot_be_looked_at_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    assert not cloud.is_only_online(str(tmp_path / "Dropbox" / "kick.wav"))
    assert not cloud.is_only_online(str(tmp_path / "Dropbox" / "ki\0ck.wav"))
