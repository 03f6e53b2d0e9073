"""A waveform that follows the player: the outline as it gets known, the cursor while the sound plays."""

import tkinter as tk
from collections.abc import Callable

from ctk.records import NowPlaying
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.models.transport import Region, Transport
from ctk.ui.models.waveform import Waveform
from ctk.ui.theme import Theme
from ctk.ui.widgets import waveform
from ctk.ui.widgets.stretch import Stretch

FRAME_MS = 20
FINE_S = 10.0


class Wave:
    """``widget`` shows a sound; ``ticked(now)`` tells of each frame while something plays."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        transport: Transport,
        model: Waveform,
        *,
        height: float,
        style: str = "Waveform",
        zoomable: bool = False,
    ) -> None:
        self.ticked: Signal[[NowPlaying]] = Signal()
        self.widget = waveform.Waveform(
            master, height=theme.px(height), unit=theme.px(1), clock=self._clock, style=style, zoomable=zoomable
        )
        self._transport = transport
        self._model = model
        self._id: int | None = None
        self._timer: str | None = None
        self.widget.on_view = self._look
        self.widget.bind("<space>", lambda _: transport.toggle())
        model.changed.connect(self._draw)
        transport.changed.connect(self._heard)

    def ask(self, seek: Callable[[float], None], mark: Callable[[Region | None], None]) -> None:
        """What a click and a drag ask for."""
        self.widget.on_seek, self.widget.on_mark = seek, mark

    def show(self, id: int | None, duration_s: float | None) -> None:
        """This sound from now on, or none."""
        duration_s = duration_s or 0.0
        if id != self._id:
            self._id = id
            self.widget.load(duration_s)
            self._model.show(id)
        elif abs(duration_s - self.widget.duration_s) > 0.001 and self._model.duration_s is None:
            self.widget.load(duration_s)
            self._draw()
        self._mark()
        self.follow(self._transport.now)

    def follow(self, now: NowPlaying) -> None:
        """Put the cursor where the sound is."""
        here = now.id is not None and now.id == self._id and (now.state != "stopped" or now.position_s > 0)
        self.widget.follow(now.position_s if here else None)

    def _clock(self, moment_s: float) -> str:
        """As fine as the hand can point."""
        return words.moment(moment_s, 3 if self.widget.view.length_s < FINE_S else 1)

    def _draw(self) -> None:
        if self._model.id != self._id:
            return
        duration_s = self._model.duration_s
        if duration_s is not None and duration_s != self.widget.duration_s:
            self.widget.load(duration_s)
            self._mark()
        self.widget.draw(self._model.outlines)

    def _heard(self, now: NowPlaying) -> None:
        self._mark()
        self.follow(now)
        if now.state == "playing" and self._timer is None:
            self._timer = self.widget.after(FRAME_MS, self._tick)

    def _tick(self) -> None:
        now = self._transport.now
        self._timer = self.widget.after(FRAME_MS, self._tick) if now.state == "playing" else None
        self.follow(now)
        self.ticked(now)

    def _mark(self) -> None:
        """The region, where it is one of this sound."""
        if not self.widget.dragging:
            here = self._transport.now.id == self._id
            self.widget.mark(self._transport.region if here else None)

    def _look(self, view: Stretch) -> None:
        self._model.look(view.start_s, view.end_s, max(1, self.widget.winfo_width()))
