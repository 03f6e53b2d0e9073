"""Which files matter to an eye."""

import pytest

from ctk.sources.watch.eye import is_of_interest


@pytest.mark.parametrize(
    "name", [b"kick.wav", b"KICK.AIFF", b"caf\xe9.flac", b".kick.wav.icloud", b"kick.mp3.nextcloud"]
)
def test_what_may_be_a_sound(name: bytes) -> None:
    assert is_of_interest(name)


@pytest.mark.parametrize(
    "name", [b"notes.txt", b"wav", b"kick.wav.part", b"._kick.wav", b".notes.txt.icloud", b"icloud"]
)
def test_what_is_none(name: bytes) -> None:
    assert not is_of_interest(name)
