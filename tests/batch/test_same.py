"""Whether files and names are the same: bytes, times, links, spellings."""

import os
from pathlib import Path

import pytest

from ctk.batch.same import are_two_names, bytes_agree, is_as_kept, is_as_noted, is_other_file, is_spelling, is_there
from ctk.errors import Cancelled

MB = 1 << 20


@pytest.mark.parametrize("size", [0, 1, MB - 1, MB, MB + 1, 2 * MB])
def test_bytes(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(data)
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    assert bytes_agree(one, two, lambda: None)
    for at in {0, size // 2, size - 1} - {-1} if size else ():
        changed = bytearray(data)
        changed[at] ^= 1
        (tmp_path / "two").write_bytes(changed)
        assert not bytes_agree(one, two, lambda: None)
    (tmp_path / "two").write_bytes(data + b"x")
    assert not bytes_agree(one, two, lambda: None)
    assert not bytes_agree(two, one, lambda: None)


def test_comparing_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(bytes(10))

    def stop() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        bytes_agree(str(tmp_path / "one"), str(tmp_path / "one"), stop)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x")
    (tmp_path / "link").symlink_to("one")
    with pytest.raises(OSError):
        bytes_agree(str(tmp_path / "one"), str(tmp_path / "link"), lambda: None)
    assert not is_there(str(tmp_path / "link"))
    assert is_there(str(tmp_path / "one"))


@pytest.mark.parametrize(("kept_ns", "same"), [(0, True), (-89, True), (11, True), (456_789, False), (10**9, False)])
def test_times_as_coarse_drives_keep_them(kept_ns: int, same: bool, tmp_path: Path) -> None:
    noted_ns = 1_700_000_001_123_456_789
    (tmp_path / "a").write_bytes(b"abc")
    os.utime(tmp_path / "a", ns=(0, noted_ns + kept_ns))
    found = os.lstat(tmp_path / "a")
    assert is_as_kept(found, 3, noted_ns) is same
    assert is_as_noted(found, 3, noted_ns) is (kept_ns == 0)
    assert not is_as_kept(found, 4, noted_ns)


def test_two_names_of_one_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "alias").symlink_to("folder")
    one = tmp_path / "folder" / "one"
    one.write_bytes(b"x")
    assert not are_two_names(str(one), str(tmp_path / "alias" / "one")), "one name, reached in two ways"
    os.link(one, tmp_path / "folder" / "two")
    os.link(one, tmp_path / "three")
    assert are_two_names(str(one), str(tmp_path / "folder" / "two"))
    assert are_two_names(str(one), str(tmp_path / "three"))
    assert not are_two_names(str(one), str(tmp_path / "alias" / "one"))
    assert not is_other_file(os.lstat(one), os.lstat(tmp_path / "three"))


def test_spellings_on_a_disk_that_tells_case_apart(tmp_path: Path) -> None:
    if os.path.exists(str(tmp_path).swapcase()):
        pytest.skip("only on disks that tell case apart")
    (tmp_path / "kick").write_bytes(b"x")
    assert not is_spelling(str(tmp_path / "kick"), str(tmp_path / "KICK"))
    (tmp_path / "KICK").write_bytes(b"y")
    assert not is_spelling(str(tmp_path / "kick"), str(tmp_path / "KICK"))
