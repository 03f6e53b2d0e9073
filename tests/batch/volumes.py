"""Real volumes to move across: small file systems in memory, mounted where the tests may do that."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

mounts = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only on Linux as root: mounts file systems"
)


exfat = pytest.mark.skipif(
    sys.platform != "linux"
    or os.geteuid() != 0
    or not all(map(shutil.which, ("mkfs.exfat", "mount.exfat-fuse", "losetup"))),
    reason="only on Linux as root with exfatprogs and exfat-fuse: makes a drive as cameras and sticks have it",
)


@contextmanager
def mounted(folder: Path, size: str = "8m") -> Iterator[Path]:
    """A file system of its own in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


@contextmanager
def exfat_drive(folder: Path) -> Iterator[Path]:
    """A drive that ignores case, has no links and keeps times coarsely."""
    image = folder.with_suffix(".img")
    folder.mkdir()
    with open(image, "wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.exfat", image], check=True, capture_output=True)
    loop = subprocess.check_output(["losetup", "-f", "--show", image], text=True).strip()
    try:
        subprocess.run(["mount.exfat-fuse", loop, folder], check=True, capture_output=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=False, capture_output=True)
    finally:
        subprocess.run(["losetup", "-d", loop], check=False, capture_output=True)
