"""Exporting and importing, as their user meets it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_main import ctk_, json_of
from tests.facts import said
from tests.sources.library import wav

NAME = said.ODD


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    wav(folder / "kick.wav", 1)
    wav(folder / NAME, 2)
    json_of(home, "scan", str(folder))
    assert ctk_(home, "tag", "--query", "kick", "dark").returncode == 0
    assert ctk_(home, "rate", "--query", "caf", "3").returncode == 0
    return folder


@pytest.mark.parametrize("format", ["json", "csv"])
def test_everything_comes_back_through_a_file(format: str, home: Path, root: Path, tmp_path: Path) -> None:
    file = tmp_path / f"said.{format}"
    assert json_of(home, "export", str(file)) == {"file": str(file), "sounds": 2, "text": None}
    shutil.rmtree(home)
    waits = json_of(home, "import", str(file))
    assert waits == {"imported": [{"file": str(file), "sounds": 0, "waiting": 2, "problems": []}]}
    assert "2 others waits" not in ctk_(home, "scan", str(root)).stdout
    assert json_of(home, "search", "tag:dark")["rows"][0]["name"] == "kick.wav"
    assert json_of(home, "search", "rating:3")["rows"][0]["name"] == NAME
    assert ctk_(home, "import", str(file)).stdout == f"{file}: what it says of 2 sounds was taken over.\n"


def test_without_a_file_it_goes_to_standard_output_as_it_is(home: Path, root: Path) -> None:
    assert len(json.loads(ctk_(home, "export").stdout)["sounds"]) == 2
    command = [sys.executable, "-m", "ctk", "--home", str(home), "export", "--format"]
    table = subprocess.run([*command, "csv"], capture_output=True, check=True).stdout
    assert table.startswith(b"\xef\xbb\xbfpath,") and table.count(b"\r\n") == 3
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig", "surrogateescape"), newline=""))
    assert {row["path"] for row in rows} == {str(root / "kick.wav"), os.path.join(root, NAME)}
    playlist = subprocess.run([*command, "m3u8", "--query", "kick"], capture_output=True, check=True).stdout
    assert playlist.decode("utf-8").splitlines() == ["#EXTM3U", "#EXTINF:0,kick.wav", str(root / "kick.wav")]
    document = json_of(home, "export", "--query", "kick")
    assert document["sounds"] == 1 and json.loads(document["text"])["sounds"][0]["tags"] == ["dark"]


def test_one_bad_file_does_not_keep_the_others_out(home: Path, root: Path, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.json", tmp_path / "Live.m3u8"
    bad.write_text("nonsense")
    good.write_text(f"{root / 'kick.wav'}\nnowhere.wav\n")
    done = ctk_(home, "import", str(bad), str(good), "--json")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "bad.json" in done.stderr
    (taken,) = json.loads(done.stdout)["imported"]
    assert (taken["sounds"], taken["waiting"], len(taken["problems"])) == (1, 0, 1)
    assert json_of(home, "collect") == {"collections": [{"name": "Live", "count": 1}]}
    assert "nowhere.wav is not in the catalog" in ctk_(home, "import", str(good)).stdout


def test_a_wrong_name_costs_no_sound(home: Path, root: Path) -> None:
    before = (root / "kick.wav").read_bytes()
    done = ctk_(home, "export", str(root / "kick.wav"), "--format", "csv")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert (root / "kick.wav").read_bytes() == before
    assert ctk_(home, "export", "said.doc").returncode == 2
