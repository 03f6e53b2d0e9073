"""Where things are, on every system."""

import sys
from pathlib import Path

import pytest

from ctk import paths


def test_the_home_is_the_one_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_HOME", str(tmp_path / "from-environment"))
    assert paths.home(tmp_path / "asked") == tmp_path / "asked"
    assert paths.home() == tmp_path / "from-environment"
    monkeypatch.delenv("CTK_HOME")
    assert paths.home().is_absolute()


@pytest.mark.parametrize(
    ("path", "extended"),
    [
        ("C:\\Samples\\kick.wav", "\\\\?\\C:\\Samples\\kick.wav"),
        ("C:/Samples/kick.wav", "\\\\?\\C:\\Samples\\kick.wav"),
        ("\\\\nas\\samples\\kick.wav", "\\\\?\\UNC\\nas\\samples\\kick.wav"),
        ("\\\\?\\C:\\kick.wav", "\\\\?\\C:\\kick.wav"),
    ],
)
def test_long_windows_paths(path: str, extended: str) -> None:
    assert paths.extended(path) == extended


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on systems where a file names these folders")
def test_the_folders_of_the_user_have_names_in_any_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "user-dirs.dirs").write_text('XDG_MUSIC_DIR="$HOME/Musik"\nXDG_DESKTOP_DIR="/mnt/data/Schreibtisch"\n')
    monkeypatch.setenv("HOME", "/home/producer")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("MUSIC", "DESKTOP", "DOWNLOAD", "DOCUMENTS"):
        monkeypatch.delenv(f"XDG_{name}_DIR", raising=False)
    assert paths.user_folders() == {
        "home": "/home/producer",
        "music": "/home/producer/Musik",
        "desktop": "/mnt/data/Schreibtisch",
        "downloads": "/home/producer/Downloads",
        "documents": "/home/producer/Documents",
    }


def test_the_assets_are_there() -> None:
    assert paths.assets().is_dir()


def test_a_bundle_knows_which_edition_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.edition() == ""
    (tmp_path / "edition").write_text("full\n", "utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.pyc"))
    assert paths.edition() == "full"


def test_an_empty_folder_has_no_entries(tmp_path: Path) -> None:
    assert not paths.has_entries(str(tmp_path))
    assert not paths.has_entries(str(tmp_path / "nowhere"))
    (tmp_path / "kick.wav").touch()
    assert paths.has_entries(str(tmp_path))
    assert not paths.has_entries(str(tmp_path / "kick.wav"))
