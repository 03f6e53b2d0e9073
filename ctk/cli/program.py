"""What is asked of the program itself, without opening the catalog: try yourself out, quit, start with the computer."""

import argparse
from collections.abc import Callable
from typing import NoReturn, Protocol

from ctk import paths
from ctk.cli.remote import Outside
from ctk.startup import startup

WITH_VALUE = ("--startup", "--report")


class SelfTest(Protocol):
    """Tries everything out in a home of its own. Returns the exit code."""

    def __call__(self, *, json: bool, report: str | None) -> int: ...


def options(parser: argparse.ArgumentParser) -> None:
    """What can be asked for in place of a command."""
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--tray", action="store_true", help="start hidden in the tray")
    asked.add_argument(
        "--selftest",
        action="store_true",
        help="try everything out with sounds made for it; nothing of yours is touched",
    )
    asked.add_argument("--quit", action="store_true", help="have the program that runs with this catalog quit")
    asked.add_argument("--startup", choices=("on", "off"), help="start with the computer, hidden in the tray, or not")
    parser.add_argument("--json", dest="selftest_json", action="store_true", help="with --selftest: print JSON")
    parser.add_argument("--report", metavar="FILE", help="with --selftest: write JSON to a file as well")


def check(args: argparse.Namespace, error: Callable[[str], NoReturn]) -> None:
    """What goes with what; ``error`` ends the program."""
    if (args.selftest_json or args.report is not None) and not args.selftest:
        error("--json and --report before a command are for --selftest")
    if (args.selftest or args.quit or args.startup) and (args.command is not None or args.folders):
        error("--selftest, --quit and --startup stand without a command or folder")


def asked(args: argparse.Namespace, outside: Outside, selftest: SelfTest) -> int | None:
    """Do what was asked for, and the exit code; ``None`` where it is none of these. Raises ``CtkError``."""
    if args.selftest:
        return selftest(json=args.selftest_json, report=args.report)
    if args.quit:
        ended = outside.quit(args.home)
        print("Creator's Toolkit has quit." if ended else "Creator's Toolkit is not running with this catalog.")
        return 0
    if args.startup:
        startup(paths.home(args.home)).turn(args.startup == "on")
        print(f"Creator's Toolkit {'starts' if args.startup == 'on' else 'does not start'} with the computer.")
        return 0
    return None
