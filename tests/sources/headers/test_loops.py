"""What chunks claim, through the probe, and what is believed of it; chunks that lie change nothing."""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog import said_rows, stated_rows
from ctk.facts import judge, music
from ctk.facts.stated import NO_CLAIMS, Claims, Stated
from ctk.sources import probe
from ctk.sources.headers import loops
from tests.writers import aiffs, encoded, waves
from tests.writers.samples import tone

RATE = 22_050
LOOP = tone(4.0, RATE, 1, 220.0)
Chunk = tuple[bytes, bytes]
APPLE = bytes.fromhex("29819273b5bf4aefb78d62d1ef90bb2c")


def acid(flags: int, beats: int, tempo: float, root: int = 60) -> Chunk:
    return b"acid", struct.pack("<IHHfIHHf", flags, root, 0x8000, 0.0, beats, 4, 4, tempo)


def smpl(note: int, *loops: tuple[int, int], fraction: int = 0) -> Chunk:
    head = struct.pack("<9I", 0, 0, 45_351, note, fraction, 0, 0, len(loops), 0)
    return b"smpl", head + b"".join(struct.pack("<6I", 0, 0, start, end, 0, 0) for start, end in loops)


def inst(note: int, low: int = 0, high: int = 127, cents: int = 0) -> Chunk:
    return b"inst", struct.pack("7b", note, cents, 0, low, high, 1, 127)


def basc(beats: int, root: int = 48, scale: int = 3) -> Chunk:
    return b"basc", struct.pack(">IIHHHHH", 1, beats, root, scale, 4, 4, 0).ljust(84, b"\0")


def aiff_inst(note: int, low: int = 0, high: int = 127, cents: int = 0) -> Chunk:
    return b"INST", struct.pack(">6bh12x", note, cents, low, high, 1, 127, 0)


def caf(pairs: Sequence[tuple[str, str]], count: int | None = None) -> bytes:
    texts = b"".join(f"{key}\0{value}\0".encode() for key, value in pairs)
    body = APPLE + struct.pack(">I", len(pairs) if count is None else count) + texts
    sound = (LOOP * 32_767).astype(">i2").tobytes()

    def chunk(name: bytes, content: bytes) -> bytes:
        return name + struct.pack(">q", len(content)) + content

    desc = struct.pack(">d4sIIIII", RATE, b"lpcm", 0, 2, 1, 1, 16)
    return b"caff\0\1\0\0" + chunk(b"desc", desc) + chunk(b"uuid", body) + chunk(b"data", bytes(4) + sound)


def told(path: Path, content: bytes) -> tuple[Claims, Stated]:
    """What a file with this content claims, and what is stated of it; it must be a good file."""
    path.write_bytes(content)
    facts = probe.probe(str(path))
    assert facts is not None
    assert facts.reason is None
    assert facts.duration_s == pytest.approx(4.0)
    assert "bpm" not in facts.metadata
    return facts.claims, judge.judge(facts.claims, facts.metadata, "", path.stem, facts.duration_s)


def shown(stated: Stated) -> str:
    """In one line: tempo, key, kind, note, and by whom."""
    words = [f"{stated.bpm.value:g} by {stated.bpm.by}"] if stated.bpm else []
    words += [f"{music.key_name(stated.key.value)} by {stated.key.by}"] if stated.key else []
    words += [f"{stated.kind.value} by {stated.kind.by}"] if stated.kind else []
    words += [f"{music.note_name(stated.note.value)} by {stated.note.by}"] if stated.note else []
    return ", ".join(words)


WAVES: tuple[tuple[list[Chunk], str], ...] = (
    ([acid(0, 8, 120.0)], "120 by acid, loop by acid"),
    ([acid(0, 6, 90.0)], "90 by acid, loop by acid"),
    ([acid(2, 8, 120.0, 45)], "120 by acid, A by acid, loop by acid"),
    ([acid(2, 8, 120.0, 60)], "120 by acid, loop by acid"),
    ([acid(0, 8, 121.0)], "121 by acid, loop by acid"),
    ([acid(0, 16, 236.0)], "236 by acid"),
    ([acid(0, 8, 140.0)], ""),
    ([acid(1, 8, 120.0)], "one-shot by acid"),
    ([acid(3, 0, 0.0, 45)], "one-shot by acid, A2 by acid"),
    ([acid(0, 0, 120.0)], ""),
    ([smpl(45)], "A2 by smpl"),
    ([smpl(60)], ""),
    ([smpl(60, (0, len(LOOP) - 1))], ""),
    ([smpl(60, (20_000, 40_000))], "C4 by smpl"),
    ([smpl(60, fraction=1 << 30)], "C4 by smpl"),
    ([smpl(60), inst(60)], ""),
    ([inst(60)], ""),
    ([inst(60, 55, 64)], "C4 by inst"),
    ([inst(60, cents=12)], "C4 by inst"),
    ([inst(43)], "G2 by inst"),
    ([inst(43), smpl(60)], ""),
    ([smpl(60), inst(60, 58, 61)], "C4 by smpl"),
    ([acid(0, 8, 120.0), smpl(45)], "120 by acid, loop by acid"),
)
"""Chunks of a sound of four seconds, and what they state."""


