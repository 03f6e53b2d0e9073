"""Finding pieces of words."""

from hypothesis import given
from hypothesis import strategies as st

from ctk.catalog.vocabulary import Vocabulary

words = st.lists(st.text("abcé1", min_size=1, max_size=5).map(str.encode), unique=True, max_size=200)
pieces = st.text("abcé1", min_size=1, max_size=5).map(str.encode)


@given(words, pieces, st.booleans(), st.booleans())
def test_find_is_a_look_at_every_word(words: list[bytes], piece: bytes, at_start: bool, at_end: bool) -> None:
    vocabulary = Vocabulary.of(words)
    expected = [
        number
        for number, word in enumerate(words, 1)
        if piece in word
        and (not at_start or word.startswith(piece))
        and (not at_end or word.endswith(piece))
        and (not (at_start and at_end) or word == piece)
    ]
    assert vocabulary.find(piece, at_start=at_start, at_end=at_end).tolist() == expected
    assert vocabulary.words() == words
    assert len(vocabulary) == len(words)


def test_many_hits_of_pieces_of_all_lengths() -> None:
    words = [f"{'kick' * (n % 3)}{'kicnk' * (n % 2)}x{n}".encode() for n in range(3000)]
    vocabulary = Vocabulary.of(words)
    for piece in (b"k", b"ki", b"kic", b"kick", b"kickk", b"ckkic", b"x", b"x1", b"99", b"x2999"):
        expected = [number for number, word in enumerate(words, 1) if piece in word]
        assert vocabulary.find(piece, at_start=False, at_end=False).tolist() == expected
        expected = [number for number, word in enumerate(words, 1) if word.startswith(piece)]
        assert vocabulary.find(piece, at_start=True, at_end=False).tolist() == expected
        expected = [number for number, word in enumerate(words, 1) if word.endswith(piece)]
        assert vocabulary.find(piece, at_start=False, at_end=True).tolist() == expected


def test_no_words() -> None:
    vocabulary = Vocabulary.of([])
    assert len(vocabulary) == 0
    assert vocabulary.words() == []
    assert vocabulary.find(b"a", at_start=False, at_end=False).tolist() == []
