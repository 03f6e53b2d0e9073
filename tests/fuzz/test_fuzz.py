"""Broken sounds through every room: no crash, no hang, no absurd value, no exception out of the room."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.mutate import broken, corpus
from tests.fuzz.rooms import absurd
from tests.house import ROOT
from tests.sounds import KINDS

GATE = [
    ("headers", 1, 8_000),
    ("probe", 2, 500),
    ("decode", 3, 500),
    ("listen", 4, 500),
    ("seek", 5, 100),
    ("play", 6, 60),
    ("look", 7, 150),
]
"""Room, saved seed, and how many broken sounds."""
LONG = [
    *(("headers", seed, 10_000) for seed in range(100, 110)),
    *(("probe", seed, 2_500) for seed in range(200, 204)),
    *(("decode", seed, 2_500) for seed in range(300, 304)),
    *(("listen", seed, 2_500) for seed in range(400, 404)),
    *(("seek", seed, 2_500) for seed in range(500, 504)),
    *(("play", seed, 2_500) for seed in range(600, 604)),
    ("look", 700, 2_000),
]


def fuzz(room: str, seed: int, count: int, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", room, str(seed), "0", str(count), str(folder)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    at = (folder / "at").read_text().strip()
    assert child.returncode == 0, f"{room}, seed {seed} died at {at}: {child.returncode}\n{child.stderr[-4_000:]}"
    assert (child.stdout, child.stderr) == ("", "")
    assert at == str(count - 1)
    assert [json.loads(line) for line in (folder / "complaints").read_text().splitlines()] == []


@pytest.mark.parametrize(("room", "seed", "count"), GATE)
def test_rooms_survive_broken_sounds(room: str, seed: int, count: int, tmp_path: Path) -> None:
    fuzz(room, seed, count, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(("room", "seed", "count"), LONG)
def test_rooms_survive_a_great_many_broken_sounds(room: str, seed: int, count: int, tmp_path: Path) -> None:
    fuzz(room, seed, count, tmp_path)


def test_seeds_break_the_same_way_every_time() -> None:
    assert len(corpus()) == len(KINDS)
    first = [broken(5, index) for index in range(50)]
    assert first == [broken(5, index) for index in range(50)]
    assert first != [broken(6, index) for index in range(50)]
    assert all(data not in corpus() for data in first)


def test_the_judge_sees_absurd_answers() -> None:
    from ctk.sources.headers.header import Header

    good = Header("wav", "pcm", 1.0, 8_000, 1, 8)
    assert absurd(good, 8_044) is None
    for field, value in [
        ("sample_rate_hz", 0),
        ("channels", 5_000),
        ("bit_depth", 65),
        ("duration_s", float("nan")),
        ("duration_s", -1.0),
        ("duration_s", 2.0),
        ("codec", None),
        ("reason", "broken"),
        ("metadata", {"title": "x" * 501}),
    ]:
        bad = Header("wav", "pcm", 1.0, 8_000, 1, 8)
        setattr(bad, field, value)
        assert absurd(bad, 8_044) is not None, field
