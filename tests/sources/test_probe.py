"""Facts of real files of every kind, of names the system allows, and of files that cannot be read."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ctk import fingerprint
from ctk.sources import probe
from ctk.sources.probe import Facts
from ctk.sources.walk import AUDIO_EXTENSIONS
from tests.sounds import KINDS, make, tree

TEXTS = {"title": "Tïtle", "artist": "Ar Tist", "album": "Al Bum", "comment": "Com Ment", "genre": "House"}
NAMES = ["caf\udce9.wav", "k" * 246 + ".wav", "two\nlines.wav", "100%25 %s.wav", "🥁 drum.wav", "Cafe\u0301.wav"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX systems: Windows has no such names or modes")


def facts_of(path: Path | str) -> Facts:
    facts = probe.probe(str(path))
    assert facts is not None
    return facts


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_as_it_was_written(kind: str, tmp_path: Path) -> None:
    expected = KINDS[kind]
    path = make(kind, tmp_path / f"sound.{expected.extension}", seconds=0.8, metadata=TEXTS)

    facts = facts_of(path)

    assert facts.reason is None
    assert (facts.format, facts.codec, facts.bit_depth) == (expected.format, expected.codec, expected.bit_depth)
    assert (facts.sample_rate_hz, facts.channels) == (expected.rate_hz or 44_100, expected.channels or 2)
    assert facts.duration_s is not None
    assert -1e-6 <= facts.duration_s - 0.8 <= expected.slack_s + 1e-6
    assert {key: facts.metadata.get(key) for key in expected.tags} == {key: TEXTS[key] for key in expected.tags}
    assert expected.extension in AUDIO_EXTENSIONS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("rate", "channels", "seconds"), [(48_000, 1, 0.31), (22_050, 2, 3.7)])
def test_an_independent_reader_agrees(kind: str, rate: int, channels: int, seconds: float, tmp_path: Path) -> None:
    entry = KINDS[kind]
    path = make(kind, tmp_path / f"sound.{entry.extension}", seconds=seconds, rate=rate, channels=channels)

    facts, (theirs_s, their_rate, their_channels) = facts_of(path), ffprobe(path)

    assert (facts.sample_rate_hz, facts.channels) == (their_rate, their_channels)
    assert facts.duration_s is not None
    # FFmpeg counts what encoders put before and after the sound differently from format to format.
    assert abs(facts.duration_s - theirs_s) < 0.001 + (0.05 if entry.slack_s or entry.codec == "alac" else 0.0)


def ffprobe(path: Path) -> tuple[float, int, int]:
    """Seconds, rate and channels as FFmpeg decodes them; what it only estimates is often wrong."""
    program = shutil.which("ffprobe")
    if program is None:
        pytest.fail("ffprobe is missing: install ffmpeg")
    command = [program, "-v", "error", "-of", "json", "-show_streams", "-show_frames", f"file:{path}"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    stream = said["streams"][0]
    rate = int(stream["sample_rate"])
    return sum(frame["nb_samples"] for frame in said["frames"]) / rate, rate, int(stream["channels"])


def test_facts_carry_what_the_system_says(tmp_path: Path) -> None:
    path = make("wav_16", tmp_path / "a.wav", seconds=2.0)
    os.link(path, tmp_path / "b.wav")
    content = path.read_bytes()

    facts = facts_of(path)

    status = path.stat()
    assert (facts.size_bytes, facts.mtime_ns, facts.links) == (status.st_size, status.st_mtime_ns, 2)
    assert facts.inode == facts_of(tmp_path / "b.wav").inode
    assert facts.fingerprint == fingerprint.of_edges(content[:65_536], content[-65_536:])


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 131_072, 131_073, 300_000])
def test_fingerprint_covers_both_edges_at_any_size(size: int, tmp_path: Path) -> None:
    content = bytes(range(1, 252)) * (size // 251 + 1)
    (tmp_path / "a.wav").write_bytes(content[:size])
    start = fingerprint.tail_start(size)
    assert facts_of(tmp_path / "a.wav").fingerprint == fingerprint.of_edges(
        content[:65_536][:size], content[start:size]
    )


@pytest.mark.parametrize(
    ("number", "signed"), [(0, 0), (2**63 - 1, 2**63 - 1), (2**63, -(2**63)), (2**64 - 1, -1), (2**64 + 5, 5)]
)
def test_file_numbers_fit_a_database(number: int, signed: int) -> None:
    assert probe._signed(number) == signed


def test_first_bytes_name_the_format_not_the_extension(tmp_path: Path) -> None:
    assert facts_of(make("wav_16", tmp_path / "a.ogg")).format == "wav"
    assert facts_of(make("flac_16", tmp_path / "b.mp3")).format == "flac"
    assert facts_of(make("mp2", tmp_path / "c.wav")).format == "mp2"


@posix
@pytest.mark.parametrize("name", NAMES)
def test_any_name_the_system_allows(name: str, tmp_path: Path) -> None:
    path = os.path.join(tmp_path, name)
    shutil.copyfile(make("wav_16", tmp_path / "plain"), path)
    assert facts_of(path).duration_s == 1.0
    # The general reader must not take a name for a command either.
    shutil.copyfile(make("m4a_fragments", tmp_path / "plain"), path)
    assert facts_of(path).format == "m4a"


def test_a_vanished_file_is_none(tmp_path: Path) -> None:
    assert probe.probe(str(tmp_path / "gone.wav")) is None
    assert probe.probe(str(make("wav_8", tmp_path / "a.wav") / "inside.wav")) is None
    assert probe.probe(str(tmp_path / "nul\0.wav")) is None


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    facts = facts_of(tmp_path / "a.wav")
    assert (facts.reason, facts.format, facts.size_bytes) == ("The file is empty.", None, 0)
    assert facts.fingerprint is not None


@posix
def test_a_forbidden_file_keeps_its_size(tmp_path: Path) -> None:
    path = make("wav_16", tmp_path / "a.wav")
    path.chmod(0)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o755)
    with nobody():
        facts = facts_of(path)
    assert facts.reason == "You do not have permission to read this file."
    assert facts.size_bytes > 0
    assert facts.fingerprint is None


@contextmanager
def nobody() -> Iterator[None]:
    """Root may read everything, so step down for a moment."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(user)


