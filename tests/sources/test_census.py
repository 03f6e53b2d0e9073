"""Counting by names: what is audio, what is passed over, and how good an estimate of many sizes is."""

import os
import random
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from ctk.sources.census import CACHES, Census, key
from ctk.sources.walk import AUDIO_EXTENSIONS, Walk
from tests.sources import opens

NAMES = (
    *(f"sound.{extension}" for extension in sorted(AUDIO_EXTENSIONS)),
    *(f"LOUD.{extension.upper()}" for extension in sorted(AUDIO_EXTENSIONS)),
    "Mixed.WaV",
    "Mixed.fLaC",
    ".hidden.wav",
    "caf\N{LATIN SMALL LETTER E WITH ACUTE}.wv",
    "a.wv",
    ".wav",
    "wav",
    "x",
    "",
    "xflac",
    "naif",
    "sound.tiff",
    "sound.xwav",
    "sound.wav.asd",
    "sound.wav ",
    "._sound.wav",
    "._sound.flac",
    ".kick.wav.icloud",
    ".notes.txt.icloud",
    "kick.flac.nextcloud",
    "cloud",
)


def census(top: Path, apart: Iterable[Path] = ()) -> Census:
    found = Census(str(top), {key(str(folder)) for folder in apart}, lambda: None)
    found.run()
    return found


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"12345")
    return folder


def test_every_name_is_taken_as_a_scan_takes_it(tmp_path: Path) -> None:
    for number, name in enumerate(filter(None, NAMES)):
        folder = fill(tmp_path / str(number), name)
        (listing,) = Walk([str(folder)], [], lambda: None).source(str(folder))
        assert census(folder).files == len(listing.files) + len(listing.online), name


def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    try:
        for name in (b"\xff.wav", b"\xff.wv", b"\xfe\xff"):
            with open(os.path.join(folder, name), "wb"):
                pass
    except OSError:
        pytest.skip("only on file systems that take any bytes for a name")
    assert census(tmp_path).files == 2


def test_files_and_sizes_of_all_folders(tmp_path: Path) -> None:
    fill(tmp_path, "a.wav", "b.txt")
    fill(tmp_path / "Deep" / "Deeper", "c.flac", "d.mp3")
    found = census(tmp_path)
    assert (found.files, found.bytes, found.online) == (3, 15, 0)


def test_a_folder_is_no_file_whatever_its_name(tmp_path: Path) -> None:
    fill(tmp_path / "Pack.wav", "kick.wav")
    assert census(tmp_path).files == 1


def test_what_is_hidden_or_of_the_system_is_passed_over(tmp_path: Path) -> None:
    for name in (".hidden", "$RECYCLE.BIN", "@eaDir", ".Trash-1000", "Cache", "AppData", ".ctk-held", *CACHES):
        fill(tmp_path / name, "kick.wav")
    assert census(tmp_path).files == 0


def test_a_top_may_be_hidden(tmp_path: Path) -> None:
    assert census(fill(tmp_path / ".hydrogen", "kick.wav")).files == 1


def test_other_places_are_left_to_themselves(tmp_path: Path) -> None:
    fill(tmp_path, "a.wav")
    inner = fill(tmp_path / "Splice" / "sounds", "b.wav")
    assert census(tmp_path, [inner.parent]).files == 1
    assert census(inner.parent, [inner.parent]).files == 1


@pytest.mark.skipif(os.name == "nt", reason="only on systems where anybody may make links")
def test_links_lead_nowhere(tmp_path: Path) -> None:
    pack = fill(tmp_path / "Pack", "kick.wav")
    (tmp_path / "again").symlink_to(pack)
    (pack / "upwards").symlink_to(tmp_path)
    (pack / "linked.wav").symlink_to(pack / "kick.wav")
    assert census(tmp_path).files == 1


def test_a_folder_that_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "Pack", "kick.wav")
    assert census(tmp_path / "nowhere").files == 0
    closed = fill(tmp_path / "Closed", "kick.wav")
    closed.chmod(0)
    try:
        assert census(tmp_path).files == 1 + os.access(closed, os.R_OK)
    finally:
        closed.chmod(0o700)


def test_no_file_is_opened(tmp_path: Path) -> None:
    fill(tmp_path, "a.wav", "b.txt", ".c.wav.icloud")
    with opens.watched(tmp_path) as opened:
        assert census(tmp_path).files == 2
    assert opened == set()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on systems that do not mark them")
def test_what_is_only_online_is_counted_so(tmp_path: Path) -> None:
    folder = fill(tmp_path / "Dropbox", "here.wav", ".stub.wav.icloud")
    (folder / "away.wav").touch()
    os.truncate(folder / "away.wav", 100_000)
    found = census(folder)
    assert (found.files, found.bytes, found.online) == (3, 100_005, 2)


def test_sizes_of_many_files_are_reckoned_from_some(tmp_path: Path) -> None:
    rng = random.Random(3)
    total = 0
    for number in range(40):
        folder = tmp_path / f"Pack {number}"
        folder.mkdir()
        usual = rng.randrange(1000, 100_000)
        for at in range(100):
            size = int(usual * rng.uniform(0.5, 2))
            total += size
            (folder / f"{at}.wav").touch()
            os.truncate(folder / f"{at}.wav", size)
    found = census(tmp_path)
    assert found.files == 4000
    assert abs(found.bytes - total) < 0.15 * total


def test_it_stops_when_told(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def sign() -> None:
        raise Enough

    fill(tmp_path, "a.wav")
    with pytest.raises(Enough):
        Census(str(tmp_path), frozenset(), sign).run()
