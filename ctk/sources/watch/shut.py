"""The eye of a system that lets nobody watch: whatever it is to watch has to be looked through."""

from collections.abc import Callable

from ctk.sources.watch.eye import Tree


class Shut:
    """See ``Eye``. ``why`` is what it says of each tree."""

    def __init__(self, why: str) -> None:
        self._why = why
        self.blind: dict[int, str] = {}

    def watch(self, tree: Tree, check: Callable[[], None]) -> None:
        self.blind[tree.id] = self._why

    def leave(self, id: int) -> None:
        self.blind.pop(id, None)

    def close(self) -> None:
        self.blind.clear()
