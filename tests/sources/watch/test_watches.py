"""The books of which watch is on which folder."""

import os

from ctk.sources.watch.watches import Place, Watches


def filled() -> Watches:
    watches = Watches()
    for watch, folder in enumerate(["", "Drums", os.path.join("Drums", "Loops"), "Drums 2"], 1):
        watches.put(watch, 1, folder)
    watches.put(9, 2, "")
    return watches


def test_each_watch_has_a_place() -> None:
    watches = filled()
    assert watches.place(2) == Place(1, "Drums")
    assert watches.place(9) == Place(2, "")
    assert watches.place(5) is None
    assert len(watches) == 5


def test_what_is_below_a_folder_is_loose_with_it() -> None:
    watches = filled()
    assert watches.loosen(1, "Drums")
    assert list(watches.loose) == [2, 3]
    assert [watches.place(watch) for watch in (2, 3, 4)] == [None, None, Place(1, "Drums 2")]
    assert len(watches) == 5
    assert not watches.loosen(1, "Drums")
    assert not watches.loosen(3)


def test_a_whole_tree_is_loose() -> None:
    watches = filled()
    assert watches.loosen(1)
    assert list(watches.loose) == [1, 2, 3, 4]
    assert watches.place(9) == Place(2, "")


def test_a_loose_watch_is_put_on_again_under_another_name() -> None:
    watches = filled()
    watches.loosen(1, "Drums")
    watches.put(2, 2, "Percussion")
    assert watches.place(2) == Place(2, "Percussion")
    assert list(watches.loose) == [3]


def test_a_folder_in_the_place_of_another() -> None:
    watches = filled()
    watches.put(20, 1, "Drums")
    assert watches.place(20) == Place(1, "Drums")
    assert watches.place(2) is None
    assert list(watches.loose) == [2]


def test_loose_ones_are_taken_off_few_at_a_time() -> None:
    watches = filled()
    watches.loosen(1)
    assert [watches.off(3), watches.off(3), watches.off(3)] == [[1, 2, 3], [4], []]
    assert len(watches) == 1


def test_a_watch_that_the_system_took_off() -> None:
    watches = filled()
    assert watches.forget(2) == Place(1, "Drums")
    assert watches.forget(2) is None
    assert not watches.loosen(1, "Drums")
