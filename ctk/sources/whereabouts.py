"""Where the sources are now: in their places, on a drive that came back elsewhere, under a new name, or not here."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ctk.catalog import folder_rows, relocation, source_rows
from ctk.catalog.folder_rows import Sample
from ctk.catalog.presence import PATIENCE_S, Glance, Likeness, Presence, Verdict, glance, holds
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection, Store
from ctk.errors import SourceError
from ctk.paths import os_path
from ctk.sources.walk import place
from ctk.volumes.patience import within
from ctk.volumes.volumes import Volume, Volumes

GLANCE_S = 0.5
"""How long whoever only looks at the list waits for a drive to answer."""
_FEW = 5
"""Files asked for first where there may be very many folders to ask."""
NOTE_EVERY_S = 3600.0
"""When a source was last seen need not be known better than that."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a source is: at ``path`` on ``volume``, or not ``here``."""

    here: bool
    path: str
    volume: Volume | None = None


def look(
    store: Store,
    roots: Sequence[Root],
    *,
    patience_s: float,
    waiting: Callable[[], None] = lambda: None,
    may_be_empty: bool = False,
) -> dict[int, Sight]:
    """What is to be seen of each source, by id; those whose drive does not answer in time are left out."""
    with store.translated():
        had_files = {root.id: folder_rows.has_folders(store.read(), root.id) for root in roots}
        others = [root for root in source_rows.roots(store.read()) if root.id not in had_files]
    volumes = Volumes()
    glances = within(
        patience_s,
        {
            root.path: partial(glance, root, volumes, had_files=had_files[root.id], may_be_empty=may_be_empty)
            for root in roots
        },
        waiting,
    )
    sights = {
        root.id: Sight(True, root.path, glances[root.path].volume)
        for root in roots
        if root.path in glances and glances[root.path].verdict is Verdict.HERE
    }
    doubtful = [root for root in roots if root.path in glances and root.id not in sights]
    standing = [sight.path for sight in sights.values()] + [root.path for root in others if root.state == "ok"]
    taken = frozenset(map(os.path.normcase, standing))
    with store.translated():
        samples = {root.id: folder_rows.sample(store.read(), root.id) for root in doubtful}
    searches = {root.path: _Search(root, glances[root.path], samples[root.id], volumes, taken).run for root in doubtful}
    found = within(patience_s, searches, waiting)
    return sights | {root.id: found[root.path] for root in doubtful if root.path in found}


def note(store: Store, roots: Sequence[Root], sights: Mapping[int, Sight]) -> bool:
    """Keep what was seen; whether any source went, came back or is elsewhere."""
    now = time.time()
    moved: dict[int, str] = {}
    states: dict[int, str] = {}
    seen: list[Root] = []
    for root in roots:
        if (sight := sights.get(root.id)) is None:
            continue
        if sight.path != root.path and sight.path not in moved.values():
            moved[root.id] = sight.path
        if root.state != (state := "ok" if sight.here else "offline"):
            states[root.id] = state
        fresh = _as_seen(root, sight, now)
        if fresh[:-1] != root[:-1] or (sight.here and now - (root.seen_s or 0.0) > NOTE_EVERY_S):
            seen.append(fresh)
    with store.translated():
        moved |= _made_room(source_rows.roots(store.read()), moved)

    def change(connection: Connection) -> None:
        relocation.follow_drives(connection, moved)
        for id, state in states.items():
            source_rows.set_state(connection, id, state)
        for root in seen:
            source_rows.note_volume(connection, root)

    if moved or states or seen:
        store.write(change, quiet=not moved and not states).result()
    return bool(moved or states)


def locate(store: Store, root: Root, folder: str) -> None:
    """The user says that a source is in ``folder`` now. One that stands there already becomes one with it. Raises
    ``SourceError`` when its files are not there."""
    with store.translated():
        files = folder_rows.sample(store.read(), root.id)
        others = [other for other in source_rows.roots(store.read()) if other.id != root.id]
        presence = Presence(store.read())
    look = partial(_look_into, folder, files)
    found = within(PATIENCE_S, {folder: look}).get(folder)
    if found is None:
        raise SourceError(f"{folder} does not answer.")
    if not found.here:
        raise SourceError(f"{folder} does not hold the files of {root.path}, so nothing was changed.")
    other = known_as(others, folder)
    double = other if other is not None and presence.of(other.path) else None
    moved = {root.id: folder}
    if other is not None and double is None:
        moved[other.id] = _aside(other, others)

    def change(connection: Connection) -> None:
        if double is not None:
            source_rows.merge(connection, double.id, root.id)
        relocation.follow_drives(connection, moved)
        source_rows.set_state(connection, root.id, "ok")
        source_rows.note_volume(connection, _as_seen(root, found, time.time()))

    store.write(change).result()