@posix
def test_folders_pipes_and_devices_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path, tmp_path / "pipe.wav", Path("/dev/zero")):
        facts = facts_of(path)
        assert (facts.reason, facts.fingerprint) == ("This is not a file but a folder or a device.", None)


@posix
def test_a_link_to_itself_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.wav").symlink_to(tmp_path / "a.wav")
    assert "could not read" in str(facts_of(tmp_path / "a.wav").reason)


def test_probe_many_keeps_the_order_and_the_gaps(tmp_path: Path) -> None:
    paths = [str(path) for path in tree(tmp_path, 40)]
    paths[7:7] = [str(tmp_path / "gone.wav")]
    paths[20:20] = [str(tmp_path)]
    assert list(probe.probe_many(paths)) == [probe.probe(path) for path in paths]


def test_probe_many_ends_on_stop_and_leaves_nothing_open(tmp_path: Path) -> None:
    paths = [str(path) for path in tree(tmp_path, 40)]
    before = open_files()
    seen: list[Facts | None] = []
    seen.extend(probe.probe_many(paths, stop=lambda: len(seen) >= 0 and open_files() > before))
    assert len(seen) < len(paths)
    assert open_files() == before

    abandoned = probe.probe_many(paths)
    assert isinstance(abandoned, Generator)
    next(abandoned)
    abandoned.close()
    assert open_files() == before


def open_files() -> int:
    """How many descriptors this process holds, told by trying."""
    count = 0
    for descriptor in range(256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        count += 1
    return count


def test_tree_is_believable_and_distinct(tmp_path: Path) -> None:
    paths = tree(tmp_path, 300, seed=3)
    facts = [facts_of(path) for path in paths]
    assert len({item.fingerprint for item in facts}) == len(set(paths)) == 300
    assert {item.format for item in facts} == {"wav", "aiff", "flac"}
    assert all(item.reason is None for item in facts)
    assert any(item.size_bytes > 131_072 for item in facts)
