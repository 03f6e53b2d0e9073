"""What each command does with an open toolkit, for people or as JSON. Each returns the exit code."""

import argparse
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ctk.cli import batch, duplicates, words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.records import Row, ScanReport, Stats


def scan(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Read folders, or all sources again."""
    report = wait(toolkit.sources.scan(args.folders or None, full=args.full, workers=args.workers))
    if args.json:
        print_json(_scan_json(report))
    else:
        print(words.scan(report))
    return 0


def stats(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Count what is catalogued."""
    found = toolkit.catalog.stats()
    if args.json:
        print_json(_stats_json(found))
    else:
        print(words.stats(found))
    return 0


def search(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Show one page of hits."""
    query = " ".join(args.words)
    page = toolkit.catalog.search(query, offset=args.offset, limit=args.limit, sort=args.sort, desc=args.desc)
    if args.json:
        print_json({"total": page.total, "rows": [_row_json(row) for row in page.rows]})
    else:
        print(words.page(page, args.offset))
    return 0


def play(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Play a file or a catalogued sound to its end, or for so many seconds."""
    target: str | int = int(args.target) if args.target.isascii() and args.target.isdigit() else args.target
    toolkit.audio.play(target)
    deadline = time.monotonic() + args.seconds if args.seconds is not None else float("inf")
    while toolkit.audio.now().state == "playing" and time.monotonic() < deadline:
        time.sleep(0.02)
    failed = toolkit.audio.now().error
    toolkit.audio.stop()
    if failed:
        words.complain(failed)
    return 1 if failed else 0


def doctor(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Check the installation; what it finds is no failure."""
    health = toolkit.doctor.report()
    if args.json:
        print_json({"ok": health.ok, "checks": [asdict(check) for check in health.checks]})
    else:
        print(words.health(health))
    return 0


COMMANDS: dict[str, Callable[[Toolkit, argparse.Namespace], int]] = {
    "scan": scan,
    "stats": stats,
    "search": search,
    "play": play,
    "doctor": doctor,
    "dupes": duplicates.dupes,
    "clean": duplicates.clean,
    "move": batch.move,
    "rename": batch.rename,
    "remove": batch.remove,
    "undo": batch.undo,
    "trash": batch.trash,
}

_ROW_FIELDS = tuple(Row.__dataclass_fields__)


def _row_json(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _ROW_FIELDS}


def _scan_json(report: ScanReport) -> dict[str, Any]:
    return asdict(report)


def _stats_json(stats: Stats) -> dict[str, Any]:
    document = asdict(stats)
    document["sources"] = [{key: source[key] for key in _SOURCE_FIELDS} for source in document["sources"]]
    return document


_SOURCE_FIELDS = ("path", "files", "bytes", "duration_s", "state")
