"""What the user chose, typed, with every default in one place; kept as one JSON file in the home."""

import dataclasses
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

log = logging.getLogger(__name__)


@dataclass
class Settings:
    """Change an attribute, then ``save()``. Values of the wrong type in the file fall back to the default.

    ``theme`` is system or the id of a look, ``system_look`` what the system said last; ``buffer_ms`` is the sound
    device's buffer; ``columns`` maps a table column whose width the user chose to that width in pixels at 100 %.
    ``go_on`` plays through the list; ``even_loudness`` brings sounds to one level without clipping; ``read_ahead_mb``
    and ``waveforms_mb`` bound what is kept of sounds in memory and on disk; ``hear_new`` finds out what new sounds are;
    ``watch`` keeps the catalog up to date while the program runs; ``open_with`` is a program to open sounds with.
    ``filters`` is shown, hidden, or auto for what the width of the window allows; of ``filters_folded`` only the titles
    are seen. ``hidden_columns`` of the table and ``shown_columns`` are so against what the look says, as is
    ``column_order``, which is empty for that of the look; ``splits`` maps parts of a layout to their sizes at 100 %.
    ``keep_in_tray`` is what closing the window does, and ``tray_told`` what was said of it: stays, none for no tray, or
    nothing. ``search`` is what the window begins with, ``recent_actions`` were chosen last in the command palette.
    """

    theme: str = "system"
    system_look: str = ""
    volume_db: float = 0.0
    audition: bool = True
    loop: bool = False
    go_on: bool = False
    even_loudness: bool = False
    read_ahead_mb: int = 64
    waveforms: bool = True
    waveforms_mb: int = 400
    hear_new: bool = True
    detail: bool = False
    filters: str = "auto"
    filters_folded: list[str] = dataclasses.field(default_factory=lambda: ["is"])
    watch: bool = True
    open_with: str = ""
    buffer_ms: int = 20
    device: str = ""
    keep_in_tray: bool = True
    tray_told: str = ""
    geometry: str = ""
    sort: str = "name"
    desc: bool = False
    search: str = ""
    recent_actions: list[str] = dataclasses.field(default_factory=list)
    columns: dict[str, int] = dataclasses.field(default_factory=dict)
    hidden_columns: list[str] = dataclasses.field(default_factory=list)
    shown_columns: list[str] = dataclasses.field(default_factory=list)
    column_order: list[str] = dataclasses.field(default_factory=list)
    splits: dict[str, int] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self._file: Path | None = None
        self._unknown: dict[str, Any] = {}

    @classmethod
    def load(cls, file: Path) -> "Settings":
        """Read ``file``; what is absent, unreadable or of the wrong type keeps its default."""
        try:
            stored = json.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            stored = {}
        except (OSError, ValueError) as exc:
            log.warning("settings in %s could not be read, using defaults: %s", file, exc)
            stored = {}
        settings = cls()
        settings._file = file
        if isinstance(stored, dict):
            settings._take(stored)
        return settings

    def save(self) -> None:
        """Write everything, whole or not at all; values of newer versions are kept."""
        if self._file is None:
            return
        text = json.dumps(self._unknown | dataclasses.asdict(self), indent=2, sort_keys=True)
        part = self._file.with_suffix(".part")
        try:
            part.write_text(text + "\n", "utf-8")
            os.replace(part, self._file)
        except OSError as exc:
            log.warning("settings could not be saved: %s", exc)

    def _take(self, stored: dict[str, Any]) -> None:
        types = get_type_hints(type(self))
        for name, value in stored.items():
            if name not in types:
                self._unknown[name] = value
            elif _fits(value, getattr(self, name)):
                setattr(self, name, value)
            else:
                log.warning("setting %s has an odd value, using the default", name)


def _fits(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    if isinstance(default, dict):
        return isinstance(value, dict) and all(isinstance(width, int) for width in value.values())
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, type(default))
