"""What listening gave, kept between runs: it holds as long as the catalog says that the file is the same."""

import logging
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Concatenate, Final, NamedTuple, ParamSpec, TypeVar

from ctk.catalog import snapshot, waveform_rows
from ctk.catalog.derived import Derived
from ctk.catalog.health import to_bits
from ctk.catalog.store import Connection, Store
from ctk.catalog.waveform_rows import Kept, Made, Place, Retold
from ctk.errors import NotFound
from ctk.settings import Settings
from ctk.waveforms import rhythm
from ctk.waveforms.health import Numbers, findings
from ctk.waveforms.listening import Heard
from ctk.waveforms.outline import Outline

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

VERSION: Final = 1
"""Of how sounds are listened to; what was kept by another one is made again."""

THUMBNAIL: Final = 64
"""Steps of the small picture, which is found at once for a whole screen."""

_ABOUT: Final = struct.Struct("<IH")
_AT_ONCE: Final = 20_000
_LIMIT_EVERY_S: Final = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An outline, and what its frames are."""

    outline: Outline
    sample_rate_hz: int
    channels: int

    def pack(self) -> bytes:
        return _ABOUT.pack(self.sample_rate_hz, self.channels) + self.outline.pack()

    @classmethod
    def unpack(cls, packed: bytes) -> "Picture":
        """Raises ``ValueError`` for anything that ``pack`` did not make."""
        if len(packed) < _ABOUT.size:
            raise ValueError("not a picture")
        rate, channels = _ABOUT.unpack_from(packed)
        return cls(Outline.unpack(packed[_ABOUT.size :]), rate, channels)


class Unheard(NamedTuple):
    """A sound to listen to. ``numbers`` are what is known of it already, when only its tempo is not."""

    place: Place
    numbers: Numbers | None = None


class Found(NamedTuple):
    """What listening to a sound told, and the row to keep it in."""

    place: Place
    numbers: Numbers
    row: Made | Retold


class Keeping:
    """Rows of ``derived.db`` for the sounds of ``store``. Any thread may use it."""

    def __init__(self, store: Store, file: Path, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._derived = Derived(file, waveform_rows.TABLES)
        self._lineage: int | None = None
        self._limited_s = 0.0

    def place(self, id: int) -> Place:
        """Where a sound is. Raises ``NotFound``."""
        found = self.places([id])
        if not found:
            raise NotFound(f"There is no sound with the number {id}.")
        return found[0]

    def places(self, ids: Sequence[int]) -> list[Place]:
        """The sounds ``ids`` in that order; those that are gone are left out."""
        return self._ask(waveform_rows.places, ids)

    def places_after(self, id: int, limit: int) -> list[Place]:
        """The ``limit`` sounds that follow ``id``."""
        return self._ask(waveform_rows.places_after, id, limit)

    def count_here(self) -> int:
        """How many sounds can be listened to."""
        return self._ask(waveform_rows.count_here)

    def pictures(self, ids: Sequence[int], points: int) -> dict[int, Picture]:
        """Those of ``ids`` whose kept outline is still true and gives so many points exactly."""
        stamps = self._ask(waveform_rows.stamps, ids)
        wanted = [id for id in ids if id in stamps]
        found: dict[int, Picture] = {}
        for ask in (waveform_rows.thumbnails, waveform_rows.outlines):
            for id, stamp, packed in self._read(ask, wanted) or ():
                picture = _picture(packed) if stamp == stamps[id] else None
                if picture is not None and picture.outline.gives(points):
                    found[id] = picture
            wanted = [id for id in wanted if id not in found]
            if not wanted or THUMBNAIL % points == 0:
                break
        return found

    def numbers(self, place: Place) -> Numbers | None:
        """What is known of a sound that was listened to since it changed."""
        kept = self._read(waveform_rows.kept, [place.id]) or {}
        return _numbers(kept[place.id].numbers) if _holds(kept, place) else None

    def seek_index(self, id: int) -> bytes | None:
        return self._read(waveform_rows.seek_index, id)

    def unheard(self, places: Sequence[Place]) -> list[Unheard]:
        """Those that were not listened to since they changed, or not for their tempo. What is known of the others is
        put right in the catalog, should it have been lost there."""
        kept = self._read(waveform_rows.kept, [place.id for place in places]) or {}
        unheard: list[Unheard] = []
        heard: list[tuple[Place, int, Numbers | None]] = []
        for place in places:
            if not _holds(kept, place):
                unheard.append(Unheard(place))
                continue
            wanted = place.heard == waveform_rows.NOT_HEARD and rhythm.may_have(place)
            numbers = _numbers(kept[place.id].numbers) if wanted else None
            if numbers is not None and rhythm.is_owed(place, numbers):
                unheard.append(Unheard(place, numbers))
            heard.append((place, kept[place.id].health, numbers))
        self._tell(heard)
        return unheard

    def found(self, place: Place, heard: Heard | None) -> Found:
        """Of a sound that was heard; ``None`` where nothing of it can be played."""
        numbers = heard.numbers if heard else Numbers()
        large = small = seek = None
        if heard is not None:
            outline, about = heard.outline, (numbers.sample_rate_hz, numbers.channels)
            large = Picture(outline, *about).pack()
            small = Picture(outline.reduced(THUMBNAIL), *about).pack() if outline.steps > THUMBNAIL else large
            seek = heard.index.pack() if heard.index else None
        bits = to_bits(findings(numbers))
        made = Made(place.id, *place.stamp, bits, numbers.pack(), time.time(), small, large, seek)
        return Found(place, numbers, made)

    def found_again(self, place: Place, numbers: Numbers) -> Found:
        """Of a sound whose pictures are kept already."""
        return Found(place, numbers, Retold(place.id, *place.stamp, numbers.pack()))

    def keep(self, found: Sequence[Found]) -> bool:
        """Keep what was found; ``False`` when that cannot be done. The catalog comes first: what it lacks is found out
        again, what ``derived.db`` lacks as well."""
        self._tell((place, to_bits(findings(numbers)), numbers) for place, numbers, _ in found)
        lineage = self._lineage_of_catalog()

        def change(derived: Connection) -> bool:
            waveform_rows.adopt(derived, lineage, VERSION)
            waveform_rows.put(derived, [one.row for one in found if isinstance(one.row, Made)])
            waveform_rows.retell(derived, [one.row for one in found if isinstance(one.row, Retold)])
            if time.monotonic() - self._limited_s > _LIMIT_EVERY_S:
                self._limited_s = time.monotonic()
                waveform_rows.limit(derived, self._settings.waveforms_mb << 20)
            return True

        return self._derived.write(change) or False

    def tidy(self) -> None:
        """Drop what is kept of sounds that are gone, and what is too much."""
        for kept in self._kept_parts():
            gone = sorted(kept.keys() - self._ask(waveform_rows.stamps, list(kept)).keys())
            if gone:
                self._derived.write(partial(waveform_rows.forget, ids=gone))
        most_bytes = self._settings.waveforms_mb << 20
        self._derived.write(lambda derived: waveform_rows.limit(derived, most_bytes))

    def count(self) -> tuple[int, int]:
        """How many of the sounds that are there were listened to since they changed, and how many were not."""
        checked = 0
        for kept in self._kept_parts():
            now = self._ask(waveform_rows.stamps, list(kept), there_only=True)
            checked += len(now.items() & kept.items())
        return checked, self._ask(waveform_rows.count_there) - checked

    def unwell(self) -> list[tuple[Place, Numbers]]:
        """The sounds that something is wrong with, as far as that is known."""
        ids = self._read(waveform_rows.unwell) or []
        places = self.places(ids)
        kept = self._read(waveform_rows.kept, ids) or {}
        found = ((place, _numbers(kept[place.id].numbers)) for place in places if _holds(kept, place))
        return [(place, numbers) for place, numbers in found if numbers is not None]

    def close(self) -> None:
        self._derived.close()

    def _kept_parts(self) -> Iterator[dict[int, tuple[int, int]]]:
        """The stamps of everything kept, some at a time."""
        after = 0
        while kept := self._read(waveform_rows.kept_after, after, _AT_ONCE):
            yield kept
            after = max(kept)

    def _ask(self, ask: Callable[Concatenate[Connection, P], T], *values: P.args, **named: P.kwargs) -> T:
        """What the catalog says."""
        with self._store.snapshot() as catalog:
            return ask(catalog, *values, **named)

    def _read(self, ask: Callable[Concatenate[Connection, P], T], *values: P.args, **named: P.kwargs) -> T | None:
        """What is kept, if it is of this catalog."""
        lineage = self._lineage_of_catalog()

        def checked(derived: Connection) -> T | None:
            return ask(derived, *values, **named) if waveform_rows.is_of(derived, lineage, VERSION) else None

        return self._derived.read(checked, None)

    def _lineage_of_catalog(self) -> int:
        if self._lineage is None:
            self._lineage = self._ask(snapshot.lineage_of)
        return self._lineage

    def _tell(self, found: Iterable[tuple[Place, int, Numbers | None]]) -> None:
        """The catalog, where it says otherwise; nothing else is a change that anybody has to be told of. Without
        numbers nothing new is known of the tempo, but that what must not have one has none."""
        health: list[tuple[int, int, int, int]] = []
        tempo: list[tuple[float | None, float | None, int, int, int]] = []
        for place, bits, numbers in found:
            if place.health != bits:
                health.append((bits, place.id, *place.stamp))
            now = rhythm.kept(place, numbers)
            if place.heard != now:
                tempo.append((*now, place.id, *place.stamp))

        def change(catalog: Connection) -> None:
            waveform_rows.set_health(catalog, health)
            waveform_rows.set_tempo(catalog, tempo)

        if health or tempo:
            self._store.write(change).result()


def _holds(kept: Mapping[int, Kept], place: Place) -> bool:
    return place.id in kept and kept[place.id].stamp == place.stamp


def _picture(packed: bytes) -> Picture | None:
    try:
        return Picture.unpack(packed)
    except ValueError as exc:
        log.info("an outline cannot be read and is left out: %s", exc)
        return None


def _numbers(packed: str) -> Numbers | None:
    try:
        return Numbers.unpack(packed)
    except ValueError as exc:
        log.info("what is known of a sound cannot be read and is left out: %s", exc)
        return None
