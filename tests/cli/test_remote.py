"""``ctk serve``, ``ctk web`` and ``ctk rpc`` as real processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.remote import door
from tests.cli.test_main import ctk_
from tests.sources.library import wav


@pytest.fixture
def core(home: Path, tmp_path: Path) -> Iterator[Path]:
    wav(tmp_path / "Samples" / "kick.wav", 1)
    assert ctk_(home, "scan", str(tmp_path / "Samples")).returncode == 0
    process = subprocess.Popen([sys.executable, "-m", "ctk", "--home", str(home), "serve"], stdout=subprocess.PIPE)
    deadline = time.monotonic() + 40
    while door.read(home) is None:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    yield home
    process.terminate()
    process.communicate(timeout=40)
    assert process.returncode == 0


def test_asking(core: Path) -> None:
    for params in ('{"query": "kick"}', '["kick"]'):
        done = ctk_(core, "rpc", "catalog.search", params)
        assert (done.returncode, done.stderr) == (0, "")
        assert [row["name"] for row in json.loads(done.stdout)["rows"]] == ["kick.wav"]
    assert json.loads(ctk_(core, "rpc", "core.info").stdout)["window"] is False
    for args, code, words in (
        (("audio.fly",), 2, "There is no method"),
        (("catalog.get", "{}"), 2, "needs id"),
        (("catalog.get", "[4711]"), 1, "4711"),
        (("catalog.get", "{"), 2, "not JSON"),
        (("catalog.get", "5"), 2, "object or array"),
    ):
        done = ctk_(core, "rpc", *args)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done
        assert words in done.stderr


def test_where_nothing_runs_it_is_said(home: Path) -> None:
    done = ctk_(home, "rpc", "core.info")
    assert (done.returncode, done.stdout) == (1, "")
    assert "No program is running" in done.stderr and "ctk serve" in done.stderr


def test_the_page_of_the_core_that_runs(core: Path) -> None:
    done = ctk_(core, "web", "--no-browser")
    assert (done.returncode, done.stderr) == (0, "")
    browser = f"{Path(sys.executable).as_posix()} -c 'print(__import__(\"sys\").argv[1])' %s"
    opened = ctk_(core, "web", env=os.environ | {"BROWSER": browser})
    assert opened.returncode == 0, opened
    found = door.read(core)
    assert found is not None
    lines = [*done.stdout.splitlines(), *opened.stdout.splitlines()]
    assert len(lines) == 3
    for line in lines:
        assert f"http://127.0.0.1:{found.port}/?once=" in line and found.token not in line


def test_the_page_brings_a_core_where_none_runs(home: Path) -> None:
    command = [sys.executable, "-m", "ctk", "--home", str(home), "web", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            listening, link = process.stdout.readline(), process.stdout.readline()
        finally:
            process.terminate()
    address = listening.split()[2]
    assert process.returncode == 0 and "until Ctrl-C" in listening and f"{address}/?once=" in link


def test_methods_and_reference_need_no_core(home: Path) -> None:
    assert "catalog.get(id: an integer)" in ctk_(home, "rpc").stdout.splitlines()
    assert ctk_(home, "rpc", "--reference").stdout.startswith("# The contract, version 1\n")


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none_is_wrong_usage(home: Path, port: str) -> None:
    assert ctk_(home, "serve", "--port", port).returncode == 2
