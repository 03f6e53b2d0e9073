"""Values come back from JSON as they went, and what is of another type does not."""

import json
import math
import os
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.records import JobStatus, NowPlaying, Plan, Progress, Refusal, Row, Sound, SoundMap, Step
from ctk.records.detail import Fact
from ctk.remote.wire import Array, Unfit, dumper, loader, words

ROW = (7, "/a/b.wav", "b.wav", "WAV", "PCM", 1.5, 44100, 2, 16, 1000, "ok")
SOUND = Sound(
    *(1, os.fsdecode(b"/a/\xff\xfe.wav"), "b.wav", None, None, None, None, None, None, 0, "missing"),
    source_id=1,
    mtime_ns=2**62,
    added_s=0.25,
    reason=None,
    metadata={"title": "T"},
    fingerprint=None,
    full_hash=None,
    file_id=None,
    facts=(Fact("bpm", 120.0, "acid"), Fact("key", "Am", "name")),
)
PLAN = Plan("move", "Move", (Step(1, "move", "/a", "/b", 1, 2, None, (("/x", "/y"),)),), (Refusal(1, "/a", "no."),))


def there_and_back(kind: Any, value: Any) -> Any:
    return loader(kind)(json.loads(json.dumps(dumper(kind)(value), allow_nan=False)))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Row, Row(*ROW)),  # type: ignore[arg-type]
        (Sound, SOUND),
        (Plan, PLAN),
        (JobStatus, JobStatus("job-1", "Scan", "running", Progress(1, None, "x"))),
        (NowPlaying, NowPlaying("playing", 1, "/a", 0.5, region=(0.5, 1.5))),
        (SoundMap, SoundMap("names", array("q", [1, 2]), array("d", [0, 1]), array("d", [1, 0]), array("q", [-1, 2]))),
        (Array[int], array("q", [3, 1, 2])),
        (Mapping[int, str], {4711: "x"}),
        (Sequence[tuple[str, float]], (("a", 1.0),)),
        (Path, Path("/a/b")),
        (Sequence[Path], (Path("/a"),)),
        (dict[str, int], {"name": 3}),
        (list[str], ["a"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_goes_comes_back(kind: Any, value: Any) -> None:
    assert there_and_back(kind, value) == value


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_every_name_of_a_file_comes_back(name: bytes) -> None:
    assert os.fsencode(there_and_back(str, os.fsdecode(name))) == name


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_null(value: float) -> None:
    row = Row(*ROW[:5], value, *ROW[6:])  # type: ignore[arg-type]
    assert dumper(Row)(row)["duration_s"] is None
    assert dumper(Sequence[float])([value]) == [None]


@pytest.mark.parametrize(
    ("kind", "value", "complaint"),
    [
        (int, True, "an integer"),
        (int, 1.0, "an integer"),
        (int, 2**63, "an integer"),
        (int, "1", "an integer"),
        (float, json.loads("1e999"), "a number"),
        (float, None, "a number"),
        (float, False, "a number"),
        (bool, 1, "true or false"),
        (str, 1, "a string"),
        (str, "a\0b", "text without a zero byte"),
        (str, "\ud800", "text that a path could hold"),
        (str | None, 3, "a string or null"),
        (Literal["a", "b"], "c", 'one of "a", "b"'),
        (Literal["a"], ["a"], 'one of "a"'),
        (Sequence[int], "12", "an array of integer"),
        (Sequence[int | None], {}, "an array of (integer or null)"),
        (tuple[float, float], [1.0], "an array of 2: number, number"),
        (Mapping[int, int], {"x": 1}, "an object of integer to integer"),
        (Mapping[int, int], [], "an object of integer to integer"),
        (Progress, [], "`Progress`"),
        (JobStatus, {"id": "x"}, "`JobStatus`"),
        (int | str | Path, None, "an integer or a path"),
    ],
)
def test_what_does_not_fit_is_said(kind: Any, value: Any, complaint: str) -> None:
    with pytest.raises(Unfit) as found:
        loader(kind)(value)
    assert str(found.value) == complaint


def test_a_record_of_a_newer_core_is_read_as_far_as_it_is_known() -> None:
    assert loader(Progress)({"done": 1, "colour": "red"}) == Progress(1)


def test_types_in_words() -> None:
    assert words(Sequence[str | Path] | None) == "an array of path or null"
