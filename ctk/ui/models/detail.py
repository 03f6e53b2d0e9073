"""Everything that is known of the sound in focus, in words, section by section."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ctk.contract import Catalog, Waveforms
from ctk.events import CatalogChanged, WaveformsMade
from ctk.records import Marks, Row, Sound, SoundHealth
from ctk.ui.models import categories, words
from ctk.ui.models.library import Library
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

REST_MS = 60
"""What is passed on the way is not looked up."""
CHANGE_MS = 250
"""While the catalog changes, the sound is looked up at most this often."""

FIRST = ("title", "artist", "album", "genre", "bpm", "key", "comment")
"""What people look for in what a file says of itself."""
REASONS = ("truncated", "damaged")
"""What listening finds once more where a scan has said why a file is bad."""
_STATED = {"bpm": "Tempo", "heard_bpm": "Tempo", "category": "What it is"}
ACRONYMS = {"Bpm": "BPM", "Isrc": "ISRC"}


class Section(NamedTuple):
    """``facts`` are pairs of a name and what it is, ``sentences`` stand above them. ``title`` says where all of it is
    from."""

    facts: Sequence[tuple[str, str]] = ()
    sentences: Sequence[str] = ()
    title: str = ""


class Detail:
    """``show`` a row; ``changed()`` tells that there is more, or another one."""

    def __init__(self, catalog: Catalog, waveforms: Callable[[], Waveforms], library: Library, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.row: Row | None = None
        self._catalog = catalog
        self._waveforms = waveforms
        self._library = library
        self._pump = pump
        self._sound: Sound | None = None
        self._health: SoundHealth | None = None
        self._waiting = False
        pump.listen(WaveformsMade, self._heard)
        pump.listen(CatalogChanged, lambda _: self._refresh_soon())
        library.changed.connect(self.changed)

    @property
    def title(self) -> str:
        return "" if self.row is None else words.safe(self.row.name)

    @property
    def folder(self) -> str:
        return "" if self.row is None else words.folder(self.row.path, self._library.roots)

    @property
    def marks(self) -> Marks:
        """The user's own word, as far as it is known."""
        row, sound = self.row, self._sound
        if row is None:
            return Marks()
        said = (row.rating, row.favourite, tuple(row.tags))
        return Marks(*said) if sound is None else Marks(*said, tuple(sound.collections), sound.remark)

    @property
    def sections(self) -> Sequence[Section]:
        """What there is to say, the most important first."""
        if self.row is None:
            return ()
        row, sound, health = self.row, self._sound, self._health
        parts = (_trouble(row, sound, health), _stated(row, sound), _file(row, sound), _level(health), _said(sound))
        return [part for part in parts if part.facts or part.sentences]

    def show(self, row: Row | None) -> None:
        """This sound from now on, or none."""
        if row == self.row:
            return
        if row is None or self.row is None or row.id != self.row.id:
            self._sound = self._health = None
        self.row = row
        self._pump.drop("detail")
        self.changed()
        if row is not None:
            self._pump.later(REST_MS, self._refresh, key="detail")

    def _refresh(self) -> None:
        """Look everything up again."""
        if self.row is not None:
            self._pump.call(self._look_up, self.row.id, then=self._take, fail=self._failed, key="detail")

    def _refresh_soon(self) -> None:
        if self.row is not None and not self._waiting:
            self._waiting = True
            self._pump.later(CHANGE_MS, self._due, key="detail again")

    def _due(self) -> None:
        self._waiting = False
        self._refresh()

    def _heard(self, event: WaveformsMade) -> None:
        if self.row is not None and self.row.id in event.ids:
            self._refresh()

    def _look_up(self, id: int) -> tuple[Sound, SoundHealth]:
        """On a worker."""
        return self._catalog.get(id), self._waveforms().health(id)

    def _take(self, found: tuple[Sound, SoundHealth]) -> None:
        if self.row is not None and found[0].id == self.row.id:
            self._sound, self._health = found
            self.changed()

    def _failed(self, _: Exception) -> None:
        """A sound that is gone by now keeps what its row said."""


def _trouble(row: Row, sound: Sound | None, health: SoundHealth | None) -> Section:
    """Why it cannot be played, or not to its end, and what else listening found."""
    reason = words.why_silent(row) or (sound.reason if sound is not None else None)
    found = () if health is None else zip(health.ailments, health.findings, strict=True)
    others = [sentence for ailment, sentence in found if reason is None or ailment not in REASONS]
    return Section(sentences=[*([reason] if reason else []), *others])


def _level(health: SoundHealth | None) -> Section:
    levels = () if health is None else (("Peak", health.peak_db), ("Loudness", health.loudness_db))
    return Section(facts=[(name, words.level(level)) for name, level in levels if level is not None], title="Measured")


def _file(row: Row, sound: Sound | None) -> Section:
    names = dict.fromkeys(filter(None, ((row.format or "").upper(), (row.codec or "").replace("_", " ").upper())))
    facts = [
        ("Format", ", ".join(names)),
        ("Length", words.length(row.duration_s)),
        ("Rate", words.rate(row.sample_rate_hz)),
        ("Channels", words.channels(row.channels)),
        ("Depth", words.depth(row.bit_depth)),
        ("Size", words.size(row.size_bytes)),
    ]
    if sound is not None:
        facts.append(("Added", words.day(sound.added_s)))
        facts.append(("Changed", words.day(sound.mtime_ns / 1e9)))
    return Section(facts=[(name, said) for name, said in facts if said], title="The file")


def _stated(row: Row, sound: Sound | None) -> Section:
    """What a producer searches by; where each was read, once that is here."""
    origins = {fact.name: fact.origin for fact in sound.facts} if sound is not None else {}
    tempo = ("bpm", f"{words.tempo(row.bpm)} BPM") if row.bpm else ("heard_bpm", _about(row.heard_bpm))
    values = tempo, ("key", row.key), ("type", row.type), ("note", row.note), ("category", categories.told(row))
    told = [(name, value) for name, value in values if value]
    return Section(
        facts=[
            (_STATED.get(name, name.capitalize()), f"{value} \N{EN DASH} {words.safe(origins[name])}")
            if name in origins
            else (_STATED.get(name, name.capitalize()), value)
            for name, value in told
        ]
    )


def _about(bpm: float | None) -> str:
    return "" if bpm is None else f"about {bpm:.0f} BPM"


def _said(sound: Sound | None) -> Section:
    """What the file says of itself."""
    if sound is None:
        return Section()
    known = [name for name in FIRST if name in sound.metadata]
    names = dict.fromkeys([*known, *sound.metadata])
    said = [(name.replace("_", " ").capitalize(), words.safe(sound.metadata[name])) for name in names]
    return Section(facts=[(ACRONYMS.get(name, name), text) for name, text in said], title="Metadata")