def known_as(roots: Sequence[Root], path: str) -> Root | None:
    """The source that is the folder ``path``, under whatever name."""
    for root in roots:
        if root.path == path:
            return root
    places = within(GLANCE_S, {path: partial(place, path)} | {root.path: partial(place, root.path) for root in roots})
    where = places.get(path)
    return next((root for root in roots if where is not None and places.get(root.path) == where), None)


def make_room(store: Store, root: Root) -> None:
    """Another drive is where a source was that is not here."""
    with store.translated():
        path = _aside(root, source_rows.roots(store.read()))
    store.write(lambda connection: relocation.follow_drives(connection, {root.id: path})).result()


def _look_into(folder: str, files: Sequence[Sample]) -> Sight:
    return Sight(holds(folder, files), folder, Volumes().of(folder))


def _aside(root: Root, roots: Sequence[Root]) -> str:
    """What to call the folder of a source that is not here, when another one stands there."""
    path = f"{root.path} ({root.label or root.id}, not here)"
    return path if all(other.path != path for other in roots) else f"{path} {root.id}"


def _made_room(roots: Sequence[Root], moved: Mapping[int, str]) -> dict[int, str]:
    """Sources that are not here, in whose folders others are now."""
    still = [root for root in roots if root.id not in moved]
    return {root.id: _aside(root, still) for root in still if root.path in moved.values()}


def _as_seen(root: Root, sight: Sight, now: float) -> Root:
    volume = sight.volume
    if not sight.here:
        return root
    if volume is None or volume.id is None:
        return root._replace(seen_s=now)
    return root._replace(volume=volume.id, label=volume.label, place=volume.place, seen_s=now)


class _Search:
    """For one source that is not plainly where it was."""

    def __init__(
        self, root: Root, glance: Glance, files: Sequence[Sample], volumes: Volumes, taken: frozenset[str]
    ) -> None:
        self._root = root
        self._glance = glance
        self._files = files
        self._volumes = volumes
        self._taken = taken

    def run(self) -> Sight:
        """Asks drives, so it may take as long as they take."""
        for path in self._on_its_drive():
            if holds(path, self._files):
                return Sight(True, path, self._volumes.of(path))
        if self._glance.verdict is Verdict.OTHER and holds(self._root.path, self._files, Likeness.EDGES):
            return Sight(True, self._root.path, self._glance.volume)
        few = self._files[:: max(1, len(self._files) // _FEW)]
        likely = [path for path in self._renamed() if holds(path, few, Likeness.FILE)]
        renamed = [path for path in likely if holds(path, self._files, Likeness.FILE)]
        if len(renamed) == 1:
            return Sight(True, renamed[0], self._volumes.of(renamed[0]))
        return Sight(False, self._root.path)

    def _on_its_drive(self) -> Iterator[str]:
        root = self._root
        if root.volume is None or root.place is None:
            return
        for path in self._volumes.where(root.volume, root.place):
            if path != root.path and self._is_free(path):
                yield path

    def _renamed(self) -> Iterator[str]:
        """Folders beside the first folder on the way to the source that is not there, with the rest of the way."""
        root = self._root
        if self._glance.verdict is not Verdict.GONE or not self._files or os.path.lexists(os_path(root.path)):
            return
        parent, rest = os.path.split(root.path)
        while not os.path.isdir(os_path(parent)) and os.path.dirname(parent) != parent:
            parent, name = os.path.split(parent)
            rest = os.path.join(name, rest)
        volume = self._volumes.of(parent)
        if root.volume is None or volume is None or volume.id != root.volume:
            return
        below = rest.partition(os.sep)[2]
        for name in _folders(parent):
            path = os.path.join(parent, name, below) if below else os.path.join(parent, name)
            if self._is_free(path):
                yield path

    def _is_free(self, path: str) -> bool:
        return os.path.normcase(path) not in self._taken and os.path.isdir(os_path(path))


def _folders(parent: str) -> list[str]:
    try:
        with os.scandir(os_path(parent)) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
