"""What the pointer does in a waveform: a click seeks, a drag marks a region, and its edges can be dragged."""

import tkinter as tk
from collections.abc import Callable
from typing import Any, Protocol

Region = tuple[float, float]
"""From and to, in seconds."""

SLOP = 4
"""So many pixels at 100 % a hand moves in a click, and misses an edge by."""


class Wave(Protocol):
    """What is marked in."""

    region: Region | None
    unit: int
    duration_s: float
    on_seek: Callable[[float], None]

    def moment(self, x: float) -> float: ...
    def x_of(self, moment_s: float) -> int: ...
    def mark(self, region: Region | None) -> None: ...
    def show_mark(self, region: Region | None) -> None: ...


class Marking:
    """Binds the pointer on ``canvas``, and Esc, which clears the region."""

    def __init__(self, canvas: tk.Canvas, wave: Wave) -> None:
        self._canvas = canvas
        self._wave = wave
        self._pressed_at: int | None = None
        self._fixed_s: float | None = None
        self._cursor = ""
        canvas.bind("<Button-1>", self._press)
        canvas.bind("<B1-Motion>", self._drag)
        canvas.bind("<ButtonRelease-1>", self._release)
        canvas.bind("<Double-Button-1>", self._clear)
        canvas.bind("<Escape>", self._clear)
        canvas.bind("<Motion>", self._point, add=True)

    @property
    def dragging(self) -> bool:
        return self._fixed_s is not None

    def _press(self, event: "tk.Event[Any]") -> None:
        if self._wave.duration_s:
            self._pressed_at = event.x
            self._fixed_s = self._beyond_edge(event.x)

    def _drag(self, event: "tk.Event[Any]") -> None:
        wave = self._wave
        if self._pressed_at is None:
            return
        if self._fixed_s is None:
            if abs(event.x - self._pressed_at) < SLOP * wave.unit:
                return
            self._fixed_s = wave.moment(self._pressed_at)
        ends = sorted((self._fixed_s, wave.moment(event.x)))
        wave.mark((ends[0], ends[1]))

    def _release(self, event: "tk.Event[Any]") -> None:
        wave = self._wave
        pressed_at, self._pressed_at = self._pressed_at, None
        if pressed_at is None:
            return
        fixed_s, self._fixed_s = self._fixed_s, None
        if fixed_s is None:
            wave.on_seek(wave.moment(event.x))
        elif event.x != pressed_at:
            wide = wave.region is not None and wave.region[1] > wave.region[0]
            wave.show_mark(wave.region if wide else None)

    def _clear(self, _: "tk.Event[Any]") -> str:
        self._pressed_at = None
        if self._wave.region is not None:
            self._wave.show_mark(None)
        return "break"

    def _point(self, event: "tk.Event[Any]") -> None:
        """The pointer says where an edge can be taken."""
        cursor = "" if self._beyond_edge(event.x) is None else "sb_h_double_arrow"
        if cursor != self._cursor:
            self._cursor = cursor
            self._canvas.configure(cursor=cursor)

    def _beyond_edge(self, x: int) -> float | None:
        """The end of the region that stays when the edge at ``x`` is dragged; ``None`` where there is no edge."""
        wave = self._wave
        if wave.region is None:
            return None
        near, far = sorted(wave.region, key=lambda moment_s: abs(wave.x_of(moment_s) - x))
        return far if abs(wave.x_of(near) - x) <= SLOP * wave.unit else None
