"""Who may call whom, and how large things may grow: rules over the source itself."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests import house
from tests.house import Module

House = Mapping[str, Module]
Rule = Callable[[House], Iterator[str]]

SPINE = {
    "actions",
    "cloud",
    "contract",
    "errors",
    "events",
    "fingerprint",
    "jobs",
    "late",
    "logs",
    "paths",
    "records",
    "settings",
    "startup",
    "volumes",
}
"""What every room may lean on. Its modules lean on nothing but each other."""

BELOW = {
    "catalog": {"ctk.facts.judge", "ctk.facts.music", "ctk.facts.stated"},
    "audio": set[str](),
    "looks": set[str](),
    "sources": {"ctk.catalog", "ctk.facts"},
    "facts": {"ctk.catalog"},
    "batch": {"ctk.catalog"},
    "doctor": {"ctk.catalog", "ctk.remote.door"},
    "waveforms": {"ctk.catalog", "ctk.audio.decode"},
    "duplicates": {"ctk.catalog", "ctk.audio.decode"},
    "classify": {"ctk.catalog", "ctk.audio.decode"},
}
"""The capabilities, and what each may call beside the spine and itself."""

CLIENTS = {"cli", "remote", "selftest", "tray", "ui"}
CLIENTS_SEE = SPINE - {"cloud", "fingerprint", "volumes"} | {"looks"}
SELFTEST_SEES = {"ctk.audio.decode"}
"""What the self-test checks sample by sample; the other clients are handed to it."""

LEAVES = {
    "ctk.records",
    "ctk.errors",
    "ctk.fingerprint",
    "ctk.catalog.fields",
    "ctk.catalog.query",
    "ctk.facts.judge",
    "ctk.facts.music",
    "ctk.facts.names",
    "ctk.facts.pitches",
    "ctk.facts.stated",
    "ctk.facts.tempos",
    "ctk.facts.words",
    "ctk.sources.walk",
    "ctk.sources.probe",
    "ctk.duplicates.keep",
    "ctk.batch.plan",
    "ctk.classify.names",
}
"""Pure: of other rooms they reach only leaves, and in their own only what is as pure as they are."""

IMPURE = {"concurrent", "sqlite3", "threading"}
"""What gives a module away that does more than turn one value into another."""

HOMES = {
    "AppKit": {"ctk.tray"},
    "PIL": {"ctk.ui", "ctk.tray"},
    "PyObjCTools": {"ctk.tray"},
    "Xlib": {"ctk.tray", "ctk.ui.x11"},
    "av": {"ctk.audio.decode", "ctk.selftest.encoding", "ctk.sources.probe", "ctk.sources.headers.libav"},
    "miniaudio": {"ctk.audio"},
    "numpy": {"ctk.audio", "ctk.catalog", "ctk.classify", "ctk.waveforms"},
    "panns_inference": {"ctk.classify.panns"},
    "platformdirs": {"ctk.paths"},
    "pystray": {"ctk.tray"},
    "send2trash": {"ctk.batch.holding"},
    "sqlite3": {"ctk.catalog"},
    "tinytag": {"ctk.sources.probe", "ctk.sources.headers.tinytags"},
    "tkinter": {"ctk.ui"},
    "tkinterdnd2": {"ctk.ui.drag"},
    "torch": {"ctk.classify.panns"},
    "tqdm": {"ctk.cli"},
    "watchdog": {"ctk.sources.watch"},
    "xxhash": {"ctk.fingerprint"},
}
"""Each outside library, and the only places that import it; SQLite and Tk are kept in bounds the same way."""

MODULE_LINES = 400
FUNCTION_LINES = 40
PUBLIC_METHODS = 15
PLAIN_LINES = 10
"""A function this short may be its own explanation."""


def within(name: str, places: set[str]) -> bool:
    """Whether ``name`` is one of the modules or packages in ``places``, or inside one."""
    return any(name == place or name.startswith(place + ".") for place in places)


def leaves(modules: House) -> Iterator[str]:
    """Leaves import no capability but its leaves, directly or through a neighbour."""
    for name in sorted(LEAVES & modules.keys()):
        for reached in sorted(reach(modules, name)):
            room = reached.split(".")[1] if reached.startswith("ctk.") else ""
            foreign = room in BELOW.keys() | CLIENTS | {"toolkit"} and room != modules[name].room
            if foreign and reached not in LEAVES:
                yield f"{name} is a leaf and reaches {reached}"
            if reached.split(".")[0] in IMPURE:
                yield f"{name} is a leaf and reaches {reached}"


def reach(modules: House, name: str) -> set[str]:
    """Everything that ``name`` imports, and that its imports import, and so on."""
    found: set[str] = set()
    todo = [name]
    while todo:
        module = modules.get(todo.pop())
        fresh = (module.imports if module else frozenset()) - found
        found |= fresh
        todo += fresh
    return found


def downwards(modules: House) -> Iterator[str]:
    """Capabilities call downwards only; the spine calls no room, though the contract may show a leaf's table."""
    for module in modules.values():
        if module.room in CLIENTS or module.name in ("ctk", "ctk.__main__", "ctk.toolkit"):
            continue
        if module.room not in SPINE and module.room not in BELOW:
            yield f"{module.name} has no place in the plan"
            continue
        allowed = {f"ctk.{name}" for name in SPINE} | BELOW.get(module.room, set())
        if module.room == "contract":
            allowed |= LEAVES
        if module.room in BELOW:
            allowed.add(f"ctk.{module.room}")
        yield from (f"{module.name} imports {name}" for name in _ours(module) if not within(name, allowed))


