"""Whatever cannot be played says why, in a sentence for a musician."""

import gzip
import os
import random
import sys
from pathlib import Path

import pytest

from ctk.audio import decode
from ctk.errors import CannotDecode
from tests.audio import signals

LISTING = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n"


def reason(path: Path) -> str:
    with pytest.raises(CannotDecode) as caught:
        decode.open(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "sound.wav is empty."),
        (b"Dear diary,\n" * 400, "sound.wav is not a sound file."),
        (gzip.compress(bytes(5_000), mtime=0), "sound.wav is not a sound file."),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "sound.wav is not a sound file."),
        (bytes(10_000), "sound.wav is not a sound file."),
        (b"RIFF\x10\0\0\0WAVEfmt ", "sound.wav is damaged and cannot be played."),
        (b"fLaC" + bytes(5_000), "sound.wav is damaged and cannot be played."),
        (b"OggS" + b"\xff" * 5_000, "sound.wav is damaged and cannot be played."),
        (b"\0\0\0\x18ftypM4A " + bytes(100), "sound.wav is damaged and cannot be played."),
    ],
)
def test_what_is_no_sound_says_so(content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "sound.wav"
    file.write_bytes(content)
    assert reason(file) == expected


def test_noise_is_refused_or_decoded_but_never_fatal(tmp_path: Path) -> None:
    file = tmp_path / "noise.mp3"
    for seed in range(20):
        file.write_bytes(random.Random(seed).randbytes(20_000))
        try:
            with decode.open(file) as stream:
                stream.read(100_000)
        except CannotDecode as exc:
            assert str(exc).endswith(".")


def test_encrypted_pack_sounds_are_named_as_such(tmp_path: Path) -> None:
    file = signals.write("aifc_sowt", tmp_path / "kick.aif", signals.chirp(0.1, 44_100))
    file.write_bytes(file.read_bytes().replace(b"sowt", b"able"))
    assert reason(file) == "kick.aif belongs to an encrypted Ableton pack: only Live can play it."


def test_what_is_not_there_or_no_file_says_so(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.wav") == "gone.wav is not there."
    assert reason(tmp_path) == f"{tmp_path.name} is not a file but a folder or a device."
    (tmp_path / "file").touch()
    assert reason(tmp_path / "file" / "inside.wav") == "inside.wav is not there."


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux and macOS: there are named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    assert reason(tmp_path / "pipe.wav") == "pipe.wav is not a file but a folder or a device."


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux and macOS: permissions are bits there")
def test_a_locked_file_says_so(tmp_path: Path) -> None:
    from ctk.audio.decode.reasons import why

    assert why(str(tmp_path / "a.wav"), PermissionError(13, "no")) == "You do not have permission to read a.wav."
    assert why(str(tmp_path / "a.wav"), OSError(5, "Input/output error")) == "a.wav cannot be read: Input/output error."


def test_names_that_are_no_text_can_be_shown() -> None:
    from ctk.audio.decode.reasons import why

    assert why("/x/\udcff.wav", FileNotFoundError()) == "\ufffd.wav is not there."


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    inner = signals.write("mp3_cbr", tmp_path / "inner.mp3", signals.chirp(0.5, 44_100))
    listing = tmp_path / "list.wav"
    listing.write_text(LISTING.format(inner))
    assert reason(listing) == "list.wav is not a sound file."
    listing.write_text(f"ffconcat version 1.0\nfile {inner.name}\n")
    assert reason(listing) == "list.wav is not a sound file."


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(0.5, 44_100))
    data = bytearray(file.read_bytes())
    data[2_000:2_600] = os.urandom(600)
    file.write_bytes(data)
    with decode.open(file) as stream:
        stream.read(10**6)
    file.write_bytes(data[5_000:7_000] + bytes(9_999))
    try:
        decode.open(file).close()
    except CannotDecode:
        pass
    assert capfd.readouterr() == ("", "")
