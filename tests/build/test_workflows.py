"""What runs on GitHub, judged here: by GitHub's own schema, and by what the files say of this project."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from tests import house

FOLDER = house.ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
RUNNERS = {
    "ubuntu-22.04": "Linux",
    "ubuntu-24.04": "Linux",
    "windows-latest": "Windows",
    "macos-15": "macOS",
    "macos-15-intel": "macOS",
}
"""Those of https://docs.github.com/actions/reference/runners/github-hosted-runners that are used."""
EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")
SECRETS = re.compile(r"\b(secrets|github\.token)\b")
UNTRUSTED = ("github.event", "github.head_ref", "github.ref_name", "inputs.")
"""What whoever opens a pull request or pushes a tag may word."""


class Job(NamedTuple):
    """A job, with its file and its name there."""

    file: str
    name: str
    data: dict[str, Any]

    def runners(self) -> set[str]:
        """All labels it runs on."""
        label = self.data["runs-on"]
        if found := EXPRESSION.fullmatch(label):
            key = found[1].removeprefix("matrix.")
            return {entry[key] for entry in self.data["strategy"]["matrix"]["include"]}
        return {label}


class Step(NamedTuple):
    """A step, and the job it is of."""

    job: Job
    data: dict[str, Any]

    @property
    def command(self) -> str:
        return str(self.data.get("run", ""))


def read(file: Path) -> dict[str, Any]:
    return dict(YAML(typ="safe").load(file.read_text("utf-8")))


WORKFLOWS = {file.stem: read(file) for file in FILES}
JOBS = [Job(file, name, data) for file, flow in WORKFLOWS.items() for name, data in flow["jobs"].items()]
STEPS = [Step(job, data) for job in JOBS for data in job.data["steps"]]
COMMANDS = [step for step in STEPS if step.command]


def calls() -> Iterator[tuple[str, list[str]]]:
    """Every script of ``build`` that is called, with the options it is given."""
    for step in COMMANDS:
        for script, rest in re.findall(r"python (build/\S+\.py)([^\n|>&]*)", step.command):
            yield script, re.findall(r"--[\w-]+", rest)


def test_the_files_are_as_github_wants_them() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, *map(str, FILES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((FOLDER / "ci.yml").read_text("utf-8").replace("timeout-minutes", "timeout-hours"), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(wrong)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_what_others_made_is_pinned_to_one_commit() -> None:
    used = [step.data["uses"] for step in STEPS if "uses" in step.data]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name)] == []
    lines = [line for file in FILES for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []
    assert len({tuple(re.findall(r"(actions/\S+)@(\w+) # (\S+)", line)) for line in lines}) == len(
        {re.findall(r"(actions/\S+)@", line)[0] for line in lines}
    ), "one action is used in two versions"


def test_images_and_tools_are_pinned() -> None:
    text = "\n".join(file.read_text("utf-8") for file in FILES)
    images = re.findall(r"\b((?:python|debian):\S+)", text)
    assert images and [image for image in images if not re.fullmatch(r"\w+:\d+\.\d+(\.\d+)?-\w+", image)] == []
    installed = re.findall(r"pip install ((?!-)\S+|--disable-pip-version-check \S+)", text)
    assert installed and all("==" in words for words in installed)
    assert all("--version" in line for line in text.splitlines() if "choco install" in line)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.file}-{job.name}")
