"""``ctk dupes`` and ``ctk clean``: what is there more than once, and putting the spare copies aside."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ctk.cli import plan_words, words
from ctk.cli.output import print_json
from ctk.cli.plans import carry_out
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.errors import UsageError
from ctk.records import Copy, Group, Groups


def dupes(toolkit: Toolkit, args: argparse.Namespace) -> int:
    found = wait(toolkit.duplicates.find(near=args.near), unit="")
    overlaps = toolkit.duplicates.folders() if args.folders else None
    if args.json:
        document = _groups_json(found)
        print_json(document if overlaps is None else document | {"folders": [asdict(one) for one in overlaps]})
    else:
        print(plan_words.groups(found, overlaps or ()))
    _complain(found)
    return 0


def clean(toolkit: Toolkit, args: argparse.Namespace) -> int:
    rules = [*_rules_in(args.rules), *(args.keep or ())]
    _complain(wait(toolkit.duplicates.find(), unit=""))
    plan = toolkit.duplicates.plan(args.groups or None, rules=rules or None)
    return carry_out(toolkit, plan, args)


def _rules_in(file: str | None) -> list[str]:
    """The rules in a file, one a line; lines that begin with # are remarks."""
    if file is None:
        return []
    try:
        lines = Path(file).read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError as exc:
        raise UsageError(f"The rules in {file} could not be read: {exc.strerror or exc}.") from exc
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _complain(found: Groups) -> None:
    for problem in found.problems[: words.SHOWN_PROBLEMS]:
        words.complain(f"{words.line(problem.path)}: {problem.reason}")
    if len(found.problems) > words.SHOWN_PROBLEMS:
        words.complain(f"... and {len(found.problems) - words.SHOWN_PROBLEMS:,} more files were left out.")


_GROUP_FIELDS = ("id", "kind", "proof", "size_bytes", "files", "wasted_bytes")


def _groups_json(found: Groups) -> dict[str, Any]:
    return {"groups": [_group_json(group) for group in found.groups], "wasted_bytes": found.wasted_bytes}


def _group_json(group: Group) -> dict[str, Any]:
    document = {name: getattr(group, name) for name in _GROUP_FIELDS}
    return document | {"files": [_copy_json(copy) for copy in group.files]}


def _copy_json(copy: Copy) -> dict[str, Any]:
    return asdict(copy)
