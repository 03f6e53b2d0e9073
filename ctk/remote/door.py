"""``door.json`` in the home: where the core of this home is to be reached, and the token that opens it.

Light: reading it is the first thing a second start of the program does.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import NamedTuple

FILE = "door.json"


class Door(NamedTuple):
    """``contract`` is the version of the contract behind it."""

    port: int
    token: str
    pid: int
    contract: int


def read(home: Path) -> Door | None:
    """The door of this home; ``None`` where there is none. What is behind it may be gone."""
    try:
        found = json.loads((home / FILE).read_text("utf-8"))
        return Door(int(found["port"]), str(found["token"]), int(found["pid"]), int(found["contract"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(home: Path, door: Door) -> None:
    """Whole or not at all, and for nobody else's eyes. Raises ``OSError``."""
    part = home / f"{FILE}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(door._asdict(), file)
    os.replace(part, home / FILE)


def remove(home: Path, token: str) -> None:
    """Take away our own door, and no other."""
    found = read(home)
    if found is not None and found.token == token:
        with contextlib.suppress(OSError):  # somebody reads it; that nobody is behind it is soon found out
            (home / FILE).unlink()
