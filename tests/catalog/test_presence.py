"""Whether a source is here: its own folder, on its own drive, with its own files."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk import fingerprint
from ctk.catalog import presence, source_rows
from ctk.catalog.folder_rows import Sample
from ctk.catalog.presence import Likeness, Presence, Verdict, holds
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection, Store
from ctk.volumes.volumes import Volumes
from tests.batch.volumes import mounted, mounts
from tests.catalog import small


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Samples"
    (made / "x").mkdir(parents=True)
    for number in range(10):
        (made / "x" / f"{number}.wav").write_bytes(bytes([number]) * 1000)
    return made


def samples(folder: Path) -> list[Sample]:
    return [
        Sample(os.path.relpath(path, folder), 1000, fingerprint.of_edges_of(path), presence._signed(path.stat().st_ino))
        for path in sorted(folder.rglob("*.wav"))
    ]


def remember(store: Store, folder: Path, volume: str = "", place: str = "") -> Root:
    """A source with the files of ``folder``, on the drive it is on or another ``volume``, there or in ``place``."""

    def change(connection: Connection) -> None:
        for file in samples(folder):
            inside, name = os.path.split(file.path)
            small.add(connection, str(folder), inside, name, fingerprint=file.fingerprint, inode=file.inode)
        here = Volumes().of(str(folder))
        (root,) = source_rows.roots(connection)
        assert here is not None
        root = root._replace(volume=volume or here.id or "drive", label=here.label, place=place or here.place)
        source_rows.note_volume(connection, root)

    store.write(change).result()
    return source_rows.roots(store.read())[0]


def is_here(store: Store, folder: Path) -> bool:
    return Presence(store.read()).of(str(folder))


def test_in_its_place(store: Store, folder: Path) -> None:
    remember(store, folder)
    assert is_here(store, folder)


def test_its_folder_is_gone_or_empty(store: Store, folder: Path, tmp_path: Path) -> None:
    root = remember(store, folder)
    folder.rename(tmp_path / "aside")
    assert not is_here(store, folder)
    folder.mkdir()
    assert not is_here(store, folder)
    found = presence.glance(root, Volumes(), had_files=True, may_be_empty=True)
    assert found.verdict in (Verdict.HERE, Verdict.GONE)
    other = root._replace(volume="another drive")
    assert presence.glance(other, Volumes(), had_files=True, may_be_empty=True).verdict is Verdict.GONE


def test_a_source_that_never_held_anything_may_be_empty(store: Store, tmp_path: Path) -> None:
    (tmp_path / "Empty").mkdir()
    store.write(lambda connection: source_rows.add(connection, str(tmp_path / "Empty"))).result()
    assert is_here(store, tmp_path / "Empty")
    (tmp_path / "Empty").rmdir()
    assert not is_here(store, tmp_path / "Empty")


@pytest.mark.parametrize("facts", [{"volume": "another drive"}, {"place": "another/folder"}])
def test_another_drive_with_its_files_will_do(store: Store, folder: Path, facts: dict[str, str]) -> None:
    remember(store, folder, **facts)
    if Volumes().of(str(folder)).id is None:  # type: ignore[union-attr]  # it is on a drive
        pytest.skip("only on drives that have a name")
    assert is_here(store, folder)
    for path in (folder / "x").iterdir():
        path.write_bytes(bytes(1000))  # as long as before
    assert not is_here(store, folder)


@mounts
def test_another_drive_with_other_files(store: Store, folder: Path) -> None:
    remember(store, folder)
    with mounted(folder) as other:
        assert not is_here(store, folder)
        (other / "x").mkdir()
        (other / "x" / "1.wav").write_bytes(bytes(1000))
        assert not is_here(store, folder)
    assert is_here(store, folder)


def test_a_folder_outside_all_sources(store: Store, folder: Path, tmp_path: Path) -> None:
    assert is_here(store, folder)
    assert not is_here(store, tmp_path / "nowhere")


def test_half_of_the_files_are_enough(folder: Path) -> None:
    files = samples(folder)
    for number in range(5):
        (folder / "x" / f"{number}.wav").unlink()
    assert all(holds(str(folder), files, like) for like in Likeness)
    (folder / "x" / "7.wav").write_bytes(b"longer or shorter")
    assert not any(holds(str(folder), files, like) for like in Likeness)
    assert holds(str(folder), [])


def test_what_makes_a_file_the_same(folder: Path, tmp_path: Path) -> None:
    files = samples(folder)
    other = tmp_path / "Other"
    (other / "x").mkdir(parents=True)
    for file in files:
        (other / file.path).write_bytes((folder / file.path).read_bytes())
    assert [holds(str(other), files, like) for like in (Likeness.SIZE, Likeness.EDGES, Likeness.FILE)] == [
        True,
        True,
        False,
    ]
    for file in files:
        (other / file.path).write_bytes(bytes(1000))
    assert [holds(str(other), files, like) for like in (Likeness.SIZE, Likeness.EDGES)] == [True, False]
