"""JSON-RPC 2.0 to the letter, and whatever is no request is answered as such: never a stack trace, never a crash."""

import json
import random
from typing import Any

import pytest

from ctk.remote import rpc
from ctk.remote.calls import Calls
from ctk.remote.table import methods
from ctk.toolkit import Toolkit

SEED = 8
HARMLESS_ERRORS = {rpc.NOT_JSON, rpc.NO_REQUEST, rpc.NO_METHOD, rpc.BAD_PARAMS, rpc.FAILED}


def ask(calls: Calls, text: str | bytes) -> Any:
    found = rpc.answer(calls, text.encode() if isinstance(text, str) else text)
    return None if found is None else json.loads(found)


def code(calls: Calls, text: str | bytes) -> int:
    answer = ask(calls, text)
    assert answer.keys() == {"jsonrpc", "id", "error"} and answer["jsonrpc"] == "2.0"
    return int(answer["error"]["code"])


def test_a_result(calls: Calls) -> None:
    answer = ask(calls, '{"jsonrpc": "2.0", "method": "catalog.search", "params": ["kick"], "id": "a"}')
    assert answer["result"]["total"] == 2
    assert (answer["id"], answer["jsonrpc"], answer.keys()) == ("a", "2.0", {"jsonrpc", "id", "result"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", rpc.NOT_JSON),
        ("{", rpc.NOT_JSON),
        (b"\xff\xfe", rpc.NOT_JSON),
        ("[" * 100_000, rpc.NOT_JSON),
        ('{"a":' * 100_000, rpc.NOT_JSON),
        ("1" * 10_000, rpc.NOT_JSON),
        ('{"jsonrpc": "2.0", "method": "audio.seek", "params": [NaN], "id": 1}', rpc.NOT_JSON),
        ("\ufeff{}", rpc.NOT_JSON),
        ("1", rpc.NO_REQUEST),
        ("null", rpc.NO_REQUEST),
        ("{}", rpc.NO_REQUEST),
        ("[]", rpc.NO_REQUEST),
        (json.dumps([1] * 101), rpc.NO_REQUEST),
        ('{"jsonrpc": "1.0", "method": "audio.now", "id": 1}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": 1, "id": 1}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": "audio.now", "id": {}}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": "audio.now", "id": true}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": "audio.now", "id": 1e999}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": "audio.now", "params": 1, "id": 1}', rpc.NO_REQUEST),
        ('{"jsonrpc": "2.0", "method": "audio.fly", "id": 1}', rpc.NO_METHOD),
        ('{"jsonrpc": "2.0", "method": "audio.play", "id": 1}', rpc.BAD_PARAMS),
        ('{"jsonrpc": "2.0", "method": "audio.seek", "params": [1e999], "id": 1}', rpc.BAD_PARAMS),
        ('{"jsonrpc": "2.0", "method": "catalog.get", "params": [4711], "id": 1}', rpc.FAILED),
    ],
    ids=range(23),
)
def test_what_cannot_be_done(calls: Calls, text: str | bytes, expected: int) -> None:
    assert code(calls, text) == expected


def test_an_error_of_the_contract_has_its_sentence_and_its_name(calls: Calls) -> None:
    error = ask(calls, '{"jsonrpc": "2.0", "method": "catalog.search", "params": ["len:x"], "id": 1}')["error"]
    assert (error["code"], error["data"]) == (rpc.FAILED, {"type": "QueryError"})
    assert error["message"].endswith(".")


@pytest.mark.logs_errors
def test_what_nobody_foresaw_is_logged_and_not_told(
    calls: Calls, filled: Toolkit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret details")

    monkeypatch.setattr(filled.audio, "now", fail)
    answer = ask(calls, '{"jsonrpc": "2.0", "method": "audio.now", "id": 1}')
    assert answer["error"]["code"] == rpc.BROKEN
    assert "secret" not in json.dumps(answer) and "secret details" in caplog.text


def test_notifications_are_done_and_not_answered(calls: Calls, filled: Toolkit) -> None:
    assert ask(calls, '{"jsonrpc": "2.0", "method": "settings.change", "params": [{"loop": true}]}') is None
    assert filled.settings.loop
    assert ask(calls, '{"jsonrpc": "2.0", "method": "audio.fly"}') is None
    assert ask(calls, '[{"jsonrpc": "2.0", "method": "audio.now"}]') is None


def test_a_batch_answers_each(calls: Calls) -> None:
    one = {"jsonrpc": "2.0", "method": "audio.now"}
    answers = ask(calls, json.dumps([one | {"id": 1}, one, 7, one | {"id": None}, one | {"id": 2, "method": "x"}]))
    assert [answer["id"] for answer in answers] == [1, None, None, 2]
    assert [answer.get("error", {}).get("code") for answer in answers] == [None, rpc.NO_REQUEST, None, rpc.NO_METHOD]


@pytest.mark.parametrize("count", [400, pytest.param(10_000, marks=pytest.mark.long)])
def test_fuzzed_bodies_are_answered_properly(calls: Calls, count: int) -> None:
    """Random values for random methods, mangled texts: an answer each, and no error that was not foreseen."""
    chance = random.Random(SEED)
    for _ in range(count):
        answer = ask(calls, body(chance))
        for one in answer if isinstance(answer, list) else [answer]:
            assert one is None or "result" in one or one["error"]["code"] in HARMLESS_ERRORS, one


ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2**31,
        2**63 - 1,
        -(2**63),
        2**64,
        10**300,
        0.5,
        -1.5,
        1e308,
        5e-324,
        "",
        "a",
        "..",
        "/../etc",
    ),
    *(
        "/etc/passwd",
        "\0",
        "\udcff",
        "\ud800",
        "\U0001f600",
        "kick",
        "a" * 5000,
        '"',
        "%s",
        "len:<1",
        "'; DROP TABLE",
        "-",
        "nan",
        "json",
    ),
    *([], [1], [1, [2]], [None], {}, {"1": 1}, {"x": None}, {"id": "x"}),
)
GENTLE = {
    "sources.discover",
    "audio.set_device",
    "classify.fetch_weights",
    "classify.run",
    "sources.watch",
    "batch.undo",
}
"""Not for a fuzzer: they search the whole computer, wait for devices, download, or start processes."""


def value(chance: random.Random, depth: int = 0) -> Any:
    if depth < 2 and chance.random() < 0.15:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return chance.choice(ODD)


def body(chance: random.Random) -> bytes:
    names = sorted(methods().keys() - GENTLE)
    method = methods()[chance.choice(names)]
    named = {param.name: value(chance) for param in method.params if chance.random() < 0.8}
    request: Any = {"jsonrpc": "2.0", "method": method.name, "params": named, "id": chance.choice((1, "x", None, 1.5))}
    if method.name == "jobs.result":
        named["wait_s"] = 0.01
    if chance.random() < 0.2:
        request[chance.choice(list(request))] = value(chance)
    if chance.random() < 0.1:
        request = [request, value(chance)]
    text = bytearray(json.dumps(request).encode())
    if chance.random() < 0.3:
        for _ in range(chance.randrange(1, 6)):
            text[chance.randrange(len(text))] = chance.randrange(256)
        text = text[: chance.randrange(len(text) + 1)] if chance.random() < 0.3 else text
    return bytes(text)
