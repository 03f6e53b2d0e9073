"""Texts out of files become short clean lines."""

import pytest

from ctk.sources.headers.metadata import add, text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (b"Kick\0junk", "Kick"),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("cp1252"), "Größe"),
        (b"\x81\x8d", "\ufffd\ufffd"),
        (b"", ""),
    ],
)
def test_text_is_decoded_as_it_was_written(raw: bytes, clean: str) -> None:
    assert text(raw) == clean


def kept(key: str, value: str) -> dict[str, str]:
    metadata: dict[str, str] = {}
    add(metadata, key, value)
    return metadata


def test_values_are_single_short_lines_of_real_text() -> None:
    assert kept("title", " two\r\n lines\x07\t ") == {"title": "two lines"}
    assert kept("title", "x" * 9_000) == {"title": "x" * 500}
    assert kept("title", "lone \udc80 half") == {"title": "lone ? half"}
    assert kept("title", " \0\n ") == {}


def test_keys_are_plain_and_agree_between_formats() -> None:
    assert kept("InitialKey", "Am") == {"key": "Am"}
    assert kept("TEMPO", "90") == {"bpm": "90"}
    assert kept("iTunNORM", "00") == {}
    assert kept("metadata_block_picture", "AAAA") == {}
    assert kept("a\nb", "x") == {}
    assert kept("k" * 60, "x") == {}


def test_the_first_value_stays_and_there_is_an_end() -> None:
    metadata = {"title": "first"}
    for number in range(100):
        add(metadata, "title", "second")
        add(metadata, f"field{number}", "x")
    assert metadata["title"] == "first"
    assert len(metadata) == 40
