"""Marks on what is picked, by keys and menus, and what becomes of the list then."""

from tests.ui.conftest import Rig


def pick(rig: Rig, query: str, count: int) -> list[int]:
    """Search, pick all that is found; their ids."""
    rig.hands.type(query)
    rig.wait(lambda: len(rig.names) == count, "the search")
    rig.hands.key("Down", "ctrl+a")
    rig.wait(lambda: len(rig.picked) == count, "the picks")
    return list(rig.window.selection.marks.ids())


def test_keys_mark_all_that_is_picked_and_the_toast_takes_it_back(rig: Rig) -> None:
    facts = rig.toolkit.facts
    ids = pick(rig, "kick", 3)
    rig.hands.key("alt+4")
    rig.wait(lambda: rig.window.toast.text == "4 stars for 3 sounds.", "the toast")
    assert [facts.of(id).rating for id in ids] == [4, 4, 4]
    rig.hands.click(rig.window.toast.buttons["Undo"], 10, 10)
    rig.wait(lambda: facts.of(ids[0]).rating == 0, "the undo")
    rig.hands.key("ctrl+d")
    rig.wait(lambda: facts.of(ids[2]).favourite, "the favourites")
    assert rig.window.catalog.bar.field.text == "kick"


def test_keys_count_in_the_search_box_too_and_leave_its_text(rig: Rig) -> None:
    (id,) = pick(rig, "snare", 1)
    rig.hands.key("ctrl+f", "Home", "alt+2", "ctrl+d")
    rig.wait(lambda: rig.toolkit.facts.of(id).favourite, "the favourite")
    assert rig.toolkit.facts.of(id).rating == 2
    assert rig.window.catalog.bar.field.text == "snare"
    assert "1 sound added" in rig.status


def test_the_row_shows_it_at_once(rig: Rig) -> None:
    rig.hands.key("Down", "alt+5")
    tree = rig.window.catalog.table.tree
    rig.wait(lambda: tree.item(tree.get_children()[0], "values")[1] == "★★★★★", "the stars")


def test_where_a_mark_takes_a_sound_out_of_the_list_the_next_one_is_in_focus(rig: Rig) -> None:
    rig.hands.type("rating:0 kick")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    rig.hands.key("Down", "Down")
    names = list(rig.names)
    rig.hands.key("alt+3")
    rig.wait(lambda: rig.names == [names[0], names[2]], "the list without it")
    rig.wait(lambda: rig.picked == [names[2]], "the next one")


def test_a_search_for_a_collection_offers_to_take_sounds_out_of_it(rig: Rig) -> None:
    facts = rig.toolkit.facts
    facts.collect([row.id for row in rig.toolkit.catalog.search("kick").rows], "New EP")
    ids = pick(rig, 'collection:"new ep"', 3)
    lines = {line.label: line for line in rig.window.marker.lines(rig.window.actions)}
    run = lines["Remove from “New EP”"].run
    assert run is not None
    run()
    rig.wait(lambda: not facts.of(ids[0]).collections, "the end of it")
    rig.wait(lambda: rig.window.toast.text == "3 sounds taken out of “New EP”.", "the toast")


def test_without_a_sound_nothing_can_be_marked(rig: Rig) -> None:
    assert not rig.window.marker.can()
    rig.hands.key("alt+3", "ctrl+t")
    assert "box" not in vars(rig.window.marker)


def test_a_chip_searches_for_all_that_has_it(rig: Rig) -> None:
    rig.toolkit.facts.tag([row.id for row in rig.toolkit.catalog.search("kick").rows], "low end")
    rig.window.marker.find("tag", "low end")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    assert rig.window.catalog.bar.field.text == 'tag:"low end"'
