"""What is written, in which order, and what stays when it cannot be."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.errors import Cancelled, CtkError, QueryError, UsageError
from ctk.facts import exporting
from ctk.jobs import Task
from ctk.toolkit import Toolkit
from tests.facts import said

KEYS = [
    *("path", "size_bytes", "fingerprint", "full_hash", "rating", "favourite", "tags", "collections", "note"),
    "label",
    *("name", "source", "format", "duration_s", "bpm", "key", "type", "root_note"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return said.make(tmp_path / "Samples")


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as opened:
        opened.sources.scan([root]).result(60)
        said.say(opened, root)
        yield opened


def text(toolkit: Toolkit, format: str, query: str | None = None) -> str:
    return toolkit.facts.export(format=format, query=query).result(60).text or ""


def test_one_document_of_everything(toolkit: Toolkit, root: Path) -> None:
    document = json.loads(text(toolkit, "json"))
    assert list(document) == ["program", "version", "sounds", "collections", "searches"]
    assert (document["program"], document["version"]) == ("Creator's Toolkit", 1)
    assert all(list(sound) == KEYS for sound in document["sounds"])
    sounds = {os.path.relpath(sound["path"], root).replace(os.sep, "/"): sound for sound in document["sounds"]}
    assert sounds.keys() == said.MARKS.keys()
    kick = sounds["Drums/kick.wav"]
    assert (kick["rating"], kick["favourite"], kick["tags"], kick["note"]) == (5, True, ["dark", "hit"], "the one")
    assert (kick["label"], sounds["Drums/snare, loud.wav"]["label"]) == ("drums", None)
    assert kick["collections"] == [{"name": "Set", "position": 1}, {"name": "Two", "position": 0}]
    assert (kick["name"], kick["source"], kick["type"], len(kick["fingerprint"])) == (
        "kick.wav",
        str(root),
        "one-shot",
        16,
    )
    assert document["collections"] == list(said.ORDERS)
    assert document["searches"] == [{"name": "Loud kicks", "query": 'kick -"soft one" len:<2'}]
    names = [sound["name"] for sound in document["sounds"]]
    assert names == [row.name for row in toolkit.catalog.search("-unsaid").rows]


def test_a_table_for_spreadsheets(toolkit: Toolkit) -> None:
    table = text(toolkit, "csv")
    assert table.startswith("\ufeffpath,name,rating,favourite,tags,collections,note,label,bpm,key,type,root_note,")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))}
    snare = rows["snare, loud.wav"]
    assert (snare["rating"], snare["favourite"], snare["collections"]) == ("3", "", "Set")
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows.values() for cell in row.values())
    assert not snare["fingerprint"][0].isdigit()


def test_a_query_says_which_sounds(toolkit: Toolkit) -> None:
    document = json.loads(text(toolkit, "json", "unsaid"))
    assert [sound["name"] for sound in document["sounds"]] == ["unsaid.wav"]
    assert (document["collections"], document["searches"]) == ([], [])
    with pytest.raises(QueryError):
        toolkit.facts.export(format="json", query="colour:red")
    with pytest.raises(UsageError):
        toolkit.facts.export("said.doc")


def test_a_playlist_has_the_order_of_the_collection_asked_for(toolkit: Toolkit, root: Path) -> None:
    playlist = text(toolkit, "m3u8", 'collection:"set"').splitlines()
    assert playlist[0] == "#EXTM3U"
    assert playlist[1] == "#EXTINF:0,\N{FIRE} line.wav"
    paths = [line for line in playlist if not line.startswith("#")]
    plain = [str(root / name) for name in said.ORDERS["Set"] if not name.endswith(said.ODD)]
    assert [path for path in paths if not path.startswith("file:")] == plain
    if os.name == "posix":
        assert paths[2] == f"file://{root.as_posix()}/Bass/caf%E9.wav"
    named = [line for line in text(toolkit, "m3u8", "kick collection:two,set").splitlines() if line[0] != "#"]
    assert named == [str(root / "Drums" / "kick.wav")]


def test_a_playlist_names_what_lies_below_it_from_there(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    toolkit.facts.export(root / "below.m3u8", query="snare").result(60)
    assert (root / "below.m3u8").read_text("utf-8").splitlines()[-1] == os.path.join("Drums", "snare, loud.wav")
    (tmp_path / "Lists").mkdir()
    toolkit.facts.export(tmp_path / "Lists" / "beside.m3u8", query="snare").result(60)
    assert (tmp_path / "Lists" / "beside.m3u8").read_text("utf-8").splitlines()[-1] == str(
        root / "Drums" / "snare, loud.wav"
    )


def test_sounds_whose_files_are_gone_are_in_no_playlist(toolkit: Toolkit, root: Path) -> None:
    (root / "Drums" / "snare, loud.wav").unlink()
    toolkit.sources.scan([root]).result(60)
    assert "snare" not in text(toolkit, "m3u8")
    assert "snare" in text(toolkit, "json")


@pytest.mark.parametrize("format", ["json", "csv", "m3u8"])
def test_a_file_holds_what_is_told_without_one(format: str, toolkit: Toolkit, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / f"said.{format}"
    file.parent.mkdir()
    file.write_text("before")
    assert toolkit.facts.export(file).result(60).sounds == len(said.MARKS)
    assert file.read_bytes().decode("utf-8", "surrogateescape") == text(toolkit, format)
    assert os.listdir(file.parent) == [file.name]


def test_what_others_wrote_is_never_replaced(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    kick = root / "Drums" / "kick.wav"
    before = kick.read_bytes()
    (tmp_path / "folder.json").mkdir()
    for file, words in (
        (kick, "no json file"),
        (tmp_path / "folder.json", "no file"),
        (tmp_path / "nowhere" / "x.json", "could not be written"),
    ):
        with pytest.raises(CtkError, match=words):
            toolkit.facts.export(file, format="json").result(60)
    assert kick.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="only on systems with links and limits")
def test_links_are_followed_and_modes_kept(toolkit: Toolkit, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text("{}")
    real.chmod(0o640)
    (tmp_path / "link.json").symlink_to(real)
    toolkit.facts.export(tmp_path / "link.json").result(60)
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads(real.read_text("utf-8"))["sounds"]
    assert real.stat().st_mode & 0o777 == 0o640


FULL = """
import resource, signal, sys
import ctk
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with ctk.open(sys.argv[1]) as toolkit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        toolkit.facts.export(sys.argv[2]).result(60)
    except ctk.errors.CtkError as exc:
        print(exc)
"""


@pytest.mark.skipif(os.name != "posix", reason="only on systems with links and limits")
def test_what_was_there_stays_when_there_is_no_room(home: Path, toolkit: Toolkit, tmp_path: Path) -> None:
    file = tmp_path / "out" / "said.json"
    file.parent.mkdir()
    file.write_text("before")
    toolkit.close()
    code = FULL.replace("import ctk\n", "import ctk, ctk.errors\n")
    told = subprocess.run(
        [sys.executable, "-c", code, str(home), str(file)], capture_output=True, text=True, check=False, timeout=60
    )
    assert "could not be written: File too large" in told.stdout, told.stderr
    assert (file.read_text(), os.listdir(file.parent)) == ("before", [file.name])


def test_an_export_can_be_stopped(toolkit: Toolkit, tmp_path: Path) -> None:
    class Stopping(Task):
        def report(self, words: str, done: int = 0, total: int | None = None) -> None:
            if words.startswith("Writing"):
                self.stop()

    file = tmp_path / "out" / "said.csv"
    file.parent.mkdir()
    with pytest.raises(Cancelled):
        exporting.write(Stopping(lambda progress: None), toolkit._store, toolkit.catalog, str(file), "csv", None)
    assert os.listdir(file.parent) == []
