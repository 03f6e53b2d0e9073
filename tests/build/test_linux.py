"""The packages for Linux, made for real of a small stand-in: what is in them, and whether a desktop understands it."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import debian
import identity
import notices
from ctk.sources.walk import AUDIO_EXTENSIONS
from environment import SetupError
from linux import deb, needs, package, share
from tests import house

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are its packages made")

VERSION = "1.2.0rc1"
MOMENT = 1_700_000_000
LIBRARY = "usr/lib/creators-toolkit"
MENU = "applications/org.creators_toolkit.app.desktop"
FOLDERS = "applications/zz-creators-toolkit-folder.desktop"
SIZES = (16, 24, 32, 48, 64, 128, 256)
STAND_IN = """\
#!/bin/sh
printf '%s\\n' "$@" >>"$(dirname "$(readlink -f "$0")")/said"
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script for the program, a real program of the system for a library, a link, and a name that is not ASCII."""
    folder = tmp_path_factory.mktemp("bundle") / "Creators Toolkit"
    (folder / "_internal" / "av.libs").mkdir(parents=True)
    (folder / "ctk").write_text(STAND_IN)
    (folder / "ctk").chmod(0o700)
    shutil.copy("/bin/true", folder / "_internal" / "av.libs" / "libsound-1.so.1")
    (folder / "_internal" / "libsound-1.so.1").symlink_to("av.libs/libsound-1.so.1")
    (folder / "_internal" / "Töne.txt").write_text("Töne")
    (folder / "_internal" / "Töne.txt").chmod(0o600)
    return folder


@pytest.fixture(scope="module")
def made(bundle: Path) -> dict[str, Path]:
    """The packages of the stand-in, by the end of their name."""
    need("binutils", "dpkg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
        files = package.build(bundle, VERSION, "light", bundle.parent / "out")
    return {file.suffix: file for file in files}


@pytest.fixture(scope="module")
def installed(made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree that the .deb lays out, with what dpkg is told in ``DEBIAN``."""
    root = tmp_path_factory.mktemp("installed")
    subprocess.run(["dpkg-deb", "--raw-extract", str(made[".deb"]), str(root)], check=True)
    return root


@pytest.fixture
def unpacked(made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive's folder, at a place with a difficult name, for a user with an empty home."""
    place = tmp_path / 'Töne & "100 %" $HOME `x` \\ Klänge'
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    with tarfile.open(made[".gz"]) as content:
        content.extractall(place, filter="data")
    return place / f"creators-toolkit-{VERSION}"


def need(*packages: str) -> None:
    """Skip the test where one of these packages of Debian is absent."""
    missing = [name for name in packages if not shutil.which({"dpkg": "dpkg-deb"}.get(name) or debian.TOOLS[name])]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}")


def control(root: Path) -> dict[str, str]:
    """The fields of a package's control file."""
    text = (root / "DEBIAN" / "control").read_text("utf-8")
    return dict(re.findall(r"^([\w-]+): (.+)$", text, re.MULTILINE))


def entry(file: Path) -> dict[str, str]:
    """The first group of a desktop entry."""
    text = file.read_text("utf-8").partition("[Desktop Entry]\n")[2].partition("\n[")[0]
    return dict(line.split("=", 1) for line in text.splitlines() if line)


def command_of(value: str) -> list[str]:
    """What a desktop runs for an ``Exec``: escapes of values first, then quotes as a shell has them, then ``%%``."""
    line = value.replace("\\\\", "\\")
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {line}"], check=True, capture_output=True, text=True)
    return [word.replace("%%", "%") for word in done.stdout.splitlines()]


def test_the_packages_have_the_names_people_look_for(made: dict[str, Path]) -> None:
    assert re.fullmatch(rf"creators-toolkit_{VERSION}_\w+\.deb", made[".deb"].name)
    assert re.fullmatch(rf"creators-toolkit-{VERSION}-linux-\w+\.tar\.gz", made[".gz"].name)


