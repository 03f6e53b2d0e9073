"""Menus show what is on and what can be done."""

import tkinter as tk

import pytest

from tests.looks.making import own
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


def looks(rig: Rig) -> tk.Menu:
    """The open menu of looks."""
    found: tk.Menu = rig.root.nametowidget(str(menu(rig, "View").entrycget("Looks", "menu")))
    rig.root.tk.eval(str(found.cget("postcommand")))
    return found


def test_the_look_is_chosen_and_marked(rig: Rig) -> None:
    own(rig.toolkit.home, "mine", "[colours]\ntext = 1\n")
    opened = looks(rig)
    labels = [
        str(opened.entrycget(at, "label"))
        for at in range(int(str(opened.index("end"))) + 1)
        if opened.type(at) != "separator"
    ]
    assert labels == [
        *("Dark", "Light", "High contrast", "Compact", "Neon", "Mine  (has errors)"),
        *("As the system", "Choose a look...", "Reload look"),
    ]
    opened.invoke("Neon")
    assert rig.window.theme.look.id == rig.toolkit.settings.theme == "neon"
    assert str(looks(rig).getvar(str(opened.entrycget("Neon", "variable")))) == "neon"
    opened.invoke("Mine  (has errors)")
    assert rig.window.theme.look.id == "neon", "it is only told what is wrong"
    assert rig.window.looks.model.blamed == "Mine"


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
