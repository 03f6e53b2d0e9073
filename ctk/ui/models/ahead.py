"""What is likely to be heard next is made ready: the rows around the focus, more of them in the direction of travel."""

from collections.abc import Iterable

from ctk.contract import Audio
from ctk.ui.models.search import Search
from ctk.ui.models.transport import PLAYABLE
from ctk.ui.pump import Pump

AHEAD, BEHIND = 5, 2


class Ahead:
    """Told where the focus ``arrive``s, and when a list ``begin``s."""

    def __init__(self, audio: Audio, search: Search, pump: Pump) -> None:
        self._audio = audio
        self._search = search
        self._pump = pump
        self._before: int | None = None

    def begin(self) -> None:
        """Another list is there, with the focus nowhere yet: have its first sounds ready."""
        self._before = None
        self._prepare(range(AHEAD))

    def arrive(self, position: int) -> None:
        """Have the sounds around this position ready."""
        jump = 1 if self._before is None else position - self._before
        self._before = position
        self._prepare(around(position, jump))

    def _prepare(self, positions: Iterable[int]) -> None:
        ids = [row.id for at in positions if (row := self._search.row(at)) and row.state in PLAYABLE]
        self._pump.call(self._audio.prepare, ids, key="prepare")


def around(position: int, jump: int) -> list[int]:
    """The positions near this one, the likeliest first: one more such jump, or one back where it came from."""
    step = 1 if jump >= 0 else -1
    near = [position + step * by for by in range(1, AHEAD + 1)]
    near[2:2] = [position - step * by for by in range(1, BEHIND + 1)]
    if abs(jump) > 1:
        near.insert(0, position + jump)
    return [at for at in dict.fromkeys(near) if at >= 0]
