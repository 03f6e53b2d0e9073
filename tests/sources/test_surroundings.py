"""What the environment tells of the user's folders, on every system."""

import json
from pathlib import Path

import pytest

from ctk.sources.landmarks import LINUX, MAC, WINDOWS
from ctk.sources.surroundings import known_folders


@pytest.fixture
def user(tmp_path: Path) -> dict[str, str]:
    return {"home": str(tmp_path / "producer"), "music": str(tmp_path / "producer" / "Music")}


def dropbox(folder: Path, *paths: str) -> None:
    folder.mkdir(parents=True)
    accounts = {f"account {number}": {"path": path, "host": 1} for number, path in enumerate(paths)}
    (folder / "info.json").write_text(json.dumps(accounts))


def test_linux(user: dict[str, str]) -> None:
    found = known_folders(LINUX, {"USER": "producer"}, user)
    assert found == {"home": [user["home"]], "music": [user["music"]], "user": ["producer"], "dropbox": []}


def test_a_user_without_a_name_has_that_of_the_home(user: dict[str, str]) -> None:
    assert known_folders(LINUX, {}, user)["user"] == ["producer"]


def test_macos(user: dict[str, str]) -> None:
    assert known_folders(MAC, {}, user)["shared"] == ["/Users/Shared"]


def test_windows(user: dict[str, str]) -> None:
    environ = {
        "PUBLIC": "C:\\Users\\Public",
        "ProgramData": "C:\\ProgramData",
        "ProgramFiles": "C:\\Program Files",
        "ProgramW6432": "C:\\Program Files",
        "ProgramFiles(x86)": "C:\\Program Files (x86)",
        "OneDrive": "C:\\Users\\producer\\OneDrive",
        "OneDriveConsumer": "C:\\Users\\producer\\OneDrive",
        "OneDriveCommercial": "D:\\OneDrive - Studio",
    }
    found = known_folders(WINDOWS, environ, user, drives=["C:\\", "E:\\", "C:\\Mounted\\Disk\\"])
    assert found["shared"] == ["C:\\Users\\Public\\Documents"]
    assert found["program_data"] == ["C:\\ProgramData"]
    assert found["programs"] == ["C:\\Program Files", "C:\\Program Files (x86)"]
    assert found["onedrive"] == ["C:\\Users\\producer\\OneDrive", "D:\\OneDrive - Studio"]
    assert found["letters"] == ["C:\\", "E:\\"]


def test_windows_without_any_of_it(user: dict[str, str]) -> None:
    found = known_folders(WINDOWS, {}, user)
    assert [found[name] for name in ("shared", "program_data", "programs", "onedrive", "letters")] == [[]] * 5


def test_dropbox_says_where_it_is(user: dict[str, str], tmp_path: Path) -> None:
    dropbox(Path(user["home"]) / ".dropbox", "/mnt/data/Dropbox", "/mnt/data/Dropbox (Studio)")
    assert known_folders(LINUX, {}, user)["dropbox"] == ["/mnt/data/Dropbox", "/mnt/data/Dropbox (Studio)"]


def test_dropbox_on_windows(user: dict[str, str], tmp_path: Path) -> None:
    dropbox(tmp_path / "Local" / "Dropbox", "D:\\Dropbox")
    environ = {"APPDATA": str(tmp_path / "Roaming"), "LOCALAPPDATA": str(tmp_path / "Local")}
    assert known_folders(WINDOWS, environ, user)["dropbox"] == ["D:\\Dropbox"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"personal": 1}', '{"personal": {"path": 7}}', "\udcff"])
def test_what_dropbox_says_may_be_nonsense(user: dict[str, str], text: str) -> None:
    folder = Path(user["home"]) / ".dropbox"
    folder.mkdir(parents=True)
    (folder / "info.json").write_bytes(text.encode(errors="surrogateescape"))
    assert known_folders(LINUX, {}, user)["dropbox"] == []


def test_this_system_has_a_home() -> None:
    found = known_folders()
    assert Path(found["home"][0]).is_absolute()
    assert {"music", "desktop", "downloads", "documents"} <= found.keys()
