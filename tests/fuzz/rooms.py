"""The rooms that read sounds, by name: each takes the path of a broken one and returns what is wrong with its answer.

A room may refuse the file in its own words; it may not raise, hang, crash, or say something absurd.
"""

import math
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ctk.audio import decode
from ctk.audio.decode.samples import Stream
from ctk.errors import CannotDecode, UsageError
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from ctk.sources.probe import Facts, probe
from ctk.waveforms.health import Numbers, findings
from ctk.waveforms.listening import Heard, listen, part
from ctk.waveforms.outline import Outline
from tests.fuzz.looks import looks
from tests.fuzz.plays import plays
from tests.fuzz.seeks import seeks

Room = Callable[[Path], str | None]


def headers(path: Path) -> str | None:
    """The header readers, over bytes in memory."""
    data = path.read_bytes()
    return absurd(describe(Content.of_bytes(data)), len(data))


def probes(path: Path) -> str | None:
    """The probe of the file itself."""
    facts = probe(str(path))
    if facts is None:
        return "a file that is there was said to have vanished"
    if facts.fingerprint is None or facts.size_bytes != path.stat().st_size:
        return "the file was not read"
    return absurd(facts, facts.size_bytes)


def decodes(path: Path) -> str | None:
    """Decoding: the beginning, the place a seek leads to, and the end, at the device's rate and in the file's own."""
    try:
        with decode.open(path) as own, decode.open(path, rate=48_000, channels=2) as stereo:
            return _ill_decoded(own) or _ill_decoded(stereo)
    except CannotDecode as exc:
        return None if str(exc).endswith(".") and len(str(exc)) < 200 else f"the reason is no sentence: {exc!r}"


def _ill_decoded(stream: Stream) -> str | None:
    seconds = stream.duration_s
    if seconds is not None and not (math.isfinite(seconds) and 0 <= seconds <= 1e8):
        return f"duration is {seconds!r}"
    for at in (0, (stream.frames or 0) // 2, stream.frames or 0):
        stream.seek(at)
        for _ in range(20):
            block = stream.read(4_096)
            if block.dtype != "float32" or block.ndim != 2 or block.shape[1] != stream.channels or len(block) > 4_096:
                return f"a block of {block.dtype} has the shape {block.shape}"
            if not np.isfinite(block).all():
                return "there are samples that are no numbers"
            if not len(block):
                break
    return None


def listens(path: Path) -> str | None:
    """Listening to all of it, and the outline of a part; no thread and no open file may be left behind."""
    threads, files = threading.active_count(), _open_files()
    try:
        heard = listen(str(path))
        outline = part(str(path), 100, heard.numbers.duration_s / 3, heard.numbers.duration_s / 2).outline
        complaint = _ill_heard(heard, outline)
    except CannotDecode as exc:
        complaint = None if str(exc).endswith(".") and len(str(exc)) < 200 else f"the reason is no sentence: {exc!r}"
    except UsageError as exc:  # there may be less to find on the way to a part than from the beginning
        complaint = None if "has ended before" in str(exc) else f"the part is no part: {exc!r}"
    if threading.active_count() > threads or _open_files() > files:
        return "a thread or an open file was left behind"
    return complaint


def _ill_heard(heard: Heard, some: Outline) -> str | None:
    numbers = heard.numbers
    if not all(words.endswith(".") and len(words) < 200 for words in findings(numbers).values()):
        return f"the findings are no sentences: {findings(numbers)!r}"
    if not (1 <= numbers.frames <= 1e10 and 0 <= numbers.peak <= 1_000 and abs(numbers.offset) <= numbers.peak + 1e-3):
        return f"the numbers are absurd: {numbers!r}"
    for outline in (heard.outline, some):
        low, high, rms = (np.array(values) for values in outline.values())
        unit = 2.0**outline.shift / 32_768
        if (low > high).any() or (rms > np.maximum(np.abs(low), np.abs(high)) + 2 * unit).any():
            return "the outline is absurd"
    return None if Numbers.unpack(numbers.pack()) == numbers else "the numbers do not come back"


def _open_files() -> int:
    """How many this process has, where the system tells."""
    descriptors = Path("/proc/self/fd")
    return len(list(descriptors.iterdir())) if descriptors.is_dir() else 0


def absurd(said: Header | Facts, size_bytes: int) -> str | None:
    """What no sound of this size can be, if anything; written apart from the checks inside the readers."""
    rate, channels, depth, seconds = said.sample_rate_hz, said.channels, said.bit_depth, said.duration_s
    for name, value, most in (("rate", rate, 4_000_000), ("channels", channels, 1_024), ("depth", depth, 64)):
        if value is not None and not (isinstance(value, int) and 1 <= value <= most):
            return f"{name} is {value!r}"
    if seconds is not None and not (math.isfinite(seconds) and 0 <= seconds <= min(1e7, size_bytes)):
        return f"duration is {seconds!r} in {size_bytes} bytes"
    if said.reason is None:
        if None in (said.format, said.codec, rate, channels, seconds):
            return f"a good file lacks facts: {said!r:.300}"
        if said.codec in ("pcm", "float") and channels and depth and rate and seconds:
            needed = seconds * rate * channels * max(depth // 8, 1)
            if needed > size_bytes + channels * 8:
                return f"{size_bytes} bytes hold {needed:.0f} bytes of sound"
    elif not said.reason.endswith(".") or len(said.reason) > 200:
        return f"the reason is no sentence: {said.reason!r}"
    return _unclean(said.metadata)


def _unclean(metadata: dict[str, str]) -> str | None:
    if len(metadata) > 40:
        return f"{len(metadata)} texts"
    for key, value in metadata.items():
        if not value or len(key) > 40 or len(value) > 500 or "\n" in value:
            return f"text {key!r}: {value!r:.100}"
        (key + value).encode()
    return None


ROOMS: dict[str, Room] = {
    "headers": headers,
    "probe": probes,
    "decode": decodes,
    "listen": listens,
    "seek": seeks,
    "play": plays,
    "look": looks,
}
"""Another room joins by adding its name and function here, and to the tables in ``test_fuzz``."""

SECONDS = {"seek": 3.6}
"""How long the sounds are that are broken for a room, where a moment is not enough."""

PATIENCE_S = {"seek": 15.0}
"""How long a room may take, where it goes through a sound many times."""
