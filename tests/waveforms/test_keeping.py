"""What is kept is limited in size, forgotten with its sound, and worth no error."""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import waveform_rows
from ctk.catalog.store import Store
from ctk.catalog.waveform_rows import Place
from ctk.settings import Settings
from ctk.waveforms import keeping
from ctk.waveforms.health import Numbers
from ctk.waveforms.keeping import Found, Keeping, Picture
from ctk.waveforms.listening import Heard, listen
from tests.catalog import small
from tests.sounds import make

SOUNDS = 6


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store(home / "catalog.db")) as store:
        store.write(
            lambda catalog: [
                small.add(catalog, "/s", "", f"{n}.wav", size_bytes=n, mtime_ns=n) for n in range(1, SOUNDS + 1)
            ]
        ).result()
        yield store


@pytest.fixture
def shelf(store: Store, home: Path) -> Iterator[Keeping]:
    with closing(Keeping(store, home / "derived.db", Settings(waveforms_mb=1))) as shelf:
        yield shelf


@pytest.fixture
def heard(tmp_path: Path) -> Heard:
    return listen(str(make("wav_16", tmp_path / "any.wav", seconds=1.0)))


def places(store: Store) -> list[Place]:
    return waveform_rows.places_after(store.read(), 0, 100)


def unheard(shelf: Keeping, store: Store) -> list[int]:
    return [place.id for place, _ in shelf.unheard(places(store))]


def kept(shelf: Keeping, points: int = 64) -> list[int]:
    return sorted(shelf.pictures(list(range(SOUNDS + 2)), points))


def row(shelf: Keeping, place: Place, heard: Heard | None, **made: object) -> Found:
    found = shelf.found(place, heard)
    return found._replace(row=found.row._replace(**made))  # type: ignore[arg-type]


def test_kept_and_found(shelf: Keeping, store: Store, heard: Heard) -> None:
    assert kept(shelf) == []
    assert unheard(shelf, store) == [1, 2, 3, 4, 5, 6]
    assert shelf.keep([row(shelf, place, heard) for place in places(store)[:3]])
    assert kept(shelf) == kept(shelf, 1_024) == [1, 2, 3]
    assert unheard(shelf, store) == [4, 5, 6]
    assert shelf.numbers(places(store)[0]) == heard.numbers
    assert shelf.numbers(places(store)[5]) is None
    assert shelf.count() == (3, 3)


def test_what_nothing_can_be_played_of_is_remembered_without_a_picture(shelf: Keeping, store: Store) -> None:
    place = places(store)[0]
    shelf.keep([row(shelf, place, None)])
    assert kept(shelf) == []
    assert shelf.numbers(place) == Numbers()
    assert place.id not in unheard(shelf, store)
    assert [found.id for found, _ in shelf.unwell()] == [place.id]


def test_health_is_told_to_the_catalog_only_where_it_changed(shelf: Keeping, store: Store, heard: Heard) -> None:
    revisions: list[int] = []
    store.on_commit(revisions.append)
    shelf.keep([row(shelf, place, heard) for place in places(store)])
    assert revisions == []
    shelf.keep([row(shelf, places(store)[1], None), row(shelf, places(store)[2], heard)])
    assert len(revisions) == 1
    assert [place.health for place in places(store)] == [0, 2, 0, 0, 0, 0]
    shelf.keep([row(shelf, places(store)[1], None)])
    assert len(revisions) == 1


def test_health_that_the_catalog_lost_is_put_right(shelf: Keeping, store: Store) -> None:
    shelf.keep([row(shelf, places(store)[0], None)])
    store.write(lambda catalog: catalog.execute("UPDATE sounds SET health = 0")).result()
    shelf.unheard(places(store))
    assert places(store)[0].health == 2


def test_a_file_that_changed_is_not_shown(shelf: Keeping, store: Store, heard: Heard) -> None:
    shelf.keep([row(shelf, place, heard) for place in places(store)])
    store.write(lambda catalog: catalog.execute("UPDATE sounds SET mtime_ns = 77 WHERE id = 2")).result()
    store.write(lambda catalog: catalog.execute("UPDATE sounds SET size_bytes = 77 WHERE id = 3")).result()
    assert kept(shelf) == [1, 4, 5, 6]
    assert unheard(shelf, store) == [2, 3]
    assert shelf.numbers(places(store)[1]) is None
    assert shelf.count() == (4, 2)


def test_only_so_much_is_kept(shelf: Keeping, store: Store, heard: Heard) -> None:
    megabyte = 1 << 20
    rows = [row(shelf, place, heard, made_s=place.id, seek=bytes(megabyte // 3)) for place in places(store)]
    shelf.keep(rows)
    shelf.tidy()
    assert kept(shelf) == [1, 2, 3, 4, 5, 6]
    assert kept(shelf, 1_024) == [5, 6]
    assert shelf.count() == (6, 0)


def test_the_limit_holds_while_there_is_more_to_come(
    store: Store, home: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LIMIT_EVERY_S", 0.0)
    with closing(Keeping(store, home / "derived.db", Settings(waveforms_mb=0))) as shelf:
        shelf.keep([row(shelf, place, heard) for place in places(store)])
        assert kept(shelf) == []
        assert shelf.count() == (6, 0)


def test_what_is_gone_is_forgotten(shelf: Keeping, store: Store, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_AT_ONCE", 2)
    shelf.keep([row(shelf, place, heard) for place in places(store)])
    store.write(lambda catalog: catalog.execute("DELETE FROM sounds WHERE id IN (2, 5, 6)")).result()
    shelf.tidy()
    store.write(
        lambda catalog: [small.add(catalog, "/s", "", f"{n}.wav", id=n, size_bytes=n, mtime_ns=n) for n in (2, 5, 6)]
    ).result()
    assert kept(shelf) == [1, 3, 4]


def test_pictures_that_cannot_be_read_are_left_out(
    shelf: Keeping, store: Store, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    broken = {"thumbnail": b"?", "outline": b"?" * 20, "numbers": "?", "health": 4}
    shelf.keep([row(shelf, places(store)[0], heard), row(shelf, places(store)[1], heard, **broken)])
    assert kept(shelf) == kept(shelf, 1_024) == [1]
    assert shelf.numbers(places(store)[1]) is None
    assert shelf.unwell() == []
    assert "left out" in caplog.text


def test_where_nothing_can_be_kept(store: Store, tmp_path: Path, heard: Heard) -> None:
    with closing(Keeping(store, tmp_path / "nowhere" / "derived.db", Settings())) as shelf:
        assert not shelf.keep([row(shelf, places(store)[0], heard)])
        assert kept(shelf) == []
        assert shelf.count() == (0, 6)
        shelf.tidy()


def test_packed_pictures(heard: Heard) -> None:
    picture = Picture.unpack(Picture(heard.outline, 96_000, 7).pack())
    assert (picture.sample_rate_hz, picture.channels) == (96_000, 7)
    assert picture.outline.frames == heard.outline.frames
    with pytest.raises(ValueError):
        Picture.unpack(b"abc")
