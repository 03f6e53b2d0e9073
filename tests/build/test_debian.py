"""What the tests take from Debian: told right, and unpacked whole or not at all."""

import shutil
import sys
from pathlib import Path

import pytest

import debian

needs_apt = pytest.mark.skipif(not shutil.which("apt-get"), reason="only on Debian and Ubuntu is there apt")


def test_a_tool_that_is_not_here_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert set(debian.TOOLS) | {debian.FONT} <= set(debian.missing())


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX a script is a program")
def test_a_tool_that_is_here_is_not_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, says in {"xdotool": "", "fc-list": "echo DejaVu"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{says}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not {"xdotool", "fontconfig", debian.FONT} & set(debian.missing())


@needs_apt
def test_packs_that_cannot_be_fetched_are_told_and_leave_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(debian, "PACKS", tmp_path / "packs")
    monkeypatch.setattr(debian, "PACK_NAMES", ("a-pack-that-nobody-made",))
    monkeypatch.setattr(debian, "can_install", lambda: False)
    assert "a-pack-that-nobody-made" in debian.fetch_packs()
    assert list((tmp_path / "packs").iterdir()) == []


@needs_apt
def test_packs_that_are_here_are_not_fetched_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in debian.PACK_NAMES:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(debian, "PACKS", tmp_path)
    monkeypatch.setattr(debian, "_fetch", pytest.fail)
    assert debian.fetch_packs() == ""


def test_the_real_packs_hold_what_the_tests_expect(sonic_pi: Path, lmms: Path) -> None:
    assert len(list(sonic_pi.rglob("*.flac"))) == 165
    counts = {kind: len(list(lmms.rglob(f"*.{kind}"))) for kind in ("ogg", "flac", "wav")}
    assert counts == {"ogg": 181, "flac": 33, "wav": 26}
