"""Drives that come and go, for real: pulled while they are read, back elsewhere, replaced by others. Nothing is lost,
and the counts are right at each step."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ctk
from ctk.errors import CtkError, UsageError
from ctk.records import Source
from ctk.sources import intake, walk
from ctk.sources.probe import probe_many
from ctk.toolkit import Toolkit
from tests.sources.library import ids, rows, scan, wav
from tests.volumes.drives import Drive, ext4_drive, images

pytestmark = images


def fill(folder: Path, first: int = 0) -> Path:
    """80 sounds in four folders, told apart by their numbers from ``first`` on."""
    for number in range(80):
        wav(folder / f"Pack {number % 4}" / f"{number}.wav", first + number, frames=60)
    return folder


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    """A drive that holds ``Samples``."""
    with ext4_drive(tmp_path / "drive.img") as made:
        with made.plugged_in(tmp_path / "first") as folder:
            fill(folder / "Samples")
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Drive]:
    """A drive that holds other ``Samples``."""
    with ext4_drive(tmp_path / "other.img", label="OTHER") as made:
        with made.plugged_in(tmp_path / "first") as folder:
            fill(folder / "Samples", 1000)
        yield made


def sources(home: Path) -> list[Source]:
    with ctk.open(home) as toolkit:
        return list(toolkit.sources.list())


def the_source(toolkit: Toolkit) -> Source:
    (source,) = toolkit.sources.list()
    return source


def test_away_and_back_in_its_place(home: Path, drive: Drive, tmp_path: Path, opened: list[str]) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    drive.pull(mount)  # the mount point stays, and is empty
    opened.clear()
    label = sources(home)[0].volume
    report = scan(home)
    assert (report.offline, report.missing, report.files) == ((str(mount / "Samples"),), 0, 0)
    (source,) = sources(home)
    assert (source.state, source.volume, source.files, source.missing) == ("offline", label, 80, 0)
    assert source.seen_s is not None and source.scanned_s is not None
    with ctk.open(home) as toolkit:
        assert toolkit.catalog.search("is:offline 17").total == 1
        assert toolkit.catalog.search("is:missing").total == 0
    drive.plug_in(mount)
    report = scan(home)
    assert (report.unchanged, report.offline, opened) == (80, (), [])
    assert ids(home, mount / "Samples") == before


def test_a_mount_point_that_is_gone(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount)
    before = ids(home, mount)
    drive.pull(mount)
    mount.rmdir()
    assert scan(home).offline == (str(mount),)
    drive.plug_in(mount)
    assert scan(home).unchanged == 80
    assert ids(home, mount) == before


@pytest.mark.parametrize("by", ["scan", "list"])
def test_back_elsewhere(by: str, home: Path, drive: Drive, tmp_path: Path, opened: list[str]) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    drive.pull(mount)
    assert scan(home).offline
    there = drive.plug_in(tmp_path / "elsewhere" / "deep")
    opened.clear()
    if by == "scan":
        report = scan(home)
        assert (report.unchanged, report.moved, report.added, report.missing) == (80, 0, 0, 0)
    (source,) = sources(home)
    assert (source.path, source.state, source.files) == (str(there / "Samples"), "ok", 80)
    assert ids(home, there / "Samples") == before
    assert all(os.path.exists(row.path) for row in rows(home))
    assert (scan(home).unchanged, opened) == (80, [])
    with ctk.open(home) as toolkit:
        assert toolkit.catalog.search("source:deep").total == 80
        assert toolkit.catalog.search("source:mnt").total == 0


def test_elsewhere_while_the_program_runs(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([mount]).result(60)
        assert toolkit.catalog.search("in:pack is:ok").total == 80
        drive.pull(mount)
        toolkit.sources.refresh_presence()
        assert toolkit.catalog.search("in:pack is:offline").total == 80
        there = drive.plug_in(tmp_path / "there")
        assert toolkit.sources.refresh_presence()
        assert the_source(toolkit).path == str(there)
        assert toolkit.catalog.search("in:pack is:ok").total == 80
        assert toolkit.catalog.search("17").rows[0].path == str(there / "Samples" / "Pack 1" / "17.wav")
        assert not toolkit.sources.refresh_presence()


def test_another_disk_in_its_place(home: Path, drive: Drive, other: Drive, tmp_path: Path, opened: list[str]) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    drive.pull(mount)
    other.plug_in(mount)
    opened.clear()
    report = scan(home)
    assert (report.offline, report.files, report.missing, opened) == ((str(mount / "Samples"),), 0, 0, [])
    assert {row.state for row in rows(home)} == {"offline"}
    other.pull(mount)
    drive.plug_in(mount)
    assert scan(home).unchanged == 80
    assert ids(home, mount / "Samples") == before


def test_both_disks_in_one_place_one_after_the_other(home: Path, drive: Drive, other: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    drive.pull(mount)
    other.plug_in(mount)
    assert scan(home, mount / "Samples").added == 80
    first, second = sources(home)
    assert (first.state, first.files, second.state, second.files) == ("offline", 80, "ok", 80)
    assert (first.path, second.path) == (f"{mount / 'Samples'} ({first.volume}, not here)", str(mount / "Samples"))
    other.pull(mount)
    drive.plug_in(mount)
    report = scan(home)
    first, second = sources(home)
    assert (first.state, first.path, second.state) == ("ok", str(mount / "Samples"), "offline")
    assert (second.path, report.unchanged) == (f"{mount / 'Samples'} ({second.volume}, not here)", 80)
    assert ids(home, mount / "Samples") == before


def test_two_drives_change_places(home: Path, drive: Drive, other: Drive, tmp_path: Path, opened: list[str]) -> None:
    one, two = drive.plug_in(tmp_path / "E"), other.plug_in(tmp_path / "F")
    scan(home, one / "Samples", two / "Samples")
    first, second = ids(home, one / "Samples"), ids(home, two / "Samples")
    first = {name: id for name, id in first.items() if not name.startswith("..")}
    second = {name: id for name, id in second.items() if not name.startswith("..")}
    for mounted, folder in ((drive, one), (other, two)):
        mounted.pull(folder)
    drive.plug_in(two)
    other.plug_in(one)
    opened.clear()
    report = scan(home)
    assert (report.unchanged, report.missing, report.added, opened) == (160, 0, 0, [])
    assert [source.path for source in sources(home)] == [str(two / "Samples"), str(one / "Samples")]
    assert first.items() <= ids(home, two / "Samples").items()
    assert second.items() <= ids(home, one / "Samples").items()


def test_a_new_disk_with_the_same_files_takes_the_place(home: Path, drive: Drive, other: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    copy = other.plug_in(tmp_path / "copy")
    shutil.rmtree(copy / "Samples")
    shutil.copytree(mount / "Samples", copy / "Samples", copy_function=shutil.copy2)
    other.pull(copy)
    drive.pull(mount)
    other.plug_in(mount)
    report = scan(home)
    assert (report.offline, report.unchanged, report.missing) == ((), 80, 0)
    assert ids(home, mount / "Samples") == before
    drive.plug_in(tmp_path / "again")  # from now on it is another
    assert (scan(home).unchanged, sources(home)[0].path) == (80, str(mount / "Samples"))


def test_half_of_it_gone(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    fill(mount / "Samples" / "More", 2000)
    scan(home, mount)
    before = ids(home, mount)
    shutil.move(mount / "Samples" / "More", tmp_path / "kept")
    report = scan(home)
    (vanished,) = report.vanished
    assert (vanished.path, vanished.gone, vanished.files, report.missing) == (str(mount), 80, 160, 0)
    assert {row.state for row in rows(home)} == {"ok"}
    shutil.move(tmp_path / "kept", mount / "Samples" / "More")
    report = scan(home)
    assert (report.files, report.vanished, report.added) == (160, (), 0)
    assert ids(home, mount) == before


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 5])
def test_pulled_while_it_is_walked(
    after: int, home: Path, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    for number in range(80):
        os.utime(mount / "Samples" / f"Pack {number % 4}" / f"{number}.wav", ns=(1, 10**18 + number))
    wav(mount / "Samples" / "new.wav", 5000)
    with monkeypatch.context() as patch:
        patch.setattr(walk.Walk, "_list", pulling(walk.Walk._list, after, lambda: drive.pull(mount)))
        report = scan(home)
    if not os.listdir(mount):
        assert (report.offline, report.missing, report.problems) == ((str(mount / "Samples"),), 0, ())
        assert "missing" not in {row.state for row in rows(home)}
        drive.plug_in(mount)
    report = scan(home)
    assert (report.files, report.missing, report.offline, report.problems) == (81, 0, (), ())
    assert before.items() <= ids(home, mount / "Samples").items()


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("how", ["gone", "failing"])
def test_pulled_while_its_files_are_read(
    after: int, how: str, home: Path, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``failing``: what is asked of it ends in errors for a while, as of a disk that is dying on the cable."""
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = {row.id: row for row in rows(home)}
    for number in range(80):
        os.utime(mount / "Samples" / f"Pack {number % 4}" / f"{number}.wav", ns=(1, 10**18 + number))
    pulled: list[int] = []
    real_open = os.open

    def pull() -> None:
        drive.pull(mount)
        pulled.append(1)

    def failing(path, flags, *rest, **more):  # type: ignore[no-untyped-def]
        if pulled and how == "failing" and os.fspath(path).endswith(".wav"):
            raise OSError(5, "Input/output error", path)
        return real_open(path, flags, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "CHUNK_FILES", 10)
        patch.setattr(intake, "probe_many", pulling(probe_many, after, pull))
        patch.setattr(os, "open", failing)
        report = scan(home)
    assert pulled
    assert (report.offline, report.missing) == ((str(mount / "Samples"),), 0)
    kept = {row.id: row for row in rows(home)}
    assert kept.keys() == before.keys()
    assert {row.state for row in kept.values()} == {"offline"}
    assert all(row.duration_s == before[id].duration_s for id, row in kept.items())
    drive.plug_in(mount)
    report = scan(home)
    assert (report.files, report.missing, report.added, report.problems) == (80, 0, 0, ())
    assert {row.id for row in rows(home)} == before.keys()


