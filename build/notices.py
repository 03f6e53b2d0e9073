"""The notice that goes with a bundle: each part in it that others made, and under which licence.

It is made from the very files that are bundled: each belongs to a Python package, to Python itself, to a package of the
Linux system, or to a library named in ``licences/libraries.toml``. One whose licence is not known stops the build.
"""

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import identity
from environment import ROOT

FILE = "THIRD-PARTY-NOTICES.txt"
FOLDER = Path(__file__).resolve().parent / "licences"
BUNDLED_LIBRARIES = (".libs", ".dylibs")
"""How the folders end in which a Python package has the libraries that it brings."""
SAYS_FOR_ITS_LIBRARIES = frozenset(("numpy", "pillow", "torch"))
"""Their licence has all that they bring."""
TEXTS = ("licen", "copying", "notice")
RULE = "=" * 100

HEAD = """\
{name} {version} comes with parts that others made and share. Thank you.

{name} itself is under the MIT licence. Each part below is under its own, whose text follows further down.
"""
GPL = """
Under the GNU General Public License stand {parts}: video libraries that come with PyAV, which reads sounds. Whoever
passes on this bundle as a whole does so under the GNU General Public License, version 3. The source of {name} is where
the bundle came from, that of each part at the address given with it. Those libraries, and the ones under the GNU Lesser
General Public License, are files of their own in the folder of the program, and may be replaced by others that fit.
"""
HOMES = ("source", "source code", "repository", "code", "github", "homepage", "home")
"""What packages call the page where their source is, the best first."""


class UnknownLicence(Exception):
    """A file would be bundled of which nobody knows under which licence it may be passed on."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that others made: ``text`` is its licence, and ``texts`` name those that are shared by many."""

    name: str
    version: str
    licence: str
    source: str
    text: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """A row of ``libraries.toml``."""

    name: str
    files: Sequence[str]
    licence: str
    copyright: str
    source: str
    texts: Sequence[str]

    def part(self) -> Part:
        return Part(self.name, "", self.licence, self.source, self.copyright, tuple(self.texts))


def text(sources: Iterable[Path], root: Path = ROOT) -> str:
    """The whole notice for a bundle of ``sources``. Raises ``UnknownLicence``."""
    found = sorted(parts(sources, root), key=lambda part: part.name.lower())
    named = [part.name for part in found if part.licence.startswith("GPL-") and "WITH" not in part.licence]
    lines = [HEAD.format(name=identity.NAME, version=identity.version(root))]
    lines += [f"  {part.name} {part.version}".ljust(44) + part.licence for part in found]
    if named:
        lines.append(GPL.format(name=identity.NAME, parts=" and ".join(named)))
    for part in found:
        lines += [RULE, f"{part.name} {part.version}".rstrip(), f"Licence: {part.licence}", f"Source: {part.source}"]
        lines += [f"The text of {name} is at the end." for name in part.texts]
        lines += ["", part.text.strip(), ""]
    for name in sorted({name for part in found for name in part.texts}):
        lines += [RULE, name, "", (FOLDER / f"{name}.txt").read_text("utf-8").strip(), ""]
    return "\n".join(lines)


def parts(sources: Iterable[Path], root: Path = ROOT) -> set[Part]:
    """Whatever ``sources`` belong to, besides the program itself. Raises ``UnknownLicence``."""
    owners, shelf = _owners(), libraries()
    found: set[Part] = {_python(), _tcl()}
    unknown = []
    for source in set(sources):
        if source.is_relative_to(root) and not source.is_relative_to(sys.prefix):
            continue
        owner = owners.get(os.path.normcase(source)) or owners.get(os.path.normcase(os.path.realpath(source)))
        if owner is not None:
            found.add(_package(owner))
        if owner is None or _is_library_of(owner, source):
            part = library(source.name, shelf) or (None if owner else _installed(source))
            if part is None:
                unknown.append(str(source))
            elif part.name:
                found.add(part)
    if unknown:
        raise UnknownLicence(f"build/licences/libraries.toml has to say whose these are: {', '.join(sorted(unknown))}")
    return found


def libraries() -> list[Library]:
    """What is known of libraries that bring no licence."""
    table = tomllib.loads((FOLDER / "libraries.toml").read_text("utf-8"))
    return [Library(name, **row) for name, row in table.items()]


