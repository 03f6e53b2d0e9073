"""The pane below the list: the sound in focus, large, with all that is known of it."""

from dataclasses import replace

import pytest

from ctk.looks.look import Fonts
from ctk.ui.views.detail import DetailView, _lines
from tests.display import settle
from tests.ui.conftest import Rig


@pytest.fixture
def pane(rig: Rig) -> DetailView:
    """It, open over a sound that is in focus and silent."""
    rig.toolkit.settings.audition = False
    rig.hands.key("ctrl+i")
    rig.hands.type("vocal")
    rig.hands.key("Down")
    pane = rig.window.detail.view
    rig.wait(pane.winfo_ismapped, "the pane")
    rig.wait(lambda: pane.wave.widget._outlines, "the waveform")
    return pane


def said(pane: DetailView) -> str:
    return pane.facts.get("1.0", "end")


def test_it_tells_all_of_the_sound_in_focus(rig: Rig, pane: DetailView) -> None:
    assert str(pane._title.cget("text")) == "vocal loop.wav"
    rig.wait(lambda: str(pane._folder.cget("text")) == "Samples / Loops", "the folder")
    rig.wait(lambda: "Peak" in said(pane), "the level")
    assert "22.05 kHz" in said(pane) and "mono" in said(pane)
    assert pane.facts.tag_ranges("name")
    names = {pane.facts.get(start, end) for start, end in _pairs(pane)}
    assert {"Format", "Length", "Rate", "Peak"} <= names


def _pairs(pane: DetailView) -> list[tuple[str, str]]:
    ends = [str(index) for index in pane.facts.tag_ranges("name")]
    return list(zip(ends[::2], ends[1::2], strict=True))


def test_a_click_plays_from_there(rig: Rig, pane: DetailView) -> None:
    wave = pane.wave.widget
    rig.hands.click(wave, wave.winfo_width() // 2, 20)
    rig.wait(lambda: rig.toolkit.audio.now().position_s >= 2.4, "the sound")
    assert rig.playing == "vocal loop.wav"
    rig.hands.click(wave, wave.winfo_width() // 5, 20)
    rig.wait(lambda: 0.9 < rig.toolkit.audio.now().position_s < 2.0, "another place")


def test_a_drag_loops_a_part_and_a_double_click_plays_on(rig: Rig, pane: DetailView) -> None:
    wave = pane.wave.widget
    width = wave.winfo_width()
    rig.hands.drag(wave, (width // 5, 20), (width * 2 // 5, 20))
    rig.wait(lambda: rig.toolkit.audio.now().region == pytest.approx((1.0, 2.0), abs=0.05), "the region")
    rig.hands.click(wave, width * 3 // 10, 20, count=2)
    rig.wait(lambda: rig.toolkit.audio.now().region is None, "the whole")
    assert rig.toolkit.audio.now().state == "playing"


def test_zooming_fetches_a_finer_outline_and_shows_where_one_is(rig: Rig, pane: DetailView) -> None:
    wave = pane.wave.widget
    assert not pane._along.winfo_ismapped() and pane._hint.winfo_ismapped()
    wave.focus_force()
    settle(rig.root)
    rig.hands.key("plus", "plus", "plus")
    rig.wait(pane._along.winfo_ismapped, "the scroll bar")
    rig.wait(lambda: len(wave._outlines) == 2, "the finer outline")
    first, last = pane._along.get()[:2]
    assert 0 < first < last < 1
    before = wave.view
    pane._scroll("scroll", "1", "units")
    assert wave.view.start_s > before.start_s
    pane._scroll("moveto", "0.0")
    assert wave.view.start_s == 0.0
    rig.hands.key("0")
    rig.wait(pane._hint.winfo_ismapped, "the hint")


def test_it_follows_the_focus_and_is_empty_without(rig: Rig, pane: DetailView) -> None:
    rig.hands.type("x")
    rig.hands.key("Escape")
    rig.window.catalog.bar.field.clear()
    rig.wait(lambda: len(rig.names) > 5)
    rig.wait(pane._empty.winfo_ismapped, "the empty state")
    rig.hands.key("Down")
    rig.wait(lambda: str(pane._title.cget("text")) == rig.names[0], "the first sound")
    assert not pane._empty.winfo_ismapped()


def test_the_cross_puts_it_away_and_the_next_start_remembers(rig: Rig, pane: DetailView) -> None:
    assert rig.toolkit.settings.detail
    pane._cross.invoke()
    rig.wait(lambda: not pane.winfo_ismapped())
    assert not rig.toolkit.settings.detail


def test_in_a_narrow_window_the_waveform_has_it_all(rig: Rig, pane: DetailView) -> None:
    rig.root.geometry("640x500")
    rig.wait(lambda: not pane.facts.winfo_ismapped(), "the facts going away")
    rig.wait(lambda: pane.wave.widget.winfo_width() > pane.winfo_width() - 40, "the waveform")
    assert pane.winfo_height() <= rig.window.catalog.winfo_height() // 2
    rig.root.geometry("1100x700")
    rig.wait(pane.facts.winfo_ismapped, "the facts")


def test_in_a_low_pane_the_waveform_is_alone_and_nothing_is_cut(rig: Rig, pane: DetailView) -> None:
    rig.root.geometry("1100x700")
    rig.wait(pane.facts.winfo_ismapped, "the facts")
    pane._fit(1000, 100)
    settle(rig.root)
    assert not any(widget.winfo_ismapped() for widget in (pane.facts, pane.note, pane._below))
    pane._fit(1000, 300)
    settle(rig.root)
    assert all(widget.winfo_ismapped() for widget in (pane.facts, pane.note, pane._below))


def test_larger_writing_has_more_room(rig: Rig, pane: DetailView) -> None:
    theme = rig.window.theme
    before = [int(str(stop)) for stop in rig.root.tk.splitlist(pane.facts.cget("tabs"))]
    theme.take(replace(theme.look, fonts=Fonts(size=150)))
    after = [int(str(stop)) for stop in rig.root.tk.splitlist(pane.facts.cget("tabs"))]
    assert after == pytest.approx([stop * 1.5 for stop in before], abs=2)


def test_short_facts_share_a_line() -> None:
    facts = [("Rate", "44.1 kHz"), ("Depth", "24 bit"), ("Comment", "a long remark on this"), ("Key", "Am")]
    assert _lines(facts) == [(facts[0], facts[1]), (facts[2],), (facts[3],)]
