"""A second start of the program: finds the window of the first, hands the folders over, and is done.

It imports next to nothing, so that the window is in front at once.
"""

import json
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ctk import paths
from ctk.errors import CtkError
from ctk.remote import door
from ctk.remote.door import Door

TIMEOUT_S = 2.0
STARTING_S = 10.0
"""How long the first may take until it answers."""
POLL_S = 0.05
NO_METHOD = -32601


def done(arguments: Sequence[str]) -> bool:
    """Whether a command line that asks for the window was handed to the window that there is."""
    asked = window_asked(arguments)
    if asked is None:
        return False
    home, folders = asked
    found = door.read(paths.home(home))
    return found is not None and show(found, folders) is True


def window_asked(arguments: Sequence[str]) -> tuple[str | None, list[str]] | None:
    """The home and folders of a command line that asks for no more than the window; ``None`` for any other."""
    home: str | None = None
    folders = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--home":
            home = next(rest, "")
        elif argument.startswith("--home="):
            home = argument.partition("=")[2]
        elif not argument.startswith("-") and os.path.isdir(argument):
            folders.append(argument)
        else:
            return None
    return None if home == "" else (home, folders)


def insist(home: Path, folders: Sequence[str]) -> bool:
    """Have the window of a core that is there, maybe still starting, come forward; false where it has none.

    Raises ``CtkError`` where nothing answers.
    """
    deadline = time.monotonic() + STARTING_S
    while time.monotonic() < deadline:
        found = door.read(home)
        shown = None if found is None else show(found, folders)
        if shown is not None:
            return shown
        time.sleep(POLL_S)
    raise CtkError("Creator's Toolkit is running already, but does not answer. Please end it and start again.")


def show(there: Door, folders: Sequence[str]) -> bool | None:
    """Have the window come forward; false where the core has none, ``None`` where nobody is behind the door."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(there.pid)  # only who was just started may pass this on
    whole = [os.path.abspath(folder) for folder in folders]
    try:
        answer = _post(there, {"jsonrpc": "2.0", "id": 1, "method": "window.show", "params": {"folders": whole}})
    except (OSError, ValueError):
        return None
    error = answer.get("error")
    return None if error and error.get("code") != NO_METHOD else not error


def _post(there: Door, request: dict[str, object]) -> dict[str, dict[str, object]]:
    """One request by hand; loading a library for it would take longer than all the rest."""
    body = json.dumps(request).encode("ascii")
    head = (
        f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{there.port}\r\nAuthorization: Bearer {there.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", there.port), TIMEOUT_S) as connection:
        connection.sendall(head.encode("latin-1") + body)
        with connection.makefile("rb") as file:
            answer = file.read()
    head_end = answer.find(b"\r\n\r\n")
    found = json.loads(answer[head_end + 4 :])
    if not answer.startswith(b"HTTP/1.1 200") or not isinstance(found, dict):
        raise ValueError("this is another program's port")
    return found
