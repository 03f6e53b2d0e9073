"""``ctk look``, as real processes: lists, checks, takes over, forks and shares, and opens no catalog."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ctk import paths
from ctk.looks.shelf import BUILTIN
from tests.cli.test_main import ctk_, json_of
from tests.looks.making import HEAD, folder, look, own


def test_list(home: Path) -> None:
    own(home, "mine", "[colours]\ntext = 1\n", parent="light")
    said = json_of(home, "look", "list")
    assert [entry["id"] for entry in said["looks"]] == [*BUILTIN, "mine"]
    assert said["looks"][0] == {"id": "dark", "name": "Dark", "parent": "", "status": "builtin", "errors": []}
    assert said["looks"][-1] == {
        "id": "mine",
        "name": "Mine",
        "parent": "light",
        "status": "broken",
        "errors": [{"file": "look.toml", "line": 6, "text": "text must be a text, and is a number."}],
    }
    lines = ctk_(home, "look", "list").stdout.splitlines()
    assert lines[0].split() == ["dark", "Dark", "(builtin)"]
    assert str(home / "looks" / "mine") in lines[-1]


def test_check_tells_every_fault(home: Path, tmp_path: Path) -> None:
    place = look(tmp_path / "mine", '[colours]\ntext = 1\nmuted = "#333333"\n\nink = 2\n')
    for name in (place, place / "look.toml"):
        done = ctk_(home, "look", "check", str(name))
        lines = done.stdout.splitlines()
        assert (done.returncode, done.stderr) == (1, "")
        assert lines[0] == "look.toml:5: text must be a text, and is a number."
        assert lines[1] == 'look.toml:8: there is no colour "ink".'
        assert lines[2].startswith("look.toml:6: remark: muted on chrome is hard to read")
    done = ctk_(home, "look", "check", str(paths.assets() / "looks" / "neon"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "Neon is right.\n", "")


def test_fork_export_and_install_on_a_fresh_home(home: Path, tmp_path: Path) -> None:
    done = ctk_(home, "look", "fork", "neon", "mine", "--name", "Mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(home / "looks" / "mine") in done.stdout
    file = tmp_path / "mine.ctklook"
    assert ctk_(home, "look", "export", "mine", str(file)).stdout == f"{file}\n"
    fresh = tmp_path / "fresh"
    done = ctk_(fresh, "look", "install", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "Mine is installed as mine.\n", "")
    mine = json_of(fresh, "look", "list")["looks"][-1]
    assert (mine["id"], mine["parent"], mine["status"]) == ("mine", "neon", "installed")
    assert os.listdir(fresh) == ["looks"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["check", "nowhere"], 1),
        (["install", "nowhere"], 1),
        (["fork", "nobody", "mine"], 1),
        (["fork", "dark", "light"], 1),
        (["export", "nobody", "x"], 1),
        (["fork", "dark", "NEW ID"], 2),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home: Path, args: list[str], code: int) -> None:
    done = ctk_(home, "look", *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", [[], ["paint"], ["fork", "dark"], ["list", "x"]])
def test_wrong_usage_is_2(home: Path, args: list[str]) -> None:
    assert ctk_(home, "look", *args).returncode == 2


def test_what_is_refused_is_told_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    place = folder(tmp_path / "bad", {"look.toml": HEAD + "x = 1\ny = 2\n"})
    done = ctk_(home, "look", "install", str(place))
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr.count("\n")) == (1, 2, 1)
    assert not (home / "looks").exists()


def test_the_reference_is_printed(home: Path) -> None:
    kept = (paths.assets() / "looks" / "README.md").read_text("utf-8")
    assert ctk_(home, "look", "reference", encoding="utf-8").stdout == kept


def test_nothing_heavy_is_loaded(home: Path) -> None:
    heavy = ("tkinter", "sqlite3", "numpy", "av", "miniaudio", "PIL")
    code = (
        "import sys; from ctk.__main__ import main\n"
        "try: main(['look', 'list'])\n"
        f"finally: print(sorted(set(sys.modules) & set({heavy!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
