"""Placeholders of cloud services have rows and are never opened; what was known of a file stays when it is evicted."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import ctk
from ctk.errors import CannotDecode
from ctk.records import ScanReport, Sound
from ctk.toolkit import Toolkit
from tests.sources import opens
from tests.sources.library import rows, scan, stem, wav

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only on systems where placeholders can be made without a service"
)

LONG = 60_000
"""Frames of a sound that takes more than what a file system may keep inside a name."""


@pytest.fixture
def dropbox(tmp_path: Path) -> Path:
    """A folder of a cloud service with a sound, what stands for two others, and a folder."""
    folder = tmp_path / "Dropbox"
    wav(folder / "here.wav", 1, LONG)
    wav(folder / "Loops" / "also here.wav", 2)
    placeholder(folder / "away.wav", 400_000)
    placeholder(folder / "Loops" / "also away.flac", 300_000)
    return folder


def placeholder(file: Path, size_bytes: int, mtime_ns: int = 1_700_000_000_000_000_000) -> Path:
    """What a service leaves in the place of a file: its length and time, and nothing on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch()
    os.truncate(file, size_bytes)
    os.utime(file, ns=(mtime_ns, mtime_ns))
    assert file.stat().st_blocks == 0, "the drive of the temporary folder cannot hold files with nothing in them"
    return file


def evict(file: Path, aside: Path) -> None:
    """Free the space of a file, which is ``aside`` from then on."""
    found = file.stat()
    shutil.move(file, aside)
    placeholder(file, found.st_size, found.st_mtime_ns)


def sounds(toolkit: Toolkit) -> dict[str, Sound]:
    return {row.name: toolkit.catalog.get(row.id) for row in toolkit.catalog.search("", limit=1000).rows}


def states(home: Path) -> dict[str, str]:
    return {row.name: row.state for row in rows(home)}


def counts(report: ScanReport) -> tuple[int, int, int, int, int]:
    return report.files, report.cloud, report.added, report.missing, report.moved


def test_placeholders_have_rows(home: Path, dropbox: Path) -> None:
    report = scan(home, dropbox)
    assert counts(report) == (2, 2, 2, 0, 0)
    assert report.problems == ()
    with ctk.open(home) as toolkit:
        found = sounds(toolkit)
        source = toolkit.sources.list()[0]
        assert toolkit.catalog.search("is:cloud").total == 2
    assert {name: sound.state for name, sound in found.items()} == {
        "here.wav": "ok",
        "also here.wav": "ok",
        "away.wav": "cloud",
        "also away.flac": "cloud",
    }
    away = found["away.wav"]
    assert (away.size_bytes, away.fingerprint, away.format, away.reason) == (400_000, None, None, None)
    assert (source.files, source.cloud, source.problems) == (2, 2, 0)


@pytest.mark.parametrize("full", [False, True])
def test_no_placeholder_is_ever_opened(home: Path, dropbox: Path, full: bool) -> None:
    with opens.watched(dropbox) as first:
        scan(home, dropbox)
    assert first == {"here.wav", "also here.wav"}
    with opens.watched(dropbox) as second:
        scan(home, full=full)
    assert second == (first if full else set())


def test_nothing_else_opens_them(home: Path, dropbox: Path) -> None:
    placeholder(dropbox / "away copy.wav", 400_000)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([dropbox]).result(30)
        id = sounds(toolkit)["away.wav"].id
        with opens.watched(dropbox) as opened:
            toolkit.duplicates.find(near=True).result(30)
            toolkit.waveforms.build().result(30)
            assert toolkit.waveforms.kept([id]) == {}
            plan = toolkit.batch.plan_move([id], dropbox / "Elsewhere")
            toolkit.sources.discover().result(30)
        assert opened <= {"here.wav", "also here.wav"}
    assert [refusal.reason for refusal in plan.refused] == ["This file is only in the cloud; download it first."]
    assert plan.steps == ()


