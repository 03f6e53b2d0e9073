"""The parts of the window: nodes as a look writes them, and the tree that they must make."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from ctk.looks.lines import Path
from ctk.looks.look import Node, Split
from ctk.looks.part import Part
from ctk.looks.report import Report, shown
from ctk.looks.vocabulary import CATALOG_VIEWS, PAGES, WINDOW_VIEWS

MOST_NODES, MOST_CHILDREN = 40, 12
LEAST_SIZE, MOST_SIZE = 20, 4_000
WINDOW, CATALOG, STAGE = "window", "catalog", "pages"
NEEDED: Final = {WINDOW: ("pages", "player", "status"), CATALOG: ("search", "list")}
"""Without these nobody could work."""
LEAVES: Final = frozenset({*WINDOW_VIEWS, *PAGES, *CATALOG_VIEWS} - {CATALOG})

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_SPLITS: Final = frozenset(get_args(Split))


def nodes(part: Part) -> dict[str, Node]:
    """All that are written well, each for itself."""
    found = {}
    for name in part.names():
        inside = part.part(name)
        if not _NAME.fullmatch(name):
            part.wrong(name, f"{shown(name)} cannot be the name of a part: small letters, digits, - and _.")
        elif name in LEAVES:
            part.wrong(name, f"{name} is a view and cannot be split.")
        elif (node := _node(inside)) is not None:
            found[name] = node
    if len(found) > MOST_NODES:
        part.report.error(part.path, f"the layout has more than {MOST_NODES} parts.")
    return found


def _node(part: Part) -> Node | None:
    before = part.report.count
    split: Any = part.text("split", 200)
    if split is None and "split" not in part:
        part.wrong("split", f"split is missing: {', '.join(sorted(_SPLITS))}.")
    elif split is not None and split not in _SPLITS:
        part.report.strange((*part.path, "split"), split, "split", _SPLITS)
    children = part.texts("children", MOST_CHILDREN)
    if children == () or (children is None and "children" not in part):
        part.wrong("children", "children is empty: it names what lies in this part.")
    sizes = _sizes(part, children or ()) if part.value("sizes") is not None else (None,) * len(children or ())
    part.done()
    return Node(split, children or (), sizes) if part.report.count == before else None


def _sizes(part: Part, children: tuple[str, ...]) -> tuple[int | None, ...]:
    sizes = part.value("sizes")
    if not isinstance(sizes, list) or len(sizes) != len(children):
        part.wrong("sizes", f"sizes must have one entry for each of the {len(children)} children.")
        return ()
    for place, size in enumerate(sizes):
        if size != "*" and not (type(size) is int and LEAST_SIZE <= size <= MOST_SIZE):
            wrong = f'a size is a number from {LEAST_SIZE} to {MOST_SIZE}, or "*" for what is left.'
            part.report.error((*part.path, "sizes", place), wrong)
    if "*" not in sizes:
        part.wrong("sizes", 'one of the sizes must be "*": it takes what is left.')
    return tuple(None if size == "*" else size for size in sizes)


def check(tree: Mapping[str, Node], said: Mapping[str, Node], report: Report) -> dict[str, Node]:
    """The nodes that hang together, of a ``tree`` that is filled up from the parents; ``said`` is what this look adds.

    What is wrong goes to ``report``.
    """
    walk = _Walk(tree, said, report)
    for root in (WINDOW, CATALOG):
        walk.needs(root)
    if WINDOW in tree:
        walk.seen[WINDOW] = ()
        walk.down(WINDOW, ())
    for name in said:
        if name not in walk.seen:
            report.error(("layout", name), f"{name} is nowhere in the window.")
    return {name: node for name, node in tree.items() if name in walk.seen}


class _Walk:
    """A way down the tree; ``seen`` is where in the sheet each name of it stands."""

    def __init__(self, tree: Mapping[str, Node], said: Mapping[str, Node], report: Report) -> None:
        self.seen: dict[str, Path] = {}
        self._tree = tree
        self._said = said
        self._report = report

    def needs(self, root: str) -> None:
        """Whether a page is there, with what it needs."""
        if root not in self._tree:
            self._report.error(("layout",), f"the layout has no part {root}.")
            return
        held = set(self._below(root))
        for name in NEEDED[root]:
            if name not in held:
                self._report.error(("layout", root), f"{name} must be somewhere in {root}.")

    def down(self, name: str, above: tuple[str, ...]) -> None:
        """Look at a node and all below it."""
        node = self._tree[name]
        self._fits(name, node)
        for place, child in enumerate(node.children):
            path = self._path(name, "children", place)
            if child in (*above, name):
                self._report.error(path, f"{child} cannot lie inside itself.")
            elif child not in self._tree and child not in LEAVES:
                self._report.strange(path, child, "view or part", [*LEAVES, *self._tree])
            else:
                self._belongs(child, (*above, name), path)
                if child in self.seen:
                    own = path if len(path) > 1 else self.seen[child]
                    self._report.error(own, f"{child} stands twice in the layout.")
                    continue
                self.seen[child] = path
                if child in self._tree:
                    self.down(child, (*above, name))

    def _fits(self, name: str, node: Node) -> None:
        tabs = node.split in ("tabs", "stack")
        if name == STAGE:
            if not tabs:
                self._report.error(self._path(name, "split"), "pages must be split as tabs or stack.")
            for page in PAGES:
                if page not in node.children:
                    self._report.error(self._path(name, "children"), f"{page} must be among the pages.")
        elif node.split == "tabs":
            self._report.error(self._path(name, "split"), "only pages can be tabs.")
        elif node.split == "stack":
            for needed in (*NEEDED[WINDOW], *NEEDED[CATALOG]):
                if needed in self._below(name):
                    wrong = f"{needed} must always be in sight and cannot be in a stack."
                    self._report.error(self._path(name, "split"), wrong)
        if tabs and any(node.sizes):
            self._report.error(self._path(name, "sizes"), "sizes are for rows and columns.")

    def _belongs(self, child: str, above: tuple[str, ...], path: Path) -> None:
        inside = CATALOG in above
        if child in CATALOG_VIEWS and not inside:
            self._report.error(path, f"{child} must be inside {CATALOG}.")
        elif (child in WINDOW_VIEWS or child == STAGE) and (inside or STAGE in above):
            self._report.error(path, f"{child} cannot be inside {CATALOG if inside else STAGE}.")
        elif (child in PAGES) != (above[-1] == STAGE):
            wrong = f"{child} must be directly in {STAGE}" if child in PAGES else f"only pages can be in {STAGE}"
            self._report.error(path, f"{wrong}.")

    def _below(self, root: str) -> Iterator[str]:
        """Every name below, cycles or not."""
        todo, known = [root], {root}
        while todo:
            node = self._tree.get(todo.pop())
            fresh = [child for child in (node.children if node else ()) if child not in known]
            yield from fresh
            known.update(fresh)
            todo += fresh

    def _path(self, name: str, *rest: str | int) -> Path:
        """Where it stands, if this look says it; else the layout as a whole must answer for it."""
        return ("layout", name, *rest) if name in self._said else ("layout",)
