"""Playing: from the key to the new sound's own samples on the recorded device, seeking in two hours, a key held down.

``python -m tests.bench heard``. Against the device's buffer, before which nothing can be heard, and against playing as
one would at first: decode the file, stop and start the device.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import miniaudio
import numpy as np

import ctk
from ctk.audio import decode
from ctk.audio.decode.seeking import Hints
from ctk.audio.player import Player
from ctk.events import Events
from ctk.settings import Settings
from tests import sound_server, sounds
from tests.audio import signals
from tests.audio.test_audition import hold, scanning
from tests.bench.table import Result
from tests.sound_server import RATE_HZ, Recording

PLAYS = 200
BUFFER_MS = 20
KINDS: Final = [kind for kind in sounds.KINDS if kind != "ape"]
"""Of Monkey's Audio there is only silence to write here."""

BESIDE = 4
REST_S = 0.12
LISTEN_S = 0.4
LIKE = 0.5
"""Enough to tell sounds apart, also with a gap in the beginning on a busy machine."""

STEP = 192
HOURS_KINDS: Final = ("mp3_cbr_bare", "aac")
MINUTES = 120
HOLD_S = 60.0


def run(plays: int = PLAYS, hold_s: float = HOLD_S) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder, playing() as bench:
        hours = [Hours(Path(folder), kind) for kind in HOURS_KINDS]
        long, minute = hours[0].beginning, hours[0].minute
        obvious = statistics.median(bench.obvious(minute, plays // 10))
        files = [bench.file(Path(folder), kind, number) for number, kind in enumerate(KINDS)]
        yield row("key to sound, next rows in memory, every format", bench.keys(files, plays, ahead=True), 12, 60)
        yield row("key to sound, nothing in memory, every format", bench.keys(files, plays, ahead=False), 30)
        yield row("key to sound, nothing in memory, two hours of MP3", bench.among(long, files, plays), 30)
        median = statistics.median(bench.among(minute, files, plays))
        name, baseline = "key to sound, nothing in memory, a minute of MP3", f"{ms(obvious)} decode, restart"
        yield Result(name, ms(median), baseline, median / obvious, "")
        for each in hours:
            yield from bench.seeks(each, plays // 5)
        value = f"{bench.player.underruns} gaps"
        yield Result("gaps in all that was heard so far", value, f"{bench.asked} requests", None, "<= 1 a minute")
    yield held_down(hold_s)


def row(name: str, times: Sequence[float], beyond_ms: int, worst_ms: int = 0) -> Result:
    """Against the device's buffer."""
    median, buffer_s = statistics.median(times), BUFFER_MS / 1000
    reach = f"<= {(BUFFER_MS + beyond_ms) / BUFFER_MS:.1f}" + (f", worst <= {worst_ms} ms" if worst_ms else "")
    value = f"{ms(median)}, worst {ms(max(times))}"
    return Result(name, value, f"{BUFFER_MS} ms buffer", median / buffer_s, reach)


@dataclass(frozen=True)
class File:
    """A sound and how it begins, by which it is recognised."""

    path: str
    kind: str
    beginning: signals.Samples


class Bench:
    """A player at the default buffer, and the recording of what it plays. ``asked`` counts what it was asked for."""

    def __init__(self, heard: Recording) -> None:
        self.settings = Settings(buffer_ms=BUFFER_MS)
        self.hints: dict[int, Hints] = {}
        self.paths: dict[int, str] = {}
        self.heard = heard
        self.asked = 0
        self.random = random.Random(1)
        self.player = Player(
            self.paths.__getitem__, Events(), self.settings, "pulseaudio", hints=lambda id: self.hints[id]
        )

    def file(self, folder: Path, kind: str, number: int) -> File:
        rate = sounds.KINDS[kind].rate_hz or 44_100
        path = signals.write(kind, folder / f"{number}.{kind}", signals.chirp(2, rate, number), rate)
        return File(str(path), kind, beginning(path))

    def keys(self, files: Sequence[File], plays: int, *, ahead: bool) -> list[float]:
        """Seconds from the key to the sound, through the list in a random order."""
        self.settings.read_ahead_mb = 64 if ahead else 0
        order = [file for _ in range(plays // len(files) + 1) for file in self.random.sample(files, len(files))]
        return [took for _, took in self.each(order[: plays + 1])][1:]

    def among(self, file: File, others: Sequence[File], plays: int) -> list[float]:
        """The same for one of them, that is not in memory."""
        self.settings.read_ahead_mb = 0
        order = [each for other in others[: plays // 5] for each in (other, file)]
        return [took for each, took in self.each(order) if each is file]

    def each(self, order: Sequence[File]) -> Iterator[tuple[File, float]]:
        for number, file in enumerate(order):
            self.player.prepare([later.path for later in order[number : number + BESIDE]])
            self.rest()
            yield file, self.until_heard(file, lambda: self.player.play(file.path))  # noqa: B023  # called at once

    def rest(self) -> None:
        """Until any moment between two blocks of the device."""
        time.sleep(REST_S + self.random.uniform(0, 2 * BUFFER_MS / 1000))

    def until_heard(self, file: File, act: Callable[[], None]) -> float:
        """Seconds from ``act`` to the first sample of ``file``."""
        self.asked += 1
        before, pressed = self.heard.frames, time.perf_counter()
        act()
        self.heard.wait(LISTEN_S)
        match = signals.locate(self.heard.samples(before), file.beginning)
        assert match.likeness > LIKE, f"{file.kind} was not heard: {match}"
        return self.heard.time_of(before + match.at) - pressed

    def obvious(self, file: File, plays: int) -> Iterator[float]:
        """The same for the obvious way: decode all of it, stop the device, start it with another generator."""
        device = miniaudio.PlaybackDevice(
            miniaudio.SampleFormat.FLOAT32, 2, RATE_HZ, BUFFER_MS, backends=[miniaudio.Backend.PULSEAUDIO]
        )

        def play() -> None:
            sound = miniaudio.decode_file(file.path, miniaudio.SampleFormat.FLOAT32, 2, RATE_HZ)
            device.stop()
            given = blocks(np.frombuffer(sound.samples, np.float32).reshape(-1, 2))
            next(given)
            device.start(given)

        for _ in range(plays):
            self.rest()
            yield self.until_heard(file, play)
        device.close()

    def seeks(self, hours: "Hours", count: int) -> Iterator[Result]:
        """Before there is an index, and with it."""
        self.paths[1] = hours.path
        for hints, reach in ((Hints(), 0.200), (Hints(index=hours.index), 0.080)):
            self.hints[1] = hints
            self.player.play(1)
            self.heard.wait(0.2)
            times = [self.seek(hours, self.random.uniform(60, 60 * MINUTES - 120)) for _ in range(count)]
            known = "with its index" if hints.index else "before there is an index"
            value = f"{ms(statistics.median(times))}, worst {ms(max(times))}"
            yield Result(f"seek in two hours of {hours.name}, {known}", value, "", None, f"<= {ms(reach)}")

    def seek(self, hours: "Hours", position_s: float) -> float:
        """Seconds until something from around ``position_s`` is heard."""
        self.asked += 1
        before, pressed = self.heard.frames, time.perf_counter()
        self.player.seek(position_s)
        self.heard.wait(LISTEN_S)
        samples, around = self.heard.samples(before), hours.around(position_s)
        for at in range(0, len(samples) - 5 * STEP, STEP):
            part = samples[at : at + 5 * STEP]
            if part[0].any() and signals.locate(around, part).likeness > 0.85:
                return self.heard.time_of(before + at) - pressed
        raise AssertionError(f"nothing from {position_s:.1f} s was heard")


class Hours:
    """Two hours of one minute again and again, and how they sound anywhere."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.name = kind[:3].upper()
        minute = folder / f"minute.{kind}"
        sixty = [signals.chirp(1, RATE_HZ, number)[::-1] for number in range(60)]
        signals.write(kind, minute, np.concatenate(sixty), RATE_HZ)
        self.path = str(folder / f"hours.{kind}")
        data = minute.read_bytes()
        Path(self.path).write_bytes(data[data.index(b"\xff") :] * MINUTES)
        self.minute = File(str(minute), kind, beginning(minute))
        self.beginning = File(self.path, kind, beginning(Path(self.path)))
        with decode.open(self.path) as stream:
            self._minute = repeated(stream.read(150 * RATE_HZ))
            while len(stream.read(1 << 20)):
                pass
            self.index = stream.index()
        assert self.index is not None

    def around(self, position_s: float) -> signals.Samples:
        """From some seconds before to some after: without an index, the place may be a guess."""
        first = round((position_s - 4) * RATE_HZ)
        return self._minute[np.arange(first, first + 8 * RATE_HZ) % len(self._minute)]


def repeated(beginning: signals.Samples) -> signals.Samples:
    """What follows again and again, which is not quite the minute: encoders pad."""
    piece, later = beginning[70 * RATE_HZ : 71 * RATE_HZ], beginning[129 * RATE_HZ : 132 * RATE_HZ]
    length = 59 * RATE_HZ + signals.locate(later, piece).at
    return np.roll(beginning[70 * RATE_HZ :][:length], 70 * RATE_HZ, axis=0)


def held_down(seconds: float) -> Result:
    """30 rows a second, of mixed formats, at the default buffer, with one full scan after another beside it."""
    with sound_server.running() as server, tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        sounds.tree(library, 1_000, seed=1)
        there, system = named("PULSE_SERVER", server.address), named("CTK_AUDIO_BACKEND", "pulseaudio")
        with there, system, ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            ids = [row.id for row in toolkit.catalog.search("is:ok", limit=500).rows]
            hold(toolkit, ids, 1)
            before, begun = toolkit.audio.underruns, time.perf_counter()
            with scanning(toolkit):
                hold(toolkit, ids, seconds)
                a_second = round(seconds * 30) / (time.perf_counter() - begun)
            held = toolkit.audio.underruns - before
            toolkit.audio.play(ids[0], loop=True)
            time.sleep(seconds)
            steady = toolkit.audio.underruns - before - held
    name = f"30 rows a second with a scan beside ({a_second:.1f} were played), gaps a minute"
    value, baseline = f"{held * 60 / seconds:.1f}", f"{steady * 60 / seconds:.1f} in a loop"
    return Result(name, value, baseline, None, "<= 1")


def beginning(path: Path) -> signals.Samples:
    with decode.open(path, rate=RATE_HZ, channels=2) as stream:
        return stream.read(RATE_HZ // 20)


def blocks(samples: signals.Samples) -> Any:
    """A generator for the sound library: as many frames as it asks for."""
    at, frames = 0, (yield b"")
    while at < len(samples):
        part = samples[at : at + frames]
        at += len(part)
        frames = yield part
    while True:
        frames = yield np.zeros((frames, 2), np.float32)


@contextmanager
def playing() -> Iterator[Bench]:
    with sound_server.running() as server, named("PULSE_SERVER", server.address), server.recording() as heard:
        bench = Bench(heard)
        try:
            yield bench
        finally:
            bench.player.close()


@contextmanager
def named(name: str, value: str) -> Iterator[None]:
    """An environment variable, for as long as the ``with`` lasts."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
