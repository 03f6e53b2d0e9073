"""What the user said stays with the sound, whatever happens to its file, its folder and its source."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.records import Marks
from ctk.toolkit import Toolkit
from tests.batch.library import do, named, undo
from tests.sources.library import stem, unplug, wav
from tests.sources.watch.following import followed, soon

Tags = dict[str, tuple[str, ...]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for seed, name in enumerate(("Drums/kick.wav", "Drums/snare.wav", "loop.wav")):
        wav(tmp_path / "Samples" / name, seed)
    return tmp_path / "Samples"


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as opened:
        opened.sources.scan([root]).result(60)
        yield opened


def speak(toolkit: Toolkit, tag: str = "mine") -> None:
    """Every sound gets its own name as a tag, and one more."""
    for row in toolkit.catalog.search("").rows:
        toolkit.facts.tag([row.id], Path(row.name).stem)
        toolkit.facts.tag([row.id], tag)


def tags(toolkit: Toolkit) -> Tags:
    """Of the sounds that are there, by name."""
    found = toolkit.catalog.search("", limit=1000).rows
    return {row.name: tuple(toolkit.facts.of(row.id).tags) for row in found if row.state in ("ok", "bad")}


SAID = {"kick.wav": ("kick", "mine"), "snare.wav": ("mine", "snare"), "loop.wav": ("loop", "mine")}


def test_a_source_that_is_removed_and_added_again(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    for _ in range(2):
        toolkit.sources.remove(toolkit.sources.list()[0].id)
        assert toolkit.facts.tags() == []
        toolkit.sources.scan([root]).result(60)
        assert tags(toolkit) == SAID


def test_a_source_that_comes_back_at_another_place(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    wav(root / "Other" / "kick.wav", seed=0)
    toolkit.sources.scan().result(60)
    for row in toolkit.catalog.search("kick").rows:
        toolkit.facts.note([row.id], os.path.basename(os.path.dirname(row.path)))
    toolkit.sources.remove(toolkit.sources.list()[0].id)
    root.rename(tmp_path / "Renamed")
    toolkit.sources.scan([tmp_path / "Renamed"]).result(60)
    for row in toolkit.catalog.search("kick").rows:
        assert toolkit.facts.of(row.id).note == os.path.basename(os.path.dirname(row.path))


def test_a_source_inside_another_comes_and_goes(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    inner = toolkit.sources.add(root / "Drums")
    toolkit.sources.scan().result(60)
    assert tags(toolkit) == SAID
    toolkit.sources.remove(inner.id)
    assert tags(toolkit) == SAID
    toolkit.sources.add(root / "Drums")
    toolkit.sources.remove(toolkit.sources.list()[0].id)
    assert tags(toolkit) == {name: said for name, said in SAID.items() if name != "loop.wav"}
    toolkit.sources.scan([root]).result(60)
    assert tags(toolkit) == SAID


def test_files_and_folders_that_are_renamed(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    (root / "Drums").rename(root / "Beats")
    (root / "loop.wav").rename(root / "groove.wav")
    toolkit.sources.scan().result(60)
    assert tags(toolkit) == {"groove.wav" if name == "loop.wav" else name: said for name, said in SAID.items()}


def test_a_moved_file_with_words_on_both_of_its_rows(home: Path, root: Path) -> None:
    """A file is copied, somebody speaks of the copy, and an hour has not passed when the first one is deleted."""
    with followed(home, root) as toolkit:
        speak(toolkit)
        old = named(toolkit, "kick.wav")
        toolkit.facts.rate([old], 2)
        shutil.copy2(root / "Drums" / "kick.wav", root / "boom.wav")
        soon(lambda: toolkit.catalog.search("boom").total, 1)
        new = named(toolkit, "boom.wav")
        toolkit.facts.tag([new], "said of the newer")
        toolkit.facts.rate([new], 5)
        (root / "Drums" / "kick.wav").unlink()
        soon(lambda: toolkit.catalog.search("kick").total, 0)
        soon(lambda: toolkit.catalog.search("boom").rows[0].id, old)
        assert toolkit.facts.of(old) == Marks(5, tags=("kick", "mine", "said of the newer"))


def test_words_come_back_with_a_batch_of_the_watch(home: Path, root: Path) -> None:
    with followed(home, root) as toolkit:
        speak(toolkit)
        (root / "loop.wav").rename(root.parent / "loop.wav")
        soon(lambda: "loop.wav" in tags(toolkit), False)
        assert toolkit.sources.forget_missing() == 1
        (root.parent / "loop.wav").rename(root / "Drums" / "groove.wav")
        soon(lambda: tags(toolkit).get("groove.wav"), ("loop", "mine"))


def test_a_file_that_is_removed_and_brought_back(toolkit: Toolkit) -> None:
    speak(toolkit)
    do(toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "kick.wav")]))
    assert "kick.wav" not in tags(toolkit)
    undo(toolkit.batch)
    assert tags(toolkit) == SAID


def test_a_file_that_is_emptied_and_comes_again(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    speak(toolkit)
    shutil.copy2(root / "Drums" / "kick.wav", tmp_path / "kept.wav")
    do(toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "kick.wav")]))
    toolkit.batch.empty(permanently=True).result(60)
    toolkit.sources.scan().result(60)
    assert "kick.wav" not in tags(toolkit)
    shutil.copy2(tmp_path / "kept.wav", root / "again.wav")
    toolkit.sources.scan().result(60)
    assert tags(toolkit)["again.wav"] == ("kick", "mine")


def test_a_copy_that_is_cleaned_away_leaves_its_words_to_the_other(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    shutil.copy2(root / "Drums" / "kick.wav", root / "Drums" / "kick copy.wav")
    toolkit.sources.scan().result(60)
    do(toolkit.batch, toolkit.batch.plan_remove([named(toolkit, "kick.wav")]))
    toolkit.batch.empty(permanently=True).result(60)
    assert tags(toolkit)["kick copy.wav"] == ("kick", "mine")


def test_a_drive_that_is_away_keeps_everything(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    drawer = unplug(root)
    toolkit.sources.scan().result(60)
    drawer.rename(root)
    toolkit.sources.scan().result(60)
    assert tags(toolkit) == SAID


def test_a_sound_that_is_rendered_again_keeps_its_words(toolkit: Toolkit, root: Path) -> None:
    speak(toolkit)
    wav(root / "loop.wav", seed=77, frames=3000)
    toolkit.sources.scan().result(60)
    assert tags(toolkit) == SAID


def test_look_alikes_do_not_get_the_words_of_others(toolkit: Toolkit, root: Path) -> None:
    """Stems of one length begin and end with silence; what is between tells them apart."""
    for middle, name in enumerate(("bass.wav", "pad.wav")):
        stem(root / "Stems" / name, middle)
    toolkit.sources.scan().result(60)
    speak(toolkit)
    toolkit.sources.remove(toolkit.sources.list()[0].id)
    (root / "Stems" / "bass.wav").unlink()
    toolkit.sources.scan([root]).result(60)
    assert tags(toolkit) == SAID | {"pad.wav": ("mine", "pad")}
    stem(root / "Stems" / "low.wav", 0)
    toolkit.sources.scan().result(60)
    assert tags(toolkit)["low.wav"] == ("bass", "mine")
