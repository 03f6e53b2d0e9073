"""A key goes from one part of the window to the next."""

from unittest.mock import Mock

from tests.ui.conftest import Rig


def part(rig: Rig) -> str:
    focus = rig.root.focus_get()
    assert focus is not None
    return str(focus)


def test_parts_follow_one_another_and_come_round(rig: Rig) -> None:
    window = rig.window
    seen = []
    for _ in range(12):
        rig.hands.key("ctrl+F6")
        seen.append(part(rig))
    table, entry = str(window.catalog.table.tree), str(window.catalog.bar.field.entry)
    assert table in seen and str(window.player._button) in seen
    assert seen.count(table) >= 2 and all(seen[at] != seen[at + 1] for at in range(11))
    window.catalog.find()
    rig.hands.key("ctrl+F6")
    there = part(rig)
    rig.hands.key("ctrl+shift+F6")
    assert there != entry and part(rig).startswith(str(window.catalog.bar))


def test_what_was_just_done_comes_first_and_gives_the_keys_back(rig: Rig) -> None:
    undo = Mock()
    rig.window.catalog.leave()
    rig.window.toast.show("Three sounds were moved.", ("Undo", undo))
    rig.root.update()
    rig.hands.key("ctrl+F6")
    assert part(rig) == str(rig.window.toast.buttons["Undo"])
    rig.hands.key("space")
    rig.wait(lambda: undo.called, "the way back")
    assert part(rig) == str(rig.window.catalog.table.tree) and not rig.window.toast.text


def test_the_keys_of_a_box_that_closed_meanwhile_go_back_to_the_list(rig: Rig) -> None:
    window = rig.window
    window.catalog.leave()
    window.selection.only(3)
    window.selection.extend(5)
    rig.hands.key("ctrl+t")
    rig.hands.type("dark")
    rig.hands.key("Return")
    rig.wait(lambda: window.toast.buttons, "the way back")
    rig.hands.key("ctrl+F6", "space")
    rig.wait(lambda: not window.toast.buttons, "the end")
    assert part(rig) == str(window.catalog.table.tree)
