"""The text of a ``look.toml`` as values, or the one reason why it cannot be read."""

import re
import tomllib
from typing import Any, Final

from ctk.looks.look import SHEET, Fault

MOST_BYTES: Final = 128 << 10
MOST_DOTS: Final = 128
"""In a line: the time to read a key grows with the square of its dots."""


class Unreadable(Exception):
    """Carries the fault."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.fault = Fault(SHEET, line, text)


def values(text: str) -> dict[str, Any]:
    """The tables of a text. Raises ``Unreadable``."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            raise Unreadable(number, f"there are more than {MOST_DOTS} dots in this line.")
    try:
        return tomllib.loads(text)
    except RecursionError as exc:
        raise Unreadable(0, "lists or tables lie too deep in each other.") from exc
    except ValueError as exc:
        raise _said(str(exc), text) from exc


def text(data: bytes) -> str:
    """What is written in a file; the mark that some editors begin it with is left out. Raises ``Unreadable``."""
    if len(data) > MOST_BYTES:
        raise Unreadable(0, f"it is larger than {MOST_BYTES >> 10} KB.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        raise Unreadable(data.count(b"\n", 0, exc.start) + 1, "it is not written in UTF-8.") from exc


def _said(complaint: str, text: str) -> Unreadable:
    """What the reader of Python says, with the line apart."""
    where = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", complaint)
    words = complaint[: where.start()] if where else complaint
    line = int(where[1] or text.count("\n") + 1) if where else 0
    words = "".join(char if char.isprintable() else "?" for char in words[:160])
    return Unreadable(line, f"it is no TOML: {words[:1].lower()}{words[1:]}.")
