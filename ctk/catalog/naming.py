"""How the user may call tags, collections and saved searches, and what a note may hold. Pure."""

import unicodedata
from typing import Final

from ctk.catalog.fields import ANY, NONE
from ctk.catalog.text import fold
from ctk.errors import UsageError

LONGEST: Final = 100
"""So many characters a name has at most."""

LONGEST_NOTE: Final = 10_000

_NO_TEXT: Final = ("Cc", "Cs")
"""Control characters, and what is left of bytes that are no text."""


def name(text: str, what: str = "tag") -> str:
    """``text`` as the name of a ``what``, tag or collection, that can be written in a search. Raises ``UsageError``."""
    found = title(text, what)
    if "," in found or '"' in found:
        raise UsageError(f"The name of a {what} cannot hold a comma or a double quote: it could not be searched for.")
    if folded(found) in (ANY, NONE):
        raise UsageError(f"A {what} cannot be called {found}: in a search that means those with any, or with none.")
    return found


def title(text: str, what: str) -> str:
    """``text`` as a name, blanks put in order. Raises ``UsageError``."""
    found = _readable_name(text, what)
    if not folded(found):
        raise UsageError(f"A {what} needs a name.")
    if len(found) > LONGEST:
        raise UsageError(f"The name of a {what} has at most {LONGEST} characters; this one has {len(found)}.")
    return found


def sought(text: str, what: str) -> str:
    """What to look the name of a ``what`` up by, that anybody may have typed. Raises ``UsageError``."""
    return folded(_readable_name(text, what))


def folded(text: str) -> str:
    """What all spellings of one name have in common."""
    return fold(" ".join(text.split()))


def note(text: str) -> str:
    """``text`` as a note. Raises ``UsageError``."""
    found = readable(text)
    if len(found) > LONGEST_NOTE:
        raise UsageError(f"A note has at most {LONGEST_NOTE:,} characters; this one has {len(found):,}.")
    return found


def readable(text: str) -> str:
    """A note of any length, without blanks around it and without what is no text."""
    lines = "\n".join(text.splitlines())
    return "".join(char for char in lines if char in "\n\t" or is_text(char)).strip()


def is_text(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or not any(unicodedata.category(char) in _NO_TEXT for char in text)


def _readable_name(text: str, what: str) -> str:
    found = " ".join(text.split())
    if not is_text(found):
        raise UsageError(f"The name of a {what} cannot hold characters that nobody can see or read.")
    return found
