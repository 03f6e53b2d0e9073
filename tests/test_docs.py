"""The documents tell the truth: commands, fields, keys of JSON, dependencies and links are what they say."""

import json
import re
import subprocess
import sys
import tomllib
import wave
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import ctk
from ctk.catalog.fields import FIELDS
from ctk.duplicates.keep import RULES
from ctk.errors import NotFound
from ctk.records import Copy, Group, Row, ScanReport, Source, Stats
from ctk.ui import commands, keys
from tests import house

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
README = (house.ROOT / "README.md").read_text("utf-8")
WORDS_OF_NO_CONCERN = ("/" + "work/", "/tmp/" + "env", "HOUSE" + ".md", "LESSONS" + ".md", "shared/" + "DESIGN")
SOURCE_KINDS = {".py", ".md", ".toml", ".yaml", ".spec", ".sh"}


def blocks(language: str) -> list[str]:
    """The README's code blocks in one language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def section(title: str) -> str:
    """What stands under a heading of the README, up to the next."""
    return re.split(r"\n#+ ", README.partition(f"# {title}\n")[2])[0]


def test_the_commands_of_the_readme_are_those_of_the_program() -> None:
    shown = set(re.findall(r"^ctk (\w+)", "\n".join(blocks("sh")), re.MULTILINE))
    spoken = subprocess.run([sys.executable, "-m", "ctk", "--help"], cwd=house.ROOT, capture_output=True, check=True)
    offered = set(re.findall(r"^ {4}(\w+) ", spoken.stdout.decode(), re.MULTILINE))
    assert shown == offered


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python3? (build/\w+\.py|-m [\w.]+)", README))))
def test_the_scripts_of_the_readme_exist(command: str) -> None:
    name = command.removeprefix("-m ").replace(".", "/") if command.startswith("-m") else command
    assert (house.ROOT / name).is_file() or (house.ROOT / name / "__main__.py").is_file()


def test_every_key_of_the_window_is_in_the_readme() -> None:
    told = section("The window").replace("<kbd>", "").replace("</kbd>", "")
    actions = commands.make(Mock())
    wanted = {action.id: [keys.shown(key, mac=False) for key in action.keys] for action in actions}
    assert {id: names for id, names in wanted.items() if any(name not in told for name in names)} == {}
    assert sum(map(len, wanted.values())) > 5


def test_the_search_fields_of_the_readme_are_those_of_the_search() -> None:
    forms = {field.name: ", ".join(f"`{form}`" for form in field.forms.split(", ")) for field in FIELDS}
    table = [f"| `{field.name}:` | {field.meaning} | {forms[field.name]} |" for field in FIELDS]
    assert [line for line in section("Searching").splitlines() if line.startswith("| `")] == table


def test_every_search_of_the_readme_can_be_read(home: Path) -> None:
    searches = [code for code in re.findall(r"`([^`]+)`", section("Searching")) if not code.endswith(":")]
    assert len(searches) > len(FIELDS)
    with ctk.open(home) as toolkit:
        assert all(toolkit.catalog.search(text).total == 0 for text in searches if "like:" not in text)
        with pytest.raises(NotFound):
            toolkit.catalog.search(next(text for text in searches if text.startswith("like:")))


def test_the_json_of_the_readme_has_the_fields_of_the_records() -> None:
    search, scan, stats, dupes = (json.loads(block) for block in blocks("json"))
    assert search.keys() == {"total", "rows"}
    assert search["rows"][0].keys() == Row.__dataclass_fields__.keys()
    assert scan.keys() == ScanReport.__dataclass_fields__.keys()
    assert stats.keys() == Stats.__dataclass_fields__.keys()
    assert stats["sources"][0].keys() == Source.__dataclass_fields__.keys() - {"id"}
    assert dupes.keys() == {"groups", "wasted_bytes"}
    assert dupes["groups"][0].keys() == Group.__dataclass_fields__.keys() - {"tie", "differences"}
    assert dupes["groups"][0]["files"][0].keys() == Copy.__dataclass_fields__.keys()


def test_the_keep_rules_of_the_readme_are_those_of_the_program() -> None:
    told = section("Duplicates").partition("Rules decide")[2].partition("Give them")[0]
    named = re.findall(r"`([a-z-]+)(?::PATH)?`", told)
    assert set(named) - {"copy"} == {rule.name for rule in RULES}


def test_the_python_of_the_readme_runs(home: Path, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "kick.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes(bytes(44100))
    with ctk.open() as toolkit:
        toolkit.sources.scan([tmp_path]).result(60)
    assert home.is_dir()
    (example,) = blocks("python")
    names: dict[str, Any] = {}
    exec(example, names)
    assert [row.name for row in names["page"].rows] == ["kick.wav"]


def test_every_dependency_is_in_the_readme_with_a_reason() -> None:
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [re.split(r"[<>=!~;\[ ]", dependency)[0] for dependency in project["dependencies"]]
    told = dict(re.findall(r"^\| \[([\w-]+)\]\([^)]+\) \| (.+) \|$", README, re.MULTILINE))
    assert sorted(told) == sorted(needed)
    assert all(len(reason.split()) > 3 for reason in told.values())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    text = (house.ROOT / document).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s#]+)[^)]*\)", text) if "://" not in link]
    named = re.findall(r"`((?:ctk|tests|build|assets)/[\w./]+)`", text)
    assert [place for place in [*links, *named] if not (house.ROOT / place).exists()] == []


def test_the_project_speaks_of_itself_alone() -> None:
    folders = [house.ROOT / name for name in ("ctk", "tests", "build", ".ci", ".github")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files += [file for file in house.ROOT.iterdir() if file.is_file()]
    texts = {file: file.read_text("utf-8") for file in files if file.suffix in SOURCE_KINDS or file.name == "run"}
    assert len(texts) > 50
    issue = re.compile(r"\bissue #?\d", re.IGNORECASE)
    found = [str(file) for file, text in texts.items() if any(word in text for word in WORDS_OF_NO_CONCERN)]
    found += [str(file) for file, text in texts.items() if issue.search(text)]
    assert found == []
