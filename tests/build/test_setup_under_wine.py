"""The setup on a Windows: it installs, upgrades a running program, and takes away what it brought and nothing else."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctk.startup import RUN_KEY, RunKey
from tests.build import wine
from tests.build.wine import Wine
from tests.display import display
from windows import package

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\org.creators-toolkit.app"
MENU_KEY = r"Software\Classes\Directory\shell\org.creators-toolkit.app"
IN_USE, NEWER, BAD_FOLDER, ANOTHER_SETUP = 3, 4, 5, 6
CHANGED = "_internal/base_library.zip"
ONLY_OLD = "_internal/old/parts/gone.dll"
ONLY_NEW = "_internal/new/töne.pyd"
NAME = "Creator's Toolkit"


@pytest.fixture(scope="module")
def setups(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real setup around two versions of a stand-in, by version."""
    wine.require()
    folder = tmp_path_factory.mktemp("setups")
    made = {}
    for version, variant, only in (("0.1.0", "light", ONLY_OLD), ("0.2.0", "full", ONLY_NEW)):
        bundle = folder / version / "Creators Toolkit"
        for name in (CHANGED, only):
            (bundle / name).parent.mkdir(parents=True, exist_ok=True)
            (bundle / name).write_text(f"of {version}")
        for name in package.PROGRAMS:
            wine.compile_stand_in(version, bundle / name)
        (made[version],) = package.build(bundle, version, variant, folder / version)
    return made


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    wine.require()
    with display() as screen:
        made = Wine(tmp_path_factory.mktemp("wine"), screen)
        yield made
        made.end()


@pytest.fixture
def windows(machine: Wine) -> Iterator[Wine]:
    """A Windows with a catalog and without the program."""
    catalog = make_catalog(machine)
    machine.calls()
    yield machine
    if uninstaller := machine.registry().get(UNINSTALL_KEY, {}).get("UninstallString"):
        uninstall(machine, uninstaller.strip('"'))
    assert (catalog / "catalog.db").read_text() == "years of work"


def make_catalog(windows: Wine) -> Path:
    catalog = windows.local / "Creators Toolkit"
    (catalog / "logs").mkdir(parents=True, exist_ok=True)
    (catalog / "catalog.db").write_text("years of work")
    return catalog


def program(windows: Wine) -> Path:
    return windows.local / "Programs" / "Creators Toolkit"


def install(windows: Wine, setup: Path, *switches: str) -> int:
    """Silently; wine would put quotation marks around a switch with a space, and ``/D=`` takes none."""
    return windows.run([str(setup), "/S", *" ".join(switches).split(" ")])


def uninstall(windows: Wine, uninstaller: str) -> None:
    """It goes on from a copy of itself, so its own end tells nothing."""
    windows.run([uninstaller, "/S"])
    wait(lambda: UNINSTALL_KEY not in windows.registry())


def wait(holds: Any) -> None:
    deadline = time.monotonic() + wine.LIMIT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def links(windows: Wine) -> list[Path]:
    menu = windows.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return [file for folder in (menu, windows.user / "Desktop") if (file := folder / f"{NAME}.lnk").exists()]


def run_line(*command: str) -> str:
    """What the program itself writes to start with the computer."""
    written = []

    class Registry:
        HKEY_CURRENT_USER = KEY_SET_VALUE = REG_SZ = 0

        def OpenKey(self, *place: object) -> None:
            raise FileNotFoundError

        def CreateKeyEx(self, *place: object) -> "Registry":
            return self

        def SetValueEx(self, key: object, name: str, zero: int, kind: int, value: str) -> None:
            written.append((name, value))

        def __enter__(self) -> "Registry":
            return self

        def __exit__(self, *exc: object) -> None: ...

    RunKey(command, Registry()).turn(True)
    ((name, value),) = written
    assert name == RunKey.NAME
    return value


