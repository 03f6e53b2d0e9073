"""One source, as whoever follows it sees it: where it was, whether an eye is on it, when to look through it."""

from collections.abc import Callable, Iterator, Sequence

from ctk.catalog.source_rows import Root
from ctk.sources.walk import Place, Walk, place
from ctk.sources.watch.dirt import Dirt
from ctk.sources.watch.eye import Tree
from ctk.sources.watch.pullable import is_pullable


class Followed:
    """New ones are in doubt: what happened before they were followed, nobody saw."""

    def __init__(self, root: Root, wake: Callable[[], None]) -> None:
        self.root = root
        self.dirt = Dirt(wake)
        self.dirt.doubt()
        self.is_network = False
        self.is_pullable = False
        self.to_watch = True
        """No eye was set on the folder that is there now."""
        self.why_blind: str | None = None
        """Why it cannot be watched, as far as that was said."""
        self.look_through_s = 0.0
        """When to look through it, where it cannot be watched."""
        self.check_s = 0.0
        """Not to be read to its end before, whatever its age."""
        self._place: Place | None = None

    @property
    def is_here(self) -> bool:
        """Whether a folder is where it should be; what is on a network is not asked."""
        return self.is_network or self._place is not None

    def look(self) -> None:
        """Notice when another folder is in its place, or none. Asks the drive."""
        found = None if self.is_network else place(self.root.path)
        if found != self._place:
            self._place = found
            self.is_pullable = found is not None and is_pullable(self.root.path)
            self.disturb()

    def disturb(self) -> None:
        """What is watched is no longer what should be."""
        self.to_watch = not self.is_network
        self.dirt.doubt()

    @property
    def is_watchable(self) -> bool:
        return self.is_here and not self.is_network and not self.is_pullable

    def tree(self, roots: Sequence[str], avoid: Sequence[str], check: Callable[[], None]) -> Tree:
        """What an eye is to watch: all of it but what belongs to other ``roots``, or is to ``avoid``."""

        def folders(top: str) -> Iterator[str]:
            return Walk(roots, avoid, check).folders(self.root.path, top)

        return Tree(self.root.id, self.root.path, self.dirt, folders)
