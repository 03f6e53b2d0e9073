"""Which sources will not be watched, told before anybody tries."""

import sys

from ctk.catalog import folder_times, source_rows
from ctk.catalog.store import Store
from ctk.volumes.volumes import Volumes


def unwatched(store: Store) -> dict[str, str]:
    """The folders of sources with too many folders in them, and why that is too many."""
    if sys.platform != "linux":
        return {}
    from ctk.sources.watch.inotify import SHARE, TOO_MANY, limit

    left, why = limit() * SHARE, TOO_MANY.format(limit())
    found: dict[str, str] = {}
    with store.translated():
        counts = folder_times.counts(store.read())
        volumes = Volumes()
        for root in source_rows.roots(store.read()):
            count = 0 if volumes.is_network(root.path) else counts.get(root.id, 0)
            if count > left:
                found[root.path] = why
            else:
                left -= count
    return found
