"""The real packages on a bare Debian without Python: installed, used, upgraded while in use, and taken away again."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

import ctk
from linux import package, share
from tests import house
from tests.bench.bundle import FOLDER, is_new
from tests.build import chroot
from tests.build.chroot import NUMBER, USER, Chroot
from tests.display import display

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

CATALOG = ".local/share/Creators Toolkit/catalog.db"
SAMPLES = f"/home/{USER}/Kühle Samples"
LIMIT_S = 90.0
NEWER = "99.0"
FILE_MANAGER = "[Desktop Entry]\nType=Application\nName=Files\nExec=/bin/true %U\nMimeType=inode/directory;\n"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The .deb, the .tar.gz and a newer .deb, of the real bundle."""
    chroot.require()
    if not is_new():
        subprocess.run(
            [sys.executable, "build/package.py", "--no-installer", "--no-selftest"], cwd=house.ROOT, check=True
        )
    out = tmp_path_factory.mktemp("packages")
    made = {file.suffix: file for file in package.build(FOLDER, ctk.__version__, "light", out)}
    raw, newer = out / "raw", out / "newer.deb"
    subprocess.run(["dpkg-deb", "--raw-extract", str(made[".deb"]), str(raw)], check=True)
    control = raw / "DEBIAN" / "control"
    control.write_text(re.sub(r"(?m)^Version: .*", f"Version: {NEWER}", control.read_text("utf-8")), "utf-8")
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(raw), str(newer)], check=True)
    shutil.rmtree(raw)
    return {"deb": made[".deb"], "newer": newer, "archive": made[".gz"]}


@pytest.fixture(scope="module")
def machine(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroot]:
    """A bare system with what keeps the menus of desktops, a file manager in them, and the packages in /tmp."""
    made = Chroot(tmp_path_factory.mktemp("chroot") / "system")
    try:
        made.apt("install", "desktop-file-utils", "shared-mime-info", "libglib2.0-bin")
        (made.root / "usr/share/applications/thunar.desktop").write_text(FILE_MANAGER)
        for name, file in packages.items():
            shutil.copy(file, made.root / "tmp" / f"{name}{'' if name == 'archive' else '.deb'}")
        yield made
    finally:
        made.end()


@pytest.fixture(scope="module")
def before(machine: Chroot) -> set[str]:
    """All files of the system before it met the program."""
    return machine.files()


@pytest.fixture
def debian(machine: Chroot, before: set[str]) -> Iterator[Chroot]:
    """The system with the package installed, and whatever the package asked for."""
    machine.apt("install", "/tmp/deb.deb")
    yield machine
    machine.run("apt-get", "--yes", "purge", "creators-toolkit", check=False)


@pytest.fixture
def samples(machine: Chroot, sonic_pi: Path) -> Iterator[int]:
    """How many real sounds the user has; there is no catalog of them yet."""
    folder = Path(f"{machine.root}{SAMPLES}")
    shutil.copytree(sonic_pi, folder)
    yield len(list(folder.rglob("*.flac")))
    shutil.rmtree(folder)
    shutil.rmtree((machine.home / CATALOG).parent, ignore_errors=True)


