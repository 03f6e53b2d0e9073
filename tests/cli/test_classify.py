"""Hearing what sounds are, labelling them and finding their likes, as their user meets them: real processes."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.classify.library import make, write
from tests.cli.test_main import ctk_, json_of


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    folder = make(tmp_path / "Samples", 8, 0.2)
    write(folder / "aa_kick.wav", 90).rename(folder / "Kick 01.wav")
    assert ctk_(home, "scan", str(folder)).returncode == 0
    return folder


def found(home: Path, query: str) -> list[str]:
    return [row["name"] for row in json_of(home, "search", query)["rows"]]


def kept(home: Path) -> dict[int, int]:
    """In which change each sound was heard."""
    try:
        with closing(sqlite3.connect(f"file:{home / 'derived.db'}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT sound_id, change FROM heard_built_in").fetchall())
    except sqlite3.OperationalError:
        return {}


def test_hearing_and_searching_by_what_was_heard(home: Path, root: Path) -> None:
    report = json_of(home, "classify", "--engine", "built-in")
    keys = ["engine", "device", "sounds", "by", "problems", "elapsed_s", "files_per_s"]
    assert (list(report), report["engine"], report["sounds"]) == (keys, "built-in", 25)
    assert sum(report["by"].values()) == 25
    assert "Kick 01.wav" in found(home, "cat:drums")
    row = json_of(home, "search", "kick")["rows"][0]
    assert (row["category"], row["engine"]) == ("drums", "name") and row["confidence"] > 0.9
    done = ctk_(home, "classify", "--engine", "built-in")
    assert done.stdout.startswith("0 sounds heard with built-in.")
    status = json_of(home, "classify", "--status")
    assert status["unheard"] == 0 and sum(status["by"].values()) == 25
    told = ctk_(home, "classify", "--status").stdout
    assert "built-in  ready" in told and "Not heard yet" in told


def test_likes(home: Path, root: Path) -> None:
    json_of(home, "classify", "--engine", "built-in")
    similar = json_of(home, "similar", str(root / "bb_003.wav"), "--limit", "4")
    assert (list(similar), similar["engine"]) == (["engine", "rows"], "built-in")
    assert [list(row) for row in similar["rows"]] == [["id", "path", "score"]] * 4
    assert {os.path.basename(row["path"])[:2] for row in similar["rows"]} == {"bb"}
    id = json_of(home, "search", "bb_003")["rows"][0]["id"]
    assert json_of(home, "similar", str(id), "--limit", "4") == similar
    told = ctk_(home, "similar", str(id), "--query", "cc", "--limit", "2").stdout
    assert told.count("cc_") == 2 and "built-in" in told
    assert len(found(home, f"like:{id} bb")) == 8


def test_labels_are_final(home: Path, root: Path) -> None:
    json_of(home, "classify", "--engine", "built-in")
    make(root, 14, 0.2)
    assert ctk_(home, "scan", str(root)).returncode == 0
    json_of(home, "classify", "--engine", "built-in")
    for kind, category in (("bb", "guitar"), ("cc", "drums")):
        query = f"{kind} -_01"
        assert ctk_(home, "label", "--query", query, category).stdout == f"10 sounds labelled {category}.\n"
    assert (
        json_of(home, "classify", "--status")["by"] | {"name": 1, "user": 20}
        == json_of(home, "classify", "--status")["by"]
    )
    assert [row["engine"] for row in json_of(home, "search", "cc -cat:drums")["rows"]].count("user") == 0
    assert len(found(home, "cc cat:drums")) > 10
    kick = str(root / "Kick 01.wav")
    assert ctk_(home, "label", kick, "fx").stdout == "1 sound labelled fx.\n"
    assert found(home, "cat:fx kick") == ["Kick 01.wav"]
    assert ctk_(home, "label", kick, "None").stdout == "1 sound without a label now.\n"
    assert found(home, "cat:drums kick") == ["Kick 01.wav"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["label", "drums"], 2, "which sounds"),
        (["label", "--query", "kick", "noise"], 2, "drums, synth"),
        (["similar", "4711"], 1, "4711"),
        (["similar", "nowhere.wav"], 1, "not in the catalog"),
        (["search", "like:x"], 2, "like:"),
        (["search", "cat:noise"], 2, "cat:"),
        (["classify", "--device", "toaster"], 2, "no device"),
        (["classify", "--weights", "nowhere.pth"], 1, "nowhere.pth"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home: Path, root: Path, args: list[str], code: int, words: str) -> None:
    done = ctk_(home, *args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr and "Traceback" not in done.stderr


def test_what_was_heard_before_it_was_killed_is_not_heard_again(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "Samples", 150, 1.0)
    assert ctk_(home, "scan", str(folder)).returncode == 0
    command = [sys.executable, "-m", "ctk", "--home", str(home), "classify", "--engine", "built-in"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not kept(home):
            time.sleep(0.02)
        process.kill()
    before = kept(home)
    assert 0 < len(before) < 450
    report = json_of(home, "classify", "--engine", "built-in")
    assert report["sounds"] == 450 - len(before)
    assert before.items() <= kept(home).items()
    assert report["problems"] == []
