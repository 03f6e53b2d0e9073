"""The doctor tells what is fine and what to do about what is not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import ctk
from ctk.contract import CONTRACT_VERSION
from ctk.records import Check
from ctk.remote import door
from ctk.remote.instance import Doorway
from tests import house
from tests.sounds import make
from tests.sources.library import scan, wav
from tests.writers import waves


def checks(home: Path) -> dict[str, Check]:
    with ctk.open(home) as toolkit:
        return {check.name: check for check in toolkit.doctor.report().checks}


def test_a_healthy_installation(home: Path) -> None:
    found = checks(home)
    assert list(found) == ["home", "catalog", "watching", "door", "sound device", "formats", "tray", "display"]
    assert found["home"].ok
    assert found["catalog"].ok
    assert found["sound device"].ok
    assert "av " in found["formats"].detail


def test_more_folders_than_can_be_watched(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("ctk.sources.watch.inotify.limit", lambda: 3)
    for number in range(5):
        wav(tmp_path / "Samples" / str(number) / "kick.wav", number)
    scan(home, tmp_path / "Samples")
    found = checks(home)["watching"]
    assert not found.ok
    assert str(tmp_path / "Samples") in found.detail
    assert "max_user_watches" in found.advice


def test_the_door(home: Path) -> None:
    assert checks(home)["door"].detail.startswith("closed")
    with ctk.open(home) as toolkit:
        doorway = Doorway(toolkit, window=False)
        port = doorway.open()
        ours, theirs = checks(home)["door"], asked_elsewhere(home)
        assert ours.ok and f"port {port}, process {os.getpid()}" in ours.detail
        assert theirs == ours.detail
        doorway.close()
    door.write(home, door.Door(port, "token", os.getpid() + 1, CONTRACT_VERSION))
    assert checks(home)["door"].ok and "left over" in checks(home)["door"].detail


@pytest.mark.skipif(os.name != "posix", reason="only on systems with permissions in the file")
def test_a_door_that_others_can_read(home: Path) -> None:
    home.mkdir()
    door.write(home, door.Door(1, "token", os.getpid(), CONTRACT_VERSION), door.BESIDE)
    (home / door.BESIDE).chmod(0o644)
    found = checks(home)["door"]
    assert not found.ok and door.BESIDE in found.detail and found.advice


def asked_elsewhere(home: Path) -> str:
    """What another process says of the door."""
    command = [sys.executable, "-m", "ctk", "--home", str(home), "doctor", "--json"]
    said = json.loads(subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=True).stdout)
    return next(str(check["detail"]) for check in said["checks"] if check["name"] == "door")


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


def test_the_library(home: Path, tmp_path: Path) -> None:
    samples = tmp_path / "Samples"
    samples.mkdir()
    make("flac_16", samples / "well.flac", seconds=0.2)
    (samples / "silence.wav").write_bytes(waves.wav(np.zeros((4_000, 2)), 44_100, 16))
    whole = make("wav_16", samples / "whole.wav", seconds=20.0).read_bytes()
    (samples / "cut off.wav").write_bytes(whole[:-1_764_000])
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([samples]).result(60)
        before = toolkit.doctor.library()
        toolkit.waveforms.build().result(60)
        after = toolkit.doctor.library()
    assert (before.checked, before.unchecked, before.sounds) == (0, 4, [])
    assert (after.checked, after.unchecked) == (4, 0)
    assert {Path(sound.path).name: (sound.ailments, sound.findings) for sound in after.sounds} == {
        "silence.wav": (("silent",), ("Nothing but silence.",)),
        "cut off.wav": (("truncated",), ("Ends early: 0:10 of 0:20 are there.",)),
    }