def roots(modules: House) -> Iterator[str]:
    """The package itself opens a toolkit, which wires capabilities; clients meet in ``__main__`` alone."""
    capabilities = {f"ctk.{room}" for room in SPINE | BELOW.keys()}
    for name, allowed in {"ctk": {"ctk.toolkit"}, "ctk.toolkit": capabilities}.items():
        if name in modules:
            yield from (f"{name} imports {other}" for other in _ours(modules[name]) if not within(other, allowed))


def clients(modules: House) -> Iterator[str]:
    """Clients see the door and what crosses it, and not each other; models know no Tk, widgets nothing of ours."""
    for module in modules.values():
        if module.room not in CLIENTS:
            continue
        allowed = {f"ctk.{name}" for name in CLIENTS_SEE} | {f"ctk.{module.room}"}
        if within(module.name, {"ctk.ui.widgets"}):
            allowed = {"ctk.ui.widgets"}
        if module.room == "selftest":
            allowed |= SELFTEST_SEES
        yield from (f"{module.name} imports {name}" for name in _ours(module) if not within(name, allowed))
        if within(module.name, {"ctk.ui.models"}) and "tkinter" in _tops(module):
            yield f"{module.name} imports tkinter"


def homes(modules: House) -> Iterator[str]:
    """Each outside library has one home, and no library comes without one."""
    standard = sys.stdlib_module_names - HOMES.keys()
    for module in modules.values():
        for top in sorted(_tops(module) - standard - {"ctk"}):
            if top not in HOMES:
                yield f"{module.name} imports {top}, which has no home"
            elif not within(module.name, HOMES[top]):
                yield f"{module.name} imports {top}"


def sizes(modules: House) -> Iterator[str]:
    """Modules, functions and classes stay small."""
    for module in modules.values():
        if (lines := len(module.text.splitlines())) > MODULE_LINES:
            yield f"{module.name} has {lines} lines"
        for function in house.functions(module):
            if (lines := _lines(function)) >= FUNCTION_LINES:
                yield f"{module.name}.{function.name} has {lines} lines"
        for kind in house.classes(module):
            methods = [node for node in kind.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]
            if len(methods) > PUBLIC_METHODS:
                yield f"{module.name}.{kind.name} has {len(methods)} public methods"


def documented(modules: House) -> Iterator[str]:
    """Modules, classes, and functions of some length say what they are; whatever is offered is annotated."""
    for module in modules.values():
        if not ast.get_docstring(module.tree):
            yield f"{module.name} has no docstring"
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            plain = isinstance(node, ast.FunctionDef) and _lines(node) <= PLAIN_LINES
            if not plain and not ast.get_docstring(node):
                yield f"{module.name}.{node.name} has no docstring"
            if isinstance(node, ast.FunctionDef) and not _annotated(node):
                yield f"{module.name}.{node.name} is not annotated"


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def _annotated(function: ast.FunctionDef) -> bool:
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return function.returns is not None and all(argument.annotation for argument in arguments if argument)


def _ours(module: Module) -> list[str]:
    return sorted(name for name in module.imports if name.startswith("ctk."))


def _tops(module: Module) -> set[str]:
    return {name.split(".")[0] for name in module.imports}


RULES: tuple[Rule, ...] = (leaves, downwards, roots, clients, homes, sizes, documented)