def pulling(work: Callable[..., object], after: int, pull: Callable[[], None]) -> Callable[..., object]:
    """``work``, before whose call number ``after`` the drive is pulled."""
    calls: list[int] = []

    def wrapped(*args: object, **more: object) -> object:
        calls.append(1)
        if len(calls) == after + 1:
            pull()
        return work(*args, **more)

    return wrapped


def test_what_is_protected_or_put_aside_goes_along(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([mount]).result(60)
        id = toolkit.catalog.search("17").rows[0].id
        toolkit.batch.apply(toolkit.batch.plan_remove([id])).result(60)
        toolkit.batch.protect(mount / "Samples" / "Pack 2")
        toolkit.sources.protect(the_source(toolkit).id)
        assert the_source(toolkit).protected
        drive.pull(mount)
        there = drive.plug_in(tmp_path / "there")
        toolkit.sources.scan().result(60)
        assert the_source(toolkit).protected
        assert set(toolkit.batch.protected()) == {str(there), str(there / "Samples" / "Pack 2")}
        toolkit.sources.protect(the_source(toolkit).id, on=False)
        assert not the_source(toolkit).protected
        (held,) = toolkit.batch.held()
        assert os.path.exists(held.held_path) and held.held_path.startswith(str(there))
        assert toolkit.batch.undo().result(60).state == "undone"
        assert (toolkit.catalog.get(id).path, toolkit.catalog.get(id).state) == (
            str(there / "Samples" / "Pack 1" / "17.wav"),
            "ok",
        )


def test_nothing_is_put_on_or_believed_of_another_disk(home: Path, drive: Drive, other: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    own = wav(tmp_path / "Own" / "own.wav", 1).parent
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([mount / "Samples", own]).result(60)
        removed = toolkit.catalog.search("17").rows[0].id
        toolkit.batch.apply(toolkit.batch.plan_remove([removed])).result(60)
        id = toolkit.catalog.search("own").rows[0].id
        drive.pull(mount)
        other.plug_in(mount)
        with pytest.raises(UsageError, match="is not here"):
            toolkit.batch.plan_move([id], mount / "Samples" / "New")
        with pytest.raises(CtkError, match="is not here"):
            toolkit.batch.empty(permanently=True).result(60)
        assert [held.sound_id for held in toolkit.batch.held()] == [removed]
        assert toolkit.sources.forget_missing() == 0
        other.pull(mount)
        drive.plug_in(mount)
        assert toolkit.batch.undo().result(60).state == "undone"
        assert toolkit.catalog.get(removed).state == "ok"


def test_sources_inside_each_other_come_back_together(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount, mount / "Samples" / "Pack 1")
    before = ids(home, mount)
    drive.pull(mount)
    there = drive.plug_in(tmp_path / "there")
    assert scan(home).unchanged == 80
    assert {source.path: source.files for source in sources(home)} == {
        str(there): 60,
        str(there / "Samples" / "Pack 1"): 20,
    }
    assert ids(home, there) == before


def test_back_inside_another_source(home: Path, drive: Drive, tmp_path: Path) -> None:
    """What that source knew of the place becomes one with what its own source knows."""
    library = tmp_path / "Library"
    wav(library / "own.wav", 9000)
    drive.plug_in(library / "Stick")
    scan(home, library)
    drive.pull(library / "Stick")
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount)
    before = ids(home, mount)
    mine = {name: id for name, id in before.items() if not name.startswith("..")}
    drive.pull(mount)
    drive.plug_in(library / "Stick")
    report = scan(home)
    assert (report.files, report.missing) == (81, 0)
    assert mine.items() <= ids(home, library / "Stick").items()
    assert [(source.files, source.state) for source in sources(home)] == [(1, "ok"), (80, "ok")]
    assert len(rows(home)) == 81


def test_added_again_where_it_is_now_it_is_the_same_source(home: Path, drive: Drive, tmp_path: Path) -> None:
    mount = drive.plug_in(tmp_path / "mnt")
    scan(home, mount / "Samples")
    before = ids(home, mount / "Samples")
    drive.pull(mount)
    there = drive.plug_in(tmp_path / "there")
    report = scan(home, there / "Samples")
    assert (report.unchanged, report.added) == (80, 0)
    assert len(sources(home)) == 1
    assert ids(home, there / "Samples") == before


class TestInnerDrives:
    """A source in which a drive is plugged in, as the folder where all of them come to."""

    @pytest.fixture
    def media(self, drive: Drive, tmp_path: Path) -> Path:
        folder = tmp_path / "media"
        for number in range(5):
            wav(folder / f"own {number}.wav", 9000 + number)
        drive.plug_in(folder / "STICK")
        return folder

    @pytest.mark.parametrize("mount_point_stays", [True, False])
    def test_what_is_on_it_is_offline_while_it_is_away(
        self, mount_point_stays: bool, home: Path, drive: Drive, media: Path, opened: list[str]
    ) -> None:
        assert scan(home, media).files == 85
        before = ids(home, media)
        drive.pull(media / "STICK")
        if not mount_point_stays:
            (media / "STICK").rmdir()
        report = scan(home)
        assert (report.files, report.missing, report.vanished) == (5, 0, ())
        with ctk.open(home) as toolkit:
            assert toolkit.catalog.search("is:offline").total == 80
            assert toolkit.sources.forget_missing() == 0
            source = the_source(toolkit)
            assert (source.state, source.files, source.missing) == ("ok", 85, 0)
        assert (scan(home).missing, scan(home).files) == (0, 5)
        drive.plug_in(media / "STICK")
        opened.clear()
        report = scan(home)
        assert (report.unchanged, report.missing, opened) == (85, 0, [])
        assert ids(home, media) == before
        assert {row.state for row in rows(home)} == {"ok"}

    def test_under_another_name(self, home: Path, drive: Drive, media: Path) -> None:
        scan(home, media)
        before = ids(home, media)
        drive.pull(media / "STICK")
        (media / "STICK").rmdir()
        scan(home)
        drive.plug_in(media / "STICK1")
        report = scan(home)
        assert (report.files, report.missing, report.moved) == (85, 0, 80)
        assert ids(home, media) == {name.replace("STICK", "STICK1"): id for name, id in before.items()}

    def test_another_one_in_its_place(self, home: Path, drive: Drive, other: Drive, media: Path) -> None:
        (media / "own 0.wav").unlink()
        scan(home, media)
        drive.pull(media / "STICK")
        with other.plugged_in(media / "STICK"):
            shutil.move(media / "STICK" / "Samples", media / "STICK" / "Others")
            report = scan(home)
            assert (report.files, report.added, report.missing) == (84, 80, 0)
            with ctk.open(home) as toolkit:
                assert toolkit.catalog.search("is:offline").total == 80
        drive.plug_in(media / "STICK")
        scan(home)
        with ctk.open(home) as toolkit:
            assert toolkit.catalog.search("is:offline").total == 80
            assert toolkit.catalog.search("is:missing").total == 0

    def test_files_deleted_from_it_are_missing(self, home: Path, drive: Drive, media: Path) -> None:
        scan(home, media)
        drive.pull(media / "STICK")
        scan(home)
        drive.plug_in(media / "STICK")
        (media / "STICK" / "Samples" / "Pack 1" / "1.wav").unlink()
        assert scan(home).missing == 1

    def test_somebody_says_that_it_is_gone_for_good(self, home: Path, drive: Drive, media: Path) -> None:
        scan(home, media)
        drive.pull(media / "STICK")
        scan(home)
        with ctk.open(home) as toolkit:
            assert toolkit.sources.scan(accept_missing=True).result(60).missing == 80
            assert toolkit.sources.forget_missing() == 80
