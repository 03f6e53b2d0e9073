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

import functools
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


def toggled(text: str, field: str, written: str) -> str:
    """``text`` asking also for ``written`` in ``field``, as one more value of the condition that is there, or no longer
    asking for it. What else stands in the text stays as it is."""
    return Choosing(text, field).toggled(written)


class Choosing:
    """A search text and the values of ``field`` that it asks for; exclusions are left alone."""

    def __init__(self, text: str, field: str) -> None:
        self._text = text
        self._field = field
        self._terms = [term for term in _TERM.finditer(text) if _asks_for(term, field)]
        self.values = frozenset(
            value_of(field, piece.strip()) for term in self._terms for _, piece in _pieces(term) if piece.strip()
        )

    def holds(self, written: str) -> bool:
        """Whether ``written`` is asked for, however it is written."""
        return bool(self.values) and value_of(self._field, written) in self.values

    def toggled(self, written: str) -> str:
        """See ``toggled``."""
        if self.holds(written):
            return self._kept(value_of(self._field, written))
        if not self._terms:
            return f"{self._ready}{self._field}:{_quoted(written)}"
        last = self._terms[-1]
        values = _closed(last["values"])
        comma = "" if not values or values.endswith(",") else ","
        return f"{self._text[: last.start('values')]}{values}{comma}{_quoted(written)}{self._text[last.end() :]}"

    def without(self) -> str:
        """The text when nothing is asked of the field."""
        return self._kept(*self.values)

    @functools.cached_property
    def _ready(self) -> str:
        """The text, ready for another term."""
        text = self._text
        last = next(reversed(list(_TERM.finditer(text))), None)
        if last and not last["word"]:
            text = text[: last.start()] + _closed(last[0]) + text[last.end() :]
        return f"{text} " if text and not text[-1].isspace() else text

    def _kept(self, *gone: Value) -> str:
        text = self._text
        for term in reversed(self._terms):
            pieces = [raw for raw, piece in _pieces(term) if piece.strip() and self._value(piece) not in gone]
            if pieces:
                text = f"{text[: term.start('values')]}{','.join(pieces)}{text[term.end() :]}"
            else:
                text = _without_term(text, term.start(), term.end())
        return text

    def _value(self, piece: str) -> Value:
        return value_of(self._field, piece.strip())


@functools.lru_cache(1024)
def value_of(field: str, written: str) -> Value:
    """What ``written`` stands for in a field that knows no time. Raises ``ValueError``."""
    return _FIELDS[field].read(written, 0.0)


def _asks_for(term: re.Match[str], field: str) -> bool:
    return not term["minus"] and (term["field"] or "").lower() == field


def _pieces(term: re.Match[str]) -> list[tuple[str, str]]:
    """The values of a term: as they stand there, and without their quotes."""
    return [(found[0], found[1] or found[2] or "") for found in _VALUE.finditer(term["values"])]


def _quoted(written: str) -> str:
    plain = written.replace('"', "")
    return f'"{plain}"' if re.search(r"[\s,]", plain) else plain


def _closed(term: str) -> str:
    return term + '"' * (term.count('"') % 2)


def _without_term(text: str, start: int, end: int) -> str:
    """The spaces after it go with it; those before it where nothing comes after."""
    before, after = text[:start], text[end:]
    if not after.strip():
        return before.rstrip()
    return before + (after.lstrip() if not before or before[-1].isspace() else after)


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
