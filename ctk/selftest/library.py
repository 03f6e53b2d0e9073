"""The steps that make a library and use it: catalog, sounds, scan, search, decode, play, classify."""

import tempfile
import time
from pathlib import Path
from typing import Final

from ctk.records import CATEGORIES, Row
from ctk.selftest.bench import WAIT_S, Bench, Failed, Made
from ctk.selftest.kinds import KINDS
from ctk.selftest.tones import SECONDS, Tone, fault

PREFIX: Final = "ctk-selftest-"
PLAY_S: Final = 0.2
_LOWEST_HZ: Final = 300
_APART_HZ: Final = 40
_BLOCK: Final = 65_536
_LOOK_EVERY_S: Final = 0.01


def catalog(bench: Bench) -> str:
    """Open a new home in a folder of its own, where nothing begins by itself or asks the desktop."""
    bench.folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    bench.opened = toolkit = bench.parts.open(bench.folder / "home")
    settings = toolkit.settings
    settings.watch = settings.waveforms = settings.hear_new = settings.keep_in_tray = False
    settings.theme = "light"
    settings.save()
    if total := toolkit.catalog.search().total:
        raise Failed(f"A new catalog holds {total} sounds.")
    return "a new one, empty"


def sounds(bench: Bench) -> str:
    """Make a tone of its own pitch in every kind of file."""
    from ctk.selftest import encoding

    bench.sounds.mkdir()
    faults, absent = [], []
    for number, kind in enumerate(KINDS):
        tone = Tone(0 if kind.silent else _LOWEST_HZ + number * _APART_HZ, kind.rate_hz)
        made = Made(kind, bench.sounds / f"tone {number:02} {kind.format}.{kind.extension}", tone)
        if not encoding.can_decode(kind.codec):
            faults.append(f"{kind.name} cannot be read, since its decoder is missing")
            continue
        try:
            kind.write(made.path, tone)
        except encoding.NoEncoder:
            absent.append(kind.name)
        except Exception as exc:  # FFmpeg's errors are of many kinds; the other files are made all the same
            faults.append(f"{kind.name} cannot be made ({exc})")
            made.path.unlink(missing_ok=True)
        else:
            bench.made.append(made)
    if faults:
        raise Failed("; ".join(faults) + ".")
    words = f"{len(bench.made)} kinds of files"
    return f"{words}; there is no encoder for {', '.join(absent)}" if absent else words


def scan(bench: Bench) -> str:
    """Read them into the catalog, and see that what it says of each is true."""
    report = bench.toolkit.sources.scan([bench.sounds]).result(WAIT_S)
    for problem in report.problems:
        raise Failed(f"{Path(problem.path).name}: {problem.reason}")
    if report.files != len(bench.made):
        raise Failed(f"{len(bench.made)} files were made and {report.files} were found.")
    rows = {row.name: row for row in bench.toolkit.catalog.search().rows}
    faults = [words for made in bench.made if (words := _untrue(made, rows.get(made.path.name)))]
    if faults:
        raise Failed("; ".join(faults) + ".")
    return f"{report.files} files, {len({made.kind.format for made in bench.made})} formats"


def search(bench: Bench) -> str:
    """Find them by name, by format and by length."""
    made = _some(bench)
    flacs = [one for one in bench.made if one.kind.format == "flac"]
    wanted = {"tone": len(bench.made), f'"{made.path.stem}"': 1, "format:flac": len(flacs), "len:>10": 0}
    for query, count in wanted.items():
        if (total := bench.toolkit.catalog.search(query).total) != count:
            raise Failed(f"The search for {query} finds {total} sounds instead of {count}.")
    return "by name, format and length"


def decode(bench: Bench) -> str:
    """Hear each file to its end: it must be the tone that it was made of."""
    if not bench.made:
        raise Failed("There are no sounds to decode.")
    faults = [f"{made.kind.name}: {words}" for made in bench.made if (words := _heard(made))]
    if faults:
        raise Failed("; ".join(faults) + ".")
    return f"{len(bench.made)} files, pitch, level and length as they were made"


def play(bench: Bench) -> str:
    """Play one into nothing."""
    audio = bench.toolkit.audio
    audio.play(bench.id_of(_some(bench).path.name), loop=True)
    deadline = time.monotonic() + WAIT_S
    while (now := audio.now()).position_s < PLAY_S:
        if now.error:
            raise Failed(now.error)
        if time.monotonic() > deadline:
            raise Failed(f"After {WAIT_S:.0f} seconds the sound is still at {now.position_s:.2f} s.")
        time.sleep(_LOOK_EVERY_S)
    audio.stop()
    if audio.now().state != "stopped":
        raise Failed("The sound does not stop.")
    return f"{PLAY_S} s, into nothing"


def classify(bench: Bench) -> str:
    """Have the built-in model listen to one."""
    id = bench.id_of(_some(bench).path.name)
    heard = bench.toolkit.classify.run([id], engine="built-in").result(WAIT_S)
    for problem in heard.problems:
        raise Failed(problem)
    sound = bench.toolkit.catalog.get(id)
    if heard.sounds != 1 or sound.engine != "built-in" or sound.category not in CATEGORIES:
        raise Failed("The built-in model listened to a sound and has no opinion of it.")
    return f"one sound, which the built-in model takes for {sound.category}"


def _some(bench: Bench) -> Made:
    """A sound to try things with. Raises ``Failed``."""
    for made in bench.made:
        if made.kind.extension == "wav":
            return made
    raise Failed("There is no sound to try this with.")


def _untrue(made: Made, row: Row | None) -> str:
    """What the catalog has wrong about a file; empty when nothing is."""
    kind = made.kind
    if row is None:
        return f"{kind.name} is not in the catalog"
    if row.state != "ok" or row.format != kind.format:
        return f"{kind.name} is taken for {row.format} and is {row.state}"
    if (row.sample_rate_hz, row.channels) != (kind.rate_hz, kind.channels):
        return f"{kind.name} is said to have {row.sample_rate_hz} Hz and {row.channels} channels"
    if row.duration_s is None or abs(row.duration_s - SECONDS) > kind.slack_s + 0.001:
        return f"{kind.name} is said to last {row.duration_s} s"
    return ""


def _heard(made: Made) -> str:
    """What is wrong with a file when it is heard; empty when nothing is."""
    from ctk.audio import decode
    from ctk.errors import CannotDecode

    samples: list[float] = []
    try:
        with decode.open(made.path) as stream:
            while len(block := stream.read(_BLOCK)):
                samples += block[:, -1].tolist()
            if stream.error or stream.broken:
                return stream.error or "parts of it are broken"
            if (stream.sample_rate_hz, stream.channels) != (made.kind.rate_hz, made.kind.channels):
                return f"it is decoded to {stream.sample_rate_hz} Hz and {stream.channels} channels"
    except CannotDecode as exc:
        return str(exc).rstrip(".")
    if abs(len(samples) - made.tone.frames) > made.kind.slack_s * made.kind.rate_hz:
        return f"{len(samples)} samples are heard instead of {made.tone.frames}"
    quarter = len(samples) // 4
    return fault(samples[quarter:-quarter], made.tone)
