"""Picking: what clicks and keys do to a set of ids, checked against the plainest possible model."""

from array import array
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from ctk.ui.models.selection import Marks, Selection

ORDER = array("q", [50, 7, 31, 8, 2, 99, 14, 63, 5, 21])
place = st.integers(0, len(ORDER) - 1)


def ids_of(start: int, stop: int, then: Callable[[Sequence[int]], None]) -> None:
    then(ORDER[start:stop])


def picked(selection: Selection) -> list[int]:
    """Positions of what is picked."""
    return [at for at, id in enumerate(ORDER) if id in selection.marks]


def test_one_and_only_one() -> None:
    selection = Selection(ids_of)
    selection.only(3)
    selection.only(5)
    assert picked(selection) == [5]
    assert selection.focus == 5


def test_a_stretch_grows_shrinks_and_turns_around() -> None:
    selection = Selection(ids_of)
    selection.only(4)
    for end, expected in (
        (7, [4, 5, 6, 7]),
        (6, [4, 5, 6]),
        (2, [2, 3, 4]),
        (3, [3, 4]),
        (4, [4]),
        (9, [4, 5, 6, 7, 8, 9]),
    ):
        selection.extend(end)
        assert picked(selection) == expected


def test_a_stretch_replaces_what_was_picked_before() -> None:
    selection = Selection(ids_of)
    selection.only(0)
    selection.toggle(9)
    selection.toggle(2)
    selection.extend(4)
    assert picked(selection) == [2, 3, 4]


def test_a_stretch_from_a_sound_that_was_dropped_picks_it_again() -> None:
    selection = Selection(ids_of)
    selection.only(1)
    selection.toggle(5)
    selection.toggle(1)
    selection.extend(3)
    assert picked(selection) == [1, 2, 3]


def test_one_more_stretch_keeps_the_rest() -> None:
    selection = Selection(ids_of)
    selection.only(0)
    selection.toggle(6)
    selection.extend(8, keep=True)
    assert picked(selection) == [0, 6, 7, 8]


def test_going_there_picks_nothing_and_all_picks_everything() -> None:
    selection = Selection(ids_of)
    selection.only(1)
    selection.move(4)
    assert (picked(selection), selection.focus) == ([1], 4)
    selection.all(len(ORDER))
    assert len(selection.marks) == len(ORDER)
    assert selection.focus == 4
    selection.clear()
    assert len(selection.marks) == 0


def test_a_stretch_goes_on_when_sounds_came_in_above() -> None:
    selection = Selection(ids_of)
    selection.only(2)
    selection.extend(4)
    shifted = array("q", [1000, 1001, *ORDER])
    selection._ids_of = lambda start, stop, then: then(shifted[start:stop])
    selection.reset(6, keep=True, same_order=True)
    selection.extend(7)
    assert picked(selection) == [2, 3, 4, 5]


def test_a_new_list_without_keep_picks_nothing() -> None:
    selection = Selection(ids_of)
    selection.only(2)
    selection.reset(None, keep=False, same_order=True)
    assert (len(selection.marks), selection.focus) == (0, None)
    selection.extend(3)
    assert picked(selection) == [3]


def test_picks_stay_over_a_new_order_and_the_anchor_is_the_focus() -> None:
    selection = Selection(ids_of)
    selection.only(2)
    selection.extend(4)
    selection.reset(8, keep=True, same_order=False)
    assert picked(selection) == [2, 3, 4]
    selection.extend(9)
    assert picked(selection) == [8, 9]


def test_it_tells_of_picks_and_focus() -> None:
    selection = Selection(ids_of)
    told: list[object] = []
    selection.changed.connect(lambda: told.append("changed"))
    selection.focused.connect(told.append)
    selection.only(3)
    assert told == ["changed", 3]


@given(st.lists(st.tuples(st.sampled_from(["only", "toggle", "extend", "more", "move"]), place), max_size=25))
def test_any_gestures_pick_what_a_plain_model_picks(gestures: list[tuple[str, int]]) -> None:
    selection = Selection(ids_of)
    plain: set[int] = set()
    anchor: int | None = None
    for gesture, at in gestures:
        stretch = set(
            range(min(anchor if anchor is not None else at, at), max(anchor if anchor is not None else at, at) + 1)
        )
        if gesture == "only":
            selection.only(at)
            plain, anchor = {at}, at
        elif gesture == "toggle":
            selection.toggle(at)
            plain, anchor = plain ^ {at}, at
        elif gesture == "move":
            selection.move(at)
            anchor = at
        else:
            selection.extend(at, keep=gesture == "more")
            plain = plain | stretch if gesture == "more" else stretch
            anchor = at if anchor is None else anchor
        assert picked(selection) == sorted(plain)
        assert len(selection.marks) == len(plain)


@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 500), max_size=20)), max_size=20))
def test_marks_are_a_set(changes: list[tuple[bool, list[int]]]) -> None:
    marks = Marks()
    plain: set[int] = set()
    for adding, ids in changes:
        if adding:
            marks.add(ids)
            plain |= set(ids)
        else:
            marks.remove(ids)
            plain -= set(ids)
        assert len(marks) == len(plain)
        assert list(marks.ids()) == sorted(plain)
        assert all((id in marks) == (id in plain) for id in range(0, 501, 7))


def test_a_million_marks_are_small() -> None:
    marks = Marks()
    marks.add(range(1, 1_000_001))
    assert len(marks) == 1_000_000
    assert len(marks._flags) <= 2_100_000


def test_what_was_removed_is_not_picked_any_more_and_nothing_else_changes() -> None:
    selection, told = Selection(ids_of), []
    selection.only(2)
    selection.extend(5)
    selection.changed.connect(lambda: told.append(picked(selection)))
    selection.forget([ORDER[9], 4_000])
    assert told == []
    selection.forget([ORDER[3], ORDER[4], 4_000])
    assert told == [[2, 5]] and selection.focus == 5
    selection.extend(6)
    assert picked(selection) == [2, 3, 4, 5, 6]
