"""What can be typed: the commands, their options, and search words that begin with a minus."""

import argparse
import os
from collections.abc import Sequence

from ctk import __version__
from ctk.contract import SEARCH_HELP, SORT_COLUMNS

_SEARCH_HELP = """\
Words match anywhere in a name or its folders, and all of them must. A minus before a word excludes it, quotes
hold words together, and fields narrow down:

"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of ``argv``; ``command`` is ``None`` for the window. Wrong usage exits with code 2."""
    position = _first_word(argv)
    if position is None or argv[position] in _PARSERS:
        return _whole_parser().parse_args(_shield_words(list(argv), position))
    parser = _window_parser()
    args = parser.parse_args(argv)
    for folder in args.folders:
        if not os.path.isdir(folder):
            parser.error(f"there is no command and no folder {folder!r}")
    return args


def _first_word(argv: Sequence[str]) -> int | None:
    """Where the command stands: the first argument that is no option, nor the value of ``--home``."""
    skip = False
    for position, argument in enumerate(argv):
        if skip:
            skip = False
        elif argument == "--home":
            skip = True
        elif not argument.startswith("-"):
            return position
    return None


def _shield_words(argv: list[str], position: int | None) -> list[str]:
    """For a search, put words such as ``-loop`` where argparse takes them for words, not options."""
    if position is None or argv[position] != "search" or "--" in argv:
        return argv
    options: list[str] = []
    words: list[str] = []
    rest = iter(argv[position + 1 :])
    for argument in rest:
        if argument in ("-h", "--help"):
            options.append(argument)
        elif argument in ("--limit", "--offset", "--sort", "--home"):
            options += [argument, *(value for value in (next(rest, None),) if value is not None)]
        elif argument.startswith("--"):
            options.append(argument)
        else:
            words.append(argument)
    return [*argv[: position + 1], *options, "--", *words]


def _whole_parser() -> argparse.ArgumentParser:
    parser = _base("Where are all my audio files? Without a command, the window opens.")
    parser.set_defaults(command=None, folders=[])
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (summary, build) in _PARSERS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        build(command)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    parser = _base("Open the window, and scan the folders named.")
    parser.set_defaults(command=None)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help=f"or a command: {', '.join(_PARSERS)}")
    return parser


def _base(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("ctk", description=description, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help="where the catalog lives (else CTK_HOME, else the usual place)")
    parser.add_argument("--version", action="version", version=f"Creator's Toolkit {__version__}")
    return parser


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def _workers(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("must be 1 to 64")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds")
    return value


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _scan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="remembered as a source; none: all sources")
    parser.add_argument("--full", action="store_true", help="open unchanged files as well")
    parser.add_argument("--workers", type=_workers, metavar="N", help="how many files to read side by side")
    _json(parser)


def _search(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{_SEARCH_HELP}{SEARCH_HELP}"
    parser.add_argument("words", nargs="*", metavar="WORDS", help="none: everything")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="how many to show (50)")
    parser.add_argument("--offset", type=_count, default=0, metavar="N", help="how many to leave out before")
    parser.add_argument("--sort", choices=SORT_COLUMNS, default="name", metavar="COLUMN", help=", ".join(SORT_COLUMNS))
    parser.add_argument("--desc", action="store_true", help="the other way round")
    _json(parser)


def _play(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="FILE|ID", help="a file, or the id that search shows")
    parser.add_argument("--seconds", type=_seconds, metavar="S", help="stop after so many seconds")


_PARSERS = {
    "scan": ("read folders into the catalog", _scan),
    "stats": ("count what is there", _json),
    "search": ("find sounds", _search),
    "play": ("play a sound", _play),
    "doctor": ("check that everything works", _json),
}
