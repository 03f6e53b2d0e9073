"""Duplicates and changes on the command line: real processes, plans before deeds, and the way back."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import ctk.__main__
from ctk.cli.parser import parse
from tests.cli.test_main import ctk_, json_of
from tests.duplicates.library import copy
from tests.sources.library import stem, wav


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "My Samples"
    copy(wav(folder / "kick.wav", 1), folder / "kick (1).wav")
    copy(stem(folder / "Pack/loop.wav", 2), folder / "Old/loop.wav")
    stem(folder / "Pack/loop 2.wav", 3)
    wav(folder / "Old/snare.wav", 4)
    json_of(home, "scan", str(folder))
    return folder


def tree(root: Path) -> dict[str, bytes]:
    return {os.path.relpath(path, root): path.read_bytes() for path in root.rglob("*.wav")}


def seen(root: Path) -> set[str]:
    return {name for name in tree(root) if ".ctk-held" not in name}


def id_of(home: Path, name: str) -> str:
    return str(next(row["id"] for row in json_of(home, "search", name)["rows"] if row["name"] == name))


def test_dupes_says_what_is_there_more_than_once(home: Path, root: Path) -> None:
    found = json_of(home, "dupes")
    assert list(found) == ["groups", "wasted_bytes"]
    assert [list(group) for group in found["groups"]] == [
        ["id", "kind", "proof", "size_bytes", "files", "wasted_bytes"]
    ] * 2
    assert [list(file) for file in found["groups"][0]["files"]] == [["id", "path", "keep", "reason"]] * 2
    assert {group["kind"] for group in found["groups"]} == {"exact"}
    assert found["wasted_bytes"] == sum((root / name).stat().st_size for name in ("kick.wav", "Pack/loop.wav"))
    assert json_of(home, "dupes") == found
    lines = ctk_(home, "dupes").stdout
    assert "kick (1).wav" in lines
    assert lines.splitlines()[-1].startswith("2 groups, ")


def test_near_ones_and_folders_are_shown_when_asked_for(home: Path, root: Path) -> None:
    wav(root / "New/kick.wav", 9)
    copy(root / "Old/snare.wav", root / "Pack/snare.wav")
    json_of(home, "scan")
    found = json_of(home, "dupes", "--near", "--folders")
    assert [group["kind"] for group in found["groups"]] == ["exact", "exact", "exact", "near"]
    assert found["wasted_bytes"] == json_of(home, "dupes")["wasted_bytes"]
    assert found["folders"] == [
        {
            "folder": str(root / "Old"),
            "inside": str(root / "Pack"),
            "files": 2,
            "shared": 2,
            "percent": 100.0,
            "bytes": sum(path.stat().st_size for path in (root / "Old").iterdir()),
        }
    ]
    lines = ctk_(home, "dupes", "--near", "--folders").stdout
    assert f"100 % of {root / 'Old'}" in lines
    assert "were not compared" in lines


def test_clean_shows_its_plan_and_does_it_and_undo_takes_it_back(home: Path, root: Path) -> None:
    before = tree(root)
    promised = json_of(home, "dupes")["wasted_bytes"]
    plan = json_of(home, "clean", "--dry-run")
    assert (plan["kind"], plan["bytes_freed"], len(plan["steps"])) == ("clean", promised, 2)
    assert tree(root) == before
    receipt = json_of(home, "clean", "--yes")
    assert (receipt["done"], receipt["steps"], receipt["bytes_freed"]) == (2, 2, promised)
    assert seen(root) == set(before) - {os.path.relpath(step["path"], root) for step in plan["steps"]}
    assert json_of(home, "dupes") == {"groups": [], "wasted_bytes": 0}
    assert ctk_(home, "clean").stdout.endswith("Nothing to do.\n")
    assert json_of(home, "undo")["state"] == "undone"
    assert tree(root) == before


def test_rules_choose_what_stays(home: Path, root: Path, tmp_path: Path) -> None:
    steps = json_of(home, "clean", "--keep", f"folder:{root / 'Old'}", "--keep", "longest-name", "--dry-run")["steps"]
    assert {os.path.relpath(step["path"], root) for step in steps} == {"kick.wav", os.path.join("Pack", "loop.wav")}
    (tmp_path / "rules.txt").write_text("# mine\nlongest-name\n\n")
    steps = json_of(home, "clean", "--rules", str(tmp_path / "rules.txt"), "--dry-run")["steps"]
    assert "kick.wav" in {os.path.relpath(step["path"], root) for step in steps}
    group = next(group for group in json_of(home, "dupes")["groups"] if group["size_bytes"] > 100_000)
    assert len(json_of(home, "clean", str(group["id"]), "--dry-run")["steps"]) == 1


def test_what_needs_a_yes_does_nothing_without_one(home: Path, root: Path) -> None:
    before = tree(root)
    kick = str(root / "kick.wav")
    for args in (
        ["clean"],
        ["clean", "--json"],
        ["remove", kick],
        ["move", kick, str(root / "x")],
        ["rename", kick, "x"],
    ):
        done = ctk_(home, *args, stdin=subprocess.DEVNULL)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), args
        assert "--yes" in done.stderr
    assert tree(root) == before
    json_of(home, "remove", kick, "--yes")
    assert ctk_(home, "trash", "--empty", stdin=subprocess.DEVNULL).returncode == 2
    assert set(tree(root).values()) == set(before.values())


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX are there such terminals")
@pytest.mark.parametrize(("answer", "code", "left"), [("y", 0, 4), ("n", 2, 6), ("", 2, 6)])
def test_on_a_terminal_it_asks(home: Path, root: Path, answer: str, code: int, left: int) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ctk", "--home", str(home), "clean"]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    os.write(ours, f"{answer}\n".encode())
    _, asked = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, len(seen(root))) == (code, left)
    assert "kick (1).wav" in asked
    assert "[y/N]" in asked


def test_move_rename_and_remove_by_id_path_and_search(home: Path, root: Path) -> None:
    before = tree(root)
    loop = id_of(home, "loop 2.wav")
    plan = json_of(home, "move", loop, str(root / "kick.wav"), "--dry-run", str(root / "New"))
    assert [os.path.relpath(step["target"], root) for step in plan["steps"]] == [
        os.path.join("New", "loop 2.wav"),
        os.path.join("New", "kick.wav"),
    ]
    assert json_of(home, "move", loop, str(root / "New"), "--yes")["done"] == 1
    assert (root / "New/loop 2.wav").is_file()
    assert id_of(home, "loop 2.wav") == loop
    assert json_of(home, "rename", "--query", "snare -kick", "{name} ({n})", "--yes")["done"] == 1
    assert (root / "Old/snare (1).wav").is_file()
    assert json_of(home, "remove", "--yes", "--query=kick")["done"] == 2
    assert not any("kick" in name for name in seen(root))
    receipts = json_of(home, "undo", "--list")["receipts"]
    assert [receipt["kind"] for receipt in receipts] == ["remove", "rename", "move"]
    for receipt in receipts:
        assert json_of(home, "undo", str(receipt["id"]))["state"] == "undone"
    assert tree(root) == before


@pytest.mark.parametrize("command", ["move", "rename", "remove", "clean", "search"])
def test_options_and_words_may_stand_in_any_order(command: str) -> None:
    words = {"move": ["-loop.wav", "Kicks"], "rename": ["12", "{n}"], "clean": ["7", "8"]}.get(command, ["-loop.wav"])
    options = ["--limit", "3"] if command == "search" else ["--dry-run"]
    wanted = parse([command, *options, "--", *words])
    assert parse([command, *words, *options]) == parse([command, words[0], *options, *words[1:]]) == wanted


def test_a_search_may_begin_with_a_minus() -> None:
    assert parse(["remove", "--query", "-kick -snare"]).query == "-kick -snare"


def test_trash_shows_and_empties(home: Path, root: Path) -> None:
    size = (root / "kick.wav").stat().st_size
    assert json_of(home, "trash") == {"held": []}
    json_of(home, "remove", str(root / "kick.wav"), "--yes")
    (held,) = json_of(home, "trash")["held"]
    assert (held["path"], held["size_bytes"]) == (str(root / "kick.wav"), size)
    assert "kick.wav" in ctk_(home, "trash").stdout
    assert json_of(home, "trash", "--empty", "--permanently", "--yes") == {"files": 1, "bytes_freed": size}
    assert json_of(home, "trash", "--empty", "--yes") == {"files": 0, "bytes_freed": 0}
    assert not [name for name in tree(root) if ".ctk-held" in name]


def test_what_cannot_be_done_is_one_sentence(home: Path, root: Path) -> None:
    before = tree(root)
    for args, code, words in (
        (["clean", "--keep", "nicest"], 2, "shortest-path"),
        (["clean", "--rules", "nowhere.txt"], 2, "nowhere.txt"),
        (["clean", "999"], 1, "999"),
        (["remove", "--yes"], 2, "--query"),
        (["remove", "999", "--yes"], 1, "999"),
        (["remove", "nowhere.wav", "--yes"], 1, "not in the catalog"),
        (["undo"], 1, "nothing to undo"),
        (["trash", "--permanently"], 2, "--empty"),
        (["rename", "--query", "kick", "{nonsense}", "--yes"], 2, "nonsense"),
    ):
        done = ctk_(home, *args)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done.stderr
        assert words in done.stderr
    assert tree(root) == before


def test_files_left_out_are_named_beside_the_result(
    home: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*args: str) -> tuple[str, str]:
        assert ctk.__main__.main(["--home", str(home), *args]) == 0
        return capsys.readouterr()

    monkeypatch.setattr("ctk.sources.settle.HASHED_BYTES", 0)
    for number in range(3):
        wav(root / f"big {number}.wav", 5, frames=100_000)
    run("scan")
    wav(root / "big 1.wav", 6, frames=100_000)
    said, complained = run("dupes", "--json")
    assert [len(group["files"]) for group in json.loads(said)["groups"]] == [2, 2, 2]
    assert complained.startswith(f"ctk: {root / 'big 1.wav'}: ")
    assert "changed since" in complained
