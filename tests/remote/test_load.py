"""A hundred clients at one core that scans and plays meanwhile: no error, no thread too many, memory flat."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ctk
from ctk.remote import client, door
from tests.catalog.synthetic import fill
from tests.remote import crowd
from tests.sources.library import wav

COUNT = 20_000
CLIENTS = 100
SECONDS = 60
FLAT_MB = 40
"""What may come and go: pages of SQLite, an index that follows the scans, buffers of what plays."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux, whose /proc tells of processes")


@contextmanager
def core(home: Path, folder: Path) -> Iterator[tuple[int, list[int]]]:
    """A core in another process with many sounds, and some that can be played; its process, and their ids."""
    for number in range(100):
        wav(folder / f"real {number}.wav", number, frames=20_000)
    with ctk.open(home) as toolkit:
        fill(toolkit._store, COUNT)
        toolkit.sources.scan([folder]).result(120)
        ids = [row.id for row in toolkit.catalog.search("real", limit=1000).rows if "real" in row.name]
    program = subprocess.Popen([sys.executable, "-m", "ctk", "--home", str(home), "serve"], stdout=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while door.read(home) is None:
            assert program.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        yield program.pid, ids
    finally:
        program.terminate()
        program.communicate(timeout=60)
    assert program.returncode == 0


@contextmanager
def scanning(home: Path, folder: Path) -> Iterator[None]:
    """Scan again and again meanwhile."""
    over = threading.Event()

    def work() -> None:
        with client.connect(home) as remote:
            while not over.is_set():
                remote.sources.scan([folder], full=True).result(120)
                over.wait(0.5)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(130)
    assert not thread.is_alive()


def told(pid: int, name: str) -> int:
    """A number that the system tells of a process."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(text.partition(f"\n{name}:")[2].split()[0])


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_hundred_clients(home: Path, tmp_path: Path) -> None:
    with core(home, tmp_path / "Real") as (pid, ids), scanning(home, tmp_path / "Real"):
        crowd.run(home, ids, clients=CLIENTS, listeners=10, seconds=SECONDS)
        before = told(pid, "VmRSS")
        report = crowd.run(home, ids, clients=CLIENTS, listeners=10, seconds=SECONDS)
        grown_mb = (told(pid, "VmRSS") - before) / 1024
        print({name: f"{report.share(name, 0.95) * 1000:.0f} ms" for name in report.times}, f"{grown_mb:+.1f} MB")
        assert report.errors == []
        assert report.calls > CLIENTS and report.events > 0
        assert grown_mb < FLAT_MB
        deadline = time.monotonic() + 30
        while told(pid, "Threads") > 40:
            assert time.monotonic() < deadline, "threads of clients that left are still there"
            time.sleep(0.1)
