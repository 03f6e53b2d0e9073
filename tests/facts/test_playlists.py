"""Playlists name any file there can be, and are read as other programs write them."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ctk
from ctk.facts import playlists
from ctk.facts.entries import Content, Entry
from ctk.records import Marks
from tests.facts import said
from tests.sources.library import wav

NASTY = ("#1 kick.wav", " lead.wav", "100%25.wav", "a\nb.wav", "http:x.wav", "c\N{LINE SEPARATOR}d.wav", "tail .wav")

posix = pytest.mark.skipif(os.name != "posix", reason="only on systems whose names are bytes")
names = st.binary(min_size=1, max_size=12).filter(
    lambda name: not set(name) & set(b"\0/") and name not in (b".", b"..")
)


@posix
@given(names, st.sampled_from([None, "/", "/m", "/m/p", "/other"]))
def test_any_name_comes_through(name: bytes, folder: str | None) -> None:
    path = os.path.join("/m/p", os.fsdecode(name))
    written = "".join(playlists.lines(Content([Entry(path, Marks(), facts={"duration_s": 2.5})]), folder))
    (line,) = playlists.read(written.encode("utf-8"), folder or "/nowhere", plain=False)
    assert line[0] == path


def test_lengths_and_names_are_told() -> None:
    facts = {"name": "Kick\n1.wav", "duration_s": 2.6}
    written = "".join(
        playlists.lines(Content([Entry("/a/k.wav", Marks(), facts=facts), Entry("/b.wav", Marks())]), None)
    )
    assert written.splitlines()[1::2] == ["#EXTINF:3,Kick 1.wav", "#EXTINF:-1,b.wav"]


@posix
def test_what_other_programs_write() -> None:
    data = (
        b"\xef\xbb\xbf#EXTM3U\r\n\r\nA\\b.wav\r\n  file:///x/c%20d.wav\nFILE://localhost/x/%E9.wav\nfile://nas/x.wav\n"
    )
    assert playlists.read(data, "/p", plain=False) == [
        ("/p/A\\b.wav", "/p/A/b.wav"),
        ("/x/c d.wav",),
        (os.fsdecode(b"/x/\xe9.wav"),),
        (),
    ]
    assert playlists.read(b"caf\xe9.wav", "/p", plain=True) == [(os.fsdecode(b"/p/caf\xe9.wav"), "/p/caf\xe9.wav")]


@posix
def test_a_playlist_comes_back_as_the_collection_it_was(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "Samples"
    order = [*NASTY[::-1], said.ODD]
    for seed, name in enumerate(order):
        wav(root / name, seed)
    for file in (root / "Live.m3u8", tmp_path / "Lists" / "Live.m3u8"):
        file.parent.mkdir(exist_ok=True)
        with ctk.open(home) as toolkit:
            toolkit.sources.scan([root]).result(60)
            ids = said.ids(toolkit, root)
            toolkit.facts.collect([ids[name] for name in order], "Live")
            toolkit.facts.export(file, query="collection:live").result(60)
            toolkit.facts.uncollect(None, "Live")
            done = toolkit.facts.import_(file).result(60)
            assert (done.sounds, done.problems) == (len(order), ())
            assert said.orders(toolkit, root) == {"Live": order}
            toolkit.facts.uncollect(None, "Live")
