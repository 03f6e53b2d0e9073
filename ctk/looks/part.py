"""A table of a look under check: what is taken out of it is looked at, and what nobody asks for is an error."""

from collections.abc import Collection, Iterator
from typing import Any

from ctk.looks.lines import Path
from ctk.looks.report import Report, shown

KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}


class Part:
    """``path`` is where it stands. All that is wrong goes to ``report``; the answer is ``None`` then."""

    def __init__(self, report: Report, table: dict[str, Any], path: Path = ()) -> None:
        self.report = report
        self.path = path
        self._table = table
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def keys(self, what: str, known: Collection[str]) -> Iterator[str]:
        """The keys that are among the ``known``; of any other it is said that there is no such ``what``."""
        for key in self._table:
            self._asked.add(key)
            if key in known:
                yield key
            else:
                self.report.strange((*self.path, key), key, what, known)

    def names(self) -> Iterator[str]:
        """All keys, which the maker of the look chose."""
        self._asked |= self._table.keys()
        yield from self._table

    def part(self, key: str) -> "Part":
        """A table inside; empty when there is none."""
        return Part(self.report, self._of(key, dict) or {}, (*self.path, key))

    def text(self, key: str, most: int) -> str | None:
        """One line of up to ``most`` signs."""
        value: str | None = self._of(key, str)
        if value is not None and (len(value) > most or not value.isprintable()):
            self.wrong(key, f"{key} must be one line of up to {most} letters.")
            return None
        return value

    def number(self, key: str, least: int, most: int) -> int | None:
        """A whole number."""
        value: int | None = self._of(key, int)
        if value is not None and not least <= value <= most:
            self.wrong(key, f"{key} is {shown(value)}, and must be from {least} to {most}.")
            return None
        return value

    def value(self, key: str) -> Any:
        """Whatever it is."""
        self._asked.add(key)
        return self._table.get(key)

    def texts(self, key: str, most: int) -> tuple[str, ...] | None:
        """A list of up to ``most`` texts."""
        values: list[Any] | None = self._of(key, list)
        if values is None:
            return None
        if len(values) > most:
            self.wrong(key, f"{key} has more than {most} entries.")
            return None
        good = True
        for place, value in enumerate(values):
            if not isinstance(value, str):
                good = False
                self.report.error((*self.path, key, place), f"{key} holds {_kind(value)} where a text must be.")
        return tuple(values) if good else None

    def choices(self, key: str, what: str, names: Collection[str]) -> tuple[str, ...] | None:
        """A list of ``names``, none twice."""
        values = self.texts(key, 4 * len(names))
        if values is None:
            return None
        before = self.report.count
        for place, value in enumerate(values):
            if value not in names:
                self.report.strange((*self.path, key, place), value, what, names)
            elif value in values[:place]:
                self.report.error((*self.path, key, place), f"{shown(value)} stands twice in {key}.")
        return values if self.report.count == before else None

    def wrong(self, key: str, text: str) -> None:
        """An error about one of its keys."""
        self.report.error((*self.path, key), text)

    def done(self) -> None:
        """All that could be asked for was asked for."""
        for key in self._table:
            if key not in self._asked:
                place = f"in [{'.'.join(map(str, self.path))}] " if self.path else ""
                self.report.strange((*self.path, key), key, f"setting {place}called", self._asked)

    def _of(self, key: str, kind: type) -> Any:
        self._asked.add(key)
        value = self._table.get(key)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self.wrong(key, f"{key} must be {KINDS[kind]}, and is {_kind(value)}.")
        return None


def _kind(value: object) -> str:
    return KINDS.get(type(value), "a date or time")
