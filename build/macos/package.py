"""Make the disk image for macOS from a finished app: signed as far as a certificate is configured (see ``signing``).

The image shows the app beside a link to Applications. It is for one kind of Mac, which its name says.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import identity
from environment import SetupError
from macos import machos, signing

KINDS = {("arm64",): "arm64", ("x86_64",): "x86_64", ("arm64", "x86_64"): "universal"}
HELP = "If macOS does not open it.txt"
HELP_TEXT = """\
This copy of Creator's Toolkit is not notarised by Apple.

1. Drag Creator's Toolkit to Applications and open it there once. macOS says that it cannot check it.
2. Open System Settings, Privacy & Security, scroll down, and choose "Open Anyway".
"""


def build(bundle: Path, version: str, variant: str, out: Path) -> list[Path]:
    """The image for the ``bundle``, an app or the folder it lies beside, in ``out``. Raises ``SetupError``."""
    if sys.platform != "darwin":
        raise SetupError("A disk image for macOS can only be made on a Mac.")
    app = bundle if bundle.suffix == ".app" else bundle.parent / f"{identity.NAME}.app"
    kind = architecture(app)
    work = out / ".work" / "macos"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    who, notary = signing.identity(os.environ), signing.credentials(os.environ)
    if who == signing.AD_HOC:
        print(signing.UNSIGNED)
        notary = []
    elif not notary:
        print(signing.NOT_NOTARISED)
    sign_app(app, who)
    if notary:
        notarise_app(app, notary, work)
    name = f"{identity.bundle_name(variant)}-{version}-macos-{kind}.dmg"
    image = make_image(app, work, out / name, notarised=bool(notary))
    if who != signing.AD_HOC:
        run(signing.sign(image, who))
    if notary:
        run(signing.notarise(image, notary))
        run(signing.staple(image))
    return [image]


def architecture(app: Path) -> str:
    """The kind of Mac an app is for: what all its programs and libraries can run on. Raises ``SetupError``."""
    programs = sorted(file for file in (app / "Contents" / "MacOS").glob("*") if file.is_file())
    found = {machos.architectures(file) for file in programs} - {()}
    if not found:
        raise SetupError(f"{app} is no app for macOS: there is no program in it.")
    common = tuple(sorted(set.intersection(*map(set, found))))
    if common not in KINDS:
        raise SetupError(f"The programs in {app} are for different kinds of Macs.")
    return KINDS[common]


def sign_app(app: Path, who: str) -> None:
    """Sign from the inside out, since each signature covers those within, and have the result checked."""
    programs = app / "Contents" / "MacOS"
    for path in machos.code(app):
        run(signing.sign(path, who, program=path == app or path.parent == programs))
    run(signing.verify(app))


def notarise_app(app: Path, notary: list[str], work: Path) -> None:
    """Have Apple look at the app; it takes archives only, but gives its answer for what is in them."""
    archive = work / "app.zip"
    run(["ditto", "-c", "-k", "--keepParent", str(app), str(archive)])
    run(signing.notarise(archive, notary))
    run(signing.staple(app))
    run(signing.assess(app))


def make_image(app: Path, work: Path, image: Path, *, notarised: bool) -> Path:
    """A compressed image of the app, with a link to where it belongs."""
    shown = work / "image"
    shown.mkdir()
    run(["ditto", str(app), str(shown / app.name)])
    (shown / "Applications").symlink_to("/Applications")
    if not notarised:
        (shown / HELP).write_text(HELP_TEXT, "utf-8")
    what = ["-volname", identity.NAME, "-srcfolder", str(shown), "-fs", "HFS+", "-format", "UDZO", "-ov"]
    run(["hdiutil", "create", *what, str(image)])
    return image


def run(command: Sequence[str]) -> None:
    """Run one of macOS' own tools. Raises ``SetupError`` with what it said when it fails."""
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip()
        raise SetupError(f"{said}\n{' '.join(command[:2])} failed.")
