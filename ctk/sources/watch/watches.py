"""Which watch is on which folder: the books of the inotify eye."""

import os
from typing import NamedTuple


class Place(NamedTuple):
    """A folder of a tree, relative to it."""

    tree: int
    folder: str


class Watches:
    """A watch stays with its folder wherever that is moved. It is loose when nobody knows where that is: it may be
    put on again, under whatever name the folder has then, or is to be taken off."""

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}
        self._folders: dict[int, dict[str, int]] = {}
        self.loose: dict[int, None] = {}

    def __len__(self) -> int:
        return len(self._places) + len(self.loose)

    def place(self, watch: int) -> Place | None:
        return self._places.get(watch)

    def put(self, watch: int, tree: int, folder: str) -> None:
        """``watch`` is on this folder, and on no other."""
        self.forget(watch)
        folders = self._folders.setdefault(tree, {})
        if (before := folders.get(folder)) is not None:
            self._places.pop(before)
            self.loose[before] = None
        folders[folder] = watch
        self._places[watch] = Place(tree, folder)

    def forget(self, watch: int) -> Place | None:
        """``watch`` is on nothing; where it was."""
        self.loose.pop(watch, None)
        place = self._places.pop(watch, None)
        if place is not None:
            del self._folders[place.tree][place.folder]
        return place

    def loosen(self, tree: int, top: str = "") -> bool:
        """The watches on ``top`` and everything below it are loose; whether there were any."""
        folders = self._folders.get(tree, {})
        if top not in folders:
            return False
        below = os.path.join(top, "") if top else ""
        for folder in [folder for folder in folders if folder == top or folder.startswith(below)]:
            watch = folders.pop(folder)
            del self._places[watch]
            self.loose[watch] = None
        return True

    def off(self, most: int) -> list[int]:
        """At ``most`` so many loose ones, which are no longer on the books."""
        taken = list(self.loose)[:most]
        for watch in taken:
            del self.loose[watch]
        return taken
