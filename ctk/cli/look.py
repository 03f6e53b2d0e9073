"""``ctk look``: the looks of the window, listed, checked, taken over, forked and shared. No catalog is opened."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ctk.cli.output import print_json
from ctk.looks.look import Entry, Fault
from ctk.looks.reference import page
from ctk.looks.shelf import Refused, Shelf


def look(home: Path, args: argparse.Namespace) -> int:
    """Do what ``args.action`` says."""
    return _ACTIONS[args.action](Shelf(home), args)


def _list(shelf: Shelf, args: argparse.Namespace) -> int:
    entries = shelf.list()
    if args.json:
        print_json({"looks": [_json(entry) for entry in entries]})
        return 0
    width = max(len(entry.id) for entry in entries)
    for entry in entries:
        note = "broken: ctk look check " + str(entry.folder) if entry.errors else entry.status
        print(f"{entry.id:<{width}}  {entry.name}  ({note})")
    return 0


def _check(shelf: Shelf, args: argparse.Namespace) -> int:
    verdict = shelf.check(args.file)
    _print(verdict.errors)
    _print(verdict.remarks, "remark: ")
    if not verdict.faults:
        print(f"{verdict.name} is right.")
    return 1 if verdict.errors else 0


def _install(shelf: Shelf, args: argparse.Namespace) -> int:
    try:
        entry = shelf.install(args.file)
    except Refused as exc:
        _print(exc.faults)
        raise
    print(f"{entry.name} is installed as {entry.id}.")
    return 0


def _fork(shelf: Shelf, args: argparse.Namespace) -> int:
    entry = shelf.fork(args.id, args.new_id, name=args.name)
    print(f"{entry.id} comes from {args.id}. Change it here: {entry.folder}")
    return 0


def _export(shelf: Shelf, args: argparse.Namespace) -> int:
    print(shelf.export(args.id, args.file))
    return 0


def _reference(shelf: Shelf, args: argparse.Namespace) -> int:
    print(page(), end="")
    return 0


def _json(entry: Entry) -> dict[str, Any]:
    errors = [{"file": fault.file, "line": fault.line, "text": fault.text} for fault in entry.errors]
    return {"id": entry.id, "name": entry.name, "parent": entry.parent, "status": entry.status, "errors": errors}


def _print(faults: Iterable[Fault], kind: str = "") -> None:
    for fault in faults:
        print(f"{fault.file}:{fault.line}: {kind}{fault.text}")


_ACTIONS: dict[str, Callable[[Shelf, argparse.Namespace], int]] = {
    "list": _list,
    "check": _check,
    "install": _install,
    "fork": _fork,
    "export": _export,
    "reference": _reference,
}