def test_playing_and_reading_ahead_download_nothing(home: Path, dropbox: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([dropbox]).result(30)
        found = sounds(toolkit)
        with opens.watched(dropbox) as opened:
            toolkit.audio.prepare([found["away.wav"].id, str(dropbox / "away.wav"), found["here.wav"].id])
            for target in (found["away.wav"].id, dropbox / "away.wav"):
                with pytest.raises(CannotDecode, match="still in the cloud"):
                    toolkit.audio.play(target)
                assert "still in the cloud" in str(toolkit.audio.now().error)
            with pytest.raises(CannotDecode):
                toolkit.waveforms.peaks(found["away.wav"].id)
            toolkit.audio.play(found["here.wav"].id)
    assert opened == {"here.wav"}


def test_a_second_scan_changes_nothing(home: Path, dropbox: Path) -> None:
    scan(home, dropbox)
    before = rows(home)
    assert counts(scan(home)) == (2, 2, 0, 0, 0)
    assert rows(home) == before


def test_a_downloaded_file_is_read_and_keeps_its_row(home: Path, dropbox: Path, tmp_path: Path) -> None:
    scan(home, dropbox)
    before = {row.name: row.id for row in rows(home)}
    shutil.copy(wav(tmp_path / "elsewhere.wav", 3, LONG), dropbox / "away.wav")
    report = scan(home)
    assert (report.files, report.cloud, report.added, report.changed) == (3, 1, 0, 1)
    with ctk.open(home) as toolkit:
        found = sounds(toolkit)["away.wav"]
    assert (found.id, found.state, found.format, found.size_bytes) == (before["away.wav"], "ok", "wav", 120_044)
    assert found.fingerprint is not None
    assert states(home)["also away.flac"] == "cloud"


def test_an_evicted_file_keeps_its_facts_and_comes_back_unread(home: Path, dropbox: Path, tmp_path: Path) -> None:
    scan(home, dropbox)
    with ctk.open(home) as toolkit:
        before = sounds(toolkit)["here.wav"]
    evict(dropbox / "here.wav", tmp_path / "aside.wav")
    with opens.watched(dropbox) as opened:
        report = scan(home)
    assert opened == set()
    assert counts(report) == (1, 3, 0, 0, 0)
    with ctk.open(home) as toolkit:
        away = sounds(toolkit)["here.wav"]
    assert (away.id, away.state) == (before.id, "cloud")
    assert (away.fingerprint, away.duration_s, away.size_bytes, away.added_s) == (
        before.fingerprint,
        before.duration_s,
        before.size_bytes,
        before.added_s,
    )
    os.replace(tmp_path / "aside.wav", dropbox / "here.wav")
    with opens.watched(dropbox) as opened:
        assert counts(scan(home)) == (2, 2, 0, 0, 0)
    assert opened == set()
    with ctk.open(home) as toolkit:
        assert sounds(toolkit)["here.wav"] == before


def test_a_placeholder_that_goes_is_missing(home: Path, dropbox: Path) -> None:
    scan(home, dropbox)
    (dropbox / "away.wav").unlink()
    assert scan(home).missing == 1
    assert states(home)["away.wav"] == "missing"
    placeholder(dropbox / "away.wav", 400_000)
    scan(home)
    assert states(home)["away.wav"] == "cloud"


def test_a_renamed_file_is_recognised_once_it_is_downloaded(home: Path, dropbox: Path, tmp_path: Path) -> None:
    scan(home, dropbox)
    before = {row.name: row.id for row in rows(home)}
    evict(dropbox / "here.wav", tmp_path / "aside.wav")
    scan(home)
    shutil.move(dropbox / "here.wav", dropbox / "Loops" / "there.wav")
    scan(home)
    assert (states(home)["here.wav"], states(home)["there.wav"]) == ("missing", "cloud")
    os.replace(tmp_path / "aside.wav", dropbox / "Loops" / "there.wav")
    report = scan(home)
    assert (report.files, report.cloud, report.moved, report.changed, report.unchanged) == (2, 2, 1, 0, 1)
    found = {row.name: row for row in rows(home)}
    assert (found["there.wav"].id, found["there.wav"].state) == (before["here.wav"], "ok")
    assert "here.wav" not in found


def test_a_folder_that_is_only_online_is_recognised_when_it_is_renamed(
    home: Path, dropbox: Path, tmp_path: Path
) -> None:
    evicted = wav(dropbox / "Loops" / "evicted.wav", 4, LONG)
    for number in range(80):
        placeholder(dropbox / "Loops" / f"loop {number}.wav", 100_000 + number)
    scan(home, dropbox)
    evict(evicted, tmp_path / "aside.wav")
    scan(home)
    with ctk.open(home) as toolkit:
        before = sounds(toolkit)
    (dropbox / "Loops").rename(dropbox / "Loops 2026")
    with opens.watched(dropbox) as opened:
        report = scan(home)
    assert "evicted.wav" not in opened
    assert (report.moved, report.missing, report.added, report.vanished) == (83, 0, 0, ())
    with ctk.open(home) as toolkit:
        after = sounds(toolkit)
    assert {name: sound.id for name, sound in after.items()} == {name: sound.id for name, sound in before.items()}
    assert (after["evicted.wav"].fingerprint, after["evicted.wav"].duration_s) == (
        before["evicted.wav"].fingerprint,
        before["evicted.wav"].duration_s,
    )
    assert {sound.state for name, sound in after.items() if name.startswith("loop")} == {"cloud"}
    assert Path(after["loop 7.wav"].path).parent.name == "Loops 2026"
    assert counts(scan(home)) == (2, 83, 0, 0, 0)


def test_look_alikes_that_are_only_online_are_not_taken_for_each_other(home: Path, dropbox: Path) -> None:
    """Two of one name, size and time go and one comes: which it is nobody can tell."""
    for folder in ("A", "B"):
        placeholder(dropbox / folder / "kick.wav", 100_000)
    scan(home, dropbox)
    shutil.rmtree(dropbox / "A")
    (dropbox / "B").rename(dropbox / "C")
    report = scan(home)
    assert (report.moved, report.missing) == (0, 2)


def test_stubs_are_shown_under_the_name_of_the_file(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Mobile Documents"
    wav(folder / "kick.wav", 1)
    (folder / ".kick.wav.icloud").write_bytes(b"bplist00, left over")
    (folder / ".snare.wav.icloud").write_bytes(b"bplist00")
    (folder / "hat.aif.nextcloud").write_bytes(b" ")
    (folder / ".notes.txt.icloud").write_bytes(b"bplist00")
    with opens.watched(folder) as opened:
        report = scan(home, folder)
    assert opened == {"kick.wav"}
    assert counts(report) == (1, 2, 1, 0, 0)
    assert states(home) == {"kick.wav": "ok", "snare.wav": "cloud", "hat.aif": "cloud"}


def test_a_stub_in_the_place_of_a_known_file(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Mobile Documents"
    wav(folder / "kick.wav", 1)
    scan(home, folder)
    (before,) = rows(home)
    shutil.move(folder / "kick.wav", tmp_path / "aside.wav")
    (folder / ".kick.wav.icloud").write_bytes(b"bplist00")
    scan(home)
    (away,) = rows(home)
    assert (away.id, away.state, away.size_bytes, away.duration_s) == (
        before.id,
        "cloud",
        before.size_bytes,
        before.duration_s,
    )
    (folder / ".kick.wav.icloud").unlink()
    os.replace(tmp_path / "aside.wav", folder / "kick.wav")
    scan(home)
    assert rows(home) == [before]


def test_a_link_to_a_placeholder_is_not_opened(home: Path, dropbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Links"
    folder.mkdir()
    (folder / "linked.wav").symlink_to(dropbox / "away.wav")
    with opens.watched(dropbox) as opened:
        scan(home, folder)
    assert opened == set()
    assert states(home) == {"linked.wav": "cloud"}


def test_elsewhere_a_file_with_nothing_on_the_disk_is_a_file(home: Path, tmp_path: Path) -> None:
    placeholder(tmp_path / "Music" / "hole.wav", 400_000)
    report = scan(home, tmp_path / "Music")
    assert counts(report) == (1, 0, 1, 0, 0)
    assert states(home) == {"hole.wav": "bad"}


def test_look_alikes_that_are_only_online_are_not_told_apart_by_reading(
    home: Path, dropbox: Path, tmp_path: Path
) -> None:
    """Found by a scan that was stopped, then evicted: the row is new, has a fingerprint, and must not be opened."""
    stem(dropbox / "stem.wav", 1)
    stem(dropbox / "same edges.wav", 2)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([dropbox]).result(30)
        toolkit._store.write(
            lambda connection: connection.execute(
                "UPDATE sounds SET settled = 0, full_hash = NULL WHERE name = CAST('same edges.wav' AS BLOB)"
            )
        ).result()
    evict(dropbox / "same edges.wav", tmp_path / "aside.wav")
    (dropbox / "stem.wav").unlink()
    with opens.watched(dropbox) as opened:
        scan(home)
    assert opened == set()


def test_what_was_evicted_since_the_last_scan_is_not_compared(home: Path, dropbox: Path, tmp_path: Path) -> None:
    wav(dropbox / "one.wav", 5, 4 * LONG)
    shutil.copy2(dropbox / "one.wav", dropbox / "two.wav")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([dropbox]).result(30)
        toolkit._store.write(lambda connection: connection.execute("UPDATE sounds SET full_hash = NULL")).result()
        evict(dropbox / "two.wav", tmp_path / "aside.wav")
        with opens.watched(dropbox) as opened:
            found = toolkit.duplicates.find(near=True).result(30)
    assert "two.wav" not in opened
    assert [Path(problem.path).name for problem in found.problems] == ["two.wav"]
    assert [group for group in found.groups if group.kind == "exact"] == []


@pytest.mark.parametrize("which", ["one.wav", "two.wav"])
def test_nothing_goes_while_a_copy_is_only_online(home: Path, dropbox: Path, tmp_path: Path, which: str) -> None:
    wav(dropbox / "one.wav", 5, 4 * LONG)
    shutil.copy2(dropbox / "one.wav", dropbox / "two.wav")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([dropbox]).result(30)
        toolkit.duplicates.find().result(30)
        plan = toolkit.duplicates.plan()
        assert len(plan.steps) == 1
        evict(dropbox / which, tmp_path / "aside.wav")
        with opens.watched(dropbox) as opened:
            receipt = toolkit.batch.apply(plan).result(30)
    assert which not in opened
    assert receipt.done == 0
    assert {path.name for path in dropbox.glob("*.wav")} >= {"one.wav", "two.wav"}
