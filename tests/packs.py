"""Real sample packs, as Debian ships them; ``build/test.py`` fetches them into ``.cache/packs``."""

from pathlib import Path

import pytest

import debian


def sonic_pi() -> Path:
    """The samples of Sonic Pi: one folder of FLAC files. Skips the test where they are not here."""
    return _unpacked("sonic-pi-samples") / "sonic-pi" / "samples"


def lmms() -> Path:
    """The samples of LMMS: folders of Ogg Vorbis, FLAC and WAV. Skips the test where they are not here."""
    return _unpacked("lmms-common") / "lmms" / "samples"


def _unpacked(name: str) -> Path:
    folder = debian.PACKS / name / "usr" / "share"
    if not folder.is_dir():
        pytest.skip(f"needs the sample pack {name}, which build/test.py fetches on Debian")
    return folder
