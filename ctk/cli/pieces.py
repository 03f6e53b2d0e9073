"""What the options of several commands share: numbers within bounds, targets, ``--json`` and ``--yes``."""

import argparse
from collections.abc import Callable


def count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def between(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be {least:,} to {most:,}")
        return value

    return number


def seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds")
    return value


def as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="FILE|ID", help="a file, or the id that search shows")


def targets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="*", metavar="FILE|ID", help="files, or the ids that search shows")
    parser.add_argument("--query", metavar="TEXT", help="and all that a search for TEXT finds")


def yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask")
