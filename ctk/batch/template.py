"""New names from a template: ``{name}_{n:03}``, with fields of the sound and what its file says of itself. Pure.

``{artist|name}`` takes the first of several that is known. The ending of the file is always kept.
"""

import os
from collections.abc import Callable, Iterable
from string import Formatter

from ctk.batch import names
from ctk.errors import UsageError
from ctk.records import Sound

Value = str | int | float


class Unknown(Exception):
    """The sound lacks what the template asks for; says what."""


def _seconds(sound: Sound) -> Value | None:
    return None if sound.duration_s is None else f"{sound.duration_s:.2f}".rstrip("0").rstrip(".")


FIELDS: dict[str, Callable[[Sound], Value | None]] = {
    "name": lambda sound: os.path.splitext(sound.name)[0],
    "ext": lambda sound: os.path.splitext(sound.name)[1][1:],
    "folder": lambda sound: os.path.basename(os.path.dirname(sound.path)),
    "format": lambda sound: sound.format,
    "codec": lambda sound: sound.codec,
    "rate": lambda sound: sound.sample_rate_hz,
    "channels": lambda sound: sound.channels,
    "depth": lambda sound: sound.bit_depth,
    "len": _seconds,
    "id": lambda sound: sound.id,
}
"""What every sound may have, beside ``n``, its number in the selection."""

METADATA = ("title", "artist", "album", "genre", "bpm", "key", "comment")
"""What files often say of themselves; whatever else the chosen ones say is a field as well."""


class Template:
    """A template that can be read. Raises ``UsageError`` that lists the fields."""

    def __init__(self, text: str, metadata: Iterable[str] = ()) -> None:
        """``metadata`` names what the chosen files say of themselves."""
        self._known = {*FIELDS, "n", *METADATA, *metadata}
        try:
            parsed = list(Formatter().parse(text))
        except ValueError as exc:
            raise self._complaint(f"The template {text} cannot be read: a bracket is missing or too many") from exc
        self._parts = [(literal, field, spec or "") for literal, field, spec, _ in parsed]
        for literal, field, spec in self._parts:
            self._check(literal, field, spec)
        if not text.strip():
            raise self._complaint("The template is empty")

    def name(self, sound: Sound, number: int) -> str:
        """The whole new name of ``sound``, the ``number``-th of the selection. Raises ``Unknown``."""
        text = "".join(
            literal + ("" if field is None else _shown(self._value(field, sound, number), spec))
            for literal, field, spec in self._parts
        ).strip()
        ending = os.path.splitext(sound.name)[1]
        return text if text.lower().endswith(ending.lower()) and text.lower() != ending.lower() else text + ending

    def _value(self, field: str, sound: Sound, number: int) -> Value:
        for choice in field.split("|"):
            value = number if choice == "n" else _field(choice, sound)
            if value not in (None, ""):
                return value
        raise Unknown(field.replace("|", " or "))

    def _check(self, literal: str, field: str | None, spec: str) -> None:
        if (wrong := names.forbidden(literal)) is not None:
            raise self._complaint(f"A name cannot hold the character {wrong}")
        if field is None:
            return
        for choice in field.split("|"):
            if choice not in self._known:
                raise self._complaint(f"There is no field {{{choice}}}")
        if spec:
            numbers = {"n", "rate", "channels", "depth", "id"}.issuperset(field.split("|"))
            try:
                shown = format(1 if numbers else "", spec)
            except ValueError as exc:
                raise self._complaint(f"{{{field}:{spec}}} cannot be read; a number may have {{n:03}}") from exc
            if names.forbidden(shown) or len(shown) > names.LONGEST:
                raise self._complaint(f"{{{field}:{spec}}} gives no good name")

    def _complaint(self, words: str) -> UsageError:
        known = ", ".join([*FIELDS, "n", *sorted(self._known - FIELDS.keys() - {"n"})])
        return UsageError(f"{words}. The fields are: {known}.")


def _field(name: str, sound: Sound) -> Value | None:
    if name in FIELDS:
        value = FIELDS[name](sound)
        return names.cleaned(value) if isinstance(value, str) and name != "name" else value
    return names.cleaned(sound.metadata.get(name, ""))


def _shown(value: Value, spec: str) -> str:
    return format(value, spec)
