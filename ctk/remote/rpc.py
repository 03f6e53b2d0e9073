"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification): the bytes of a request to the bytes of its answer."""

import json
import logging
from typing import Any, Final

from ctk.errors import CtkError
from ctk.remote.calls import Calls, NoMethod
from ctk.remote.wire import Unfit

log = logging.getLogger(__name__)

NOT_JSON: Final = -32700
NO_REQUEST: Final = -32600
NO_METHOD: Final = -32601
BAD_PARAMS: Final = -32602
BROKEN: Final = -32603
NOT_LET_IN: Final = -32001
"""The door refused the request as HTTP, before any method was looked for: ``data.status`` is the status of HTTP."""
FAILED: Final = -32000
"""An error of the contract: the message is its sentence, ``data.type`` the name of its class."""

MOST = 100
"""How many requests one batch may hold."""


def answer(calls: Calls, body: bytes) -> bytes | None:
    """What to send back; ``None`` when everything in it was a notification."""
    try:
        request = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _text(_error(None, NOT_JSON, "This is not JSON in UTF-8."))
    if not isinstance(request, list):
        one = _one(calls, request)
        return None if one is None else _text(one)
    if not 0 < len(request) <= MOST:
        return _text(_error(None, NO_REQUEST, f"A batch holds 1 to {MOST} requests."))
    several = [found for one in request if (found := _one(calls, one)) is not None]
    return b"[" + b",".join(map(_text, several)) + b"]" if several else None


def refusal(status: int, sentence: str) -> bytes:
    """What to send back for a request that is refused as HTTP."""
    return _text(_error(None, NOT_LET_IN, sentence, status=status))


def _one(calls: Calls, request: Any) -> dict[str, Any] | None:
    if not isinstance(request, dict) or not _is_request(request):
        return _error(None, NO_REQUEST, "This is not a request of JSON-RPC 2.0.")
    id = request.get("id")
    made = _run(calls, request["method"], request.get("params", {}), id)
    return made if "id" in request else None


def _is_request(request: dict[str, Any]) -> bool:
    id = request.get("id")
    return (
        request.get("jsonrpc") == "2.0"
        and isinstance(request.get("method"), str)
        and isinstance(request.get("params", {}), dict | list)
        and (id is None or isinstance(id, str) or _is_number(id))
    )


def _is_number(id: Any) -> bool:
    """Whether an id can be sent back: 1e999 is read as infinity, which JSON does not have."""
    return isinstance(id, int | float) and not isinstance(id, bool) and abs(id) < float("inf")


def _run(calls: Calls, method: str, params: Any, id: Any) -> dict[str, Any]:
    try:
        return {"jsonrpc": "2.0", "id": id, "result": calls.call(method, params)}
    except NoMethod as exc:
        return _error(id, NO_METHOD, str(exc))
    except Unfit as exc:
        return _error(id, BAD_PARAMS, str(exc))
    except CtkError as exc:
        return _error(id, FAILED, str(exc), type=type(exc).__name__)
    except Exception:
        log.exception("%s failed", method)
        return _error(
            id, BROKEN, "Something went wrong that should not have; the log in the catalog's folder says more."
        )


def _error(id: Any, code: int, message: str, **data: str | int) -> dict[str, Any]:
    error = {"code": code, "message": message} | ({"data": data} if data else {})
    return {"jsonrpc": "2.0", "id": id, "error": error}


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, allow_nan=False, separators=(",", ":")).encode("ascii")


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
