"""How fast a piece of work goes, and how long the rest of it takes."""

from collections import deque
from typing import Final

from ctk.records import JobStatus
from ctk.ui.models import words

LOOK_BACK_S: Final = 60.0
"""The speed is that of the last minute."""
FIRST_S: Final = 4.0
"""Before that nobody can tell."""


class Pace:
    """``tell`` it how far the work is."""

    def __init__(self) -> None:
        self._of: tuple[str, int | None] = ("", None)
        self._past: deque[tuple[float, int]] = deque()

    def tell(self, status: JobStatus, now_s: float) -> str:
        """The time that is left, in words; empty while that is not known. Work that counts anew is other work."""
        progress, past = status.progress, self._past
        of = (status.id, progress.total)
        if of != self._of or (past and progress.done < past[-1][1]):
            past.clear()
            self._of = of
        past.append((now_s, progress.done))
        while len(past) > 2 and now_s - past[1][0] >= LOOK_BACK_S:
            past.popleft()
        began_s, first = past[0]
        took_s = now_s - began_s
        if not progress.total or took_s < FIRST_S or progress.done <= first:
            return ""
        return left((progress.total - progress.done) * took_s / (progress.done - first))


def left(seconds: float) -> str:
    """``less than a minute left``, ``about 3 min left``."""
    return "less than a minute left" if seconds < 50 else f"about {words.long_time(max(60.0, seconds + 30))} left"
