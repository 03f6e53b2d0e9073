"""The table of places, for all systems, in surroundings that are made up."""

import ntpath
import posixpath
from collections.abc import Mapping, Sequence

import pytest

from ctk.sources.landmarks import LANDMARKS, LINUX, MAC, WINDOWS, Candidate, candidates

USER = {
    LINUX: {
        "home": ["/home/producer"],
        "user": ["producer"],
        "music": ["/home/producer/Musik"],
        "desktop": ["/home/producer/Schreibtisch"],
        "downloads": ["/home/producer/Downloads"],
        "documents": ["/home/producer/Dokumente"],
    },
    MAC: {
        "home": ["/Users/producer"],
        "user": ["producer"],
        "music": ["/Users/producer/Music"],
        "desktop": ["/Users/producer/Desktop"],
        "downloads": ["/Users/producer/Downloads"],
        "documents": ["/Users/producer/Documents"],
        "shared": ["/Users/Shared"],
        "dropbox": ["/Volumes/Fast/Dropbox"],
    },
    WINDOWS: {
        "home": ["C:\\Users\\producer"],
        "user": ["producer"],
        "music": ["D:\\Music"],
        "desktop": ["C:\\Users\\producer\\OneDrive\\Desktop"],
        "downloads": ["C:\\Users\\producer\\Downloads"],
        "documents": ["C:\\Users\\producer\\OneDrive\\Documents"],
        "shared": ["C:\\Users\\Public\\Documents"],
        "program_data": ["C:\\ProgramData"],
        "programs": ["C:\\Program Files", "C:\\Program Files (x86)"],
        "onedrive": ["C:\\Users\\producer\\OneDrive", "C:\\Users\\producer\\OneDrive - Studio"],
        "letters": ["C:\\", "D:\\", "E:\\"],
    },
}

FOLDERS: dict[str, dict[str, Sequence[str]]] = {
    LINUX: {"/media/producer": ["SAMPLES", "BACKUP"], "/mnt": ["nas"], "/home/producer": ["Dropbox (Studio)", "Musik"]},
    MAC: {
        "/Volumes": ["Macintosh HD", "Fast"],
        "/Users/Shared": ["Battery 4 Factory Library", "Adobe"],
        "/Users/producer/Library/CloudStorage": ["OneDrive-Personal", "GoogleDrive-studio@example.com", "Box-Box"],
        "/Applications": ["FL Studio 2024.app", "Ableton Live 12 Suite.app", "Music.app"],
    },
    WINDOWS: {
        "C:\\Users\\producer": ["OneDrive - Studio", "OneDrive", "Music"],
        "C:\\Users\\Public\\Documents": ["Maschine 2 Library"],
        "C:\\Program Files\\Image-Line": ["FL Studio 20", "FL Studio 21", "Shared"],
        "C:\\ProgramData\\Ableton": ["Live 11 Suite", "Live 12 Standard", "Preferences"],
    },
}

