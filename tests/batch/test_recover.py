"""What the next start finds, where it is not a crash at some line: absent drives, other processes, odd journals."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

import ctk
from ctk.batch.carrier import Carried, Carrier
from ctk.batch.order import Hop
from ctk.batch.run import Run
from ctk.catalog import journal_rows
from ctk.catalog.lock import exclusive
from ctk.errors import CatalogError, UsageError
from tests.batch.library import assert_true_to_disk, do, fill, ids, named, places, scanned, tree, undo
from tests.sources.library import wav


class Dead(BaseException):
    """The program ends here."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return fill(tmp_path / "Samples")


def die_after(home: Path, query: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal whose program ends after ``count`` files, with none of that in the journal."""
    with ctk.open(home) as toolkit, monkeypatch.context() as patch:
        done: list[Hop] = []

        def carry(self: Carrier, hop: Hop) -> Carried:
            if len(done) == count:
                raise Dead
            done.append(hop)
            return original(self, hop)

        original = Carrier.carry
        patch.setattr(Carrier, "carry", carry)
        job = toolkit.batch.apply(toolkit.batch.plan_remove(ids(toolkit, query)))
        with pytest.raises(Dead):
            job.result(30)


@pytest.mark.logs_errors
def test_the_user_is_told(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scanned(home, root):
        before = tree(root)
    die_after(home, "kick", 4, monkeypatch)
    with ctk.open(home) as toolkit:
        (receipt,) = toolkit.batch.recovered()
        assert (receipt.state, receipt.steps, receipt.done, receipt.bytes_freed) == ("done", 6, 3, 3 * 444)
        assert [problem.reason for problem in receipt.problems] == [
            "The program ended before this file's turn; it is where it was."
        ] * 3
        assert_true_to_disk(toolkit)
    with ctk.open(home) as toolkit:
        assert toolkit.batch.recovered() == ()
        assert undo(toolkit.batch).state == "undone"
    assert tree(root) == before


@pytest.mark.logs_errors
def test_an_absent_drive_is_waited_for(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scanned(home, root):
        before = tree(root)
    die_after(home, "kick", 4, monkeypatch)
    away = root.with_name("unplugged")
    root.rename(away)
    with ctk.open(home) as toolkit:
        assert toolkit.batch.recovered() == ()
        assert toolkit.batch.history()[0].state == "applying"
        with pytest.raises(UsageError, match="waits for a drive"):
            undo(toolkit.batch, 1)
    away.rename(root)
    with ctk.open(home) as toolkit:
        assert [receipt.done for receipt in toolkit.batch.recovered()] == [3]
        assert undo(toolkit.batch).state == "undone"
        assert tree(root) == before
        assert_true_to_disk(toolkit)


@pytest.mark.logs_errors
def test_a_process_at_work_is_not_disturbed(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scanned(home, root):
        pass
    die_after(home, "kick", 4, monkeypatch)

    def unexpected() -> None:
        raise AssertionError("the lock is free")

    with exclusive(home / "scan.lock", unexpected), ctk.open(home) as toolkit:
        assert toolkit.batch.recovered() == ()
        assert toolkit.batch.history()[0].state == "applying"
    with scanned(home) as toolkit:
        assert len(toolkit.batch.recovered()) == 1


@pytest.mark.logs_errors
def test_the_next_batch_puts_it_right_as_well(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scanned(home, root) as toolkit:
        wav(root / "other.wav", 3)
        toolkit.sources.scan().result(60)

        def broken(*_: object) -> None:
            raise Dead

        with monkeypatch.context() as patch:
            patch.setattr(Run, "all", broken)
            with pytest.raises(Dead):
                do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))
        do(toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "other.wav")]))
        assert [receipt.done for receipt in toolkit.batch.recovered()] == [0]


@pytest.mark.logs_errors
def test_somebody_puts_a_file_where_one_was(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scanned(home, root) as toolkit:
        rows = places(toolkit)
    die_after(home, "kick", 4, monkeypatch)
    newcomer = wav(root / "Drums" / "kick 1.wav", 4711)
    data = newcomer.read_bytes()
    with ctk.open(home) as toolkit:
        assert [receipt.done for receipt in toolkit.batch.recovered()] == [3]
        assert newcomer.read_bytes() == data
        toolkit.sources.scan().result(60)
        assert len(places(toolkit)) == len(rows) + 1
        back = undo(toolkit.batch)
        assert back.state == "partly undone"
        assert newcomer.read_bytes() == data


@pytest.mark.logs_errors
def test_a_copy_put_back_by_hand_is_not_taken_for_the_original(
    home: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes, size and time at both ends on one volume: nobody but the user can have put them there."""
    with scanned(home, root):
        pass
    die_after(home, "kick", 4, monkeypatch)
    (held,) = (root / ".ctk-held").rglob("kick 1.wav")
    again = root / "Drums" / "kick 1.wav"
    again.write_bytes(held.read_bytes())
    os.utime(again, ns=(held.stat().st_atime_ns, held.stat().st_mtime_ns))
    with ctk.open(home):
        assert again.is_file()
        assert held.is_file()


@pytest.mark.logs_errors
def test_what_cannot_be_put_right_does_not_keep_the_home_shut(
    home: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scanned(home, root):
        pass
    die_after(home, "kick", 4, monkeypatch)

    def failing(*_: object) -> None:
        raise OSError(5, "the drive failed")

    with monkeypatch.context() as patch:
        patch.setattr("ctk.batch.recover._Recovery.end", failing)
        with ctk.open(home) as toolkit:
            assert toolkit.batch.recovered() == ()
            assert len(places(toolkit)) == 7
    with ctk.open(home) as toolkit:
        assert len(toolkit.batch.recovered()) == 1


@pytest.mark.parametrize("back", [False, True], ids=["apply", "undo"])
def test_a_journal_that_cannot_be_written(back: bool, home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the home is full once the first file has moved."""

    def full(*_: object) -> None:
        raise CatalogError("The disk is full.")

    with scanned(home, root) as toolkit:
        before, rows = tree(root), places(toolkit)
        plan = toolkit.batch.plan_remove(ids(toolkit, "kick"))
        if back:
            do(toolkit.batch, plan)
        with monkeypatch.context() as patch:
            patch.setattr(journal_rows, "mark_spans", full)
            with pytest.raises(CatalogError, match="full"):
                undo(toolkit.batch) if back else do(toolkit.batch, plan)
    with ctk.open(home) as toolkit:
        assert len(toolkit.batch.recovered()) == 1
        assert_true_to_disk(toolkit)
        if not back:
            assert toolkit.batch.history()[0].done == 6
            undo(toolkit.batch)
        assert (tree(root), places(toolkit)) == (before, rows)


def test_a_ring_that_cannot_close_goes_back(home: Path, root: Path) -> None:
    with scanned(home, root) as toolkit:
        before, rows = tree(root), places(toolkit)
        plan = toolkit.batch.plan_rename(ids(toolkit, "kick")[:3], "other {n}")
        paths = [step.path for step in plan.steps]
        steps = tuple(replace(step, target=paths[at - 1], side_files=()) for at, step in enumerate(plan.steps))
        wav(Path(paths[1]), 999, frames=200)  # changed since the plan
        before |= tree(root)
        receipt = do(toolkit.batch, replace(plan, steps=steps))
        assert (receipt.done, receipt.state) == (0, "done")
        assert {problem.reason for problem in receipt.problems} == {
            "This file has changed since the last scan; scan its folder again."
        }
        assert tree(root) == before
        assert places(toolkit) == rows
