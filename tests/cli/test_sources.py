"""Sources on the command line, as their user meets them: real processes, and a terminal where one is asked on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctk.records import Source
from tests.cli.test_main import ctk_, json_of
from tests.sources.library import unplug, wav

posix = pytest.mark.skipif(os.name == "nt", reason="only on POSIX: terminals and signals as they are there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(80):
        wav(folder / f"Pack {number % 4}" / f"{number}.wav", number, frames=20)
    return folder


def test_list(home: Path, root: Path) -> None:
    assert ctk_(home, "sources").stdout == "No folders yet: ctk scan FOLDER adds one.\n"
    assert json_of(home, "sources", "list") == {"sources": []}
    json_of(home, "scan", str(root))
    (source,) = json_of(home, "sources")["sources"]
    assert set(source) == set(Source.__dataclass_fields__)
    assert (source["path"], source["files"], source["state"], source["missing"]) == (str(root), 80, "ok", 0)
    shown = ctk_(home, "sources", "list")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert str(root) in shown.stdout and " 80 " in shown.stdout and "offline" not in shown.stdout
    unplug(root)
    assert "offline, on " in ctk_(home, "sources").stdout
    assert json_of(home, "sources")["sources"][0]["state"] == "offline"


def test_add_and_remove(home: Path, root: Path, tmp_path: Path) -> None:
    other = wav(tmp_path / "Other" / "a.wav", 1).parent
    added = json_of(home, "sources", "add", str(root), str(other))["sources"]
    assert [(source["path"], source["files"], source["scanned_s"]) for source in added] == [
        (str(root), 0, None),
        (str(other), 0, None),
    ]
    assert "never" in ctk_(home, "sources").stdout
    (left,) = json_of(home, "sources", "remove", str(root))["sources"]
    assert left["path"] == str(other)
    assert json_of(home, "sources", "remove", str(left["id"])) == {"sources": []}
    done = ctk_(home, "sources", "remove", "7")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "ctk: There is no such source: 7. ctk sources lists them.\n"
    done = ctk_(home, "sources", "add", str(tmp_path / "nowhere"))
    assert done.returncode == 1 and "no such folder" in done.stderr


def test_locate(home: Path, root: Path) -> None:
    json_of(home, "scan", str(root))
    there = unplug(root)
    json_of(home, "scan")
    done = ctk_(home, "sources", "locate", "1", str(home))
    assert done.returncode == 1 and "does not hold the files of" in done.stderr
    (source,) = json_of(home, "sources", "locate", str(root), str(there))["sources"]
    assert (source["path"], source["state"], source["files"]) == (str(there), "ok", 80)
    assert json_of(home, "scan")["unchanged"] == 80


def test_protect(home: Path, root: Path) -> None:
    json_of(home, "scan", str(root))
    assert json_of(home, "sources", "protect", "1")["sources"][0]["protected"]
    assert "protected" in ctk_(home, "sources").stdout
    assert not json_of(home, "sources", "protect", str(root), "--off")["sources"][0]["protected"]


def test_forget_missing(home: Path, root: Path) -> None:
    json_of(home, "scan", str(root))
    (root / "Pack 1" / "1.wav").unlink()
    assert json_of(home, "scan")["missing"] == 1
    assert ctk_(home, "sources", "forget-missing").stdout == "1 missing sound forgotten.\n"
    assert json_of(home, "sources", "forget-missing") == {"forgotten": 0}
    assert json_of(home, "search", "is:missing")["total"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux is the folder of the user only what HOME says")
def test_discover(home: Path, root: Path, tmp_path: Path) -> None:
    user = tmp_path / "user"
    shutil.copytree(root, user / "Music" / "Samples")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(user), "CTK_HOME": str(home)}
    command = [sys.executable, "-m", "ctk", "sources", "discover"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    assert str(user / "Music") in done.stdout and " 80 " in done.stdout


class TestVanished:
    @pytest.fixture
    def bereft(self, home: Path, root: Path) -> Path:
        """A source of 80 sounds, of which 60 are gone."""
        json_of(home, "scan", str(root))
        for pack in range(3):
            shutil.rmtree(root / f"Pack {pack}")
        return root

    def test_without_a_terminal_nothing_is_marked(self, home: Path, bereft: Path) -> None:
        done = ctk_(home, "scan")
        assert done.returncode == 0
        assert f"60 of 80 files are gone from {bereft}." in done.stdout and "--accept-missing" in done.stdout
        report = json_of(home, "scan")
        assert (report["missing"], report["vanished"]) == (
            0,
            [{"source_id": 1, "path": str(bereft), "gone": 60, "files": 80}],
        )
        assert json_of(home, "scan", "--accept-missing")["missing"] == 60
        assert json_of(home, "search", "is:missing")["total"] == 60

    @posix
    @pytest.mark.parametrize(("answer", "missing"), [("y", 60), ("n", 0), ("", 0)])
    def test_on_a_terminal_it_is_asked(self, home: Path, bereft: Path, answer: str, missing: int) -> None:
        import pty

        keyboard, terminal = pty.openpty()
        os.write(keyboard, answer.encode() + b"\n")
        try:
            done = ctk_(home, "scan", stdin=terminal)
        finally:
            os.close(keyboard)
            os.close(terminal)
        assert done.returncode == 0
        assert "Are they really gone?" in done.stdout
        assert json_of(home, "search", "is:missing")["total"] == missing


def test_watch_and_json_do_not_go_together(home: Path, root: Path) -> None:
    done = ctk_(home, "scan", str(root), "--watch", "--json")
    assert (done.returncode, done.stdout) == (2, "")


@posix
def test_scan_and_watch(home: Path, root: Path) -> None:
    command = [sys.executable, "-u", "-m", "ctk", "--home", str(home), "scan", str(root), "--watch"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stderr is not None
    try:
        for line in process.stdout:
            if line.startswith("Following changes"):
                break
        time.sleep(1)
        wav(root / "new.wav", 900)
        told = process.stdout.readline()
        assert told.rstrip().endswith(f"{root}: 1 file more")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
    assert json_of(home, "search", "new")["total"] == 1
