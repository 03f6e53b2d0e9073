"""What the help says of keys, as they are now."""

from collections.abc import Sequence
from typing import Final

from ctk.actions import Actions
from ctk.ui import keys

_PICK: Final = f"{keys.shown('Control-space', mac=False)}, {keys.shown('Control-X')[:-1]}click"
_Pressed = str | tuple[str | tuple[str, str], ...]
"""What to press, or the actions whose keys these are; a pair is the first and the last of many in a row."""
_LINES: Final[Sequence[tuple[_Pressed, str]]] = (
    ("Up, Down", "Go to the next sound and hear it"),
    ("Page up, Page down, Home, End", "Go further"),
    (("play.toggle",), "Play or pause"),
    (("play.start",), "Play from the start, as a double-click does"),
    ("Shift with any of these or a click", "Pick everything up to there"),
    (_PICK, "Pick one more, or one less"),
    (keys.shown("Control-a"), "Pick all"),
    (("play.next", "play.previous"), "The next sound, the one before, from anywhere"),
    (("play.back", "play.forward"), "One second back or on"),
    (("play.back5", "play.forward5"), "Five seconds back or on"),
    (("play.unmark",), "In the list: clear the part that is marked in the waveform"),
    ("[, ]", "In a waveform: a part begins, ends where the cursor is"),
    (("play.loop", "play.go_on"), "Loop, go on through the list"),
    (("play.audition", "play.stop"), "Move in silence, stop"),
    (("play.even", "play.recent"), "Even loudness, what was played last"),
    (("view.detail", "view.filters"), "All about the sound in focus, the filters"),
    (("search.focus",), "Search; letters typed in the list go there, too"),
    ("Esc", "Clear the search; shut a box or a drawer"),
    (("help.commands",), "Find any command by its name"),
    (("view.next",), "Go to the next part of the window, or to Undo where something was just done"),
    ("Tab, Shift+Tab", "Go through everything that takes keys; Space or Enter presses it"),
    (keys.shown("Shift-F10"), "The menu of what is in focus"),
    (("edit.remove",), "Remove what is picked; Undo brings it back"),
    ((("mark.1", "mark.5"), "mark.0"), "Give what is picked stars, one to five, or none"),
    (("mark.favourite", "mark.tags"), "Make it a favourite, tag it"),
    (("mark.collection", "mark.note"), "Put it into a collection, write a note"),
    (("hear.similar", "hear.ask"), "Find what is most like it, say what it is"),
    (("edit.rename", "edit.move"), "Rename what is picked, move it to a folder"),
    (("edit.copy", "edit.path"), "Copy the files of what is picked, or their paths"),
    (("edit.reveal", "edit.open_with"), "Show it in its folder, open it in an audio editor"),
    (("edit.undo",), "Take back the last change to files"),
    (("view.order",), "Sort by another column"),
    (("view.borders", "view.headings"), "Move the borders of panels, or columns, with the arrow keys"),
    (("view.catalog", "view.sources", "view.duplicates", "view.map"), "The catalog, sources, duplicates, the map"),
    ("Arrow keys, Enter", "On the map: go to the next sound that way, show it in the catalog"),
    ("+, -, 0", "On the map: closer, further away, all of it"),
    ("X, K", "Among duplicates: leave a copy out, keep this copy"),
    (("file.add", "file.rescan"), "Add a folder, scan all folders again"),
    (("view.reload",), "Read the look again after its files were changed"),
    (("help.keys",), "These keys"),
)


def key_lines(actions: Actions) -> list[tuple[str, str]]:
    """What to press, and what it does. What cannot be done by a key is left out."""
    found = []
    for pressed, meaning in _LINES:
        shown = pressed if isinstance(pressed, str) else _shown(actions, pressed)
        if shown:
            found.append((shown, meaning))
    return found


def _shown(actions: Actions, ids: Sequence[str | tuple[str, str]]) -> str:
    return ", ".join(filter(None, (_key(actions, id) if isinstance(id, str) else _range(actions, *id) for id in ids)))


def _key(actions: Actions, id: str) -> str:
    return keys.shown(actions[id].keys[0]) if actions[id].keys else ""


def _range(actions: Actions, first: str, last: str) -> str:
    """Keys in a row; where the user chose others, the two of them."""
    begin, end = _key(actions, first), _key(actions, last)
    in_row = begin and end and begin[:-1] == end[:-1]
    return f"{begin} to {end}" if in_row else ", ".join(filter(None, (begin, end)))
