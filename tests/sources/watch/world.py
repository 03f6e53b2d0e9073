"""A folder in which things happen by chance, and what of it can be told apart afterwards."""

import random
import shutil
import wave
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.sources.library import wav

FEW = 8
"""Folders with more in them are not copied."""


class World:
    """``happen`` does one thing to the folder ``root``; the same things for the same ``seed``."""

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._dice = random.Random(seed)
        self._copied: set[bytes] = set()
        self._what: tuple[Callable[[], None], ...] = (
            *(self.write, self.write, self.write, self._edit, self._delete),
            *(self._move_file, self._move_file, self._move_folder, self._move_folder),
            *(self._copy_folder, self._make_deep),
        )

    def happen(self) -> None:
        self._dice.choice(self._what)()

    def pause_s(self) -> float:
        return self._dice.choice((0.0, 0.0, 0.01, 0.05))

    def write(self) -> None:
        content, frames = self._dice.randrange(10**9), self._dice.randrange(100, 500)
        wav(self._dice.choice(self._folders()) / self._name(".wav"), content, frames=frames)

    def known_by_content(self, ids: Mapping[str, int]) -> dict[bytes, int]:
        """The id of each content of which there never was a second file."""
        found: dict[bytes, int] = {}
        for path, id in ids.items():
            content = Path(path).read_bytes()
            if content not in self._copied:
                found[content] = id
        return found

    def _edit(self) -> None:
        with wave.open(str(self._dice.choice(self._files())), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(48000)
            file.writeframes(self._dice.randbytes(4 * self._dice.randrange(100, 500)))

    def _delete(self) -> None:
        if len(files := self._files()) > 10:
            self._dice.choice(files).unlink()

    def _move_file(self) -> None:
        self._dice.choice(self._files()).rename(self._dice.choice(self._folders()) / self._name(".wav"))

    def _move_folder(self) -> None:
        folder, target = self._dice.choice(self._folders()), self._dice.choice([self._root, *self._folders()])
        if not target.is_relative_to(folder):
            folder.rename(target / self._name())

    def _copy_folder(self) -> None:
        folder = self._dice.choice(self._folders())
        if len(list(folder.rglob("*"))) < FEW:
            self._copied |= {path.read_bytes() for path in folder.rglob("*.wav")}
            shutil.copytree(folder, self._root / self._name())

    def _make_deep(self) -> None:
        wav(self._root / self._name() / "a" / "b" / "c.wav", self._dice.randrange(10**9), frames=100)

    def _name(self, extension: str = "") -> str:
        return f"{self._dice.randrange(10**6)}{extension}"

    def _files(self) -> list[Path]:
        return sorted(self._root.rglob("*.wav"))

    def _folders(self) -> list[Path]:
        return sorted(path for path in self._root.rglob("*") if path.is_dir())
