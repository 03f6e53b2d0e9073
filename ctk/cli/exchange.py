"""``ctk export`` and ``ctk import``: the user's own word as a file, and back."""

import argparse
import os
import sys
from dataclasses import asdict
from typing import Any

from ctk.cli import words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.errors import Cancelled, CtkError
from ctk.records import Imported


def export(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Write it into a file, or to standard output."""
    file = None if args.file is None else os.path.abspath(args.file)
    done = wait(toolkit.facts.export(file, format=args.format, query=args.query), unit="sounds")
    if args.json:
        print_json({"file": file, **asdict(done)})
    elif file is None:
        _put_out(done.text or "")
    else:
        print(f"{words.count(done.sounds, 'sound')} written to {words.line(file)}.")
    return 0


def import_(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Take over what files hold, one after the other; 1 when one of them cannot be read."""
    documents: list[dict[str, Any]] = []
    failed = False
    for file in map(os.path.abspath, args.files):
        try:
            done = wait(toolkit.facts.import_(file), unit="sounds")
        except Cancelled:
            raise
        except CtkError as exc:
            words.complain(str(exc))
            failed = True
            continue
        documents.append({"file": file, **asdict(done)})
        if not args.json:
            print(_told(file, done))
    if args.json:
        print_json({"imported": documents})
    return int(failed)


def _told(file: str, done: Imported) -> str:
    lines = [f"{words.line(file)}: what it says of {words.count(done.sounds, 'sound')} was taken over."]
    if done.waiting:
        lines.append(f"What it says of {words.count(done.waiting, 'other')} waits until a scan finds them.")
    lines += [f"  {words.line(problem)}" for problem in done.problems[: words.SHOWN_PROBLEMS]]
    if len(done.problems) > words.SHOWN_PROBLEMS:
        lines.append(f"  ... and more (--json lists {len(done.problems)})")
    return "\n".join(lines)


def _put_out(text: str) -> None:
    """As the bytes that a file would hold, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape" if os.name == "posix" else "surrogatepass"))
    sys.stdout.buffer.flush()
