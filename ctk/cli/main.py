"""argv to a command: parsing, exit codes, and one sentence on stderr when something fails.

Exit codes: 0 done, 1 failed, 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Protocol

from ctk import logs, paths
from ctk.cli import commands, program, remote
from ctk.cli.parser import parse
from ctk.contract import Toolkit
from ctk.errors import CtkError, UsageError


class Window(Protocol):
    """Shows the window, or begins ``hidden`` in the tray."""

    def __call__(self, home: str | None, folders: Sequence[str], *, hidden: bool = False) -> int: ...


class Open(Protocol):
    """``ctk.open``."""

    def __call__(self, home: str | None = None) -> Toolkit: ...


def run(argv: list[str], *, open: Open, window: Window, outside: remote.Outside, selftest: program.SelfTest) -> int:
    """Run one command line. Returns the exit code; wrong usage leaves through ``SystemExit(2)``."""
    args = parse(argv)
    _prepare_streams()
    try:
        if (code := program.asked(args, outside, selftest)) is not None:
            return code
        return _run(args, open, window, outside)
    except CtkError as exc:
        _say(str(exc))
        return 2 if isinstance(exc, UsageError) else 1
    except KeyboardInterrupt:
        _say("Stopped.")
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: argparse.Namespace, open: Open, window: Window, outside: remote.Outside) -> int:
    """What needs the home."""
    if args.command == "look":
        from ctk.cli.look import look

        return look(paths.home(args.home), args)
    logs.start(paths.home(args.home))
    logs.catch_crashes(_say)
    if args.command is None:
        return window(args.home, args.folders, hidden=args.tray)
    if args.command in remote.COMMANDS:
        return remote.COMMANDS[args.command](outside, args)
    with closing(open(args.home)) as toolkit:
        return commands.COMMANDS[args.command](toolkit, args)


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        print(f"ctk: {sentence}", file=sys.stderr)


def _prepare_streams() -> None:
    """Names that are not UTF-8 leave as the bytes they are; a program without a console has no streams at all."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="surrogateescape" if os.name == "posix" else "replace")
