"""Playing in the whole window: held arrows while a scan runs, on through the list, switches that count everywhere."""

import time
from pathlib import Path

import pytest

from ctk.records import NowPlaying
from ctk.toolkit import Toolkit
from tests.sounds import KINDS, make
from tests.ui.conftest import Rig

ROWS_A_SECOND = 30


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound of every kind."""
    folder = tmp_path_factory.mktemp("mixed")
    for number, (name, kind) in enumerate(KINDS.items()):
        make(name, folder / f"{number:02} {name}.{kind.extension}", seconds=0.4 + number % 5 * 0.3)
    return folder


@pytest.fixture(scope="session")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is scanned meanwhile."""
    folder = tmp_path_factory.mktemp("more")
    for number in range(600):
        make("wav_16", folder / f"zz {number}.wav", seconds=0.05)
    return folder


@pytest.mark.parametrize("seconds", [3.0, pytest.param(60.0, marks=[pytest.mark.long, pytest.mark.timeout(240)])])
def test_the_arrow_can_be_held_while_a_scan_runs(
    screen: str, toolkit: Toolkit, mixed: Path, more: Path, seconds: float
) -> None:
    """Nothing raises (an ERROR in the log fails the test), and what is in focus in the end is what is heard."""
    toolkit.sources.scan([mixed]).result(60)
    toolkit.settings.detail = True
    rig = Rig(toolkit)
    rig.wait(lambda: rig.names, "the rows")
    rig.window.catalog.enter()
    rig.window.scans.scan([str(more)])
    hold(rig, seconds)
    rig.hands.key("Home")
    rig.wait(lambda: rig.picked == [rig.names[0]])
    rig.wait(lambda: rig.playing == rig.names[0], "the sound in focus")
    rig.wait(lambda: rig.toolkit.audio.now().state == "stopped", "its end")
    rig.wait(lambda: str(rig.window.player._name.cget("text")) == rig.names[0])
    rig.window.quit()


def hold(rig: Rig, seconds: float) -> None:
    """The arrow key, down and at the end up again, so many rows a second."""
    tree, selection, search = rig.window.catalog.table.tree, rig.window.selection, rig.window.search
    key = "<Down>"
    until = time.monotonic() + seconds
    while (now := time.monotonic()) < until:
        if selection.focus == 0:
            key = "<Down>"
        elif selection.focus == search.total - 1:
            key = "<Up>"
        tree.event_generate(key)
        while time.monotonic() < now + 1 / ROWS_A_SECOND:
            rig.root.update()
            time.sleep(0.001)


def test_the_list_goes_on_and_takes_the_focus_along(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3)
    rig.hands.key("ctrl+g", "Down")
    rig.wait(lambda: rig.picked in (["kick 2.wav"], ["kick 10.wav"]), "the second, or the third where it was over soon")
    rig.wait(lambda: rig.picked == ["kick 10.wav"] and rig.playing == "kick 10.wav", "the third")
    rig.wait(lambda: rig.toolkit.audio.now().state == "stopped", "the end of the list")


def test_the_next_hit_is_heard_from_the_search_box(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3)
    rig.hands.key("F3")
    rig.wait(lambda: rig.playing == "kick 1.wav", "the first hit")
    rig.hands.key("F3")
    rig.wait(lambda: rig.playing == "kick 2.wav", "the next")
    rig.hands.key("shift+F3")
    rig.wait(lambda: rig.playing == "kick 1.wav", "the one before")
    assert rig.window.catalog.bar.field.text == "kick"


def test_what_is_around_the_focus_is_prepared(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[list[int]] = []
    monkeypatch.setattr(rig.toolkit.audio, "prepare", lambda ids: prepared.append(list(ids)))
    rig.hands.key("Down", "Down")
    rig.wait(lambda: prepared)
    third = rig.window.search.row(3)
    assert third is not None and third.id in prepared[-1]


def test_after_a_search_its_first_hits_are_prepared(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[list[int]] = []
    monkeypatch.setattr(rig.toolkit.audio, "prepare", lambda ids: prepared.append(list(ids)))
    rig.hands.type("kick")
    rig.wait(lambda: prepared and len(prepared[-1]) == 3, "the hits")


def test_listening_comes_by_itself_and_is_shown(rig: Rig) -> None:
    strip = rig.window.status.progress[2]
    told: list[bool] = []
    rig.window.playing.listening.changed.connect(lambda status: told.append(status is not None))
    rig.window.playing.listening._soon(0)
    rig.wait(lambda: told and not told[-1], "the end")
    assert not strip.on
    ids = [row.id for row in rig.toolkit.catalog.search("is:ok").rows]
    assert len(rig.toolkit.waveforms.kept(ids)) == len(ids)


def test_even_loudness_counts_for_what_plays(rig: Rig) -> None:
    heard: list[NowPlaying] = []
    rig.hands.type("vocal")
    rig.hands.key("Down")
    rig.wait(lambda: rig.toolkit.audio.now().position_s > 0.2)
    rig.window.playing.transport.changed.connect(heard.append)
    rig.hands.key("ctrl+shift+e")
    assert rig.toolkit.settings.even_loudness
    rig.wait(lambda: heard, "a new start")
    assert rig.toolkit.audio.now().state == "playing" and rig.toolkit.audio.now().position_s > 0.2


def test_sentences_find_the_status_line(rig: Rig) -> None:
    from ctk.events import DevicesChanged

    rig.toolkit.events.emit(DevicesChanged("Sound comes out of the headphones now."))
    rig.wait(lambda: rig.status == "Sound comes out of the headphones now.")
    rig.window.playing.transport.notice("cut.wav: it is cut off.")
    assert rig.status == "cut.wav: it is cut off."