def library(file: str, shelf: Iterable[Library]) -> Part | None:
    """The library that a file is of, going by its name."""
    name = file.lower()
    for row in shelf:
        if any(fnmatch(name, pattern) for pattern in row.files):
            return row.part()
    return None


def _is_library_of(owner: importlib.metadata.Distribution, source: Path) -> bool:
    inside = any(folder.endswith(BUNDLED_LIBRARIES) for folder in source.parts[:-1])
    return inside and owner.name.lower() not in SAYS_FOR_ITS_LIBRARIES


@cache
def _owners() -> Mapping[str, importlib.metadata.Distribution]:
    """Every file of the environment's packages, and the package."""
    found = {}
    for package in importlib.metadata.distributions():
        for file in package.files or ():
            found[os.path.normcase(os.path.abspath(str(package.locate_file(file))))] = package
    return found


@cache
def _package(package: importlib.metadata.Distribution) -> Part:
    """Raises ``UnknownLicence`` for one that brings no text."""
    about = package.metadata
    texts = [
        Path(str(package.locate_file(file))).read_text("utf-8", "replace").strip()
        for file in sorted(package.files or ())
        if file.parts[0].endswith(".dist-info") and file.name.lower().startswith(TEXTS)
    ]
    if not texts:
        raise UnknownLicence(f"{package.name} brings no text of a licence")
    words = _said(about, "License-Expression") or _said(about, "License") or _classified(about)
    return Part(package.name, package.version, words, _home(about), "\n\n".join(texts))


def _home(about: importlib.metadata.PackageMetadata) -> str:
    pairs = (line.partition(",") for line in about.get_all("Project-URL") or ())
    pages = {label.strip().lower(): page.strip() for label, _, page in pairs}
    named = [pages[label] for label in HOMES if label in pages]
    return next(iter(named), "") or _said(about, "Home-page") or f"https://pypi.org/project/{about['Name']}/"


def _said(about: importlib.metadata.PackageMetadata, field: str) -> str:
    """The first line of a field that may be absent."""
    return about[field].split("\n")[0] if field in about else ""


def _classified(about: importlib.metadata.PackageMetadata) -> str:
    lines = about.get_all("Classifier") or ()
    return ", ".join(line.rpartition(" :: ")[2] for line in lines if line.startswith("License")) or "see below"


def _python() -> Part:
    version = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    return Part("Python", version, "PSF-2.0", "https://www.python.org", _python_licence())


def _python_licence() -> str:
    """Raises ``UnknownLicence`` where this Python came without it."""
    places = (
        os.path.dirname(os.__file__),
        sys.base_prefix,
        f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}",
    )
    for place in places:
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (file := Path(place) / name).is_file():
                return file.read_text("utf-8", "replace")
    raise UnknownLicence(f"the licence of Python is in none of {', '.join(places)}")


def _tcl() -> Part:
    import tkinter

    words = "Copyright (c) the Regents of the University of California, Sun Microsystems, Inc., Scriptics Corporation,"
    words += " ActiveState Corporation, the Tcl Core Team and others"
    return Part(
        "Tcl/Tk", str(tkinter.Tcl().eval("info patchlevel")), "TCL", "https://www.tcl-lang.org", words, ("Tcl",)
    )


def _installed(source: Path) -> Part | None:
    """What a file outside of the environment is of; a part without a name is Python or Tcl."""
    real = Path(os.path.realpath(source))
    bases = {Path(os.path.realpath(base)) for base in (sys.base_prefix, os.path.dirname(os.__file__))}
    if any(real.is_relative_to(base) and base != Path("/usr") for base in bases) or "tcltk" in real.parts:
        return Part("", "", "", "")
    for file in (source, real):
        for package, version in _system_packages(file):
            copyright = Path("/usr/share/doc") / package / "copyright"
            if copyright.is_file():
                text = copyright.read_text("utf-8", "replace")
                return Part(package, version, "see below", f"https://sources.debian.org/src/{package}/", text)
    return None


def _system_packages(file: Path) -> Iterator[tuple[str, str]]:
    """Which package of a Debian kind of system a file came with; libraries are known there by more than one path."""
    for path in {str(file), str(file).removeprefix("/usr"), f"/usr{file}"}:
        said = _ask("dpkg-query", "--search", path)
        package = said.partition(": ")[0].partition(",")[0]
        if package:
            yield package.partition(":")[0], _ask("dpkg-query", "--show", "--showformat=${Version}", package)


def _ask(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
