"""The order of renames: carried out one by one, each finds its place free, and all arrive."""

from hypothesis import given
from hypothesis import strategies as st

from ctk.batch.order import flipped, groups
from ctk.catalog.journal_rows import Entry

FOLDER = "/samples/"


def entry(position: int, old: str, new: str) -> Entry:
    return Entry(position, position, "rename", FOLDER + old, FOLDER + new)


def carry_out(entries: list[Entry]) -> dict[str, int]:
    """Do the renames on a disk of names; where every file ends up."""
    disk = {entry.path: entry.position for entry in entries}
    for group in groups(entries):
        for hop in group:
            parked = f"parked {hop.entry.position}"
            path = parked if hop.kind == "unpark" else hop.entry.path
            target = parked if hop.kind == "park" else hop.entry.target
            assert target not in disk
            disk[target] = disk.pop(path)
    return disk


@given(st.permutations(range(12)), st.integers(0, 12), st.integers(0, 3))
def test_every_rearrangement_works(names: list[int], count: int, shift: int) -> None:
    entries = [
        entry(at, str(old), str(new + shift)) for at, (old, new) in enumerate(zip(range(count), names, strict=False))
    ]
    taken = {item.path for item in entries if item.path == item.target}
    entries = [item for item in entries if item.path not in taken]
    assert carry_out(entries) == {item.target: item.position for item in entries}
    back = [flipped(item) for item in entries]
    assert carry_out(back) == {item.path: item.position for item in entries}


def test_a_long_chain_begins_at_its_end() -> None:
    entries = [entry(at, str(at), str(at + 1)) for at in range(10_000)]
    order = [group[0].entry.position for group in groups(entries)]
    assert order == list(reversed(range(10_000)))


def test_names_that_differ_in_case_wait_for_each_other() -> None:
    assert [group[0].entry.position for group in groups([entry(0, "a", "B"), entry(1, "b", "c")])] == [1, 0]
    (ring,) = groups([entry(0, "a", "B"), entry(1, "b", "A")])
    assert [hop.kind for hop in ring] == ["park", "whole", "unpark"]
    (alone,) = groups([entry(0, "kick", "KICK")])
    assert [hop.kind for hop in alone] == ["whole"]
