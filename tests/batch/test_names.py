"""Which names a file may have."""

import pytest

from ctk.batch.names import cleaned, folded, trouble


@pytest.mark.parametrize(
    ("name", "old", "complaint"),
    [
        ("kick.wav", "x.wav", None),
        ("été.wav", "x.wav", None),
        ("", "x.wav", "no name"),
        ("..", "x.wav", "no name"),
        ("a/b.wav", "x.wav", "no name"),
        ("._kick.wav", "x.wav", "not looked at"),
        ("é" * 130 + ".wav", "x.wav", "too long"),
        ("x" * 251 + ".wav", "x.wav", None),
        ("nul.wav", "x.wav", "Windows"),
        ("COM1.wav", "x.wav", "Windows"),
        ("com1kick.wav", "x.wav", None),
        ("kick:1 b.wav", "kick:1.wav", None),
        ("kick.wav.", "kick.wav", "Windows"),
    ],
)
def test_trouble(name: str, old: str, complaint: str | None) -> None:
    found = trouble(name, old, windows=False)
    assert (found is None) == (complaint is None)
    assert complaint is None or complaint in (found or "")


def test_windows_takes_no_odd_name_at_all() -> None:
    assert trouble("kick:1 b.wav", "kick:1.wav", windows=True)


def test_cleaned_and_folded() -> None:
    assert cleaned(' AC/DC: "Live"\n') == "AC_DC_ _Live_"
    assert folded("ÉTÉ.WAV") == folded("e\u0301te\u0301.wav")
    assert folded("a.wav") != folded("b.wav")
