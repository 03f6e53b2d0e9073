"""Making a release, in real repositories: every refusal is one sentence, and only the last step leaves a trace."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

CHANGES = """\
# Changelog

What changed.

## Unreleased

## 1.2.0 - 2026-05-20

### Added

- Hears the sound of one hand; says „schön“.

## 1.1.0 - 2026-04-01

- Older.
"""
NOTES = "### Added\n\n- Hears the sound of one hand; says „schön“."


class Repository:
    """A repository in which 1.2.0 is ready to be released."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "build").mkdir(parents=True)
        for script in ("release.py", "environment.py"):
            shutil.copy(house.ROOT / "build" / script, folder / "build")
        self.write(".gitignore", "__pycache__/\n")
        self.write("ctk/__init__.py", '"""Sounds."""\n\n__version__ = "1.2.0"\n')
        self.write("CHANGELOG.md", CHANGES)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, "utf-8", newline="\n")

    def change(self, old: str, new: str) -> None:
        """Commit another changelog."""
        assert old in CHANGES
        self.write("CHANGELOG.md", CHANGES.replace(old, new))
        self.commit()

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "commit.gpgSign=false", *words],
            cwd=self.folder,
            env=environ(),
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A step")

    def tags(self) -> list[str]:
        return self.git("tag", "--list").split()

    def release(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        """Exit status, output, errors of the script."""
        script = self.folder / "build" / "release.py"
        done = subprocess.run(
            [sys.executable, str(script), *arguments],
            cwd=self.folder.parent,
            env=environ() | variables,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    def refusal(self, *arguments: str, **variables: str) -> str:
        """The one sentence it refuses with; nothing is tagged then."""
        before = self.tags()
        status, said, why = self.release(*arguments, **variables)
        assert (status, said) == (1, "")
        assert "\n" not in why and why.endswith(".")
        assert self.tags() == before
        return why


def environ() -> dict[str, str]:
    """Git with a name of its own, and nothing of whoever runs the tests."""
    person = {f"GIT_{who}_{what}": "somebody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | person | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def ready(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "checkout")


def test_a_release_is_tagged_here_and_pushed_by_hand(ready: Repository) -> None:
    status, said, errors = ready.release("1.2.0")
    assert (status, errors) == (0, "")
    assert "git push origin main v1.2.0" in said
    assert ready.tags() == ["v1.2.0"]
    assert ready.git("cat-file", "-t", "v1.2.0") == "tag"
    assert ready.git("rev-parse", "v1.2.0^{commit}") == ready.git("rev-parse", "HEAD")
    assert ready.git("tag", "--list", "--format=%(contents)", "v1.2.0") == "Creator's Toolkit 1.2.0"


def test_a_check_leaves_nothing(ready: Repository) -> None:
    assert ready.release("1.2.0", "--check") == (0, "1.2.0 can be released.", "")
    assert ready.tags() == []
    assert ready.git("status", "--porcelain") == ""


def test_the_notes_are_the_entry_of_the_version_alone(ready: Repository) -> None:
    assert ready.release("1.2.0", "--notes") == (0, NOTES, "")


def test_the_notes_can_be_had_from_the_tag_as_the_builder_has_it(ready: Repository) -> None:
    ready.release("1.2.0")
    ready.git("checkout", "--quiet", "v1.2.0")
    assert ready.release("1.2.0", "--notes") == (0, NOTES, "")


def test_a_changelog_needs_no_place_for_what_comes_next(ready: Repository) -> None:
    ready.change("## Unreleased\n\n", "")
    assert ready.release("1.2.0", "--check")[0] == 0


@pytest.mark.parametrize("version", ["1.2", "v1.2.0", "1.2.0rc1", "01.2.0", "1.2.0\n", ""])
def test_what_is_no_version(ready: Repository, version: str) -> None:
    assert "is no version" in " ".join(ready.release(version)[2].split())
    assert ready.tags() == []


def test_the_program_says_another_version(ready: Repository) -> None:
    assert ready.refusal("1.3.0").startswith(
        "The program says it is 1.2.0: set __version__ in ctk/__init__.py to 1.3.0"
    )


@pytest.mark.parametrize("mode", [[], ["--check"], ["--notes"]])
def test_changes_that_belong_to_no_version(ready: Repository, mode: list[str]) -> None:
    ready.change("## Unreleased\n", "## Unreleased\n\n- Sings.\n")
    assert f"'## 1.2.0 - {datetime.date.today()}'" in ready.refusal("1.2.0", *mode)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("## 1.2.0 - 2026-05-20", "## 1.3.0 - 2026-05-20", "is not 1.2.0"),
        (CHANGES.partition("## 1.2.0")[2], "", "no date"),
        (CHANGES, "# Changelog\n", "is not 1.2.0"),
        (" - 2026-05-20", "", "no date"),
        (" - 2026-05-20", " - soon", "no date"),
        (" - 2026-05-20", " - 2026-05-32", "no date"),
        (" - 2026-05-20", " - 20260520", "no date"),
        (NOTES, "", "says nothing"),
    ],
)
def test_a_changelog_that_does_not_tell_of_it(ready: Repository, old: str, new: str, why: str) -> None:
    ready.change(old, new)
    assert why in ready.refusal("1.2.0")


@pytest.mark.parametrize("name", ["CHANGELOG.md", "a new file"])
def test_what_is_not_committed(ready: Repository, name: str) -> None:
    ready.write(name, CHANGES + "\n- More.\n")
    assert "not committed" in ready.refusal("1.2.0")


def test_another_branch(ready: Repository) -> None:
    ready.git("switch", "--quiet", "--create", "idea")
    assert ready.refusal("1.2.0") == "This is the branch idea: releases are made from main."


def test_no_branch(ready: Repository) -> None:
    ready.git("checkout", "--quiet", "--detach")
    assert ready.refusal("1.2.0") == "No branch is checked out: releases are made from main."


def test_a_version_is_released_once(ready: Repository) -> None:
    ready.release("1.2.0")
    ready.write("more", "")
    ready.commit()
    assert "v1.2.0 is there already" in ready.refusal("1.2.0")


def test_a_folder_that_is_no_repository(ready: Repository) -> None:
    shutil.rmtree(ready.folder / ".git")
    status, said, why = ready.release("1.2.0", GIT_CEILING_DIRECTORIES=str(ready.folder.parent))
    assert (status, said) == (1, "")
    assert "not a git repository" in why


def test_a_computer_without_git(ready: Repository, tmp_path: Path) -> None:
    assert ready.refusal("1.2.0", PATH=str(tmp_path)).startswith("git is missing: ")


def test_the_project_itself_states_a_version_that_could_be_released() -> None:
    script = house.ROOT / "build" / "release.py"
    done = subprocess.run(
        [sys.executable, str(script), "0.0.0", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "set __version__ in ctk/__init__.py to 0.0.0 first" in done.stderr
