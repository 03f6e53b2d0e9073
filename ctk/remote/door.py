"""``door.json`` in the home: where the core of this home is to be reached, and the token that opens it.

A window beside a core that has none, such as ``ctk serve``, has a door of its own in ``window.json``. Light: reading
them is the first thing a second start of the program does.
"""

import contextlib
import json
import os
import socket
from pathlib import Path
from typing import NamedTuple

FILE = "door.json"
BESIDE = "window.json"
FILES = (FILE, BESIDE)
TIMEOUT_S = 2.0


class Door(NamedTuple):
    """``contract`` is the version of the contract behind it."""

    port: int
    token: str
    pid: int
    contract: int


def read(home: Path, name: str = FILE) -> Door | None:
    """A door of this home; ``None`` where there is none. What is behind it may be gone."""
    try:
        found = json.loads((home / name).read_text("utf-8"))
        return Door(int(found["port"]), str(found["token"]), int(found["pid"]), int(found["contract"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def ask(there: Door, method: str, params: dict[str, object]) -> dict[str, dict[str, object]]:
    """The answer to one request, sent by hand: loading a library for it would take longer than all the rest.

    Raises ``OSError`` where nobody is behind the door, and ``ValueError`` where it is somebody else.
    """
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode("ascii")
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


def write(home: Path, door: Door, name: str = FILE) -> None:
    """Whole or not at all, and for nobody else's eyes. Raises ``OSError``."""
    part = home / f"{name}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(door._asdict(), file)
    os.replace(part, home / name)


def remove(home: Path, token: str, name: str = FILE) -> None:
    """Take away our own door, and no other."""
    found = read(home, name)
    if found is not None and found.token == token:
        clear(home, name)


def clear(home: Path, name: str) -> None:
    """Take away a door that nobody is behind."""
    with contextlib.suppress(OSError):  # somebody reads it; that nobody is behind it is soon found out
        (home / name).unlink(missing_ok=True)
