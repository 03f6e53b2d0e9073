"""What remains of a file name once the marks that copying leaves are taken off. Pure."""

import re
import unicodedata
from typing import Final

_MARK: Final = re.compile(
    r"""(?:
        \s*\(\d{1,3}\)                                  # kick (1)
      | (?:\s*-\s*|\s+|_)(?:copy|kopie|copie|copia)     # kick copy, kick - Kopie
        (?:\s*\d{1,3}|\s*\(\d{1,3}\))?                  # kick copy 2, kick - Copy (2)
      | _1                                              # kick_1
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_FRONT: Final = re.compile(r"^(?:copy of|kopie von|copie de|copia de)\s+", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")


def plain(name: str) -> str:
    """``name`` without its extension and without copy marks: ``Kick - Copy (2).wav`` -> ``Kick``."""
    stem = _without_extension(name)
    while (shorter := _MARK.sub("", _FRONT.sub("", stem)).strip()) and shorter != stem:
        stem = shorter
    return stem


def is_marked(name: str) -> bool:
    """Whether the name looks like one that copying made."""
    return plain(name) != _without_extension(name)


def stem(name: str) -> str:
    """What two names of one sound share, whatever their case, accents, Unicode form, spaces and copy marks."""
    return plain(_SPACES.sub(" ", _folded(_folded(name))))


def _folded(text: str) -> str:
    """Case, accents and compatibility forms away; some letters need it twice."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)).casefold()


def _without_extension(name: str) -> str:
    stem, dot, _ = name.strip().rpartition(".")
    return stem.strip() if dot and stem else name.strip()
