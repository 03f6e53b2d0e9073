"""Verdicts on real sounds: names, ears and lessons together, and never more written than changed."""

from pathlib import Path

import pytest

from ctk.catalog import mark_rows, verdict_rows
from ctk.catalog.store import Store, revision_of
from ctk.catalog.verdict_rows import Named
from ctk.classify import listening
from ctk.errors import Cancelled
from ctk.jobs import Task
from tests.catalog import small
from tests.classify.library import QUIET, add, keeper, make, parts, write


def verdicts(store: Store) -> dict[str, Named]:
    with store.snapshot() as connection:
        return {row.name: row for row in verdict_rows.named(connection, verdict_rows.ids(connection))}


def revision(store: Store) -> int:
    with store.snapshot() as connection:
        return revision_of(connection)


def test_names_alone(home: Path) -> None:
    with parts(home) as (store, _, judging):
        for name in ("Kick 01.wav", "female vocal.wav", "rec_0034.wav"):
            add(store, "/media/Packs", name)
        add(store, "/media/Bass Guitars", "rec_0035.wav")
        assert judging.judge_all(QUIET) == 3
        judged = {name: row.judged for name, row in verdicts(store).items()}
        assert judged["Kick 01.wav"][0::2] == ("drums", "name")
        assert judged["female vocal.wav"][0::2] == ("vocal", "name")
        assert judged["rec_0034.wav"] == (None, None, None, None)
        assert judged["rec_0035.wav"][0] == "bass"
        before = revision(store)
        assert judging.judge_all(QUIET) == 0
        assert revision(store) == before


def test_what_is_heard_says_what_a_name_does_not(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "s", 2)
    with parts(home) as (store, vectors, judging):
        ids = [add(store, folder, file.name) for file in sorted(folder.iterdir())]
        listening.listen(kept := keeper(store, vectors, judging, ids), QUIET)
        assert kept.count == len(ids)
        judged = verdicts(store)
        assert {row.judged[2] for row in judged.values()} == {"built-in"}
        assert judged["aa_000.wav"].judged[0] == "drums"
        assert judging.judge_all(QUIET) == 0

        def overtake(connection: object) -> None:
            small.change(connection, ids[0], mtime_ns=1)  # type: ignore[arg-type]

        store.write(overtake).result()
        assert judging.judge_all(QUIET) == 0
        assert verdicts(store)["aa_000.wav"].judged == (None, None, None, None)


def test_a_name_that_comes_to_say_something_is_believed(home: Path) -> None:
    with parts(home) as (store, _, judging):
        id = add(store, "/s", "Kick.wav")
        judging.judge_all(QUIET)
        store.write(lambda connection: small.change(connection, id, name="Snare roll.wav")).result()
        store.write(lambda connection: small.change(connection, id, name="Vocal chop.wav")).result()
        assert judging.judge_all(QUIET) == 1
        assert verdicts(store)["Vocal chop.wav"].judged[0] == "vocal"


def test_labels_teach_and_are_left_alone(home: Path, tmp_path: Path) -> None:
    with parts(home) as (store, vectors, judging):
        ids = {kind: [] for kind in ("bb", "cc")}  # type: dict[str, list[int]]
        for kind, some in ids.items():
            for number in range(20):
                file = write(tmp_path / f"{kind}_{number}.wav", number)
                some.append(add(store, tmp_path, file.name))
        listening.listen(keeper(store, vectors, judging, ids["bb"] + ids["cc"]), QUIET)
        for kind, label in (("bb", "guitar"), ("cc", "vocal")):
            store.write(lambda c, kind=kind, label=label: mark_rows.label(c, ids[kind][:10], label)).result()  # type: ignore[misc]
        judging.judge_all(QUIET)
        assert judging.lessons == 20
        with store.snapshot() as connection:
            shown = verdict_rows.categories(connection, ids["bb"] + ids["cc"])
            labels = {row.id: row.label for row in verdict_rows.named(connection, ids["bb"][:10])}
        assert [shown[id] for id in ids["bb"][:10]] == ["guitar"] * 10
        assert set(labels.values()) == {"guitar"}
        assert sum(shown[id] == "guitar" for id in ids["bb"][10:]) >= 8
        assert sum(shown[id] == "vocal" for id in ids["cc"][10:]) >= 8


def test_a_cancelled_judgement_can_be_taken_up_again(home: Path) -> None:
    with parts(home) as (store, _, judging):
        add(store, "/s", "Kick.wav")
        stopped = Task(lambda _: None)
        stopped.stop()
        with pytest.raises(Cancelled):
            judging.judge_all(stopped)
        assert judging.judge_all(QUIET) == 1
