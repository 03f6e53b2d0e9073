"""The setup for Windows: what goes into it, what is signed, and the real script compiled around a small stand-in."""

import io
import re
import shutil
import struct
import sys
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

import identity
from ctk import startup
from environment import SetupError
from windows import package, signing

FILES = {"_internal/base_library.zip": 3000, "_internal/av.libs/avcodec.dll": 2000, "_internal/töne $5.txt": 1}
SCRIPT = package.SCRIPT.read_text("utf-8")


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the program, in a folder with a name that scripts stumble over; nobody signs."""
    for name in ("CTK_SIGN_CERTIFICATE", "CTK_SIGN_THUMBPRINT", "CTK_SIGNTOOL", "CTK_SIGN_TIMESTAMP"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "Creator's töne" / "Creators Toolkit"
    for name, size in FILES.items() | {(name, 100) for name in package.PROGRAMS}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(size))
    return folder


@pytest.fixture
def nsis() -> None:
    if sys.platform == "darwin" and not shutil.which("makensis"):
        pytest.skip("only on Windows and Linux is the setup made")


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a stand-in for ``signtool`` writes down how it was called."""
    log = tmp_path / "signed"
    tool = tmp_path / "signtool"
    tool.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("CTK_SIGNTOOL", str(tool))
    monkeypatch.setenv("CTK_SIGN_THUMBPRINT", "ABC")
    return log


def test_files_are_packed_a_folder_at_a_time(bundle: Path) -> None:
    files = package.packed(bundle)
    assert {str(file) for file in files} == {*FILES, *package.PROGRAMS}
    assert [line.replace("\\", "/") for line in package.instructions(files)] == [
        'SetOutPath "$INSTDIR"',
        'File "${BUNDLE}/Creators Toolkit.exe"',
        'File "${BUNDLE}/ctk.exe"',
        'SetOutPath "$INSTDIR/_internal"',
        'File "${BUNDLE}/_internal/base_library.zip"',
        'File "${BUNDLE}/_internal/töne $5.txt"',
        'SetOutPath "$INSTDIR/_internal/av.libs"',
        'File "${BUNDLE}/_internal/av.libs/avcodec.dll"',
    ]


def test_a_folder_with_a_dollar_sign_is_no_variable_of_the_script() -> None:
    assert package.instructions([PurePosixPath("a$b/c")])[0] == r'SetOutPath "$INSTDIR\a$$b"'


def test_the_list_names_files_before_folders_and_inner_before_outer_ones() -> None:
    files = [PurePosixPath(name) for name in ("ctk.exe", "a/b/c/x.dll", "a/ü.txt", "z/y.txt")]
    listed = package.listing(files).decode("utf-16-le").split("\r\n")
    assert listed == ["ctk.exe", r"a\b\c\x.dll", r"a\ü.txt", r"z\y.txt", "a\\b\\c\\", "a\\b\\", "a\\", "z\\", ""]


def test_what_the_script_is_told(bundle: Path) -> None:
    defined = package.definitions(bundle, package.packed(bundle))
    assert defined["KILOBYTES"] == "6"
    assert defined["LONGEST"] == str(len("_internal/av.libs/avcodec.dll"))
    assert set(re.findall(r"\$\{(BUNDLE|KILOBYTES|LONGEST|FILES|LIST|ICON|SIDE)\}", SCRIPT)) == defined.keys() - {
        "BUNDLE"
    }
    command = package.command(Path("makensis"), {"A": "1", "B": "x y"})
    assert command[0] == "makensis"
    assert command[-3:] == ["-DA=1", "-DB=x y", str(package.SCRIPT)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAME", identity.NAME),
        ("FOLDER", identity.FOLDER),
        ("PROGRAM", package.PROGRAMS[0]),
        ("COMMAND", package.PROGRAMS[1]),
        ("APP_ID", identity.APP_ID),
        ("RUN_KEY", startup.RUN_KEY),
        ("APPROVED_KEY", startup.APPROVED_KEY),
        ("RUN_VALUE", startup.RunKey.NAME),
    ],
)
def test_the_script_and_the_program_agree(name: str, value: str) -> None:
    assert re.findall(rf'^!define {name} "(.*)"$', SCRIPT, re.MULTILINE) == [value]


def test_folders_are_never_deleted_with_what_is_in_them_except_the_catalog() -> None:
    assert re.findall(r"RMDir /r (\S+)", SCRIPT) == ['"${HOME}"']


