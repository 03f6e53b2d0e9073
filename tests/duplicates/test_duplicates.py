"""The duplicates capability: pages, rules, dismissal, and plans that always leave a copy that is here and whole."""

import os
import shutil
from pathlib import Path

import pytest

import ctk
from ctk.duplicates import choices, keep
from ctk.errors import NotFound, UsageError
from ctk.records import Group, Plan
from ctk.toolkit import Toolkit
from tests.duplicates.library import copy, find, paths, traps
from tests.sources.library import stem, unplug, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def removed(plan: Plan) -> list[str]:
    return sorted(os.path.basename(step.path) for step in plan.steps)


def kept(group: Group) -> list[str]:
    return [os.path.basename(file.path) for file in group.files if file.keep]


def test_groups_come_page_by_page_the_most_wasteful_first(home: Path, root: Path) -> None:
    traps(root)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root)
        wasted = [group.wasted_bytes for group in found.groups]
        assert wasted == sorted(wasted, reverse=True)
        assert (found.total, found.wasted_bytes) == (len(wasted), sum(wasted))
        paged = [
            group for at in range(0, found.total, 4) for group in toolkit.duplicates.summary(offset=at, limit=4).groups
        ]
        assert paged == list(found.groups)
        assert toolkit.duplicates.summary(limit=0).groups == []
        assert toolkit.duplicates.summary(offset=10**6).total == found.total
        with pytest.raises(UsageError):
            toolkit.duplicates.summary(offset=-1)


def test_before_the_first_search_there_is_nothing(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        assert (toolkit.duplicates.summary().total, toolkit.duplicates.plan().steps) == (0, ())
        assert toolkit.duplicates.folders() == []


def test_cleaning_up_frees_what_was_promised_and_undo_brings_it_back(home: Path, root: Path) -> None:
    traps(root)
    before = {path: path.read_bytes() for path in root.rglob("*.wav")}
    times = {path: path.stat().st_mtime_ns for path in before}
    with ctk.open(home) as toolkit:
        promised = find(toolkit, root).wasted_bytes
        plan = toolkit.duplicates.plan()
        assert plan.bytes_freed == promised > 0
        receipt = toolkit.batch.apply(plan).result(60)
        assert (receipt.done, receipt.bytes_freed, len(receipt.problems)) == (receipt.steps, promised, 0)
        summary = toolkit.duplicates.summary()
        assert summary.wasted_bytes == 0
        assert all(file.keep for group in summary.groups for file in group.files)
        contents = {path.read_bytes() for path in root.rglob("*.wav") if ".ctk-held" not in path.parts}
        assert contents == set(before.values())
        assert toolkit.batch.undo().result(60).done == receipt.done
        assert {path: path.read_bytes() for path in root.rglob("*.wav")} == before
        assert {path: path.stat().st_mtime_ns for path in before} == times
        assert find(toolkit, root).wasted_bytes == promised


def test_the_plan_keeps_what_the_groups_say(home: Path, root: Path) -> None:
    traps(root)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root)
        spare = {file.path for group in found.groups for file in group.files if not file.keep}
        plan = toolkit.duplicates.plan()
        assert {step.path for step in plan.steps} == spare
        stays = {file.path for group in found.groups for file in group.files if file.keep}
        assert all(step.twin in stays for step in plan.steps)
        one = found.groups[3]
        assert {step.path for step in toolkit.duplicates.plan([one.id]).steps} == spare & set(paths(one))


