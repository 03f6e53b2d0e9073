"""Keys and notes, as written and as numbers."""

import pytest

from ctk.facts import music


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Am", "Am"),
        ("a minor", "Am"),
        ("A", "A"),
        ("Amaj", "A maj"),
        ("F#min", "F#m"),
        ("Gbm", "F#m"),
        ("Bb Major", "A# maj"),
        ("C♯ moll", "C#m"),
        ("E dur", "E maj"),
        ("G flat", "F#"),
        ("Cb", "B"),
        ("8A", "Am"),
        ("8B", "C maj"),
        ("12B", "E maj"),
        ("1a", "G#m"),
        ("05A", "Cm"),
    ],
)
def test_a_key_reads_as_musicians_write_it(text: str, name: str) -> None:
    key = music.key(text)
    assert key is not None
    assert music.key_name(key) == name


@pytest.mark.parametrize("text", ["", "H", "Amen", "13A", "0A", "C5", "m", "##", "A#b", "minor"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert music.key(text) is None


@pytest.mark.parametrize("key", range(36))
def test_the_name_of_a_key_reads_back(key: int) -> None:
    assert music.key(music.key_name(key)) == key


@pytest.mark.parametrize("note", range(140))
def test_the_name_of_a_note_reads_back(note: int) -> None:
    assert music.note(music.note_name(note)) == note


@pytest.mark.parametrize(("text", "note"), [("C4", 60), ("Cb4", 59), ("B#3", 60), ("69", 69), ("C-1", 0), ("G9", 127)])
def test_a_note_has_its_midi_number(text: str, note: int) -> None:
    assert music.note(text) == note


@pytest.mark.parametrize("text", ["", "128", "H2", "C10", "G#9", "Cb-1", "C4x"])
def test_what_is_no_note_is_none(text: str) -> None:
    assert music.note(text) is None
