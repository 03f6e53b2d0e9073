"""Drives that are plugged in inside a source: what is on them is not missing when they leave.

A source may be the folder that all drives come to (``/media/me``, ``/Volumes``), or hold a folder where one does.
"""

import os

from ctk.catalog import source_rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.volumes.volumes import Volumes


class InnerDrives:
    """Those of one source, now and as they were remembered; to ``forget`` is not to believe in any that left."""

    def __init__(self, store: Store, root: Root, *, forget: bool = False) -> None:
        self._store = store
        self._id = root.id
        self._known = source_rows.inner_drives(store.read(), root.id)
        self._here = _plugged_in(root.path)
        self._gone = set() if forget else self._known - self._here

    @property
    def away(self) -> set[bytes]:
        """The folders, relative to the source, where drives were that are not here."""
        return {path for path, _ in self._gone}

    def keep(self) -> None:
        """Remember what is here, beside what was."""
        drives = self._here | self._gone
        if drives != self._known:
            self._store.write(
                lambda connection: source_rows.set_inner_drives(connection, self._id, drives), quiet=True
            ).result()


def _plugged_in(root: str) -> set[tuple[bytes, str]]:
    """Where drives are below ``root``, relative to it, and which."""
    inside = Volumes().inside(os.path.realpath(root))
    return {(os.fsencode(place), volume.id) for place, volume in inside if volume.id is not None}
