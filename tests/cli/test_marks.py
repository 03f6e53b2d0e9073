"""Tags, stars, favourites, notes, collections and saved searches, as their user meets them."""

import os
from pathlib import Path

import pytest

from tests.cli.test_main import ctk_, json_of
from tests.sources.library import wav


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for seed, name in enumerate(("kick.wav", "snare.wav", "Loops/break.wav")):
        wav(folder / name, seed)
    json_of(home, "scan", str(folder))
    return folder


def found(home: Path, query: str) -> list[str]:
    return [row["name"] for row in json_of(home, "search", query)["rows"]]


def test_tags(home: Path, root: Path) -> None:
    kick = str(root / "kick.wav")
    id = json_of(home, "show", kick)["id"]
    assert ctk_(home, "tag").stdout == "No tags yet.\n"
    assert json_of(home, "tag", kick, "Dark") == {"changed": [id]}
    assert json_of(home, "tag", str(id), "dark") == {"changed": []}
    assert len(json_of(home, "tag", kick, "--query", "break", "dark")["changed"]) == 1
    assert json_of(home, "tag") == {"tags": [{"name": "Dark", "count": 2}]}
    assert ctk_(home, "tag").stdout == "        2  Dark\n"
    assert found(home, "tag:dark") == ["break.wav", "kick.wav"]
    assert ctk_(home, "tag", kick, "dark", "--remove").stdout == "1 sound no longer tagged dark.\n"
    assert found(home, "tag:dark") == ["break.wav"]


def test_stars_favourites_and_notes(home: Path, root: Path) -> None:
    kick, snare = str(root / "kick.wav"), str(root / "snare.wav")
    assert ctk_(home, "rate", kick, snare, "4").stdout == "2 sounds given 4 stars.\n"
    assert ctk_(home, "rate", snare, "0").stdout == "1 sound without stars now.\n"
    assert ctk_(home, "fav", "--query", "kick").stdout == "1 sound now among the favourites.\n"
    assert len(json_of(home, "note", kick, "-6 dB, please")["changed"]) == 1
    assert found(home, "rating:>=4 fav:yes") == ["kick.wav"]
    (row,) = json_of(home, "search", "fav:yes")["rows"]
    assert (row["rating"], row["favourite"], row["tags"]) == (4, True, [])
    shown = json_of(home, "show", kick)
    assert (shown["remark"], shown["collections"]) == ("-6 dB, please", [])
    told = ctk_(home, "show", kick).stdout
    for line in ("stars        4 of 5  (your rating)", "favourite    yes  (yours)", "-6 dB, please  (your note)"):
        assert line in told
    assert "  4 stars, favourite\n" in ctk_(home, "search", "kick").stdout
    assert ctk_(home, "fav", kick, "--off").returncode == 0
    assert ctk_(home, "note", kick, "").stdout == "1 sound without a note now.\n"
    assert found(home, "fav:yes") == []


def test_collections(home: Path, root: Path) -> None:
    kick, snare = str(root / "kick.wav"), str(root / "snare.wav")
    assert ctk_(home, "collect").stdout == "No collections yet.\n"
    assert ctk_(home, "collect", snare, kick, "Live Set").stdout == "2 sounds put into Live Set.\n"
    assert json_of(home, "collect") == {"collections": [{"name": "Live Set", "count": 2}]}
    assert found(home, 'collection:"live set"') == ["kick.wav", "snare.wav"]
    assert ctk_(home, "collect", snare, "live set", "--remove").stdout == "1 sound taken out of live set.\n"
    refused = ctk_(home, "collect", "Live Set", "--delete")
    assert (refused.returncode, refused.stdout) == (2, "") and "--yes" in refused.stderr
    assert ctk_(home, "collect", kick, "Live Set", "--delete", "--yes").returncode == 2
    assert len(json_of(home, "collect", "Live Set", "--delete", "--yes")["changed"]) == 1
    assert json_of(home, "collect") == {"collections": []}
    assert found(home, "") == ["break.wav", "kick.wav", "snare.wav"]


def test_saved_searches(home: Path, root: Path) -> None:
    assert ctk_(home, "searches").stdout.startswith("No saved searches yet")
    kept = {"searches": [{"name": "Short", "query": "len:<2 -kick"}]}
    assert json_of(home, "searches", "--save", "Short", "len:<2", "-kick") == kept
    assert ctk_(home, "searches").stdout == "Short: len:<2 -kick\n"
    assert json_of(home, "searches", "--forget", "short") == {"searches": []}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["tag", "dark"], 2, "which sounds"),
        (["tag", "nowhere.wav", "dark"], 1, "not in the catalog"),
        (["tag", "--query", "kick", "a,b"], 2, "comma"),
        (["tag", "--query", "colour:red", "x"], 2, "no field"),
        (["rate", "--query", "kick", "6"], 2, "stars"),
        (["rate", "--query", "kick", "many"], 2, "Stars"),
        (["rate", "3"], 2, "which sounds"),
        (["fav"], 2, "which sounds"),
        (["note", "--query", "kick"], 2, "which sounds"),
        (["collect", "Set"], 2, "which sounds"),
        (["collect", "--query", "kick", "Set", "--remove"], 1, "Set"),
        (["searches", "kick"], 2, "--save"),
        (["searches", "--save", "x", "colour:red"], 2, "no field"),
        (["searches", "--forget", "x"], 1, "no saved search"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home: Path, root: Path, args: list[str], code: int, words: str) -> None:
    done = ctk_(home, *args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX: words there are Unicode")
def test_names_that_are_no_text_are_refused_in_one_sentence(home: Path, root: Path) -> None:
    kick = str(root / "kick.wav")
    for words in (
        ["tag", kick, "\udcff", "--remove"],
        ["collect", kick, "\udcff", "--remove"],
        ["searches", "--forget", "\udcff"],
    ):
        told = ctk_(home, *words)
        assert told.returncode != 0 and told.stderr.count("\n") == 1 and "nobody can see or read" in told.stderr
