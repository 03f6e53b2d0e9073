"""One window and one open door a home: OS file locks, which a crash lets go of, and the door behind them.

A window holds the claim to the door too, unless a core without a window has it: then it has a door of its own beside
that one, so that it is found by a second start all the same.
"""

import errno
import logging
import os
import queue
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.contract import CONTRACT_VERSION, Toolkit
from ctk.errors import CtkError
from ctk.events import QuitWanted
from ctk.remote import door, handover

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


if TYPE_CHECKING:
    from ctk.remote.server import Server

log = logging.getLogger(__name__)

LOCK = "door.lock"
WINDOW_LOCK = "window.lock"
POLL_S = 0.25
"""How long ending the server may take."""
LOOK_S = 0.5
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def claim(home: Path, lock: str = LOCK) -> Iterator[bool]:
    """Be the one core of ``home`` for as long as this lasts; false where another is. Raises ``OSError``."""
    descriptor = os.open(home / lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
            mine = True
        except OSError as exc:
            if exc.errno not in _BUSY:
                raise
            mine = False
        yield mine
    finally:
        os.close(descriptor)


class Doorway:
    """An open toolkit that answers from outside, from ``open`` to ``close``. Only for who holds the ``claim``; the
    file ``name`` tells of it."""

    def __init__(self, toolkit: Toolkit, *, window: bool, name: str = door.FILE) -> None:
        self._toolkit = toolkit
        self._window = window
        self._name = name
        self._token = secrets.token_urlsafe(32)
        self._server: Server | None = None
        self._opening: threading.Thread | None = None

    def open(self, port: int = 0) -> int:
        """Listen, tell where in the file, and answer on a thread; the port. Raises ``CtkError``."""
        from ctk.remote.calls import Calls
        from ctk.remote.server import Server
        from ctk.remote.stream import Hub

        calls = Calls(self._toolkit, window=self._window)
        try:
            self._server = server = Server(calls, Hub(self._toolkit.events), self._token, port=port)
            threading.Thread(target=server.serve_forever, args=(POLL_S,), name="door", daemon=True).start()
            there = door.Door(server.port, self._token, os.getpid(), CONTRACT_VERSION)
            door.write(self._toolkit.home, there, self._name)
        except OSError as exc:
            self._shut()
            raise CtkError(f"The door for other programs could not be opened: {exc.strerror or exc}.") from exc
        log.info("the door is open at port %d", server.port)
        return server.port

    def open_soon(self) -> None:
        """The same on another thread; trouble is only logged."""
        self._opening = threading.Thread(target=self._open_or_log, name="door-opening", daemon=True)
        self._opening.start()

    def link(self) -> str:
        """An address that opens the web page once. Only while it is open."""
        assert self._server is not None
        return self._server.calls.links.make()

    def close(self) -> None:
        """Answer nobody any more; twice is fine."""
        if self._opening is not None:
            self._opening.join()
        door.remove(self._toolkit.home, self._token, self._name)
        self._shut()

    def _open_or_log(self) -> None:
        try:
            self.open()
        except CtkError as exc:
            log.warning("%s", exc)

    def _shut(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


@contextmanager
def only_window(
    toolkit: Toolkit, folders: Sequence[str], *, hidden: bool = False
) -> Iterator[Callable[[], None] | None]:
    """Be the one window of a home; ``None`` where another was first, which has come forward and has the ``folders``
    now. Else what opens its door: to be called when the window is painted and hears.

    One that wants to be ``hidden`` leaves the other where it is. Where the home cannot be locked, this is a window
    without a door. Raises ``CtkError`` where another window does not answer.
    """
    with ExitStack() as stack:
        try:
            mine = stack.enter_context(claim(toolkit.home, WINDOW_LOCK))
            alone = mine and stack.enter_context(claim(toolkit.home))
        except OSError as exc:
            log.warning("the home cannot be locked, so this window cannot be found by others: %s", exc)
            yield lambda: None
            return
        if not mine:
            if folders or not hidden:
                handover.insist(toolkit.home, folders)
            yield None
            return
        if alone:
            door.clear(toolkit.home, door.BESIDE)
        else:
            log.info("another program holds the door of this catalog; this window has its own in %s", door.BESIDE)
        doorway = Doorway(toolkit, window=True, name=door.FILE if alone else door.BESIDE)
        stack.callback(doorway.close)
        yield doorway.open_soon


def serve(toolkit: Toolkit, port: int, say: Callable[[str], None], show: Callable[[str], None] | None = None) -> None:
    """Be a core without a window until the process is asked to end, or to quit over the door. ``show`` is given the
    address of the web page.

    Raises ``CtkError``.
    """
    over = _signals()
    toolkit.events.subscribe(QuitWanted, lambda _: over.put(0))
    with claim(toolkit.home) as mine:
        if not mine:
            raise CtkError("Creator's Toolkit is running with this catalog already.")
        doorway = Doorway(toolkit, window=False)
        try:
            address = f"http://127.0.0.1:{doorway.open(port)}"
            say(f"Listening at {address} until Ctrl-C; {door.FILE} in {toolkit.home} opens it.")
            if show is not None:
                show(doorway.link())
            if toolkit.settings.watch:
                toolkit.sources.watch(True)
            while not _asked_to_end(over):
                continue
        finally:
            doorway.close()


def _signals() -> "queue.SimpleQueue[int]":
    """Where whatever asks the process to end is put from now on; nothing else happens, whenever it comes.

    Windows sends SIGBREAK for Ctrl-Break, and when the console is closed or the user leaves. A core that was started
    with ``nohup`` is to outlive its terminal.
    """
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()  # an Event set by a handler can wait for itself for ever
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        sign = getattr(signal, name, None)
        if sign is not None and not (name == "SIGHUP" and signal.getsignal(sign) is signal.SIG_IGN):
            signal.signal(sign, lambda number, _: asked.put(number))
    return asked


def _asked_to_end(asked: "queue.SimpleQueue[int]") -> bool:
    try:
        asked.get(timeout=LOOK_S)  # without a timeout no signal gets through on Windows
    except queue.Empty:
        return False
    return True
