"""The menu of where sound comes out: the devices, one level for all sounds, and how quick the device is."""

import tkinter as tk
from collections.abc import Callable

from ctk.ui.models.output import BUFFERS_MS, Output

SYSTEM = "As the system"
ASK_WAIT_S = 0.05
"""The menu waits this long for the devices; then it opens with those that were known."""


class OutputMenu:
    """``fill`` a menu with it. ``even(on)`` is asked for with the switch for one level."""

    def __init__(self, master: tk.Misc, output: Output, even: Callable[[bool], None]) -> None:
        self._output = output
        self._even = even
        self._ids: list[str | None] = []
        self._device = tk.IntVar(master)
        self._buffer = tk.IntVar(master)
        self._is_even = tk.BooleanVar(master)

    def fill(self, menu: tk.Menu) -> None:
        output = self._output
        output.ask(ASK_WAIT_S)
        self._ids.clear()
        self._buffer.set(output.buffer_ms)
        self._is_even.set(output.even_loudness)
        system = [device.name for device in output.devices if device.default]
        self._add_device(menu, f"{SYSTEM} ({system[0]})" if system else SYSTEM, None)
        for device in output.devices:
            self._add_device(menu, device.name, device.id)
        if output.chosen not in (None, *(device.id for device in output.devices)):
            self._add_device(menu, "The chosen device, not connected", output.chosen)
        self._device.set(self._ids.index(output.chosen))
        menu.add_separator()
        menu.add_checkbutton(
            label="Even loudness", variable=self._is_even, command=lambda: self._even(self._is_even.get())
        )
        menu.add_separator()
        for ms in BUFFERS_MS:
            words = {BUFFERS_MS[0]: ", quickest", BUFFERS_MS[-1]: ", safest"}.get(ms, "")
            menu.add_radiobutton(
                label=f"Buffer {ms} ms{words}", value=ms, variable=self._buffer, command=self._set_buffer
            )

    def _add_device(self, menu: tk.Menu, name: str, id: str | None) -> None:
        menu.add_radiobutton(label=name, value=len(self._ids), variable=self._device, command=self._choose)
        self._ids.append(id)

    def _choose(self) -> None:
        self._output.choose(self._ids[self._device.get()])

    def _set_buffer(self) -> None:
        self._output.set_buffer(self._buffer.get())
