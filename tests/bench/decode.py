"""Opening sounds and seeking in recordings of 2 hours, against FFmpeg's own seek through PyAV.

``python -m tests.bench.decode``. Each seek is in a stream that was just opened and knows nothing of the file but its
index; the time is from the call to the first block of samples.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av

from ctk.audio import decode
from ctk.audio.decode.samples import Stream
from ctk.audio.decode.seeking import SeekIndex
from tests.audio import signals
from tests.bench.table import Result, show

MINUTES = 120
SEEKS = 15
OPENINGS = 40
BLOCK = 4_096
LONG = {"mp3_cbr_bare": "2 h MP3, constant rate", "mp3_vbr_bare": "2 h MP3, variable rate", "aac": "2 h AAC"}
SHORT = {"wav_16": "WAV", "flac_16": "FLAC", "mp3_vbr": "MP3", "m4a_aac": "M4A", "ogg_vorbis": "Ogg Vorbis"}


def run() -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        for kind, name in SHORT.items():
            file = signals.write(kind, Path(folder) / "sound", signals.chirp(3, 44_100))
            ours, bare = median_ms(first_block, file), median_ms(bare_first_block, file)
            yield Result(f"open {name}, first block", f"{ours:.2f} ms", f"{bare:.2f} ms", ours / bare, "")
        for kind, name in LONG.items():
            yield from seeking(recording(kind, Path(folder) / kind), name)


def seeking(file: Path, name: str) -> Iterator[Result]:
    index = listen(file)
    chance = random.Random(1)
    places = [chance.randrange(60, 60 * MINUTES - 60) for _ in range(SEEKS)]
    bare = [timed_ms(bare_seek, file, second) for second in places]
    for known, words, reach in ((index, "with its index", "<= 25 ms"), (None, "before it has one", "<= 200 ms")):
        ours = [seek_ms(file, second, known) for second in places]
        yield Result(
            f"seek in a {name}, {words}: worst of {SEEKS}",
            f"{max(ours):.1f} ms",
            f"{max(bare):.1f} ms",
            max(ours) / max(bare),
            reach,
        )


def recording(kind: str, path: Path) -> Path:
    """The packets of one minute again and again."""
    signals.write(kind, path, signals.chirp(60, 44_100))
    with av.open(str(path)) as container:
        packets = b"".join(bytes(packet) for packet in container.demux(audio=0) if packet.size)
    with path.open("wb") as out:
        for _ in range(MINUTES):
            out.write(packets)
    return path


def listen(file: Path) -> SeekIndex:
    with decode.open(file) as stream:
        while len(stream.read(1 << 18)):
            pass
        index = stream.index()
    assert index is not None
    return SeekIndex.unpack(index.pack())


def seek_ms(file: Path, second: int, index: SeekIndex | None) -> float:
    with decode.open(file, index=index) as stream:
        return timed_ms(seek, stream, second)


def seek(stream: Stream, second: int) -> None:
    stream.seek(second * 44_100)
    assert len(stream.read(BLOCK)) == BLOCK


def bare_seek(file: Path, second: int) -> None:
    with av.open(str(file)) as container:
        container.seek(second * av.time_base)
        next(container.decode(audio=0))


def first_block(file: Path) -> None:
    with decode.open(file) as stream:
        stream.read(BLOCK)


def bare_first_block(file: Path) -> None:
    with av.open(str(file)) as container:
        made = 0
        for frame in container.decode(audio=0):
            made += frame.samples
            if made >= BLOCK:
                return


def median_ms(work: Callable[[Path], None], file: Path) -> float:
    return statistics.median(timed_ms(work, file) for _ in range(OPENINGS))


def timed_ms(work: Callable[..., None], *about: Path | Stream | int) -> float:
    start = time.perf_counter()
    work(*about)
    return (time.perf_counter() - start) * 1_000


if __name__ == "__main__":
    show(run())
