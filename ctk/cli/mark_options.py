"""The options of what is said of sounds: tags, stars, notes, collections, labels, searches, and taking them along."""

import argparse

from ctk.cli.pieces import as_json, targets, yes


def tag(parser: argparse.ArgumentParser) -> None:
    _said(parser, "TAG", nothing="list the tags")
    parser.add_argument("--remove", action="store_true", help="take the tag from them")


def rate(parser: argparse.ArgumentParser) -> None:
    _said(parser, "STARS")


def fav(parser: argparse.ArgumentParser) -> None:
    targets(parser)
    parser.add_argument("--off", action="store_true", help="no longer")
    as_json(parser)


def note(parser: argparse.ArgumentParser) -> None:
    _said(parser, "TEXT")


def collect(parser: argparse.ArgumentParser) -> None:
    _said(parser, "COLLECTION", nothing="list the collections")
    parser.add_argument("--remove", action="store_true", help="take them out of it")
    parser.add_argument("--delete", action="store_true", help="do away with the whole collection; its sounds stay")
    yes(parser)


def _said(parser: argparse.ArgumentParser, word: str, *, nothing: str | None = None) -> None:
    """Sounds, and after them what is said of them: argparse would not know where the first end."""
    parser.usage = f"ctk {parser.prog.rpartition(' ')[2]} [FILE|ID ...] {word} [options]"
    help = f"files, or the ids that search shows, and last the {word.lower()}" + (
        f"; none: {nothing}" if nothing else ""
    )
    parser.add_argument("words", nargs="*", metavar=f"FILE|ID ... {word}", help=help)
    parser.add_argument("--query", metavar="TEXT", help="and all that a search for TEXT finds")
    as_json(parser)


def label(parser: argparse.ArgumentParser) -> None:
    _said(parser, "CATEGORY")


def searches(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what is searched for")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--save", metavar="NAME", help="keep these words under a name")
    change.add_argument("--forget", metavar="NAME", help="forget the search of that name")
    as_json(parser)


def export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to write it; none: standard output")
    parser.add_argument("--format", choices=("json", "csv", "m3u8"), help="else what the name of the file ends in")
    parser.add_argument("--query", metavar="TEXT", help="only of sounds that a search for TEXT finds")
    as_json(parser)


def import_(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="what export wrote, or a playlist")
    as_json(parser)
