"""What each command does with an open toolkit, for people or as JSON. Each returns the exit code."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ctk.cli import batch, classify, duplicates, exchange, listening, marks, sources, words
from ctk.cli.output import print_json
from ctk.cli.show import show
from ctk.contract import Toolkit
from ctk.records import Row, Stats


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


def doctor(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Check the installation, or the library; what it finds is no failure."""
    if args.library:
        return listening.library(toolkit, args)
    health = toolkit.doctor.report()
    if args.json:
        print_json({"ok": health.ok, "checks": [asdict(check) for check in health.checks]})
    else:
        print(words.health(health))
    return 0


COMMANDS: dict[str, Callable[[Toolkit, argparse.Namespace], int]] = {
    "scan": sources.scan,
    "sources": sources.sources,
    "stats": stats,
    "search": search,
    "show": show,
    "play": listening.play,
    "peaks": listening.peaks,
    "devices": listening.devices,
    "tag": marks.tag,
    "rate": marks.rate,
    "fav": marks.fav,
    "note": marks.note,
    "collect": marks.collect,
    "searches": marks.searches,
    "classify": classify.classify,
    "similar": classify.similar,
    "label": marks.label,
    "export": exchange.export,
    "import": exchange.import_,
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


def _stats_json(stats: Stats) -> dict[str, Any]:
    document = asdict(stats)
    for source in document["sources"]:
        del source["id"]
    return document
