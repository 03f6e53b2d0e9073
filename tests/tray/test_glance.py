"""The self-test's look at the tray."""

import sys
from pathlib import Path

import pytest

from ctk import paths
from ctk.errors import CtkError
from ctk.tray import pictures
from ctk.tray.glance import glance
from tests.tray_host import tray_host

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux are there several ways")


def test_it_finds_the_tray(screen: str) -> None:
    with tray_host():
        assert glance() == "a tray of X11"


def test_without_a_display_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("pystray")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("PYSTRAY_BACKEND", "xorg")
    assert glance() == "no display here"


def test_a_library_that_is_missing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    for module in [name for name in sys.modules if name.startswith("pystray")]:
        monkeypatch.delitem(sys.modules, module)
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "pystray._xorg", None)
        patched.setenv("PYSTRAY_BACKEND", "xorg")
        with pytest.raises(CtkError, match="cannot be loaded"):
            glance()
    monkeypatch.setitem(sys.modules, "pystray", None)
    with pytest.raises(CtkError, match="pystray is missing"):
        glance()


def test_a_picture_that_is_missing_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pictures.picture.cache_clear()
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    with pytest.raises(FileNotFoundError):
        glance()
