"""The menu of where sound comes out."""

import tkinter as tk

import pytest

from ctk.records import Device
from ctk.ui.models.output import BUFFERS_MS
from tests.ui.conftest import Rig
from tests.ui.views.test_transport import labels

DEVICES = (Device("built-in", "Built-in", True), Device("usb", "USB interface", False))


@pytest.fixture
def menu(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> tk.Menu:
    """It, open, with two devices."""
    monkeypatch.setattr(tk.Menu, "tk_popup", lambda *_: None)
    monkeypatch.setattr(rig.toolkit.audio, "devices", lambda: DEVICES)
    rig.window.player.show_output()
    rig.wait(lambda: rig.window.playing.output.devices == DEVICES)
    rig.window.player.show_output()
    return rig.window.player.output.menu


def test_it_lists_devices_level_and_buffers(menu: tk.Menu) -> None:
    assert labels(menu)[:4] == ["As the system (Built-in)", "Built-in", "USB interface", "Even loudness"]
    assert len(labels(menu)) == 4 + len(BUFFERS_MS)


def test_a_device_is_chosen(rig: Rig, menu: tk.Menu, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(rig.toolkit.audio, "set_device", asked.append)
    menu.invoke("USB interface")
    rig.wait(lambda: asked == ["usb"])
    menu.invoke("As the system (Built-in)")
    rig.wait(lambda: asked == ["usb", None])


def test_one_that_is_away_stays_chosen_and_says_so(rig: Rig, menu: tk.Menu) -> None:
    rig.toolkit.settings.device = "studio"
    rig.window.player.show_output()
    assert "The chosen device, not connected" in labels(menu)
    rig.toolkit.settings.device = ""


def test_even_loudness_and_buffer_are_settings(rig: Rig, menu: tk.Menu) -> None:
    menu.invoke("Even loudness")
    assert rig.toolkit.settings.even_loudness
    menu.invoke("Buffer 50 ms")
    assert rig.toolkit.settings.buffer_ms == 50
