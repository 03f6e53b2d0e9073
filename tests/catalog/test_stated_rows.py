"""What is stated of sounds as rows keep it, and sounds that are called otherwise later."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import folder_rows, lookup, relocation, rows, said_rows, source_rows, stated_rows
from ctk.catalog.relocation import Arrival
from ctk.catalog.schema import MIGRATIONS
from ctk.catalog.stated_rows import StatedRow
from ctk.catalog.store import Connection, Store
from ctk.facts import names
from ctk.facts.length import Length
from ctk.facts.stated import NO_CLAIMS, Claims
from ctk.records import Fact
from tests.catalog import small
from tests.facts import golden

LENGTHS = (None, 0.4, 2.0, 8.01, 8.5, 16.0, 100.0)
ACID = Claims("acid", False, 8, 120.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


def add(store: Store, folder: str, name: str, claims: Claims = NO_CLAIMS, source: str = "/s", **more: object) -> int:
    stated = stated_rows.row_of(claims, {}, folder, name, 4.0)
    facts = {"duration_s": 4.0, "fingerprint": b"12345678", **stated._asdict(), **more}
    return store.write(lambda connection: small.add(connection, source, folder, name, **facts)).result() or 0


def told(store: Store, id: int) -> dict[str, Fact]:
    sound = lookup.sound(store.read(), id)
    assert sound is not None
    assert all(getattr(sound, fact.name) == fact.value for fact in sound.facts)
    return {fact.name: fact for fact in sound.facts}


def test_a_row_holds_values_provenance_and_claims() -> None:
    row = stated_rows.row_of(ACID, {"key": "8A"}, "Bass", "growl 90bpm.v2.wav", 4.0)
    assert row[:4] == (120.0, 21, "loop", None)
    assert said_rows.said_of(row.said) == {
        "bpm": ("acid", "8 beats"),
        "key": ("metadata", "8A"),
        "type": ("acid", "8 beats"),
    }
    assert row.claims == '["acid",false,8,120.0,null,null,null,"",false]'


def test_sounds_that_are_called_alike_are_judged_by_their_own_length() -> None:
    rows = [stated_rows.row_of(NO_CLAIMS, {}, "Drums", f"Kick {n} 120bpm.wav", s) for n, s in enumerate(LENGTHS, 10)]
    again = [stated_rows.row_of(NO_CLAIMS, {}, "Drums", f"Kick {n} 120bpm.wav", s) for n, s in enumerate(LENGTHS, 20)]
    assert [row.kind for row in rows] == [None, None, "loop", "loop", None, "loop", None]
    assert again == rows


@pytest.mark.parametrize("seconds", [None, 0.3, 1.9, 2.0, 4.0, 6.857])
def test_every_name_of_the_table_is_kept_as_it_is_judged(seconds: float | None) -> None:
    for one in golden.rows():
        row = stated_rows.row_of(NO_CLAIMS, {}, one.folder, f"{one.name}.wav", seconds)
        stated = names.read_in(names.surroundings(one.folder), one.name, Length(seconds))
        assert row[:4] == tuple(None if fact is None else fact.value for fact in stated), one


def test_nothing_stated_is_nothing_kept() -> None:
    assert stated_rows.row_of(Claims(), {}, "", "x.wav", 4.0) == StatedRow(claims="")
    assert said_rows.said_of(None) == {}


def test_a_tempo_that_is_no_number_is_kept_as_claimed_and_not_believed(store: Store) -> None:
    id = add(store, "", "x.wav", Claims("acid", False, 8, float("nan")))
    store.write(lambda connection: relocation.follow(connection, [Arrival(id, "/s/y.wav", renamed=True)])).result()
    assert told(store, id) == {}


def test_lookup_tells_where_each_was_read(store: Store) -> None:
    id = add(store, "Loops", "growl Am.wav", ACID)
    assert told(store, id) == {
        "bpm": Fact("bpm", 120.0, "acid", "8 beats"),
        "key": Fact("key", "Am", "name", "Am"),
        "type": Fact("type", "loop", "acid", "8 beats"),
    }
    (row,) = lookup.rows(store.read(), [id])
    assert (row.bpm, row.key, row.type, row.note) == (120.0, "Am", "loop", None)


def test_a_renamed_sound_is_judged_by_its_new_name_and_its_old_claims(store: Store) -> None:
    id = add(store, "Loops", "growl Am.wav", ACID)
    arrival = Arrival(id, "/s/Loops/growl C#m.wav", renamed=True)
    store.write(lambda connection: relocation.follow(connection, [arrival])).result()
    assert told(store, id)["key"] == Fact("key", "C#m", "name", "C#m")
    assert told(store, id)["bpm"].by == "acid"


def test_a_sound_moved_into_another_folder_is_judged_by_that(store: Store) -> None:
    id = add(store, "Loops", "growl.wav")
    assert told(store, id)["type"].by == "folder"
    store.write(lambda connection: relocation.follow(connection, [Arrival(id, "/s/One Shots/growl.wav")])).result()
    assert told(store, id)["type"] == Fact("type", "one-shot", "folder", "Shots")


def test_a_folder_that_moved_as_a_whole_is_judged_by_its_new_name(store: Store) -> None:
    id = add(store, "Loops", "growl.wav")
    other = add(store, "Misc", "Loops.wav")

    def move(connection: Connection) -> None:
        moved = small.add_folder(connection, "/s", "Loops")
        folder_rows.move(connection, [(moved, small.add_source(connection, "/s"), b"Stuff")])

    store.write(move).result()
    assert told(store, id) == {}
    assert "type" in told(store, other)


def test_folders_handed_to_a_source_inside_are_judged_again(store: Store) -> None:
    id = add(store, "Loops/x", "growl.wav")
    store.write(lambda connection: source_rows.add(connection, "/s/Loops")).result()
    assert told(store, id) == {}


def test_a_sound_recognised_as_moved_has_the_facts_of_its_new_place(store: Store) -> None:
    old, new = add(store, "Loops", "growl Am.wav", ACID), add(store, "New", "growl Dm.wav", ACID)
    store.write(lambda connection: rows.move(connection, [(old, new)])).result()
    assert told(store, old)["key"].value == "Dm"
    assert store.read().execute("SELECT count(*) FROM unjudged").fetchone() == (0,)


def test_what_did_not_change_by_it_keeps_its_revision(store: Store) -> None:
    id = add(store, "Loops", "growl Am.wav")
    store.write(lambda connection: connection.execute("INSERT INTO unjudged VALUES (?)", (id,))).result()
    before = store.read().execute("SELECT revision, said FROM sounds").fetchall()
    store.write(stated_rows.judge_renamed).result()
    assert store.read().execute("SELECT revision, said FROM sounds").fetchall() == before
    assert json.loads(before[0][1])["key"] == ["name", "Am"]


def test_an_older_catalog_is_taken_over_with_folders_to_be_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(Store(file, migrations=MIGRATIONS[:3])) as old:

        def fill(connection: Connection) -> None:
            folder = small.add_folder(connection, "/s", "Loops")
            connection.execute(
                "INSERT INTO sounds (folder_id, name, name_key, size_bytes, mtime_ns, fingerprint, state, added_s,"
                " revision) VALUES (?, x'61', x'61', 1, 1, x'00', 'ok', 1, 1)",
                (folder,),
            )
            connection.execute("UPDATE folders SET listing = x'00'")

        old.write(fill).result()
    with closing(Store(file)) as store:
        assert folder_rows.listed(store.read(), 1)[b"Loops"].listing is None
        assert rows.in_folder(store.read(), 1)[b"a"][5] == rows.IN_PART
