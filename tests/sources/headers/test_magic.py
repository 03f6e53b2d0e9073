"""First bytes name formats, and what a file is that is no sound."""

import gzip
import zipfile
from pathlib import Path

import pytest

from ctk.sources.headers import magic
from ctk.sources.headers.content import Content
from ctk.sources.headers.reading import describe
from tests.sounds import KINDS, make


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"mp2", "aac"} - {kind for kind in KINDS if "mp3_" in kind}))
def test_every_kind_with_first_bytes_of_its_own(kind: str, tmp_path: Path) -> None:
    head = make(kind, tmp_path / "sound", seconds=0.1).read_bytes()[:64]
    assert magic.format_of(head) in (KINDS[kind].format, "ogg" if kind == "opus" else None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><body>404", "a web page"),
        (b"\xef\xbb\xbf\n <HTML>", "a web page"),
        (b'<?xml version="1.0"?><plist/>', "an XML document"),
        (b"\x00\x05\x16\x07" + bytes(100), "AppleDouble"),
        (gzip.compress(b"x", mtime=0), "a gzip archive"),
        (b"MThd\0\0\0\x06", "a MIDI file"),
        (b"RIFF\x10\0\0\0sfbkLIST", "a SoundFont"),
        (b"RIFF\x10\0\0\0AVI LIST", "an AVI film"),
        (b"Please buy the full pack.\r\n", "plain text"),
        (b"I'm free on Sunday" * 50, "plain text"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    ],
)
def test_other_files_are_named(content: bytes, words: str) -> None:
    header = describe(Content.of_bytes(content))
    assert header.format is None
    assert header.reason is not None
    assert header.reason.startswith("This is not a sound file: it looks like ")
    assert words in header.reason


def test_a_zip_that_holds_a_sound_is_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.wav", "w") as archive:
        archive.write(make("mp3_cbr", tmp_path / "a.mp3"), "a.mp3")
    header = describe(Content.of_bytes((tmp_path / "pack.wav").read_bytes()))
    assert header.reason == "This is not a sound file: it looks like a zip archive."


def test_zeros_and_noise_are_told_apart() -> None:
    assert "nothing but zeros" in str(describe(Content.of_bytes(bytes(200_000))).reason)
    assert "no format known here" in str(describe(Content.of_bytes(b"\x01\x02\x80\xfe" * 500)).reason)


def test_id3_sizes() -> None:
    assert magic.id3_size(b"ID3\x04\0\0\0\0\x02\x01") == 10 + 257
    assert magic.id3_size(b"ID3\x04\0\x10\0\0\x02\x01") == 20 + 257
    assert magic.id3_size(b"ID3\x04\0\0\0\0\x02\x80") == 0
    assert magic.id3_size(b"ID3\x04") == 0
    assert magic.id3_size(b"RIFFxxxxWAVE") == 0
