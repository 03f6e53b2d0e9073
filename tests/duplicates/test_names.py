"""Name stems: what copying adds is taken off, what the user wrote stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.duplicates.names import is_marked, plain, stem


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Kick.wav", "Kick"),
        ("Kick (1).wav", "Kick"),
        ("Kick copy.wav", "Kick"),
        ("Kick copy 2.wav", "Kick"),
        ("Kick - Copy.wav", "Kick"),
        ("Kick - Copy (2).wav", "Kick"),
        ("Kick - Kopie.wav", "Kick"),
        ("Copy of Kick.wav", "Kick"),
        ("Kick_1.wav", "Kick"),
        ("Kick_1 (3) copy.wav", "Kick"),
        ("Kick_2.wav", "Kick_2"),
        ("Kick 1.wav", "Kick 1"),
        ("Kick (1999).wav", "Kick (1999)"),
        ("Hardcopy.wav", "Hardcopy"),
        ("copy.wav", "copy"),
        ("(1).wav", "(1)"),
        (".wav", ".wav"),
        ("no extension", "no extension"),
    ],
)
def test_marks_of_copying_are_taken_off(name: str, wanted: str) -> None:
    assert plain(name) == wanted
    assert is_marked(name) == (wanted not in (name, name.removesuffix(".wav")))


def test_case_accents_and_unicode_forms_are_one() -> None:
    names = ["Été  Loop.wav", "ete loop.aif", unicodedata.normalize("NFD", "ÉTÉ Loop (1).flac"), "Ete loop - Copy.mp3"]
    assert {stem(name) for name in names} == {"ete loop"}


@given(st.text(st.characters(codec="utf-8")))
def test_a_stem_is_the_stem_of_itself(text: str) -> None:
    once = stem(f"{text}.wav")
    assert stem(f"{once}.wav") == once


@given(st.text())
def test_any_name_has_a_stem(text: str) -> None:
    assert stem(unicodedata.normalize("NFD", text)) == stem(unicodedata.normalize("NFC", text))
