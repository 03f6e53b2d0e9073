"""Which gone file is which new one: decided by evidence, never guessed."""

from ctk.catalog.rows import Twin
from ctk.sources.moves import match


def twin(id: int, name: str = "a.wav", mtime_ns: int = 1, full_hash: bytes | None = None) -> Twin:
    return Twin(id, "/root", f"/root/{id}/{name}", name.encode(), 200_000, mtime_ns, full_hash, "ok", 0, 0.0)


def no_hash(twin: Twin) -> bytes | None:
    return None


def test_one_gone_one_new() -> None:
    assert match([twin(1)], [twin(2, "b.wav", 2)], 0, no_hash) == [(1, 2)]


def test_one_gone_one_new_with_other_content() -> None:
    assert match([twin(1, full_hash=b"x")], [twin(2)], 0, lambda _: b"y") == []
    assert match([twin(1, full_hash=b"x")], [twin(2, "b.wav", 9)], 0, lambda _: b"x") == [(1, 2)]


def test_a_copy_that_stayed_makes_it_doubtful() -> None:
    assert match([twin(1)], [twin(2, "b.wav", 2)], 1, no_hash) == []
    assert match([twin(1)], [twin(2, "a.wav", 2)], 1, no_hash) == [(1, 2)]


def test_name_and_time_come_before_either_alone() -> None:
    gone = [twin(1, "a.wav", 1), twin(2, "a.wav", 2)]
    new = [twin(3, "a.wav", 2), twin(4, "a.wav", 1)]
    assert sorted(match(gone, new, 0, no_hash)) == [(1, 4), (2, 3)]


def test_what_cannot_be_told_apart_stays_apart() -> None:
    gone = [twin(1), twin(2)]
    assert match(gone, [twin(3), twin(4)], 0, no_hash) == []
    assert match(gone, [twin(3)], 0, no_hash) == []
    assert match([twin(1)], [twin(3), twin(4)], 0, no_hash) == []


def test_the_rest_is_decided_after_the_certain_ones() -> None:
    gone = [twin(1, "a.wav", 1), twin(2, "b.wav", 1)]
    new = [twin(3, "a.wav", 1), twin(4, "c.wav", 1)]
    assert sorted(match(gone, new, 0, no_hash)) == [(1, 3), (2, 4)]


def test_content_overrules_a_name() -> None:
    hashes = {3: b"y", 4: b"x"}
    gone = [twin(1, "a.wav", 1, b"x"), twin(2, "b.wav", 2, b"y")]
    new = [twin(3, "a.wav", 1), twin(4, "b.wav", 2)]
    assert sorted(match(gone, new, 0, lambda found: hashes[found.id])) == [(1, 4), (2, 3)]
