"""Dated copies of the catalog beside it: before each migration and weekly, the newest three kept."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

KEPT = 3
WEEK_S = 7 * 24 * 3600.0


def folder(file: Path) -> Path:
    return file.parent / "backups"


def existing(file: Path) -> list[Path]:
    """The copies of ``file``, oldest first."""
    return sorted(folder(file).glob(f"{file.stem}-*{file.suffix}"))


def make(file: Path, connection: sqlite3.Connection) -> Path:
    """Copy the database ``connection`` is open on, through SQLite's backup API; older copies than three go."""
    folder(file).mkdir(parents=True, exist_ok=True)
    copy = folder(file) / f"{file.stem}-{time.strftime('%Y%m%d-%H%M%S')}{file.suffix}"
    part = copy.with_suffix(f".{os.getpid()}.part")  # several processes may upgrade one home
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
            target.execute("UPDATE clock SET lineage = random()")
            target.commit()
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
    for old in existing(file)[:-KEPT]:
        old.unlink(missing_ok=True)
    return copy


def due(file: Path) -> bool:
    """Whether the newest copy is older than a week, or there is none."""
    copies = existing(file)
    return not copies or time.time() - copies[-1].stat().st_mtime > WEEK_S
