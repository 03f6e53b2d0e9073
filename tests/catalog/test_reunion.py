"""Which sound the waiting words are of: all of these share their size and quick fingerprint."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog.reunion import Known, pairs

ONE, OTHER = b"1" * 16, b"2" * 16


def known(*paths: str | tuple[str, bytes]) -> list[Known]:
    """Numbered from 1."""
    whole = [(path, None) if isinstance(path, str) else path for path in paths]
    return [Known(id, tuple(path.encode().split(b"/")), digest) for id, (path, digest) in enumerate(whole, 1)]


CASES = {
    "the same path": (["/a/x/kick.wav"], ["/b/x/kick.wav", "/a/x/kick.wav"], {1: 2}),
    "the only one of that name": (["/a/x/kick.wav"], ["/b/y/snare.wav", "/c/kick.wav"], {1: 2}),
    "the one whose folders agree most": (["/a/x/kick.wav"], ["/b/y/kick.wav", "/c/x/kick.wav"], {1: 2}),
    "the only one": (["/a/kick.wav"], ["/b/boom.wav"], {1: 1}),
    "two that differ in nothing": (["/a/kick.wav"], ["/b/boom.wav", "/c/bang.wav"], {}),
    "two of that name": (["/a/kick.wav"], ["/b/kick.wav", "/c/kick.wav"], {}),
    "each its own": (["/a/x/k.wav", "/a/y/k.wav"], ["/b/y/k.wav", "/b/x/k.wav"], {1: 2, 2: 1}),
    "the other is not here": (["/a/kick.wav", "/a/snare.wav"], ["/a/snare.wav"], {2: 1}),
    "both are one": (["/a/kick.wav", "/b/kick.wav"], ["/c/kick.wav"], {1: 1, 2: 1}),
    "said twice of one place": (["/a/kick.wav", "/a/kick.wav"], ["/a/kick.wav", "/b/kick.wav"], {1: 1, 2: 1}),
    "proven to be the same": ([("/a/k.wav", ONE)], [("/b/x.wav", ONE), ("/b/y.wav", ONE)], {1: 1}),
    "one is proven": ([("/a/k.wav", ONE)], ["/b/x.wav", ("/b/y.wav", ONE)], {1: 2}),
    "proven to differ": ([("/a/k.wav", ONE)], [("/a/k.wav", OTHER)], {}),
    "another one has its place": ([("/a/k.wav", ONE)], [("/a/k.wav", OTHER), ("/b/x.wav", ONE)], {1: 2}),
    "not proven, and called otherwise": ([("/a/kick.wav", ONE)], ["/a/snare.wav"], {}),
    "not proven, but called so": ([("/a/kick.wav", ONE)], ["/b/kick.wav"], {1: 1}),
    "nothing here": (["/a/kick.wav"], [], {}),
    "nothing waits": ([], ["/a/kick.wav"], {}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_who_is_who(case: tuple[list[str], list[str], dict[int, int]]) -> None:
    entries, sounds, wanted = case
    assert dict(pairs(known(*entries), known(*sounds), is_whole=False)) == wanted


@pytest.mark.parametrize(
    ("entries", "sounds", "wanted"),
    [
        (["/a/k.wav"], ["/b/x.wav", "/b/y.wav"], {1: 1}),
        (["/a/k.wav", "/a/l.wav"], ["/b/x.wav", "/b/y.wav"], {1: 1, 2: 2}),
        (["/a/k.wav", "/a/l.wav"], ["/b/x.wav"], {1: 1, 2: 1}),
        (["/a/k.wav", "/a/l.wav"], ["/a/k.wav", "/b/x.wav"], {1: 1, 2: 2}),
        (["/a/k.wav", "/a/l.wav"], ["/a/k.wav"], {1: 1, 2: 1}),
    ],
)
def test_where_size_and_fingerprint_are_proof(entries: list[str], sounds: list[str], wanted: dict[int, int]) -> None:
    assert dict(pairs(known(*entries), known(*sounds), is_whole=True)) == wanted


def test_paths_of_other_systems_end_alike_too() -> None:
    windows = [Known(1, (b"C:", b"Samples", b"x", b"k.wav"), None)]
    assert dict(pairs(windows, known("/b/x/k.wav", "/b/y/k.wav"), is_whole=False)) == {1: 1}


_paths = st.lists(st.sampled_from([f"/{a}/{b}/{c}.wav" for a in "xy" for b in "xy" for c in "kl"]), max_size=8)


@settings(deadline=None)
@given(_paths, st.lists(st.sampled_from([f"/{a}/{c}.wav" for a in "xyz" for c in "klm"]), unique=True, max_size=6))
def test_where_all_are_the_same_nothing_waits(entries: list[str], sounds: list[str]) -> None:
    found = pairs(known(*entries), known(*sounds), is_whole=True)
    assert sorted(entry for entry, _ in found) == list(range(1, len(entries) + 1 if sounds else 1))
    own = {entries[entry - 1]: sound for entry, sound in found}
    assert len({(entries[entry - 1], sound) for entry, sound in found}) == len(own), "one path is one sound"
    assert len(set(own.values())) == min(len(own), len(sounds)), "each its own, as far as they go"


@settings(deadline=None)
@given(_paths, st.booleans())
def test_what_is_where_it_was_stays_itself(paths: list[str], is_whole: bool) -> None:
    here = list(dict.fromkeys(paths))
    found = pairs(known(*paths), known(*here), is_whole=is_whole)
    assert {paths[entry - 1]: here[sound - 1] for entry, sound in found} == dict(zip(here, here, strict=True))
