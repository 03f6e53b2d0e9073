"""Values of the contract to JSON and back, by their types: ``dumper`` and ``loader`` make the functions that do it.

Paths travel as text in which bytes that are not UTF-8 are surrogate escapes, so they come back intact. What is no
number (NaN, infinity) travels as null.
"""

import dataclasses
import math
import os
import types
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Convert = Callable[[Any], Any]
T = TypeVar("T")

LARGEST = 2**63 - 1
"""Whole numbers are those of the catalog: 64 bits."""


class Array(Generic[T]):
    """Stands for ``array[T]``, which Python 3.11 only takes in quotes."""


_LISTS = (Sequence, list, tuple, Array)
_MAPS = (Mapping, dict)
_NOTHING = type(None)
_WORDS = {
    int: "an integer",
    float: "a number",
    str: "a string",
    bool: "true or false",
    Path: "a path",
    _NOTHING: "null",
    Any: "anything",
}


class Unfit(ValueError):
    """A value is of another type than was promised: ``str(error)`` goes on after "must be"."""


def hints_of(thing: Any) -> dict[str, Any]:
    """The types of a function's parameters and result, or of a record's fields."""
    return get_type_hints(thing, localns={"array": Array})


def dumper(kind: Any) -> Convert:
    """The function that turns a value of the type ``kind`` into what JSON can hold."""
    return _dumper(kind) or _same


def loader(kind: Any) -> Convert:
    """The function that makes a value of the type ``kind`` of what came from JSON. It raises ``Unfit``."""
    return _loader(kind)


def words(kind: Any) -> str:
    """The type in JSON's words."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "one of " + ", ".join(f'"{arg}"' for arg in args)
    if origin in (Union, types.UnionType):
        return " or ".join(words(arg) for arg in args if arg is not str or Path not in args)
    if origin in _MAPS:
        return f"an object of {_bare(args[0])} to {_bare(args[1])}"
    if origin is tuple and Ellipsis not in args:
        return f"an array of {len(args)}: " + ", ".join(_bare(arg) for arg in args)
    if origin in _LISTS:
        return f"an array of {_bare(args[0])}"
    return _WORDS.get(kind) or f"`{kind.__name__}`"


def _bare(kind: Any) -> str:
    bare = words(kind).removeprefix("a ").removeprefix("an ")
    return f"({bare})" if " or " in bare else bare


def _same(value: Any) -> Any:
    return value


@cache
def _dumper(kind: Any) -> Convert | None:
    """``None`` where a value already is what JSON holds."""
    origin, args = get_origin(kind), get_args(kind)
    if kind in (float, Path):
        return _plain
    if origin in (Union, types.UnionType):
        return _dump_choice(args)
    if origin in _MAPS:
        inner = dumper(args[1])
        return lambda value: {str(key): inner(item) for key, item in value.items()}
    if origin in _LISTS:
        return _dump_list(args)
    return _dump_record(kind) if dataclasses.is_dataclass(kind) else None


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return os.fspath(value) if isinstance(value, Path) else value


def _dump_choice(args: tuple[Any, ...]) -> Convert | None:
    inner = [found for arg in args if arg is not _NOTHING and (found := _dumper(arg))]
    if not inner or set(inner) == {_plain}:
        return inner[0] if inner else None
    if len(args) > 2 or _NOTHING not in args:
        raise TypeError(f"there is no way to tell {args} apart")
    (dump,) = inner
    return lambda value: None if value is None else dump(value)


def _dump_list(args: tuple[Any, ...]) -> Convert:
    if len(args) > 1 and Ellipsis not in args:
        each = [dumper(arg) for arg in args]
        return lambda value: [dump(item) for dump, item in zip(each, value, strict=True)]
    inner = _dumper(args[0])
    if inner is None:
        return list
    return lambda value: [inner(item) for item in value]


def _dump_record(kind: Any) -> Convert:
    hints = hints_of(kind)
    names = tuple(field.name for field in dataclasses.fields(kind))
    if not names:
        return lambda _: {}
    odd = [(name, found) for name in names if (found := _dumper(hints[name]))]
    values = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)

    def dump(record: Any) -> dict[str, Any]:
        made = dict(zip(names, values(record), strict=True))
        for name, convert in odd:
            made[name] = convert(made[name])
        return made

    return dump


@cache
def _loader(kind: Any) -> Convert:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return lambda value: value if isinstance(value, str) and value in args else _unfit(kind)
    if origin in (Union, types.UnionType):
        return _load_choice(kind, args)
    if origin in _MAPS:
        return _load_map(kind, *args)
    if origin in _LISTS:
        return _load_list(kind, origin, args)
    if dataclasses.is_dataclass(kind):
        return _load_record(kind)
    return _SIMPLE[kind]


def _unfit(kind: Any) -> Any:
    raise Unfit(words(kind))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -LARGEST <= value <= LARGEST:
        raise Unfit(words(int))
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        raise Unfit(words(float))  # which an infinity is, and a NaN is not: JSON does not have that
    return float(value)


def _truth(value: Any) -> bool:
    return value if isinstance(value, bool) else _unfit(bool)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit(words(str))
    try:
        os.fsencode(value)
    except UnicodeError as exc:
        raise Unfit("text that a path could hold") from exc
    if "\0" in value:
        raise Unfit("text without a zero byte")
    return value


def _nothing(value: Any) -> None:
    if value is not None:
        raise Unfit(words(_NOTHING))


_SIMPLE: dict[Any, Convert] = {
    int: _whole,
    float: _number,
    bool: _truth,
    str: _text,
    Path: lambda value: Path(_text(value)),
    _NOTHING: _nothing,
    Any: _same,
}


def _load_choice(kind: Any, args: tuple[Any, ...]) -> Convert:
    choices = [_loader(arg) for arg in args]

    def load(value: Any) -> Any:
        for choice in choices:
            try:
                return choice(value)
            except Unfit:
                continue
        return _unfit(kind)

    return load


def _load_map(kind: Any, key: Any, item: Any) -> Convert:
    inner = _loader(item)

    def load(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Unfit(words(kind))
        try:
            keys = [int(name) if key is int else name for name in value]
        except ValueError as exc:
            raise Unfit(words(kind)) from exc
        return {_loader(key)(name): inner(found) for name, found in zip(keys, value.values(), strict=True)}

    return load


def _load_list(kind: Any, origin: Any, args: tuple[Any, ...]) -> Convert:
    fixed = [_loader(arg) for arg in args] if origin is tuple and Ellipsis not in args else []
    inner = _loader(args[0])
    make: Convert = list if origin is list else tuple
    if origin is Array:
        make = partial(array, "q" if args[0] is int else "d")

    def load(value: Any) -> Any:
        if not isinstance(value, list) or (fixed and len(value) != len(fixed)):
            raise Unfit(words(kind))
        try:
            return make([one(item) for one, item in zip(fixed, value, strict=True)] if fixed else map(inner, value))
        except Unfit as exc:
            raise Unfit(words(kind)) from exc

    return load


def _load_record(kind: Any) -> Convert:
    hints = hints_of(kind)
    fields = {field.name: _loader(hints[field.name]) for field in dataclasses.fields(kind)}
    for name in [name for name in fields if hints[name] is float]:
        fields[name] = lambda value: math.nan if value is None else _number(value)

    def load(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Unfit(words(kind))
        try:
            return kind(**{name: convert(value[name]) for name, convert in fields.items() if name in value})
        except TypeError as exc:
            raise Unfit(words(kind)) from exc

    return load
