"""Batches between and on real volumes: full, read-only, leaving while they are used, blind to case, short of time."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import ctk
from ctk.batch import copying, same
from ctk.batch.carrier import Carrier
from ctk.batch.plan import SAME_FILE
from ctk.toolkit import Toolkit
from tests.batch.library import assert_true_to_disk, contents, do, fill, ids, named, places, scanned, tree, undo
from tests.batch.volumes import exfat, exfat_drive, mounted, mounts
from tests.sources.library import scan, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return fill(tmp_path / "Samples")


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "Drive", "200k") as folder:
        wav(folder / "far.wav", 900, frames=100)
        yield folder


@pytest.fixture
def toolkit(home: Path, root: Path, drive: Path) -> Iterator[Toolkit]:
    with scanned(home, root, drive) as opened:
        yield opened


@mounts
def test_across_and_back(toolkit: Toolkit, root: Path, drive: Path) -> None:
    os.chmod(root / "Drums" / "kick 1.wav", 0o640)
    before, rows = tree(root, drive), places(toolkit)
    plan = toolkit.batch.plan_move(ids(toolkit, "kick"), drive / "Kicks")
    assert "copied to another drive" in plan.warnings[0]
    receipt = do(toolkit.batch, plan)
    assert (receipt.done, receipt.problems) == (6, [])
    assert not list((root / "Drums").iterdir())
    now = tree(drive)
    assert {now[f"Drive/Kicks/kick {number}.wav"] for number in range(6)} == {
        before[f"Samples/Drums/kick {number}.wav"] for number in range(6)
    }
    assert (drive / "Kicks" / "kick 1.wav").stat().st_mode & 0o777 == 0o640
    assert_true_to_disk(toolkit)
    assert undo(toolkit.batch).state == "undone"
    assert (tree(root, drive), places(toolkit)) == (before, rows)
    assert_true_to_disk(toolkit)


@mounts
def test_a_source_on_two_volumes_holds_each_file_on_its_own(toolkit: Toolkit, root: Path) -> None:
    with mounted(root / "Inner" / "Stick") as stick:
        wav(stick / "Loops" / "inner.wav", 950)
        toolkit.sources.scan().result(60)
        receipt = do(
            toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "inner.wav"), named(toolkit, "loop.wav")])
        )
        assert receipt.problems == []
        held = {os.path.basename(item.path): Path(item.held_path) for item in toolkit.batch.held()}
        assert held["inner.wav"].is_relative_to(stick / ".ctk-held")
        assert held["loop.wav"].is_relative_to(root / ".ctk-held")
        assert_true_to_disk(toolkit)
        assert undo(toolkit.batch).state == "undone"
        assert_true_to_disk(toolkit)


@mounts
def test_too_little_space_is_seen_before(toolkit: Toolkit, root: Path, drive: Path) -> None:
    big = wav(root / "big.wav", 1, frames=200_000)
    toolkit.sources.scan().result(60)
    plan = toolkit.batch.plan_move(ids(toolkit, ""), drive / "New")
    assert [(refusal.path, refusal.reason) for refusal in plan.refused if refusal.path == str(big)] == [
        (str(big), "There is not enough space left on the other drive.")
    ]
    assert plan.steps


@mounts
def test_a_drive_that_fills_up_meanwhile(toolkit: Toolkit, root: Path, drive: Path) -> None:
    wav(root / "big.wav", 1, frames=40_000)
    toolkit.sources.scan().result(60)
    plan = toolkit.batch.plan_move([named(toolkit, "big.wav"), named(toolkit, "kick 1.wav")], drive / "New")
    assert len(plan.steps) == 2
    (drive / "ballast").write_bytes(bytes(130_000))
    before = contents(root, drive)
    receipt = do(toolkit.batch, plan)
    assert [(problem.path, problem.reason) for problem in receipt.problems] == [
        (str(root / "big.wav"), "There is no space left on the drive.")
    ]
    assert {entry.name for entry in (drive / "New").iterdir()} == {"kick 1.wav"}
    assert contents(root, drive) == before
    assert_true_to_disk(toolkit)
    assert undo(toolkit.batch).state == "undone"


@mounts
def test_a_full_home_stops_before_anything_happens(root: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "1m") as small:
        with scanned(small / "home", root) as toolkit:
            plan = toolkit.batch.plan_remove(ids(toolkit, ""))
            with open(small / "ballast", "wb", buffering=0) as ballast, pytest.raises(OSError):
                while True:
                    ballast.write(bytes(4096))
            before = tree(root, held=True)
            with pytest.raises(ctk.errors.CatalogError, match="full"):
                do(toolkit.batch, plan)
            assert tree(root, held=True) == before
            (small / "ballast").unlink()
            assert do(toolkit.batch, plan).done == 7
            assert undo(toolkit.batch).state == "undone"
        assert tree(root, held=True) == before


@mounts
def test_read_only_drives(toolkit: Toolkit, root: Path, drive: Path) -> None:
    remount = ["mount", "-o", "remount,ro", str(drive)]
    moves = toolkit.batch.plan_move([named(toolkit, "kick 1.wav")], drive / "New")
    removes = toolkit.batch.plan_remove([named(toolkit, "far.wav")])
    fetches = toolkit.batch.plan_move([named(toolkit, "far.wav")], root)
    subprocess.run(remount, check=True)
    before = tree(root, drive)
    for plan in (moves, removes, fetches):
        receipt = do(toolkit.batch, plan)
        assert receipt.done == 0
        assert "can only be read" in receipt.problems[0].reason or "no longer there" in receipt.problems[0].reason
        assert tree(root, drive, held=True) == before
    assert_true_to_disk(toolkit)


@mounts
@pytest.mark.parametrize("moment", ["before", "copied", "renamed"])
@pytest.mark.parametrize("leaves", ["target", "source"])
def test_a_drive_that_leaves_meanwhile(
    moment: str, leaves: str, toolkit: Toolkit, root: Path, drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drive is pulled while the second file is on its way; the first has arrived."""
    wav(drive / "near.wav", 901, frames=100)
    toolkit.sources.scan().result(60)
    if leaves == "target":
        plan = toolkit.batch.plan_move(ids(toolkit, "kick")[:3], drive / "New")
    else:
        plan = toolkit.batch.plan_move([named(toolkit, "far.wav"), named(toolkit, "near.wav")], root / "New")
    keeps = tmp_path / "still there"
    keeps.mkdir()
    subprocess.run(["mount", "--bind", drive, keeps], check=True)  # what the drive holds, wherever it is plugged in
    known = contents(root, drive)
    second = plan.steps[1].path
    pulled: list[str] = []

    def pull(path: str) -> None:
        if path == second and not pulled:
            pulled.append(path)
            subprocess.run(["umount", "-l", drive], check=True)

    agree, let_go, carry = same.bytes_agree, copying._let_original_go, Carrier._copy

    def before(self: Carrier, entry, path, target, found):  # type: ignore[no-untyped-def]
        pull(path)
        return carry(self, entry, path, target, found)

    def copied(path, part, check):  # type: ignore[no-untyped-def]
        pull(path)
        return agree(path, part, check)

    def renamed(path, *rest):  # type: ignore[no-untyped-def]
        pull(path)
        return let_go(path, *rest)

    if moment == "before":
        monkeypatch.setattr(Carrier, "_copy", before)
    elif moment == "copied":
        monkeypatch.setattr(copying, "bytes_agree", copied)
    else:
        monkeypatch.setattr(copying, "_let_original_go", renamed)
    try:
        receipt = do(toolkit.batch, plan)
        assert pulled
        assert receipt.done == 1
        assert list(drive.iterdir()) == [], "nothing was put where the drive is not"
        assert known <= contents(root, keeps)
        subprocess.run(["mount", "--bind", keeps, drive], check=True)
        now = tree(root, drive, held=True)
        assert {digest for path, (digest, _) in now.items() if ".ctk-" not in path} == known
    finally:
        subprocess.run(["umount", "-l", keeps], check=False)


