"""What the door offers beside the capabilities of the contract: the core itself, its jobs, settings and window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ctk.records import JobStatus


@dataclass(frozen=True, slots=True)
class Info:
    """The core behind a door: its ``version``, that of the ``contract``, its process, and whether there is a window."""

    version: str
    contract: int
    pid: int
    window: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job stands; ``result`` is set once it is done, and is what the method that started it promises."""

    status: JobStatus
    result: Any = None


class Core(Protocol):
    """The program behind the door."""

    def info(self) -> Info:
        """Which core this is."""
        ...

    def link(self) -> str:
        """An address that opens the web page in a browser, once and within 60 seconds."""
        ...

    def quit(self) -> None:
        """Have the program quit, with its window: what runs is cancelled, and what it finished stays. Returns at
        once."""
        ...


class Jobs(Protocol):
    """The long work that was started over the door; what came of it is kept for a while."""

    def status(self, id: str) -> JobStatus:
        """How far a job is. Raises ``NotFound``."""
        ...

    def result(self, id: str, *, wait_s: float = 0.0) -> Outcome:
        """What came of a job, waiting for its end at most ``wait_s`` (30) seconds. Raises ``NotFound``, and what the
        job raised."""
        ...

    def cancel(self, id: str) -> None:
        """Ask a job to stop; what it finished stays. Raises ``NotFound``."""
        ...

    def running(self) -> Sequence[JobStatus]:
        """The jobs of the core that run now, whoever started them."""
        ...


class Settings(Protocol):
    """What the user chose."""

    def all(self) -> Mapping[str, Any]:
        """Every setting with its value."""
        ...

    def change(self, values: Mapping[str, Any]) -> None:
        """Set these settings, and keep them. Raises ``UsageError`` for one that is none, or a value of another type."""
        ...


class Window(Protocol):
    """The window, where the core has one."""

    def show(self, folders: Sequence[str] = ()) -> None:
        """Bring the window to the front; ``folders`` are added as sources and scanned."""
        ...
