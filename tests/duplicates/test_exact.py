"""Exact duplicates: what jdupes and rmlint find, nothing wrongly joined, and always what a fresh search would say."""

import json
import os
import random
import shutil
import subprocess
import threading
from collections import defaultdict
from pathlib import Path

import pytest

import ctk
from ctk.catalog.duplicate_rows import Candidate
from ctk.catalog.store import Store
from ctk.duplicates import hashing
from ctk.errors import Cancelled
from ctk.fingerprint import WHOLE_BYTES
from ctk.toolkit import Toolkit
from tests.duplicates.library import Place, as_files, copy, find, found_files, paths, traps
from tests.sources.library import stem, unplug, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def hasty_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scans that leave all look-alikes to be told apart later."""
    monkeypatch.setattr("ctk.sources.settle.HASHED_BYTES", 0)


def by_content(root: Path) -> set[frozenset[Place]]:
    """The truth: every file read whole and compared."""
    found: dict[bytes, list[Path]] = defaultdict(list)
    for path in root.rglob("*.wav"):
        if not path.is_symlink() and path.stat().st_size:
            found[path.read_bytes()].append(path)
    return as_files(found.values())


def jdupes(root: Path) -> set[frozenset[Place]]:
    tool = shutil.which("jdupes")
    if tool is None:
        pytest.skip("needs jdupes")
    done = subprocess.run([tool, "--recurse", "--quiet", str(root)], capture_output=True, check=True)
    return as_files(map(os.fsdecode, block.splitlines()) for block in done.stdout.split(b"\n\n"))


def rmlint(root: Path) -> set[frozenset[Place]]:
    tool = shutil.which("rmlint")
    if tool is None:
        pytest.skip("needs rmlint")
    command = [tool, "--types=duplicates", "--no-followlinks", "--output=json:stdout", str(root)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=root.parent).stdout)
    found: list[list[str]] = []
    for entry in said:
        if entry.get("type") == "duplicate_file":
            if entry["is_original"]:
                found.append([])
            found[-1].append(entry["path"])
    return as_files(found)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.usefixtures("hasty_scan")
def test_the_groups_are_those_of_jdupes_and_rmlint(home: Path, root: Path, seed: int) -> None:
    traps(root, seed)
    with ctk.open(home) as toolkit:
        ours = found_files(find(toolkit, root))
    assert len(ours) > 10
    assert ours == by_content(root) == jdupes(root) == rmlint(root)


def test_every_byte_counts(home: Path, root: Path) -> None:
    for number in range(20):
        stem(root / f"stem {number}.wav", number)
    stem(root / "again.wav", 7)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        fingerprints = {toolkit.catalog.get(row.id).fingerprint for row in toolkit.catalog.search("").rows}
    assert len(fingerprints) == 1
    assert {os.path.basename(path) for path in paths(group)} == {"again.wav", "stem 7.wav"}
    assert "128-bit" in group.proof


def test_a_small_file_is_proven_without_being_read_again(home: Path, root: Path) -> None:
    copy(wav(root / "kick.wav", 1), root / "b/kick.wav")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        for path in root.rglob("*.wav"):
            path.unlink()
        found = toolkit.duplicates.find().result(60)
    assert [group.size_bytes for group in found.groups] == [4044]
    assert "64-bit checksum of every byte" in found.groups[0].proof
    assert found.problems == ()


@pytest.mark.usefixtures("hasty_scan")
def test_only_candidates_are_read_and_only_once(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(stem(root / "a.wav", 1), root / "b.wav")
    wav(root / "alone.wav", 3, frames=WHOLE_BYTES)
    copy(wav(root / "small.wav", 4), root / "small 2.wav")
    os.link(root / "a.wav", root / "hard link.wav")
    read: list[str] = []
    digest = hashing.Hashing._digest

    def counting(self: hashing.Hashing, row: Candidate) -> bytes | str:
        read.append(os.path.basename(row.path))
        return digest(self, row)

    monkeypatch.setattr(hashing.Hashing, "_digest", counting)
    with ctk.open(home) as toolkit:
        first = find(toolkit, root)
        assert sorted(read) == ["a.wav", "b.wav"]
        copy(root / "a.wav", root / "c.wav")
        again = find(toolkit)
        assert sorted(read) == ["a.wav", "b.wav", "c.wav"]
        assert find(toolkit, root) == again
    assert len(read) == 3
    assert [len(group.files) for group in first.groups] == [2, 2]
    assert [len(group.files) for group in again.groups] == [3, 2]


def test_names_of_one_file_are_no_duplicates(home: Path, root: Path) -> None:
    stem(root / "a.wav", 1)
    os.link(root / "a.wav", root / "b.wav")
    os.link(wav(root / "c.wav", 2), root / "d.wav")
    with ctk.open(home) as toolkit:
        assert find(toolkit, root).groups == []
        copy(root / "a.wav", root / "copy.wav")
        (group,) = find(toolkit).groups
    assert len(group.files) == 2
    assert [os.path.basename(file.path) for file in group.files if not file.keep] == ["copy.wav"]
    assert group.wasted_bytes == group.size_bytes


@pytest.mark.usefixtures("hasty_scan")
def test_what_changed_since_the_scan_is_left_out_and_said(home: Path, root: Path) -> None:
    for name in ("a", "b", "c", "d"):
        stem(root / f"{name}.wav", 1)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        stem(root / "b.wav", 2)
        os.utime(root / "b.wav", (1, 1))
        (root / "c.wav").unlink()
        found = toolkit.duplicates.find().result(60)
        assert found_files(found) == by_content(root)
        assert {os.path.basename(problem.path): problem.reason for problem in found.problems} == {
            "b.wav": hashing.CHANGED,
            "c.wav": hashing.GONE,
        }
        copy(root / "b.wav", root / "c.wav")
        assert found_files(find(toolkit)) == by_content(root)


def test_a_hash_does_not_outlive_the_content_it_is_of(home: Path, root: Path) -> None:
    """Same name, size and time, other edges: what a tool that keeps times leaves behind."""
    copy(wav(root / "a.wav", 1, frames=WHOLE_BYTES), root / "b.wav")
    with ctk.open(home) as toolkit:
        assert len(find(toolkit, root).groups) == 1
        kept = os.stat(root / "b.wav")
        wav(root / "b.wav", 2, frames=WHOLE_BYTES)
        os.utime(root / "b.wav", ns=(kept.st_atime_ns, kept.st_mtime_ns))
        toolkit.sources.scan(full=True).result(60)
        assert toolkit.duplicates.summary().groups == []
        assert toolkit.duplicates.find().result(60).groups == []


@pytest.mark.usefixtures("hasty_scan")
def test_an_offline_drive_takes_part_as_far_as_its_hashes_are_known(home: Path, root: Path, tmp_path: Path) -> None:
    away = tmp_path / "drive"
    stem(root / "known.wav", 1)
    copy(root / "known.wav", away / "known.wav")
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root, away).groups
        assert group.wasted_bytes == group.size_bytes
        copy(stem(away / "new.wav", 2), root / "new.wav")
        toolkit.sources.scan().result(60)
        drawer = unplug(away)
        toolkit.sources.scan().result(60)
        (group,) = toolkit.duplicates.summary().groups
        assert (group.wasted_bytes, [file.keep for file in group.files]) == (0, [True, True])
        found = toolkit.duplicates.find().result(60)
        assert ([paths(group) for group in found.groups], found.problems) == ([paths(group)], ())
        copy(root / "known.wav", root / "here too.wav")
        (group,) = find(toolkit).groups
        assert (group.wasted_bytes, len(group.files)) == (group.size_bytes, 3)
        drawer.rename(away)
        found = find(toolkit)
        assert len(found.groups) == 2
        assert found_files(found) == as_files([paths(group) for group in found.groups])


@pytest.mark.usefixtures("hasty_scan")
def test_a_drive_that_vanished_unnoticed_is_no_thousand_problems(home: Path, root: Path, tmp_path: Path) -> None:
    copy(stem(root / "a.wav", 1), root / "b.wav")
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        root.rename(tmp_path / "unplugged")
        found = toolkit.duplicates.find().result(60)
        assert (found.groups, found.problems) == ([], ())
        (tmp_path / "unplugged").rename(root)
        assert len(toolkit.duplicates.find().result(60).groups) == 1


@pytest.mark.usefixtures("hasty_scan")
def test_cancelling_keeps_what_was_read(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(200):
        stem(root / f"{number}.wav", number // 2)
    started = threading.Event()
    digest = hashing.Hashing._digest

    def telling(self: hashing.Hashing, row: Candidate) -> bytes | str:
        found = digest(self, row)
        if len(read) == 150:
            started.set()
            cancelled.wait(10)
        read.append(row.id)
        return found

    read: list[int] = []
    cancelled = threading.Event()
    monkeypatch.setattr(hashing.Hashing, "_digest", telling)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        job = toolkit.duplicates.find()
        assert started.wait(30)
        job.cancel()
        cancelled.set()
        with pytest.raises(Cancelled):
            job.result(30)
        kept = sum(toolkit.catalog.get(row.id).full_hash is not None for row in toolkit.catalog.search("").rows)
        assert 0 < kept < 200
        read.clear()
        assert len(toolkit.duplicates.find().result(60).groups) == 100
    assert len(read) == 200 - kept


def change(root: Path, chance: random.Random) -> None:
    """Something that users and their other programs do to files."""
    files = sorted(path for path in root.rglob("*.wav") if not path.is_symlink())
    victim, other = chance.choice(files), chance.choice(files)
    fresh = root / f"New {chance.randrange(3)}" / f"{chance.randrange(10**6)}.wav"
    fresh.parent.mkdir(exist_ok=True)
    match chance.randrange(6):
        case 0:
            copy(victim, fresh)
        case 1:
            stem(fresh, chance.randrange(4))
        case 2:
            victim.unlink()
        case 3:
            victim.rename(fresh)
        case 4:
            os.link(victim, fresh)
        case 5:
            shutil.copyfile(other, fresh)
            os.replace(fresh, victim)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_change_leads_to_what_a_fresh_search_finds(home: Path, root: Path, tmp_path: Path, seed: int) -> None:
    traps(root, seed)
    chance = random.Random(seed)
    ids: dict[frozenset[bytes], int] = {}
    with ctk.open(home) as toolkit:
        for _ in range(12):
            for _ in range(chance.randrange(4)):
                change(root, chance)
            found = find(toolkit, root)
            assert found_files(found) == by_content(root)
            assert found_files(toolkit.duplicates.summary(limit=1000)) == by_content(root)
            for group in found.groups:
                content = frozenset(Path(path).read_bytes() for path in paths(group))
                assert ids.setdefault(content, group.id) == group.id
        with ctk.open(tmp_path / "other home") as other:
            fresh = find(other, root)
    assert (fresh.total, fresh.wasted_bytes) == (found.total, found.wasted_bytes)


def test_a_summary_shows_no_group_whose_files_changed_since(home: Path, root: Path) -> None:
    copy(stem(root / "a.wav", 1), root / "b.wav")
    copy(wav(root / "c.wav", 1), root / "d.wav")
    with ctk.open(home) as toolkit:
        assert len(find(toolkit, root).groups) == 2
        (root / "a.wav").unlink()
        wav(root / "c.wav", 9)
        toolkit.sources.scan().result(60)
        summary = toolkit.duplicates.summary()
    assert (summary.total, summary.wasted_bytes, summary.groups) == (0, 0, [])


def test_a_removed_source_takes_its_copies_along(home: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    copy(stem(one / "a.wav", 1), two / "a.wav")
    with ctk.open(home) as toolkit:
        assert len(find(toolkit, one, two).groups) == 1
        toolkit.sources.remove(toolkit.sources.list()[1].id)
        assert toolkit.duplicates.summary().groups == []


def test_the_groups_survive_a_restart(home: Path, root: Path) -> None:
    traps(root)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root)
    with ctk.open(home) as toolkit:
        assert toolkit.duplicates.summary(limit=1000) == found
        assert toolkit.duplicates.find().result(60) == found


@pytest.mark.usefixtures("hasty_scan")
def test_two_searches_of_one_home_at_once(home: Path, root: Path) -> None:
    traps(root)
    with ctk.open(home) as one, ctk.open(home) as two:
        one.sources.scan([root]).result(60)
        jobs = [toolkit.duplicates.find() for toolkit in (one, two)]
        assert {frozenset(found_files(job.result(60))) for job in jobs} == {frozenset(by_content(root))}


@pytest.mark.usefixtures("hasty_scan")
def test_progress_counts_bytes(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(stem(root / "a.wav", 1), root / "b.wav")
    reports: list[tuple[str, int, int | None]] = []
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        monkeypatch.setattr(
            "ctk.jobs.Task.report", lambda self, words, done=0, total=None: reports.append((words, done, total))
        )
        toolkit.duplicates.find().result(60)
    whole = 2 * (root / "a.wav").stat().st_size
    assert ("Comparing whole files", whole, whole) in reports


def test_sounds_that_cannot_be_read_are_no_group(home: Path, root: Path) -> None:
    for name in ("a.wav", "b.wav"):
        (root / name).write_bytes(b"RIFF" * 50_000)
    with ctk.open(home) as toolkit:
        assert find(toolkit, root).groups == []


def test_a_home_of_before_gets_its_tables(home: Path, root: Path) -> None:
    from ctk.catalog.schema import MIGRATIONS

    home.mkdir()
    Store(home / "catalog.db", migrations=MIGRATIONS[:1]).close()
    copy(wav(root / "a.wav", 1), root / "b.wav")
    with Toolkit(home) as toolkit:
        assert len(find(toolkit, root).groups) == 1