@pytest.mark.parametrize(("chunks", "expected"), WAVES)
def test_chunks_of_waves(chunks: list[Chunk], expected: str, tmp_path: Path) -> None:
    for before, after in ((chunks, []), ([], chunks)):
        content = waves.wav(LOOP, RATE, 16, before=before, after=after)
        assert shown(told(tmp_path / "x.wav", content)[1]) == expected


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ([basc(8)], "120 by basc, loop by basc"),
        ([basc(8, 48, 2)], "120 by basc, C maj by basc, loop by basc"),
        ([basc(6, 57, 1)], "90 by basc, Am by basc, loop by basc"),
        ([basc(8, 54, 4)], "120 by basc, F# by basc, loop by basc"),
        ([basc(8, 48, 0)], "120 by basc, loop by basc"),
        ([basc(0)], "one-shot by basc"),
        ([aiff_inst(60)], ""),
        ([aiff_inst(48)], "C3 by INST"),
        ([aiff_inst(60, 59, 61)], "C4 by INST"),
        ([aiff_inst(0)], ""),
    ],
)
def test_chunks_of_aiffs(chunks: list[Chunk], expected: str, tmp_path: Path) -> None:
    assert shown(told(tmp_path / "x.aif", aiffs.aiff(LOOP, RATE, 16, after=chunks))[1]) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            (("beat count", "8"), ("key signature", "C#"), ("key type", "major")),
            "120 by caf, C# maj by caf, loop by caf",
        ),
        (
            (("beat count", "8"), ("key signature", "A#/Bb"), ("key type", "minor")),
            "120 by caf, A#m by caf, loop by caf",
        ),
        ((("beat count", "8"), ("key signature", "C"), ("key type", "neither")), "120 by caf, loop by caf"),
        ((("beat count", "0"), ("genre", "Rock")), ""),
        ((("beat count", "many"), ("key signature", "H"), ("key type", "major")), ""),
        ((("beat count", "9" * 5_000),), ""),
    ],
)
def test_apple_loops_in_caf(pairs: Sequence[tuple[str, str]], expected: str, tmp_path: Path) -> None:
    assert shown(told(tmp_path / "x.caf", caf(pairs))[1]) == expected


def test_w64_claims_as_wav_does(tmp_path: Path) -> None:
    name, body = acid(0, 8, 120.0)
    content = waves.w64(LOOP, RATE, 16)
    tail = bytes.fromhex("f3acd3118cd100c04f8edb8a")
    chunk = name + tail + struct.pack("<Q", 24 + len(body)) + body
    assert shown(told(tmp_path / "x.w64", content + chunk)[1]) == "120 by acid, loop by acid"


@pytest.mark.parametrize("name", [b"RF64", b"BW64"])
def test_large_waves_claim_as_small_ones_do(name: bytes, tmp_path: Path) -> None:
    content = waves.rf64(LOOP, RATE, 16, name=name) + waves.chunk(*acid(0, 8, 120.0))
    assert shown(told(tmp_path / "x.wav", content)[1]) == "120 by acid, loop by acid"


