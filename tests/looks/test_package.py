"""A look as files: out of folders and zips, and into zips."""

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from ctk.looks import package
from ctk.looks.shelf import Shelf
from tests.looks.making import HEAD, folder, png, said, zipped

SHEET = ("look.toml", HEAD)


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def refused(place: Path) -> list[str]:
    return said(Shelf(place.parent / "home").check(place).errors)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([("/look.toml", "")], "must be a place inside the look"),
        ([("../evil.txt", "")], '../evil.txt: "../evil.txt" leads out of the look.'),
        ([("icons/../../evil.txt", "")], "leads out of the look."),
        ([("icons\\play.png", "")], "must be a place inside the look"),
        ([("C:/evil.txt", "")], "must be a place inside the look"),
        ([("nul.txt", "")], "device on Windows"),
        ([("a.txt", ""), ("A.TXT", "")], 'A.TXT: it is the same as "a.txt" on some systems.'),
        ([("a.txt", ""), ("a.txt", "x")], 'a.txt: it is the same as "a.txt" on some systems.'),
        ([("a.txt/b.txt", ""), ("a.txt", "")], "it is the same as"),
        ([("a.txt", ""), ("a.txt/b.txt", "")], "it is the same as"),
        ([("Icons/a.png", ""), ("icons/b.png", "")], 'it is the same as "Icons/" on some systems.'),
        ([(entry("link.png", stat.S_IFLNK | 0o777), "/etc/passwd")], "link.png: it is a link, and a look holds none."),
        ([(entry("pipe.png", stat.S_IFIFO), "")], "something else than a file"),
        ([("run.py", "print()")], "run.py: a look holds look.toml, PNG pictures and texts"),
        ([("bomb.txt", bytes(1_900_000))], "bomb.txt: it is packed so small that it looks like a trap."),
        ([("large.txt", os.urandom(2_100_000))], "large.txt: it is larger than 2 MB."),
        ([(f"{n}.txt", os.urandom(1_700_000)) for n in range(5)], "larger than 8 MB."),
        ([(f"{n}.txt", "") for n in range(64)], "a look has up to 64 files."),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zips_that_mean_harm_are_refused(tmp_path: Path, entries: list[tuple[str, bytes]], told: str) -> None:
    found = refused(zipped([SHEET, *entries], tmp_path / "x.ctklook"))
    assert any(told in fault for fault in found), found
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_not_all_know_is_refused(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "x.ctklook", "w", method) as file:
        file.writestr(*SHEET)
    assert "packed in a way" in refused(tmp_path / "x.ctklook")[0]


def test_what_is_encrypted_or_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = zipped([SHEET], tmp_path / "x.ctklook").read_bytes()
    entry = data.index(b"PK\x01\x02")
    for at, change in ((8, struct.pack("<H", 1)), (24, struct.pack("<I", 10))):
        place = tmp_path / "y.ctklook"
        place.write_bytes(data[: entry + at] + change + data[entry + at + len(change) :])
        assert refused(place)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip" * 100, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.ctklook").write_bytes(data)
    assert refused(tmp_path / "x.ctklook")


def test_a_zip_of_a_folder_will_do(tmp_path: Path) -> None:
    entries = [("mine/", ""), ("mine/look.toml", HEAD), ("__MACOSX/mine/._look.toml", "x"), ("mine/.DS_Store", "x")]
    assert refused(zipped(entries, tmp_path / "x.ctklook")) == []


def test_a_folder_gives_what_belongs_to_a_look(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "look.toml": HEAD,
        "icons/a.png": png(),
        "LICENSE": "free",
        "draft.xcf": "",
        ".git/x.txt": "",
    }
    found, faults = package.load(folder(tmp_path / "mine", files))
    assert (sorted(found), faults) == (["LICENSE", "icons/a.png", "look.toml"], ())
    assert package.load(tmp_path / "mine" / "look.toml")[0] == found


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX can anyone make links")
def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    place = folder(tmp_path / "mine", {"look.toml": HEAD})
    (place / "a.png").symlink_to("/etc/passwd")
    (place / "b").symlink_to("/etc")
    assert refused(place) == ["a.png: it is no file but a link."]


def test_a_folder_of_something_else_is_not_gone_through(tmp_path: Path) -> None:
    assert refused(folder(tmp_path / "x", {"a.png": b"", "b/c.txt": b""})) == ["look.toml: there is none in it."]


def test_the_same_look_gives_the_same_zip(tmp_path: Path) -> None:
    files = {"look.toml": HEAD.encode(), "b.png": png(), "a.txt": b"x", "run.py": b""}
    data = package.packed(files)
    assert data == package.packed(dict(reversed(files.items())))
    assert package.unpacked(data, "x") == ({name: files[name] for name in ("a.txt", "b.png", "look.toml")}, ())
