"""Watching whole trees where the system can do that itself: Windows and macOS, by way of watchdog.

Windows drops what a program does not fetch in time, and nobody tells. So after many events the times of the folders
are asked as well.
"""

import logging
import os
from collections.abc import Callable, Mapping
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from ctk.sources.walk import is_skipped
from ctk.sources.watch.eye import Tree, is_of_interest

STORM: Final = 500
"""After so many events some may have been lost."""
END_WAIT_S: Final = 1.0


class Observing:
    """See ``Eye``."""

    def __init__(self) -> None:
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # it complains when it is told to end
        self._observer = Observer()
        self._observer.daemon = True
        self._observer.start()
        self._watches: dict[int, ObservedWatch] = {}
        self._blind: dict[int, str] = {}
        self._closed = False

    @property
    def blind(self) -> Mapping[int, str]:
        return self._blind

    def watch(self, tree: Tree, check: Callable[[], None]) -> None:
        self.leave(tree.id)
        check()
        try:
            self._watches[tree.id] = self._observer.schedule(_Teller(tree), tree.path, recursive=True)
        except Exception as exc:  # each system's part of watchdog has errors of its own
            self._blind[tree.id] = f"the system does not let a program watch it ({exc})"

    def leave(self, id: int) -> None:
        self._blind.pop(id, None)
        if (watch := self._watches.pop(id, None)) is not None:
            self._observer.unschedule(watch)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._observer.stop()
            self._observer.join(END_WAIT_S)


class _Teller(FileSystemEventHandler):
    """Turns events with whole paths into what happened in which folder of a tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._top = os.path.join(tree.path, "")
        self._count = 0

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._count += 1
        if self._count % STORM == 0:
            self._tree.dirt.doubt()
        kind, path = event.event_type, os.fsdecode(event.src_path)
        if kind == "moved":
            self._went(path)
            self._came(os.fsdecode(event.dest_path), event.is_directory)
        elif kind == "deleted":
            self._went(path)
        elif kind == "created":
            self._came(path, event.is_directory, whole=False)
        elif kind == "modified" and not event.is_directory:
            self._came(path, False, whole=False)
        elif kind == "closed":
            self._came(path, False)

    def _came(self, path: str, is_folder: bool, *, whole: bool = True) -> None:
        if (folder := self._folder_of(path)) is None:
            return
        name = os.path.basename(path)
        if is_folder:
            if not is_skipped(os.fsencode(name)):
                self._tree.dirt.came(os.path.join(folder, name))
        elif not is_of_interest(os.fsencode(name)):
            return
        elif whole:
            self._tree.dirt.changed(folder, name)
        else:
            self._tree.dirt.writing(folder, name)

    def _went(self, path: str) -> None:
        """A file or, as some systems do not tell which, a folder is not there any more."""
        if (folder := self._folder_of(path)) is not None:
            self._tree.dirt.changed(folder, os.path.basename(path))

    def _folder_of(self, path: str) -> str | None:
        """The folder that ``path`` is in, relative to the tree; ``None`` for what is of no concern."""
        if not path.startswith(self._top):
            self._tree.dirt.doubt()  # the root itself, or its name is written in another way
            return None
        folder = os.path.dirname(path[len(self._top) :])
        parts = folder.split(os.sep)
        return None if any(is_skipped(os.fsencode(part)) for part in parts) else folder