def test_each_job_runs_somewhere_and_ends(job: Job) -> None:
    assert job.runners() <= RUNNERS.keys()
    assert job.data["timeout-minutes"] <= 120


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_may_be_written_but_the_draft(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    assert "concurrency" in WORKFLOWS[name]
    more = {job.name: job.data["permissions"] for job in JOBS if job.file == name and "permissions" in job.data}
    assert more == ({"draft": {"contents": "write"}} if name == "release" else {})


def test_whoever_may_write_runs_nothing_of_ours() -> None:
    steps = [step for step in STEPS if "permissions" in step.job.data]
    assert steps
    assert not any("checkout" in step.data.get("uses", "") or "python" in step.command for step in steps)


def test_a_checkout_keeps_no_key() -> None:
    checkouts = [step for step in STEPS if "actions/checkout" in step.data.get("uses", "")]
    assert checkouts and all(step.data["with"]["persist-credentials"] is False for step in checkouts)


def test_secrets_stay_in_the_environment_of_a_step() -> None:
    for step in STEPS:
        visible = {key: value for key, value in step.data.items() if key != "env"}
        assert not SECRETS.search(str(visible)), visible
        secret = [name for name, value in step.data.get("env", {}).items() if SECRETS.search(str(value))]
        shown = [name for name in secret if re.search(rf"(echo|print\w*|Write-\w+|cat)\b.*\b{name}\b", step.command)]
        assert shown == []
        assert not re.search(r"\bset -\w*x|\bprintenv\b|Get-ChildItem env:|Set-PSDebug", step.command)
    assert not any(SECRETS.search(str(job.data.get("env", ""))) for job in JOBS)
    assert not any(SECRETS.search(str(flow.get("env", ""))) for flow in WORKFLOWS.values())


def test_no_command_is_worded_by_strangers() -> None:
    expressions = [word for step in COMMANDS for word in EXPRESSION.findall(step.command)]
    assert [word for word in expressions if word.startswith(UNTRUSTED)] == []


def test_what_a_step_waits_for_is_there() -> None:
    for job in JOBS:
        jobs = WORKFLOWS[job.file]["jobs"]
        needs = job.data.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= jobs.keys()
        matrix = job.data.get("strategy", {}).get("matrix", {})
        known = set(matrix) | {key for entry in matrix.get("include", []) for key in entry}
        assert set(re.findall(r"\bmatrix\.(\w+)", str(job.data))) <= known


def test_steps_for_one_system_have_a_job_there() -> None:
    for step in STEPS:
        if named := re.search(r"runner\.os == '(\w+)'", str(step.data.get("if", ""))):
            assert named[1] in {RUNNERS[label] for label in step.job.runners()}


def test_the_scripts_and_files_that_are_named_exist() -> None:
    named = {path for step in COMMANDS for path in re.findall(r"\b(?:build|tests|ctk|assets)/[\w./-]+", step.command)}
    assert "build/test.py" in named
    assert [path for path in named if not (house.ROOT / path).exists()] == []


@pytest.mark.parametrize("script", sorted({script for script, _ in calls()}))
def test_the_scripts_take_the_options_they_are_given(script: str) -> None:
    done = subprocess.run(
        [sys.executable, script, "--help"], cwd=house.ROOT, capture_output=True, text=True, check=True
    )
    given = {option for name, options in calls() if name == script for option in options}
    assert given <= set(re.findall(r"--[\w-]+", done.stdout))


def test_the_program_takes_the_options_it_is_given() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ctk", "--help"], cwd=house.ROOT, capture_output=True, text=True, check=True
    )
    given = {
        option
        for step in COMMANDS
        for rest in re.findall(r"(?:\bctk(?:\.exe)?\"?|Toolkit\.exe\") \"?((?:--[\w-]+ ?)+)", step.command)
        for option in re.findall(r"--[\w-]+", rest)
    }
    assert "--selftest" in given
    assert given <= set(re.findall(r"--[\w-]+", done.stdout))


@pytest.mark.skipif(not shutil.which("bash"), reason="only on a system with bash its scripts can be read")
@pytest.mark.parametrize("step", COMMANDS, ids=lambda step: step.data.get("name", step.command[:30]))
def test_the_shell_can_read_each_script(step: Step) -> None:
    if step.data.get("shell") == "pwsh":
        assert step.command.count("{") == step.command.count("}")
        assert step.command.count("(") == step.command.count(")")
        return
    script = EXPRESSION.sub("x", step.command)
    parts = [script, *re.findall(r"sh -\w+c '\n(.*?)\n *'", script, re.DOTALL)]
    for part in parts:
        done = subprocess.run(["bash", "-n"], input=part, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_pythons_are_the_oldest_that_is_promised_and_a_newer_one() -> None:
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = [int(part) for part in project["requires-python"].removeprefix(">=").split(".")]
    for name in ("linux", "desktop"):
        matrix = WORKFLOWS["ci"]["jobs"][name]["strategy"]["matrix"]
        told = matrix.get("python") or [entry["python"] for entry in matrix["include"]]
        versions = sorted([int(part) for part in version.split(".")] for version in told)
        assert versions[0] == oldest < versions[-1]
    for entry in WORKFLOWS["ci"]["jobs"]["linux"]["strategy"]["matrix"]["include"]:
        assert entry["image"].startswith(f"python:{entry['python']}.")


def test_every_system_is_tested_and_has_an_installer() -> None:
    tested = {RUNNERS[label] for job in JOBS if job.file == "ci" for label in job.runners()}
    built = WORKFLOWS["release"]["jobs"]["build"]["strategy"]["matrix"]["include"]
    assert tested == {"Linux", "Windows", "macOS"} == {RUNNERS[entry["runner"]] for entry in built}
    variants = {(entry["system"], entry["variant"]) for entry in built}
    systems = {system for system, _ in variants}
    assert variants == {(s, v) for s in systems for v in ("light", "full")} - {("macos-x64", "full")}


def test_each_bundle_is_tried_as_it_was_installed() -> None:
    build = next(job for job in JOBS if job.name == "build")
    for system in ("Linux", "Windows", "macOS"):
        steps = [step for step in build.data["steps"] if f"'{system}'" in str(step.get("if", ""))]
        assert "build/package.py" in steps[-2]["run"]
        assert "--selftest" in steps[-1]["run"]
