"""The icon, the words and the menu for what goes on, without any tray."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ctk.actions import Action, Actions, Line
from ctk.events import JobChanged, PlaybackChanged
from ctk.jobs import Task
from ctk.records import JobState, JobStatus, NowPlaying, Progress
from ctk.toolkit import Toolkit
from ctk.tray.face import ACTIONS, TIP_CHARS, Face, Watch


def offered(run: Callable[[str], None] = lambda _: None, can: Callable[[], bool] = lambda: True) -> Actions:
    """Actions with the ids that the menu wants."""
    actions = Actions()
    for id in ACTIONS:
        actions.add(Action(id, f"Do {id}", lambda id=id: run(id), (), can))  # type: ignore[misc]
    return actions


def watch(toolkit: Toolkit, changed: Callable[[], None] = lambda: None) -> Watch:
    return Watch(toolkit, offered(), {"file.stay": lambda: True, "file.startup": lambda: False}, changed)


def status(
    done: int = 0, words: str = "", *, title: str = "Scanning", state: JobState = "running", id: str = "job-1"
) -> JobChanged:
    return JobChanged(JobStatus(id, title, state, Progress(done, None, words)))


def labels(face: Face) -> list[str]:
    return [line.label for line in face.lines]


def test_at_rest_it_offers_what_the_window_offers(toolkit: Toolkit) -> None:
    face = watch(toolkit).face()
    assert (face.state, face.tip) == ("idle", "Creator's Toolkit")
    assert [line.id for line in face.lines if line.id] == [
        *("window.show", "play.toggle", "play.next", "file.rescan"),
        *("file.stay", "file.startup", "file.quit"),
    ]
    assert labels(face)[:3] == ["Do window.show", "", "Play"]
    assert {line.id: line.checked for line in face.lines if line.checked is not None} == {
        "file.stay": True,
        "file.startup": False,
    }


def test_a_scan_shows_and_tells_how_far_it_is(toolkit: Toolkit) -> None:
    seen = watch(toolkit)
    toolkit.events.emit(status(12_340, "Reading Drums"))
    face = seen.face()
    assert (face.state, face.tip) == ("scanning", "Scanning: 12,340 files")
    assert Line("", "Scanning: 12,340 files", enabled=False) in face.lines
    toolkit.events.emit(status(state="done"))
    assert seen.face().state == "idle"


@pytest.mark.parametrize(
    ("said", "tip"),
    [
        (status(1), "Scanning: 1 file"),
        (status(), "Scanning"),
        (status(5, "Listening to sounds, 8 a second", title="Listening to sounds"), "Listening to sounds, 8 a second"),
        (status(5, "Reading names", title="Finding out"), "Finding out: Reading names"),
        (status(title="Moving 3 sounds"), "Moving 3 sounds"),
    ],
)
def test_work_of_any_kind_is_told_in_a_few_words(toolkit: Toolkit, said: JobChanged, tip: str) -> None:
    seen = watch(toolkit)
    toolkit.events.emit(said)
    assert seen.face().tip == tip


def test_a_sound_shows_before_a_scan_and_both_are_told(toolkit: Toolkit) -> None:
    seen = watch(toolkit)
    toolkit.events.emit(status(7))
    toolkit.events.emit(PlaybackChanged(NowPlaying("playing", 1, "/Drums/kick.wav")))
    face = seen.face()
    assert (face.state, face.tip) == ("playing", "Playing kick.wav\nScanning: 7 files")
    assert "Pause" in labels(face)
    toolkit.events.emit(PlaybackChanged(NowPlaying("paused", 1, "/Drums/kick.wav")))
    face = seen.face()
    assert (face.state, face.tip) == ("scanning", "Paused: kick.wav\nScanning: 7 files")
    assert "Go on playing" in labels(face)


def test_names_no_screen_can_show_do_no_harm(toolkit: Toolkit) -> None:
    seen = watch(toolkit)
    toolkit.events.emit(PlaybackChanged(NowPlaying("playing", 1, "/Drums/kick\n\udcff" + "x" * 300 + ".wav")))
    tip = seen.face().tip
    assert tip.startswith("Playing kick\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}xx")
    assert len(tip) <= TIP_CHARS
    assert tip.encode()


def test_what_runs_already_is_known(toolkit: Toolkit) -> None:
    go = threading.Event()

    def work(_: Task) -> None:
        go.wait(20)

    job = toolkit.jobs.start("Moving 3 sounds", work)
    assert watch(toolkit).face().tip == "Moving 3 sounds"
    go.set()
    job.result(20)


def test_it_tells_of_news_until_it_is_closed(toolkit: Toolkit, tmp_path: Path) -> None:
    told: list[str] = []
    seen = watch(toolkit, lambda: told.append("news"))
    toolkit.events.emit(status())
    toolkit.events.emit(PlaybackChanged(NowPlaying()))
    seen.close()
    toolkit.events.emit(status())
    assert told == ["news", "news"]


def test_an_action_that_cannot_be_done_now_is_grey(toolkit: Toolkit) -> None:
    face = Watch(toolkit, offered(can=lambda: False), {}, lambda: None).face()
    assert not any(line.enabled for line in face.lines if line.id)