def test_it_installs_for_the_user(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"]) == 0
    folder = program(windows)
    assert files(folder) == {*package.PROGRAMS, CHANGED, ONLY_OLD, "installed.txt", "uninstall.exe"}
    place = windows.windows_path(folder)
    registry = windows.registry()
    entry = registry[UNINSTALL_KEY]
    assert entry["DisplayName"] == NAME
    assert entry["DisplayVersion"] == "0.1.0"
    assert entry["Publisher"] == f"{NAME} contributors"
    assert entry["DisplayIcon"] == rf"{place}\Creators Toolkit.exe,0"
    assert entry["InstallLocation"] == place
    assert entry["QuietUninstallString"] == rf'"{place}\uninstall.exe" /S'
    size = sum((folder / name).stat().st_size for name in (*package.PROGRAMS, CHANGED, ONLY_OLD))
    assert int(entry["EstimatedSize"].removeprefix("dword:"), 16) == -(-size // 1024)
    assert registry[MENU_KEY][""] == f"Add to {NAME}"
    assert registry[MENU_KEY + r"\command"][""] == rf'"{place}\Creators Toolkit.exe" "%1"'
    assert RunKey.NAME not in registry.get(RUN_KEY, {})
    assert len(links(windows)) == 2
    for link in links(windows):
        assert rf"{place}\Creators Toolkit.exe".encode("utf-16-le") in link.read_bytes()
    assert windows.calls() == []


def test_an_upgrade_ends_what_runs_and_leaves_nothing_of_the_old(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"], "/DESKTOP=no") == 0
    folder = program(windows)
    mine = {"my notes.txt", "_internal/mine.wav"}
    for name in mine:
        (folder / name).write_text("mine")
    running = windows.start([str(folder / "Creators Toolkit.exe")])
    wait(windows.log.exists)
    assert install(windows, setups["0.2.0"]) == 0
    assert running.wait(wine.LIMIT_S) == 0
    assert windows.calls() == ["0.1.0 started", "0.1.0 --quit"]
    assert files(folder) == {*package.PROGRAMS, CHANGED, ONLY_NEW, "installed.txt", "uninstall.exe"} | mine
    assert not (folder / "_internal" / "old").exists()
    assert (folder / CHANGED).read_text() == "of 0.2.0"
    assert windows.registry()[UNINSTALL_KEY]["DisplayVersion"] == "0.2.0"
    assert [link.parent.name for link in links(windows)] == ["Programs"]
    for name in mine:
        (folder / name).unlink()


def test_a_program_that_does_not_end_is_left_alone(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"]) == 0
    folder = program(windows)
    before = {name: (folder / name).read_bytes() for name in files(folder)}
    running = windows.start([str(folder / "ctk.exe")], CTK_TEST_DEAF="1")
    wait(windows.log.exists)
    assert install(windows, setups["0.2.0"]) == IN_USE
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before
    assert windows.registry()[UNINSTALL_KEY]["DisplayVersion"] == "0.1.0"
    windows.run(["taskkill", "/f", "/im", "ctk.exe"])
    running.wait(wine.LIMIT_S)


def test_an_older_version_does_not_replace_a_newer_unasked(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.2.0"]) == 0
    assert install(windows, setups["0.1.0"]) == NEWER
    assert (program(windows) / CHANGED).read_text() == "of 0.2.0"
    assert install(windows, setups["0.1.0"], "/DOWNGRADE") == 0
    assert (program(windows) / CHANGED).read_text() == "of 0.1.0"
    assert not (program(windows) / ONLY_NEW).exists()


def test_uninstalling_keeps_the_catalog_and_what_is_the_users(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"], "/AUTOSTART=yes") == 0
    folder = program(windows)
    (folder / "_internal" / "mine.wav").write_text("mine")
    running = windows.start([str(folder / "Creators Toolkit.exe")])
    wait(windows.log.exists)
    uninstall(windows, str(folder / "uninstall.exe"))
    assert running.wait(wine.LIMIT_S) == 0
    wait(lambda: files(folder) == {"_internal/mine.wav"})
    registry = windows.registry()
    assert not [key for key in registry if "org.creators-toolkit.app" in key]
    assert RunKey.NAME not in registry.get(RUN_KEY, {})
    assert links(windows) == []
    (folder / "_internal" / "mine.wav").unlink()


def test_another_copy_that_starts_with_the_computer_is_left_alone(windows: Wine, setups: dict[str, Path]) -> None:
    key = ["HKCU\\" + RUN_KEY, "/v", RunKey.NAME]
    windows.run(["reg", "add", *key, "/d", r"C:\Python\pythonw.exe -m ctk --tray", "/f"])
    assert install(windows, setups["0.1.0"]) == 0
    uninstall(windows, str(program(windows) / "uninstall.exe"))
    assert windows.registry()[RUN_KEY][RunKey.NAME] == r"C:\Python\pythonw.exe -m ctk --tray"
    windows.run(["reg", "delete", *key, "/f"])


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_the_catalog_goes_only_after_a_yes(windows: Wine, setups: dict[str, Path], answer: str) -> None:
    assert install(windows, setups["0.1.0"]) == 0
    catalog = make_catalog(windows)
    windows.start([str(program(windows) / "uninstall.exe")])
    wait(lambda: windows.has_window("Uninstall"))
    windows.press("alt+u", lambda: UNINSTALL_KEY not in windows.registry())
    assert catalog.exists()
    if answer == "yes":
        windows.press("alt+y", lambda: not catalog.exists())
    windows.press("Return", lambda: not windows.has_window("Uninstall"))
    assert catalog.exists() == (answer == "no")
    assert (windows.local / "Programs").exists()
    make_catalog(windows)


def test_another_folder_and_moving_there(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"], "/AUTOSTART=yes", "/FOLDERS=no", "/DESKTOP=no") == 0
    old = windows.windows_path(program(windows))
    assert windows.registry()[RUN_KEY][RunKey.NAME] == run_line(rf"{old}\Creators Toolkit.exe", "--tray")
    place = "C:\\Töne für мир\\Creators Toolkit"
    folder = windows.drive / "Töne für мир" / "Creators Toolkit"
    assert install(windows, setups["0.2.0"], f"/D={place}") == 0
    assert not program(windows).exists()
    assert files(folder) == {*package.PROGRAMS, CHANGED, ONLY_NEW, "installed.txt", "uninstall.exe"}
    registry = windows.registry()
    assert registry[UNINSTALL_KEY]["InstallLocation"] == place
    assert registry[RUN_KEY][RunKey.NAME] == run_line(rf"{place}\Creators Toolkit.exe", "--tray")
    assert MENU_KEY not in registry
    assert len(links(windows)) == 1


@pytest.mark.parametrize("place", ["", "\\Programs", "\\.."])
def test_program_and_catalog_do_not_lie_in_each_other(windows: Wine, setups: dict[str, Path], place: str) -> None:
    home = windows.windows_path(windows.local / "Creators Toolkit")
    inside = home.rpartition("\\")[0] if place == "\\.." else home + place
    assert install(windows, setups["0.1.0"], f"/D={inside}") == BAD_FOLDER
    assert UNINSTALL_KEY not in windows.registry()


def test_a_folder_whose_files_windows_cannot_name_is_refused(windows: Wine, setups: dict[str, Path]) -> None:
    assert install(windows, setups["0.1.0"], "/D=C:\\" + "x" * 240) == BAD_FOLDER


def test_one_setup_at_a_time(windows: Wine, setups: dict[str, Path]) -> None:
    first = windows.start([str(setups["0.1.0"])])
    wait(lambda: windows.has_window("Setup"))
    assert install(windows, setups["0.2.0"]) == ANOTHER_SETUP
    windows.run(["taskkill", "/f", "/im", setups["0.1.0"].name])
    first.wait(wine.LIMIT_S)
