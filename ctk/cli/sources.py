"""``ctk scan`` and ``ctk sources``: which folders there are, where they are, and reading what is in them."""

import argparse
import os
import sys
import threading
import time
from dataclasses import asdict

from ctk.cli import source_words, words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.errors import NotFound, UsageError
from ctk.events import CatalogChanged, SourcesChanged
from ctk.records import ScanReport, Source

TELL_EVERY_S = 1.0
"""While it watches: changes that come one after the other are told together."""


def scan(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Read folders, or all sources again; with ``--watch`` follow what happens in them from then on."""
    if args.watch and args.json:
        raise UsageError("With --watch there is no end to report on: leave --json away.")
    report = _scanned(toolkit, args, accept_missing=args.accept_missing)
    if args.json:
        print_json(asdict(report))
        return 0
    print(words.scan(report))
    if report.vanished and _agrees():
        print(words.scan(_scanned(toolkit, args, accept_missing=True)))
    if args.watch:
        _watch(toolkit)
    return 0


def sources(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Do what ``args.action`` says, and show how things are now."""
    match args.action:
        case "discover":
            return _discover(toolkit, json=args.json)
        case "forget-missing":
            return _forget_missing(toolkit, json=args.json)
        case "add":
            shown = [toolkit.sources.add(path) for path in args.paths]
        case "remove":
            toolkit.sources.remove(_source(toolkit, args.source).id)
            shown = [*toolkit.sources.list()]
        case "locate":
            shown = [toolkit.sources.locate(_source(toolkit, args.source).id, path=os.path.abspath(args.path))]
        case "protect":
            id = _source(toolkit, args.source).id
            toolkit.sources.protect(id, on=not args.off)
            shown = [source for source in toolkit.sources.list() if source.id == id]
        case _:
            shown = [*toolkit.sources.list()]
    if args.json:
        print_json({"sources": [asdict(source) for source in shown]})
    else:
        print(source_words.table(shown))
    return 0


def _scanned(toolkit: Toolkit, args: argparse.Namespace, *, accept_missing: bool) -> ScanReport:
    return wait(
        toolkit.sources.scan(args.folders or None, full=args.full, workers=args.workers, accept_missing=accept_missing)
    )


def _agrees() -> bool:
    """Ask whether the files are really gone; where nobody can be asked they are not."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    print("Are they really gone? Their sounds are marked missing then, and stay in the catalog. [y/N] ", end="")
    sys.stdout.flush()
    return words.is_yes(sys.stdin.readline())


def _watch(toolkit: Toolkit) -> None:
    """Tell what changes, until Ctrl-C."""
    changed = threading.Event()
    ends = [toolkit.events.subscribe(kind, lambda _: changed.set()) for kind in (CatalogChanged, SourcesChanged)]
    before = [*toolkit.sources.list()]
    try:
        toolkit.sources.watch(True)
        print("Following changes; Ctrl-C ends it.", flush=True)
        while True:
            if not changed.wait(TELL_EVERY_S):
                continue
            time.sleep(TELL_EVERY_S)
            changed.clear()
            now = [*toolkit.sources.list()]
            for line in source_words.changes(before, now):
                print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
            before = now
    except KeyboardInterrupt:
        return
    finally:
        for end in ends:
            end()
        toolkit.sources.watch(False)


def _discover(toolkit: Toolkit, *, json: bool) -> int:
    places = wait(toolkit.sources.discover(), unit="sounds")
    if json:
        print_json({"places": [asdict(place) for place in places]})
    else:
        print(source_words.places(places))
    return 0


def _forget_missing(toolkit: Toolkit, *, json: bool) -> int:
    gone = toolkit.sources.forget_missing()
    if json:
        print_json({"forgotten": gone})
    else:
        print(f"{words.count(gone, 'missing sound')} forgotten." if gone else "No sound is missing.")
    return 0


def _source(toolkit: Toolkit, named: str) -> Source:
    """The source with this number, or the one that is this folder. Raises ``NotFound``."""
    path = os.path.normcase(os.path.abspath(os.path.expanduser(named)))
    for source in toolkit.sources.list():
        if str(source.id) == named or os.path.normcase(source.path) == path:
            return source
    raise NotFound(f"There is no such source: {named}. ctk sources lists them.")
