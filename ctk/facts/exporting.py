"""Writing what the user said into a file of his: all of it or nothing, whatever happens meanwhile.

It is written beside the file and takes its place when it is on the disk. Only such files are ever replaced: a wrong
name must not cost a sound.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Store
from ctk.errors import CtkError
from ctk.facts import document, playlists, table
from ctk.facts.entries import Content
from ctk.facts.gathering import gather
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Exported

ESCAPES: Final = "surrogateescape" if os.name == "posix" else "surrogatepass"
"""How names that are no Unicode leave as what they are."""

_REPLACED: Final = (".txt", ".m3u")
"""Endings that such files may have as well."""


def write(
    task: Task, store: Store, catalog: Catalog, file: str | Path | None, format: str, query: str | None
) -> Exported:
    """Export as ``ctk.contract.Facts.export`` says."""
    target = None if file is None else os.path.abspath(file)
    if target is not None:
        _refuse_others(target, format)
    content = gather(task, store, catalog, query, playable=format == "m3u8")
    lines = _checked(task, _lines(content, format, target), len(content.entries))
    if target is None:
        return Exported(len(content.entries), "".join(lines))
    _save(target, lines)
    return Exported(len(content.entries))


def _lines(content: Content, format: str, target: str | None) -> Iterator[str]:
    match format:
        case "json":
            return document.lines(content)
        case "csv":
            return table.lines(content)
    return playlists.lines(content, target and os.path.dirname(target))


def _checked(task: Task, lines: Iterable[str], total: int) -> Iterator[str]:
    for done, line in enumerate(lines):
        task.check()
        task.report("Writing what you said", min(done, total), total)
        yield line


def _refuse_others(target: str, format: str) -> None:
    """Raises ``CtkError`` where something stands that an export did not write."""
    there = os_path(target)
    if os.path.exists(there) and not os.path.isfile(there):
        raise CtkError(f"{target} is no file that can be written; choose another name.")
    if os.path.exists(there) and os.path.splitext(target)[1].lower() not in (f".{format}", *_REPLACED):
        raise CtkError(f"{target} is there already and is no {format} file; choose another name.")


def _save(target: str, lines: Iterable[str]) -> None:
    """Put ``lines`` into a file, where a link leads to when it is one. Raises ``CtkError``; what was there stays
    then."""
    real = os_path(os.path.realpath(target))
    part = os.path.join(os.path.dirname(real), f".ctk-{secrets.token_hex(6)}.part")
    try:
        with open(part, "xb") as out:
            for line in lines:
                out.write(line.encode("utf-8", ESCAPES))
            out.flush()
            os.fsync(out.fileno())
        if os.path.exists(real):
            shutil.copymode(real, part)
        os.replace(part, real)
        _settle(os.path.dirname(real))
    except OSError as exc:
        raise CtkError(f"The file {target} could not be written: {exc.strerror or exc}.") from exc
    finally:
        with suppress(OSError):
            os.remove(part)


def _settle(folder: str) -> None:
    """Have the new name on the disk, where folders can be opened and the file system knows how."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
