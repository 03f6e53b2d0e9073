"""How many channels become one or two, and sounds in memory."""

import numpy as np
import pytest

from ctk.audio.decode.samples import HeldStream, mixing

FIVE_ONE = ("FL", "FR", "FC", "LFE", "BL", "BR")


def mixed(places: tuple[str, ...], channels: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    matrix = mixing(places, channels)
    assert matrix is not None
    assert matrix.shape == (len(places), channels)
    return matrix


def test_as_many_channels_as_asked_for_are_left_alone() -> None:
    assert mixing(("FC",), 1) is None
    assert mixing(("NONE", "NONE"), 2) is None


def test_one_channel_goes_to_both_sides_unchanged() -> None:
    assert mixed(("NONE",), 2).tolist() == [[1, 1]]


def test_two_channels_meet_in_the_middle() -> None:
    assert mixed(("FL", "FR"), 1).tolist() == [[0.5], [0.5]]


@pytest.mark.parametrize(
    "places", [FIVE_ONE, ("FL", "FR", "LFE"), ("FL", "FR", "FC", "BC"), ("NONE",) * 7, ("FL", "FR", "FC", "SL", "SR")]
)
def test_many_channels_can_never_clip_and_all_are_heard(places: tuple[str, ...]) -> None:
    matrix = mixed(places, 2)
    assert matrix.sum(axis=0).max() <= 1 + 1e-6
    assert (matrix.sum(axis=1) > 0.05).all()
    assert matrix[:, 0].sum() == pytest.approx(matrix[:, 1].sum())


def test_sides_stay_on_their_sides() -> None:
    matrix = mixed(FIVE_ONE, 2)
    left, right, centre, _, back_left, back_right = matrix.tolist()
    assert left == right[::-1]
    assert left[1] == back_left[1] == back_right[0] == 0
    assert centre[0] == centre[1]
    assert left[0] > centre[0]


def test_channels_of_no_known_place_alternate() -> None:
    assert mixed(("NONE",) * 4, 2).tolist() == [[0.5, 0], [0, 0.5], [0.5, 0], [0, 0.5]]


def test_a_held_sound_reads_like_a_file() -> None:
    samples = np.arange(20, dtype=np.float32).reshape(10, 2)
    with HeldStream(samples, 10, ("FL", "FR")) as stream:
        assert (stream.frames, stream.duration_s, stream.channels) == (10, 1.0, 2)
        assert stream.read(4).tolist() == samples[:4].tolist()
        stream.seek(8)
        assert (len(stream.read(4)), len(stream.read(4))) == (2, 0)
        stream.seek(99)
        assert len(stream.read(4)) == 0
