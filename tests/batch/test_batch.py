"""Batches on a real library: planned, applied, taken back. Rows, ids and side files go along, none is overwritten."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import ctk
from ctk.batch import carrier
from ctk.batch.order import Hop
from ctk.catalog.lock import exclusive
from ctk.errors import Cancelled, CtkError, NotFound, UsageError
from ctk.records import Plan
from ctk.toolkit import Toolkit
from tests.batch.library import (
    assert_true_to_disk,
    do,
    fill,
    folders,
    ids,
    named,
    places,
    scanned,
    tree,
    undo,
)
from tests.sources.library import wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return fill(tmp_path / "Samples")


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with scanned(home, root) as opened:
        yield opened


def test_removed_files_wait_in_the_source_and_come_back(toolkit: Toolkit, root: Path) -> None:
    before, rows = tree(root), places(toolkit)
    gone = ids(toolkit, "kick")
    plan = toolkit.batch.plan_remove(gone)
    assert tree(root) == before, "a plan changes nothing"
    assert (plan.title, len(plan.steps), plan.refused, plan.bytes_freed) == ("Remove 6 sounds", 6, (), 6 * 444)
    receipt = do(toolkit.batch, plan)
    assert (receipt.kind, receipt.state, receipt.steps, receipt.done, receipt.bytes_freed, receipt.problems) == (
        *("remove", "done", 6, 6, 6 * 444),
        [],
    )
    assert set(tree(root)) == {"Samples/loop.wav"}
    assert set(tree(root, held=True).values()) == set(before.values()), "the analysis file went along"
    held = toolkit.batch.held()
    assert {(item.sound_id, item.path) for item in held} == {(id, rows[id][0]) for id in gone}
    assert all(Path(item.held_path).is_file() and item.receipt_id == receipt.id for item in held)
    assert all(places(toolkit)[id][1] == "held" for id in gone)
    assert toolkit.catalog.stats().files == 1
    assert_true_to_disk(toolkit)
    back = undo(toolkit.batch)
    assert (back.id, back.state, back.done, back.problems) == (receipt.id, "undone", 6, [])
    assert tree(root, held=True) == before
    assert folders(root) == {"Drums"}
    assert places(toolkit) == rows
    assert_true_to_disk(toolkit)


def test_moved_files_keep_their_sound(toolkit: Toolkit, root: Path) -> None:
    before, rows = tree(root), places(toolkit)
    plan = toolkit.batch.plan_move(ids(toolkit, "kick"), root / "New" / "Kicks")
    receipt = do(toolkit.batch, plan)
    assert (receipt.done, receipt.bytes_freed) == (6, 0)
    assert "Samples/New/Kicks/kick 0.wav.asd" in tree(root)
    assert {path for path, _ in places(toolkit).values()} == {
        str(root / "loop.wav"),
        *(str(root / "New" / "Kicks" / f"kick {number}.wav") for number in range(6)),
    }
    assert set(places(toolkit)) == set(rows)
    assert_true_to_disk(toolkit)
    undo(toolkit.batch)
    assert tree(root) == before
    assert folders(root) == {"Drums"}, "the folders that were made are gone"
    assert places(toolkit) == rows
    assert_true_to_disk(toolkit)


def test_renamed_files_keep_their_sound(toolkit: Toolkit, root: Path) -> None:
    before, rows = tree(root), places(toolkit)
    receipt = do(toolkit.batch, toolkit.batch.plan_rename(ids(toolkit, "kick"), "{folder}_{n:02}"))
    assert receipt.done == 6
    assert {name for name in tree(root) if "Drums_0" in name} == {
        "Samples/Drums/Drums_01.wav.asd",
        *(f"Samples/Drums/Drums_0{number}.wav" for number in range(1, 7)),
    }
    assert toolkit.catalog.search("drums_03").total == 1
    assert_true_to_disk(toolkit)
    assert undo(toolkit.batch).state == "undone"
    assert (tree(root), places(toolkit)) == (before, rows)


def test_chains_and_rings_of_names(toolkit: Toolkit, root: Path) -> None:
    before, rows = tree(root), places(toolkit)
    kicks = ids(toolkit, "kick")
    shifted = toolkit.batch.plan_rename(kicks, "kick {n}")
    assert (len(shifted.steps), shifted.refused) == (6, ())
    assert do(toolkit.batch, shifted).done == 6
    for number in range(6):
        old, new = before[f"Samples/Drums/kick {number}.wav"], tree(root)[f"Samples/Drums/kick {number + 1}.wav"]
        assert old == new
    assert_true_to_disk(toolkit)
    swap = toolkit.batch.plan_rename(kicks[:2], "x")
    first, second = (rows[id][0].replace("kick 0", "kick 1") for id in kicks[:2])
    first, second = str(root / "Drums" / "kick 1.wav"), str(root / "Drums" / "kick 2.wav")
    steps = toolkit.batch.plan_rename(kicks[:2], "swap {n}").steps
    ring = replace(swap, steps=(replace(steps[0], target=second), replace(steps[1], target=first)), refused=())
    held = tree(root)
    assert do(toolkit.batch, ring).problems == []
    now = tree(root)
    assert now["Samples/Drums/kick 1.wav"] == held["Samples/Drums/kick 2.wav"]
    assert now["Samples/Drums/kick 2.wav"] == held["Samples/Drums/kick 1.wav"]
    assert not [name for name in now if ".ctk-" in name]
    assert_true_to_disk(toolkit)
    assert undo(toolkit.batch).state == "undone"
    assert undo(toolkit.batch).state == "undone"
    assert (tree(root), places(toolkit)) == (before, rows)
    assert_true_to_disk(toolkit)


def test_nothing_is_overwritten(toolkit: Toolkit, root: Path) -> None:
    (root / "Target").mkdir()
    wav(root / "Target" / "kick 2.wav", 77)
    before = tree(root)
    plan = toolkit.batch.plan_move(ids(toolkit, "kick"), root / "Target")
    assert [(refusal.path, "already is" in refusal.reason) for refusal in plan.refused] == [
        (str(root / "Drums" / "kick 2.wav"), True)
    ]
    wav(root / "Target" / "kick 3.wav", 78)  # after the plan was made
    late = tree(root)["Samples/Target/kick 3.wav"]
    receipt = do(toolkit.batch, plan)
    assert receipt.done == 4
    assert [(problem.path, problem.reason) for problem in receipt.problems] == [
        (str(root / "Drums" / "kick 3.wav"), "There already is a file called kick 3.wav in that place.")
    ]
    now = tree(root)
    assert now["Samples/Target/kick 2.wav"] == before["Samples/Target/kick 2.wav"]
    assert now["Samples/Target/kick 3.wav"] == late
    assert now["Samples/Drums/kick 3.wav"] == before["Samples/Drums/kick 3.wav"]
    assert undo(toolkit.batch).state == "undone"


def test_undo_overwrites_nothing_and_leaves_what_has_changed(toolkit: Toolkit, root: Path) -> None:
    before = tree(root)
    receipt = do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))
    held = {os.path.basename(item.path): Path(item.held_path) for item in toolkit.batch.held()}
    wav(root / "Drums" / "kick 1.wav", 501)
    held["kick 2.wav"].write_bytes(b"other bytes")
    held["kick 3.wav"].rename(root / "taken.wav")
    newcomer = tree(root)["Samples/Drums/kick 1.wav"]
    back = undo(toolkit.batch, receipt.id)
    assert back.state == "partly undone"
    assert {os.path.basename(problem.path): problem.reason for problem in back.problems} == {
        "kick 1.wav": "There already is a file called kick 1.wav in that place.",
        "kick 2.wav": "This file has changed since.",
        "kick 3.wav": "This file is no longer there.",
    }
    now = tree(root)
    assert now["Samples/Drums/kick 1.wav"] == newcomer
    assert all(
        now[f"Samples/Drums/kick {number}.wav"] == before[f"Samples/Drums/kick {number}.wav"] for number in (0, 4, 5)
    )
    assert held["kick 1.wav"].is_file()
    (root / "Drums" / "kick 1.wav").unlink()
    again = undo(toolkit.batch, receipt.id)
    assert len(again.problems) == 2
    assert tree(root)["Samples/Drums/kick 1.wav"] == before["Samples/Drums/kick 1.wav"]
    with pytest.raises(NotFound):
        undo(toolkit.batch)  # only what nobody tried yet is undone without being named


def test_any_receipt_is_undone_also_after_a_restart(home: Path, root: Path) -> None:
    with scanned(home, root) as toolkit:
        before = tree(root)
        first = do(toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "kick 1.wav")]))
        second = do(toolkit.batch, toolkit.batch.plan_move([named(toolkit, "kick 2.wav")], root / "Else"))
        do(toolkit.batch, toolkit.batch.plan_rename([named(toolkit, "kick 2.wav")], "boom"))
    with ctk.open(home) as toolkit:
        assert undo(toolkit.batch, first.id).state == "undone"
        blocked = undo(toolkit.batch, second.id)
        assert blocked.state == "done"
        assert [problem.reason for problem in blocked.problems] == [
            "This sound was moved or removed again since; take that back first."
        ]
        assert undo(toolkit.batch).title == "Rename 1 sound"
        assert undo(toolkit.batch).id == second.id
        assert tree(root) == before
        assert [receipt.state for receipt in toolkit.batch.history()] == ["undone"] * 3
        with pytest.raises(NotFound, match="nothing to undo"):
            undo(toolkit.batch)
        with pytest.raises(UsageError, match="has been undone"):
            undo(toolkit.batch, first.id)
        with pytest.raises(NotFound):
            undo(toolkit.batch, 99)


def test_changed_and_vanished_files_are_left(toolkit: Toolkit, root: Path) -> None:
    plan = toolkit.batch.plan_remove(ids(toolkit, "kick"))
    wav(root / "Drums" / "kick 1.wav", 300, frames=200)
    (root / "Drums" / "kick 2.wav").unlink()
    (root / "Drums" / "kick 3.wav").unlink()
    (root / "Drums" / "kick 3.wav").symlink_to(root / "loop.wav")
    receipt = do(toolkit.batch, plan)
    assert receipt.done == 3
    assert {os.path.basename(problem.path) for problem in receipt.problems} == {f"kick {n}.wav" for n in (1, 2, 3)}
    assert (root / "Drums" / "kick 1.wav").is_file()
    stale = toolkit.batch.plan_remove([named(toolkit, "kick 1.wav")])
    assert "changed since the last scan" in stale.refused[0].reason


def test_protected_folders_are_left_alone_by_everything(toolkit: Toolkit, root: Path) -> None:
    plan = toolkit.batch.plan_remove(ids(toolkit, "kick"))
    toolkit.batch.protect(root / "Drums")
    assert toolkit.batch.protected() == [str(root / "Drums")]
    before = tree(root, held=True)
    receipt = do(toolkit.batch, plan)
    assert (receipt.done, len(receipt.problems)) == (0, 6)
    assert tree(root, held=True) == before
    kicks = ids(toolkit, "kick")
    for other in (
        toolkit.batch.plan_remove(kicks),
        toolkit.batch.plan_move(kicks, root / "New"),
        toolkit.batch.plan_rename(kicks, "{name} x"),
    ):
        assert (other.steps, {refusal.reason for refusal in other.refused}) == (
            (),
            {"This file is in a protected folder."},
        )
        with pytest.raises(UsageError, match="nothing to do"):
            toolkit.batch.apply(other)
    toolkit.batch.protect(root / "Drums", on=False)
    assert len(toolkit.batch.plan_remove(kicks).steps) == 6
    with pytest.raises(UsageError, match="no such folder"):
        toolkit.batch.protect(root / "nowhere")


def test_a_protected_folder_is_known_under_another_name(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root / "Drums")
    toolkit.batch.protect(tmp_path / "alias")
    assert toolkit.batch.plan_remove(ids(toolkit, "kick")).steps == ()


class TestWhereAMoveMayGo:
    def test_not_out_of_sight(self, toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
        kicks = ids(toolkit, "kick")
        for folder in (tmp_path / "Outside", root / ".ctk-held" / "x", root / ".Trash-1000" / "files"):
            with pytest.raises(UsageError, match="lost from sight"):
                toolkit.batch.plan_move(kicks, folder)
        with pytest.raises(UsageError, match="not a folder"):
            toolkit.batch.plan_move(kicks, root / "loop.wav")

    def test_into_another_source(self, toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
        (tmp_path / "Second").mkdir()
        second = toolkit.sources.add(tmp_path / "Second")
        receipt = do(toolkit.batch, toolkit.batch.plan_move(ids(toolkit, "kick"), tmp_path / "Second"))
        assert (receipt.done, receipt.problems) == (6, [])
        assert toolkit.catalog.get(named(toolkit, "kick 1.wav")).source_id == second.id
        assert_true_to_disk(toolkit)
        assert undo(toolkit.batch).state == "undone"
        assert_true_to_disk(toolkit)

    def test_a_source_that_left_is_not_filled(self, toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
        wav(tmp_path / "Drive" / "x.wav", 5)
        toolkit.sources.scan([tmp_path / "Drive"]).result(60)
        plan = toolkit.batch.plan_move(ids(toolkit, "kick"), tmp_path / "Drive" / "New")
        (tmp_path / "Drive" / "x.wav").unlink()  # as an empty mount point looks
        receipt = do(toolkit.batch, plan)
        assert receipt.done == 0
        assert "drive is not here" in receipt.problems[0].reason
        assert not (tmp_path / "Drive" / "New").exists()
        with pytest.raises(UsageError, match="not here"):
            toolkit.batch.plan_move(ids(toolkit, "kick"), tmp_path / "Drive")


class TestClean:
    @pytest.fixture
    def pairs(self, toolkit: Toolkit, root: Path) -> list[tuple[int, int]]:
        """Spare copies of two kicks, each with the one that stays."""
        for number in (1, 2):
            (root / f"copy {number}.wav").write_bytes((root / "Drums" / f"kick {number}.wav").read_bytes())
        toolkit.sources.scan().result(60)
        return [(named(toolkit, f"copy {number}.wav"), named(toolkit, f"kick {number}.wav")) for number in (1, 2)]

    def test_spare_copies_go(self, toolkit: Toolkit, root: Path, pairs: list[tuple[int, int]]) -> None:
        plan = toolkit.batch.plan_clean(pairs)
        assert (plan.kind, plan.title, plan.bytes_freed) == ("clean", "Remove 2 duplicates", 888)
        assert [step.twin for step in plan.steps] == [str(root / "Drums" / f"kick {number}.wav") for number in (1, 2)]
        receipt = do(toolkit.batch, plan)
        assert (receipt.done, receipt.bytes_freed) == (2, 888)
        assert undo(toolkit.batch).state == "undone"

    def test_bytes_are_compared_again(self, toolkit: Toolkit, root: Path, pairs: list[tuple[int, int]]) -> None:
        plan = toolkit.batch.plan_clean(pairs)
        kept = root / "Drums" / "kick 1.wav"
        found = kept.stat()
        kept.write_bytes(kept.read_bytes()[:-1] + b"?")
        os.utime(kept, ns=(found.st_atime_ns, found.st_mtime_ns))  # same size, same time
        receipt = do(toolkit.batch, plan)
        assert receipt.done == 1
        assert "not the same" in receipt.problems[0].reason
        assert (root / "copy 1.wav").is_file()

    def test_the_copy_that_stays_must_be_there(
        self, toolkit: Toolkit, root: Path, pairs: list[tuple[int, int]]
    ) -> None:
        plan = toolkit.batch.plan_clean(pairs)
        (root / "Drums" / "kick 1.wav").unlink()
        (root / "Drums" / "kick 2.wav").unlink()
        os.link(root / "copy 2.wav", root / "Drums" / "kick 2.wav")
        receipt = do(toolkit.batch, plan)
        assert receipt.done == 0
        assert (root / "copy 1.wav").is_file() and (root / "copy 2.wav").is_file()

    def test_never_both(self, toolkit: Toolkit, root: Path, pairs: list[tuple[int, int]]) -> None:
        (spare, kept), _ = pairs
        plan = toolkit.batch.plan_clean([(spare, kept), (kept, spare)])
        assert plan.steps == ()
        forged = toolkit.batch.plan_clean([(spare, kept)])
        (step,) = forged.steps
        other = toolkit.batch.plan_clean([(kept, spare)]).steps[0]
        receipt = do(toolkit.batch, replace(forged, steps=(step, other)))
        assert receipt.done == 0
        bare = replace(forged, steps=(replace(step, twin=None),))
        assert do(toolkit.batch, bare).done == 0

    def test_hard_links_are_one_file(self, toolkit: Toolkit, root: Path) -> None:
        os.link(root / "loop.wav", root / "link.wav")
        toolkit.sources.scan().result(60)
        pair = (named(toolkit, "link.wav"), named(toolkit, "loop.wav"))
        assert "same file" in toolkit.batch.plan_clean([pair]).refused[0].reason
        plan = toolkit.batch.plan_remove([pair[0]])
        assert plan.bytes_freed == 0
        assert "hard links" in plan.warnings[0]
        both = toolkit.batch.plan_remove(pair)
        size_bytes = (root / "loop.wav").stat().st_size
        assert both.bytes_freed == size_bytes
        assert do(toolkit.batch, both).bytes_freed == size_bytes
        assert undo(toolkit.batch).state == "undone"
        assert os.path.samefile(root / "loop.wav", root / "link.wav")


class TestEmpty:
    def test_permanently(self, toolkit: Toolkit, root: Path) -> None:
        receipt = do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))
        gone = [item.sound_id for item in toolkit.batch.held()]
        assert toolkit.batch.empty(permanently=True).result(60) == receipt.bytes_freed + len(b"warp markers")
        assert toolkit.batch.held() == []
        assert not (root / ".ctk-held").exists()
        assert not set(gone) & set(places(toolkit))
        assert toolkit.batch.empty().result(60) == 0
        with pytest.raises(UsageError, match="emptied"):
            undo(toolkit.batch, receipt.id)
        assert toolkit.batch.history()[0].bytes_freed == receipt.bytes_freed

    def test_the_trash_of_the_system(
        self, toolkit: Toolkit, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from send2trash import plat_other

        bin = tmp_path / "share" / "Trash"
        monkeypatch.setattr("send2trash.send2trash", plat_other.send2trash)
        monkeypatch.setattr(plat_other, "HOMETRASH_B", os.fsencode(bin))
        monkeypatch.setattr(plat_other, "XDG_DATA_HOME", os.fsencode(bin.parent))
        monkeypatch.setattr(plat_other, "get_dev", lambda path: 1)
        before = {content for content, _ in tree(root).values()}
        do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "")))
        toolkit.batch.empty().result(60)
        assert {content for content, _ in tree(bin / "files").values()} == before
        assert toolkit.batch.held() == []

    def test_a_trash_that_refuses_leaves_all_held(
        self, toolkit: Toolkit, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(path: str) -> None:
            if "kick 1" in path or "kick 2" in path:
                raise OSError("no trash on this drive")
            os.unlink(path)

        monkeypatch.setattr("send2trash.send2trash", refuses)
        before = tree(root)
        receipt = do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))
        toolkit.batch.empty().result(60)
        assert {os.path.basename(item.path) for item in toolkit.batch.held()} == {"kick 1.wav", "kick 2.wav"}
        problems = toolkit.batch.history()[0].problems
        assert len(problems) == 2 and all("no trash on this drive" in problem.reason for problem in problems)
        with pytest.raises(CtkError, match="Nothing could be emptied"):
            toolkit.batch.empty().result(60)
        assert undo(toolkit.batch, receipt.id).state == "partly undone"
        assert tree(root)["Samples/Drums/kick 1.wav"] == before["Samples/Drums/kick 1.wav"]


def test_cancelling_stops_between_two_files(toolkit: Toolkit, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root)
    waits, goes = threading.Event(), threading.Event()
    carry = carrier.Carrier.carry

    def slow(self: carrier.Carrier, hop: Hop) -> carrier.Carried:
        if hop.entry.path.endswith("kick 3.wav"):
            waits.set()
            goes.wait(10)
        return carry(self, hop)

    monkeypatch.setattr(carrier.Carrier, "carry", slow)
    job = toolkit.batch.apply(toolkit.batch.plan_remove(ids(toolkit, "kick")))
    assert waits.wait(10)
    job.cancel()
    goes.set()
    with pytest.raises(Cancelled, match="Stopped after 4 of 6"):
        job.result(30)
    (receipt,) = toolkit.batch.history()
    assert (receipt.state, receipt.done, len(receipt.problems)) == ("done", 4, 2)
    assert undo(toolkit.batch).state == "undone"
    assert tree(root) == before


def test_one_at_a_time_with_scans_of_any_process(toolkit: Toolkit, home: Path) -> None:
    plan = toolkit.batch.plan_remove(ids(toolkit, "kick"))

    def unexpected() -> None:
        raise AssertionError("the lock is free")

    with exclusive(home / "scan.lock", unexpected):
        job = toolkit.batch.apply(plan)
        time.sleep(0.3)
        assert not job.done
        assert "Waiting" in job.status.progress.words
    assert job.result(30).done == 6


def test_a_playing_file_is_let_go(home: Path, root: Path) -> None:
    with scanned(home, root) as toolkit:
        wav(root / "long.wav", 9, frames=200_000)
        toolkit.sources.scan().result(60)
        id = named(toolkit, "long.wav")
        toolkit.audio.play(id)
        do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))
        assert toolkit.audio.now().state == "playing"
        do(toolkit.batch, toolkit.batch.plan_remove([id]))
        assert toolkit.audio.now().state == "stopped"


def test_a_row_whose_file_is_gone_makes_room_and_is_kept(toolkit: Toolkit, root: Path) -> None:
    lost, kick = named(toolkit, "loop.wav"), named(toolkit, "kick 1.wav")
    (root / "loop.wav").unlink()
    toolkit.sources.scan().result(60)
    plan = toolkit.batch.plan_rename([kick], "loop")
    moved = toolkit.batch.plan_move([kick], root)
    do(toolkit.batch, moved)
    do(toolkit.batch, toolkit.batch.plan_rename([kick], "loop"))
    assert plan.steps
    assert places(toolkit)[kick] == (str(root / "loop.wav"), "ok")
    assert places(toolkit)[lost][1] == "missing"
    assert_true_to_disk(toolkit)


def test_what_is_asked_must_make_sense(toolkit: Toolkit, root: Path) -> None:
    with pytest.raises(NotFound):
        toolkit.batch.plan_remove([12345])
    with pytest.raises(UsageError, match="nothing to do"):
        toolkit.batch.apply(Plan("remove", "Nothing"))
    kick = named(toolkit, "kick 1.wav")
    assert len(toolkit.batch.plan_remove([kick, kick]).steps) == 1
    plan = toolkit.batch.plan_remove([kick])
    (step,) = plan.steps
    for forged in (
        replace(step, target=str(root.parent / "stolen.wav")),
        replace(step, target=str(root / "loose.wav")),
        replace(step, path=str(root / "loop.wav")),
        replace(step, target=step.target + ".x"),
        replace(step, sound_id=999),
    ):
        receipt = do(toolkit.batch, replace(plan, steps=(forged,)))
        assert (receipt.done, len(receipt.problems)) == (0, 1)
    assert_true_to_disk(toolkit)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_ten_thousand_files_take_each_others_names(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "Samples"
    for number in range(10_000):
        wav(root / f"sound {number}.wav", number, frames=20)
    with scanned(home, root) as toolkit:
        before, rows = tree(root), places(toolkit)
        shifted = do(toolkit.batch, toolkit.batch.plan_rename(ids(toolkit), "sound {n}"))
        assert (shifted.done, shifted.problems) == (10_000, [])
        assert_true_to_disk(toolkit)
        removed = do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit)))
        assert removed.done == 10_000
        assert_true_to_disk(toolkit)
        assert undo(toolkit.batch).state == "undone"
        assert undo(toolkit.batch).state == "undone"
        assert (tree(root), places(toolkit)) == (before, rows)
        assert_true_to_disk(toolkit)
