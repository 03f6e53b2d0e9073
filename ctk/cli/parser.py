"""What can be typed: the commands, their options, and search words that begin with a minus."""

import argparse
import os
from collections.abc import Sequence

from ctk import __version__
from ctk.cli import look_parser, mark_options, pieces, program
from ctk.contract import SEARCH_HELP, SORT_COLUMNS
from ctk.records import CATEGORIES, LISTENERS

_SEARCH_HELP = """\
Words match anywhere in a name or its folders, and all of them must. A minus before a word excludes it, quotes
hold words together, and fields narrow down:

"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of ``argv``; ``command`` is ``None`` for the window. Wrong usage exits with code 2."""
    position = _first_word(argv)
    if position is None or argv[position] in _PARSERS:
        parser = _whole_parser()
        args = parser.parse_args(_shield_words(list(argv), position))
        program.check(args, parser.error)
        return args
    parser = _window_parser()
    args = parser.parse_args(argv)
    program.check(args, parser.error)
    for folder in args.folders:
        if not os.path.isdir(folder):
            parser.error(f"there is no command and no folder {folder!r}")
    return args


def _first_word(argv: Sequence[str]) -> int | None:
    """Where the command stands: the first argument that is no option, nor the value of one."""
    skip = False
    for position, argument in enumerate(argv):
        if skip:
            skip = False
        elif argument in ("--home", *program.WITH_VALUE):
            skip = True
        elif not argument.startswith("-"):
            return position
    return None


def _shield_words(argv: list[str], position: int | None) -> list[str]:
    """Put options first, and words such as ``-loop`` where argparse takes them for words, not options."""
    if position is None or argv[position] not in _WORDY or "--" in argv:
        return argv
    options: list[str] = []
    words: list[str] = []
    rest = iter(argv[position + 1 :])
    for argument in rest:
        if argument in ("-h", "--help"):
            options.append(argument)
        elif argument in _WITH_VALUE:
            value = next(rest, None)
            options.append(argument if value is None else f"{argument}={value}")
        elif argument.startswith("--"):
            options.append(argument)
        else:
            words.append(argument)
    return [*argv[: position + 1], *options, "--", *words]


_WORDY = ("search", "clean", "move", "rename", "remove", "tag", "rate", "fav", "note", "collect", "label", "searches")
MOST_POINTS = 100_000
_WITH_VALUE = ("--limit", "--offset", "--sort", "--home", "--query", "--keep", "--rules", "--save", "--forget")


def _whole_parser() -> argparse.ArgumentParser:
    parser = _base("Where are all my audio files? Without a command, the window opens.")
    parser.set_defaults(command=None, folders=[])
    program.options(parser)
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
    program.options(parser)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help=f"or a command: {', '.join(_PARSERS)}")
    return parser


