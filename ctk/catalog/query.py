"""What a search text asks for. Pure: it knows nothing of how sounds are kept.

``kick 808``       both words, anywhere in the name or the folders, case and accents aside
``lo-fi``          punctuation in a word stands for any separator: lo_fi, "lo fi", Lo-Fi
``"drum loop"``    a phrase; a space at either end asks for the edge of a word: ``"kick "`` is not Kicks
``-loop``          without that word; also ``-"a phrase"`` and ``-ext:mp3``
``len:<2``         a field, see ``FIELDS``; ``ext:wav,flac`` is either; ``in:"My Pack"``

Anything else is words: ``12:30``, a lone ``-``, a colon at the end or before a slash. A quote at the end of a
word is ignored, inside it is punctuation, one that is never closed reaches to the end. A field without a value
asks for nothing yet, and a word of punctuation only matches everything.
"""

import re
import time
from dataclasses import dataclass

from ctk.catalog.fields import FIELDS, Value
from ctk.catalog.text import spaced
from ctk.errors import QueryError


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a sound's text; a space in it is a separator or the edge of the text."""

    text: str
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A field that must have any of ``values``."""

    field: str
    values: tuple[Value, ...]
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All ``words`` and ``conditions`` must hold; without any, everything matches."""

    words: tuple[Word, ...] = ()
    conditions: tuple[Condition, ...] = ()


_QUOTED = r'"[^"]*(?:"|$)'
_TERM = re.compile(
    rf'(?P<minus>-?)(?:(?P<phrase>{_QUOTED})|(?P<field>[^\W\d_]+):(?P<values>(?:{_QUOTED}|[^\s"])*)|(?P<word>\S+))'
)
_VALUE = re.compile(r'"([^"]*)(?:"|$)|([^,"]+)')
_FIELDS = {field.name: field for field in FIELDS}


def parse(text: str, *, now: float | None = None) -> Query:
    """Read a search text; ages count back from the minute of ``now`` (Unix time). Raises ``QueryError``."""
    moment = (time.time() if now is None else now) // 60 * 60
    words: list[Word] = []
    conditions: list[Condition] = []
    for term in _TERM.finditer(text):
        exclude = bool(term["minus"])
        if term["field"] and _is_field(term["field"], term["values"]):
            values = _values(term["field"], term["values"], moment)
            if values:
                conditions.append(Condition(term["field"].lower(), values, exclude))
            continue
        quoted = term["phrase"]
        piece = spaced(quoted[1:].removesuffix('"') if quoted else term[0][exclude:].strip('"'))
        if piece.strip():
            words.append(Word(piece, exclude))
    return Query(tuple(words), tuple(conditions))


def _is_field(name: str, values: str) -> bool:
    return name.lower() in _FIELDS or (bool(values) and values[0] not in ":/\\")


def _values(name: str, text: str, now: float) -> tuple[Value, ...]:
    field = _FIELDS.get(name.lower())
    if not field:
        names = [f"{field.name}:" for field in FIELDS]
        raise QueryError(
            f"There is no field {name}: to search by, only {', '.join(names[:-1])} and {names[-1]};"
            f' to find these words write "{name}:{text.strip(chr(34))}" in quotes.'
        )
    written = [quoted or plain for quoted, plain in _VALUE.findall(text)]
    try:
        return tuple(field.read(part.strip(), now) for part in written if part.strip())
    except (ValueError, OverflowError) as exc:
        raise QueryError(
            f"{name}:{text} cannot be read: {field.name}: takes {field.meaning}, such as {field.forms}."
        ) from exc
