"""Playing from the list, with the real player on a device that is silent."""

import dataclasses
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.errors import NoAudioDevice
from ctk.records import NowPlaying
from ctk.toolkit import Toolkit
from ctk.ui.models.transport import Transport, title
from tests.sounds import make
from tests.ui.models.conftest import Room


class Rig(Room):
    """A transport, and what it told."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.transport = Transport(toolkit.audio, toolkit.catalog, toolkit.settings, self.pump)
        self.troubles: list[str] = []
        self.told: list[NowPlaying] = []
        self.notices: list[str] = []
        self.ended: list[int] = []
        self.transport.trouble.connect(self.troubles.append)
        self.transport.notice.connect(self.notices.append)
        self.transport.changed.connect(self.told.append)
        self.transport.ended.connect(self.ended.append)


@pytest.fixture
def rig(filled: Toolkit) -> Iterator[Rig]:
    rig = Rig(filled)
    yield rig
    rig.pump.close()


def test_arriving_plays(rig: Rig) -> None:
    row = rig.row("snare")
    rig.transport.arrive(row)
    rig.clock.run(lambda: rig.now.state == "playing")
    assert rig.now.id == row.id
    rig.clock.run(lambda: rig.told and rig.told[-1].id == row.id)
    assert title(rig.told[-1]) == "snare tight.wav"


def test_arriving_without_audition_is_silent_until_the_play_key(rig: Rig) -> None:
    rig.toolkit.settings.audition = False
    rig.transport.arrive(rig.row("bass deep"))
    for _ in range(20):
        rig.clock.step()
    assert rig.now.state == "stopped"
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "playing")


def test_toggle_pauses_and_goes_on_and_follows_the_focus(rig: Rig) -> None:
    rig.transport.arrive(rig.row("bass deep"))
    rig.clock.run(lambda: rig.now.state == "playing")
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "paused")
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "playing")
    rig.toolkit.settings.audition = False
    rig.transport.arrive(rig.row("bass sub"))
    rig.transport.toggle()
    rig.clock.run(lambda: Path(rig.now.path or "").name == "bass sub.wav")


def test_seek_goes_to_a_moment(rig: Rig) -> None:
    rig.transport.arrive(rig.row("vocal loop"))
    rig.clock.run(lambda: rig.now.state == "playing" and rig.now.duration_s)
    rig.transport.seek(2.5)
    rig.clock.run(lambda: rig.now.position_s >= 2.5)
    rig.transport.stop()
    rig.clock.run(lambda: rig.now.state == "stopped")


def test_the_level_is_kept_and_clamped(rig: Rig) -> None:
    rig.transport.set_volume(-12.34)
    rig.clock.run(lambda: rig.now.volume_db == pytest.approx(-12.3))
    rig.transport.set_volume(99)
    assert rig.toolkit.settings.volume_db == 6.0
    rig.transport.set_volume(-99)
    assert rig.toolkit.settings.volume_db == -60.0


def test_a_remembered_level_is_handed_over(filled: Toolkit) -> None:
    filled.settings.volume_db = -7.0
    rig = Rig(filled)
    rig.transport.start()
    rig.clock.run(lambda: rig.now.volume_db == -7.0)
    rig.pump.close()


def test_a_broken_sound_is_explained_and_silences_the_last(rig: Rig) -> None:
    rig.transport.arrive(rig.row("vocal loop"))
    rig.clock.run(lambda: rig.now.state == "playing")
    broken = rig.row("is:bad")
    rig.transport.arrive(broken)
    rig.clock.run(lambda: rig.troubles[-1].startswith("broken.wav: "))
    reason = rig.toolkit.catalog.get(broken.id).reason
    assert reason and rig.troubles[-1].endswith(reason)
    rig.clock.run(lambda: rig.now.state == "stopped")
    rig.transport.arrive(rig.row("kick"))
    assert rig.troubles[-1] == ""


@pytest.mark.parametrize("state", ["missing", "offline", "cloud", "held"])
def test_what_is_not_here_is_explained(rig: Rig, state: str) -> None:
    rig.transport.arrive(dataclasses.replace(rig.row("kick"), state=state))  # type: ignore[arg-type]
    assert rig.troubles[-1]


def test_a_file_that_vanished_is_explained(rig: Rig, tmp_path: Path) -> None:
    row = rig.row("hat")
    rig.toolkit.settings.audition = True
    gone = Path(row.path)
    aside = gone.rename(tmp_path / gone.name)
    try:
        rig.transport.arrive(row)
        rig.clock.run(lambda: rig.troubles and rig.troubles[-1], "the explanation")
    finally:
        aside.rename(gone)


def test_no_device_is_explained(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def play(*_: object, **__: object) -> None:
        raise NoAudioDevice("There is no sound device to play on.")

    monkeypatch.setattr(rig.toolkit.audio, "play", play)
    rig.transport.arrive(rig.row("kick"))
    rig.clock.run(lambda: rig.troubles[-1] == "There is no sound device to play on.")


def test_the_window_never_waits_for_the_player(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrows held down: the window goes on, and of the sounds in between only the last is played."""
    played: list[int] = []
    go = threading.Event()

    def play(id: int, **_: object) -> None:
        played.append(id)
        go.wait(5)

    monkeypatch.setattr(rig.toolkit.audio, "play", play)
    rows = rig.toolkit.catalog.search("is:ok").rows
    for row in rows:
        rig.transport.arrive(row)
        time.sleep(0.001)
    go.set()
    rig.clock.run(lambda: len(played) == 2)
    assert played == [rows[0].id, rows[-1].id]


