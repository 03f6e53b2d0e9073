"""A private PulseAudio server whose only device plays into nothing, and what was played is recorded from it.

with sound_server.running() as server:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    with server.recording() as heard:
        ...
        samples = heard.samples()
"""

import contextlib
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pytest

RATE_HZ: Final = 48_000
SINK: Final = "ctk_null"
_NEEDED: Final = ("pulseaudio", "parec", "pactl")
_START_WAIT_S: Final = 20.0
_FRAME_BYTES: Final = 8

Samples = npt.NDArray[np.float32]


class Recording:
    """Everything the device played since it began, stereo at ``RATE_HZ``."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._ends: list[tuple[int, float]] = []
        self._bytes = 0
        self._grown = threading.Condition()

    def add(self, piece: bytes) -> None:
        with self._grown:
            self._pieces.append(piece)
            self._bytes += len(piece)
            self._ends.append((self.frames, time.perf_counter()))
            self._grown.notify_all()

    @property
    def frames(self) -> int:
        return self._bytes // _FRAME_BYTES

    def wait(self, seconds: float) -> None:
        """Return when ``seconds`` more were recorded."""
        enough = self._bytes + round(seconds * RATE_HZ) * _FRAME_BYTES
        with self._grown:
            assert self._grown.wait_for(lambda: self._bytes >= enough, seconds + _START_WAIT_S), "nothing is recorded"

    def time_of(self, frame: int) -> float:
        """When ``frame`` was played, on the clock of ``time.perf_counter``."""
        with self._grown:
            end, at_s = self._ends[bisect_right(self._ends, (frame, math.inf))]
        return at_s - (end - frame) / RATE_HZ

    def samples(self, first: int = 0) -> Samples:
        """From frame ``first`` on."""
        with self._grown:
            missing, pieces = self._bytes - first * _FRAME_BYTES, list[bytes]()
            for piece in reversed(self._pieces):
                if missing <= 0:
                    break
                pieces.append(piece)
                missing -= len(piece)
        whole = b"".join(reversed(pieces))[-missing if missing < 0 else 0 :]
        return np.frombuffer(whole[: len(whole) // _FRAME_BYTES * _FRAME_BYTES], np.float32).reshape(-1, 2)


class SoundServer:
    """``address`` is what ``PULSE_SERVER`` must be for programs that should play here."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:{folder / 'native'}"
        self._env = os.environ | {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
        self._env["PULSE_SERVER"] = self.address
        self._log = folder / "log"
        self._recording: Recording | None = None
        with self._log.open("wb") as log:
            self._daemon = subprocess.Popen(
                _daemon(folder), env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait_until_up(folder / "native")
        # Always recording also keeps the device awake: idle, it would make the first sound wait for up to two seconds.
        self._recorder = subprocess.Popen(
            _recorder(SINK), env=self._env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        self._reader = threading.Thread(
            target=_copy, args=[self._recorder, lambda: self._recording], name="recorder", daemon=True
        )
        with self.recording() as anything:
            self._reader.start()
            anything.wait(0.01)

    @contextlib.contextmanager
    def recording(self) -> Iterator[Recording]:
        """Keep what is played from now on."""
        self._recording = Recording()
        try:
            yield self._recording
        finally:
            self._recording = None

    @contextlib.contextmanager
    def recording_of(self, name: str) -> Iterator[Recording]:
        """Keep what is played from now on on a device that was added."""
        recording = Recording()
        with subprocess.Popen(
            _recorder(name), env=self._env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        ) as recorder:
            reader = threading.Thread(target=_copy, args=[recorder, lambda: recording], name="recorder", daemon=True)
            reader.start()
            recording.wait(0.01)
            try:
                yield recording
            finally:
                recorder.terminate()
                reader.join(5)

    def add_device(self, name: str) -> str:
        """Plug in another device, which people see as Name-Speakers; what ``remove_device`` takes."""
        properties = f"sink_properties=device.description={name.title()}-Speakers"
        return self._pactl(
            "load-module",
            "module-null-sink",
            f"sink_name={name}",
            f"rate={RATE_HZ}",
            "format=float32le",
            "norewinds=1",
            properties,
        ).strip()

    def remove_device(self, number: str) -> None:
        self._pactl("unload-module", number)

    def set_default(self, name: str) -> None:
        """Let sound come out of another device, unless a program chose one itself."""
        self._pactl("set-default-sink", name)

    def stop(self) -> None:
        """End the server, as if sound were gone from the machine; twice is fine."""
        for process in (self._recorder, self._daemon):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._reader.join(5)
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    def _pactl(self, *words: str) -> str:
        return subprocess.run(["pactl", *words], env=self._env, check=True, capture_output=True, text=True).stdout

    def _wait_until_up(self, socket: Path) -> None:
        deadline = time.monotonic() + _START_WAIT_S
        asking = ["pactl", "info"]
        while not socket.exists() or subprocess.run(asking, env=self._env, capture_output=True, check=False).returncode:
            if self._daemon.poll() is not None or time.monotonic() > deadline:
                self._daemon.kill()
                raise RuntimeError(f"the sound server does not start: {self._log.read_text(errors='replace')}")
            time.sleep(0.05)


def _copy(recorder: "subprocess.Popen[bytes]", to: Callable[[], Recording | None]) -> None:
    assert recorder.stdout is not None
    while piece := os.read(recorder.stdout.fileno(), 65_536):
        recording = to()
        if recording is not None:
            recording.add(piece)


@contextlib.contextmanager
def running() -> Iterator[SoundServer]:
    """A server for as long as the ``with`` lasts. Skips the test on Windows and macOS, fails without PulseAudio."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux: sound is recorded from a PulseAudio server")
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        pytest.fail(f"{', '.join(missing)} not found: apt install pulseaudio pulseaudio-utils", pytrace=False)
    # Not in pytest's own folder, for the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="ctk-sound-"))
    try:
        server = SoundServer(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _daemon(folder: Path) -> list[str]:
    words = (
        "pulseaudio -n --daemonize=no --system=false --exit-idle-time=-1 --use-pid-file=no --disable-shm=yes".split()
    )
    sink = f"module-null-sink sink_name={SINK} rate={RATE_HZ} channels=2 format=float32le norewinds=1"
    door = f"module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1"
    return [*words, "-L", sink, "-L", door]


def _recorder(name: str) -> list[str]:
    words = f"parec --raw --format=float32le --rate={RATE_HZ} --channels=2 --latency-msec=5".split()
    return [*words, f"--device={name}.monitor"]
