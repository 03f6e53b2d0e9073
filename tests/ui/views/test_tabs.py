"""Tabs are one stop for the keys, and arrows turn the pages."""

from tkinter import ttk

from tests.ui.conftest import Rig


def test_arrows_turn_the_pages_and_the_keys_stay(rig: Rig) -> None:
    tabs = rig.window.pages._tabs
    assert tabs is not None
    stops = [
        tab for tab in tabs.winfo_children() if isinstance(tab, ttk.Radiobutton) and int(str(tab.cget("takefocus")))
    ]
    assert [str(tab.cget("text")) for tab in stops] == ["Catalog"]
    stops[0].focus_force()
    rig.root.update()
    for key, page in (("Right", "Sources"), ("Left", "Catalog"), ("Left", "Map"), ("Right", "Catalog")):
        rig.hands.key(key)
        rig.wait(lambda page=page: rig.window.pages.name == page, page)  # type: ignore[misc]
        focus = rig.root.focus_get()
        assert isinstance(focus, ttk.Radiobutton) and str(focus.cget("text")) == page
