"""Taking over what was exported, or a playlist: the whole file is read and judged first, then everything is added in
one transaction.

Nothing that was said before is taken back: the higher rating counts, a note that says something else follows the one
that is there, and a saved search keeps its text. To import the same file again changes nothing. What is said of a sound
that is not here waits until a scan finds it.
"""

import math
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ctk.catalog import exchange_rows, mark_rows, naming, waiting_rows
from ctk.catalog.exchange_rows import Waiting
from ctk.catalog.query import parse
from ctk.catalog.store import Connection, Store
from ctk.errors import CtkError, UsageError
from ctk.facts import document, entries, playlists, table
from ctk.facts.entries import Content, Entry, Problems
from ctk.facts.exporting import ESCAPES
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Imported, Marks, SavedSearch

MOST_BYTES: Final = 200_000_000
_BLOCK: Final = 1 << 20
_PLAYLISTS: Final = (".m3u", ".m3u8")
_SHOWN_PATH: Final = 400
_WORDS: Final = "Taking over what was said"


def read(task: Task, store: Store, file: str | Path) -> Imported:
    """Import as ``ctk.contract.Facts.import_`` says."""
    path = os.path.abspath(file)
    task.report(f"Reading {os.path.basename(path)}")
    data = _bytes(task, path)
    if os.path.splitext(path)[1].lower() in _PLAYLISTS or data.lstrip(b"\xef\xbb\xbf").startswith(b"#EXTM3U"):
        lines = playlists.read(data, os.path.dirname(path), plain=path.lower().endswith(".m3u"))
        return store.write(lambda connection: _collect(connection, path, lines), durable=True).result()
    problems = Problems()
    try:
        content = _content(path, data, problems)
    except ValueError as exc:
        raise CtkError(f"{path} cannot be imported: {exc}.") from exc
    return store.write(lambda connection: _Import(task, connection, problems).take(content), durable=True).result()


def _bytes(task: Task, path: str) -> bytes:
    try:
        status = os.stat(os_path(path))
        if not stat.S_ISREG(status.st_mode):
            raise CtkError(f"{path} is no file that can be imported.")
        if status.st_size > MOST_BYTES:
            raise CtkError(f"{path} is too large: what can be imported has at most {MOST_BYTES // 10**6} MB.")
        data = bytearray()
        with open(os_path(path), "rb") as source:
            while block := source.read(min(_BLOCK, MOST_BYTES - len(data))):
                task.check()
                data += block
    except OSError as exc:
        raise CtkError(f"{path} could not be read: {exc.strerror or exc}.") from exc
    return bytes(data)


def _content(path: str, data: bytes, problems: Problems) -> Content:
    """What the file holds. Raises ``ValueError`` saying why it cannot be read."""
    text = _text(data)
    is_document = text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    if is_document or os.path.splitext(path)[1].lower() == ".json":
        return document.read(text.removeprefix("\ufeff"), problems)
    return table.read(text, problems)


def _text(data: bytes) -> str:
    """As spreadsheets save it: UTF-8 or UTF-16 with their mark, UTF-8 without, else what Windows calls ANSI."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8", ESCAPES if os.name == "posix" else "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Import:
    """What a file holds goes into the catalog, inside one transaction."""

    def __init__(self, task: Task, connection: Connection, problems: Problems) -> None:
        self._task = task
        self._connection = connection
        self._problems = problems
        self._ends = exchange_rows.ends(connection)
        self._waits = {_known_by(one) for one in exchange_rows.waiting(connection)}

    def take(self, content: Content) -> Imported:
        """Everything waits for its sound at first, and what finds it at once is not left waiting."""
        for name in content.collections:
            mark_rows.collect(self._connection, [], name)
        said = [one for one in content.entries if one.marks != Marks()]
        for done, one in enumerate(_placed(said, self._ends)):
            self._task.check()
            self._task.report(_WORDS, done, len(said))
            if _known_by(one) not in self._waits:
                size, positions = one.size_bytes or 0, one.positions
                waiting_rows.put(self._connection, one.path, size, one.fingerprint, one.full_hash, one.marks, positions)
        for search in content.searches:
            self._save(search)
        sounds = waiting_rows.give_back(self._connection)
        waits = {_known_by(one) for one in exchange_rows.waiting(self._connection)}
        return Imported(sounds, sum(_known_by(one) in waits for one in said), self._problems.sentences())

    def _save(self, search: SavedSearch) -> None:
        """A search of that name which is here already keeps its text."""
        try:
            parse(search.query)
            here = {naming.folded(one.name): one.query for one in mark_rows.searches(self._connection)}
            before = here.get(naming.folded(search.name))
            if before is None:
                mark_rows.save_search(self._connection, search.name, search.query)
            elif before != " ".join(search.query.split()):
                name = entries.shown(search.name)
                self._problems.add(f"There is a saved search {name} already; the one in the file was left out.")
        except UsageError as exc:
            self._problems.add(f"The saved search {entries.shown(search.name)} was left out. {exc}")


def _known_by(one: Entry | Waiting) -> tuple[str, int, bytes | None, bytes | None, Marks]:
    return one.path, one.size_bytes or 0, one.fingerprint, one.full_hash, one.marks


def _placed(said: Sequence[Entry], ends: Mapping[str, int]) -> Iterator[Entry]:
    """With a position in every collection: after what is in it, in the order that the file tells, else in that of the
    file itself."""
    orders: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for at, one in enumerate(said):
        for name in one.marks.collections:
            orders[naming.folded(name)].append((one.positions.get(name, math.inf), at))
    places = {name: {at: place for place, (_, at) in enumerate(sorted(order))} for name, order in orders.items()}
    for at, one in enumerate(said):
        keys = {name: naming.folded(name) for name in one.marks.collections}
        positions = {name: ends.get(key, 0) + places[key][at] for name, key in keys.items()}
        yield replace(one, positions=positions)


def _collect(connection: Connection, path: str, lines: Sequence[Sequence[str]]) -> Imported:
    """The sounds of a playlist into a collection with its name; what is in no source is said."""
    problems = Problems()
    named = {candidate for line in lines for candidate in line}
    alike = {_place(candidate) for candidate in named}
    paths = [(id, path) for id, path in exchange_rows.paths(connection) if path in named or _place(path) in alike]
    here = {_place(path): id for id, path in paths} | {path: id for id, path in paths}
    ids: list[int] = []
    for candidates in lines:
        found = [here[key] for one in candidates for key in (one, _place(one)) if key in here]
        ids += found[:1]
        if not candidates:
            problems.add("A line of the playlist names no file on this computer.")
        elif not found:
            problems.add(f"{entries.shown(candidates[0], _SHOWN_PATH)} is not in the catalog; scan its folder first.")
    if ids:
        mark_rows.collect(connection, ids, _collection(os.path.splitext(os.path.basename(path))[0]))
    return Imported(len(set(ids)), 0, problems.sentences())


def _place(path: str) -> str:
    """A path as it is compared: systems differ in how they write letters with accents."""
    return unicodedata.normalize("NFC", os.path.normcase(path))


def _collection(title: str) -> str:
    """The name of a playlist as one of a collection."""
    allowed = "".join(char if char not in ',"' and naming.is_text(char) else " " for char in title)
    return " ".join(allowed.split())[: naming.LONGEST].strip() or "Playlist"