BAD: tuple[tuple[Rule, str, str, str], ...] = (
    (leaves, "catalog/query.py", "from ctk.sources import scan", "ctk.catalog.query is a leaf and reaches ctk.sources"),
    (leaves, "catalog/query.py", "from .store import Store", "ctk.catalog.query is a leaf and reaches sqlite3"),
    (leaves, "records.py", "def late():\n    import ctk.toolkit", "ctk.records is a leaf and reaches ctk.toolkit"),
    (downwards, "catalog/rows.py", "from ctk.sources import walk", "ctk.catalog.rows imports ctk.sources"),
    (downwards, "waveforms/peaks.py", "import ctk.audio.player", "ctk.waveforms.peaks imports ctk.audio.player"),
    (downwards, "errors.py", "from ctk.catalog.store import Store", "ctk.errors imports ctk.catalog.store"),
    (downwards, "helpers.py", "", "ctk.helpers has no place in the plan"),
    (roots, "toolkit.py", "import ctk.ui.app", "ctk.toolkit imports ctk.ui.app"),
    (roots, "__init__.py", "import ctk.catalog.store", "ctk imports ctk.catalog.store"),
    (clients, "cli/words.py", "from ..catalog.store import Store", "ctk.cli.words imports ctk.catalog.store"),
    (clients, "cli/words.py", "import ctk.ui.app", "ctk.cli.words imports ctk.ui.app"),
    (clients, "selftest/run.py", "import ctk.ui.app", "ctk.selftest.run imports ctk.ui.app"),
    (clients, "selftest/run.py", "from ctk.audio import player", "ctk.selftest.run imports ctk.audio"),
    (clients, "cli/words.py", "import ctk.selftest.run", "ctk.cli.words imports ctk.selftest.run"),
    (clients, "ui/models/search.py", "import tkinter.ttk", "ctk.ui.models.search imports tkinter"),
    (clients, "ui/widgets/table.py", "from ctk.records import Row", "ctk.ui.widgets.table imports ctk.records"),
    (homes, "sources/scan.py", "import sqlite3", "ctk.sources.scan imports sqlite3"),
    (homes, "doctor.py", "__import__('tkinter')", "ctk.doctor imports tkinter"),
    (homes, "cli/main.py", "import rich.table", "ctk.cli.main imports rich, which has no home"),
    (sizes, "jobs.py", "\n" * 401, "ctk.jobs has 401 lines"),
    (sizes, "jobs.py", "def run():\n" + "    pass\n" * 39, "ctk.jobs.run has 40 lines"),
    (
        sizes,
        "jobs.py",
        "class Jobs:\n" + "".join(f"    def do{n}(self): ...\n" for n in range(16)),
        "ctk.jobs.Jobs has 16 public methods",
    ),
    (documented, "jobs.py", "x = 1", "ctk.jobs has no docstring"),
    (documented, "jobs.py", "def run() -> None:\n" + "    pass\n" * 10, "ctk.jobs.run has no docstring"),
    (documented, "jobs.py", "class Jobs: ...", "ctk.jobs.Jobs has no docstring"),
    (documented, "jobs.py", 'def run(a, *, b: int = 1) -> None:\n    "."', "ctk.jobs.run is not annotated"),
)
"""Each rule, broken on purpose: a file, what it holds, and what the rule must say."""


@pytest.fixture(scope="module")
def modules() -> House:
    return house.read(house.ROOT / "ctk")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule, modules: House) -> None:
    assert list(rule(modules)) == []


def test_scripts_keep_the_rules_of_size_and_words() -> None:
    scripts = house.read(house.ROOT / "build")
    assert [*sizes(scripts), *documented(scripts)] == []


def test_tests_say_what_they_are_about() -> None:
    tests = house.read(house.ROOT / "tests").values()
    assert [module.name for module in tests if not module.package and not ast.get_docstring(module.tree)] == []


@pytest.mark.parametrize(("rule", "file", "text", "complaint"), BAD, ids=lambda value: getattr(value, "__name__", None))
def test_each_rule_sees_what_breaks_it(rule: Rule, file: str, text: str, complaint: str, tmp_path: Path) -> None:
    sample = {
        "__init__.py": "",
        "catalog/__init__.py": "",
        "catalog/store.py": "import sqlite3",
        "audio/player.py": "",
        "ui/app.py": "import tkinter",
        "toolkit.py": "import ctk.catalog.store",
        "sources/scan.py": "",
    }
    for place, content in (sample | {file: text}).items():
        (tmp_path / "ctk" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ctk" / place).write_text(content)
    complaints = list(rule(house.read(tmp_path / "ctk")))
    assert any(said.startswith(complaint) for said in complaints), complaints


@pytest.mark.parametrize("statement", ["import ctk", "import ctk.contract", "import ctk.__main__"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    heavy = ("PIL", "av", "miniaudio", "numpy", "pystray", "tinytag", "tkinter", "torch")
    code = f"{statement}; import sys; print(*sorted(set(sys.modules) & set({heavy!r})))"
    found = subprocess.run([sys.executable, "-c", code], cwd=house.ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
