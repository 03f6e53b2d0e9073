"""A client's way through the door: requests over connections that are kept, and the errors of the contract raised."""

import http.client
import itertools
import json
import threading
import time
from typing import Any

from ctk import errors
from ctk.errors import CtkError, UsageError
from ctk.remote.door import Door

REST_S = 30.0
"""A connection that rested longer is not used again; the server lets go of it later than that."""
TIMEOUT_S = 60.0
_USAGE = (-32600, -32601, -32602)
GONE = "The program behind the door does not answer any more."


class Nobody(CtkError):
    """No program answers behind the door of this home."""


class Channel:
    """Any thread may call."""

    def __init__(self, door: Door, timeout_s: float = TIMEOUT_S) -> None:
        self.door = door
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._rest: list[tuple[http.client.HTTPConnection, float]] = []
        self._numbers = itertools.count(1)

    def call(self, method: str, params: dict[str, Any] | list[Any]) -> Any:
        """The result of a method. Raises the errors of the contract."""
        request = {"jsonrpc": "2.0", "id": next(self._numbers), "method": method, "params": params}
        answer = self._post(json.dumps(request, allow_nan=False).encode("ascii"))
        if error := answer.get("error"):
            raise _error(error)
        return answer["result"]

    def connect(self, timeout_s: float | None = None) -> http.client.HTTPConnection:
        """A connection of its own."""
        return http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=timeout_s or self._timeout_s)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.door.token}", "Content-Type": "application/json"}

    def close(self) -> None:
        with self._lock:
            rest, self._rest = self._rest, []
        for connection, _ in rest:
            connection.close()

    def _post(self, body: bytes) -> dict[str, Any]:
        connection = self._take()
        try:
            connection.request("POST", "/rpc", body, self.headers())
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as exc:
            connection.close()
            raise Nobody(GONE) from exc
        if response.status != http.HTTPStatus.OK or not isinstance(answer, dict):
            connection.close()
            raise _error(answer["error"]) if isinstance(answer, dict) and answer.get("error") else CtkError(GONE)
        with self._lock:
            self._rest.append((connection, time.monotonic()))
        return answer

    def _take(self) -> http.client.HTTPConnection:
        with self._lock:
            while self._rest:
                connection, since = self._rest.pop()
                if time.monotonic() - since < REST_S:
                    return connection
                connection.close()
        return self.connect()


def _error(error: dict[str, Any]) -> CtkError:
    kind = getattr(errors, str(error.get("data", {}).get("type")), None)
    sentence = str(error.get("message"))
    if isinstance(kind, type) and issubclass(kind, CtkError):
        return kind(sentence)
    return UsageError(sentence) if error.get("code") in _USAGE else CtkError(sentence)
