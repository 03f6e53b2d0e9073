"""The web page at ``/``: the file as it is served, and the links that each let one browser in once."""

import base64
import hashlib
import re
import secrets
import threading
import time
from typing import Final

from ctk import paths

VALID_S: Final = 60.0
MOST: Final = 32
"""So many links can be open at once; a newer one takes the place of the oldest."""
_INLINE: Final = re.compile(rb"<(script|style)>(.*?)</\1>", re.DOTALL)


class Links:
    """Codes that are each good once, within ``VALID_S`` of being made. Any thread may call."""

    def __init__(self) -> None:
        self.port = 0
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    def make(self) -> str:
        """An address that opens the page once."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._until) >= MOST:
                del self._until[next(iter(self._until))]
            self._until[code] = time.monotonic() + VALID_S
        return f"http://127.0.0.1:{self.port}/?once={code}"

    def take(self, code: str) -> bool:
        """Whether this code lets somebody in; it never does again."""
        with self._lock:
            until = self._until.pop(code, None)
        return until is not None and time.monotonic() < until


def page() -> tuple[bytes, str]:
    """The page, and the head lines that keep everything out of it that is not of it."""
    text = (paths.assets() / "web" / "index.html").read_bytes().replace(b"\r\n", b"\n")
    parts: dict[bytes, list[str]] = {b"script": [], b"style": []}
    for kind, inside in _INLINE.findall(text):
        parts[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(inside).digest()).decode()}'")
    policy = [
        "default-src 'self'",
        f"script-src {' '.join(parts[b'script'])}",
        f"style-src {' '.join(parts[b'style'])}",
        "img-src data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    lines = [f"Content-Security-Policy: {'; '.join(policy)}", "Referrer-Policy: no-referrer"]
    return text, "\r\n".join(["Content-Type: text/html; charset=utf-8", f"Content-Length: {len(text)}", *lines])
