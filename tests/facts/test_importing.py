"""Export, wipe the home, scan, import: every word is back on its sound; and files that nobody should trust."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ctk
from ctk.catalog import exchange_rows
from ctk.errors import Cancelled, CtkError
from ctk.facts import importing
from ctk.facts.entries import MOST_PROBLEMS
from ctk.jobs import Task
from ctk.records import Imported, Marks
from ctk.toolkit import Toolkit
from tests.batch.crash import dies
from tests.facts import said
from tests.sources.library import stem, wav

forks = pytest.mark.skipif(sys.platform == "win32", reason="only on systems that fork")
FORMATS = ("json", "csv")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return said.make(tmp_path / "Samples")


@pytest.fixture
def toolkit(home: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as opened:
        yield opened


def scanned(toolkit: Toolkit, root: Path) -> Toolkit:
    toolkit.sources.scan([root]).result(60)
    return toolkit


def exported(home: Path, root: Path, file: Path) -> Path:
    with ctk.open(home) as toolkit:
        said.say(scanned(toolkit, root), root)
        toolkit.facts.export(file).result(60)
    return file


def imported(toolkit: Toolkit, file: Path) -> Imported:
    return toolkit.facts.import_(file).result(60)


def write(file: Path, content: object) -> Path:
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


def document(*sounds: object, **more: object) -> dict[str, object]:
    return {"program": "Creator's Toolkit", "version": 1, "sounds": list(sounds), **more}


@pytest.mark.parametrize("format", FORMATS)
def test_everything_is_back_on_its_sound(format: str, home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / f"said.{format}")
    with said.wiped(home) as toolkit:
        assert imported(scanned(toolkit, root), file) == Imported(len(said.MARKS), 0)
        assert said.marks(toolkit, root) == said.MARKS
        orders = said.orders(toolkit, root)
        if format == "json":
            assert orders == said.ORDERS
            assert [(one.name, one.query) for one in toolkit.facts.searches()] == [
                ("Loud kicks", 'kick -"soft one" len:<2')
            ]
        assert {name: order for name, order in orders.items() if order} == {
            name: order for name, order in said.ORDERS.items() if order
        }


@pytest.mark.parametrize("format", FORMATS)
def test_a_scan_gives_back_what_was_imported_before_it(format: str, home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / f"said.{format}")
    with said.wiped(home) as toolkit:
        assert imported(toolkit, file) == Imported(0, len(said.MARKS))
        assert imported(toolkit, file) == Imported(0, len(said.MARKS))
        again = json.loads(toolkit.facts.export().result(60).text or "")
        assert len(again["sounds"]) == len(said.MARKS)
        scanned(toolkit, root)
        assert said.marks(toolkit, root) == said.MARKS
        assert {name: order for name, order in said.orders(toolkit, root).items() if order} == {
            name: order for name, order in said.ORDERS.items() if order
        }


@pytest.mark.parametrize("format", FORMATS)
def test_a_second_import_changes_nothing(format: str, home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / f"said.{format}")
    with ctk.open(home) as toolkit:
        before = toolkit.facts.export().result(60).text
        for _ in range(2):
            assert imported(toolkit, file) == Imported(len(said.MARKS), 0)
        assert toolkit.facts.export().result(60).text == before


def test_sounds_are_known_again_wherever_they_are_now(home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / "said.json")
    moved = tmp_path / "Other Drive" / "Sounds"
    moved.parent.mkdir()
    root.rename(moved)
    (moved / "Drums" / "snare, loud.wav").rename(moved / "snare renamed.wav")
    (moved / "Bass").rename(moved / "Low")
    with said.wiped(home) as toolkit:
        assert imported(scanned(toolkit, moved), file) == Imported(len(said.MARKS), 0)
        here = said.marks(toolkit, moved)
    renamed = {"Drums/snare, loud.wav": "snare renamed.wav"}
    assert here == {renamed.get(name, name).replace("Bass/", "Low/"): marks for name, marks in said.MARKS.items()}


def test_what_a_file_says_is_added_to_what_was_said(home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / "said.json")
    with said.wiped(home) as toolkit:
        here = said.ids(scanned(toolkit, root), root)
        kick, unsaid = here["Drums/kick.wav"], here["Bass/unsaid.wav"]
        toolkit.facts.tag([kick], "Mine")
        toolkit.facts.rate([kick, unsaid], 2)
        toolkit.facts.note([kick], "here")
        toolkit.facts.collect([unsaid], "set")
        toolkit.facts.save_search("loud KICKS", "808")
        done = imported(toolkit, file)
        assert (done.sounds, done.waiting, len(done.problems)) == (len(said.MARKS), 0, 1)
        assert "Loud kicks" in done.problems[0]
        tags, collections = ("dark", "hit", "Mine"), ("set", "Two")
        assert toolkit.facts.of(kick) == Marks(5, True, tags, collections, "here\nthe one", "drums")
        assert said.orders(toolkit, root)["set"] == ["Bass/unsaid.wav", *said.ORDERS["Set"]]
        assert toolkit.facts.searches()[0].query == "808"


def test_a_file_of_other_content_gets_nothing_in_its_place(home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / "said.json")
    wav(root / "Drums" / "snare, loud.wav", 99, frames=3000)
    with said.wiped(home) as toolkit:
        assert imported(scanned(toolkit, root), file) == Imported(len(said.MARKS) - 1, 1)
        assert "Drums/snare, loud.wav" not in said.marks(toolkit, root)
        wav(root / "found again.wav", 2)
        scanned(toolkit, root)
        assert said.marks(toolkit, root)["found again.wav"] == said.MARKS["Drums/snare, loud.wav"]


def test_look_alikes_are_not_mixed_up(home: Path, tmp_path: Path, toolkit: Toolkit) -> None:
    """Stems of one song have the same size, and the same silence at both ends."""
    root = tmp_path / "Song"
    for number, name in enumerate(("bass", "drums", "keys")):
        stem(root / f"{name}.wav", number)
    here = said.ids(scanned(toolkit, root), root)
    for name, id in here.items():
        toolkit.facts.tag([id], name.removesuffix(".wav"))
    file = tmp_path / "said.json"
    toolkit.facts.export(file).result(60)
    toolkit.close()
    (root / "bass.wav").unlink()
    root = root.rename(tmp_path / "Elsewhere")
    (root / "keys.wav").rename(root / "piano.wav")
    with said.wiped(home) as again:
        imported(scanned(again, root), file)
        assert said.marks(again, root)["drums.wav"].tags == ("drums",)
        assert "bass" not in said.marks(again, root).get("piano.wav", Marks()).tags


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_that_a_spreadsheet_saved(
    separator: str, encoding: str, toolkit: Toolkit, root: Path, tmp_path: Path
) -> None:
    """Columns were dropped and reordered, and the file holds what spreadsheets make of it."""
    path = root / "Bass" / "b\N{LATIN SMALL LETTER U WITH DIAERESIS}hne.wav"
    wav(path, 7)
    lines = ["Favourite", "Path", "TAGS", "rating", "colour"], ["TRUE", str(path), '"dark, warm"', "4.0", "red"]
    text = "\r\n".join(separator.join(line) for line in lines) + f"\r\n{separator * 4}\r\n"
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    assert imported(scanned(toolkit, root), tmp_path / "t.csv") == Imported(1, 0)
    assert toolkit.facts.of(said.ids(toolkit, root)[f"Bass/{path.name}"]) == Marks(4, True, ("dark", "warm"))


def test_a_playlist_becomes_a_collection(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    lines = [
        "#EXTM3U",
        "#EXTINF:1,Kick",
        "Samples/Drums/kick.wav",
        "Samples/Bass/../Bass/unsaid.wav",
        "Samples\\Copies\\kick.wav",
        (root / "Bass" / "=sub -12.wav").as_uri(),
        str(root / "nowhere.wav"),
        "https://example.org/stream.mp3",
        "Samples/Drums/kick.wav",
    ]
    scanned(toolkit, root)
    done = imported(toolkit, write(tmp_path / "Live, at night.m3u8", "\ufeff" + "\r\n".join(lines)))
    assert (done.sounds, done.waiting) == (4, 0)
    assert [problem.partition(" ")[2] for problem in done.problems] == [
        "is not in the catalog; scan its folder first.",
        "line of the playlist names no file on this computer.",
    ]
    order = ["Drums/kick.wav", "Bass/unsaid.wav", "Copies/kick.wav", "Bass/=sub -12.wav"]
    assert said.orders(toolkit, root) == {"Live at night": order}
    nothing = imported(toolkit, write(tmp_path / "Nothing.m3u", "nowhere.wav\n"))
    assert (nothing.sounds, len(nothing.problems), len(toolkit.facts.collections())) == (0, 1, 1)


@pytest.mark.skipif(os.name != "posix", reason="only on systems whose names are bytes")
@pytest.mark.parametrize("name", [b"caf\xe9.wav", "caf\N{LATIN SMALL LETTER E WITH ACUTE}.wav".encode()])
def test_a_playlist_in_latin_1_names_either_file(name: bytes, toolkit: Toolkit, tmp_path: Path) -> None:
    wav(tmp_path / "S" / os.fsdecode(name), 1)
    (tmp_path / "old.m3u").write_bytes(b"S/caf\xe9.wav\n")
    assert imported(scanned(toolkit, tmp_path / "S"), tmp_path / "old.m3u") == Imported(1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"sounds": 1}',
        '{"sounds": [',
        "[" * 100_000,
        '{"sounds": ' + "[" * 100_000,
        '{"sounds": [], "version": 99}',
        '{"sounds": [1' + "0" * 10_000 + "]}",
    ],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_no_export_changes_nothing(text: str, ending: str, toolkit: Toolkit, tmp_path: Path) -> None:
    with pytest.raises(CtkError) as caught:
        imported(toolkit, write(tmp_path / f"bad.{ending}", text))
    assert str(caught.value).count("\n") == 0 and f"bad.{ending}" in str(caught.value)


def test_files_that_are_not_read(toolkit: Toolkit, tmp_path: Path) -> None:
    with open(tmp_path / "huge.json", "wb") as file:
        file.truncate(300_000_000)
    for name, words in (("huge.json", "200 MB"), ("none.json", "No such file"), ("", "no file")):
        with pytest.raises(CtkError, match=words):
            imported(toolkit, tmp_path / name)


def test_bad_parts_are_told_and_the_rest_is_taken(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    kick = {"path": str(root / "Drums" / "kick.wav")}
    bad: list[object] = [
        5,
        {"path": "nul\0.wav", "rating": 3},
        {"path": "half \ud800.wav", "rating": 3},
        {"path": "x" * 100_000, "rating": 3},
        {"rating": 3},
        {**kick, "rating": 99, "tags": ["t" * 10_000, "good", 7, "a,b", "\0", "\ud800"], "favourite": "maybe"},
        {**kick, "rating": float("nan"), "note": 5, "collections": {"a": 1}, "size_bytes": 10**40},
        {**kick, "rating": 4, "note": "n" * 50_000, "fingerprint": "zz", "full_hash": [1]},
        {**kick, "collections": [{"name": "C", "position": "x"}, {"name": 4}, None], "tags": "dark"},
    ]
    more = {"collections": ["", "New", 3], "searches": [4, {"name": "bad", "query": "colour:red"}, {"name": "\0"}]}
    scanned(toolkit, root)
    done = imported(toolkit, write(tmp_path / "bad.json", document(*bad, **more)))
    assert (done.sounds, done.waiting) == (1, 0)
    assert toolkit.facts.of(said.ids(toolkit, root)["Drums/kick.wav"]) == Marks(4, False, ("good",), ("C",))
    assert [label.name for label in toolkit.facts.collections()] == ["C", "New"]
    assert len(done.problems) > 15
    assert all(problem.isprintable() and len(problem) < 400 for problem in done.problems)


def test_problems_are_counted_when_they_are_many(toolkit: Toolkit, tmp_path: Path) -> None:
    done = imported(toolkit, write(tmp_path / "bad.json", document(*[5] * 5000)))
    assert len(done.problems) == MOST_PROBLEMS + 1
    assert f"{5000 - MOST_PROBLEMS:,}" in done.problems[-1]


def test_an_import_can_be_stopped(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    scanned(toolkit, root)
    sounds = [{"path": f"/{number}.wav", "tags": ["x"]} for number in range(50)]
    file = write(tmp_path / "many.json", document(*sounds, collections=["C"]))

    class Stopping(Task):
        def report(self, words: str, done: int = 0, total: int | None = None) -> None:
            if done == 30:
                self.stop()

    with pytest.raises(Cancelled):
        importing.read(Stopping(lambda progress: None), toolkit._store, file)
    assert (toolkit.facts.collections(), toolkit.facts.tags()) == ([], [])
    with toolkit._store.snapshot() as connection:
        assert list(exchange_rows.waiting(connection)) == []


@forks
def test_an_import_that_is_killed_did_all_or_nothing(home: Path, root: Path, tmp_path: Path) -> None:
    file = exported(home, root, tmp_path / "said.json")
    shutil.rmtree(home)
    with ctk.open(home) as toolkit:
        scanned(toolkit, root)
    engine = ("importing.py", "mark_rows.py", "waiting_rows.py", "reunion.py")
    seen: list[int] = []
    work: Callable[[Toolkit], object] = lambda toolkit: toolkit.facts.import_(file).result(60)  # noqa: E731
    for point in range(1, 10_000, 150):
        if not dies(home, work, point, engine=engine):
            break
        with ctk.open(home) as toolkit:
            seen.append(len(said.marks(toolkit, root)))
    assert len(seen) > 3 and set(seen) <= {0, len(said.MARKS)}
    with ctk.open(home) as toolkit:
        assert imported(toolkit, file) == Imported(len(said.MARKS), 0)
        assert said.marks(toolkit, root) == said.MARKS
        assert said.orders(toolkit, root) == said.ORDERS


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("path", "size_bytes", "fingerprint", "full_hash", "rating", "favourite", "tags", "collections", "note")
sounds = st.lists(anything | st.dictionaries(st.sampled_from(FIELDS), anything), max_size=5)


def test_what_is_nested_without_end_is_a_bad_part(toolkit: Toolkit, tmp_path: Path) -> None:
    deep = "[" * 900 + "]" * 900
    fields = ",".join(f'"{field}": {deep}' for field in FIELDS[1:])
    done = imported(toolkit, write(tmp_path / "deep.json", f'{{"sounds": [{deep}, {{"path": "/x", {fields}}}]}}'))
    assert (done.sounds, done.waiting) == (0, 0) and len(done.problems) >= len(FIELDS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({"sounds": sounds}, optional={"collections": anything, "searches": anything}))
def test_any_document_is_taken_or_refused(toolkit: Toolkit, tmp_path: Path, content: dict[str, Any]) -> None:
    done = imported(toolkit, write(tmp_path / "any.json", content))
    assert done.sounds == 0 and all(problem.isprintable() for problem in done.problems)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), ending=st.sampled_from(("json", "csv", "m3u", "m3u8", "txt")))
def test_any_bytes_are_taken_or_refused(toolkit: Toolkit, tmp_path: Path, data: bytes, ending: str) -> None:
    head = b"" if ending != "csv" else b"path,tags,note,rating\n"
    (tmp_path / f"any.{ending}").write_bytes(head + data)
    try:
        imported(toolkit, tmp_path / f"any.{ending}")
    except CtkError as exc:
        assert "\n" not in str(exc)
