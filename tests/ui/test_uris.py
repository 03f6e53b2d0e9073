"""Any name a file can have, there and back."""

import os
import socket
import tkinter as tk
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.ui import uris

only_posix = pytest.mark.skipif(os.name == "nt", reason="only on systems where paths begin with a slash")


def split(text: str) -> Sequence[str]:
    return [str(part) for part in tk.Tcl().splitlist(text)]


@only_posix
def test_addresses_stand_for_bytes() -> None:
    assert uris.uri("/a b/100% #1?.wav") == "file:///a%20b/100%25%20%231%3F.wav"
    assert uris.uri("/ümlaut.wav") == "file:///%C3%BCmlaut.wav"
    assert uris.uri(os.fsdecode(b"/caf\xe9.wav")) == "file:///caf%E9.wav"
    assert uris.uri_list(["/a", "/b c"]) == b"file:///a\r\nfile:///b%20c\r\n"
    assert uris.copied(["/a", "/b c"]) == b"copy\nfile:///a\nfile:///b%20c"


@only_posix
@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=5))
def test_any_name_comes_back(names: list[bytes]) -> None:
    clean = [name.replace(b"\0", b"x").replace(b"/", b"y") for name in names]
    paths = [os.fsdecode(b"/music/" + name) for name in clean if name not in (b".", b"..")]
    assert uris.dropped(uris.uri_list(paths).decode(), split) == paths


@only_posix
@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("file:///a%20b.wav\r\n#a remark\r\nfile:///c.wav\r\n", ["/a b.wav", "/c.wav"]),
        ("file://localhost/a.wav", ["/a.wav"]),
        (f"file://{socket.gethostname()}/a.wav\n", ["/a.wav"]),
        ("file:/a.wav", ["/a.wav"]),
        ("FILE:///a.wav\nfile:///b.wav", ["/a.wav", "/b.wav"]),
        ("file:///a b#1?.wav", ["/a b#1?.wav"]),
        ("file:///ümlaut.wav\0", ["/ümlaut.wav"]),
        ("file:///folder/", ["/folder"]),
        ("file://elsewhere/a.wav\nhttps://example.org/file:x", []),
        ("file:///a%00b", []),
        ("{/a b.wav} /c.wav /d\\{e.wav", ["/a b.wav", "/c.wav", "/d{e.wav"]),
        ("{/not closed", []),
        ("/not {closed\n/c.wav", ["/not {closed", "/c.wav"]),
        ("just some words", []),
        ("", []),
    ],
)
def test_what_others_drop(text: str, paths: list[str]) -> None:
    assert uris.dropped(text, split) == paths
