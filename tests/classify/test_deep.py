"""CNN14 listens to a library: with a worker that computes next to nothing and fails as it is told, and with the real
model that nobody taught."""

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import ctk
from ctk.catalog import vector_rows
from ctk.catalog.verdict_rows import Place
from ctk.classify import buckets, deep, hearing, weights
from ctk.classify.keeper import Keeper
from ctk.classify.steady import Steady
from ctk.classify.vectors import Vectors
from ctk.errors import Cancelled, CtkError
from ctk.jobs import Task
from ctk.toolkit import Toolkit
from tests import house
from tests.audio import signals
from tests.classify import library
from tests.classify.library import QUIET, add, heard, ids, parts, scanned, write

TROUBLED = (sys.executable, str(Path(__file__).with_name("troubled.py")))
RATE = buckets.RATE_HZ


@pytest.fixture(autouse=True)
def ours_to_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(house.ROOT))


def level(file: Path, number: int, seconds: float = 0.5) -> Path:
    """A sound that is one number all along: ``number`` 64ths."""
    wave = np.full((round(seconds * RATE), 2), number / 64)
    return signals.write("wav_24", file, wave, RATE)


@contextmanager
def listening(home: Path, folder: Path, trouble: str, device: str = "cpu") -> Iterator[tuple[Keeper, Vectors, Steady]]:
    """All files of ``folder`` and a troubled worker."""
    with parts(home) as (store, vectors, judging), Steady(trouble, device, program=TROUBLED) as steady:
        some = [add(store, folder, file.name, duration_s=None) for file in sorted(folder.iterdir())]
        yield Keeper(store, vectors, judging, QUIET, "cnn14", some), vectors, steady


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty sounds of 1 to 20 64ths, one in four of them of 3 seconds."""
    (tmp_path / "Samples").mkdir()
    for number in range(1, 21):
        level(tmp_path / "Samples" / f"{number:02}.wav", number, 0.5 if number % 4 else 3.0)
    return tmp_path / "Samples"


def embeddings(vectors: Vectors) -> dict[int, npt.NDArray[np.float16]]:
    """As they are kept, by the id of the sound."""
    nothing: list[tuple[int, bytes]] = []
    rows = vectors._derived.read(lambda connection: list(vector_rows.vectors(connection, "cnn14")), nothing)
    return {id: np.frombuffer(vector, np.float16) for id, vector in rows}


def test_every_sound_is_heard_and_each_has_its_own_answer(home: Path, folder: Path) -> None:
    with listening(home, folder, "none") as (keeper, vectors, steady):
        deep.listen(steady, keeper, QUIET)
        assert (keeper.count, keeper.problems) == (20, [])
        found = embeddings(vectors)
        assert {vector.shape for vector in found.values()} == {(2048,)}
        for number, vector in found.items():
            assert float(vector[0]) % 1 == pytest.approx(number / 64, abs=2e-2)
        heard = vectors.opinions("cnn14", list(range(1, 21)))
        beliefs, because, top = json.loads(heard[5][1])
        assert (len(beliefs), len(top)) == (7, 10) and isinstance(because, str)
        assert top[0][1] == pytest.approx(5 / 64, abs=1e-3)


@pytest.mark.parametrize("trouble", ["memory:3", "crash:0.109375"])
def test_what_is_too_much_for_the_worker_costs_one_sound_at_most(home: Path, folder: Path, trouble: str) -> None:
    with listening(home, folder, trouble) as (keeper, vectors, steady):
        deep.listen(steady, keeper, QUIET)
        lost = 1 if trouble.startswith("crash") else 0
        assert (keeper.count, len(keeper.problems)) == (20 - lost, lost)
        assert all("07.wav" in problem for problem in keeper.problems)
        assert vectors.count("cnn14") == 20 - lost


def test_a_device_that_fails_gives_way_to_the_processor(home: Path, folder: Path) -> None:
    with listening(home, folder, "crash:cuda", "cuda") as (keeper, _, steady):
        deep.listen(steady, keeper, QUIET)
        assert (keeper.count, steady.about().kind) == (20, "cpu")


def test_a_worker_that_never_starts_is_a_sentence(home: Path, folder: Path) -> None:
    with listening(home, folder, "deaf") as (keeper, _, steady), pytest.raises(CtkError, match="could not be started"):
        deep.listen(steady, keeper, QUIET)


def test_a_worker_that_hangs_can_be_cancelled(home: Path, folder: Path) -> None:
    with listening(home, folder, "stuck") as (keeper, vectors, steady):
        task = Task(lambda _: None)
        threading.Timer(0.5, task.stop).start()
        with pytest.raises(Cancelled):
            deep.listen(steady, keeper, task)
        assert vectors.count("cnn14") == 0


def test_files_that_cannot_be_heard_are_told_of(home: Path, folder: Path) -> None:
    (folder / "text.wav").write_text("no sound")
    with listening(home, folder, "none") as (keeper, vectors, steady):
        level(folder / "03.wav", 3, 0.7)
        os.remove(folder / "05.wav")
        deep.listen(steady, keeper, QUIET)
        assert (keeper.count, vectors.count("cnn14")) == (18, 18)
        assert len(keeper.problems) == 1 and "text.wav" in keeper.problems[0]


def test_a_file_that_changes_while_it_is_heard_is_left_for_the_next_time(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def once(place: Place) -> bool:
        told.append(place.path)
        return told.count(place.path) == 1 or not place.path.endswith("09.wav")

    monkeypatch.setattr(hearing, "is_as_said", once)
    with listening(home, folder, "none") as (keeper, vectors, steady):
        deep.listen(steady, keeper, QUIET)
        assert (keeper.count, keeper.problems, vectors.count("cnn14")) == (19, [], 19)


def test_without_what_it_learned_it_does_not_start(home: Path) -> None:
    with pytest.raises(CtkError, match="not trained"):
        deep.ear(home, "cpu")


def by_name(toolkit: Toolkit) -> dict[str, npt.NDArray[np.float16]]:
    found = embeddings(toolkit.classify._parts().vectors)
    return {name: found[id] for name, id in ids(toolkit).items()}


def make_long(folder: Path) -> Path:
    """Real sounds from very short to three windows long, at rates from 8 to 192 kHz."""
    folder.mkdir()
    for name, seconds, rate in (("a", 0.05, 8000), ("b", 0.9, 192_000), ("c", 1.7, 44_100), ("d", 25.0, 22_050)):
        signals.write("wav_16", folder / f"{name}.wav", signals.chirp(seconds, rate, len(name)), rate)
    write(folder / "cc_1.wav", 1)
    return folder


@pytest.mark.long
def test_the_real_model_end_to_end(
    home: Path, tmp_path: Path, checkpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(weights.VARIABLE, checkpoint)
    folder = make_long(tmp_path / "Samples")
    with scanned(home, folder) as toolkit:
        assert toolkit.classify.status().engine == "cnn14"
        report = toolkit.classify.run(device="cpu").result(300)
        assert (report.engine, report.sounds, report.problems) == ("cnn14", 5, [])
        assert report.device.startswith("cpu")
        when = heard(toolkit, "cnn14")
        write(folder / "bb_2.wav", 2)
        toolkit.sources.scan([folder]).result(60)
        assert toolkit.classify.status().unheard == 1
        assert toolkit.classify.run(device="cpu").result(300).sounds == 1
        assert when.items() < heard(toolkit, "cnn14").items()
        similar = toolkit.classify.similar(ids(toolkit)["cc_1.wav"])
        assert (similar.engine, len(similar.rows)) == ("cnn14", 5)
        first = by_name(toolkit)
        assert {vector.shape for vector in first.values()} == {(2048,)}
    shutil.rmtree(home)
    with scanned(home, folder) as toolkit:
        toolkit.classify.run(device="cpu").result(300)
        again = by_name(toolkit)
        assert first.keys() == again.keys()
        for one, other in ((first[name], again[name]) for name in first):
            assert np.abs(one.astype("f4") - other.astype("f4")).max() < 0.05 * np.abs(one).max()


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="only on systems with signals")
def test_the_real_worker_is_killed_in_the_middle_and_the_work_goes_on(
    home: Path, tmp_path: Path, checkpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(weights.VARIABLE, checkpoint)
    folder = library.make(tmp_path / "Samples", 20, 0.5)
    pids: list[int] = []
    start = Steady._start

    def started(self: Steady) -> object:
        worker = start(self)
        pids.append(worker.pid)
        return worker

    monkeypatch.setattr(Steady, "_start", started)
    with scanned(home, folder) as toolkit:
        run = toolkit.classify.run(device="cpu")
        while not run.done and run.status.progress.done < 5:
            time.sleep(0.02)
        os.kill(pids[0], signal.SIGKILL)
        assert run.result(300).sounds == 60
        assert len(heard(toolkit, "cnn14")) == 60


@pytest.mark.long
def test_the_real_model_is_cancelled_and_taken_up(
    home: Path, tmp_path: Path, checkpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(weights.VARIABLE, checkpoint)
    folder = library.make(tmp_path / "Samples", 40, 0.5)
    with scanned(home, folder) as toolkit:
        run = toolkit.classify.run(device="cpu")
        while not run.done and not heard(toolkit, "cnn14"):
            time.sleep(0.02)
        run.cancel()
        with pytest.raises(Cancelled):
            run.result(60)
        kept = heard(toolkit, "cnn14")
        assert 0 < len(kept) < 120
    with ctk.open(home) as toolkit:
        assert toolkit.classify.run(device="cpu").result(300).sounds == 120 - len(kept)
        assert kept.items() <= heard(toolkit, "cnn14").items()
