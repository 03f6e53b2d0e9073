"""Which folders, with all below them, lie mostly inside others: the widest that can be said, and each once. Pure."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ctk.catalog.duplicate_folders import FolderRow, Spread
from ctk.records import Overlap

LEAST: Final = 0.5
"""A folder is mostly inside another when at least this part of its files is."""

LEAST_FILES: Final = 2
MOST_PLACES: Final = 200
"""What is in more folders than this is everybody's and says nothing about two of them."""

_NEARLY: Final = 0.9
_CLEARLY: Final = 0.05


@dataclass(slots=True)
class _Shared:
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Match:
    """The folder in which most of ``folder`` is again."""

    folder: int
    inside: int
    shared: _Shared
    part: float


def overlaps(folders: Sequence[FolderRow], spreads: Iterable[Spread], sources: Sequence[str]) -> list[Overlap]:
    """All overlaps worth telling, the most bytes first."""
    tree = _Tree(sources)
    nodes = {row.id: tree.add(row) for row in folders}
    matches = _without_wrappers(_best_matches(tree, _count(tree, nodes, spreads)), tree)
    found = [
        Overlap(
            tree.paths[match.folder],
            tree.paths[match.inside],
            tree.files[match.folder],
            match.shared.files,
            round(100 * match.part, 1),
            match.shared.bytes,
        )
        for match in _told_once(_widest(matches, tree), tree)
    ]
    return sorted(found, key=lambda overlap: (-overlap.bytes, overlap.folder))


class _Tree:
    """Folders as numbers, each with all those it lies in up to the outermost source."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.paths: list[str] = []
        self.files: list[int] = []
        self._lines: list[tuple[int, ...]] = []
        self._numbers: dict[str, int] = {}
        self._tops = {source: min((top for top in sources if _is_in(source, top)), key=len) for source in sources}

    def add(self, row: FolderRow) -> int:
        number = self._number(row.path, self._tops[row.source])
        for above in self._lines[number]:
            self.files[above] += row.files
        return number

    def line(self, node: int) -> tuple[int, ...]:
        """A folder and all that it lies in, from itself upwards."""
        return self._lines[node]

    def is_in(self, node: int, other: int) -> bool:
        return other in self._lines[node]

    def are_kin(self, node: int, other: int) -> bool:
        """Whether one is the other, or lies in it."""
        return other in self._lines[node] or node in self._lines[other]

    def _number(self, path: str, top: str) -> int:
        if path in self._numbers:
            return self._numbers[path]
        parent = os.path.dirname(path)
        above = () if path in (top, parent) else self._lines[self._number(parent, top)]
        number = self._numbers[path] = len(self.paths)
        self.paths.append(path)
        self.files.append(0)
        self._lines.append((number, *above))
        return number


def _is_in(path: str, folder: str) -> bool:
    return os.path.join(os.path.normcase(path), "").startswith(os.path.join(os.path.normcase(folder), ""))


def _count(tree: _Tree, nodes: dict[int, int], spreads: Iterable[Spread]) -> dict[int, dict[int, _Shared]]:
    """For each folder and each other: how many of its files are in that one too."""
    found: dict[int, dict[int, _Shared]] = defaultdict(lambda: defaultdict(_Shared))
    for spread in spreads:
        if len(spread.copies) > MOST_PLACES:
            continue
        for folder, copies in spread.copies.items():
            others = {above for other in spread.copies if other != folder for above in tree.line(nodes[other])}
            for node in tree.line(nodes[folder]):
                for other in others:
                    if not tree.are_kin(node, other):
                        shared = found[node][other]
                        shared.files += copies * spread.groups
                        shared.bytes += copies * spread.bytes
    return found


def _best_matches(tree: _Tree, found: dict[int, dict[int, _Shared]]) -> list[_Match]:
    """For each folder that is mostly somewhere else the smallest folder that holds nearly all that any does."""
    matches = []
    for node, others in found.items():
        most = max(shared.files for shared in others.values())
        if most < LEAST_FILES or most < LEAST * tree.files[node]:
            continue
        near = [other for other, shared in others.items() if shared.files >= _NEARLY * most]
        inside = min(near, key=lambda other: (tree.files[other], len(tree.paths[other]), tree.paths[other]))
        part = others[inside].files / tree.files[node]
        if part >= LEAST:
            matches.append(_Match(node, inside, others[inside], part))
    return matches


def _without_wrappers(matches: Sequence[_Match], tree: _Tree) -> list[_Match]:
    """Without folders that are in another only because of one folder in them, which is more wholly so."""
    by_folder = {match.folder: match for match in matches}
    wrappers = set()
    for match in matches:
        for above in tree.line(match.folder)[1:]:
            wide = by_folder.get(above)
            if wide and match.shared.files >= _NEARLY * wide.shared.files and match.part > wide.part + _CLEARLY:
                wrappers.add(above)
    return [match for match in matches if match.folder not in wrappers]


def _widest(matches: Sequence[_Match], tree: _Tree) -> Iterator[_Match]:
    """Without folders of which a folder around them says the same."""
    by_folder = {match.folder: match for match in matches}
    for match in matches:
        around = (by_folder.get(above) for above in tree.line(match.folder)[1:])
        if not any(wide and tree.is_in(match.inside, wide.inside) for wide in around):
            yield match


def _told_once(matches: Iterable[_Match], tree: _Tree) -> Iterator[_Match]:
    """Two folders that are in each other are told of once: the one that is more wholly inside, else the longer path."""
    told: list[_Match] = []
    order = sorted(matches, key=lambda match: (match.part, len(tree.paths[match.folder]), tree.paths[match.folder]))
    for match in reversed(order):
        if not any(
            tree.are_kin(match.folder, other.inside) and tree.are_kin(match.inside, other.folder) for other in told
        ):
            told.append(match)
            yield match