def wait(until: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not until():
        assert time.monotonic() < deadline, f"{what} did not happen within {LIMIT_S:.0f} s"
        time.sleep(0.3)


def found(machine: Chroot, text: str = "", command: str = "ctk") -> int:
    """How many sounds the catalog has."""
    done = machine.run(command, "search", "--json", text, user=NUMBER, check=False)
    return int(json.loads(done.stdout)["total"]) if done.returncode == 0 else 0


def visible() -> str:
    """The program's window on the display; empty while there is none."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", "^Ctk$"], check=False, capture_output=True, text=True
    )
    return done.stdout.strip().partition("\n")[0]


def assert_holds(machine: Chroot, command: str) -> None:
    """The program's own test passes, and says that it is a bundle."""
    done = machine.run(command, "--selftest", "--json", user=NUMBER, check=False)
    said = json.loads(done.stdout)
    assert [step for step in said["steps"] if not step["ok"]] == []
    assert (done.returncode, said["ok"], said["frozen"], said["variant"]) == (0, True, True, "light")
    assert said["version"] == ctk.__version__


def test_it_needs_no_python_and_tests_itself(debian: Chroot) -> None:
    assert (
        debian.run("sh", "-c", "command -v python3 python perl5 || ls -d /usr/lib/python3*", check=False).stdout == ""
    )
    assert debian.run("ctk", "--version").stdout == f"Creator's Toolkit {ctk.__version__}\n"
    assert_holds(debian, "ctk")
    with display():
        assert_holds(debian, "ctk")


def test_the_window_opens_on_real_sounds(debian: Chroot, samples: int, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    with display():
        process = debian.start("ctk", SAMPLES)
        try:
            wait(visible, "the window")
            wait(lambda: found(debian) == samples, "the scan")
            wait(lambda: shows_rows(picture), "the list")
            named = subprocess.run(["xprop", "-id", visible(), "WM_CLASS"], check=True, capture_output=True, text=True)
            menu = (debian.root / f"usr/share/applications/{share.APP}.desktop").read_text("utf-8")
            assert re.findall(r"StartupWMClass=(\w+)", menu) == re.findall(r'"(\w+)"$', named.stdout.strip())
            assert debian.run("ctk", "--quit", user=NUMBER).returncode == 0
            assert process.wait(LIMIT_S) == 0
        finally:
            process.kill()


def shows_rows(picture: Path) -> bool:
    """Take a picture of the display; whether the list has text in many of its lines."""
    subprocess.run(["import", "-silent", "-window", "root", str(picture)], check=True)
    with Image.open(picture) as shot:
        grey = shot.convert("L")
        lines = [grey.crop((340, top, 700, top + 24)).getcolors(256) or [] for top in range(150, 650, 24)]
    return sum(len(shades) > 8 for shades in lines) >= 12


def test_an_upgrade_has_the_program_quit_first(debian: Chroot, samples: int) -> None:
    with display():
        process = debian.start("ctk", SAMPLES)
        try:
            wait(visible, "the window")
            wait(lambda: found(debian) == samples, "the scan")
            said = debian.apt("install", "/tmp/newer.deb")
            assert process.wait(LIMIT_S) == 0
            assert "still running" not in said
        finally:
            process.kill()
    assert NEWER in debian.run("dpkg-query", "--show", "creators-toolkit").stdout
    assert found(debian, "kick") > 0


def test_a_program_with_a_home_of_its_own_quits_too(debian: Chroot) -> None:
    with display():
        process = debian.start("ctk", "--home", f"/home/{USER}/a home")
        try:
            wait(visible, "the window")
            debian.apt("remove", "creators-toolkit")
            assert process.wait(LIMIT_S) == 0
        finally:
            process.kill()


def test_the_desktop_knows_it_and_keeps_its_file_manager(debian: Chroot) -> None:
    folders = debian.run("gio", "mime", "inode/directory").stdout
    assert "zz-creators-toolkit-folder.desktop" in folders
    assert re.search(r"^Default application.*: thunar\.desktop$", folders, re.MULTILINE)
    (debian.home / "sound.caf").write_bytes(b"caff\0\1\0\0")
    kind = debian.run("gio", "info", "--attributes=standard::content-type", f"/home/{USER}/sound.caf").stdout
    assert "audio/x-caf" in kind


@pytest.mark.parametrize("word", ["remove", "purge"])
def test_without_it_there_is_the_catalog_and_nothing_else(
    debian: Chroot, before: set[str], samples: int, word: str
) -> None:
    assert str(samples) in debian.run("ctk", "scan", SAMPLES, user=NUMBER).stdout
    catalog = (debian.home / CATALOG).read_bytes()
    assert {"usr/bin/ctk", "usr/lib/creators-toolkit/ctk"} <= debian.files()
    debian.apt(word, "creators-toolkit")
    assert not (debian.root / "usr/lib/creators-toolkit").exists()
    debian.apt("autoremove", "--purge")
    assert debian.files() - before == set()
    assert before - debian.files() == set()
    assert (debian.home / CATALOG).read_bytes() == catalog


def test_the_archive_runs_anywhere(machine: Chroot, before: set[str], samples: int) -> None:
    machine.apt("install", "fontconfig-config", "libxcb1")
    place = f"/home/{USER}/Töne & mehr"
    folder = f"{place}/creators-toolkit-{ctk.__version__}"
    machine.run("mkdir", place, user=NUMBER)
    machine.run("tar", "--extract", "--gzip", "--file=/tmp/archive", f"--directory={place}", user=NUMBER)
    assert_holds(machine, f"{folder}/ctk")
    with display():
        assert_holds(machine, f"{folder}/ctk")
    machine.run(f"{folder}/install.sh", user=NUMBER)
    assert machine.run("gio", "mime", "inode/directory", user=NUMBER).stdout.count("zz-creators-toolkit-folder") >= 1
    link = f"/home/{USER}/.local/bin/ctk"
    assert str(samples) in machine.run(link, "scan", SAMPLES, user=NUMBER).stdout
    machine.run(link, "--startup", "on", user=NUMBER)
    machine.run(f"{folder}/install.sh", "--remove", user=NUMBER)
    machine.run("rm", "-r", place, user=NUMBER)
    left = {os.path.relpath(path, machine.home) for path in machine.home.rglob("*") if "oolkit" in path.name}
    assert left == {".local/share/Creators Toolkit"}
    assert (machine.home / CATALOG).is_file()
    machine.apt("purge", "fontconfig-config", "libxcb1")
    machine.apt("autoremove", "--purge")
    assert machine.files() - before == set()
