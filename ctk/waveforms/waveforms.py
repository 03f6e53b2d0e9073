"""What sounds look like and whether they are well. See ``ctk.contract.Waveforms``."""

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ctk import cloud
from ctk.audio.decode.seeking import Hints, SeekIndex
from ctk.catalog.store import Store
from ctk.catalog.waveform_rows import Place
from ctk.errors import CannotDecode, UsageError
from ctk.events import Events
from ctk.jobs import Job, Jobs
from ctk.records import LibraryHealth, Peaks, SoundHealth
from ctk.settings import Settings
from ctk.waveforms.build import Building
from ctk.waveforms.health import Numbers, findings
from ctk.waveforms.keeping import Keeping, Picture
from ctk.waveforms.listening import Part, part, shown_name

MOST_POINTS: Final = 100_000


class Waveforms:
    """Any thread may call any method."""

    def __init__(self, store: Store, derived_file: Path, jobs: Jobs, events: Events, settings: Settings) -> None:
        self._store = store
        self._jobs = jobs
        self._events = events
        self._keeping = Keeping(store, derived_file, settings)

    def peaks(
        self, target: int | str | Path, points: int = 1024, *, start_s: float = 0.0, end_s: float | None = None
    ) -> Peaks:
        _check(points, start_s, end_s)
        if not isinstance(target, int):
            return _peaks(part(_to_open(os.path.abspath(target)), points, start_s, end_s))
        place = self._keeping.place(target)
        if start_s == 0 and end_s is None:
            kept = self._keeping.pictures([target], points).get(target)
            if kept is not None:
                return _kept_peaks(kept, points)
        numbers = self._keeping.numbers(place)
        if numbers is None:
            return _peaks(part(_to_open(place.path), points, start_s, end_s))
        index = self._index(target)
        return _peaks(part(_to_open(place.path), points, start_s, end_s, frames=numbers.frames, index=index))

    def kept(self, ids: Sequence[int], points: int = 64) -> Mapping[int, Peaks]:
        _check(points)
        pictures = self._keeping.pictures(ids, points)
        return {id: _kept_peaks(picture, points) for id, picture in pictures.items()}

    def build(self, ids: Sequence[int] | None = None) -> Job[int]:
        wanted = None if ids is None else list(dict.fromkeys(ids))
        return self._jobs.start(
            "Listening to sounds",
            lambda task: Building(self._store, self._keeping, self._events, task, wanted).run(),
            background=True,
        )

    def health(self, id: int) -> SoundHealth:
        place = self._keeping.place(id)
        return _health(place, self._keeping.numbers(place))

    def hints(self, id: int) -> Hints:
        """What makes playing a sound better, as far as it was listened to. Quick; raises ``NotFound``."""
        numbers = self._keeping.numbers(self._keeping.place(id))
        if numbers is None:
            return Hints()
        return Hints(self._index(id), numbers.peak_db, numbers.loudness_db)

    def unwell(self) -> LibraryHealth:
        """The sounds that something is wrong with, as far as they were listened to."""
        sounds = [_health(place, numbers) for place, numbers in self._keeping.unwell()]
        return LibraryHealth(*self._keeping.count(), sounds)

    def close(self) -> None:
        """Let go of what is kept; twice is fine."""
        self._keeping.close()

    def _index(self, id: int) -> SeekIndex | None:
        packed = self._keeping.seek_index(id)
        try:
            return None if packed is None else SeekIndex.unpack(packed)
        except ValueError:
            return None


def _check(points: int, start_s: float = 0.0, end_s: float | None = None) -> None:
    if not 1 <= points <= MOST_POINTS:
        raise UsageError(f"An outline has from 1 to {MOST_POINTS:,} points, not {points:,}.")
    if not (math.isfinite(start_s) and start_s >= 0):
        raise UsageError(f"A part begins at 0 seconds or later, not at {start_s}.")
    if end_s is not None and not (math.isfinite(end_s) and end_s > start_s):
        raise UsageError(f"A part ends after it begins: {start_s} to {end_s} seconds is none.")


def _to_open(path: str) -> str:
    """The file to be opened, unless that would download it."""
    try:
        online = cloud.is_only_online(path)
    except (OSError, ValueError):  # whoever opens it says what is wrong
        online = False
    if online:
        raise CannotDecode(f"{shown_name(path)} is only online.")
    return path


def _peaks(found: Part) -> Peaks:
    rate = found.sample_rate_hz
    return Peaks(
        found.start / rate,
        found.end / rate,
        found.frames / rate,
        rate,
        found.channels,
        *found.outline.values(),
    )


def _kept_peaks(kept: Picture, points: int) -> Peaks:
    duration_s = kept.outline.frames / kept.sample_rate_hz
    values = kept.outline.reduced(points).values()
    return Peaks(0.0, duration_s, duration_s, kept.sample_rate_hz, kept.channels, *values)


def _health(place: Place, numbers: Numbers | None) -> SoundHealth:
    if numbers is None:
        return SoundHealth(place.id, place.path, checked=False)
    found = findings(numbers)
    return SoundHealth(
        place.id,
        place.path,
        checked=True,
        ailments=tuple(found),
        findings=tuple(found.values()),
        peak_db=numbers.peak_db,
        loudness_db=numbers.loudness_db,
    )
