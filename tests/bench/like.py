"""Searching by going through all rows with LIKE: what anyone would write first, and the best that can be made of it."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctk.catalog.fields import Alike, Span
from ctk.catalog.query import Condition, parse
from ctk.catalog.store import Connection
from ctk.catalog.text import spaced

_SPANS = {"len": "duration_s", "rate": "sample_rate_hz", "ch": "channels", "size": "size_bytes"}
_TEXTS = {"ext": ("name", "%.{}"), "in": ("folder", "%{}%"), "is": ("state", "{}")}


@dataclass(frozen=True, slots=True)
class Like:
    """A table or join to go through: ``text`` is searched, ``gap`` stands for a separator in it."""

    connection: Connection
    tables: str
    text: str
    gap: str
    folder: str = "folder"
    prefix: str = ""

    def search(self, text: str, *, sort: str, desc: bool, limit: int) -> tuple[int, list[Any]]:
        """How many there are in all, and the rows of the first page."""
        where, values = self._where(text)
        total = self.connection.execute(f"SELECT count(*) FROM {self.tables} WHERE {where}", values).fetchone()[0]
        order = f"{self._column(sort)} {'DESC' if desc else 'ASC'}, {self._column('id')}"
        page = f"SELECT * FROM {self.tables} WHERE {where} ORDER BY {order} LIMIT {limit}"
        return total, self.connection.execute(page, values).fetchall()

    def _column(self, name: str) -> str:
        name = {"name": "name_key", "path": "folder"}.get(name, name)
        return self.folder if name == "folder" else self.prefix + name

    def _where(self, text: str) -> tuple[str, list[Any]]:
        query = parse(text)
        parts, values = ["1"], list[Any]()
        for word in query.words:
            parts.append(f"{self.text} {'NOT ' * word.exclude}LIKE ?")
            values.append(f"%{word.text.replace(' ', self.gap)}%")
        for condition in query.conditions:
            part, some = self._condition(condition)
            parts.append("NOT " * condition.exclude + part)
            values += some
        return " AND ".join(parts), values

    def _condition(self, condition: Condition) -> tuple[str, list[Any]]:
        (value,) = condition.values
        assert not isinstance(value, Alike)
        if isinstance(value, Span):
            return f"coalesce({self._column(_SPANS[condition.field])} BETWEEN ? AND ?, 0)", [value.low, value.high]
        column, shape = _TEXTS[condition.field]
        return f"({self.prefix + column if column == 'name' else self._column(column)} LIKE ?)", [shape.format(value)]


def over_catalog(connection: Connection) -> Like:
    """The catalog's own tables as they are."""
    tables = "sounds s JOIN folders f ON f.id = s.folder_id"
    return Like(connection, tables, "(f.path || '/' || s.name)", "_", "f.path", "s.")


def over_flat(catalog: Connection, file: Path) -> Like:
    """The same rows in one table made for it: the text folded beforehand, an index for the usual order."""
    connection = sqlite3.connect(file)
    cursor = catalog.execute(
        "SELECT o.path, f.path, s.* FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id"
    )
    columns = [column[0] for column in cursor.description[2:]]
    kinds = ", ".join(columns).replace("id", "id INTEGER PRIMARY KEY", 1)
    connection.execute(f"CREATE TABLE flat ({kinds}, folder TEXT, text TEXT)")
    marks = ", ".join("?" * (len(columns) + 2))
    name = columns.index("name")
    connection.executemany(f"INSERT INTO flat VALUES ({marks})", (_flat(row, name) for row in cursor))
    connection.execute("CREATE INDEX by_name ON flat (name_key, id)")
    connection.commit()
    return Like(connection, "flat", "text", " ")


def _flat(row: tuple[Any, ...], name: int) -> tuple[Any, ...]:
    root, path, *facts = row
    top, folder, file = (os.fsdecode(part) for part in (os.path.basename(root), path, facts[name]))
    facts[name] = file
    return *facts, spaced(f" {top}/{folder}/"), spaced(f" {top}/{folder}/{file} ")
