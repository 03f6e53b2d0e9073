"""The reference of the contract, made of the code itself: every method, record, event and error."""

import dataclasses
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from ctk import errors, paths
from ctk.contract import CONTRACT_VERSION, SEARCH_FIELDS, SORT_COLUMNS
from ctk.events import Event
from ctk.records import Plan
from ctk.remote.rpc import NOT_LET_IN
from ctk.remote.server import Limits
from ctk.remote.table import OWN, REQUIRED, Method, capabilities, methods
from ctk.remote.wire import hints_of, words

CLIENTS: Final = {"Python": "client.py", "JavaScript": "client.mjs"}
"""Sample clients, in ``assets/clients/``."""

_JSON: Final = {"None": "null", "True": "true", "False": "false"}

_OPENING: Final = """\
# The contract, version {version}

Everything Creator's Toolkit does can be asked for over HTTP by the programs of the same computer. The window is one
client of the core; yours is another. This page is made from the code by `ctk rpc --reference`.

## Coming in

A core runs while the window is open, or `ctk serve`. `door.json` in the home (`ctk --home DIR`, else `CTK_HOME`, else
the usual place) tells the `port`, the `token`, the process (`pid`) and the version of the `contract`. It listens on
127.0.0.1 only.

* `POST /rpc` takes JSON-RPC 2.0, also batches and notifications, with `Content-Type: application/json` and
  `Authorization: Bearer TOKEN`. Parameters go by name, or as an array in the order below. A body may have
  {body:,} bytes, and has to come within {read_s:.0f} seconds.
* `GET /events` with the same token is a stream of Server-Sent Events. The data of each is
  `{{"type": ..., "record": ...}}`. Of what a slow reader has not read only the newest of a kind is kept; one that stops
  reading is let go after {write_s:.0f} seconds. A comment comes at least every {alive_s:.0f} seconds. There may be
  {streams} streams at once, and {connections} connections.

`Host` must be `127.0.0.1:PORT` or `localhost:PORT`; an `Origin` must be the same.

The token opens the whole library. Whoever has it may add any folder as a source (`sources.scan`), which has its sounds
listed and played; over the door that is not asked for again. Only sounds are listed. Files move by a plan, and only
within the sources; nothing is written over, and whatever was moved or removed can be brought back.

A method that takes long answers `{{"job": ID, "title": ...}}` at once. `jobs.result` waits for what comes of it,
`JobChanged` tells how far it is. A plan carries an `id`: `batch.apply` does only what this core planned before.

Names end in their units: `_s` seconds, `_ms` milliseconds, `_ns` nanoseconds, `_hz` hertz, `_db` decibels, `_bytes`
bytes. Paths are text; bytes that are not UTF-8 are lone surrogates (`\\udc80` to `\\udcff`) and come back as they are.
What is no number is null.

## Errors

| code | when |
|---|---|
| -32700 | the body is not JSON in UTF-8 |
| -32600 | it is not a request of JSON-RPC 2.0 |
| -32601 | there is no such method |
| -32602 | a parameter is missing, unknown, or of another type |
| -32603 | something went wrong that should not have; the log says more |
| -32000 | the core says no: `message` is a sentence for the user, `data.type` one of the names below |
| {refused} | the door says no before it looks for a method: `data.status` is the status of HTTP, else 200 |

"""


def page() -> str:
    """The whole page, as Markdown."""
    limits = Limits()
    numbers = dataclasses.asdict(limits) | {"version": CONTRACT_VERSION, "body": limits.body_bytes}
    opening = _OPENING.format(refused=NOT_LET_IN, **numbers)
    return "\n".join(
        [opening + "\n".join(_errors()), *_searching(), *_methods(), *_events(), *_records(), *_clients(), ""]
    )


def _errors() -> Iterator[str]:
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
    yield "| name | meaning |\n|---|---|"
    yield from (f"| `{kind.__name__}` | {_plain(kind)} |" for kind in kinds)


def _searching() -> Iterator[str]:
    yield f"\n## Searching\n\nLists are sorted by {', '.join(f'`{name}`' for name in SORT_COLUMNS)}.\n"
    yield "| field | meaning | forms |\n|---|---|---|"
    yield from (f"| `{field.name}:` | {field.meaning} | `{field.forms}` |" for field in SEARCH_FIELDS)


def _methods() -> Iterator[str]:
    for room, part in {**capabilities(), **OWN}.items():
        yield f"\n## {room}\n\n{_plain(part)}"
        for method in methods().values():
            if method.room == room:
                yield from _method(method)


def _method(method: Method) -> Iterator[str]:
    yield f"\n### {method.name}\n\n{_quoted(method.doc)}\n"
    if method.refused:
        yield f"Not over the door. {method.refused}"
        return
    if method.params:
        yield "| parameter | type | default | |\n|---|---|---|---|"
    for param in method.params:
        default = "" if param.default is REQUIRED else f"`{json.dumps(param.default)}`"
        yield f"| `{param.name}` | {words(param.kind)} | {default} | {param.why} |"
    result = words(method.result) + (", with its `id`" if method.result is Plan else "")
    yield f"\nResult: {'a job; of that: ' if method.job else ''}{result}."


def _events() -> Iterator[str]:
    yield "\n## Events"
    for kind in get_args(Event):
        yield from _record(kind)


def _records() -> Iterator[str]:
    yield "\n## Records"
    found: dict[str, Any] = {}
    for method in methods().values():
        _gather(method.result, found)
    for kind in get_args(Event):
        _gather_fields(kind, found)
    for _, kind in sorted(found.items()):
        yield from _record(kind)


def _gather(kind: Any, found: dict[str, Any]) -> None:
    for arg in get_args(kind):
        _gather(arg, found)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind.__name__ not in found:
        found[kind.__name__] = kind
        _gather_fields(kind, found)


def _gather_fields(kind: Any, found: dict[str, Any]) -> None:
    for hint in hints_of(kind).values():
        _gather(hint, found)


def _record(kind: Any) -> Iterator[str]:
    yield f"\n### {kind.__name__}\n\n{_plain(kind)}\n"
    hints = hints_of(kind)
    if fields := dataclasses.fields(kind):
        yield "| field | type |\n|---|---|"
    yield from (f"| `{field.name}` | {words(hints[field.name])} |" for field in fields)


def _clients() -> Iterator[str]:
    yield "\n## Clients"
    for language, name in CLIENTS.items():
        text = (paths.assets() / "clients" / name).read_text("utf-8")
        yield f"\n### {language}\n\n```{language.lower()}\n{text}```"


def _plain(thing: Any) -> str:
    return _quoted(" ".join((inspect.getdoc(thing) or "").split()))


def _quoted(doc: str) -> str:
    return re.sub(r"``(.+?)``", lambda found: f"`{_JSON.get(found[1], found[1])}`", doc)
