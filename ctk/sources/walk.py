"""Folders to files: every audio file of a source once, however symlinks and other sources overlap it.

Real folders come first. A link is followed only to what lies outside every source (inside, the file is listed
where it is), and only once. Another source inside this one keeps its own files. Nothing is opened here.
"""

import heapq
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ctk.paths import os_path

AUDIO_EXTENSIONS = frozenset(
    "wav bwf rf64 w64 aif aiff aifc flac mp3 mp2 ogg oga opus m4a aac caf wma wv tta ape".split()
)
"""Which files are candidates; what they are is told by their content."""
_EXTENSIONS = frozenset(map(os.fsencode, AUDIO_EXTENSIONS))

SKIPPED_FOLDERS = frozenset(
    {
        "$recycle.bin",
        ".trash",
        ".trashes",
        "recycler",
        "system volume information",
        "backups.backupdb",
        ".fseventsd",
        ".spotlight-v100",
        ".documentrevisions-v100",
        ".temporaryitems",
        ".ctk-held",
        "@eadir",
        "#recycle",
    }
)
"""Trash, system and our own folders (lower case), which hold nothing of the user's library."""

CHECK_EVERY = 1024

Place = tuple[int, int]
"""Device and inode: what a folder is, whatever it is called."""


@dataclass(slots=True)
class Listing:
    """What one folder holds: ``folder`` relative to the source ('' for its root), files as (name in
    the OS's bytes, size, mtime_ns).

    With a ``problem`` the folder could not be read to its end, and what is not listed may still be there.
    """

    folder: str
    files: list[tuple[bytes, int, int]] = field(default_factory=list)
    problem: str | None = None


def place(path: str) -> Place | None:
    """Which folder or file this is, links followed; ``None`` when it is not there."""
    try:
        found = os.stat(os_path(path))
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


class Walk:
    """Walks sources one after another and remembers what it has been to.

    ``roots`` are all sources, ``avoid`` are folders never entered (the home). ``check`` is called often and may
    raise to stop.
    """

    def __init__(self, roots: Sequence[str], avoid: Sequence[str], check: Callable[[], None]) -> None:
        self._roots = {found for root in roots if (found := place(root))}
        self._avoid = {found for path in avoid if (found := place(path))}
        self._visited: set[Place] = set()
        self._linked_files: set[Place] = set()
        self._check = check

    def source(self, root: str) -> Iterator[Listing]:
        """The listings of one source: its folders, then linked folders, then files that are links."""
        links: list[str] = []
        file_links: list[str] = []
        if (start := place(root)) is not None:
            self._visited.add(start)
        yield from self._tree(root, "", links, file_links)
        while links:
            folder = heapq.heappop(links)
            if self._enter_link(root, folder):
                yield from self._tree(root, folder, links, file_links)
        yield from self._linked(root, file_links)

    def _tree(self, root: str, top: str, links: list[str], file_links: list[str]) -> Iterator[Listing]:
        pending = [top]
        while pending:
            self._check()
            folder = pending.pop()
            listing = Listing(folder)
            inside: list[str] = []
            try:
                self._list(os.path.join(root, folder), listing, inside, links, file_links)
            except OSError as exc:
                listing.problem = f"This folder could not be read: {exc.strerror or exc}."
            yield listing
            pending.extend(path for path in sorted(inside, reverse=True) if self._enter(os.path.join(root, path)))

    def _list(self, path: str, listing: Listing, inside: list[str], links: list[str], file_links: list[str]) -> None:
        prefix = listing.folder + os.sep if listing.folder else ""
        take = listing.files.append
        with os.scandir(os.fsencode(os_path(path))) as entries:
            for count, entry in enumerate(entries):
                if not count % CHECK_EVERY:
                    self._check()
                name = entry.name
                _, dot, extension = name.rpartition(b".")
                if extension.lower() in _EXTENSIONS and dot and not name.startswith(b"._"):
                    if entry.is_file(follow_symlinks=False):
                        try:
                            found = entry.stat(follow_symlinks=False)
                        except FileNotFoundError:
                            continue
                        take((name, found.st_size, found.st_mtime_ns))
                        continue
                    if entry.is_symlink() and _is_file(entry):
                        file_links.append(prefix + os.fsdecode(name))
                        continue
                if entry.is_dir(follow_symlinks=False):
                    if not _is_skipped(name):
                        inside.append(prefix + os.fsdecode(name))
                elif entry.is_symlink() and not _is_skipped(name) and _is_folder(entry):
                    heapq.heappush(links, prefix + os.fsdecode(name))

    def _enter(self, path: str) -> bool:
        where = place(path)
        if where is None:
            return True  # unreadable: listing it says why
        if where in self._visited or where in self._roots or where in self._avoid:
            return False
        self._visited.add(where)
        return True

    def _enter_link(self, root: str, folder: str) -> bool:
        target = os.path.realpath(os.path.join(root, folder))
        return not self._in_a_source(target) and not self._holds(target, root) and self._enter(target)

    def _in_a_source(self, path: str) -> bool:
        while True:
            if place(path) in self._roots:
                return True
            parent = os.path.dirname(path)
            if parent == path:
                return False
            path = parent

    def _holds(self, folder: str, path: str) -> bool:
        """Whether ``path`` lies inside ``folder``: a link upwards, which would loop."""
        where, path = place(folder), os.path.realpath(path)
        while (parent := os.path.dirname(path)) != path:
            path = parent
            if place(path) == where:
                return True
        return False

    def _linked(self, root: str, file_links: list[str]) -> Iterator[Listing]:
        for link in sorted(file_links):
            self._check()
            path = os.path.join(root, link)
            target = os.path.realpath(path)
            if self._in_a_source(target) or place(os.path.dirname(target)) in self._visited:
                continue
            try:
                found = os.stat(os_path(path))
            except OSError:
                continue
            if (found.st_dev, found.st_ino) not in self._linked_files:
                self._linked_files.add((found.st_dev, found.st_ino))
                folder, name = os.path.split(link)
                yield Listing(folder, [(os.fsencode(name), found.st_size, found.st_mtime_ns)])


def _is_skipped(name: bytes) -> bool:
    lower = os.fsdecode(name).lower()
    return lower in SKIPPED_FOLDERS or lower.startswith(".trash-")


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[bytes]) -> bool:
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False
