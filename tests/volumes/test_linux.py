"""Drives on Linux: the kernel's list of mounts, and real file systems where the tests may mount them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ctk.volumes import linux
from ctk.volumes.mount import Mount
from tests.batch.volumes import mounted, mounts
from tests.volumes.drives import Drive, ext4_drive, images

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")

TABLE = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:40 /@home /home rw,relatime shared:1 - btrfs /dev/sda2 rw,subvol=/@home
41 27 8:33 / /media/me/MY\040DRIVE rw,nosuid - vfat /dev/sdc1 rw,uid=1000
42 27 0:50 / /mnt/nas rw - cifs //NAS/Audio rw,vers=3.1
43 27 0:51 / /mnt/unix rw - nfs4 unix:/export/audio rw
44 27 8:33 /Samples /srv/samples rw - vfat /dev/sdc1 rw
45 27 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro
46 27 0:60 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
nonsense
"""


def test_the_table_of_the_kernel() -> None:
    assert linux.parsed(TABLE) == [
        Mount("/", "/dev/vda", "ext4"),
        Mount("/home", "/dev/sda2", "btrfs", "@home"),
        Mount("/media/me/MY DRIVE", "/dev/sdc1", "vfat"),
        Mount("/mnt/nas", "//NAS/Audio", "cifs", network=True),
        Mount("/mnt/unix", "unix:/export/audio", "nfs4", network=True),
        Mount("/srv/samples", "/dev/sdc1", "vfat", "Samples"),
        Mount("/run/user/1000/gvfs", "gvfsd-fuse", "fuse.gvfsd-fuse", network=True),
    ]


def test_a_share_is_known_by_its_address() -> None:
    nas = Mount("/mnt/nas", "//NAS/Audio", "cifs", network=True)
    assert linux.identify(nas, "/mnt/nas") == ("smb://nas/audio", "Audio")
    unix = Mount("/mnt/unix", "unix:/export/audio", "nfs4", network=True)
    assert linux.identify(unix, "/mnt/unix") == ("nfs4:unix:/export/audio", "audio")


def test_a_disk_is_known_by_the_names_that_udev_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uuids, labels = tmp_path / "by-uuid", tmp_path / "by-label"
    for folder, name in ((uuids, "1234-ABCD"), (labels, r"MY\x20DRIVE")):
        folder.mkdir()
        (folder / name).symlink_to("/dev/null")
        (folder / "other").symlink_to("/dev/zero")
    monkeypatch.setattr(linux, "_UUIDS", str(uuids))
    monkeypatch.setattr(linux, "_LABELS", str(labels))
    stick = Mount("/media/stick", "/dev/null", "vfat")
    assert linux.identify(stick, "/media/stick") == ("uuid:1234-ABCD", "MY DRIVE")
    assert linux.identify(Mount("/x", "/dev/tty", "vfat"), "/x") == (None, "x")
    assert linux.identify(Mount("/tank", "tank/audio", "zfs"), "/tank") == ("zfs:tank/audio", "tank")


@mounts
def test_a_real_table(tmp_path: Path) -> None:
    with mounted(tmp_path / "a drive") as folder:
        assert Mount(str(folder), "tmpfs", "tmpfs") in linux.mounts()


@mounts
def test_each_file_system_in_memory_is_another(tmp_path: Path) -> None:
    with mounted(tmp_path / "one") as one, mounted(tmp_path / "two") as two:
        found = [linux.identify(mount, mount.at)[0] for mount in linux.mounts() if mount.at in (str(one), str(two))]
        assert len(found) == len(set(found)) == 2
        subprocess.run(["mount", "--bind", one, two], check=True)
        (id,) = {linux.identify(mount, mount.at)[0] for mount in linux.mounts()[-1:]}
        assert id in found
        subprocess.run(["umount", two], check=True)


@images
def test_a_disk_keeps_its_name_wherever_it_is_plugged_in(tmp_path: Path) -> None:
    with ext4_drive(tmp_path / "disk.img") as disk, ext4_drive(tmp_path / "other.img") as other:
        names = [_name(disk, tmp_path / "here"), _name(disk, tmp_path / "there"), _name(other, tmp_path / "here")]
    assert names[0] == names[1] != names[2]
    assert None not in names


def _name(drive: Drive, folder: Path) -> str | None:
    with drive.plugged_in(folder):
        (mount,) = (mount for mount in linux.mounts() if mount.at == os.fspath(folder))
        return linux.identify(mount, mount.at)[0]
