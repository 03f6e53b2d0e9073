"""In which line of a TOML text each table, key and list item stands: the reader of Python tells only values.

https://toml.io/en/v1.0.0
"""

import re
from bisect import bisect_left
from collections import Counter
from typing import Final

Path = tuple[str | int, ...]
"""Keys from the top of a text down, and the places of list items."""

DEEPEST: Final = 6
"""Nothing in a look lies deeper."""

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


class _Lost(Exception):
    """The text is not what was expected here."""


def locate(text: str) -> dict[Path, int]:
    """The lines, from 1. The ``text`` must be one that could be read; of others only the beginning is known."""
    walk = _Walk(text)
    try:
        walk.all()
    except (_Lost, RecursionError):
        return walk.found
    return walk.found


class _Walk:
    """A way through a text; ``found`` is what stands along it."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._tables: Counter[Path] = Counter()

    def all(self) -> None:
        """Everything."""
        table: Path = ()
        while self._peek():
            if self._pass("[["):
                table = self._keys()
                self._note(table)
                self._tables[table] += 1
                table = (*table, self._tables[table] - 1)
                self._expect("]]")
            elif self._pass("["):
                table = self._keys()
                self._note(table)
                self._expect("]")
            else:
                self._pair(table)

    def _pair(self, table: Path) -> None:
        start = self._at
        path = (*table, *self._keys())
        self._note(path, start)
        self._expect("=")
        self._value(path)

    def _keys(self) -> Path:
        """A key, with dots or without."""
        keys = []
        while True:
            quoted = self._peek() in ('"', "'")
            word = self._take(_TEXT if quoted else _BARE)
            keys.append(_unquoted(word) if quoted else word)
            if not self._pass("."):
                return tuple(keys)

    def _value(self, path: Path) -> None:
        first = self._peek()
        if first in ('"', "'"):
            self._take(_TEXT)
        elif self._pass("["):
            self._items(path)
        elif self._pass("{"):
            while not self._pass("}"):
                self._pair(path)
                self._pass(",")
        else:
            self._take(_PLAIN)

    def _items(self, path: Path) -> None:
        index = 0
        while not self._pass("]"):
            self._note((*path, index))
            self._value((*path, index))
            self._pass(",")
            index += 1

    def _note(self, path: Path, start: int | None = None) -> None:
        line = bisect_left(self._ends, self._at if start is None else start) + 1
        for depth in range(1, min(len(path), DEEPEST) + 1):
            self.found.setdefault(path[:depth], line)

    def _peek(self) -> str:
        """The next sign that counts."""
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at
        return self._text[self._at : self._at + 1]

    def _pass(self, sign: str) -> bool:
        self._peek()
        here = self._text.startswith(sign, self._at)
        self._at += len(sign) if here else 0
        return here

    def _expect(self, sign: str) -> None:
        if not self._pass(sign):
            raise _Lost

    def _take(self, kind: re.Pattern[str]) -> str:
        self._peek()
        match = kind.match(self._text, self._at)
        if match is None:
            raise _Lost
        self._at = match.end()
        return match[0]


def _unquoted(key: str) -> str:
    if key[0] == "'" or "\\" not in key:
        return key[1:-1]
    import tomllib

    try:
        (found,) = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError as exc:
        raise _Lost from exc
    return found
