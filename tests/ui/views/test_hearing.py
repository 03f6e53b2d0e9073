"""The panel of the engines: what they came to, a run with its progress, and choices where there are some."""

from collections.abc import Iterator

import pytest

from ctk.classify import weights, worker
from ctk.ui.views.hearing import HearingPanel
from tests.ui.conftest import Rig


@pytest.fixture
def panel(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[HearingPanel]:
    monkeypatch.setattr(worker, "panns_missing", lambda: None)
    monkeypatch.delenv(weights.VARIABLE, raising=False)
    rig.window.actions["hear.show"].run()
    panel = rig.window.hearer.panel
    rig.wait(lambda: panel._rows, "the engines")
    yield panel


def test_listening_shows_how_far_it_is_and_what_it_came_to(rig: Rig, panel: HearingPanel) -> None:
    rig.toolkit.jobs.step_aside(0.5)
    rig.hands.click(panel.listen, 10, 10)
    rig.wait(panel._strips[0].winfo_ismapped, "the progress")
    assert panel.listen.instate(["disabled"])
    rig.wait(lambda: str(panel._news.cget("text")).startswith("Listened to 9 sounds"), "the end")
    rig.wait(lambda: not panel._strips[0].winfo_ismapped() and panel.listen.instate(["!disabled"]))
    shown = {str(said.cget("text")): count for said, count in panel._counts}
    rig.wait(lambda: int(shown["Their names"].cget("text")) > 0, "who judged")
    assert int(shown["Your own word"].cget("text")) == 0


def test_a_run_can_be_stopped(rig: Rig, panel: HearingPanel) -> None:
    rig.toolkit.jobs.step_aside(2.0)
    rig.hands.click(panel.listen, 10, 10)
    rig.wait(panel._strips[0].winfo_ismapped, "the progress")
    rig.hands.click(panel._strips[0]._cancel, 10, 8)
    rig.wait(lambda: str(panel._news.cget("text")).startswith("Stopped"), "the end")


def test_what_fetching_takes_is_said_before_anything_is_fetched(panel: HearingPanel) -> None:
    told = str(panel._weights.cget("text"))
    assert panel.fetch.winfo_ismapped() and panel.choose.winfo_ismapped()
    assert "327 MB" in told and "zenodo.org" in told and "CC BY 4.0" in told
    assert not panel._choices.winfo_ismapped()


def test_a_file_that_is_none_is_refused_in_a_sentence(
    rig: Rig, panel: HearingPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkinter.filedialog.askopenfilename", lambda **_: str(rig.toolkit.home / "catalog.db"))
    rig.hands.click(panel.choose, 10, 8)
    rig.wait(lambda: "is not what CNN14 learned" in str(panel._news.cget("text")), "the reason")
    assert str(panel._news.cget("style")) == "Danger.TLabel"


def test_with_cnn14_there_is_something_to_choose(
    rig: Rig, panel: HearingPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = rig.toolkit.home / "learned.pth"
    file.write_bytes(b"what it learned")
    monkeypatch.setenv(weights.VARIABLE, str(file))
    panel.arrive()
    rig.wait(panel._choices.winfo_ismapped, "the choices")
    assert not panel.fetch.winfo_ismapped()
    buttons = {str(button.cget("text")): button for button in panel._choices.winfo_children()}
    chosen = rig.window.hearer.listeners
    assert (chosen.engine, chosen.device) == (None, "auto")
    rig.hands.click(buttons["CNN14 on the processor"], 20, 10)
    assert (chosen.engine, chosen.device) == (None, "cpu")
    rig.hands.click(buttons["Built-in"], 20, 10)
    assert (chosen.engine, chosen.device) == ("built-in", "auto")


def test_new_sounds_are_listened_to_or_not(rig: Rig, panel: HearingPanel) -> None:
    rig.hands.click(panel.by_itself, 20, 10)
    assert not rig.toolkit.settings.hear_new
    rig.hands.click(panel.by_itself, 20, 10)
    assert rig.toolkit.settings.hear_new


def test_put_away_it_asks_nothing(rig: Rig, panel: HearingPanel) -> None:
    rig.hands.key("Escape")
    assert rig.window.pages.drawer.panel is None and not rig.window.hearer.listeners._shown


def test_what_runs_by_itself_leaves_what_was_said_in_sight(rig: Rig, panel: HearingPanel) -> None:
    rig.window.hearer.listeners._complain("It broke.")
    rig.toolkit.jobs.step_aside(0.5)
    rig.window.playing.hears.switch()
    rig.wait(lambda: rig.window.playing.hears.running, "hearing by itself")
    rig.wait(lambda: not rig.window.playing.hears.running, "the end")
    assert str(panel._news.cget("text")) == "It broke." and panel._news.winfo_ismapped()


def test_the_numbers_are_in_sight_in_a_narrow_window(rig: Rig, panel: HearingPanel) -> None:
    rig.root.geometry("700x600")
    _, count = panel._counts[0]
    rig.wait(lambda: panel.winfo_width() <= 700, "the narrow window")
    rig.wait(lambda: 0 < count.winfo_rootx() + count.winfo_width() <= panel.winfo_rootx() + 700, "the numbers")
