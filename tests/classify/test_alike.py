"""Likes are of the same kind, whoever is asked, and never what is removed."""

import os
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ctk.catalog.store import Store
from ctk.catalog.vector_rows import Heard
from ctk.classify import listening
from ctk.classify.alike import Alike
from ctk.classify.judging import Judging
from ctk.classify.vectors import Vectors, packed
from ctk.errors import NotFound, UsageError
from tests.catalog import small
from tests.classify.library import QUIET, add, keeper, make, parts, write


class Rig:
    """Twelve sounds of each of three kinds, heard by the built-in model."""

    def __init__(self, folder: Path, store: Store, vectors: Vectors, judging: Judging) -> None:
        self.folder, self.store, self.vectors = folder, store, vectors
        self.ids = {file.name: add(store, folder, file.name) for file in sorted(make(folder, 12, 0.3).iterdir())}
        self.names = {id: name for name, id in self.ids.items()}
        listening.listen(keeper(store, vectors, judging, [*self.ids.values()]), QUIET)
        self.alike = Alike(store, vectors, judging)

    def hear_deep(self, ids: list[int]) -> None:
        """As if CNN14 had: its vectors say that sounds with the same number are alike, of whatever kind."""
        rows = []
        for id in ids:
            found = os.stat(self.folder / self.names[id])
            vector = np.random.default_rng(int(self.names[id][3:6])).uniform(0, 1, 2048).astype(np.float32)
            rows.append(Heard(id, found.st_size, found.st_mtime_ns, '[[0,0,0,0,0,0,1],"",[]]', packed(vector)))
        self.vectors.keep("cnn14", rows)


@pytest.fixture
def rig(home: Path, tmp_path: Path) -> Iterator[Rig]:
    with parts(home) as (store, vectors, judging):
        yield Rig(tmp_path / "Samples", store, vectors, judging)


@pytest.mark.parametrize("kind", ["aa", "bb", "cc"])
def test_the_likest_are_of_the_same_kind_and_in_order(rig: Rig, kind: str) -> None:
    ear, ids, scores = rig.alike.find(rig.ids[f"{kind}_004.wav"], 8, None)
    assert ear == "built-in"
    assert [rig.names[id][:2] for id in ids] == [kind] * 8
    assert scores == sorted(scores, reverse=True) and rig.ids[f"{kind}_004.wav"] not in ids
    assert 0 <= scores[-1] <= scores[0] <= 1


def test_only_some_are_asked_about(rig: Rig) -> None:
    among = np.array([id for name, id in rig.ids.items() if name.startswith("bb")])
    _, ids, _ = rig.alike.find(rig.ids["aa_001.wav"], 50, among)
    assert sorted(ids) == among.tolist()
    assert rig.alike.find(rig.ids["aa_001.wav"], 0, None)[1] == []
    assert rig.alike.find(rig.ids["aa_001.wav"], 5, np.zeros(0, np.int64))[1] == []


def test_removed_sounds_are_no_likes(rig: Rig) -> None:
    held = [rig.ids[f"aa_{number:03}.wav"] for number in range(6)]
    for id in held:
        rig.store.write(lambda connection, id=id: small.change(connection, id, state="held")).result()  # type: ignore[misc]
    _, ids, _ = rig.alike.find(rig.ids["aa_008.wav"], 50, None)
    assert not {*held} & {*ids} and len(ids) == 36 - 6 - 1


def test_a_sound_that_nobody_heard_is_listened_to_now(rig: Rig) -> None:
    file = write(rig.folder / "cc_999.wav", 999)
    id = add(rig.store, rig.folder, file.name)
    _, ids, _ = rig.alike.find(id, 6, None)
    assert [rig.names[one][:2] for one in ids] == ["cc"] * 6
    assert id in rig.vectors.stamps("built-in")


def test_a_sound_that_changed_is_heard_anew(rig: Rig) -> None:
    id = rig.ids["aa_003.wav"]
    write(rig.folder / "bb_rewritten", 3).replace(rig.folder / "aa_003.wav")
    found = os.stat(rig.folder / "aa_003.wav")
    changed = {"size_bytes": found.st_size, "mtime_ns": found.st_mtime_ns}
    rig.store.write(lambda connection: small.change(connection, id, **changed)).result()
    assert [rig.names[one][:2] for one in rig.alike.find(id, 6, None)[1]] == ["bb"] * 6


def test_what_cannot_be_said_is_a_sentence(rig: Rig) -> None:
    with pytest.raises(NotFound, match="4711"):
        rig.alike.find(4711, 5, None)
    (rig.folder / "text.wav").write_text("no sound")
    with pytest.raises(UsageError, match=r"text\.wav"):
        rig.alike.find(add(rig.store, rig.folder, "text.wav"), 5, None)
    with pytest.raises(UsageError, match="not here"):
        rig.alike.find(add(rig.store, rig.folder, "away.wav", state="missing"), 5, None)


def test_cnn14_is_asked_once_it_has_heard_enough(rig: Rig) -> None:
    everything = [*rig.ids.values()]
    rig.hear_deep(everything[:10])
    assert rig.alike.ear() == "built-in"
    rig.hear_deep(everything[:30])
    ear, ids, scores = rig.alike.find(rig.ids["aa_004.wav"], 3, None)
    assert (ear, rig.names[ids[0]]) == ("cnn14", "bb_004.wav")
    assert scores[0] == pytest.approx(1, abs=1e-3) and scores[2] < 0.9
    assert rig.alike.find(rig.ids["cc_011.wav"], 3, None)[0] == "built-in"


def test_one_that_only_cnn14_could_compare_has_to_be_heard_first(rig: Rig) -> None:
    rig.hear_deep([*rig.ids.values()])
    rig.vectors.adopt("built-in", "another")
    new = write(rig.folder / "aa_555.wav", 555)
    with pytest.raises(UsageError, match="CNN14 has not listened"):
        rig.alike.find(add(rig.store, rig.folder, new.name), 3, None)


def test_the_map_has_like_beside_like(rig: Rig) -> None:
    found = rig.alike.draw(array("q", rig.ids.values()), 100)
    assert (found.engine, sorted(found.ids)) == ("built-in", sorted(rig.ids.values()))
    assert len(found.x) == len(found.y) == len(found.categories) == 36
    assert all(0 <= place <= 1 for place in (*found.x, *found.y))
    places = {id: np.array([x, y]) for id, x, y in zip(found.ids, found.x, found.y, strict=True)}
    middles = [
        np.mean([places[id] for name, id in rig.ids.items() if name[:2] == kind], axis=0) for kind in ("aa", "bb", "cc")
    ]
    spread = np.mean(
        [np.linalg.norm(places[id] - middles[("aa", "bb", "cc").index(rig.names[id][:2])]) for id in found.ids]
    )
    apart = min(np.linalg.norm(middles[one] - middles[other]) for one, other in ((0, 1), (0, 2), (1, 2)))
    assert apart > 1.5 * spread


def test_the_map_of_some_and_of_nothing(rig: Rig) -> None:
    assert len(rig.alike.draw(array("q", rig.ids.values()), 10).ids) == 10
    assert len(rig.alike.draw(array("q"), 10).ids) == 0
    assert len(rig.alike.draw(array("q", [9999]), 10).ids) == 0
