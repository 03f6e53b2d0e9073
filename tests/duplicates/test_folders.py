"""Folders inside folders: the pack that is there twice is told of once, whole, with the right numbers."""

import os
import random
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

import ctk
from ctk.records import Overlap
from tests.duplicates.library import copy, find
from tests.sources.library import wav


def pack(folder: Path, files: int, *, seed: int = 0) -> Path:
    """``files`` sounds in three folders, like no other seed's."""
    for number in range(files):
        wav(folder / ("Kicks", "Snares", "Loops/90 bpm")[number % 3] / f"{number}.wav", seed * 1000 + number, frames=50)
    return folder


def told(home: Path, *roots: Path) -> list[Overlap]:
    with ctk.open(home) as toolkit:
        find(toolkit, *roots)
        return list(toolkit.duplicates.folders())


def short(overlaps: list[Overlap], root: Path) -> list[tuple[str, str, int, int, float]]:
    return [
        (os.path.relpath(one.folder, root), os.path.relpath(one.inside, root), one.files, one.shared, one.percent)
        for one in overlaps
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_a_pack_that_is_there_twice_is_told_of_once(home: Path, root: Path) -> None:
    shutil.copytree(pack(root / "Pack", 12), root / "Old Drive/Backup/Pack")
    overlaps = told(home, root)
    assert short(overlaps, root) == [("Old Drive", "Pack", 12, 12, 100.0)]
    assert overlaps[0].bytes == sum(file.stat().st_size for file in (root / "Pack").rglob("*.wav"))


def test_part_of_a_pack_is_told_in_percent(home: Path, root: Path) -> None:
    pack(root / "A", 60)
    shutil.copytree(root / "A", root / "B")
    wav(root / "B/Kicks/0.wav", 5000)
    pack(root / "C", 30, seed=7)
    assert short(told(home, root), root) == [("B", "A", 60, 59, 98.3)]


def test_the_smaller_folder_is_inside_the_larger(home: Path, root: Path) -> None:
    shutil.copytree(pack(root / "A small one", 12), root / "Everything")
    pack(root / "Everything", 24)
    assert short(told(home, root), root) == [("A small one", "Everything", 12, 12, 100.0)]


def test_a_folder_that_only_wraps_a_copied_one_is_not_told_of(home: Path, root: Path) -> None:
    shutil.copytree(pack(root / "A", 30), root / "Downloads/A again")
    pack(root / "Downloads", 12, seed=3)
    assert short(told(home, root), root) == [("Downloads/A again", "A", 30, 30, 100.0)]


def test_packs_in_different_places_are_told_of_one_by_one(home: Path, root: Path) -> None:
    for number in (1, 2):
        shutil.copytree(
            pack(root / f"Vendor {number}/Pack", 12 * number, seed=number), root / f"Old drive of 2009/{number}"
        )
        pack(root / f"Vendor {number}/Other", 60, seed=number + 10)
    pack(root / "Old drive of 2009/Only here", 90, seed=20)
    assert short(told(home, root), root) == [
        ("Old drive of 2009/2", "Vendor 2/Pack", 24, 24, 100.0),
        ("Old drive of 2009/1", "Vendor 1/Pack", 12, 12, 100.0),
    ]


def test_a_folder_is_never_inside_itself_or_its_parent(home: Path, root: Path) -> None:
    for number in range(6):
        copy(wav(root / f"A/{number}.wav", number), root / f"A/copies/{number}.wav")
        copy(root / f"A/{number}.wav", root / f"A/{number} copy.wav")
    assert told(home, root) == []


def test_sources_overlap_too(home: Path, root: Path, tmp_path: Path) -> None:
    drive = tmp_path / "another drive"
    shutil.copytree(pack(root, 12), drive)
    assert [(one.folder, one.inside) for one in told(home, root, drive)] == [(str(drive), str(root))]


def test_a_source_in_a_source_is_a_folder_of_it(home: Path, root: Path) -> None:
    pack(root / "Pack", 12)
    shutil.copytree(root / "Pack/Kicks", root / "Pack/My Favourites/Kicks")
    overlaps = told(home, root, root / "Pack/My Favourites")
    assert short(overlaps, root) == [("Pack/My Favourites", "Pack/Kicks", 4, 4, 100.0)]


def test_three_copies_of_a_pack_leave_one_that_is_not_told_of(home: Path, root: Path) -> None:
    pack(root / "A", 12)
    for name in ("Copy B", "Copy C"):
        shutil.copytree(root / "A", root / name)
    assert short(told(home, root), root) == [("Copy B", "A", 12, 12, 100.0), ("Copy C", "A", 12, 12, 100.0)]


def test_a_sound_that_is_everywhere_says_nothing(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.duplicates.folders.MOST_PLACES", 5)
    for number in range(8):
        for name in ("silence", "click"):
            wav(root / f"Project {number}/{name}.wav", len(name))
    assert told(home, root) == []


def test_dismissed_groups_do_not_count(home: Path, root: Path) -> None:
    shutil.copytree(pack(root / "A", 3), root / "B")
    with ctk.open(home) as toolkit:
        found = find(toolkit, root)
        assert len(toolkit.duplicates.folders()) == 1
        for group in found.groups:
            toolkit.duplicates.dismiss(group.id)
        assert toolkit.duplicates.folders() == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_numbers_are_those_of_the_disk(home: Path, root: Path, seed: int) -> None:
    """Random trees: every overlap told of is counted again the plain way, and every twin folder is told of."""
    chance = random.Random(seed)
    for number in range(6):
        pack(root / f"Pack {number}", chance.randrange(4, 20), seed=number)
    folders = sorted(path for path in root.rglob("*") if path.is_dir())
    for number, folder in enumerate(chance.sample(folders, 6)):
        shutil.copytree(folder, root / f"Copies/{number % 3}/{folder.name} {number}")
    content: dict[Path, set[bytes]] = defaultdict(set)
    files: dict[Path, list[bytes]] = defaultdict(list)
    for path in root.rglob("*.wav"):
        for folder in path.parents:
            content[folder].add(path.read_bytes())
            files[folder].append(path.read_bytes())
    overlaps = told(home, root)
    for one in overlaps:
        folder, inside = Path(one.folder), Path(one.inside)
        shared = [file for file in files[folder] if file in content[inside]]
        assert (one.files, one.shared, one.bytes) == (len(files[folder]), len(shared), sum(map(len, shared)))
        assert not folder.is_relative_to(inside) and not inside.is_relative_to(folder)
    covered = {Path(path) for one in overlaps for path in (one.folder, one.inside)}
    for twin in (root / "Copies").glob("*/*"):
        if len(files[twin]) > 1:
            assert any(twin.is_relative_to(path) or path.is_relative_to(twin) for path in covered), (twin, overlaps)
