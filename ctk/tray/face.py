"""What the tray shows: which icon, the words beside the pointer, the lines of its menu. Knows no tray and no Tk."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from ctk.actions import Actions, Line
from ctk.contract import Toolkit
from ctk.events import JobChanged, PlaybackChanged
from ctk.records import JobStatus, NowPlaying

State = Literal["idle", "scanning", "playing"]

NAME = "Creator's Toolkit"
SCANNING = "Scanning"
OPEN = "window.show"
"""What a plain click does."""
TOGGLE = "play.toggle"
BEFORE: tuple[str, ...] = (TOGGLE, "play.next", "", "file.rescan")
AFTER: tuple[str, ...] = ("", "file.stay", "file.startup", "", "file.quit")
"""Actions above and below the line that tells how far the work is; an empty name is a line."""
ACTIONS = tuple(filter(None, (OPEN, *BEFORE, *AFTER)))
NAME_CHARS, TIP_CHARS = 60, 120
"""Windows has room for 127 characters beside the pointer."""


@dataclass(frozen=True, slots=True)
class Face:
    """``tip`` stands beside the pointer; a line without an id cannot be chosen."""

    state: State
    tip: str
    lines: tuple[Line, ...]


class Watch:
    """Follows what a toolkit does, on any thread; ``face()`` is how it stands now, ``changed`` tells of a new one."""

    def __init__(
        self,
        toolkit: Toolkit,
        actions: Actions,
        checked: Mapping[str, Callable[[], bool]],
        changed: Callable[[], None],
    ) -> None:
        self._actions = actions
        self._checked = checked
        self._changed = changed
        self._lock = threading.Lock()
        events = toolkit.events
        self._ends = [events.subscribe(JobChanged, self._at_work), events.subscribe(PlaybackChanged, self._heard)]
        self._jobs = {status.id: status for status in toolkit.jobs.running()}
        self._now = toolkit.audio.now()

    def face(self) -> Face:
        with self._lock:
            now, work = self._now, list(self._jobs.values())
        sentences = [*_sound(now), *_work(work[:1])]
        state: State = "playing" if now.state == "playing" else "scanning" if work else "idle"
        tip = "\n".join(sentences) or NAME
        return Face(state, tip[:TIP_CHARS], tuple(self._lines(now, _work(work))))

    def close(self) -> None:
        for end in self._ends:
            end()

    def _lines(self, now: NowPlaying, work: list[str]) -> Iterator[Line]:
        yield self._line(OPEN)
        yield Line("")
        for id in BEFORE:
            yield self._line(id, _toggle(now) if id == TOGGLE else "")
        yield from (Line("", words, enabled=False) for words in work)
        for id in AFTER:
            yield self._line(id)

    def _line(self, id: str, label: str = "") -> Line:
        if not id:
            return Line("")
        action = self._actions[id]
        checked = self._checked.get(id)
        return Line(id, label or action.label, action.enabled(), checked() if checked else None)

    def _at_work(self, event: JobChanged) -> None:
        status = event.status
        with self._lock:
            if status.state in ("waiting", "running"):
                self._jobs[status.id] = status
            else:
                self._jobs.pop(status.id, None)
        self._changed()

    def _heard(self, event: PlaybackChanged) -> None:
        with self._lock:
            self._now = event.now
        self._changed()


def _toggle(now: NowPlaying) -> str:
    return {"playing": "Pause", "paused": "Go on playing"}.get(now.state, "Play")


def _sound(now: NowPlaying) -> list[str]:
    if now.path is None or now.state == "stopped":
        return []
    name = _plain(PurePath(now.path).name, NAME_CHARS)
    return [f"Playing {name}" if now.state == "playing" else f"Paused: {name}"]


def _work(jobs: list[JobStatus]) -> list[str]:
    """How far each is, in a few words."""
    return [_plain(_progress(job), TIP_CHARS) for job in jobs]


def _progress(job: JobStatus) -> str:
    done, words = job.progress.done, job.progress.words or job.title
    if job.title == SCANNING:
        return f"{SCANNING}: {done:,} {'file' if done == 1 else 'files'}" if done else SCANNING
    return words if words.startswith(job.title) else f"{job.title}: {words}"


def _plain(text: str, chars: int) -> str:
    """On one line, without what cannot be shown, and no longer than there is room for."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return shown if len(shown) <= chars else shown[: chars - 1] + "…"
