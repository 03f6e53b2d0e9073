"""Having what runs in a home quit, and waiting until its processes are gone: files in use cannot be replaced."""

import os
import sys
import time
from pathlib import Path
from typing import Final

from ctk.errors import CtkError
from ctk.remote import door
from ctk.remote.channel import Channel
from ctk.remote.instance import LOCK, WINDOW_LOCK, claim

END_S: Final = 15.0
AGAIN_S: Final = 1.0
"""How often it is asked: a window that is just being opened does not hear it yet."""
ANSWER_S: Final = 2.0
POLL_S: Final = 0.1
LATE: Final = "Creator's Toolkit did not quit within {:.0f} seconds; please quit it yourself."


def end(home: Path, within_s: float = END_S) -> bool:
    """Whether a core ran, maybe with a window beside it, and all is gone now; false where none did.

    Raises ``CtkError`` where one stays.
    """
    deadline = time.monotonic() + within_s
    again = 0.0
    asked: set[int] = set()
    while time.monotonic() < deadline:
        if time.monotonic() >= again:
            again = time.monotonic() + AGAIN_S
            asked |= {pid for name in door.FILES if (pid := ask(home, name)) is not None}
        if not any(map(lives, asked)) and not is_claimed(home):
            return bool(asked)
        time.sleep(POLL_S)
    raise CtkError(LATE.format(within_s))


def ask(home: Path, name: str) -> int | None:
    """Ask who is behind a door of this home to quit; its process, or ``None`` where nobody heard it."""
    found = door.read(home, name)
    if found is None:
        return None
    channel = Channel(found, ANSWER_S)
    try:
        channel.call("core.quit", {})
    except CtkError:  # what a crash left behind, another program at that port, or a core that is ending already
        return None
    finally:
        channel.close()
    return found.pid


def is_claimed(home: Path) -> bool:
    """Whether there is a core, though its door may not be open yet."""
    return any(_is_held(home, lock) for lock in (LOCK, WINDOW_LOCK))


def _is_held(home: Path, lock: str) -> bool:
    if not (home / lock).exists():
        return False
    try:
        with claim(home, lock) as free:
            return not free
    except OSError:  # a home that cannot be locked has no core that could be found
        return False


if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE: Final = 0x0010_0000
    _WAIT_TIMEOUT: Final = 0x0000_0102

    def lives(pid: int) -> bool:
        """Whether this process of the user runs."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
        if not handle:
            return False
        try:
            return bool(kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0) == _WAIT_TIMEOUT)
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))
else:

    def lives(pid: int) -> bool:
        """Whether this process of the user runs; one that has ended and nobody asked about since does not."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return _state(pid) != "Z"

    def _state(pid: int) -> str:
        """What the system calls the state of a process; ``Z`` is for a dead one that its parent has not buried."""
        if sys.platform == "darwin":
            import subprocess

            command = ["ps", "-o", "stat=", "-p", str(pid)]
            return subprocess.run(command, capture_output=True, text=True, check=False).stdout[:1]
        try:
            return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].strip()[:1]
        except OSError:
            return ""
