"""What can be typed after ``ctk look``."""

import argparse


def build(parser: argparse.ArgumentParser) -> None:
    """``action`` says what to do; what it is done with hangs on it."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, summary: str, *arguments: tuple[str, str]) -> argparse.ArgumentParser:
        told = f"{summary[0].upper()}{summary[1:]}."
        sub = actions.add_parser(name, help=summary, description=told, allow_abbrev=False)
        for argument, words in arguments:
            sub.add_argument(argument.lower().replace("-", "_"), metavar=argument, help=words)
        return sub

    id = ("ID", "as list shows it")
    listed = action("list", "list the looks of the window")
    listed.add_argument("--json", action="store_true", help="print one JSON document")
    action("check", "list every mistake of a look", ("FILE", "its folder, look.toml or package"))
    action("install", "take over a look", ("FILE", "a package, or a folder with a look.toml"))
    fork = action("fork", "make a look of your own out of another", id, ("NEW-ID", "small letters, digits, hyphens"))
    fork.add_argument("--name", metavar="NAME", help="what it is called")
    action("export", "write a look as a package to share", id, ("FILE", "where to, such as my-look.ctklook"))
    action("reference", "print all that a look can say")
