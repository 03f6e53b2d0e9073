"""From what was asked for to a stream, as much in memory and as well known as can be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.audio import decode
from ctk.audio.decode.seeking import Hints, SeekIndex
from ctk.audio.files import Files
from ctk.errors import CannotDecode, NotFound
from ctk.records import NowPlaying
from ctk.settings import Settings
from tests.audio import signals
from tests.audio.conftest import wait_for

LOUD = Hints(peak_db=-1.0, loudness_db=-12.0)


class Stand:
    """Files whose number 7 is a sound; ``asked`` tells what was asked about it, ``answer`` what is known."""

    def __init__(self, path: Path) -> None:
        self.settings = Settings()
        self.asked: list[int] = []
        self.answer = LOUD
        self.path = str(path)
        self.files = Files(self._resolve, self._hints, self.settings)

    def shown(self, *, position_s: float = 0.0, region: tuple[float, float] | None = None) -> NowPlaying:
        return NowPlaying(state="playing", id=7, path=self.path, position_s=position_s, region=region)

    def _resolve(self, id: int) -> str:
        if id != 7:
            raise NotFound("There is no such sound.")
        return self.path

    def _hints(self, id: int) -> Hints:
        self.asked.append(id)
        return self.answer


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    stand = Stand(signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(3, 44_100)))
    yield stand
    stand.files.close()


def test_targets_are_paths_or_numbers(stand: Stand, tmp_path: Path) -> None:
    assert stand.files.path_of(7) == stand.path
    assert stand.files.path_of(tmp_path) == stand.files.path_of(str(tmp_path)) == str(tmp_path)
    with pytest.raises(NotFound):
        stand.files.path_of(8)


def test_nothing_is_asked_for_what_plays_from_its_beginning_as_loud_as_it_is(stand: Stand) -> None:
    stream, gain = stand.files.open(stand.shown())
    stream.close()
    assert (stand.asked, gain) == ([], 1.0)


def test_the_level_comes_from_what_is_known_when_that_is_wanted(stand: Stand) -> None:
    stand.settings.even_loudness = True
    stream, gain = stand.files.open(stand.shown())
    stream.close()
    assert gain == pytest.approx(10 ** (-6 / 20))


@pytest.mark.parametrize("inside", [{"position_s": 2.0}, {"region": (1.0, 2.0)}])
def test_the_index_is_used_for_what_begins_inside(
    inside: dict[str, float], stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = SeekIndex(3, (0, 1), (0, 1))
    stand.answer = Hints(index=index)
    used: list[SeekIndex | None] = []

    def watched(path: str, index: SeekIndex | None = None) -> None:
        used.append(index)
        raise CannotDecode("Not today.")

    monkeypatch.setattr(decode, "open", watched)
    with pytest.raises(CannotDecode):
        stand.files.open(stand.shown(**inside))  # type: ignore[arg-type]
    assert stand.files.indexed(stand.shown()) is None
    assert used == [index, index]
    stand.answer = Hints()
    assert stand.files.indexed(stand.shown()) is None
    assert used == [index, index]


def test_what_was_prepared_needs_no_file_until_it_is_released(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.files.prepare([7])
    wait_for(lambda: stand.files._shelf.bytes)
    opened: list[str] = []
    monkeypatch.setattr(decode, "open", lambda path, **_: opened.append(path))
    for _ in range(2):
        stream, _ = stand.files.open(stand.shown())
        assert len(stream.read(1_000)) == 1_000
    assert opened == []
    assert stand.files.release(stand.path, 1)
    stand.files.open(stand.shown())
    assert opened == [stand.path]
