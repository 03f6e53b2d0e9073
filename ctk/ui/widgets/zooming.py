"""How a hand moves through a long waveform: the wheel zooms around the pointer, with Shift it pushes."""

import tkinter as tk
from typing import Any, Protocol

from ctk.ui.widgets.stretch import Stretch
from ctk.ui.widgets.wheel import NOTCH

IN, OUT = 0.8, 1.25
PUSH = 0.12
"""So much of what is in view one notch goes."""
LEAST_S = 0.01
"""No less than this fills the width."""


class Wave(Protocol):
    """What is moved through."""

    duration_s: float
    view: Stretch

    def moment(self, x: float) -> float: ...
    def look(self, view: Stretch) -> None: ...


class Zooming:
    """Binds the wheel, the middle button, and the keys plus, minus and 0 on ``canvas``."""

    def __init__(self, canvas: tk.Canvas, wave: Wave) -> None:
        system = canvas.tk.call("tk", "windowingsystem")
        self._wave = wave
        self._held_x = 0
        self._notch = 1.0 if system == "aqua" and tk.TkVersion < 8.7 else float(NOTCH)
        for modifier in ("", "Control-"):
            canvas.bind(f"<{modifier}MouseWheel>", lambda event: self._zoom(event.delta / self._notch, event.x))
        canvas.bind("<Shift-MouseWheel>", lambda event: self._push(-event.delta / self._notch))
        if system == "x11":
            for button, turn in ((4, 1.0), (5, -1.0)):
                canvas.bind(f"<Button-{button}>", lambda event, turn=turn: self._zoom(turn, event.x))  # type: ignore[misc]
                canvas.bind(f"<Shift-Button-{button}>", lambda _, turn=turn: self._push(-turn))  # type: ignore[misc]
        middle = 3 if system == "aqua" else 2
        canvas.bind(f"<Button-{middle}>", self._hold)
        canvas.bind(f"<B{middle}-Motion>", self._drag)
        for keys, turn in ((("plus", "equal", "KP_Add"), 1.0), (("minus", "KP_Subtract"), -1.0)):
            for key in keys:
                canvas.bind(f"<{key}>", lambda _, turn=turn: self._zoom(turn, None))  # type: ignore[misc]
        canvas.bind("<Key-0>", lambda _: wave.look(Stretch(0.0, wave.duration_s)))

    def _zoom(self, turn: float, x: int | None) -> str:
        wave = self._wave
        if wave.duration_s:
            view = wave.view
            around_s = (view.start_s + view.end_s) / 2 if x is None else wave.moment(x)
            factor = IN**turn if turn > 0 else OUT**-turn
            wave.look(view.zoomed(factor, around_s, least_s=LEAST_S, whole_s=wave.duration_s))
        return "break"

    def _push(self, turn: float) -> str:
        wave = self._wave
        wave.look(wave.view.moved(turn * PUSH * wave.view.length_s, whole_s=wave.duration_s))
        return "break"

    def _hold(self, event: "tk.Event[Any]") -> None:
        self._held_x = event.x

    def _drag(self, event: "tk.Event[Any]") -> None:
        """What was under the pointer stays under it."""
        wave = self._wave
        by_s = wave.moment(self._held_x) - wave.moment(event.x)
        self._held_x = event.x
        wave.look(wave.view.moved(by_s, whole_s=wave.duration_s))