def test_the_same_bundle_makes_the_same_bytes(bundle: Path, made: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "Creators Toolkit"
    shutil.copytree(bundle, again, symlinks=True, copy_function=shutil.copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
        for file in package.build(again, VERSION, "light", tmp_path):
            assert file.read_bytes() == made[file.suffix].read_bytes()


def test_the_package_says_what_it_needs(installed: Path) -> None:
    fields = control(installed)
    assert fields["Package"] == "creators-toolkit"
    assert fields["Version"] == "1.2.0~rc1"
    assert re.fullmatch(r"fontconfig-config, libc6 \(>= 2\.\d+\)(, [\w+.-]+)*", fields["Depends"])
    assert fields["Conflicts"] == fields["Replaces"] == "creators-toolkit-full"
    assert 0 < int(fields["Installed-Size"]) < 2000


def test_the_program_is_in_a_folder_of_its_own_and_on_the_path(installed: Path, bundle: Path) -> None:
    command = installed / "usr/bin/ctk"
    assert command.resolve() == (installed / LIBRARY / "ctk").resolve()
    assert command.read_text() == STAND_IN
    assert os.readlink(installed / LIBRARY / "_internal/libsound-1.so.1") == "av.libs/libsound-1.so.1"
    assert (installed / LIBRARY / "_internal/Töne.txt").read_text() == "Töne"


def test_all_belongs_to_root_and_everybody_may_read_it(made: dict[str, Path]) -> None:
    said = subprocess.run(["dpkg-deb", "--contents", str(made[".deb"])], check=True, capture_output=True, text=True)
    lines = [line.split(None, 5) for line in said.stdout.splitlines()]
    assert {line[1] for line in lines} == {"root/root"}
    assert {line[0] for line in lines} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--", "lrwxrwxrwx"}
    assert {line[3] for line in lines} == {"2023-11-14"}


def test_the_sums_are_those_of_the_files(installed: Path) -> None:
    done = subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"], cwd=installed, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
    files = [path for path in installed.rglob("*") if path.is_file() and not path.is_symlink()]
    listed = (installed / "DEBIAN/md5sums").read_text().splitlines()
    assert len(listed) == len([path for path in files if "DEBIAN" not in path.parts])


def test_the_menu_shows_the_window(installed: Path) -> None:
    need("desktop-file-utils")
    for name in (MENU, FOLDERS):
        done = subprocess.run(
            ["desktop-file-validate", "--no-hints", str(installed / "usr/share" / name)],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stdout) == (0, "")
    menu = entry(installed / "usr/share" / MENU)
    assert (menu["Exec"], menu["Icon"]) == ("ctk", share.APP)
    assert "MimeType" not in menu  # else it would be taken for a file manager
    assert entry(installed / "usr/share" / FOLDERS)["MimeType"] == "inode/directory;"


def test_the_shops_understand_the_page(installed: Path) -> None:
    need("appstream")
    page = installed / f"usr/share/metainfo/{share.APP}.metainfo.xml"
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--no-color", str(page)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    text = page.read_text("utf-8")
    assert f'<release version="{VERSION}" date="2023-11-14" />' in text
    assert identity.SUMMARY in text


def test_the_icon_is_there_in_all_sizes(installed: Path) -> None:
    from PIL import Image

    for size in SIZES:
        file = installed / f"usr/share/icons/hicolor/{size}x{size}/apps/{share.APP}.png"
        with Image.open(file) as picture:
            assert (picture.format, picture.size) == ("PNG", (size, size))
            colours = picture.convert("RGB").getcolors(size * size) or []
            assert len(colours) > 20


def test_the_manual_names_all_commands_and_options(installed: Path) -> None:
    page = gzip.decompress((installed / "usr/share/man/man1/ctk.1.gz").read_bytes()).decode("utf-8")
    told = re.findall(r"^\.TP\n\.B (\w+)\n(.+)$", page.partition(".SH COMMANDS")[2], re.MULTILINE)
    spoken = subprocess.run([sys.executable, "-m", "ctk", "--help"], cwd=house.ROOT, capture_output=True, check=True)
    help_text = re.sub(r"\n {10,}", " ", spoken.stdout.decode("utf-8"))
    offered = re.findall(r"^ {4}(\w+) +(.+)$", help_text, re.MULTILINE)
    assert [(name, words) for name, words in told if name.islower()] == [
        (name, words.strip()) for name, words in offered
    ]
    options = set(re.findall(r"--([a-z]+)", help_text)) - {"report"}
    assert {option for option in options if rf"\-\-{option}" not in page} == set()


def test_every_kind_of_sound_is_known_to_the_desktop(installed: Path) -> None:
    ours = set(
        re.findall(
            r'<glob pattern="\*\.(\w+)"', (installed / "usr/share/mime/packages/creators-toolkit.xml").read_text()
        )
    )
    known = {
        "wav",
        "aif",
        "aiff",
        "aifc",
        "flac",
        "mp3",
        "mp2",
        "ogg",
        "oga",
        "opus",
        "m4a",
        "aac",
        "wma",
        "wv",
        "tta",
        "ape",
    }
    assert ours | known == AUDIO_EXTENSIONS


def test_the_licences_are_told(installed: Path) -> None:
    text = (installed / "usr/share/doc/creators-toolkit/copyright").read_text("utf-8")
    licence = (house.ROOT / "LICENSE").read_text("utf-8")
    assert notices.FILE in text
    assert re.sub(r"\s+\.?\s*", " ", licence)[:400] in re.sub(r"\s+\.?\s*", " ", text)


def test_the_script_of_the_package_can_be_read(installed: Path) -> None:
    script = installed / "DEBIAN" / "prerm"
    assert script.stat().st_mode & 0o777 == 0o755
    subprocess.run(["sh", "-n", str(script)], check=True)
    subprocess.run(["sh", str(script), "failed-upgrade", "1.0"], check=True)


def test_the_archive_is_one_folder_with_all_of_the_bundle(unpacked: Path, bundle: Path) -> None:
    assert sorted(path.name for path in unpacked.iterdir()) == ["README.txt", "_internal", "ctk", "install.sh", "share"]
    for path in bundle.rglob("*"):
        twin = unpacked / path.relative_to(bundle)
        assert twin.is_symlink() == path.is_symlink()
        assert path.is_dir() or twin.read_bytes() == path.read_bytes()
    words = (unpacked / "README.txt").read_text("utf-8")
    assert VERSION in words and notices.FILE in words
    assert re.search(r"glibc 2\.\d+ or newer", words)


def test_the_archive_goes_into_the_menu_and_out_again(unpacked: Path, tmp_path: Path) -> None:
    user = tmp_path / "user"
    (user / ".local/share/applications").mkdir(parents=True)
    (user / ".local/share/applications/other.desktop").touch()
    before = sorted(path for path in user.rglob("*") if path.is_file())
    subprocess.run(["sh", str(unpacked / "install.sh")], check=True, capture_output=True, cwd=tmp_path)
    data, link = user / ".local/share", user / ".local/bin/ctk"
    assert link.resolve() == unpacked / "ctk"
    assert (data / f"icons/hicolor/48x48/apps/{share.APP}.png").is_file()
    for name, arguments in ((MENU, []), (FOLDERS, ["%F"])):
        wanted = entry(data / name)
        assert command_of(wanted["Exec"]) == [str(unpacked / "ctk"), *arguments]
        assert wanted["TryExec"].replace("\\\\", "\\") == str(unpacked / "ctk")
    subprocess.run(["sh", str(unpacked / "install.sh"), "--remove"], check=True, capture_output=True, cwd=tmp_path)
    left = [path for path in user.rglob("*") if path.is_file() or path.is_symlink()]
    assert sorted(path for path in left if not re.search(r"mimeinfo\.cache$|/mime/", str(path))) == before
    assert (unpacked / "said").read_text().split() == ["--quit", "--startup", "off"]


def test_a_command_of_somebody_else_is_left_alone(unpacked: Path, tmp_path: Path) -> None:
    other = tmp_path / "user/.local/bin/ctk"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    for words in ([], ["--remove"]):
        subprocess.run(["sh", str(unpacked / "install.sh"), *words], check=True, capture_output=True)
    assert other.read_text() == "mine"


def test_a_library_that_nobody_is_known_to_have_is_told(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("binutils")
    monkeypatch.setattr(needs, "PACKAGES", {})
    with pytest.raises(SetupError, match=r"libc\.so\.6"):
        needs.of(bundle)


def test_without_dpkg_there_is_an_archive(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need("binutils")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "objdump").symlink_to(str(shutil.which("objdump")))
    monkeypatch.setenv("PATH", str(tools))
    files = package.build(bundle, VERSION, "light", tmp_path / "out")
    assert [file.name.endswith(".tar.gz") for file in files] == [True]
    assert "no dpkg-deb" in capsys.readouterr().out


def test_the_full_edition_takes_the_place_of_the_light_one(bundle: Path, tmp_path: Path) -> None:
    need("binutils", "dpkg")
    (deb_file,) = (file for file in package.build(bundle, "1.0", "full", tmp_path) if file.suffix == ".deb")
    assert deb_file.name.startswith("creators-toolkit-full_1.0_")
    subprocess.run(["dpkg-deb", "--control", str(deb_file), str(tmp_path / "DEBIAN")], check=True)
    fields = control(tmp_path)
    assert (fields["Package"], fields["Conflicts"]) == ("creators-toolkit-full", "creators-toolkit")


@pytest.mark.parametrize(
    ("version", "debian"),
    [("1.0", "1.0"), ("1.0rc1", "1.0~rc1"), ("1.0.dev3", "1.0~dev3"), ("1.0a1.dev2", "1.0~a1~dev2")],
)
def test_what_comes_before_a_release_sorts_before_it(version: str, debian: str) -> None:
    assert deb.debian_version(version) == debian
