"""The process that CNN14 runs in: fed, watched, ended with the program, and never a reason for the program to end."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ctk import paths
from ctk.classify import worker
from ctk.classify.buckets import windows
from ctk.classify.worker import OutOfMemory, Worker, WorkerLost, wait
from ctk.errors import Cancelled, CtkError, UsageError
from tests import house
from tests.classify.conftest import noise

TROUBLED = (sys.executable, str(Path(__file__).with_name("troubled.py")))

BUSY = """\
import sys, time
import numpy
from ctk.classify.worker import Worker
worker = Worker(sys.argv[1], "cpu", "fp32")
assert worker.about.kind == "cpu"
for _ in range(3):
    worker.submit([numpy.zeros(320_000, numpy.float32)] * 8)
print(worker.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def ours_to_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(house.ROOT))


@pytest.fixture(scope="module")
def real(checkpoint: str) -> Iterator[Worker]:
    with Worker(checkpoint, "cpu", "fp32") as started:
        yield started


def is_there(pid: int) -> bool:
    """Whether the process runs, or ended and was not taken note of."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_it_says_what_it_runs_on(real: Worker) -> None:
    about = real.about
    assert (about.device, about.kind, about.precision) == ("cpu", "cpu", "fp32")
    assert len(about.digest) == 32
    assert [about.batch_of(samples) for samples in (32_000, 320_000, 64_000_000)] == [40, 4, 1]


def test_batches_are_answered_in_order_with_the_same_numbers_as_here(real: Worker, checkpoint: str) -> None:
    from ctk.classify import panns

    batches = [[windows(noise(0.5, 10 * batch + row))[0] for row in range(2)] for batch in range(3)]
    answers = [wait(future) for future in [real.submit(batch) for batch in batches]]
    here = panns.Model(checkpoint, "cpu", "fp32")
    for batch, (probabilities, embeddings) in zip(batches, answers, strict=True):
        wanted = here.hear(np.stack(batch))
        assert np.abs(probabilities - wanted[0]).max() < 1e-5
        assert np.abs(embeddings - wanted[1]).max() < 1e-5


@pytest.mark.skipif(os.name == "nt", reason="only on systems with signals")
def test_a_worker_that_is_killed_is_lost_and_leaves_nothing(checkpoint: str) -> None:
    with Worker(checkpoint, "cpu", "fp32") as killed:
        assert killed.about.kind == "cpu"
        busy = [killed.submit([noise(10)] * 4) for _ in range(3)]
        time.sleep(0.3)
        os.kill(killed.pid, signal.SIGKILL)
        for future in busy:
            with pytest.raises(WorkerLost):
                wait(future)
        with pytest.raises(WorkerLost):
            killed.run([noise(1)])
        assert eventually(lambda: not is_there(killed.pid))


def test_it_is_ended_in_the_middle_of_its_work(checkpoint: str) -> None:
    started = Worker(checkpoint, "cpu", "fp32")
    assert started.about.kind == "cpu"
    busy = [started.submit([noise(10)] * 8) for _ in range(3)]
    started.close()
    assert all(isinstance(future.exception(), WorkerLost) for future in busy)
    assert not is_there(started.pid)


@pytest.mark.skipif(os.name == "nt", reason="only on systems with signals")
def test_the_real_one_ends_in_the_middle_of_its_work_when_the_program_is_killed(checkpoint: str) -> None:
    command = [sys.executable, "-c", BUSY, checkpoint]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=house.ROOT) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        time.sleep(0.3)
        program.kill()
        program.wait()
        assert eventually(lambda: not is_there(pid))


def test_too_little_memory_is_told_and_the_worker_goes_on() -> None:
    with Worker("memory:2", "cpu", program=TROUBLED) as small:
        with pytest.raises(OutOfMemory):
            small.run([np.zeros(100, np.float32)] * 3)
        assert small.run([np.zeros(100, np.float32)] * 2)[0].shape == (2, 527)


def test_what_cannot_be_had_is_told_in_its_own_words() -> None:
    with Worker("refused", program=TROUBLED) as refused:
        with pytest.raises(CtkError, match=r"^This cannot be had\.$"):
            _ = refused.about
        with pytest.raises(CtkError, match="cannot be had"):
            refused.run([np.zeros(100, np.float32)])


@pytest.mark.parametrize("trouble", ["deaf", "chatty"])
def test_a_worker_that_makes_no_sense_is_lost(trouble: str) -> None:
    with Worker(trouble, program=TROUBLED) as odd, pytest.raises(WorkerLost):
        _ = odd.about


def test_waiting_can_be_given_up_within_a_moment() -> None:
    stop = threading.Event()

    def check() -> None:
        if stop.is_set():
            raise Cancelled("Stopped.")

    with Worker("stuck", program=TROUBLED) as stuck:
        future = stuck.submit([np.zeros(100, np.float32)])
        stop.set()
        with pytest.raises(Cancelled):
            wait(future, check)
    assert isinstance(future.exception(), WorkerLost)
    assert not is_there(stuck.pid)


def test_it_can_be_closed_again_and_again() -> None:
    closed = Worker("none", program=TROUBLED)
    for _ in range(3):
        closed.close()
    with pytest.raises(WorkerLost):
        closed.run([np.zeros(100, np.float32)])


def test_what_it_says_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), Worker("none", "cpu", program=TROUBLED) as talking:
        assert talking.about.kind == "cpu"
        assert eventually(lambda: f"worker {talking.pid}: on cpu" in caplog.messages)


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(CtkError, match="cannot be started"):
        Worker("none", program=["/no/such/program"])


@pytest.mark.parametrize("name", ["auto", "cpu", "cuda", "cuda:0", "cuda:12", "mps"])
def test_devices_that_may_be_here(name: str) -> None:
    worker.check_device(name)


@pytest.mark.parametrize("name", ["", "gpu", "cuda:", "cuda:-1", "cuda:123", "cpu\n", "CPU"])
def test_devices_that_cannot_be(name: str) -> None:
    with pytest.raises(UsageError, match="is no device"):
        worker.check_device(name)
    with pytest.raises(UsageError), contextlib.closing(Worker("none", name, program=TROUBLED)):
        pass


def test_what_is_missing_is_named_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys; from ctk.classify import worker; worker.panns_missing(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=house.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    monkeypatch.setattr(worker, "_NEEDS", ("json", "no_such_torch", "no_such_panns"))
    assert str(worker.panns_missing()).startswith("CNN14 needs no_such_torch and no_such_panns; pip install")
    monkeypatch.setattr(worker, "_NEEDS", ("json",))
    assert worker.panns_missing() is None


def test_the_light_edition_says_how_to_get_the_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "edition", lambda: "light")
    said = str(worker.panns_missing())
    assert said.startswith("This is the light edition. CNN14 comes with the full edition: download it")
    assert "pip" not in said
    monkeypatch.setattr(paths, "edition", lambda: "full")
    monkeypatch.setattr(worker, "_NEEDS", ("json",))
    assert worker.panns_missing() is None


def test_a_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker._program() == [sys.executable, "--classify-worker"]


def test_the_program_itself_can_be_the_worker(tmp_path: Path) -> None:
    if missing := worker.panns_missing():
        pytest.skip(missing)
    program = [sys.executable, "-m", "ctk", "--classify-worker"]
    absent = str(tmp_path / "none.pth")
    with Worker(absent, "cpu", program=program) as refused, pytest.raises(CtkError, match=r"none\.pth cannot be read"):
        _ = refused.about
