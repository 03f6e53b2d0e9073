"""The built-in model listens to real files: any number of them, any that cannot be heard, and any that go away."""

import threading
from pathlib import Path

import pytest

from ctk.catalog import verdict_rows
from ctk.classify import features, listening
from ctk.classify.keeper import Keeper
from ctk.errors import Cancelled
from ctk.jobs import Task
from ctk.records import Progress
from tests.classify.library import QUIET, add, keeper, make, parts, write


def test_everything_is_heard_once(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "s", 12, 0.1)
    with parts(home) as (store, vectors, judging):
        ids = [add(store, folder, file.name) for file in sorted(folder.iterdir())]
        kept = keeper(store, vectors, judging, ids)
        listening.listen(kept, QUIET)
        assert (kept.count, kept.problems) == (36, [])
        assert sorted(vectors.stamps("built-in")) == ids
        with store.snapshot() as connection:
            assert vectors.unheard("built-in", verdict_rows.stamps_here(connection)) == []


def test_what_cannot_be_heard_is_a_problem_and_no_more(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "aa_1.wav", 1)
    (tmp_path / "text.wav").write_text("no sound at all")
    write(tmp_path / "bb_changed.wav", 1)
    with parts(home) as (store, vectors, judging):
        ids = [add(store, tmp_path, name) for name in ("aa_1.wav", "text.wav", "bb_changed.wav", "gone.wav")]
        write(tmp_path / "bb_changed.wav", 2, 0.8)
        kept = keeper(store, vectors, judging, ids)
        listening.listen(kept, QUIET)
        assert kept.count == 1 and len(kept.problems) == 1 and "text.wav" in kept.problems[0]
        assert list(vectors.stamps("built-in")) == ids[:1]


def test_what_was_heard_before_it_was_cancelled_stays(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "s", 40, 0.1)
    with parts(home) as (store, vectors, judging):
        ids = [add(store, folder, file.name) for file in sorted(folder.iterdir())]
        stop = threading.Event()

        def watch(progress: Progress) -> None:
            if progress.done >= 8:
                stop.set()
                task.stop()

        task = Task(watch)
        kept = Keeper(store, vectors, judging, task, "built-in", ids)
        with pytest.raises(Cancelled):
            listening.listen(kept, task)
        assert stop.is_set()
        assert 8 <= kept.count == vectors.count("built-in") < len(ids)
        rest = [id for id in ids if id not in vectors.stamps("built-in")]
        listening.listen(again := keeper(store, vectors, judging, rest), QUIET)
        assert (again.count, vectors.count("built-in")) == (len(rest), len(ids))


def test_a_fault_of_the_program_is_a_problem_with_one_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "aa_1.wav", 1)
    with parts(home) as (store, vectors, judging):
        id = add(store, tmp_path, "aa_1.wav")

        def fail(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(features, "of", fail)
        listening.listen(kept := keeper(store, vectors, judging, [id]), QUIET)
        assert kept.problems == [f"{tmp_path / 'aa_1.wav'}: it could not be listened to."]