def test_rules_are_stored_and_can_be_replaced_for_one_plan(home: Path, root: Path) -> None:
    copy(wav(root / "a/kick.wav", 1), root / "b/kick (1).wav")
    with ctk.open(home) as toolkit:
        assert toolkit.duplicates.rules() == keep.DEFAULT
        assert kept(find(toolkit, root).groups[0]) == ["kick.wav"]
        toolkit.duplicates.set_rules([f"folder:{root / 'b'}", "oldest"])
        assert removed(toolkit.duplicates.plan(rules=["shortest-name"])) == ["kick (1).wav"]
    with ctk.open(home) as toolkit:
        assert toolkit.duplicates.rules() == [f"folder:{root / 'b'}", "oldest"]
        assert kept(toolkit.duplicates.summary().groups[0]) == ["kick (1).wav"]
        assert removed(toolkit.duplicates.plan()) == ["kick.wav"]
        for call in (toolkit.duplicates.set_rules, lambda rules: toolkit.duplicates.plan(rules=rules)):
            with pytest.raises(UsageError, match="shortest-path"):
                call(["nicest"])


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX are there such names")
def test_rules_may_name_folders_that_are_not_utf8(home: Path) -> None:
    rule = os.fsdecode(b"folder:/caf\xe9")
    with ctk.open(home) as toolkit:
        toolkit.duplicates.set_rules([rule])
        assert toolkit.duplicates.rules() == [rule]


def test_the_user_chooses_what_stays(home: Path, root: Path) -> None:
    for name in ("a", "b", "c"):
        wav(root / f"{name}.wav", 1)
    wav(root / "alone.wav", 2)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        ids = {os.path.basename(file.path): file.id for file in group.files}
        plan = toolkit.duplicates.plan(keep={group.id: ids["b.wav"]})
        assert removed(plan) == ["a.wav", "c.wav"]
        assert {os.path.basename(step.twin or "") for step in plan.steps} == {"b.wav"}
        alone = toolkit.catalog.search("alone").rows[0].id
        with pytest.raises(UsageError, match="not in group"):
            toolkit.duplicates.plan(keep={group.id: alone})
        with pytest.raises(UsageError, match="not to be cleaned up"):
            toolkit.duplicates.plan([group.id], keep={group.id + 1: alone})
        with pytest.raises(NotFound):
            toolkit.duplicates.plan([group.id + 1])


def test_what_was_dismissed_stays_away_until_it_is_restored(home: Path, root: Path) -> None:
    copy(wav(root / "a.wav", 1), root / "b.wav")
    copy(stem(root / "c.wav", 1), root / "d.wav")
    with ctk.open(home) as toolkit:
        first, second = find(toolkit, root).groups
        toolkit.duplicates.dismiss(first.id)
        assert removed(toolkit.duplicates.plan()) == ["b.wav"]
    with ctk.open(home) as toolkit:
        copy(root / "c.wav", root / "e.wav")
        found = find(toolkit)
        assert (found.groups, found.wasted_bytes, found.total) == ([second], second.wasted_bytes, 1)
        with pytest.raises(UsageError, match="no duplicates"):
            toolkit.duplicates.plan([first.id])
        toolkit.duplicates.restore(first.id)
        assert [group.id for group in toolkit.duplicates.summary().groups] == [first.id, second.id]
        for call in (toolkit.duplicates.dismiss, toolkit.duplicates.restore):
            with pytest.raises(NotFound):
                call(999)


def test_a_group_comes_back_under_its_number(home: Path, root: Path) -> None:
    copy(wav(root / "a.wav", 1), root / "b.wav")
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        toolkit.duplicates.dismiss(group.id)
        (root / "b.wav").unlink()
        assert find(toolkit).groups == []
        copy(root / "a.wav", root / "c.wav")
        assert find(toolkit).groups == []
        toolkit.duplicates.restore(group.id)
        assert [group.id for group in toolkit.duplicates.summary().groups] == [group.id]


def test_protected_copies_stay_and_are_not_counted(home: Path, root: Path) -> None:
    for name in ("safe/a.wav", "safe/b.wav", "c.wav"):
        wav(root / name, 1)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        assert group.wasted_bytes == 2 * group.size_bytes
        toolkit.batch.protect(root / "safe")
        (group,) = toolkit.duplicates.summary().groups
        assert (kept(group), group.wasted_bytes) == (["a.wav", "b.wav"], group.size_bytes)
        assert {file.reason for file in group.files if file.keep} >= {keep.PROTECTED}
        plan = toolkit.duplicates.plan()
        assert (removed(plan), plan.bytes_freed) == (["c.wav"], group.size_bytes)
        (only,) = (file.id for file in group.files if not file.keep)
        assert toolkit.duplicates.plan(keep={group.id: only}).steps == ()
        toolkit.batch.protect(root / "safe", on=False)
        assert toolkit.duplicates.summary().wasted_bytes == 2 * group.size_bytes


