"""Dark or light, as each desktop tells it."""

import os
import stat
import sys
from pathlib import Path

import pytest

from ctk.ui import system

linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux and its kin")


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings, and no programs to ask but those in ``bin``."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("GTK_THEME", raising=False)
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/nonexistent")
    return tmp_path


def program(bare: Path, name: str, says: str, code: int = 0) -> None:
    file = bare / "bin" / name
    file.write_text(f"#!/bin/sh\nprintf '%b' '{says}'\nexit {code}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@linux
def test_nothing_is_told() -> None:
    assert system.guess() is None
    assert system.ask() is None
    assert system.desktop_dpi() is None


@linux
@pytest.mark.parametrize(("name", "mode"), [("Adwaita:dark", "dark"), ("Adwaita", "light")])
def test_the_environment_may_tell(name: str, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTK_THEME", name)
    assert system.guess() == mode


@linux
@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("[Settings]\ngtk-application-prefer-dark-theme=1\n", "dark"),
        ("[Settings]\ngtk-theme-name=Yaru-dark\n", "dark"),
        ("[Settings]\ngtk-theme-name=Yaru\n", None),
        ("no ini file at all \0", None),
        ("[Settings]\n=\n%(\n", None),
    ],
)
def test_gtk_settings_may_tell(bare: Path, text: str, mode: str | None) -> None:
    (bare / "gtk-3.0").mkdir()
    (bare / "gtk-3.0" / "settings.ini").write_text(text)
    assert system.guess() == mode


@linux
@pytest.mark.parametrize(("colour", "mode"), [("35,38,41", "dark"), ("239,240,241", "light"), ("none", None)])
def test_kde_may_tell(bare: Path, colour: str, mode: str | None) -> None:
    (bare / "kdeglobals").write_text(f"[Colors:Window]\nBackgroundNormal={colour}\n")
    assert system.guess() == mode


@linux
@pytest.mark.parametrize(
    ("says", "mode"),
    [("(<<uint32 1>>,)", "dark"), ("(<<uint32 2>>,)", "light"), ("(<<uint32 0>>,)", None), ("", None)],
)
def test_the_portal_may_tell(bare: Path, says: str, mode: str | None) -> None:
    program(bare, "gdbus", says)
    assert system.ask() == mode


@linux
@pytest.mark.parametrize(
    ("says", "mode"), [("'prefer-dark'", "dark"), ("'prefer-light'", "light"), ("'default'", None)]
)
def test_gnome_may_tell(bare: Path, says: str, mode: str | None) -> None:
    program(bare, "gdbus", "no such service", code=1)
    program(bare, "gsettings", says)
    assert system.ask() == mode


@linux
def test_a_program_that_hangs_is_not_waited_for(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "ASK_S", 0.1)
    (bare / "bin" / "gdbus").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    (bare / "bin" / "gdbus").chmod(0o755)
    assert system._run("gdbus", limit_s=0.1) is None


@linux
@pytest.mark.parametrize(
    ("says", "dpi"),
    [
        ("Xft.dpi:\t192\n", 192.0),
        ("Xft.antialias: 1\nXft.dpi: 120.5\n", 120.5),
        ("Xft.dpi: huge\n", None),
        ("Xft.dpi: 100000\n", 480.0),
        ("", None),
    ],
)
def test_the_desktop_may_tell_its_dots(screen: str, says: str, dpi: float | None) -> None:
    from Xlib import Xatom
    from Xlib.display import Display

    connection = Display(screen)
    try:
        root = connection.screen().root
        resources = connection.intern_atom("RESOURCE_MANAGER")
        root.change_property(resources, Xatom.STRING, 8, says.encode("ascii"))
        connection.sync()
        assert system.desktop_dpi() == dpi
        root.delete_property(resources)
        connection.sync()
        assert system.desktop_dpi() is None
    finally:
        connection.close()


@linux
def test_without_a_display_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":999999")
    assert system.desktop_dpi() is None


def test_being_sharp_is_harmless() -> None:
    system.be_sharp()
