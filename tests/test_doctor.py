"""The doctor tells what is fine and what to do about what is not."""

from pathlib import Path

import pytest

import ctk
from ctk.records import Check


def checks(home: Path) -> dict[str, Check]:
    with ctk.open(home) as toolkit:
        return {check.name: check for check in toolkit.doctor.report().checks}


def test_a_healthy_installation(home: Path) -> None:
    found = checks(home)
    assert list(found) == ["home", "catalog", "sound device", "formats", "tray", "display"]
    assert found["home"].ok
    assert found["catalog"].ok
    assert found["sound device"].ok
    assert "av " in found["formats"].detail


def test_no_display(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert checks(home)["display"].advice


def test_a_backend_that_is_not_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "gramophone")
    found = checks(home)["sound device"]
    assert not found.ok
    assert found.advice


def test_a_damaged_catalog_is_named(home: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.catalog.stats()
        with open(home / "catalog.db", "r+b") as file:
            file.seek(4096)
            file.write(b"\x55" * 4096 * 3)
        report = toolkit.doctor.report()
    assert not next(check for check in report.checks if check.name == "catalog").ok
    assert not report.ok
