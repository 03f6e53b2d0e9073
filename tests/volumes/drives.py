"""Drives to plug in and pull: images of disks with a file system of their own, which stays when they are gone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

images = pytest.mark.skipif(
    sys.platform != "linux"
    or os.geteuid() != 0
    or not all(map(shutil.which, ("losetup", "mkfs.ext4")))
    or not os.path.exists("/dev/loop-control"),
    reason="only on Linux as root with losetup and mkfs.ext4: makes disks",
)


class Drive:
    """A disk that can be plugged in anywhere, and pulled while it is used."""

    def __init__(self, device: str) -> None:
        self._device = device

    def plug_in(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", self._device, folder], check=True)
        return folder

    def pull(self, folder: Path) -> None:
        """Whoever is about to read from it finds an empty folder."""
        subprocess.run(["umount", "-l", folder], check=True)

    @contextmanager
    def plugged_in(self, folder: Path) -> Iterator[Path]:
        self.plug_in(folder)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=False, capture_output=True)


@contextmanager
def ext4_drive(image: Path, size_mb: int = 16, label: str = "SAMPLES") -> Iterator[Drive]:
    """A new disk, which is in no folder yet."""
    with open(image, "wb") as file:
        file.truncate(size_mb << 20)
    subprocess.run(["mkfs.ext4", "-q", "-L", label, image], check=True)
    device = subprocess.check_output(["losetup", "-f", "--show", image], text=True).strip()
    try:
        yield Drive(device)
    finally:
        places = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines() if line.startswith(device)]
        for place in places:
            subprocess.run(["umount", "-l", place], check=False, capture_output=True)
        subprocess.run(["losetup", "-d", device], check=False, capture_output=True)
