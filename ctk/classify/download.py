"""Downloading one large file of a known size: it can be stopped at any time and goes on later where it was."""

import http.client
import logging
import queue
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ctk import __version__
from ctk.errors import CtkError
from ctk.jobs import Task

log = logging.getLogger(__name__)

TRIES: Final = 4
"""In succession, without a single byte."""
PAUSE_S: Final = 1.0
"""Before the second try; it doubles with each."""

_TIMEOUT_S: Final = 30
_BLOCK: Final = 1 << 18
_POLL_S: Final = 0.1
_BLOCKS_AHEAD: Final = 8
_SPARE_BYTES: Final = 50_000_000
_MB: Final = 1_000_000
_BUSY: Final = (408, 425, 429, 500, 502, 503, 504)
_STARTS_OF_PAGES: Final = (b"<", b"{")


class _StartOver(Exception):
    """The server does not go on where the last download stopped."""


def fetch(task: Task, url: str, part: Path, size: int) -> None:
    """Have all ``size`` bytes in ``part``, which may hold a beginning. Raises ``CtkError``, ``Cancelled``."""
    tries = 0
    while (have := _length(part)) != size:
        if have > size:
            part.unlink()
            continue
        require_room(part.parent, size - have)
        try:
            _go_on(task, url, part, have, size)
            reason = "the connection was lost"
        except _StartOver:
            part.unlink()
            continue
        except (OSError, http.client.HTTPException) as exc:
            log.info("the download was interrupted: %s", exc)
            reason = _words(exc)
        come = _length(part)
        tries = 1 if come > have else tries + 1
        if tries >= TRIES:
            raise CtkError(
                f"The download stopped after {_mb(come)} of {_mb(size)} MB: {reason}. Start it again to go on."
            )
        if come != size:
            _rest(task, PAUSE_S * 2 ** (tries - 1))


def require_room(folder: Path, size: int) -> None:
    """Raises ``CtkError`` where there is no room for ``size`` bytes and some to spare."""
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE_BYTES:
        needed = _mb(size + _SPARE_BYTES)
        raise CtkError(f"There is too little room in {folder}: {needed} MB are needed, {_mb(free)} MB are free.")


def _go_on(task: Task, url: str, part: Path, start: int, size: int) -> None:
    """Add to ``part`` what the server gives from ``start`` on."""
    begun = time.monotonic()
    have = start
    task.report(f"Asking for {_mb(size)} MB", start, size)
    with _opened(part) as file:
        for block in _elsewhere(_blocks(url, start, size), task.check):
            have += _append(file, block[: size - have])
            speed = (have - start) / (time.monotonic() - begun + 1e-9)
            task.report(_progress(have, size, speed), have, size)


def _opened(part: Path) -> BinaryIO:
    try:
        return part.open("ab")
    except OSError as exc:
        raise CtkError(f"{part} cannot be written ({exc.strerror or exc}).") from exc


def _append(file: BinaryIO, block: bytes) -> int:
    try:
        file.write(block)
        file.flush()
    except OSError as exc:
        raise CtkError(f"{file.name} cannot be written ({exc.strerror or exc}).") from exc
    return len(block)


def _blocks(url: str, start: int, size: int) -> Iterator[bytes]:
    """What the server gives from ``start`` on. Raises ``OSError``, ``HTTPException``, ``_StartOver``, ``CtkError``."""
    headers = {"User-Agent": f"creators-toolkit/{__version__}"} | ({"Range": f"bytes={start}-"} if start else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=_TIMEOUT_S) as response:
            block = response.read1(_BLOCK)
            _judge(response, block, start, size)
            while block:
                yield block
                block = response.read1(_BLOCK)
    except urllib.error.HTTPError as exc:
        exc.close()
        if exc.code == 416 and start:
            raise _StartOver from exc
        if exc.code not in _BUSY:
            raise CtkError(f"The server does not give the file away (it answered {exc.code} {exc.reason}).") from exc
        raise


def _judge(response: http.client.HTTPResponse, first: bytes, start: int, size: int) -> None:
    """Raises where this is not the file, or not the part of it that was asked for."""
    page = response.headers.get_content_type() in ("text/html", "application/xhtml+xml", "application/json")
    if page or (start == 0 and first.lstrip()[:1] in _STARTS_OF_PAGES):
        raise CtkError("The server sent a web page in place of the file; try again later.")
    if start and response.status != 206:
        raise _StartOver
    if start and response.headers.get("Content-Range") != f"bytes {start}-{size - 1}/{size}":
        raise _StartOver
    length = response.headers.get("Content-Length")
    if length and length.isdigit() and start + int(length) != size:
        raise CtkError(f"The server has another file: one of {_mb(int(length))} MB in place of {_mb(size)} MB.")


def _elsewhere(blocks: Iterator[bytes], check: Callable[[], None]) -> Iterator[bytes]:
    """What ``blocks`` gives, taken from it on another thread: ``check`` is asked, and may raise, also while nothing
    comes. The thread ends by itself as soon as the network lets it."""
    box: queue.Queue[bytes | Exception] = queue.Queue()
    room = threading.Semaphore(_BLOCKS_AHEAD)
    left = threading.Event()

    def take() -> None:
        try:
            for block in blocks:
                box.put(block)
                room.acquire()
                if left.is_set():
                    return
            box.put(b"")
        except Exception as exc:
            box.put(exc)

    threading.Thread(target=take, name="download", daemon=True).start()
    try:
        while True:
            check()
            try:
                block = box.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(block, Exception):
                raise block
            if not block:
                return
            room.release()
            yield block
    finally:
        left.set()
        room.release(_BLOCKS_AHEAD + 1)


def _length(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _rest(task: Task, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        task.check()
        time.sleep(_POLL_S)


def _words(exc: Exception) -> str:
    """Why the network failed, for a sentence."""
    if isinstance(exc, urllib.error.HTTPError):
        return f"the server is busy (it answered {exc.code})"
    reason = exc.reason if isinstance(exc, urllib.error.URLError) else exc
    if isinstance(reason, TimeoutError):
        return "the server does not answer"
    if isinstance(exc, urllib.error.URLError):
        return f"the server cannot be reached ({getattr(reason, 'strerror', None) or reason})"
    return "the connection was lost"


def _progress(have: int, size: int, speed: float) -> str:
    left_s = (size - have) / max(speed, 1.0)
    left = f"{left_s / 60:.0f} min" if left_s >= 90 else f"{left_s:.0f} s"
    return f"Downloading: {_mb(have)} of {_mb(size)} MB, {left} left"


def _mb(size: int) -> int:
    return round(size / _MB)
