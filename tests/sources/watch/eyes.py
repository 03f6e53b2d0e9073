"""A folder with an eye on it, for tests of eyes."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from ctk.sources.changes import Changes
from ctk.sources.walk import Walk
from ctk.sources.watch.dirt import Dirt
from ctk.sources.watch.eye import Eye, Tree

PATIENCE_S = 10.0


def go_on() -> None:
    """Nobody wants to stop."""


def tree(root: Path, id: int = 1, *others: Path) -> Tree:
    def folders(top: str) -> Iterator[str]:
        return Walk([str(root), *map(str, others)], [], go_on).folders(str(root), top)

    return Tree(id, str(root), Dirt(go_on), folders)


def watched(eye: Eye, root: Path, id: int = 1, *others: Path) -> Tree:
    found = tree(root, id, *others)
    eye.watch(found, go_on)
    return found


def gathered(tree: Tree) -> Changes:
    """What was told of, once it is quiet."""
    deadline = time.monotonic() + PATIENCE_S
    while (wait_s := tree.dirt.wait_s()) != 0:
        assert time.monotonic() < deadline, "nothing was seen"
        time.sleep(min(0.02, 0.02 if wait_s is None else wait_s))
    return tree.dirt.take()


def is_quiet(tree: Tree, seconds: float = 0.3) -> bool:
    """Whether nothing was told of for so long."""
    time.sleep(seconds)
    return tree.dirt.wait_s() is None


def put(path: Path, content: bytes = b"RIFF") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def threads() -> int:
    return len(os.listdir("/proc/self/task"))
