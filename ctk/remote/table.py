"""The methods of the door, read from the protocols of the contract, so that the two cannot drift apart."""

import inspect
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from ctk import contract
from ctk.jobs import Job
from ctk.remote import offers
from ctk.remote.rules import KEPT_AS_TEXT, LONGEST, NARROWED, RANGES, REFUSED
from ctk.remote.wire import Convert, Unfit, hints_of, loader, words

REQUIRED = inspect.Parameter.empty
OWN = {"core": offers.Core, "jobs": offers.Jobs, "settings": offers.Settings, "window": offers.Window}
"""What the door offers beside the contract."""


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: ``kind`` is its type over the door, ``why`` says why that is less than the contract's."""

    name: str
    kind: Any
    default: Any
    load: Convert
    why: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """``result`` is the type of what comes back, or, for a ``job``, of what comes of it. ``refused`` says why it is not
    to be had."""

    name: str
    room: str
    attribute: str
    params: tuple[Param, ...]
    result: Any
    job: bool
    doc: str
    refused: str

    def bind(self, given: Any) -> dict[str, Any]:
        """The arguments by name, of the right types. Raises ``Unfit`` with a whole sentence."""
        known = {param.name: param for param in self.params}
        if isinstance(given, list):
            if len(given) > len(known):
                raise Unfit(f"{self.name} takes {len(known)} parameters at most.")
            given = dict(zip(known, given, strict=False))
        bound = {}
        for name, value in given.items():
            if name not in known:
                raise Unfit(f"{self.name} has no parameter {name[:40]!r}; it has {', '.join(known) or 'none'}.")
            try:
                bound[name] = known[name].load(value)
            except Unfit as exc:
                raise Unfit(f"{name} must be {exc}. {known[name].why}".rstrip()) from None
        missing = [param.name for param in self.params if param.default is REQUIRED and param.name not in bound]
        if missing:
            raise Unfit(f"{self.name} needs {', '.join(missing)}.")
        return bound


@cache
def methods() -> Mapping[str, Method]:
    """Every method by its name."""
    rooms = {**capabilities(), **OWN}
    found = [_method(room, part, name) for room, part in rooms.items() for name in vars(part) if name[0] != "_"]
    return {method.name: method for method in found}


@cache
def capabilities() -> Mapping[str, type]:
    """The protocols of the contract by what the toolkit calls them."""
    parts = {
        name: get_type_hints(part.fget)["return"]
        for name, part in vars(contract.Toolkit).items()
        if isinstance(part, property)
    }
    return {name: part for name, part in parts.items() if part.__module__.startswith(contract.__name__)}


def _method(room: str, part: type, attribute: str) -> Method:
    function = getattr(part, attribute)
    name = f"{room}.{attribute}"
    hints = hints_of(function)
    given = list(inspect.signature(function).parameters.values())[1:]
    result = hints["return"]
    job = get_origin(result) is Job
    params = tuple(_param(name, one, hints[one.name]) for one in given)
    inner = get_args(result)[0] if job else result
    return Method(name, room, attribute, params, inner, job, inspect.getdoc(function) or "", REFUSED.get(name, ""))


def _param(method: str, given: inspect.Parameter, kind: Any) -> Param:
    narrowed, why = NARROWED.get((method, given.name), (None, ""))
    kind = narrowed or kind
    if Path in _leaves(kind) or (method, given.name) == ("window.show", "folders"):
        return Param(given.name, kind, given.default, _placed(loader(kind)), "Folders are named from the root on.")
    load = _unicode if given.name in KEPT_AS_TEXT else loader(kind)
    if given.name in RANGES:
        least, most = RANGES[given.name]
        return Param(given.name, kind, given.default, _bounded(load, least, most), f"From {least:,} to {most:,}.")
    if given.name in LONGEST:
        most = LONGEST[given.name]
        return Param(given.name, kind, given.default, _short(load, most), f"{most:,} letters at most.")
    return Param(given.name, kind, given.default, load, why)


def _short(load: Convert, most: int) -> Convert:
    def check(value: Any) -> Any:
        found = load(value)
        if found is not None and len(found) > most:
            raise Unfit("shorter")
        return found

    return check


def _bounded(load: Convert, least: int, most: int) -> Convert:
    def check(value: Any) -> Any:
        found = load(value)
        if found is not None and not least <= found <= most:
            raise Unfit("within bounds")
        return found

    return check


def _unicode(value: Any) -> str:
    text: str = loader(str)(value)
    if not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unfit("text in Unicode")
    return text


def _leaves(kind: Any) -> set[Any]:
    return {kind}.union(*(_leaves(arg) for arg in get_args(kind) if not isinstance(arg, str)))


def _placed(load: Convert) -> Convert:
    """The same for what names places on the disk."""

    def check(value: Any) -> Any:
        found = load(value)
        for path in found if isinstance(found, tuple) else (found,):
            if path is not None and not is_whole(os.fspath(path)):
                raise Unfit(f"an absolute path without {os.pardir}")
        return found

    return check


def is_whole(path: str) -> bool:
    """Whether a path leads from the root to its end without a detour."""
    steps = path.replace("\\", "/").split("/") if sys.platform == "win32" else path.split("/")
    return os.path.isabs(path) and os.pardir not in steps


def signature(method: Method) -> str:
    """The parameters of a method in JSON's words, one line."""
    shown = [f"{param.name}: {words(param.kind)}" for param in method.params]
    return f"{method.name}({', '.join(shown)})"
