"""Folders to files: every audio file of a source once, however symlinks and other sources overlap it.

Real folders come first. A link is followed only to what lies outside every source (inside, the file is listed
where it is), and only once. Another source inside this one keeps its own files. Nothing is opened here.
"""

import heapq
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ctk import cloud
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
    ``inside`` are its folders, ``links`` and ``file_links`` what in it only leads to folders and files elsewhere, all
    relative to the source.
    ``online`` are files like ``files``, but only online and never to be opened; of some not even size and time are
    told, which are 0 then.
    """

    folder: str
    files: list[tuple[bytes, int, int]] = field(default_factory=list)
    problem: str | None = None
    inside: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    file_links: list[str] = field(default_factory=list)
    online: list[tuple[bytes, int, int]] = field(default_factory=list)


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
        self._ahead: dict[str, Listing] = {}
        self._check = check

    def ahead(self, root: str, folders: Iterable[str]) -> Iterator[Listing]:
        """Listings of some folders before their turn; ``source`` then goes on without listing these again.

        Folders that are not simply inside the source (behind a link, in another source) wait for their turn.
        """
        for folder in folders:
            self._check()
            if self._is_plainly_in(root, folder):
                self._ahead[folder] = self._listing(root, folder)
                yield self._ahead[folder]

    def below(self, root: str, folder: str) -> Iterator[Listing]:
        """The listings of one folder of a source and of those in it; links are told but not followed."""
        if self._is_plainly_in(root, folder) and self._enter(os.path.join(root, folder)):
            yield from self._tree(root, folder, [], [])

    def folders(self, root: str, top: str = "") -> Iterator[str]:
        """The folders that ``source`` would list, at and below ``top``, each before anything in it is looked at."""
        links: list[str] = []
        pending = [top]
        path = os.path.join(root, top)
        if top and not (self._enter_link(root, top) if os.path.islink(os_path(path)) else self._enter(path)):
            return
        while pending:
            self._check()
            folder = pending.pop()
            yield folder
            listing = self._listing(root, folder, looked_at=False)
            pending += [path for path in listing.inside if self._enter(os.path.join(root, path))]
            links += listing.links
            while not pending and links:
                if self._enter_link(root, link := links.pop()):
                    pending.append(link)

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
        self._ahead.clear()

    def _tree(self, root: str, top: str, links: list[str], file_links: list[str]) -> Iterator[Listing]:
        pending = [top]
        while pending:
            self._check()
            folder = pending.pop()
            listing = self._ahead.pop(folder, None)
            if listing is None:
                listing = self._listing(root, folder)
                yield listing
            for link in listing.links:
                heapq.heappush(links, link)
            file_links += listing.file_links
            inside = sorted(listing.inside, reverse=True)
            pending.extend(path for path in inside if self._enter(os.path.join(root, path)))

    def _listing(self, root: str, folder: str, *, looked_at: bool = True) -> Listing:
        """What is in one folder; only what leads on from it when its files are not ``looked_at``."""
        listing, path = Listing(folder), os.path.join(root, folder)
        try:
            self._list(path, listing, looked_at)
        except OSError as exc:
            listing.problem = f"This folder could not be read: {exc.strerror or exc}."
        return listing

    def _list(self, path: str, listing: Listing, looked_at: bool) -> None:
        prefix = listing.folder + os.sep if listing.folder else ""
        take = listing.files.append
        cloudy = looked_at and cloud.may_serve(path)
        with os.scandir(os.fsencode(os_path(path))) as entries:
            for count, entry in enumerate(entries):
                if not count % CHECK_EVERY:
                    self._check()
                name = entry.name
                _, dot, extension = name.rpartition(b".")
                if looked_at and extension.lower() in _EXTENSIONS and dot and not name.startswith(b"._"):
                    if entry.is_file(follow_symlinks=False):
                        try:
                            found = entry.stat(follow_symlinks=False)
                        except FileNotFoundError:
                            continue
                        file = name, found.st_size, found.st_mtime_ns
                        if cloudy and cloud.is_hollow(found):
                            listing.online.append(file)
                        else:
                            take(file)
                        continue
                    if entry.is_symlink() and _is_file(entry):
                        listing.file_links.append(prefix + os.fsdecode(name))
                        continue
                if looked_at and extension in cloud.STUBS:
                    listing.online += _stood_for(name)
                else:
                    _lead_on(entry, listing, prefix)
        if listing.online:
            here = {name for name, *_ in listing.files}
            listing.online = [file for file in listing.online if file[0] not in here]

    def _is_plainly_in(self, root: str, folder: str) -> bool:
        """Whether every folder on the way from the source down to this one is its own, and no link."""
        path = root
        for part in folder.split(os.sep) if folder else ():
            path = os.path.join(path, part)
            where = place(path)
            if os.path.islink(os_path(path)) or where in self._roots or where in self._avoid:
                return False
        return True

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
                file = (os.fsencode(name), found.st_size, found.st_mtime_ns)
                away = cloud.may_serve(os.path.dirname(target)) and cloud.is_hollow(found)
                yield Listing(folder, online=[file]) if away else Listing(folder, [file])


def is_candidate(name: bytes) -> bool:
    """Whether a file of this name may be a sound."""
    _, dot, extension = name.rpartition(b".")
    return extension.lower() in _EXTENSIONS and bool(dot) and not name.startswith(b"._")


def is_skipped(name: bytes) -> bool:
    """Whether a folder of this name is none of the user's library."""
    lower = os.fsdecode(name).lower()
    return lower in SKIPPED_FOLDERS or lower.startswith(".trash-")


def _stood_for(stub: bytes) -> list[tuple[bytes, int, int]]:
    """The file that a stub stands for, of which it tells the name alone."""
    name = cloud.real_name(stub)
    return [(name, 0, 0)] if is_candidate(name) else []


def _lead_on(entry: os.DirEntry[bytes], listing: Listing, prefix: str) -> None:
    """Note a folder, or a link to one."""
    if entry.is_dir(follow_symlinks=False):
        if not is_skipped(entry.name):
            listing.inside.append(prefix + os.fsdecode(entry.name))
    elif entry.is_symlink() and not is_skipped(entry.name) and _is_folder(entry):
        listing.links.append(prefix + os.fsdecode(entry.name))


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
