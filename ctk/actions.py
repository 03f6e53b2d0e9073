"""Actions: what the user can do, named once, read by menus, keys, palette and tray. Knows no Tk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """``keys`` are Tk-style sequences without brackets, such as ``Control-f``; ``enabled`` is asked when shown."""

    id: str
    label: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    enabled: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a menu shows it at a moment. Without an ``id`` it cannot be chosen, without a ``label`` it parts
    others; ``checked`` is ``None`` for what is neither on nor off."""

    id: str
    label: str = ""
    enabled: bool = True
    checked: bool | None = None


class Actions:
    """A registry that refuses two actions of one id, and two actions on one key."""

    def __init__(self) -> None:
        self._actions: dict[str, Action] = {}

    def add(self, action: Action) -> Action:
        if action.id in self._actions:
            raise ValueError(f"there already is an action {action.id}")
        for other in self._actions.values():
            if clash := set(other.keys) & set(action.keys):
                raise ValueError(f"{action.id} and {other.id} share the keys {sorted(clash)}")
        self._actions[action.id] = action
        return action

    def __getitem__(self, id: str) -> Action:
        return self._actions[id]

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())
