"""What watches folders, told apart from what is done about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ctk import cloud
from ctk.sources.walk import is_candidate
from ctk.sources.watch.dirt import Dirt


@dataclass(frozen=True, slots=True)
class Tree:
    """A source that is to be watched.

    What happens in it is told to ``dirt``. ``folders(top)`` gives the folders at and below one of its folders, those
    that a scan would list, each before anything in it is looked at.
    """

    id: int
    path: str
    dirt: Dirt
    folders: Callable[[str], Iterator[str]]


class Eye(Protocol):
    """Watches trees, on threads of its own. None of its methods raises because something cannot be watched."""

    @property
    def blind(self) -> Mapping[int, str]:
        """The trees that cannot be watched, by id, and why."""
        ...

    def watch(self, tree: Tree, check: Callable[[], None]) -> None:
        """Watch ``tree`` from now on, afresh where it was watched before. ``check`` is called often and may raise
        ``Cancelled`` to stop."""
        ...

    def leave(self, id: int) -> None:
        """Watch this tree no longer."""
        ...

    def close(self) -> None:
        """Let go of everything; twice is fine."""
        ...


def is_of_interest(name: bytes) -> bool:
    """Whether a file of this name may be a sound, or stand for one that is only online."""
    if name.rpartition(b".")[2] in cloud.STUBS:
        name = cloud.real_name(name)
    return is_candidate(name)
