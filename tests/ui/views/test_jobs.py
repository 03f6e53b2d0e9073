"""The status line: news for a while, bad news with a sign, the scan with its button."""

import threading

import pytest

from ctk.ui.views import jobs
from tests.display import settle
from tests.looks.making import own
from tests.ui.conftest import Rig
from tests.ui.test_panes import choose


def test_news_comes_and_goes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "NEWS_MS", 50)
    line = rig.window.status
    line.rest("at rest")
    line.say("It is done.")
    assert line.text == "It is done."
    line.rest("resting elsewhere")
    assert line.text == "It is done."
    rig.wait(lambda: line.text == "resting elsewhere", "the rest")


def test_bad_news_has_a_sign_and_can_be_taken_back(rig: Rig) -> None:
    line = rig.window.status
    line.rest("at rest")
    line.complain("It broke.")
    rig.wait(line._icon.winfo_ismapped, "the sign")
    assert str(line._news.cget("style")) == "Trouble.TLabel"
    line.complain("")
    assert line.text == "at rest"
    rig.wait(lambda: not line._icon.winfo_ismapped())
    line.say("It is done.")
    line.complain("")
    assert line.text == "It is done."


def test_the_totals_stand_at_the_end(rig: Rig) -> None:
    rig.wait(lambda: str(rig.window.status._totals.cget("text")).startswith("10 sounds"))


def test_what_is_at_work_stands_in_the_place_of_the_totals(rig: Rig) -> None:
    line, stop = rig.window.status, threading.Event()
    rig.wait(line._totals.winfo_ismapped, "the totals")
    rig.window.work.run(lambda: rig.toolkit.jobs.start("Working", lambda _: stop.wait()), lambda _: None, print)
    rig.wait(line.progress[1].winfo_ismapped, "the progress")
    assert not line._totals.winfo_ismapped() and not line.progress[0].winfo_ismapped()
    stop.set()
    rig.wait(line._totals.winfo_ismapped, "the totals")


def test_its_height_stays_whatever_it_says(rig: Rig) -> None:
    line, stop = rig.window.status, threading.Event()
    own(rig.toolkit.home, "huge", "[fonts]\nsize = 160\n")
    own(rig.toolkit.home, "roomy", '[styles.TButton]\npadding = [10, 9]\n[styles."Link.TButton"]\npadding = [8, 9]\n')
    seen = []
    for look in ("dark", "huge", "roomy", "light"):
        choose(rig, look)
        stop.clear()
        heights = [line.winfo_height()]
        rig.window.work.run(lambda: rig.toolkit.jobs.start("Working", lambda _: stop.wait()), lambda _: None, print)
        rig.wait(line.progress[1].winfo_ismapped, "the progress")
        settle(rig.root)
        heights.append(line.winfo_height())
        line.complain("It broke.", "in detail")
        rig.wait(line.more.winfo_ismapped, "the button for more")
        settle(rig.root)
        heights.append(line.winfo_height())
        stop.set()
        rig.wait(line._totals.winfo_ismapped, "the totals")
        line.say("Fine.")
        settle(rig.root)
        heights.append(line.winfo_height())
        assert len(set(heights)) == 1, (look, heights)
        seen += heights[:1]
    assert seen[0] == seen[3] < seen[1], seen


def test_the_sign_takes_on_the_colours_of_another_look(rig: Rig) -> None:
    line, theme = rig.window.status, rig.window.theme
    choose(rig, "light")
    line.complain("It broke.")
    (before,) = line._icon.cget("image")
    choose(rig, "dark")
    (now,) = line._icon.cget("image")
    assert str(now) == str(theme.icon("alert", jobs.SIGN, theme.tokens.danger)) != str(before)
