"""The beginnings of sounds that are likely to be played next, in memory: decoded by one thread, bounded in bytes."""

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from ctk.errors import CtkError

if TYPE_CHECKING:
    from ctk.audio.decode.ahead import Ahead
    from ctk.audio.decode.samples import Stream

log = logging.getLogger(__name__)

Target = int | str | os.PathLike[str]

AHEAD_S: Final = 1.5
"""Long enough for a drive to wake from its doze, or nearly; short enough to be decoded between two key presses."""

_END_WAIT_S: Final = 0.2


class Shelf:
    """``prepare`` says what is wanted, most likely first; ``take`` gives the beginning of a sound if it is here.

    ``find`` tells the path of a target, ``most_bytes`` how much memory may be used at this moment. What is wanted no
    more stays while there is room, the longest unused goes first; nothing goes for what is less wanted. Any thread may
    call.
    """

    def __init__(self, find: Callable[[Target], str], most_bytes: Callable[[], int]) -> None:
        self._find = find
        self._most_bytes = most_bytes
        self._change = threading.Condition()
        self._wanted: list[Target] = []
        self._served: set[str] = set()
        self._keys: dict[Target, str] = {}
        self._here: OrderedDict[str, Ahead] = OrderedDict()
        self._bytes = 0
        self._in_hand: str | None = None
        self._barred: set[str] = set()
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def bytes(self) -> int:
        """How much memory is used."""
        return self._bytes

    def prepare(self, targets: Sequence[Target]) -> None:
        """These are wanted now, and no others."""
        with self._change:
            if self._closed or self._most_bytes() <= 0:
                return
            self._wanted = list(targets)
            self._served.clear()
            self._barred.clear()
            self._keys = {target: key for target, key in self._keys.items() if key in self._here}
            self._change.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="audio-ahead", daemon=True)
                self._thread.start()

    def take(self, path: str) -> "Stream | None":
        """The sound in ``path`` from its beginning, if that is here and the file is still the one it was."""
        key = _key(path)
        with self._change:
            found = self._here.get(key)
            if found is None:
                return None
            self._here.move_to_end(key)
        if not found.fresh():
            self.drop(path)
            return None
        return found.stream()

    def drop(self, path: str, wait_s: float = 0.0) -> bool:
        """Forget ``path`` until it is wanted anew; whether nobody reads it any more after ``wait_s``."""
        key = _key(path)
        with self._change:
            self._barred.add(key)
            self._forget(key)
            return self._change.wait_for(lambda: self._in_hand != key, wait_s)

    def close(self) -> None:
        """Forget everything; twice is fine."""
        with self._change:
            self._closed = True
            self._wanted.clear()
            for key in list(self._here):
                self._forget(key)
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(_END_WAIT_S)

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted or self._closed)
                if self._closed:
                    return
                target = self._wanted.pop(0)
            try:
                self._serve(target)
            except CtkError as exc:
                log.debug("%s is not read ahead: %s", target, exc)
            except Exception:
                log.exception("%s could not be read ahead", target)

    def _serve(self, target: Target) -> None:
        """Have ``target`` here, as it is now."""
        if self._is_here(self._keys.get(target)):
            return
        path = self._find(target)
        key = _key(path)
        with self._change:
            self._keys[target] = key
        if self._is_here(key):
            return
        with self._change:
            if key in self._barred:
                return
            self._in_hand = key
        try:
            self._read(key, path)
        finally:
            with self._change:
                self._in_hand = None
                self._change.notify_all()

    def _is_here(self, key: str | None) -> bool:
        found = self._here.get(key) if key is not None else None
        if key is None or found is None or not found.fresh():
            return False
        with self._change:
            self._served.add(key)
            if key in self._here:
                self._here.move_to_end(key)
        return True

    def _read(self, key: str, path: str) -> None:
        from ctk.audio.decode.ahead import ahead

        made = ahead(path, AHEAD_S)
        with self._change:
            self._forget(key)
            if self._closed or key in self._barred or made.nbytes > self._most_bytes():
                return
            for other in list(self._here):
                if self._bytes + made.nbytes <= self._most_bytes():
                    break
                if other not in self._served:
                    self._forget(other)
            if self._bytes + made.nbytes > self._most_bytes():
                self._wanted.clear()
                return
            self._served.add(key)
            self._here[key] = made
            self._bytes += made.nbytes

    def _forget(self, key: str) -> None:
        gone = self._here.pop(key, None)
        if gone is not None:
            self._bytes -= gone.nbytes


def _key(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))
