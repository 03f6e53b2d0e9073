"""Which drive a path is on, and where it is when the drive is somewhere else."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ctk.volumes.mount import Mount
from ctk.volumes.volumes import Volume, Volumes
from tests.batch.volumes import mounted, mounts

posix = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: paths as they are there")


@dataclass
class Fake:
    """A system with these mounts; drives are called as their devices."""

    table: list[Mount] = field(default_factory=list)

    def mounts(self) -> list[Mount]:
        return self.table

    def identify(self, mount: Mount, path: str) -> tuple[str | None, str]:
        return mount.source or None, mount.source.upper()


@posix
class TestPaths:
    TABLE = (
        Mount("/", "disk", "ext4"),
        Mount("/nowhere/stick", "stick", "vfat"),
        Mount("/nowhere/home", "disk 2", "btrfs", "@home"),
        Mount("/nowhere/nas", "nas", "nfs", network=True),
        Mount("/nowhere/samples", "stick", "vfat", "Samples"),
    )

    @pytest.mark.parametrize(
        ("path", "drive", "place"),
        [
            ("/", "disk", ""),
            ("/nowhere/else/x", "disk", "nowhere/else/x"),
            ("/nowhere/stick", "stick", ""),
            ("/nowhere/stick/Samples/808", "stick", "Samples/808"),
            ("/nowhere/sticky", "disk", "nowhere/sticky"),
            ("/nowhere/home/me", "disk 2", "@home/me"),
            ("/nowhere/samples/808", "stick", "Samples/808"),
        ],
    )
    def test_the_drive_of_a_path_and_the_place_on_it(self, path: str, drive: str, place: str) -> None:
        assert Volumes(Fake([*self.TABLE])).of(path) == Volume(drive, drive.upper(), place)

    def test_every_way_to_a_place(self) -> None:
        volumes = Volumes(Fake([*self.TABLE]))
        assert volumes.where("stick", "Samples/808") == ["/nowhere/samples/808", "/nowhere/stick/Samples/808"]
        assert volumes.where("stick", "Loops") == ["/nowhere/stick/Loops"]
        assert volumes.where("disk 2", "@home/me") == ["/nowhere/home/me"]
        assert volumes.where("disk 2", "@root/me") == []
        assert volumes.where("disk 3", "") == []
        assert volumes.where("stick", "") == ["/nowhere/stick"]

    def test_drives_inside_a_folder(self) -> None:
        volumes = Volumes(Fake([*self.TABLE, Mount("/nowhere/tmp", "tmpfs", "tmpfs")]))
        assert [(place, volume.id) for place, volume in volumes.inside("/nowhere")] == [
            ("stick", "stick"),
            ("home", "disk 2"),
            ("nas", "nas"),
            ("samples", "stick"),
        ]
        assert volumes.inside("/nowhere/stick") == []

    def test_the_later_of_two_mounts_hides_the_other(self) -> None:
        volumes = Volumes(Fake([Mount("/", "disk"), Mount("/nowhere/m", "one"), Mount("/nowhere/m", "two")]))
        found = volumes.of("/nowhere/m/x")
        assert found is not None and found.id == "two"

    def test_network_drives(self) -> None:
        volumes = Volumes(Fake([*self.TABLE]))
        assert volumes.is_network("/nowhere/nas/x") and not volumes.is_network("/nowhere/home/x")

    def test_a_link_leads_to_the_drive_it_points_to(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("/nowhere/stick/Samples")
        found = Volumes(Fake([*self.TABLE])).of(str(tmp_path / "link" / "808"))
        assert found is not None and (found.id, found.place) == ("stick", "Samples/808")


def test_a_share_without_a_letter() -> None:
    if os.name != "nt":
        pytest.skip("only on Windows: paths as they are there")
    found = Volumes(Fake([])).of("\\\\nas\\audio\\Samples")
    assert found is not None and (found.network, found.place) == (True, "Samples")


def test_this_system(tmp_path: Path) -> None:
    volume = Volumes().of(str(tmp_path))
    assert volume is not None and volume.label
    if volume.id is not None:
        real = os.path.realpath(tmp_path)
        assert any(os.path.samefile(real, path) for path in Volumes().where(volume.id, volume.place))


@mounts
def test_a_drive_that_is_plugged_in(tmp_path: Path) -> None:
    before = Volumes().of(str(tmp_path / "drive"))
    with mounted(tmp_path / "drive") as folder:
        volume = Volumes().of(str(folder / "Samples"))
        assert volume is not None and volume.id is not None and volume.place == "Samples"
        assert before is not None and before.id != volume.id
        assert Volumes().where(volume.id, "Samples") == [str(folder / "Samples")]
    assert Volumes().where(volume.id, "Samples") == []
