"""The program's side of the process that CNN14 runs in: starts it, feeds it, watches it and ends it.

A crash there is a ``WorkerLost`` here, and nothing worse. The process ends with the program, however that ends: it
reads from a pipe, and the system closes the other end.
"""

import importlib.util
import json
import logging
import os
import queue
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from ctk import paths
from ctk.classify import wire
from ctk.classify.audioset import CLASSES
from ctk.classify.buckets import RATE_HZ, Window
from ctk.errors import CtkError, UsageError

log = logging.getLogger(__name__)
T = TypeVar("T")

EMBEDDING: Final = 2048

_NEEDS: Final = ("torch", "panns_inference", "torchlibrosa")
_LIGHT: Final = (
    "This is the light edition. CNN14 comes with the full edition: download it where you found this one, its file's"
    " name has -full in it, and install it over this one. Your library stays as it is."
)
_DEVICES: Final = re.compile(r"auto|cpu|mps|cuda(:\d{1,2})?")
_BATCH_S: Final = {"cpu": 40}
_BATCH_S_ELSEWHERE: Final = 640
"""Seconds of sound at once, from which on more brings nothing: measured on a processor, a guess elsewhere."""
_POLL_S: Final = 0.1
_MALLOC: Final = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "4000000000"}
"""For glibc: keep memory rather than have it wiped and given anew for each layer, which took 15 % of the time."""

Answer = tuple[Window, Window]
"""Probabilities (n, 527) and embeddings (n, 2048)."""


class WorkerLost(Exception):
    """The process ended before it answered; the text is for the log."""


class OutOfMemory(Exception):
    """So many windows are too much for the device; the worker goes on."""


