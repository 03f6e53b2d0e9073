"""Lanes: calls of one key never overlap, and only the newest of those that wait runs."""

import ctypes
import subprocess
import sys
import threading
import time

import pytest

from ctk.ui.workers import WORKERS, Call, Workers


def call(work: object, key: object = None) -> Call:
    assert callable(work)
    return Call(work, None, lambda error: None, key)


def drain(workers: Workers, count: int) -> list[Call]:
    return [workers.done.get(timeout=10) for _ in range(count)]


def test_a_few_threads_do_everything() -> None:
    workers = Workers()
    for number in range(40):
        workers.begin(call(lambda number=number: number), number + 1)
    assert sorted(done.result for done in drain(workers, 40)) == list(range(40))
    assert sum(thread.name.startswith("window-") for thread in threading.enumerate()) <= WORKERS
    workers.close(2)


def test_one_call_needs_one_thread() -> None:
    workers = Workers()
    for _ in range(10):
        workers.begin(call(lambda: 1), 1)
        drain(workers, 1)
    assert len(workers._threads) == 1
    workers.close(2)


def test_what_is_parked_gives_way_to_the_newer() -> None:
    workers = Workers()
    go = threading.Event()
    calls = [call(lambda: go.wait(5), "lane"), *(call(lambda: 1, "lane") for _ in range(3))]
    workers.begin(calls[0], 1)
    for each in calls[1:]:
        workers.begin(each, 4)
        time.sleep(0.02)
    replaced = drain(workers, 2)
    assert not any(each.ended.is_set() for each in replaced)
    go.set()
    assert drain(workers, 2) == [calls[0], calls[3]]
    workers.close(2)


def test_an_error_is_kept_for_who_asked() -> None:
    workers = Workers()
    failing = call(lambda: 1 / 0)
    workers.begin(failing, 1)
    drain(workers, 1)
    assert isinstance(failing.error, ZeroDivisionError)
    workers.close(2)


def test_a_dropped_call_does_no_work() -> None:
    ran: list[int] = []
    dropped = call(lambda: ran.append(1))
    dropped.dropped = True
    dropped.run()
    assert ran == [] and dropped.ended.is_set()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")
def test_all_share_a_heap() -> None:
    """What one thread freed, another can use."""
    if not hasattr(ctypes.CDLL(None), "malloc_info"):
        pytest.skip("only on glibc")
    program = (
        "import ctypes, threading\n"
        "from ctk.ui.workers import Call, Workers\n"
        "workers, met = Workers(), threading.Barrier(4)\n"
        "for number in range(4):\n"
        "    workers.begin(Call(lambda: (met.wait(), bytes(100_000)), None, print, None), number + 1)\n"
        "for _ in range(4):\n"
        "    workers.done.get()\n"
        "c = ctypes.CDLL(None)\n"
        "out = ctypes.c_void_p.in_dll(c, 'stdout')\n"
        "c.malloc_info(0, out), c.fflush(out)\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.count("<heap nr") == 1
