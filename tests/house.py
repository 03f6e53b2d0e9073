"""The project's own source as data: modules, what they import, what they define."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Module:
    """One source file under its dotted name; a package is named without ``__init__``."""

    name: str
    file: Path
    known: frozenset[str]
    package: bool

    @cached_property
    def text(self) -> str:
        return self.file.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.file))

    @property
    def room(self) -> str:
        """The name below the top: ``catalog`` of ``ctk.catalog.store``; empty for the top itself."""
        return self.name.split(".")[1] if "." in self.name else ""

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names of everything imported anywhere in the file, also late and for types only."""
        return frozenset(name for node in ast.walk(self.tree) for name in self._imported(node))

    def _imported(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                start = self._start(node)
                for alias in node.names:
                    whole = f"{start}.{alias.name}"
                    yield whole if whole in self.known else start
            case ast.Call(func=ast.Name("import_module" | "__import__") | ast.Attribute(attr="import_module")):
                yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))

    def _start(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        base = parts[: len(parts) - node.level + self.package]
        return ".".join([*base, *([node.module] if node.module else [])])


def read(top: Path) -> dict[str, Module]:
    """Every module of the package in the folder ``top``, by name."""
    files = {_dotted(file, top): file for file in sorted(top.rglob("*.py"))}
    known = frozenset(files)
    return {name: Module(name, file, known, file.name == "__init__.py") for name, file in files.items()}


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """All classes, nested ones too."""
    yield from (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))


def _dotted(file: Path, top: Path) -> str:
    parts = [top.name, *file.relative_to(top).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