@dataclass(frozen=True, slots=True)
class About:
    """What a worker runs on: ``device`` as torch names it, its ``kind`` (cpu, cuda, mps), its ``name`` where it says
    one, ``precision`` (fp32, bf16), and the ``digest`` of the weights' file (xxh3-128)."""

    device: str
    kind: str
    name: str
    precision: str
    digest: str

    def batch_of(self, samples: int) -> int:
        """How many windows of that length make a batch of good size."""
        seconds = _BATCH_S.get(self.kind, _BATCH_S_ELSEWHERE)
        return max(1, seconds * RATE_HZ // samples)


def panns_missing() -> str | None:
    """Why CNN14 cannot run here, ``None`` when it can. Imports nothing."""
    if paths.edition() == "light":
        return _LIGHT
    missing = [name for name in _NEEDS if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    return f"CNN14 needs {' and '.join(missing)}; pip install 'creators-toolkit[classify]' brings what is missing."


def check_device(name: str) -> None:
    """Raises ``UsageError`` for what cannot be a device; whether it is here, only the worker can tell."""
    if not _DEVICES.fullmatch(name):
        raise UsageError(f"{name!r} is no device: it is auto, cpu, cuda, cuda:N or mps.")


def wait(future: "Future[T]", check: Callable[[], None] = lambda: None) -> T:
    """The result of ``future``; ``check`` is asked again and again until it is there, and may raise."""
    while True:
        try:
            return future.result(_POLL_S)
        except TimeoutError:
            check()


class Worker:
    """A process with CNN14 in it, which starts at once; ``submit`` may be called before it is ready. Any thread may
    use it. ``program`` is what to start, where that is not this program itself."""

    def __init__(
        self, checkpoint: str, device: str = "auto", precision: str = "auto", *, program: Sequence[str] | None = None
    ) -> None:
        check_device(device)
        self.ready: Future[About] = _running()
        self._waiting: deque[Future[Answer]] = deque()
        self._outbox: queue.SimpleQueue[list[bytes | memoryview] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._lost: Exception | None = None
        self._process = _start([*(program or _program()), checkpoint, device, precision])
        self._threads = [
            threading.Thread(target=work, name=f"worker-{work.__name__.strip('_')}", daemon=True)
            for work in (self._write, self._read, self._log)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def about(self) -> About:
        """Waits until the worker is ready. Raises ``WorkerLost``, or ``CtkError`` with the reason it cannot be."""
        return wait(self.ready)

    @property
    def pid(self) -> int:
        return self._process.pid

    def submit(self, windows: Sequence[Window]) -> "Future[Answer]":
        """Have ``windows``, all of one length, heard after those submitted before; they take memory until then.

        The result is an ``Answer``, or ``OutOfMemory``, ``WorkerLost``, or ``CtkError`` where the worker could not
        start."""
        future: Future[Answer] = _running()
        samples = [np.ascontiguousarray(window).data for window in windows]
        parts: list[bytes | memoryview] = [wire.LENGTH.pack(len(windows[0])), *samples]
        with self._lock:
            if self._lost is not None:
                future.set_exception(self._lost)
                return future
            self._waiting.append(future)
            self._outbox.put(parts)
        return future

    def run(self, windows: Sequence[Window]) -> Answer:
        """Submit ``windows`` and wait."""
        return wait(self.submit(windows))

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _write(self) -> None:
        assert self._process.stdin is not None
        try:
            with self._process.stdin as stdin:
                while (parts := self._outbox.get()) is not None:
                    wire.send(stdin, wire.RUN, parts)
        except OSError as exc:  # the reader of its answers sees its end, too, and tells
            log.debug("worker %d takes no more: %s", self.pid, exc)

    def _read(self) -> None:
        assert self._process.stdout is not None
        reason: Exception | None = None
        try:
            while reason is None and (message := wire.receive(self._process.stdout)):
                reason = self._take(*message)
        except (OSError, ValueError) as exc:
            reason = WorkerLost(str(exc))
        self._process.kill()
        status = self._process.wait()
        self._lose(reason or WorkerLost(f"it ended with status {status}"))
        self._outbox.put(None)

    def _take(self, kind: bytes, content: bytearray) -> Exception | None:
        """Pass a message on; when it is the last, the reason."""
        if kind == wire.READY:
            self.ready.set_result(About(**json.loads(content)))
        elif kind == wire.HEARD:
            self._next().set_result(_answer(content))
        elif kind == wire.MEMORY:
            self._next().set_exception(OutOfMemory(content.decode(errors="replace")))
        elif kind == wire.REFUSED:
            return CtkError(content.decode(errors="surrogateescape"))
        else:
            return WorkerLost(content.decode(errors="replace"))
        return None

    def _next(self) -> "Future[Answer]":
        with self._lock:
            return self._waiting.popleft()

    def _lose(self, reason: Exception) -> None:
        with self._lock:
            self._lost = reason
            waiting: list[Future[Any]] = [*self._waiting]
            self._waiting.clear()
        for future in waiting if self.ready.done() else [self.ready, *waiting]:
            future.set_exception(reason)

    def _log(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stderr:
            for line in stderr:
                log.info("worker %d: %s", self.pid, line.decode(errors="backslashreplace").rstrip())


def _running() -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future


def _answer(content: bytearray) -> Answer:
    heard = np.frombuffer(content, np.float32)
    count = len(heard) // (CLASSES + EMBEDDING)
    return heard[: count * CLASSES].reshape(count, CLASSES), heard[count * CLASSES :].reshape(count, EMBEDDING)


def _program() -> list[str]:
    """``-P``: the folder that the user is in has no say in what is imported."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--classify-worker"]
    return [sys.executable, "-P", "-m", "ctk.classify.panns"]


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Raises ``CtkError``."""
    packages = str(Path(__file__).resolve().parent.parent.parent)
    places = os.pathsep.join(filter(None, (packages, os.environ.get("PYTHONPATH"))))
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | _MALLOC | {"PYTHONPATH": places},
            creationflags=flags,
            start_new_session=True,  # Ctrl-C is for the program, which knows what to do
        )
    except OSError as exc:
        raise CtkError(f"The process that CNN14 runs in cannot be started ({exc.strerror or exc}).") from exc
