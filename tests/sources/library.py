"""A small library on disk for scan tests: sounds that differ, look-alikes that share their edges, and their rows."""

import os
import random
import wave
from pathlib import Path

import ctk
from ctk.records import Row, ScanReport
from ctk.toolkit import Toolkit

EDGE = 65_536


def wav(path: str | Path, seed: int, frames: int = 2000) -> Path:
    """A mono 16-bit WAV of noise that no other seed makes."""
    return _write(Path(path), random.Random(seed).randbytes(frames * 2))


def stem(path: str | Path, middle: int) -> Path:
    """A WAV with silent edges: equal in length, head and tail for every ``middle``, different between."""
    silence = bytes(EDGE + 1000)
    return _write(Path(path), silence + random.Random(middle).randbytes(20_000) + silence)


def _write(path: Path, samples: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(os.fspath(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44100)
        file.writeframes(samples)
    return path


def unplug(root: Path) -> Path:
    """Take a folder away as if its drive left: to a drawer where nothing looks for it, which is returned."""
    drawer = root.parent / f"drawer of {root.name}" / "inner" / root.name
    drawer.parent.mkdir(parents=True)
    return root.rename(drawer)


def scan(home: Path, *folders: Path, full: bool = False) -> ScanReport:
    with ctk.open(home) as toolkit:
        return toolkit.sources.scan(folders or None, full=full).result(60)


def rows(home: Path, query: str = "") -> list[Row]:
    with ctk.open(home) as toolkit:
        return list(toolkit.catalog.search(query, limit=1_000_000, sort="id").rows)


def ids(home: Path, root: Path) -> dict[str, int]:
    """Ids of the present rows by their path relative to ``root``."""
    return {os.path.relpath(row.path, root): row.id for row in rows(home) if row.state in ("ok", "bad")}


def states(toolkit: Toolkit) -> dict[str, str]:
    return {row.name: row.state for row in toolkit.catalog.search("", limit=1_000_000).rows}
