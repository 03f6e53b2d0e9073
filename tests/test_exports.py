"""The public names: a list that changes only on purpose, and a toolkit that keeps what the contract promises."""

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ctk
from ctk import contract, errors, records

CAPABILITIES = {
    "catalog": ("search", "ids", "get", "recent", "facets", "stats"),
    "facts": (
        "of",
        "tag",
        "untag",
        "tags",
        "rate",
        "favourite",
        "note",
        "collect",
        "uncollect",
        "collections",
        "save_search",
        "forget_search",
        "searches",
        "export",
        "import_",
    ),
    "sources": (
        "list",
        "add",
        "remove",
        "protect",
        "locate",
        "scan",
        "discover",
        "watch",
        "forget_missing",
        "problems",
    ),
    "duplicates": ("find", "summary", "folders", "dismiss", "restore", "rules", "set_rules", "plan"),
    "batch": (
        "plan_move",
        "plan_rename",
        "plan_remove",
        "apply",
        "undo",
        "history",
        "held",
        "empty",
        "protect",
        "protected",
        "recovered",
    ),
    "audio": (
        "play",
        "prepare",
        "pause",
        "resume",
        "stop",
        "seek",
        "set_volume",
        "set_loop",
        "now",
        "devices",
        "set_device",
    ),
    "waveforms": ("peaks", "kept", "build", "health"),
    "classify": ("status", "run", "fetch_weights", "label", "similar", "map"),
    "doctor": ("report", "library"),
}
TOOLKIT = (
    *CAPABILITIES,
    "events",
    "jobs",
    "settings",
    "home",
    "close",
)
TWO_SUBJECTS = (
    "plan_move",
    "plan_rename",
    "peaks",
    "kept",
    "tag",
    "untag",
    "rate",
    "note",
    "label",
    "collect",
    "uncollect",
    "save_search",
)
"""What these do has a from and a to, as everywhere that files are moved, or something that is said of something."""

UNSORTED = {"heard_bpm", "favourite", "tags", "confidence", "engine"}
"""What rows show and lists are not sorted by."""
OF_A_SEARCH = {"likeness"}
"""What lists are sorted by and no row has by itself."""

METHODS = [(room, name) for room, names in CAPABILITIES.items() for name in names]


def test_the_package_offers_two_names() -> None:
    assert sorted(ctk.__all__) == ["__version__", "open"]
    assert all(hasattr(ctk, name) for name in ctk.__all__)


def test_the_contract_offers_exactly_its_table() -> None:
    assert {room: offered(protocol(room)) for room in CAPABILITIES} == CAPABILITIES
    assert offered(contract.Toolkit) == TOOLKIT
    assert all(len(names) <= 15 for names in CAPABILITIES.values())


@pytest.mark.parametrize(("room", "name"), METHODS)
def test_a_method_is_documented_annotated_and_takes_one_subject(room: str, name: str) -> None:
    method = getattr(protocol(room), name)
    assert inspect.getdoc(method)
    signature = inspect.signature(method)
    assert signature.return_annotation is not inspect.Signature.empty
    _, *arguments = signature.parameters.values()
    assert all(argument.annotation is not inspect.Parameter.empty for argument in arguments)
    subjects = 2 if name in TWO_SUBJECTS else 1
    assert all(argument.kind is argument.KEYWORD_ONLY for argument in arguments[subjects:])


@pytest.mark.parametrize(("room", "name"), METHODS)
def test_a_method_names_the_errors_it_raises(room: str, name: str) -> None:
    words = inspect.getdoc(getattr(protocol(room), name)) or ""
    named = re.findall(r"``([A-Z][a-z]\w+)``", words.partition("Raises")[2])
    assert bool(named) == ("Raises" in words)
    assert all(issubclass(getattr(errors, word), errors.CtkError) for word in named)


@pytest.mark.parametrize(("room", "name"), METHODS)
def test_the_toolkit_keeps_the_signatures_of_the_contract(room: str, name: str, toolkit: contract.Toolkit) -> None:
    promised = getattr(protocol(room), name)
    kept = getattr(type(getattr(toolkit, room)), name)
    assert shape(kept) == shape(promised)


def test_the_toolkit_has_every_part(toolkit: contract.Toolkit) -> None:
    assert all(hasattr(toolkit, part) for part in TOOLKIT)


def test_records_are_frozen_slotted_and_documented() -> None:
    for kind in (getattr(records, name) for name in records.NAMES):
        if dataclasses.is_dataclass(kind):
            assert isinstance(kind, type) and vars(kind)["__dataclass_params__"].frozen, kind
            assert "__slots__" in vars(kind), kind
            assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("), kind


def test_every_error_is_in_the_tree_drawn_at_the_top() -> None:
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
    assert all(issubclass(kind, errors.CtkError) and kind.__doc__ for kind in kinds)
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_rows_sort_by_their_own_fields() -> None:
    fields = set(records.Row.__dataclass_fields__) | set(records.Sound.__dataclass_fields__)
    assert set(records.Row.__dataclass_fields__) - UNSORTED <= set(contract.SORT_COLUMNS) <= fields | OF_A_SEARCH


@pytest.fixture
def toolkit(home: Path) -> Iterator[contract.Toolkit]:
    with ctk.open(home) as opened:
        yield opened


def protocol(room: str) -> type:
    """The part of the contract that the toolkit offers as ``room``."""
    part: type = getattr(contract, room.capitalize())
    return part


def offered(part: type) -> tuple[str, ...]:
    return tuple(name for name in vars(part) if not name.startswith("_"))


def shape(method: Callable[..., Any]) -> list[tuple[str, Any, Any]]:
    """The parameters of a method: names, kinds and defaults; mypy compares the types."""
    return [(given.name, given.kind, given.default) for given in inspect.signature(method).parameters.values()]