EXPECTED = {
    LINUX: [
        ("library", "Splice", "/home/producer/Musik/Splice"),
        ("library", "Ableton", "/home/producer/Dokumente/Ableton"),
        ("library", "REAPER Media", "/home/producer/Dokumente/REAPER Media"),
        ("library", "LMMS samples", "/usr/share/lmms/samples"),
        ("library", "Sonic Pi samples", "/opt/sonic-pi/etc/samples"),
        ("folder", "Music", "/home/producer/Musik"),
        ("folder", "Desktop", "/home/producer/Schreibtisch"),
        ("folder", "samples", "/home/producer/samples"),
        ("cloud", "Dropbox (Studio)", "/home/producer/Dropbox (Studio)"),
        ("cloud", "Nextcloud", "/home/producer/Nextcloud"),
        ("drive", "SAMPLES", "/media/producer/SAMPLES"),
        ("drive", "nas", "/mnt/nas"),
    ],
    MAC: [
        ("library", "Splice", "/Users/producer/Splice"),
        ("library", "Battery 4 Factory Library", "/Users/Shared/Battery 4 Factory Library"),
        ("library", "FL Studio Packs", "/Applications/FL Studio 2024.app/Contents/Resources/FL/Data/Patches/Packs"),
        (
            "library",
            "Ableton Core Library",
            "/Applications/Ableton Live 12 Suite.app/Contents/App-Resources/Core Library",
        ),
        ("library", "Apple Loops", "/Library/Audio/Apple Loops"),
        ("library", "Apple Loops", "/Users/producer/Library/Audio/Apple Loops"),
        ("library", "GarageBand", "/Users/producer/Music/GarageBand"),
        ("library", "Logic and GarageBand", "/Users/producer/Music/Audio Music Apps"),
        ("cloud", "iCloud Drive", "/Users/producer/Library/Mobile Documents/com~apple~CloudDocs"),
        ("cloud", "OneDrive-Personal", "/Users/producer/Library/CloudStorage/OneDrive-Personal"),
        ("cloud", "Google Drive", "/Users/producer/Library/CloudStorage/GoogleDrive-studio@example.com"),
        ("cloud", "Box-Box", "/Users/producer/Library/CloudStorage/Box-Box"),
        ("cloud", "Dropbox", "/Volumes/Fast/Dropbox"),
        ("drive", "Fast", "/Volumes/Fast"),
    ],
    WINDOWS: [
        ("library", "Splice", "C:\\Users\\producer\\OneDrive\\Documents\\Splice"),
        ("library", "Native Instruments", "C:\\Users\\Public\\Documents\\Native Instruments"),
        ("library", "Maschine 2 Library", "C:\\Users\\Public\\Documents\\Maschine 2 Library"),
        ("library", "FL Studio Packs", "C:\\Program Files\\Image-Line\\FL Studio 21\\Data\\Patches\\Packs"),
        ("library", "Ableton Core Library", "C:\\ProgramData\\Ableton\\Live 12 Standard\\Resources\\Core Library"),
        ("folder", "Music", "D:\\Music"),
        ("folder", "Documents", "C:\\Users\\producer\\OneDrive\\Documents"),
        ("cloud", "OneDrive", "C:\\Users\\producer\\OneDrive"),
        ("cloud", "OneDrive - Studio", "C:\\Users\\producer\\OneDrive - Studio"),
        ("cloud", "iCloud Drive", "C:\\Users\\producer\\iCloudDrive"),
        ("drive", "E:\\", "E:\\"),
    ],
}

SYSTEMS = (LINUX, MAC, WINDOWS)


def found(system: str, known: Mapping[str, Sequence[str]] | None = None) -> list[Candidate]:
    folders = FOLDERS[system]
    return list(candidates(system, USER[system] if known is None else known, lambda path: folders.get(path, ())))


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_places_of_a_system(system: str) -> None:
    told = {(candidate.kind, candidate.name, candidate.path) for candidate in found(system)}
    assert [place for place in EXPECTED[system] if place not in told] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_paths_are_whole_and_of_the_system(system: str) -> None:
    paths = ntpath if system == WINDOWS else posixpath
    for candidate in found(system):
        assert paths.isabs(candidate.path), candidate
        assert not set(candidate.path) & set("{}*"), candidate
        assert ("/" in candidate.path) == (system != WINDOWS), candidate
        assert candidate.name


@pytest.mark.parametrize("system", SYSTEMS)
def test_places_of_other_systems_are_left_out(system: str) -> None:
    told = {candidate.path for candidate in found(system)}
    others = {path for other in SYSTEMS if other != system for _, _, path in EXPECTED[other]}
    assert not told & others


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_the_system_does_not_know_is_left_out(system: str) -> None:
    known = {name: paths for name, paths in USER[system].items() if name != "music"}
    music = USER[system]["music"][0]
    assert [candidate.path for candidate in found(system, known) if candidate.path.startswith(music)] == []
    assert len(found(system, {})) < len(found(system))


def test_drives_come_last_and_named_libraries_first() -> None:
    order = ["library", "folder", "cloud", "drive"]
    kinds = [landmark.kind for landmark in LANDMARKS]
    assert kinds == sorted(kinds, key=order.index)