@pytest.mark.usefixtures("nsis")
def test_the_script_compiles(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "dist"
    (setup,) = package.build(bundle, "1.2.3", "full", out)
    assert setup == out / "creators-toolkit-full-1.2.3-windows-x64-setup.exe"
    content = setup.read_bytes()
    header = struct.unpack_from("<I", content, 0x3C)[0]
    machine = struct.unpack_from("<H", content, header + 4)[0]
    said = capsys.readouterr().out.splitlines()
    assert set(said) <= {signing.UNSIGNED, package.SMALL_STUB}
    assert machine == (0x14C if package.SMALL_STUB in said else 0x8664)
    assert "1.2.3".encode("utf-16-le") in content
    assert b"longPathAware" in content
    assert b'level="asInvoker"' in content


@pytest.mark.usefixtures("nsis")
def test_what_is_not_signed_is_said_once(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package.build(bundle, "1.2.3", "light", tmp_path / "dist")
    assert capsys.readouterr().out.count(signing.UNSIGNED) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX a script is a program")
@pytest.mark.usefixtures("nsis")
def test_programs_uninstaller_and_setup_are_signed(bundle: Path, tmp_path: Path, signed: Path) -> None:
    (setup,) = package.build(bundle, "1.2.3", "light", tmp_path / "dist")
    programs, uninstaller, whole = signed.read_text().splitlines()
    assert programs.endswith(" ".join(str(bundle / name) for name in package.PROGRAMS))
    assert "/sha1 ABC" in uninstaller
    assert str(bundle) not in uninstaller
    assert whole.endswith(str(setup))


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX a script is a program")
@pytest.mark.usefixtures("nsis")
def test_a_signature_that_fails_ends_it(bundle: Path, tmp_path: Path, signed: Path) -> None:
    (tmp_path / "signtool").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(SetupError, match="could not sign"):
        package.build(bundle, "1.2.3", "light", tmp_path / "dist")
    (tmp_path / "signtool").write_text('#!/bin/sh\ncase "$*" in *Creators*) ;; *) exit 1;; esac\n')
    with pytest.raises(SetupError, match="NSIS could not make the setup"):
        package.build(bundle, "1.2.3", "light", tmp_path / "dist")


def test_how_signtool_is_called() -> None:
    usual = ["sign", "/fd", "sha256", "/tr", signing.TIMESTAMP, "/td", "sha256"]
    from_file = {"CTK_SIGN_CERTIFICATE": "c.pfx", "CTK_SIGN_PASSWORD": "secret"}
    assert signing.command(from_file, ["a.exe"]) == ["signtool", *usual, "/f", "c.pfx", "/p", "secret", "a.exe"]
    from_store = {"CTK_SIGN_THUMBPRINT": "ABC", "CTK_SIGNTOOL": "s.exe", "CTK_SIGN_TIMESTAMP": "http://time"}
    elsewhere = [word.replace(signing.TIMESTAMP, "http://time") for word in usual]
    assert signing.command(from_store, ["a", "b"]) == ["s.exe", *elsewhere, "/sha1", "ABC", "a", "b"]
    assert not signing.configured({"CTK_SIGN_PASSWORD": "secret"})


@pytest.mark.parametrize("version", ["1.2", "1.2.3rc1", "1.2.3.4"])
def test_a_version_that_windows_cannot_have_is_refused(bundle: Path, tmp_path: Path, version: str) -> None:
    with pytest.raises(SetupError, match="three numbers"):
        package.build(bundle, version, "light", tmp_path)


def test_a_bundle_for_another_system_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "ctk.exe").unlink()
    with pytest.raises(SetupError, match=r"ctk\.exe"):
        package.build(bundle, "1.2.3", "light", tmp_path)


def test_the_compiler_is_found_where_its_setup_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    monkeypatch.delenv("ProgramFiles", raising=False)
    with pytest.raises(SetupError, match="apt install nsis"):
        package.find_makensis()
    (tmp_path / "NSIS").mkdir()
    (tmp_path / "NSIS" / "makensis.exe").touch()
    assert package.find_makensis() == (tmp_path / "NSIS" / "makensis.exe").resolve()


def test_without_a_64_bit_stub_the_setup_is_a_32_bit_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(package, "STUBS", tmp_path / "none")
    assert package.stub(tmp_path / "makensis") == "x86-unicode"
    assert package.SMALL_STUB in capsys.readouterr().out
    (tmp_path / "Stubs").mkdir()
    (tmp_path / "Stubs" / "lzma-amd64-unicode").touch()
    assert package.stub(tmp_path / "makensis") == "amd64-unicode"


def test_the_picture_beside_the_last_page_is_a_bitmap() -> None:
    with Image.open(io.BytesIO(package.side())) as picture:
        assert picture.size == package.SIDE
        assert picture.getpixel((0, 0)) == package.INK
        assert picture.getpixel((163, 313)) == package.DUSK
