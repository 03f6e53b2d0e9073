"""How a hand moves over a map of dots: the wheel zooms around the pointer, a drag pushes, with Shift it sweeps."""

import tkinter as tk
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, Protocol

from ctk.ui.widgets.plane import Plane, View, Way
from ctk.ui.widgets.wheel import NOTCH

IN: Final = 0.8
"""So much of what is in view is left after one notch."""
PUSH: Final = 0.12
SHAKE: Final = 4
"""A hand shakes, so that many pixels are no drag yet."""
_SHIFT: Final = 0x1


class Map(Protocol):
    """What is moved over."""

    plane: Plane
    view: View
    picked: int | None
    pointed: int | None
    on_pick: Callable[[int | None], None]
    on_open: Callable[[int], None]
    on_sweep: Callable[[Sequence[int]], None]
    on_menu: Callable[[int, int, int], None]

    def look(self, view: View) -> None: ...
    def pick(self, dot: int | None, *, show: bool = False) -> None: ...
    def point(self, x: int | None, y: int = 0) -> None: ...
    def spot(self, dot: int) -> tuple[float, float]: ...
    def plane_at(self, x: float, y: float) -> tuple[float, float]: ...
    def step(self, way: Way) -> None: ...
    def sweep(self, start: tuple[int, int], end: tuple[int, int] | None) -> None: ...


class Roaming:
    """Binds the buttons, the wheel, the arrows, Return, the Menu key, and the keys plus, minus and 0 on ``canvas``."""

    def __init__(self, canvas: tk.Canvas, map: Map) -> None:
        self._canvas = canvas
        self._map = map
        self._start: tuple[int, int] | None = None
        self._held = (0, 0)
        self._dragging = self._sweeping = False
        system = canvas.tk.call("tk", "windowingsystem")
        self._notch = 1.0 if system == "aqua" and tk.TkVersion < 8.7 else float(NOTCH)
        self._bind_wheel(system == "x11")
        self._bind_keys(("Control", "Command", "Option") if system == "aqua" else ("Control", "Alt"))
        canvas.bind("<Button-1>", self._pressed)
        canvas.bind("<B1-Motion>", self._moved)
        canvas.bind("<ButtonRelease-1>", self._released)
        canvas.bind("<Double-1>", self._opened)
        for button in ("<Button-2>", "<Control-Button-1>") if system == "aqua" else ("<Button-3>",):
            canvas.bind(button, self._asked)

    def _bind_wheel(self, x11: bool) -> None:
        canvas = self._canvas
        for modifier in ("", "Control-"):
            canvas.bind(f"<{modifier}MouseWheel>", lambda event: self._zoom(event.delta / self._notch, event))
        canvas.bind("<Shift-MouseWheel>", lambda event: self._push(-event.delta / self._notch, 0))
        if x11:
            for button, turn in ((4, 1.0), (5, -1.0)):
                canvas.bind(f"<Button-{button}>", lambda event, turn=turn: self._zoom(turn, event))  # type: ignore[misc]
                canvas.bind(f"<Shift-Button-{button}>", lambda _, turn=turn: self._push(-turn, 0))  # type: ignore[misc]

    def _bind_keys(self, others: Sequence[str]) -> None:
        """What is pressed with ``others`` is not ours; of all that fits Tk takes what fits best."""
        canvas = self._canvas
        plain: dict[str, Callable[[], object]] = {"Key-0": lambda: self._map.look(View()), "Return": self._open_picked}
        ways: tuple[Way, ...] = ("left", "right", "up", "down")
        for way in ways:
            plain[way.capitalize()] = partial(self._map.step, way)
        for keys, turn in ((("plus", "equal", "KP_Add"), 2.0), (("minus", "KP_Subtract"), -2.0)):
            for key in keys:
                plain[key] = partial(self._zoom, turn, None)
        for key, act in plain.items():
            canvas.bind(f"<{key}>", lambda _, act=act: act())  # type: ignore[misc]
            for other in others:
                canvas.bind(f"<{other}-{key}>", lambda _: None)
        for key in ("Shift-F10", "Menu", "App"):
            with suppress(tk.TclError):  # not every system has every key
                canvas.bind(f"<{key}>", lambda _: self._ask_picked())

    def _zoom(self, turn: float, event: "tk.Event[Any] | None") -> str:
        """Around the pointer, or what is picked, or the middle."""
        map = self._map
        canvas = self._canvas
        if event is not None:
            x, y = map.plane_at(event.x, event.y)
        elif map.picked is not None:
            x, y = map.plane.x[map.picked], map.plane.y[map.picked]
        else:
            x, y = map.plane_at(canvas.winfo_width() / 2, canvas.winfo_height() / 2)
        map.look(map.view.zoomed(IN**turn, x, y))
        return "break"

    def _push(self, across: float, down: float) -> str:
        span = self._map.view.span
        self._map.look(self._map.view.moved(across * PUSH * span, down * PUSH * span))
        return "break"

    def _pressed(self, event: "tk.Event[Any]") -> None:
        self._canvas.focus_set()
        self._start = self._held = (event.x, event.y)
        self._dragging = False
        self._sweeping = bool(int(event.state) & _SHIFT)

    def _moved(self, event: "tk.Event[Any]") -> None:
        if self._start is None:
            return
        far = max(abs(event.x - self._start[0]), abs(event.y - self._start[1]))
        if not self._dragging and far < SHAKE:
            return
        if not self._dragging:
            self._dragging = True
            self._map.point(None)
            self._canvas.configure(cursor="crosshair" if self._sweeping else "fleur")
        if self._sweeping:
            self._map.sweep(self._start, (event.x, event.y))
        else:  # what was under the pointer stays under it
            (x, y), (to_x, to_y) = self._map.plane_at(*self._held), self._map.plane_at(event.x, event.y)
            self._held = (event.x, event.y)
            self._map.look(self._map.view.moved(x - to_x, y - to_y))

    def _released(self, event: "tk.Event[Any]") -> None:
        start, self._start = self._start, None
        if start is None:
            return
        self._canvas.configure(cursor="")
        if self._dragging and self._sweeping:
            self._map.sweep(start, None)
            left, right = sorted((start[0], event.x))
            top, bottom = sorted((start[1], event.y))
            box = (*self._map.plane_at(left, top), *self._map.plane_at(right, bottom))
            self._map.on_sweep(self._map.plane.swept(*box))
        elif not self._dragging:
            self._map.point(event.x, event.y)
            self._map.pick(self._map.pointed)
            self._map.on_pick(self._map.pointed)
        self._map.point(event.x, event.y)

    def _opened(self, event: "tk.Event[Any]") -> None:
        """Two clicks: a dot opens; beside all dots, everything comes into view again."""
        self._start = None
        self._map.point(event.x, event.y)
        if self._map.pointed is None:
            self._map.look(View())
        else:
            self._map.on_open(self._map.pointed)

    def _asked(self, event: "tk.Event[Any]") -> str:
        """What can be done with a dot."""
        self._canvas.focus_set()
        self._map.point(event.x, event.y)
        if self._map.pointed is not None:
            self._map.on_menu(self._map.pointed, event.x_root, event.y_root)
        return "break"

    def _ask_picked(self) -> str:
        dot, canvas = self._map.picked, self._canvas
        if dot is not None:
            x, y = self._map.spot(dot)
            self._map.on_menu(dot, canvas.winfo_rootx() + round(x), canvas.winfo_rooty() + round(y))
        return "break"

    def _open_picked(self) -> None:
        if self._map.picked is not None:
            self._map.on_open(self._map.picked)