@exfat
class TestExfat:
    @pytest.fixture
    def stick(self, tmp_path: Path) -> Iterator[Path]:
        with exfat_drive(tmp_path / "Stick") as folder:
            yield fill(folder / "Sounds", 3)

    def test_everything_works_there(self, home: Path, stick: Path) -> None:
        with scanned(home, stick) as toolkit:
            before, rows = tree(stick), places(toolkit)
            for plan in (
                toolkit.batch.plan_remove(ids(toolkit, "kick")),
                toolkit.batch.plan_move(ids(toolkit, "kick"), stick / "New"),
                toolkit.batch.plan_rename(ids(toolkit, "kick"), "kick {n}"),
            ):
                receipt = do(toolkit.batch, plan)
                assert (receipt.done, receipt.problems) == (3, [])
                assert_true_to_disk(toolkit)
                assert undo(toolkit.batch).state == "undone"
                assert (tree(stick), places(toolkit)) == (before, rows)

    def test_only_the_case_of_a_name(self, home: Path, stick: Path) -> None:
        with scanned(home, stick) as toolkit:
            plan = toolkit.batch.plan_rename([named(toolkit, "loop.wav")], "LOOP")
            assert (len(plan.steps), plan.refused) == (1, ())
            assert do(toolkit.batch, plan).problems == []
            assert "LOOP.wav" in os.listdir(stick)
            assert_true_to_disk(toolkit)
            assert undo(toolkit.batch).state == "undone"
            assert "loop.wav" in os.listdir(stick)

    def test_names_that_differ_in_case_collide(self, home: Path, stick: Path) -> None:
        with scanned(home, stick) as toolkit:
            kicks = ids(toolkit, "kick")
            assert len(toolkit.batch.plan_rename(kicks[:1], "KICK 1").refused) == 1
            (stick / "loop.wav").rename(stick / "Drums" / "temporary.wav")
            wav(stick / "KICK 2.wav", 7)
            toolkit.sources.scan().result(60)
            plan = toolkit.batch.plan_move([named(toolkit, "KICK 2.wav")], stick / "Drums")
            assert "already is a file" in plan.refused[0].reason

    def test_a_file_is_not_a_copy_of_itself(self, home: Path, stick: Path) -> None:
        """This drive gives one file a number for each spelling, as two ways to one network drive do."""
        shutil.copy(stick / "loop.wav", stick / "copy.wav")
        with scanned(home, stick) as toolkit:
            before = tree(stick)
            plan = toolkit.batch.plan_clean([(named(toolkit, "loop.wav"), named(toolkit, "copy.wav"))])
            (step,) = plan.steps
            itself = stick / "LOOP.wav"
            assert itself.stat().st_ino != (stick / "loop.wav").stat().st_ino
            receipt = do(toolkit.batch, replace(plan, steps=(replace(step, twin=str(itself)),)))
            assert [problem.reason for problem in receipt.problems] == [SAME_FILE]
            assert tree(stick, held=True) == before

    def test_between_a_disk_that_keeps_times_finely_and_one_that_does_not(
        self, home: Path, root: Path, stick: Path
    ) -> None:
        for number, path in enumerate(sorted((root / "Drums").iterdir())):
            os.utime(path, ns=(1, 1_700_000_000_123_456_789 + number))
        with scanned(home, root, stick) as toolkit:
            before = tree(root, stick)
            kicks = [id for id, (path, _) in places(toolkit).items() if path.startswith(str(root / "Drums"))]
            receipt = do(toolkit.batch, toolkit.batch.plan_move(kicks, stick / "From disk"))
            assert (receipt.done, receipt.problems) == (6, [])
            assert_true_to_disk(toolkit)
            back = undo(toolkit.batch)
            assert (back.state, back.problems) == ("undone", [])
            assert tree(root, stick) == before
            assert_true_to_disk(toolkit)


def test_names_that_are_not_utf8(home: Path, root: Path) -> None:
    odd = os.fsdecode(b"caf\xe9 \xff.wav")
    try:
        wav(os.path.join(root, odd), 50)
    except OSError:
        pytest.skip("only on disks that take any bytes for a name")
    scan(home, root)
    with ctk.open(home) as toolkit:
        before = tree(root)
        id = named(toolkit, odd)
        for plan in (
            toolkit.batch.plan_remove([id]),
            toolkit.batch.plan_move([id], root / "New"),
            toolkit.batch.plan_rename([id], "{name} x"),
        ):
            receipt = do(toolkit.batch, plan)
            assert (receipt.done, receipt.problems) == (1, [])
            assert_true_to_disk(toolkit)
            undo(toolkit.batch)
            assert tree(root) == before
