"""Menus show what is on and what can be done."""

import tkinter as tk

import pytest

from tests.ui.conftest import Rig


def menu(rig: Rig, title: str) -> tk.Menu:
    """An open menu of the bar."""
    bar = rig.root.nametowidget(str(rig.root.cget("menu")))
    found: tk.Menu = rig.root.nametowidget(str(bar.entrycget(title, "menu")))
    rig.root.tk.eval(str(found.cget("postcommand")))
    return found


def is_on(rig: Rig, opened: tk.Menu, label: str) -> bool:
    return bool(int(rig.root.getvar(str(opened.entrycget(label, "variable")))))


def test_toggles_show_how_they_stand(rig: Rig) -> None:
    assert not is_on(rig, menu(rig, "Play"), "Loop")
    menu(rig, "Play").invoke("Loop")
    assert rig.toolkit.settings.loop
    assert is_on(rig, menu(rig, "Play"), "Loop")


def test_the_look_is_chosen_and_marked(rig: Rig) -> None:
    menu(rig, "View").invoke("Dark")
    assert rig.window.theme.tokens.name == "dark"
    view = menu(rig, "View")
    assert [is_on(rig, view, label) for label in ("As the system", "Light", "Dark")] == [False, False, True]
    view.invoke("Light")
    assert rig.window.theme.tokens.name == rig.toolkit.settings.theme == "light"


def test_what_cannot_be_done_is_grey(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    file = menu(rig, "File")
    assert str(file.entrycget("Stop the scan", "state")) == "disabled"
    assert str(file.entrycget("Rescan all folders", "state")) == "normal"
    monkeypatch.setattr(rig.window.scans, "_starting", True)
    file = menu(rig, "File")
    assert str(file.entrycget("Stop the scan", "state")) == "normal"
    assert str(file.entrycget("Rescan all folders", "state")) == "disabled"


def test_keys_stand_beside_their_actions(rig: Rig) -> None:
    assert str(menu(rig, "File").entrycget("Add folder...", "accelerator")) in ("Ctrl+O", "⌘O")


def test_pick_all_and_rescan(rig: Rig) -> None:
    menu(rig, "Edit").invoke("Pick all")
    rig.wait(lambda: len(rig.picked) == len(rig.names))
    menu(rig, "File").invoke("Rescan all folders")
    rig.wait(lambda: "nothing has changed" in rig.status, "the summary")
