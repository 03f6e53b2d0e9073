"""Make a release: ``python3 build/release.py X.Y.Z`` checks that everything says so, then tags the commit.

``--check`` only checks. ``--notes`` prints what the changelog says of the version, as the release's page shows it.
Nothing is pushed: whoever makes the release does that, and the tag has the installers built, tried and drafted.
"""

import argparse
import datetime
import re
import subprocess
import sys
from typing import NamedTuple

from environment import ROOT

BRANCH = "main"
PENDING = "Unreleased"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
NEXT = """\
{tag} is tagged. Push it, and the installers are built, tried and put into a draft on GitHub:
    git push origin {branch} {tag}
To think again before that: git tag --delete {tag}"""


class Refused(Exception):
    """This is no release yet; the text says why, and what to do."""


class Entry(NamedTuple):
    """One version in the changelog: its heading, and what is said below."""

    heading: str
    text: str


def main() -> None:
    """Check, and tag unless only an answer is wanted."""
    parser = argparse.ArgumentParser(prog="release.py", description="Check that a release is ready, and tag it.")
    parser.add_argument("version", metavar="X.Y.Z", help="the version to release")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="only check")
    instead.add_argument("--notes", action="store_true", help="print what the changelog says of it")
    chosen = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows pipe would be given another
    try:
        notes = checked_notes(chosen.version)
        if chosen.notes:
            print(notes)
            return
        check_git(chosen.version)
        if chosen.check:
            print(f"{chosen.version} can be released.")
        else:
            tag(chosen.version)
    except Refused as exc:
        sys.exit(str(exc))


def checked_notes(version: str) -> str:
    """What the changelog says of ``version``, when the program and the changelog agree that it is the newest."""
    if not VERSION.fullmatch(version):
        raise Refused(f"{version} is no version: it takes three numbers, such as 1.2.3.")
    stated = stated_version()
    if stated != version:
        raise Refused(f"The program says it is {stated}: set __version__ in ctk/__init__.py to {version} first.")
    today = datetime.date.today()
    entries = changelog()
    if any(entry.text for entry in entries if entry.heading == PENDING):
        move = f"move them below a heading '## {version} - {today}'"
        raise Refused(f"CHANGELOG.md has changes under {PENDING}: {move}.")
    newest = next((entry for entry in entries if entry.heading != PENDING), Entry("", ""))
    name, _, date = newest.heading.partition(" - ")
    if name != version:
        raise Refused(
            f"The newest entry of CHANGELOG.md is not {version}: add '## {version} - {today}' and what changed."
        )
    if _day(date) is None:
        raise Refused(f"CHANGELOG.md has no date for {version}: its heading should be '## {version} - {today}'.")
    if not newest.text:
        raise Refused(f"CHANGELOG.md says nothing below {version}: write what changed.")
    return newest.text


def stated_version() -> str:
    """The version that the program says it has."""
    found = re.search(r'^__version__ = "(.+)"$', (ROOT / "ctk" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "nothing"


def changelog() -> list[Entry]:
    """Its entries as they stand, the newest first."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    _, *parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return [Entry(heading, below.strip()) for heading, below in zip(parts[::2], parts[1::2], strict=True)]


def check_git(version: str) -> None:
    """Refuse unless everything is committed, on the branch of releases, under a tag that is free."""
    if git("status", "--porcelain"):
        raise Refused("Some changes are not committed: commit them, or put them away.")
    branch = git("branch", "--show-current")
    if branch != BRANCH:
        where = f"This is the branch {branch}" if branch else "No branch is checked out"
        raise Refused(f"{where}: releases are made from {BRANCH}.")
    if git("tag", "--list", f"v{version}"):
        raise Refused(f"The tag v{version} is there already: a release is never made twice, so raise the version.")


def tag(version: str) -> None:
    """Tag the commit, and say how it goes on."""
    name = f"v{version}"
    git("tag", "--annotate", name, "--message", f"Creator's Toolkit {version}")
    print(NEXT.format(tag=name, branch=BRANCH))


def git(*words: str) -> str:
    """What git answers; its own words where it refuses."""
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError as exc:
        raise Refused("git is missing: install it from https://git-scm.com, then try again.") from exc
    if done.returncode:
        raise Refused(done.stderr.strip() or f"git {words[0]} failed.")
    return done.stdout.strip()


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


if __name__ == "__main__":
    main()