@pytest.mark.parametrize(
    ("ending", "muxer", "codec", "sample_format", "tags"),
    [
        ("flac", "flac", "flac", "s16", {"BPM": "93.5", "INITIALKEY": "F#m"}),
        ("ogg", "ogg", "flac", "s16", {"TEMPO": "93,5", "KEY": "F# minor"}),
        ("mp3", "mp3", "libmp3lame", "s16p", {"TBPM": "93.5", "TKEY": "F#m"}),
        ("m4a", "ipod", "alac", "s16p", {"tmpo": "93"}),
        ("wv", "wv", "wavpack", "s16p", {"BPM": "93.5", "Key": "11A"}),
    ],
)
def test_tags_state_tempo_and_key(
    ending: str, muxer: str, codec: str, sample_format: str, tags: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / f"x.{ending}"
    encoded.write(path, LOOP, RATE, muxer=muxer, codec=codec, sample_format=sample_format, metadata=tags)
    facts = probe.probe(str(path))
    assert facts is not None
    stated = judge.judge(facts.claims, facts.metadata, "", "x", facts.duration_s)
    expected = "93.5 by metadata, F#m by metadata" if len(tags) == 2 else "93 by metadata"
    assert shown(stated) == expected


@pytest.mark.parametrize(
    "xml",
    [
        b"<BWFXML><BPM>93.5</BPM><KEY>F#m</KEY></BWFXML>",
        b"<BWFXML><ASWG><tempo>93.50</tempo><inKey>F# minor</inKey></ASWG></BWFXML>",
    ],
)
def test_ixml_states_tempo_and_key(xml: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(waves.wav(LOOP, RATE, 16, after=[(b"iXML", xml)]))
    facts = probe.probe(str(path))
    assert facts is not None
    stated = judge.judge(facts.claims, facts.metadata, "", "x", facts.duration_s)
    assert shown(stated) == "93.5 by metadata, F#m by metadata"


HOSTILE: tuple[Chunk, ...] = (
    acid(0, 8, math.nan),
    acid(0, 8, math.inf),
    acid(0, 8, -120.0),
    acid(0, 8, -math.inf),
    acid(0, 8, 1e-45),
    acid(0, 8, 0.0),
    acid(0, 1, 1e-38),
    (b"acid", struct.pack("<IHHfIHHf", 0, 60, 0, math.nan, 8, 0, 0, 140.0)),
    acid(0, 2**32 - 1, 120.0),
    acid(0, 2**32 - 1, 3e38),
    acid(0xFFFF_FFFE, 0, 0.0, 0xFFFF),
    (b"acid", b""),
    (b"acid", b"\xff" * 23),
    (b"acid", b"\xff" * 24),
    (b"smpl", b""),
    (b"smpl", b"\xff" * 35),
    (b"smpl", b"\xff" * 60),
    smpl(2**32 - 1),
    smpl(128),
    (b"inst", b"\x80" * 7),
    (b"inst", b"\xff" * 3),
)


@pytest.mark.parametrize("chunk", HOSTILE)
def test_chunks_that_lie_state_nothing(chunk: Chunk, tmp_path: Path) -> None:
    _, stated = told(tmp_path / "x.wav", waves.wav(LOOP, RATE, 16, before=[chunk]))
    assert (stated.bpm, stated.key, stated.note) == (None, None, None)


@pytest.mark.parametrize("name", [b"acid", b"smpl", b"inst", b"iXML", b"id3 ", b"LIST", b"bext"])
@pytest.mark.parametrize("size", [0x7FFF_FFFF, 0xFFFF_FFF0])
def test_a_chunk_of_gigabytes_that_are_not_there(name: bytes, size: int, tmp_path: Path) -> None:
    content = waves.wav(LOOP, RATE, 16) + name + struct.pack("<I", size) + b"\xff" * 64
    claims, stated = told(tmp_path / "x.wav", content)
    assert (stated.bpm, stated.key) == (None, None)
    assert replace(claims, by="", one_shot=False, beats=0, tempo=0.0, root=None) == NO_CLAIMS or claims.note is not None


@pytest.mark.parametrize("chunk", [(b"basc", b""), (b"basc", b"\xff" * 84), (b"INST", b"\xff" * 20), (b"INST", b"\1")])
def test_chunks_of_aiffs_that_lie(chunk: Chunk, tmp_path: Path) -> None:
    _, stated = told(tmp_path / "x.aif", aiffs.aiff(LOOP, RATE, 16, after=[chunk]))
    assert (stated.bpm, stated.key, stated.note) == (None, None, None)


@pytest.mark.parametrize("count", [0, 2**32 - 1])
def test_apple_texts_whose_count_lies(count: int, tmp_path: Path) -> None:
    _, stated = told(tmp_path / "x.caf", caf([("beat count", "8")], count))
    assert shown(stated) == ("120 by caf, loop by caf" if count else "")


SHORT = tone(0.2, RATE, 1, 220.0)
SIZES = st.sampled_from([0, 1, 23, 0x7FFF_FFFF, 0xFFFF_FFF0, 0xFFFF_FFFF])
MARKUP = st.lists(
    st.sampled_from(
        b"<BWFXML> </BWFXML> <BPM> </BPM> <tempo> <KEY> nan -inf 1e999 &#0; &a; <!DOCTYPE <![CDATA[ \xff 120 Am".split()
    ),
    max_size=30,
).map(b"".join)
LIES = st.one_of(st.binary(max_size=120), MARKUP, st.binary(min_size=4, max_size=40).map(lambda body: b"INFO" + body))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lies")


def well(path: Path, content: bytes) -> Stated:
    """What is stated of a file that must be a good one, and kept as a row that can be read again."""
    path.write_bytes(content)
    facts = probe.probe(str(path))
    assert facts is not None
    assert facts.reason is None
    assert facts.duration_s == pytest.approx(0.2)
    row = stated_rows.row_of(facts.claims, facts.metadata, "", path.name, facts.duration_s)
    assert said_rows.said_of(row.said).keys() <= set(said_rows.NAMES)
    if row.claims:
        assert Claims(*json.loads(row.claims)).beats == facts.claims.beats
    return judge.judge(facts.claims, facts.metadata, "", path.stem, facts.duration_s)


def possible(stated: Stated) -> bool:
    tempo = stated.bpm is None or 20 <= stated.bpm.value <= 400
    return tempo and (stated.key is None or 0 <= stated.key.value < music.TONIC + 12)


@settings(deadline=None)
@given(
    name=st.sampled_from([b"acid", b"smpl", b"inst", b"iXML", b"bext", b"LIST", b"id3 ", b"cue "]),
    body=LIES,
    size=SIZES,
    last=st.booleans(),
)
def test_any_bytes_in_a_wave(name: bytes, body: bytes, size: int, last: bool, scratch: Path) -> None:
    sound = waves.wav(SHORT, RATE, 16)
    stated = well(scratch / "x.wav", sound + name + struct.pack("<I", size if last else len(body)) + body)
    assert possible(stated)
    assert stated.bpm is None or stated.bpm.by == "metadata"


@settings(deadline=None)
@given(name=st.sampled_from([b"basc", b"INST", b"ANNO", b"ID3 "]), body=LIES, size=SIZES, last=st.booleans())
def test_any_bytes_in_an_aiff(name: bytes, body: bytes, size: int, last: bool, scratch: Path) -> None:
    sound = aiffs.aiff(SHORT, RATE, 16)
    assert possible(well(scratch / "x.aif", sound + name + struct.pack(">I", size if last else len(body)) + body))


@settings(deadline=None)
@given(count=st.integers(0, 2**32 - 1), body=LIES)
def test_any_texts_of_an_apple_loop(count: int, body: bytes) -> None:
    stated = judge.judge(loops.apple(struct.pack(">I", count) + body), {}, "", "x", 4.0)
    assert possible(stated)


@pytest.mark.parametrize("size", [2**31, 2**40, 2**62, -1, -(2**63)])
def test_a_caf_chunk_whose_size_lies(size: int, tmp_path: Path) -> None:
    content = caf([])
    lie = b"uuid" + struct.pack(">q", size) + APPLE + struct.pack(">I", 1) + b"beat count\0" + b"9" * 100
    _, stated = told(tmp_path / "x.caf", content + lie)
    assert shown(stated) == ""


@given(
    flags=st.integers(0, 2**32 - 1),
    root=st.integers(0, 0xFFFF),
    meter=st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)),
    beats=st.one_of(st.integers(0, 64), st.integers(0, 2**32 - 1)),
    tempo=st.one_of(st.floats(width=32), st.floats(20, 400, width=32)),
    seconds=st.one_of(st.none(), st.floats(0, 1e9)),
)
def test_acid_is_believed_only_where_it_fits(
    flags: int, root: int, meter: tuple[int, int], beats: int, tempo: float, seconds: float | None
) -> None:
    chunk = struct.pack("<IHHfIHHf", flags, root, 0, math.nan, beats, *meter, tempo)
    claims = loops.wave({b"acid": chunk})
    stated = judge.judge(claims, {}, "", "x", seconds)
    assert possible(stated)
    if stated.bpm is not None:
        assert seconds == pytest.approx(beats * 60 / stated.bpm.value, rel=0.021)
        assert not flags & 1
    stated_rows.row_of(claims, {}, "", "x.wav", seconds)


@given(beats=st.integers(0, 2**32 - 1), root=st.integers(0, 0xFFFF), scale=st.integers(0, 0xFFFF))
def test_apple_beats_are_believed_only_where_they_make_a_tempo(beats: int, root: int, scale: int) -> None:
    claims = loops.aiff({b"basc": struct.pack(">IIHH", 1, beats, root, scale)})
    stated = judge.judge(claims, {}, "", "x", 4.0)
    assert possible(stated)
    assert (stated.bpm is None) == (not 2 <= beats <= 26)
