"""The image for macOS: what is signed and in which order, and how macOS' own tools are called."""

import os
import plistlib
import shutil
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from environment import SetupError
from macos import machos, package, signing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX are there the links an app is made of")

ARM, INTEL = 0x0100000C, 0x01000007
VARIABLES = (
    "CTK_CODESIGN_IDENTITY",
    "CTK_NOTARY_PROFILE",
    "CTK_NOTARY_KEY",
    "CTK_NOTARY_KEY_ID",
    "CTK_NOTARY_ISSUER",
)
WHO = "Developer ID Application: Somebody (TEAM)"


def thin(cpu: int) -> bytes:
    """How a program for one kind of Mac begins: a 64-bit header of an executable without load commands."""
    return struct.pack("<IiiIIIII", 0xFEEDFACF, cpu, 0, 2, 0, 0, 0, 0)


def fat(*cpus: int) -> bytes:
    """A program for several: a table, and a thin one for each."""
    start = 8 + 20 * len(cpus)
    table = b"".join(struct.pack(">iiIII", cpu, 0, start + 32 * place, 32, 0) for place, cpu in enumerate(cpus))
    return struct.pack(">II", 0xCAFEBABE, len(cpus)) + table + b"".join(map(thin, cpus))


CONTENTS = {
    "MacOS/ctk": thin(ARM),
    "Frameworks/Python.framework/Versions/3.13/Python": fat(ARM, INTEL),
    "Frameworks/av/__dot__dylibs/libx264.dylib": thin(ARM),
    "Frameworks/av/_core.so": thin(ARM),
    "Resources/assets/icon.png": b"\x89PNG\r\n\x1a\n",
    "Resources/Tool.class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(20),
    "Info.plist": b"<plist/>",
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app as PyInstaller lays it out."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    made = tmp_path / "dist" / "Creator's Toolkit.app"
    for name, content in CONTENTS.items():
        (made / "Contents" / name).parent.mkdir(parents=True, exist_ok=True)
        (made / "Contents" / name).write_bytes(content)
    framework = made / "Contents" / "Frameworks" / "Python.framework"
    (framework / "Versions" / "Current").symlink_to("3.13", target_is_directory=True)
    (framework / "Python").symlink_to("Versions/Current/Python")
    (made / "Contents" / "Resources" / "av").symlink_to("../Frameworks/av", target_is_directory=True)
    return made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Mac that writes down what it is asked to run, and does what copying and packing leave behind."""
    made: list[list[str]] = []

    def run(command: Sequence[str]) -> None:
        made.append(list(command))
        if command[0] == "ditto" and "-c" not in command:
            shutil.copytree(command[1], command[2], symlinks=True)
        if command[0] == "hdiutil":
            shown = Path(command[command.index("-srcfolder") + 1])
            made.append(["shows", *sorted(os.listdir(shown))])
            assert (shown / "Applications").readlink() == Path("/Applications")
            Path(command[-1]).touch()

    monkeypatch.setattr(package, "run", run)
    monkeypatch.setattr(sys, "platform", "darwin")
    return made


def test_programs_are_told_from_other_files(app: Path) -> None:
    contents = app / "Contents"
    assert machos.architectures(contents / "MacOS" / "ctk") == ("arm64",)
    assert machos.architectures(contents / "Frameworks/Python.framework/Python") == ("arm64", "x86_64")
    for name in ("Resources/assets/icon.png", "Resources/Tool.class", "Info.plist"):
        assert machos.architectures(contents / name) == ()


def test_what_is_inside_is_signed_before_what_is_around_it(app: Path) -> None:
    framework = "Contents/Frameworks/Python.framework/Versions/3.13"
    assert [str(path.relative_to(app)) for path in machos.code(app)] == [
        f"{framework}/Python",
        framework,
        "Contents/Frameworks/av/__dot__dylibs/libx264.dylib",
        "Contents/Frameworks/av/_core.so",
        "Contents/MacOS/ctk",
        ".",
    ]


def test_an_image_without_a_certificate(
    app: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTK_NOTARY_PROFILE", "release")
    out = app.parent
    images = package.build(app, "1.2.3", "light", out)
    assert images == [out / "creators-toolkit-1.2.3-macos-arm64.dmg"]
    assert capsys.readouterr().out == signing.UNSIGNED + "\n"
    assert [call for call in calls if call[0] == "codesign" and "--verify" not in call] == [
        ["codesign", "--force", "--sign", "-", str(path)] for path in machos.code(app)
    ]
    assert {call[0] for call in calls} == {"codesign", "ditto", "hdiutil", "shows"}
    assert calls[-1] == ["shows", "Applications", "Creator's Toolkit.app", package.HELP]


def test_an_image_signed_and_notarised(
    app: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTK_CODESIGN_IDENTITY", WHO)
    monkeypatch.setenv("CTK_NOTARY_PROFILE", "release")
    out = app.parent
    (image,) = package.build(out / "Creators Toolkit", "1.2.3", "full", out)
    assert image.name == "creators-toolkit-full-1.2.3-macos-arm64.dmg"
    assert capsys.readouterr().out == ""
    signature = ["codesign", "--force", "--sign", WHO, "--timestamp", "--options", "runtime"]
    entitled = [*signature, "--entitlements", str(signing.ENTITLEMENTS)]
    *inner, main, whole = machos.code(app)
    work = out / ".work" / "macos"
    archive, shown = str(work / "app.zip"), str(work / "image")
    format_of_images = ["-fs", "HFS+", "-format", "UDZO", "-ov"]
    submit = ["xcrun", "notarytool", "submit"]
    profile = ["--keychain-profile", "release", "--wait"]
    assert calls == [
        *([*signature, str(path)] for path in inner),
        [*entitled, str(main)],
        [*entitled, str(whole)],
        ["codesign", "--verify", "--deep", "--strict", "--verbose=1", str(app)],
        ["ditto", "-c", "-k", "--keepParent", str(app), archive],
        [*submit, archive, *profile],
        ["xcrun", "stapler", "staple", str(app)],
        ["spctl", "--assess", "--type", "execute", "--verbose=2", str(app)],
        ["ditto", str(app), f"{shown}/Creator's Toolkit.app"],
        ["hdiutil", "create", "-volname", "Creator's Toolkit", "-srcfolder", shown, *format_of_images, str(image)],
        ["shows", "Applications", "Creator's Toolkit.app"],
        [*signature, str(image)],
        [*submit, str(image), *profile],
        ["xcrun", "stapler", "staple", str(image)],
    ]


def test_signed_but_not_notarised_is_said(
    app: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTK_CODESIGN_IDENTITY", WHO)
    package.build(app, "1.2.3", "light", app.parent)
    assert capsys.readouterr().out == signing.NOT_NOTARISED + "\n"
    assert not any("notarytool" in call for call in calls)
    assert any(package.HELP in call for call in calls)


def test_who_asks_for_notarisation() -> None:
    key = {"CTK_NOTARY_KEY": "k.p8", "CTK_NOTARY_KEY_ID": "ID", "CTK_NOTARY_ISSUER": "UUID"}
    assert signing.credentials(key) == ["--key", "k.p8", "--key-id", "ID", "--issuer", "UUID"]
    assert signing.credentials(key | {"CTK_NOTARY_PROFILE": "p"}) == ["--keychain-profile", "p"]
    assert signing.credentials({}) == []


@pytest.mark.parametrize(
    ("programs", "kind"),
    [
        ({"ctk": thin(INTEL)}, "x86_64"),
        ({"ctk": fat(INTEL, ARM)}, "universal"),
        ({"ctk": fat(INTEL, ARM), "helper": thin(ARM), "read.me": b""}, "arm64"),
    ],
)
def test_the_kind_of_mac_an_app_is_for(programs: dict[str, bytes], kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "Contents" / "MacOS"
    folder.mkdir(parents=True)
    for name, content in programs.items():
        (folder / name).write_bytes(content)
    assert package.architecture(tmp_path) == kind


def test_an_app_that_runs_on_no_mac_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "Contents" / "MacOS"
    folder.mkdir(parents=True)
    with pytest.raises(SetupError, match="no program"):
        package.architecture(tmp_path)
    (folder / "one").write_bytes(thin(ARM))
    (folder / "other").write_bytes(thin(INTEL))
    with pytest.raises(SetupError, match="different kinds"):
        package.architecture(tmp_path)


def test_other_systems_are_refused(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(SetupError, match="only be made on a Mac"):
        package.build(app, "1.2.3", "light", app.parent)


def test_a_tool_that_fails_is_told_without_what_it_was_told() -> None:
    with pytest.raises(SetupError) as failed:
        package.run([sys.executable, "-c", "print('no such identity'); raise SystemExit(1)", "secret"])
    assert str(failed.value) == f"no such identity\n{sys.executable} -c failed."


def test_the_program_may_do_no_more_than_it_must() -> None:
    entitlements = plistlib.loads(signing.ENTITLEMENTS.read_bytes())
    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}
