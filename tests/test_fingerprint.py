"""Fingerprints against xxhash itself."""

from io import FileIO
from pathlib import Path

import pytest
import xxhash

from ctk import fingerprint
from ctk.errors import Cancelled


@pytest.mark.parametrize(
    ("size", "start"),
    [(0, 0), (1000, 1000), (65_536, 65_536), (100_000, 65_536), (131_072, 65_536), (200_000, 134_464)],
)
def test_head_and_tail_never_overlap(size: int, start: int) -> None:
    assert fingerprint.tail_start(size) == start


def test_small_files_are_covered_whole() -> None:
    content = bytes(range(256)) * 400
    start = fingerprint.tail_start(len(content))
    assert fingerprint.of_edges(content[:65_536], content[start:]) == xxhash.xxh3_64_digest(content)


def test_the_full_hash_covers_everything_and_can_be_stopped(tmp_path: Path) -> None:
    file = tmp_path / "sound.wav"
    file.write_bytes(b"x" * 3_000_000)
    assert fingerprint.of_file(file) == xxhash.xxh3_128_digest(b"x" * 3_000_000)

    def stop() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        fingerprint.of_file(file, stop)


def test_parts_are_hashed_as_one_and_numbers_fit_into_sqlite() -> None:
    assert fingerprint.of_parts([b"one ", memoryview(b"sound")]) == xxhash.xxh3_128_digest(b"one sound")
    assert {-(2**63) <= fingerprint.number_of(str(n).encode()) < 2**63 for n in range(100)} == {True}
    assert fingerprint.number_of(b"kick") == fingerprint.number_of(b"kick") != fingerprint.number_of(b"snare")


def test_whoever_watches_is_told_of_every_byte(tmp_path: Path) -> None:
    file = tmp_path / "sound.wav"
    file.write_bytes(b"x" * 3_000_000)
    sizes: list[int] = []
    with FileIO(file) as opened:
        fingerprint.of_content(opened, sizes.append)
    assert sum(sizes) == 3_000_000
    assert len(sizes) > 1
