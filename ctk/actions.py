"""Actions: what the user can do, named once, read by menus, keys, palette and tray. Knows no Tk."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Action:
    """``keys`` are Tk-style sequences without brackets, such as ``Control-f``; ``enabled`` is asked when shown.

    ``needs`` is what there has to be first, where it is not enabled; ``also`` are other words it is looked for by.
    """

    id: str
    label: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    enabled: Callable[[], bool] = lambda: True
    needs: str = ""
    also: str = ""


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
        self._usual: dict[str, tuple[str, ...]] = {}

    def add(self, action: Action) -> Action:
        if action.id in self._actions:
            raise ValueError(f"there already is an action {action.id}")
        _refuse_shared(self._actions | {action.id: action})
        self._actions[action.id] = action
        self._usual[action.id] = action.keys
        return action

    def use(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Give the named actions these keys instead of their usual ones; all others have their usual ones again."""
        given = {id: replace(action, keys=keys.get(id, self._usual[id])) for id, action in self._actions.items()}
        _refuse_shared(given)
        self._actions = given

    def __getitem__(self, id: str) -> Action:
        return self._actions[id]

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())


def _refuse_shared(actions: Mapping[str, Action]) -> None:
    owners: dict[str, str] = {}
    for id, action in actions.items():
        for key in action.keys:
            if owners.setdefault(key, id) != id:
                raise ValueError(f"{id} and {owners[key]} share the key {key}")
