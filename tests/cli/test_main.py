"""The command line as its user meets it: real processes, exit codes, one JSON document, one sentence on failure."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import ctk
from ctk.records import Source
from tests.sources.library import unplug, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "My Samples"
    for name in ("Lo-Fi_Kick.wav", "lofi snare.wav", "Loops/loop kick 90bpm.wav", "Loops/\N{FIRE}.wav"):
        wav(folder / name, len(name), frames=4410)
    return folder


def ctk_(home: Path, *args: str, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ctk", "--home", str(home), *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **kwargs)


def json_of(home: Path, *args: str) -> Any:
    done = ctk_(home, *args, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_scan_stats_search(home: Path, root: Path) -> None:
    report = json_of(home, "scan", str(root))
    assert list(report) == [
        "files",
        "added",
        "changed",
        "moved",
        "unchanged",
        "missing",
        "vanished",
        "cloud",
        "offline",
        "problems",
        "bytes",
        "duration_s",
        "elapsed_s",
        "files_per_s",
    ]
    assert (report["files"], report["added"], report["problems"]) == (4, 4, [])
    stats = json_of(home, "stats")
    assert (stats["files"], stats["formats"]) == (4, {"wav": 4})
    (source,) = stats["sources"]
    assert source.keys() == Source.__dataclass_fields__.keys() - {"id"}
    assert (source["path"], source["files"], source["state"]) == (str(root), 4, "ok")
    assert (source["bytes"], source["duration_s"]) == (report["bytes"], pytest.approx(0.4, abs=0.01))
    found = json_of(home, "search", "kick", "-loop")
    assert (found["total"], [row["name"] for row in found["rows"]]) == (1, ["Lo-Fi_Kick.wav"])
    assert list(found["rows"][0]) == [
        "id",
        "path",
        "name",
        "format",
        "codec",
        "duration_s",
        "sample_rate_hz",
        "channels",
        "bit_depth",
        "size_bytes",
        "state",
        "bpm",
        "key",
        "type",
        "note",
        "heard_bpm",
        "rating",
        "favourite",
        "tags",
        "category",
        "confidence",
        "engine",
    ]
    assert json_of(home, "search", "lo-fi")["total"] == 1
    assert json_of(home, "search", '"loop kick"')["total"] == 1
    assert json_of(home, "search", "--limit", "0")["rows"] == []
    assert json_of(home, "search", "--sort", "size_bytes", "--desc", "--offset", "3")["total"] == 4
    assert json_of(home, "search", "-hat", "-kick")["total"] == 2


def test_people_read_lines(home: Path, root: Path) -> None:
    done = ctk_(home, "scan", str(root))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("4 files, ")
    assert "Lo-Fi_Kick.wav" in ctk_(home, "search", "kick").stdout
    assert str(root) in ctk_(home, "stats").stdout
    assert ctk_(home, "doctor").stdout.count("\n") >= 6


def test_what_cannot_be_done_is_one_sentence(home: Path, root: Path) -> None:
    for args, code, words in (
        (["scan", str(root / "nowhere")], 1, "no such folder"),
        (["search", "colour:red"], 2, "len:"),
        (["search", "len:abc"], 2, "len"),
        (["play", str(root / "nowhere.wav")], 1, ""),
        (["play", "999999"], 1, ""),
    ):
        done = ctk_(home, *args)
        assert (done.returncode, done.stdout) == (code, ""), args
        assert done.stderr.count("\n") == 1, done.stderr
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [["frobnicate", "x", "--json"], ["search", "--sort", "colour"], ["search", "--limit", "-1"], ["scan", "--what"]],
)
def test_wrong_usage_is_2(home: Path, args: list[str]) -> None:
    done = ctk_(home, *args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_problem_or_an_offline_source_is_no_failure(home: Path, root: Path) -> None:
    (root / "bad.wav").write_bytes(b"RIFF")
    report = json_of(home, "scan", str(root))
    assert [os.path.basename(problem["path"]) for problem in report["problems"]] == ["bad.wav"]
    unplug(root)
    assert json_of(home, "scan")["offline"] == [str(root)]


@pytest.mark.skipif(os.name == "nt", reason="such names need a POSIX file system")
def test_names_that_are_not_utf8_travel_as_surrogate_escapes(home: Path, root: Path) -> None:
    name = os.fsdecode(b"caf\xe9.wav")
    wav(root / name, 1)
    json_of(home, "scan", str(root))
    path = json_of(home, "search", "caf")["rows"][0]["path"]
    assert os.fsencode(path) == os.fsencode(root) + b"/caf\xe9.wav"
    assert ctk_(home, "search", "caf", errors="surrogateescape").stdout.count("\n") == 2


def test_play_plays(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "null")
    wav(root / "long.wav", 5, frames=44100 * 5)
    json_of(home, "scan", str(root))
    row = json_of(home, "search", "long")["rows"][0]
    for target in (str(row["id"]), row["path"]):
        started = time.monotonic()
        done = ctk_(home, "play", target, "--seconds", "0.3")
        assert (done.returncode, done.stderr) == (0, "")
        assert time.monotonic() - started < 4


def test_the_catalog_is_put_aside_when_it_is_damaged(home: Path, root: Path) -> None:
    json_of(home, "scan", str(root))
    (home / "catalog.db").write_bytes(b"not a database at all" * 1000)
    done = ctk_(home, "stats")
    assert done.returncode == 1
    aside = next(home.glob("catalog.damaged-*.db"))
    assert str(aside) in done.stderr
    assert aside.read_bytes().startswith(b"not a database")
    assert json_of(home, "scan", str(root))["added"] == 4


def test_two_scans_of_one_home_at_once(home: Path, root: Path) -> None:
    command = [sys.executable, "-m", "ctk", "--home", str(home), "scan", str(root), "--json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    reports = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert sorted(report["added"] for report in reports) == [0, 4]
    assert json_of(home, "stats")["files"] == 4


@pytest.mark.skipif(os.name == "nt", reason="SIGINT to a child needs POSIX")
def test_ctrl_c_stops_with_one_sentence(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "null")
    path = wav(root / "long.wav", 5, frames=44100 * 20)
    command = [sys.executable, "-m", "ctk", "--home", str(home), "play", str(path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (home / "catalog.db").exists():
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=10)
    assert (process.returncode, complaint) == (1, "ctk: Stopped.\n")


def test_version_and_help(home: Path) -> None:
    assert ctk.__version__ in ctk_(home, "--version").stdout
    assert "COMMAND" in ctk_(home, "--help").stdout
    assert "len:" in ctk_(home, "search", "--help").stdout
