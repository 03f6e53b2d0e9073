"""Dying at an exact moment: a child process that kills itself at the n-th line of the batch engine it runs."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from types import FrameType
from typing import Any

import ctk
from ctk.toolkit import Toolkit

ENGINE = (os.path.join("ctk", "batch", ""), "journal_rows.py", "relocation.py")
Work = Callable[[Toolkit], object]


def dies(home: Path, work: Work, point: int, *, opening: bool = False, engine: Collection[str] = ENGINE) -> bool:
    """Open ``home`` in a child and do ``work`` there; whether line ``point`` came, where the child is killed.

    With ``opening`` the lines are counted from the moment it opens the home, else from the moment it has. Lines count
    in the files whose paths hold one of ``engine``.
    """
    child = os.fork()
    if child == 0:
        _live(home, work, _Lines(point, engine), opening)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return False


def _live(home: Path, work: Work, lines: "_Lines", opening: bool) -> None:
    lines.counting = opening
    threading.settrace(lines.enter)
    sys.settrace(lines.enter)
    try:
        with ctk.open(home) as toolkit:
            lines.counting = True
            work(toolkit)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


class _Lines:
    def __init__(self, point: int, engine: Collection[str]) -> None:
        self.counting = False
        self._left = point
        self._engine = engine

    def enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self.line if any(part in frame.f_code.co_filename for part in self._engine) else None

    def line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line" and self.counting:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.line