def test_nothing_is_planned_for_a_copy_that_is_gone_or_other(home: Path, root: Path) -> None:
    for name in ("a", "b", "c"):
        wav(root / f"{name}.wav", 1)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        ids = {os.path.basename(file.path): file.id for file in group.files}
        wav(root / "a.wav", 2)
        os.utime(root / "a.wav", (1, 1))
        plan = toolkit.duplicates.plan()
        assert (removed(plan), [refusal.sound_id for refusal in plan.refused]) == (["c.wav"], [ids["a.wav"]])
        (root / "b.wav").unlink()
        plan = toolkit.duplicates.plan()
        assert (plan.steps, plan.bytes_freed) == ((), 0)
        plan = toolkit.duplicates.plan(keep={group.id: ids["b.wav"]})
        assert plan.steps == ()
        assert choices.KEPT_AWAY in {refusal.reason for refusal in plan.refused}


def test_a_copy_on_a_drive_that_left_is_never_the_one_that_stays(home: Path, root: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    copy(wav(root / "long name.wav", 1), drive / "a.wav")
    copy(wav(root / "x.wav", 2), drive / "b.wav")
    copy(root / "x.wav", root / "y.wav")
    with ctk.open(home) as toolkit:
        found = find(toolkit, root, drive)
        (group,) = (group for group in found.groups if len(group.files) == 2)
        away = next(file.id for file in group.files if file.path.endswith("a.wav"))
        unplug(drive)
        assert removed(toolkit.duplicates.plan()) == ["y.wav"]
        toolkit.sources.scan().result(60)
        assert removed(toolkit.duplicates.plan()) == ["y.wav"]
        assert toolkit.duplicates.plan([group.id]).steps == ()
        plan = toolkit.duplicates.plan([group.id], keep={group.id: away})
        assert (plan.steps, [refusal.reason for refusal in plan.refused]) == ((), [choices.KEPT_AWAY])


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX may everybody make such links")
def test_a_link_into_another_folder_is_no_spare_copy(home: Path, root: Path, tmp_path: Path) -> None:
    elsewhere = wav(tmp_path / "elsewhere/kick.wav", 1)
    copy(elsewhere, root / "kick copy.wav")
    (root / "a.wav").symlink_to(elsewhere)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        assert len(group.files) == 2
        for file in group.files:
            plan = toolkit.duplicates.plan(keep={group.id: file.id})
            assert (plan.steps, len(plan.refused)) == ((), 1)


def test_ties_are_said(home: Path, root: Path) -> None:
    copy(wav(root / "a.wav", 1), root / "b.wav")
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root).groups
        assert (group.tie, kept(group)) == (True, ["a.wav"])
        assert any("one group" in warning for warning in toolkit.duplicates.plan().warnings)
        plan = toolkit.duplicates.plan(keep={group.id: group.files[1].id})
        assert not any("one group" in warning for warning in plan.warnings)


def test_real_packs_copied_twice(home: Path, sonic_pi: Path, lmms: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    for number in (1, 2):
        for pack in (sonic_pi, lmms):
            shutil.copytree(pack, library / f"{number}" / pack.parent.name)
    with Toolkit(home) as toolkit:
        found = find(toolkit, library)
        assert found.wasted_bytes > 1_000_000
        (overlap,) = toolkit.duplicates.folders()
        assert (overlap.folder, overlap.inside, overlap.percent) == (str(library / "2"), str(library / "1"), 100.0)
        receipt = toolkit.batch.apply(toolkit.duplicates.plan()).result(120)
        assert receipt.bytes_freed == found.wasted_bytes
        assert toolkit.duplicates.summary().wasted_bytes == 0
