"""The user's word as a table for spreadsheets, and such a table read again after a spreadsheet saved it. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ctk.facts import entries
from ctk.facts.entries import Content, Entry, Problems

BOM: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""
FACTS: Final = ("bpm", "key", "type", "root_note", "format", "duration_s")
COLUMNS: Final = (
    *("path", "name", "rating", "favourite", "tags", "collections", "note", "label"),
    *FACTS,
    *("size_bytes", "fingerprint", "full_hash", "source", "positions"),
)
"""``positions`` are the places in the collections, one for each."""

_LONGEST_CELL: Final = 1 << 24
_SEPARATORS: Final = (",", ";", "\t")
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would reckon with, or run: an apostrophe before it makes it text."""
_DIGEST: Final = "x"
"""Before a fingerprint, as sixteen digits would be taken for a number and rounded."""


def lines(content: Content) -> Iterator[str]:
    """The table, a sound a line."""
    yield BOM + _joined(COLUMNS)
    for entry in content.entries:
        yield _joined([_safe(cell) for cell in _cells(entry)])


def read(text: str, problems: Problems) -> Content:
    """What a table holds, whatever the order of its columns, also when all but ``path`` were dropped. Raises
    ``ValueError`` for a text that is no such table."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        return Content(tuple(_entries(text.removeprefix(BOM), problems)))
    except csv.Error as exc:
        raise ValueError("it is no table, or was cut off") from exc
    finally:
        csv.field_size_limit(before)


def _cells(entry: Entry) -> Iterator[object]:
    marks, facts = entry.marks, entry.facts
    yield from (entry.path, facts.get("name", ""), marks.rating or "", "yes" if marks.favourite else "")
    yield from (", ".join(marks.tags), ", ".join(marks.collections), marks.note, marks.label or "")
    yield from (facts.get(name) for name in FACTS)
    yield entry.size_bytes
    yield from (digest and _DIGEST + digest.hex() for digest in (entry.fingerprint, entry.full_hash))
    yield facts.get("source")
    yield " ".join(f"#{entry.positions.get(name, '')}" for name in marks.collections)


def _entries(text: str, problems: Problems) -> Iterator[Entry]:
    rows = _rows(text)
    names = [re.sub(r"[\s_]+", "_", name.strip().lower()) for name in next(rows, [])]
    if "path" not in names:
        raise ValueError("it has no column named path, and does not say which sounds it is about")
    columns = {name: names.index(name) for name in COLUMNS if name in names}
    for number, row in enumerate(rows, 2):
        cells: dict[str, str] = {name: _plain(row[column]) for name, column in columns.items() if column < len(row)}
        if any(cells.values()) and (found := entries.entry(_raw(cells), f"Row {number:,}", problems)):
            yield found


def _rows(text: str) -> Iterator[list[str]]:
    """The rows, taken apart by the separator that the first of them was written with."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r'"?sep=.?"?\s*', first):
        return _rows(rest)
    separator = max(_SEPARATORS, key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _raw(cells: Mapping[str, str]) -> Mapping[str, object]:
    names = _words(cells.get("collections", ""))
    positions = [*re.findall(r"#(\d*)", cells.get("positions", "")), *[""] * len(names)]
    return {
        **cells,
        **{name: cells.get(name, "").strip().removeprefix(_DIGEST) for name in ("fingerprint", "full_hash")},
        "tags": _words(cells.get("tags", "")),
        "collections": [{"name": name, "position": at} for name, at in zip(names, positions, strict=False)],
    }


def _words(cell: str) -> list[str]:
    """The names in a cell, which hold no commas; people also write one a line."""
    return [word.strip() for word in re.split(r"[,\r\n]", cell) if word.strip()]


def _joined(cells: Sequence[object]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
