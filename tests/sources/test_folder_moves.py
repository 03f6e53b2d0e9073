"""Folders that are elsewhere as a whole: recognised without opening a file, and never guessed."""

import os
import shutil
from pathlib import Path

import pytest

import ctk
from tests.sources.library import ids, rows, scan, wav

renames = pytest.mark.skipif(os.name == "nt", reason="only on POSIX: names of files as numbers are cheap there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(40):
        wav(folder / "Packs" / f"Pack {number % 4}" / f"{number}.wav", number, frames=20)
    wav(folder / "loose.wav", 100)
    return folder


@renames
def test_a_renamed_folder_is_recognised_without_a_look_into_its_files(
    home: Path, root: Path, opened: list[str]
) -> None:
    scan(home, root)
    before = ids(home, root)
    (root / "Packs").rename(root / "All packs")
    opened.clear()
    report = scan(home)
    assert (report.files, report.moved, report.unchanged, report.added, report.missing) == (41, 40, 1, 0, 0)
    assert opened == []
    assert ids(home, root) == {name.replace("Packs", "All packs"): id for name, id in before.items()}
    report = scan(home)
    assert (report.unchanged, report.moved) == (41, 0)
    with ctk.open(home) as toolkit:
        assert toolkit.catalog.search("all packs").total == 40
        assert toolkit.catalog.search("in:packs 17").rows[0].path == str(root / "All packs" / "Pack 1" / "17.wav")


@renames
def test_while_the_search_is_in_use(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(60)
        assert toolkit.catalog.search('"pack 1"').total == 10
        (root / "Packs" / "Pack 1").rename(root / "Drums")
        toolkit.sources.scan().result(60)
        assert (toolkit.catalog.search('"pack 1"').total, toolkit.catalog.search("drums").total) == (0, 10)
        assert [row.path for row in toolkit.catalog.search("17").rows] == [str(root / "Drums" / "17.wav")]
        (root / "Drums").rename(root / "Packs" / "Pack 1")
        assert toolkit.sources.scan().result(60).moved == 10
        assert (toolkit.catalog.search('"pack 1"').total, toolkit.catalog.search("drums").total) == (10, 0)


@renames
def test_into_another_source(home: Path, root: Path, tmp_path: Path, opened: list[str]) -> None:
    other = tmp_path / "Other"
    wav(other / "own.wav", 200)
    scan(home, root, other)
    before = ids(home, tmp_path)
    (root / "Packs" / "Pack 2").rename(other / "Pack 2")
    opened.clear()
    report = scan(home, other)  # the old place is not looked through
    assert (report.moved, report.added, opened) == (10, 0, [])
    after = ids(home, tmp_path)
    assert (
        after[os.path.join("Other", "Pack 2", "2.wav")] == before[os.path.join("Samples", "Packs", "Pack 2", "2.wav")]
    )
    report = scan(home)
    assert (report.unchanged, report.missing, report.moved) == (42, 0, 0)


@renames
@pytest.mark.parametrize("first", ["Samples", "Other"])
def test_whichever_source_is_looked_through_first(first: str, home: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    wav(other / "own.wav", 200)
    for folder in sorted([root, other], key=lambda path: path.name != first):
        scan(home, folder)
    before = sorted(ids(home, tmp_path).values())
    (root / "Packs" / "Pack 2").rename(other / "Pack 2")
    report = scan(home)
    assert (report.files, report.moved, report.missing, report.unchanged) == (42, 10, 0, 32)
    assert sorted(ids(home, tmp_path).values()) == before


def test_two_folders_change_names(home: Path, root: Path) -> None:
    scan(home, root)
    packs = root / "Packs"
    (packs / "Pack 0").rename(packs / "aside")
    (packs / "Pack 1").rename(packs / "Pack 0")
    (packs / "aside").rename(packs / "Pack 1")
    report = scan(home)
    assert (report.files, report.missing) == (41, 0)
    assert all(os.path.exists(row.path) for row in rows(home) if row.state == "ok")
    assert len([row for row in rows(home) if row.state == "ok"]) == 41


def test_a_chain_of_new_names(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    packs = root / "Packs"
    (packs / "Pack 3").rename(packs / "Pack 4")
    assert scan(home).missing == 0
    (packs / "Pack 2").rename(packs / "Pack 3")
    report = scan(home)
    assert (report.files, report.missing, report.added) == (41, 0, 0)
    assert sorted(ids(home, root).values()) == sorted(before.values())


@pytest.mark.parametrize("keep_times", [True, False])
def test_a_copy_whose_original_was_deleted_is_told_by_its_contents(
    keep_times: bool, home: Path, root: Path, opened: list[str]
) -> None:
    """Its files are others, however alike they are."""
    scan(home, root)
    before = ids(home, root)
    shutil.copytree(root / "Packs", root / "Copy", copy_function=shutil.copy2 if keep_times else shutil.copyfile)
    shutil.rmtree(root / "Packs")
    opened.clear()
    report = scan(home)
    assert (report.moved, report.added, report.missing, len(opened)) == (40, 0, 0, 40)
    assert ids(home, root) == {name.replace("Packs", "Copy"): id for name, id in before.items()}


def test_a_copy_beside_its_original_is_new(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    shutil.copytree(root / "Packs" / "Pack 1", root / "Packs" / "Pack 1 copy")
    report = scan(home)
    assert (report.added, report.moved, report.missing) == (10, 0, 0)
    assert before.items() <= ids(home, root).items()


def test_a_renamed_folder_in_which_a_file_changed(home: Path, root: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    (root / "Packs" / "Pack 1").rename(root / "Drums")
    wav(root / "Drums" / "1.wav", 999, frames=30)
    wav(root / "Drums" / "new.wav", 998)
    (root / "Drums" / "5.wav").unlink()
    report = scan(home)
    assert (report.moved, report.added, report.missing) == (8, 2, 2)
    after = ids(home, root)
    assert after[os.path.join("Drums", "9.wav")] == before[os.path.join("Packs", "Pack 1", "9.wav")]


def test_into_a_place_that_has_rows(home: Path, root: Path) -> None:
    """A folder of that name was there before, and its sounds are missing."""
    scan(home, root)
    packs = root / "Packs"
    shutil.rmtree(packs / "Pack 0")
    assert scan(home).missing == 10
    before = ids(home, root)
    (packs / "Pack 1").rename(packs / "Pack 0")
    report = scan(home)
    assert (report.files, report.missing, report.added) == (31, 0, 0)
    assert sorted(before.values()) == sorted(ids(home, root).values())
    assert len(rows(home)) == 41


def test_what_was_put_aside_of_it_stays_aside(home: Path, root: Path) -> None:
    scan(home, root)
    with ctk.open(home) as toolkit:
        id = toolkit.catalog.search("17").rows[0].id
        toolkit.batch.apply(toolkit.batch.plan_remove([id])).result(60)
        toolkit.sources.scan().result(60)
        (root / "Packs" / "Pack 1").rename(root / "Drums")
        report = toolkit.sources.scan().result(60)
        assert (report.moved, report.missing) == (9, 0)
        assert toolkit.catalog.get(id).state == "held"
        assert toolkit.batch.undo().result(60).state == "undone"
        assert toolkit.catalog.get(id).path == str(root / "Packs" / "Pack 1" / "17.wav")