def _base(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("ctk", description=description, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help="where the catalog lives (else CTK_HOME, else the usual place)")
    parser.add_argument("--version", action="version", version=f"Creator's Toolkit {__version__}")
    return parser


def _scan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="remembered as a source; none: all sources")
    parser.add_argument("--full", action="store_true", help="open unchanged files as well")
    parser.add_argument(
        "--workers", type=pieces.between(1, 64), metavar="N", help="how many files to read side by side"
    )
    parser.add_argument(
        "--accept-missing", action="store_true", help="believe it when very many files are gone at once"
    )
    parser.add_argument("--watch", action="store_true", help="then follow changes as they happen, until Ctrl-C")
    pieces.as_json(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    """``action`` says what to do (``list`` when nothing is said); its options hang on it."""
    pieces.as_json(parser)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(action="list")

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        sub = actions.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False
        )
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        return sub

    action("list", "list the folders, their drives, and whether they are here")
    added = action("add", "remember folders without reading them yet")
    added.add_argument("paths", nargs="+", metavar="PATH")
    _source(action("remove", "forget a folder and its sounds; no file is touched"))
    located = action("locate", "say where a folder is now")
    _source(located)
    located.add_argument("path", metavar="NEWPATH", help="where it is now")
    protected = action("protect", "let nothing in a folder be moved, renamed or removed")
    _source(protected)
    protected.add_argument("--off", action="store_true", help="no longer")
    action("discover", "look where audio usually is on this computer")
    action("forget-missing", "drop the sounds whose files are gone from the catalog")


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="ID|PATH", help="a folder, or the id that list shows")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{_SEARCH_HELP}{SEARCH_HELP}"
    parser.add_argument("words", nargs="*", metavar="WORDS", help="none: everything")
    parser.add_argument("--limit", type=pieces.count, default=50, metavar="N", help="how many to show (50)")
    parser.add_argument("--offset", type=pieces.count, default=0, metavar="N", help="how many to leave out before")
    parser.add_argument("--sort", choices=SORT_COLUMNS, default="name", metavar="COLUMN", help=", ".join(SORT_COLUMNS))
    parser.add_argument("--desc", action="store_true", help="the other way round")
    pieces.as_json(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    pieces.target(parser)
    pieces.as_json(parser)


def _play(parser: argparse.ArgumentParser) -> None:
    pieces.target(parser)
    parser.add_argument("--start", type=pieces.seconds, default=0.0, metavar="S", help="begin so many seconds into it")
    parser.add_argument("--loop", action="store_true", help="again and again, until Ctrl-C")
    parser.add_argument("--seconds", type=pieces.seconds, metavar="S", help="stop after so many seconds")
    parser.add_argument("--device", metavar="NAME", help="play on this device; a part of its name will do")


def _peaks(parser: argparse.ArgumentParser) -> None:
    pieces.target(parser)
    parser.add_argument(
        "--points",
        type=pieces.between(1, MOST_POINTS),
        metavar="N",
        help="in how many steps (the terminal's width, or 1024)",
    )
    parser.add_argument("--start", type=pieces.seconds, default=0.0, metavar="S", help="from so many seconds on")
    parser.add_argument("--end", type=pieces.seconds, metavar="S", help="to so many seconds")
    pieces.as_json(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", action="store_true", help="listen to every sound and list those that are unwell")
    pieces.as_json(parser)


def _dupes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--near", action="store_true", help="also other versions of a sound, which are never removed")
    parser.add_argument("--folders", action="store_true", help="also folders that lie wholly or mostly inside others")
    pieces.as_json(parser)


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("groups", nargs="*", type=int, metavar="GROUP", help="numbers that dupes shows; none: all")
    parser.add_argument("--keep", action="append", metavar="RULE", help="which copy stays, such as oldest; repeatable")
    parser.add_argument("--rules", metavar="FILE", help="a file with such rules, one a line")
    _change(parser)


def _move(parser: argparse.ArgumentParser) -> None:
    pieces.targets(parser)
    parser.add_argument("folder", metavar="FOLDER", help="where to; it is made when it is not there")
    _change(parser)


def _rename(parser: argparse.ArgumentParser) -> None:
    pieces.targets(parser)
    parser.add_argument("template", metavar="TEMPLATE", help="the new names, such as {name}_{n:03}")
    _change(parser)


def _remove(parser: argparse.ArgumentParser) -> None:
    pieces.targets(parser)
    _change(parser)


def _change(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
    pieces.yes(parser)
    pieces.as_json(parser)


def _classify(parser: argparse.ArgumentParser) -> None:
    pieces.targets(parser)
    parser.add_argument("--engine", choices=("auto", *LISTENERS), default="auto", help="with what (the best there is)")
    parser.add_argument("--device", default="auto", metavar="D", help="where CNN14 runs: auto, cpu, cuda or cuda:N")
    parser.add_argument("--limit", type=pieces.count, metavar="N", help="at most so many sounds")
    parser.add_argument("--fetch", action="store_true", help="first download what CNN14 learned (327 MB, CC BY 4.0)")
    parser.add_argument("--weights", metavar="FILE", help="take what CNN14 learned from this file instead")
    parser.add_argument("--status", action="store_true", help="only tell which engines there are, and what was heard")
    pieces.as_json(parser)


def _similar(parser: argparse.ArgumentParser) -> None:
    pieces.target(parser)
    parser.add_argument("--limit", type=pieces.count, default=20, metavar="N", help="how many (20)")
    parser.add_argument("--query", metavar="TEXT", help="only of sounds that a search for TEXT finds")
    pieces.as_json(parser)


def _undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("receipt", nargs="?", type=int, metavar="RECEIPT", help="its number; none: the newest")
    parser.add_argument("--list", action="store_true", help="show what was done")
    pieces.as_json(parser)


def _trash(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="send removed files to the system's trash")
    parser.add_argument("--permanently", action="store_true", help="delete them instead")
    pieces.yes(parser)
    pieces.as_json(parser)


def _rpc(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("method", nargs="?", metavar="METHOD", help="such as catalog.search; none: list them")
    parser.add_argument("params", nargs="?", metavar="JSON", help="its parameters by name, or in their order")
    parser.add_argument("--reference", action="store_true", help="print the reference of the whole contract")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=pieces.between(0, 65_535), default=0, metavar="P", help="listen here (any free port)"
    )


def _web(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="only print the address")


_PARSERS = {
    "scan": ("read folders into the catalog", _scan),
    "sources": ("list, add and look after folders", _sources),
    "stats": ("count what is there", pieces.as_json),
    "search": ("find sounds", _search),
    "show": ("tell everything known of a sound", _show),
    "play": ("play a sound", _play),
    "peaks": ("show the outline of a sound", _peaks),
    "devices": ("list what can be played on", pieces.as_json),
    "tag": ("tag sounds, or list the tags", mark_options.tag),
    "rate": ("give sounds one to five stars, or 0 for none", mark_options.rate),
    "fav": ("make sounds favourites", mark_options.fav),
    "note": ("write a note on sounds", mark_options.note),
    "collect": ("put sounds into a collection, or list the collections", mark_options.collect),
    "searches": ("list, keep and forget saved searches", mark_options.searches),
    "classify": ("hear what sounds are", _classify),
    "similar": ("find the sounds most like one", _similar),
    "label": (f"say what sounds are: {', '.join(CATEGORIES)}, or none", mark_options.label),
    "export": ("write tags, stars, notes and collections to a file", mark_options.export),
    "import": ("take over what export wrote, or a playlist", mark_options.import_),
    "doctor": ("check that everything works", _doctor),
    "dupes": ("show what is there more than once", _dupes),
    "clean": ("put the spare copies of duplicates aside", _clean),
    "move": ("move sounds into a folder", _move),
    "rename": ("rename sounds by a template", _rename),
    "remove": ("put sounds aside, so that undo can bring them back", _remove),
    "undo": ("take back what was done", _undo),
    "trash": ("show or empty what was put aside", _trash),
    "look": ("list, check, install, fork and share looks of the window", look_parser.build),
    "serve": ("run without a window, for other programs", _serve),
    "web": ("open the library in the browser", _web),
    "rpc": ("ask the program that runs", _rpc),
}
