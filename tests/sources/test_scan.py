"""A scan against real folders: what is new, changed, gone, moved, offline, and what must never stop it."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import ctk
from ctk.errors import Cancelled, SourceError
from ctk.sources import intake
from ctk.sources.probe import Facts, probe_many
from tests.sources.library import ids, rows, scan, states, stem, unplug, wav

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and odd names need a POSIX file system")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(5):
        wav(folder / "Drums" / f"kick {number}.wav", number)
    wav(folder / "loop.WAV", 10)
    (folder / "notes.txt").write_text("no sound")
    (folder / "Drums" / "kick 1.wav.asd").write_bytes(b"analysis")
    return folder


def test_first_scan_lists_every_sound_with_its_facts(home: Path, root: Path) -> None:
    report = scan(home, root)
    assert (report.files, report.added, report.unchanged, report.problems) == (6, 6, 0, ())
    assert report.bytes == sum(path.stat().st_size for path in root.rglob("*.[wW][aA][vV]"))
    assert report.duration_s == pytest.approx(6 * 2000 / 44100, abs=0.01)
    found = {row.name: row for row in rows(home)}
    assert set(found) == {"loop.WAV", *(f"kick {number}.wav" for number in range(5))}
    kick = found["kick 3.wav"]
    assert kick.path == str(root / "Drums" / "kick 3.wav")
    assert (kick.format, kick.codec, kick.sample_rate_hz, kick.channels, kick.bit_depth, kick.state) == (
        "wav",
        "pcm",
        44100,
        1,
        16,
        "ok",
    )


def test_an_unchanged_file_is_not_opened(home: Path, root: Path, opened: list[str]) -> None:
    scan(home, root)
    opened.clear()
    report = scan(home)
    assert (report.files, report.unchanged, report.added) == (6, 6, 0)
    assert opened == []
    assert scan(home, full=True).changed == 6
    assert len(opened) == 6


def test_new_changed_vanished_and_moved_are_told_apart(home: Path, root: Path, opened: list[str]) -> None:
    scan(home, root)
    before = ids(home, root)
    opened.clear()
    wav(root / "Drums" / "kick 0.wav", 99, frames=3000)
    (root / "Drums" / "kick 1.wav").unlink()
    (root / "Old").mkdir()
    (root / "Drums" / "kick 2.wav").rename(root / "Old" / "boom.wav")
    wav(root / "snare.wav", 20)
    report = scan(home)
    assert (report.files, report.added, report.changed, report.moved, report.missing, report.unchanged) == (
        6,
        1,
        1,
        1,
        1,
        3,
    )
    after = ids(home, root)
    assert after["Old/boom.wav".replace("/", os.sep)] == before["Drums/kick 2.wav".replace("/", os.sep)]
    assert after[os.path.join("Drums", "kick 0.wav")] == before[os.path.join("Drums", "kick 0.wav")]
    assert len(opened) == 3
    again = scan(home)
    assert (again.unchanged, again.missing, again.moved) == (6, 0, 0)
    with ctk.open(home) as toolkit:
        assert states(toolkit)["kick 1.wav"] == "missing"


def test_a_missing_file_that_comes_back_is_the_same_sound(home: Path, root: Path, tmp_path: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    (root / "loop.WAV").rename(tmp_path / "aside.wav")
    assert scan(home).missing == 1
    (tmp_path / "aside.wav").rename(root / "elsewhere.wav")
    report = scan(home)
    assert (report.moved, report.added, report.missing) == (1, 0, 0)
    assert ids(home, root)["elsewhere.wav"] == before["loop.WAV"]
    (root / "elsewhere.wav").rename(tmp_path / "aside.wav")
    scan(home)
    (tmp_path / "aside.wav").rename(root / "elsewhere.wav")
    report = scan(home)
    assert (report.unchanged, report.added, report.moved) == (6, 0, 0)
    assert ids(home, root)["elsewhere.wav"] == before["loop.WAV"]


def test_a_renamed_folder_keeps_every_row(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    (root / "Drums").rename(root / "Percussion")
    report = scan(home)
    assert (report.moved, report.added, report.missing) == (5, 0, 0)
    after = ids(home, root)
    assert {after[name.replace("Drums", "Percussion")] for name in before} == set(before.values())


class TestLookAlikes:
    """Files that share size and fingerprint."""

    @pytest.fixture
    def stems(self, tmp_path: Path) -> Path:
        folder = tmp_path / "Stems"
        for number in range(3):
            os.utime(stem(folder / f"stem {number}.wav", number), ns=(10**18 + number, 10**18 + number))
        return folder

    def test_the_name_decides(self, home: Path, stems: Path) -> None:
        scan(home, stems)
        before = ids(home, stems)
        (stems / "song").mkdir()
        for number in range(3):
            shutil.copy(stems / f"stem {number}.wav", stems / "song")  # a new time
            (stems / f"stem {number}.wav").unlink()
        assert scan(home).moved == 3
        after = ids(home, stems)
        assert all(after[os.path.join("song", name)] == id for name, id in before.items())

    def test_the_time_decides(self, home: Path, stems: Path) -> None:
        scan(home, stems)
        before = ids(home, stems)
        for number in range(3):
            (stems / f"stem {number}.wav").rename(stems / f"take {2 - number}.wav")
        assert scan(home).moved == 3
        after = ids(home, stems)
        assert all(after[f"take {2 - number}.wav"] == before[f"stem {number}.wav"] for number in range(3))

    def test_the_content_decides(self, home: Path, stems: Path) -> None:
        scan(home, stems)
        before = ids(home, stems)
        for number in range(3):
            shutil.copyfile(stems / f"stem {number}.wav", stems / f"take {number}.wav")
            os.utime(stems / f"take {number}.wav", ns=(5 * 10**17, 5 * 10**17))
            (stems / f"stem {number}.wav").unlink()
        assert scan(home).moved == 3
        after = ids(home, stems)
        assert all(after[f"take {number}.wav"] == before[f"stem {number}.wav"] for number in range(3))

    def test_a_different_stem_is_never_taken_for_the_one_that_went(self, home: Path, stems: Path) -> None:
        scan(home, stems)
        for number in range(3):
            (stems / f"stem {number}.wav").unlink()
        for number in range(3):
            stem(stems / f"take {number}.wav", 100 + number)
        report = scan(home)
        assert (report.moved, report.added, report.missing) == (0, 3, 3)

    def test_a_copy_beside_its_original_is_no_move(self, home: Path, stems: Path) -> None:
        scan(home, stems)
        before = ids(home, stems)
        shutil.copy2(stems / "stem 0.wav", stems / "copy.wav")
        report = scan(home)
        assert (report.moved, report.added, report.missing) == (0, 1, 0)
        assert before.items() <= ids(home, stems).items()


def test_a_move_between_sources_is_seen_when_only_the_new_place_is_scanned(
    home: Path, root: Path, tmp_path: Path
) -> None:
    other = tmp_path / "Other"
    wav(other / "own.wav", 50)
    scan(home, root, other)
    before = ids(home, tmp_path)
    (root / "loop.WAV").rename(other / "loop.WAV")
    report = scan(home, other)
    assert (report.moved, report.added) == (1, 0)
    assert ids(home, tmp_path)[os.path.join("Other", "loop.WAV")] == before[os.path.join("Samples", "loop.WAV")]


def test_a_copy_of_a_sound_on_an_unplugged_drive_is_no_move(home: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    wav(other / "own.wav", 50)
    scan(home, root, other)
    shutil.copy2(root / "loop.WAV", other / "loop.WAV")
    unplug(root)
    report = scan(home, other)
    assert (report.moved, report.added) == (0, 1)


def test_a_vanished_root_is_offline_and_costs_no_row(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    drawer = unplug(root)
    report = scan(home)
    assert (report.offline, report.missing, report.files) == ((str(root),), 0, 0)
    assert {row.state for row in rows(home)} == {"offline"}
    root.mkdir()  # the mount point is there, the drive is not
    assert scan(home).offline == (str(root),)
    root.rmdir()
    drawer.rename(root)
    report = scan(home)
    assert (report.offline, report.unchanged, report.missing) == ((), 6, 0)
    assert ids(home, root) == before


def test_a_folder_that_cannot_be_read_is_a_problem_and_costs_no_row(
    home: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(home, root)
    scandir = os.scandir

    def refuse(path: str | bytes) -> object:
        if os.fsdecode(path).endswith("Drums"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = scan(home)
    assert (report.missing, [problem.path for problem in report.problems]) == (0, [str(root / "Drums")])
    assert len(ids(home, root)) == 6


def test_bad_files_are_rows_with_a_reason_and_stop_nothing(home: Path, root: Path) -> None:
    (root / "empty.wav").write_bytes(b"")
    (root / "text.mp3").write_text("<html>not found</html>")
    cut = (root / "loop.WAV").read_bytes()
    (root / "cut.wav").write_bytes(cut[: len(cut) // 2])
    report = scan(home, root)
    assert report.files == 9
    assert {os.path.basename(problem.path) for problem in report.problems} == {"empty.wav", "text.mp3", "cut.wav"}
    with ctk.open(home) as toolkit:
        assert {name for name, state in states(toolkit).items() if state == "bad"} == {
            "empty.wav",
            "text.mp3",
            "cut.wav",
        }
        assert len(toolkit.sources.problems()) == 3
    assert len(scan(home).problems) == 3


@posix
def test_names_may_be_any_bytes(home: Path, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "Samples")
    names = [
        b"latin\xe9.wav",
        b"x" * 246 + b".wav",
        "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}.wav".encode(),
        b"new\nline.wav",
        b"100%s %d.wav",
        "\N{FIRE} \N{MUSICAL NOTE}.wav".encode(),
        b"tab\t'\"`$.wav",
        b".wav",
    ]
    os.makedirs(os.path.join(folder, b"d\xff\xfe"))
    for number, name in enumerate(names):
        wav(os.fsdecode(os.path.join(folder, b"d\xff\xfe", name)), number)
    report = scan(home, Path(os.fsdecode(folder)))
    assert (report.files, report.problems) == (len(names), ())
    assert {os.fsencode(row.name) for row in rows(home)} == set(names)
    assert all(os.path.exists(row.path) for row in rows(home))
    assert scan(home).unchanged == len(names)


@posix
class TestOverlap:
    """However roots overlap and links point, a file is listed once."""

    @pytest.mark.parametrize("order", [("Samples", "Samples/Drums"), ("Samples/Drums", "Samples")])
    def test_nested_sources(self, home: Path, root: Path, tmp_path: Path, order: tuple[str, str]) -> None:
        for folder in order:
            scan(home, tmp_path / folder)
        assert sorted(row.name for row in rows(home)) == sorted({row.name for row in rows(home)})
        with ctk.open(home) as toolkit:
            counts = {os.path.basename(source.path): source.files for source in toolkit.sources.list()}
            assert counts == {"Samples": 1, "Drums": 5}
            assert toolkit.catalog.stats().files == 6
        assert scan(home).unchanged == 6
        assert scan(home, root).unchanged == 6  # the one inside comes along

    def test_a_source_inside_another_takes_its_rows_over_and_gives_them_back(self, home: Path, root: Path) -> None:
        scan(home, root)
        before = ids(home, root)
        with ctk.open(home) as toolkit:
            inner = toolkit.sources.add(root / "Drums")
            assert inner.files == 5
            assert ids(home, root) == before
            toolkit.sources.remove(inner.id)
        assert ids(home, root) == before
        assert scan(home).unchanged == 6

    def test_the_same_folder_under_another_name_is_the_same_source(self, home: Path, root: Path) -> None:
        (root.parent / "alias").symlink_to(root)
        scan(home, root)
        assert scan(home, root.parent / "alias").unchanged == 6
        with ctk.open(home) as toolkit:
            assert [source.path for source in toolkit.sources.list()] == [str(root)]

    def test_links_into_the_library_and_loops(self, home: Path, root: Path) -> None:
        (root / "again").symlink_to(root / "Drums")
        (root / "Drums" / "up").symlink_to(root)
        (root / "Drums" / "over").symlink_to(root.parent)
        (root / "link.wav").symlink_to(root / "loop.WAV")
        (root / "broken.wav").symlink_to(root / "nowhere.wav")
        (root / "self.wav").symlink_to(root / "self.wav")
        assert scan(home, root).files == 6

    def test_links_out_of_the_library_are_followed_once(self, home: Path, root: Path, tmp_path: Path) -> None:
        wav(tmp_path / "Outside" / "far.wav", 60)
        wav(tmp_path / "single.wav", 61)
        (root / "a").symlink_to(tmp_path / "Outside")
        (root / "b").symlink_to(tmp_path / "Outside")
        (root / "c.wav").symlink_to(tmp_path / "Outside" / "far.wav")
        (root / "d.wav").symlink_to(tmp_path / "single.wav")
        (root / "e.wav").symlink_to(tmp_path / "single.wav")
        assert scan(home, root).added == 8
        assert set(ids(home, root)) >= {"a/far.wav", "d.wav"}
        report = scan(home)
        assert (report.unchanged, report.missing) == (8, 0)

    def test_hard_links_keep_both_names_and_are_known_to_be_one_file(self, home: Path, root: Path) -> None:
        os.link(root / "loop.WAV", root / "twin.wav")
        assert scan(home, root).files == 7
        with ctk.open(home) as toolkit:
            found = {row.name: toolkit.catalog.get(row.id).file_id for row in rows(home)}
        assert found["loop.WAV"] == found["twin.wav"] is not None
        assert found["kick 0.wav"] != found["loop.WAV"]

    def test_what_is_not_a_file_is_not_opened(self, home: Path, root: Path) -> None:
        os.mkfifo(root / "pipe.wav")
        (root / "folder.wav").mkdir()
        wav(root / "folder.wav" / "inside.wav", 70)
        wav(root / "._kick.wav", 71)
        wav(root / ".Trash-1000" / "files" / "gone.wav", 72)
        wav(root / "$RECYCLE.BIN" / "gone.wav", 73)
        assert scan(home, root).files == 7


def test_the_home_inside_a_source_is_not_scanned(root: Path) -> None:
    home = root / "toolkit"
    wav(home / "cache.wav", 80)
    assert scan(home, root).files == 6


def test_a_folder_that_is_not_there_is_refused_at_once(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        with pytest.raises(SourceError, match="no such folder"):
            toolkit.sources.scan([root / "nowhere"])
        with pytest.raises(SourceError, match="is a file"):
            toolkit.sources.scan([root / "loop.WAV"])
        assert toolkit.sources.list() == []


def test_cancel_keeps_what_was_read(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(400):
        wav(tmp_path / "Samples" / f"{number}.wav", number, frames=10)
    monkeypatch.setattr(intake, "CHUNK_FILES", 20)
    monkeypatch.setattr(intake, "BATCH_FILES", 20)
    slow = probe_many

    def slower(paths: Sequence[str], stop: Callable[[], bool]) -> Iterator[Facts | None]:
        for path in paths:
            time.sleep(0.01)
            yield from slow([path], stop)

    monkeypatch.setattr(intake, "probe_many", slower)
    with ctk.open(home) as toolkit:
        job = toolkit.sources.scan([tmp_path / "Samples"], workers=1)
        while toolkit.catalog.stats().files < 40:
            time.sleep(0.02)
        job.cancel()
        asked = time.monotonic()
        with pytest.raises(Cancelled):
            job.result(30)
        assert time.monotonic() - asked < 5
        kept = toolkit.catalog.stats().files
    assert 40 <= kept < 400
    monkeypatch.setattr(intake, "probe_many", probe_many)
    report = scan(home)
    assert (report.files, report.unchanged, report.added, report.missing) == (400, kept, 400 - kept, 0)


def test_a_move_after_an_interrupted_scan_is_still_a_move(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    (root / "Drums").rename(root / "Percussion")
    with ctk.open(home) as toolkit:  # the rows of the new place are written, then the scan breaks off
        job = toolkit.sources.scan()
        toolkit.events.subscribe(ctk.events.CatalogChanged, lambda _: job.cancel())
        job.wait(30)
    report = scan(home)
    after = ids(home, root)
    assert {after[name.replace("Drums", "Percussion")] for name in before} == set(before.values())
    assert report.missing == 0


def test_forgetting_a_source_waits_for_its_scan(home: Path, tmp_path: Path) -> None:
    for number in range(300):
        wav(tmp_path / "Pack" / f"{number}.wav", number, frames=10)
    with ctk.open() as toolkit:
        job = toolkit.sources.scan([tmp_path / "Pack"])
        toolkit.sources.remove(toolkit.sources.list()[0].id)
        assert job.result(30).files in (0, 300)
        assert toolkit.catalog.search().total == 0
