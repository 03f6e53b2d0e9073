"""What is heard and seen of sounds in the window: the models that play, listen and draw, put together."""

from collections.abc import Callable

from ctk.contract import Classify, Toolkit, Waveforms
from ctk.ui.models.ahead import Ahead
from ctk.ui.models.habits import Habits
from ctk.ui.models.hearing import Hears
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listening import Listening
from ctk.ui.models.making import Making
from ctk.ui.models.outlines import FINE_POINTS, POINTS, Outlines
from ctk.ui.models.output import Output
from ctk.ui.models.recent import Recent
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.through import Through
from ctk.ui.models.transport import Transport
from ctk.ui.models.waveform import Waveform
from ctk.ui.pump import Pump

FINE = 1.4
"""From this scale on a pixel is finer than the eye needs."""


class Playing:
    """The models by their names. ``here()`` tells whether the list is in sight, ``scale`` how large it is drawn."""

    def __init__(
        self,
        toolkit: Toolkit,
        pump: Pump,
        search: Search,
        selection: Selection,
        scans: Scans,
        here: Callable[[], bool],
        *,
        scale: float,
    ) -> None:
        audio, settings = toolkit.audio, toolkit.settings
        self.habits = Habits(audio, settings, pump)
        self.transport = Transport(audio, toolkit.catalog, settings, pump)
        self.ahead = Ahead(audio, search, pump)
        self.through = Through(search, selection, self.transport, self.habits, here)
        self.output = Output(audio, settings, pump)
        self.recent = Recent(toolkit.catalog, pump)
        self.making = Making(self.waveforms, pump)
        self.waveform = Waveform("playing", self.waveforms, self.making, pump)
        self.outlines = Outlines(
            self.waveforms, self.making, settings, pump, points=FINE_POINTS if scale > FINE else POINTS
        )
        self.listening = Listening(self.waveforms, settings, scans, pump)
        self.hears = Hears(self.classify, settings, scans, self.listening, pump)
        self._toolkit = toolkit

    def waveforms(self) -> Waveforms:
        """Loaded when it is first needed, which is on a worker."""
        return self._toolkit.waveforms

    def classify(self) -> Classify:
        """Loaded when it is first needed, which is on a worker."""
        return self._toolkit.classify

    def start(self) -> None:
        """The first rows are there: what could wait until now."""
        self.transport.start()
        self.listening.start()
        self.hears.start()

    def tell(self, say: Callable[[str], None], complain: Callable[[str], None]) -> None:
        """Where the sentences of all that plays go."""
        self.transport.notice.connect(say)
        self.transport.trouble.connect(complain)
        self.output.told.connect(say)
        self.output.trouble.connect(complain)

    def stands(self) -> dict[str, Callable[[], bool]]:
        """Whether each action that switches something is on."""
        habits, settings = self.habits, self._toolkit.settings
        return {
            "play.loop": lambda: habits.loop,
            "play.go_on": lambda: habits.go_on,
            "play.audition": lambda: habits.audition,
            "play.even": lambda: self.output.even_loudness,
            "view.detail": lambda: settings.detail,
            "view.waveforms": lambda: self.outlines.on,
        }

    def set_even_loudness(self, on: bool) -> None:
        """What plays is brought to the common level, too."""
        self.output.set_even_loudness(on)
        self.transport.renew()

    def switch_waveforms(self) -> None:
        """Waveforms are to be seen in the list and made for all sounds, or not any more."""
        self.outlines.switch(not self.outlines.on)
        self.listening.switch()
