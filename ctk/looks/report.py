"""What a check finds: errors, for which a look is not taken, and remarks for its maker."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ctk.looks.lines import Path, locate
from ctk.looks.look import SHEET, Fault

MOST_FAULTS: Final = 500
"""Of more only the number is told."""
MOST_GUESSES: Final = 50
"""So many times it is said what may have been meant: to find out takes a while."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of a look, as far as its ``id``, ``name`` and ``parent`` can be told; ``ring`` is looks that come from each
    other."""

    id: str
    name: str
    parent: str
    errors: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    ring: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.errors + self.remarks


class Report:
    """Collects what is wrong. ``written`` is the text that paths lead into, ``spoiled`` its tables with errors."""

    def __init__(self) -> None:
        self.written = ""
        self.count = 0
        self.spoiled: set[str | int] = set()
        self._lines: dict[Path, int] | None = None
        self._errors: list[Fault] = []
        self._remarks: list[Fault] = []
        self._guesses = 0

    def error(self, path: Path, text: str) -> None:
        """Something at a path of ``look.toml``, or nearest to it."""
        self.spoiled.update(path[:1])
        self.add(Fault(SHEET, self._line(path), text))

    def remark(self, path: Path, text: str) -> None:
        self._remarks.append(Fault(SHEET, self._line(path), text))

    def add(self, *faults: Fault) -> None:
        """Errors of any file."""
        self.count += len(faults)
        self._errors += faults[: max(0, MOST_FAULTS - len(self._errors))]

    def strange(self, path: Path, word: str, what: str, names: Collection[str]) -> None:
        """The ``word`` is not one of ``names``, which are ``what``."""
        text = f"there is no {what} {shown(word)}"
        guess = self._guess(word, names)
        self.error(path, f"{text}; did you mean {guess}?" if guess else f"{text}.")

    @property
    def errors(self) -> tuple[Fault, ...]:
        """In the order of their lines."""
        more = self.count - len(self._errors)
        rest = (Fault(SHEET, 0, f"and {more:,} more."),) if more else ()
        return (*sorted(self._errors, key=_place), *rest)

    @property
    def remarks(self) -> tuple[Fault, ...]:
        return tuple(sorted(self._remarks[:MOST_FAULTS], key=_place))

    def _line(self, path: Path) -> int:
        if self._lines is None:  # a look that is right needs none
            self._lines = locate(self.written)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def _guess(self, word: str, names: Collection[str]) -> str:
        if self._guesses >= MOST_GUESSES or len(word) > 60:
            return ""
        from difflib import get_close_matches

        self._guesses += 1
        return next(iter(get_close_matches(word, names, 1)), "")


def shown(value: object) -> str:
    """A value of a look inside a sentence: short, and on one line."""
    if isinstance(value, int) and abs(value) > 10**15:  # of too many digits none are told
        return "far too large"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(char if char.isprintable() else "?" for char in text[:60])
    return text if len(text) <= 40 else text[:39] + "…"


def _place(fault: Fault) -> tuple[bool, int]:
    return fault.file != SHEET, fault.line
