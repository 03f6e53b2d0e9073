"""``ctk tag``, ``rate``, ``fav``, ``note``, ``label``, ``collect`` and ``searches``: the user's own word on sounds."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from ctk.cli.output import print_json
from ctk.cli.plans import agree
from ctk.cli.progress import wait
from ctk.cli.targets import chosen
from ctk.cli.words import count, line
from ctk.contract import Toolkit
from ctk.errors import UsageError
from ctk.records import CATEGORIES, Label, SavedSearch

_NEITHER = "Say which sounds, by file, id or --query TEXT, and last {}."


def tag(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Tag sounds, or list the tags."""
    if not args.words and args.query is None:
        return _list(toolkit.facts.tags(), "tags", args)
    ids, name = _split(toolkit, args, "the tag")
    change = toolkit.facts.untag if args.remove else toolkit.facts.tag
    return _changed(
        change(ids, name), f"no longer tagged {line(name)}" if args.remove else f"tagged {line(name)}", args
    )


def rate(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Give sounds stars, or take them away."""
    ids, stars = _split(toolkit, args, "the stars, 0 to 5")
    if not (stars.isascii() and stars.isdigit()):
        raise UsageError(f"Stars are 1 to 5, or 0 for none, not {line(stars)}.")
    changed = toolkit.facts.rate(ids, int(stars))
    return _changed(changed, f"given {count(int(stars), 'star')}" if int(stars) else "without stars now", args)


def fav(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Make sounds favourites, or no longer."""
    changed = toolkit.facts.favourite(chosen(toolkit, args.targets, args.query), on=not args.off)
    return _changed(changed, "no longer among the favourites" if args.off else "now among the favourites", args)


def note(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Write a note on sounds, or take it away."""
    ids, text = _split(toolkit, args, "the note, empty for none")
    return _changed(toolkit.facts.note(ids, text), "noted" if text.strip() else "without a note now", args)


def label(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Say what sounds are, or take that back."""
    ids, word = _split(toolkit, args, f"what they are: {', '.join(CATEGORIES)}, or none")
    known = next((category for category in CATEGORIES if category == word.lower()), None)
    if known is None and word.lower() != "none":
        raise UsageError(f"A sound can be {', '.join(CATEGORIES)}, or none to take that back; {line(word)} is not.")
    changed = toolkit.classify.label(ids, known)
    if changed:
        wait(toolkit.classify.run(engine="names"))  # what was said teaches before the program ends
    return _changed(changed, f"labelled {known}" if known else "without a label now", args)


def collect(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Put sounds into a collection, take them out, do away with all of it, or list the collections."""
    if args.delete:
        return _delete(toolkit, args)
    if not args.words and args.query is None:
        return _list(toolkit.facts.collections(), "collections", args)
    ids, name = _split(toolkit, args, "the collection")
    change = toolkit.facts.uncollect if args.remove else toolkit.facts.collect
    return _changed(change(ids, name), f"{'taken out of' if args.remove else 'put into'} {line(name)}", args)


def searches(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Keep a search, forget one, and list those there are."""
    if args.save is not None:
        toolkit.facts.save_search(args.save, " ".join(args.words))
    elif args.words:
        raise UsageError("To keep these words as a search, give it a name: --save NAME.")
    if args.forget is not None:
        toolkit.facts.forget_search(args.forget)
    kept = toolkit.facts.searches()
    if args.json:
        print_json({"searches": [asdict(search) for search in kept]})
    else:
        print("\n".join(map(_search, kept)) or "No saved searches yet: ctk searches --save NAME WORDS keeps one.")
    return 0


def _split(toolkit: Toolkit, args: argparse.Namespace, what: str) -> tuple[Sequence[int], str]:
    """The ids of the sounds, and the last word. Raises ``UsageError`` where either is not there."""
    if len(args.words) < (2 if args.query is None else 1):
        raise UsageError(_NEITHER.format(what))
    *targets, word = args.words
    return chosen(toolkit, targets, args.query), word


def _delete(toolkit: Toolkit, args: argparse.Namespace) -> int:
    if len(args.words) != 1 or args.query is not None or args.remove:
        raise UsageError("--delete does away with one whole collection: name it, and nothing else.")
    (name,) = args.words
    if not args.yes:
        agree(f"The collection {line(name)} goes; its sounds stay.", "Do this? It cannot be undone.")
    return _changed(toolkit.facts.uncollect(None, name), f"in {line(name)}, which is gone now", args)


def _changed(ids: Iterable[int], what: str, args: argparse.Namespace) -> int:
    changed = list(ids)
    if args.json:
        print_json({"changed": changed})
    else:
        print(f"{count(len(changed), 'sound')} {what}.")
    return 0


def _list(labels: Sequence[Label], name: str, args: argparse.Namespace) -> int:
    if args.json:
        print_json({name: [asdict(label) for label in labels]})
    else:
        print("\n".join(f"{label.count:>9,}  {line(label.name)}" for label in labels) or f"No {name} yet.")
    return 0


def _search(search: SavedSearch) -> str:
    return f"{line(search.name)}: {line(search.query)}"