def test_among_copies_the_same_moment_is_heard(rig: Rig) -> None:
    one, other = rig.row("vocal loop"), rig.row("drum loop")
    rig.transport.play(one)
    rig.clock.run(lambda: rig.now.state == "playing" and rig.now.position_s > 0.3)
    rig.transport.arrive(other, beside=[one.id, other.id])
    rig.clock.run(lambda: rig.now.id == other.id and rig.now.state == "playing")
    assert rig.now.position_s >= 0.3
    rig.transport.arrive(one)
    rig.clock.run(lambda: rig.now.id == one.id and rig.now.state == "playing")
    assert rig.now.position_s < 0.3


def test_a_sound_that_is_cut_off_plays_and_is_remarked_on(rig: Rig, tmp_path: Path) -> None:
    whole = make("wav_16", tmp_path / "cut.wav", seconds=2.0)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    rig.toolkit.sources.scan([tmp_path]).result(30)
    row = rig.row("cut")
    assert row.state == "bad"
    rig.transport.arrive(row)
    rig.run(lambda: rig.notices, "the remark")
    assert rig.now.id == row.id and rig.now.state == "playing"
    assert rig.notices == [f"cut.wav: {rig.toolkit.catalog.get(row.id).reason}"]
    assert rig.troubles == [""]


def test_the_end_of_a_sound_is_told_but_not_that_it_was_stopped(rig: Rig) -> None:
    row = rig.row("kick 1")
    rig.transport.play(row)
    rig.run(lambda: rig.ended == [row.id], "the end")
    rig.transport.play(rig.row("vocal loop"))
    rig.run(lambda: rig.now.state == "playing")
    rig.transport.stop()
    rig.run(lambda: rig.told[-1].state == "stopped")
    rig.transport.toggle()
    rig.run(lambda: rig.now.state == "playing")
    rig.transport.play(rig.row("is:bad"))
    rig.run(lambda: rig.now.state == "stopped")
    rig.rest()
    assert rig.ended == [row.id]


def marked(rig: Rig) -> None:
    rig.transport.play(rig.row("vocal loop"))
    rig.run(lambda: rig.now.state == "playing")
    rig.transport.mark((1.0, 1.2))
    rig.run(lambda: rig.now.region == (1.0, 1.2))


def test_a_marked_region_plays_again_and_again(rig: Rig) -> None:
    marked(rig)
    assert rig.transport.region == (1.0, 1.2)
    seen: list[float] = []
    for _ in range(5):
        rig.rest(100)
        seen.append(rig.now.position_s)
    assert rig.now.state == "playing" and all(1.0 <= position_s <= 1.2 for position_s in seen)
    assert rig.ended == [] and not rig.toolkit.settings.loop


def test_without_its_region_the_sound_goes_on_from_where_it_is(rig: Rig) -> None:
    marked(rig)
    rig.transport.unmark()
    rig.run(lambda: rig.now.region is None and rig.now.position_s > 1.3, "the rest of the sound")
    assert rig.transport.region is None


def test_a_region_that_is_cleared_while_paused_stays_silent(rig: Rig) -> None:
    marked(rig)
    rig.transport.toggle()
    rig.run(lambda: rig.now.state == "paused")
    rig.transport.unmark()
    rig.run(lambda: rig.now.state == "stopped")
    assert rig.transport.region is None and 1.0 <= rig.now.position_s <= 1.2
    rig.transport.toggle()
    rig.run(lambda: rig.now.position_s > 1.3, "the sound, from there on")
    assert rig.now.region is None


def test_seeking_inside_a_region_keeps_it_and_beyond_leaves_it(rig: Rig) -> None:
    marked(rig)
    rig.transport.seek(1.1)
    rig.rest()
    assert rig.now.region == (1.0, 1.2)
    rig.transport.seek(3.0)
    rig.run(lambda: rig.now.region is None and rig.now.position_s >= 3.0, "the new place")
    assert rig.transport.region is None


def test_a_region_is_of_one_sound(rig: Rig) -> None:
    marked(rig)
    rig.transport.arrive(rig.row("bass sub"))
    assert rig.transport.region is None
    rig.run(lambda: rig.now.region is None)


def test_a_stopped_region_plays_again_with_the_play_key(rig: Rig) -> None:
    marked(rig)
    rig.transport.stop()
    rig.run(lambda: rig.now.state == "stopped")
    rig.transport.toggle()
    rig.run(lambda: rig.now.state == "playing")
    assert rig.now.region == (1.0, 1.2)


def test_a_click_in_a_sound_that_has_ended_is_heard(rig: Rig) -> None:
    rig.transport.play(rig.row("kick 1"))
    rig.run(lambda: rig.ended)
    rig.transport.seek(0.1)
    rig.run(lambda: len(rig.ended) == 2, "the rest of it")


def test_skipping_goes_on_and_back_and_stays_in_the_sound(rig: Rig) -> None:
    rig.transport.skip(1.0)
    assert rig.state == "stopped"
    rig.transport.play(rig.row("vocal loop"))
    rig.run(lambda: rig.state == "playing" and rig.now.duration_s)
    rig.transport.toggle()
    rig.run(lambda: rig.state == "paused")
    before = rig.now.position_s
    rig.transport.skip(2.0)
    rig.run(lambda: rig.now.position_s == pytest.approx(before + 2.0, abs=0.05))
    rig.transport.skip(-99.0)
    rig.run(lambda: rig.now.position_s == 0.0)
    assert rig.state == "paused"


def test_to_renew_is_to_go_on_where_it_is(rig: Rig) -> None:
    rig.transport.renew()
    assert rig.state == "stopped"
    rig.transport.play(rig.row("vocal loop"), start_s=1.0)
    rig.run(lambda: rig.now.position_s > 1.1)
    rig.transport.renew()
    rig.rest(80)
    assert rig.state == "playing" and rig.now.position_s > 1.1
