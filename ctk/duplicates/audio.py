"""The same audio in other files: of sounds of one shape the beginnings are decoded, and all of those that agree."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Final

from ctk.catalog import duplicate_traits
from ctk.catalog.duplicate_traits import Location, Shaped
from ctk.catalog.presence import Presence
from ctk.catalog.store import Connection, Store
from ctk.duplicates import decoding
from ctk.jobs import Task

WORKERS: Final = 2
COMMIT_EVERY_S: Final = 1.0
_CHUNK: Final = 16


@dataclass(slots=True)
class _Content:
    """One content: the sounds that have it, and the hashes of what is heard; ``None`` until it was listened to."""

    shape: int
    ids: list[int]
    head: bytes | None = None
    whole: bytes | None = None


class SameAudio:
    """Listens to what was not heard yet; what it found out stays also when it is cancelled."""

    def __init__(self, store: Store, task: Task) -> None:
        self._store = store
        self._task = task
        self._lock = threading.Lock()
        self._heard: list[tuple[Location, bytes | None, bytes | None]] = []
        self._done = 0
        self._total = 0

    def groups(self) -> list[tuple[bytes, tuple[int, ...]]]:
        """The sounds that are the same when heard, one of each content, with the hash of what is heard."""
        with self._store.snapshot() as connection:
            contents = _contents(duplicate_traits.of_one_shape(connection))
        self._listen([content for content in contents if content.head is None], self._hear_head)
        twins = _together(contents, lambda content: content.head and (content.shape, content.head))
        self._listen([twin for some in twins for twin in some if twin.whole is None], self._hear_whole)
        same = _together([twin for some in twins for twin in some], lambda content: content.whole)
        return [(some[0].whole or b"", tuple(sorted(content.ids[0] for content in some))) for some in same]

    def _listen(self, contents: Sequence[_Content], hear: Callable[[_Content, Location], None]) -> None:
        with self._store.snapshot() as connection:
            files = _files(connection, contents)
        self._done, self._total = 0, len(files)
        chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="listen")
        try:
            kept = time.monotonic()
            for _ in pool.map(partial(self._hear_some, hear), chunks):
                if time.monotonic() - kept > COMMIT_EVERY_S:
                    self._keep()
                    kept = time.monotonic()
        finally:
            pool.shutdown(cancel_futures=True)
            self._keep()

    def _hear_some(
        self, hear: Callable[[_Content, Location], None], files: Iterable[tuple[_Content, Location]]
    ) -> None:
        for content, file in files:
            hear(content, file)
            with self._lock:
                self._done += 1
                self._heard.append((file, content.head, content.whole))
            self._task.report("Comparing what is heard", self._done, self._total)

    def _hear_head(self, content: _Content, file: Location) -> None:
        content.head = decoding.head(file, self._task.check)

    def _hear_whole(self, content: _Content, file: Location) -> None:
        content.whole = decoding.whole(file, self._task.check)

    def _keep(self) -> None:
        with self._lock:
            heard, self._heard = self._heard, []
        found = [one for one in heard if one[1] is not None]
        if found:
            self._store.write(lambda connection: duplicate_traits.keep_decoded(connection, found)).result()


def _contents(sounds: Iterable[Shaped]) -> list[_Content]:
    found = []
    for (shape, _), same in groupby(sounds, attrgetter("shape", "content")):
        content = _Content(shape, [])
        for sound in same:
            content.ids.append(sound.sound_id)
            content.head = sound.head if content.head is None else content.head
            content.whole = sound.whole if content.whole is None else content.whole
        found.append(content)
    return found


def _files(connection: Connection, contents: Sequence[_Content]) -> list[tuple[_Content, Location]]:
    """Each content with a file that has it and is here."""
    presence = Presence(connection)
    by_id = {id: content for content in contents for id in content.ids}
    found: dict[int, tuple[_Content, Location]] = {}
    for place in duplicate_traits.locations(connection, list(by_id)):
        content = by_id[place.id]
        if id(content) not in found and presence.of(place.root):
            found[id(content)] = content, place
    return list(found.values())


def _together(contents: Iterable[_Content], key: Callable[[_Content], Hashable | None]) -> list[list[_Content]]:
    """Contents that share a key, where several do; those without one are left out."""
    found: dict[Hashable, list[_Content]] = defaultdict(list)
    for content in contents:
        if value := key(content):
            found[value].append(content)
    return [some for some in found.values() if len(some) > 1]
