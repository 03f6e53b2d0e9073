"""Cleaning up and taking it back: each step holds, and notices when more was changed than was promised."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.records import Plan
from ctk.selftest import changes
from ctk.selftest.bench import Bench, Failed


@pytest.fixture
def pair(scanned: Bench) -> Iterator[Bench]:
    """One sound is there twice, and that is known."""
    changes.duplicates(scanned)
    yield scanned


def test_a_copy_goes_and_comes_back(pair: Bench) -> None:
    assert len(pair.before) == len(pair.made) + 1
    assert changes.clean(pair)
    assert len([path for path in pair.sounds.rglob("*.*") if path.is_file()]) >= len(pair.made)
    assert changes.undo(pair).startswith(f"{len(pair.before)} files")


def test_a_duplicate_that_is_not_found_is_noticed(scanned: Bench) -> None:
    (scanned.sounds / "Copies").mkdir()
    for number in (1, 2):
        (scanned.sounds / f"another {number}.wav").write_bytes(scanned.made[0].path.read_bytes())
    (scanned.sounds / "Copies").rmdir()
    with pytest.raises(Failed, match="the scan found 3"):
        changes.duplicates(scanned)


def test_a_group_too_many_is_noticed(scanned: Bench) -> None:
    other = scanned.made[1].path
    other.with_name("another.wav").write_bytes(other.read_bytes())
    scanned.toolkit.sources.scan().result(30)
    with pytest.raises(Failed, match="2 groups were found"):
        changes.duplicates(scanned)


def test_a_file_that_is_changed_by_the_way_is_noticed(pair: Bench) -> None:
    pair.made[5].path.write_bytes(b"something else")
    with pytest.raises(Failed, match="more than the spare copy"):
        changes.clean(pair)


def test_a_copy_that_is_not_put_aside_is_noticed(pair: Bench) -> None:
    for path in pair.sounds.rglob(pair.made[0].path.name):
        path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(Failed, match="and 0 would be put aside"):
        changes.clean(pair)


def test_what_keeps_a_copy_from_going_is_told(pair: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_of = pair.toolkit.duplicates.plan

    def late() -> Plan:
        """A file changes just after."""
        plan = plan_of()
        path = Path(plan.steps[0].path)
        path.write_bytes(path.read_bytes()[::-1])
        return plan

    monkeypatch.setattr(pair.toolkit.duplicates, "plan", late)
    with pytest.raises(Failed, match="changed"):
        changes.clean(pair)


def test_bytes_that_do_not_come_back_are_noticed(pair: Bench) -> None:
    changes.clean(pair)
    pair.made[7].path.unlink()
    with pytest.raises(Failed, match="again as it was"):
        changes.undo(pair)


def test_what_cannot_be_undone_is_noticed(pair: Bench) -> None:
    changes.clean(pair)
    (held,) = pair.toolkit.batch.held()
    Path(held.held_path).unlink()
    with pytest.raises(Failed, match="Undoing ended"):
        changes.undo(pair)


def test_without_what_came_before_no_step_holds(bench: Bench) -> None:
    for step in (changes.duplicates, changes.clean, changes.undo):
        with pytest.raises(Failed):
            step(bench)
