"""The methods are those of the contract, and parameters are bound as it says."""

import inspect
import json
import sys
from typing import Any

import pytest

from ctk import contract
from ctk.remote.rules import NARROWED, REFUSED
from ctk.remote.table import REQUIRED, capabilities, is_whole, methods, signature
from ctk.remote.wire import Unfit, dumper, words


def test_every_method_of_the_contract_is_there() -> None:
    wanted = {
        f"{room}.{name}"
        for room in ("catalog", "facts", "sources", "duplicates", "batch", "audio", "waveforms", "classify", "doctor")
        for name in vars(getattr(contract, room.capitalize()))
        if not name.startswith("_")
    }
    assert wanted <= methods().keys()
    assert {name.split(".")[0] for name in methods().keys() - wanted} == {"core", "jobs", "settings", "window"}


def test_every_type_can_travel() -> None:
    for method in methods().values():
        assert callable(dumper(method.result)) and words(method.result)
        assert all(callable(param.load) and words(param.kind) for param in method.params)


def test_parameters_are_those_of_the_protocols() -> None:
    for room, part in capabilities().items():
        for name in [name for name in vars(part) if not name.startswith("_")]:
            given = list(inspect.signature(getattr(part, name)).parameters.values())[1:]
            assert [(param.name, param.default) for param in methods()[f"{room}.{name}"].params] == [
                (one.name, REQUIRED if one.default is one.empty else one.default) for one in given
            ]


def test_defaults_can_be_shown_as_json() -> None:
    assert all(json.dumps(p.default) for m in methods().values() for p in m.params if p.default is not REQUIRED)


def test_every_rule_is_about_something_that_is_there() -> None:
    assert methods().keys() >= REFUSED.keys()
    known = {(name, param.name) for name, method in methods().items() for param in method.params}
    assert known >= NARROWED.keys()
    assert all(method.refused == REFUSED.get(name, "") for name, method in methods().items())


@pytest.mark.parametrize(
    ("method", "given", "bound"),
    [
        ("catalog.search", {}, {}),
        ("catalog.search", ["kick", 5], {"query": "kick", "offset": 5}),
        ("catalog.search", {"query": "kick", "only_ids": [1, 2]}, {"query": "kick", "only_ids": (1, 2)}),
        ("duplicates.plan", {"keep": {"1": 2}}, {"keep": {1: 2}}),
        ("audio.play", {"target": 1, "region": [0, 1.5]}, {"target": 1, "region": (0.0, 1.5)}),
        ("facts.export", {"file": None, "format": "csv"}, {"file": None, "format": "csv"}),
    ],
)
def test_parameters_go_by_name_or_in_order(method: str, given: Any, bound: Any) -> None:
    assert methods()[method].bind(given) == bound


@pytest.mark.parametrize(
    ("method", "given", "complaint"),
    [
        ("catalog.search", {"qeury": "kick"}, "catalog.search has no parameter 'qeury'; it has query, offset"),
        ("catalog.search", ["", 0, 0, "", True, None, 1], "catalog.search takes 6 parameters at most."),
        ("catalog.search", {"limit": "5"}, "limit must be an integer."),
        ("catalog.get", {}, "catalog.get needs id."),
        ("audio.pause", [1], "audio.pause takes 0 parameters at most."),
        ("audio.pause", {"x": 1}, "audio.pause has no parameter 'x'; it has none."),
        (
            "audio.play",
            {"target": "/etc/passwd"},
            "target must be an integer. Over the door a sound is named by its id",
        ),
        ("audio.prepare", {"targets": ["/etc/passwd"]}, "targets must be an array of integer."),
        ("waveforms.peaks", {"target": "/etc/passwd"}, "target must be an integer."),
        ("facts.export", {"file": "/tmp/x"}, "file must be null."),
        ("classify.fetch_weights", {"file": "/tmp/x"}, "file must be null."),
        ("batch.apply", {"plan": {"kind": "move"}}, "plan must be a string."),
        ("sources.add", {"path": "Samples"}, "path must be an absolute path without .."),
        ("sources.add", {"path": "/a/../etc"}, "path must be an absolute path without .."),
        ("sources.scan", {"folders": ["/a", "b"]}, "folders must be an absolute path without .."),
        ("sources.locate", {"source_id": 1, "path": "."}, "path must be an absolute path"),
        ("batch.plan_move", {"ids": [1], "folder": "../x"}, "folder must be an absolute path"),
        ("batch.protect", {"folder": ""}, "folder must be an absolute path"),
        ("catalog.search", {"limit": -1}, "limit must be within bounds. From 0 to 100,000."),
        ("waveforms.peaks", {"target": 1, "points": 10**9}, "points must be within bounds. From 1 to 100,000."),
        ("catalog.search", {"query": "a " * 501}, "query must be shorter. 1,000 letters at most."),
        ("facts.tag", {"ids": [1], "tag": "\udcff"}, "tag must be text in Unicode."),
        ("window.show", {"folders": ["x"]}, "folders must be an absolute path"),
    ],
)
def test_what_cannot_be_bound_is_one_sentence(method: str, given: Any, complaint: str) -> None:
    with pytest.raises(Unfit) as found:
        methods()[method].bind(given)
    assert str(found.value).startswith(complaint)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with one root")
def test_whole_paths() -> None:
    assert is_whole("/a/b..c/...") and not is_whole("/a/..") and not is_whole("a") and not is_whole("")


def test_a_signature_is_one_line() -> None:
    assert signature(methods()["catalog.get"]) == "catalog.get(id: an integer)"
