"""A part of a sound: exactly its frames, again and again, and no file for what is short."""

from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import HeldStream, Samples, Stream
from ctk.audio.span import Span
from tests.audio import signals

RATE = 48_000
CHIRP = signals.chirp(3, RATE)


@pytest.fixture
def stream(tmp_path: Path) -> Stream:
    return decode.open(signals.write("wav_float32", tmp_path / "sound", CHIRP, RATE))


def whole(span: Span, frames: int = 10_000) -> Samples:
    blocks = []
    while len(block := span.read(frames)):
        blocks.append(block)
    return np.concatenate(blocks)


def test_without_a_region_it_is_all_of_the_sound(stream: Stream) -> None:
    span = Span(stream)
    assert (span.first, span.begin, span.cut, span.duration_s) == (0, 0, False, 3.0)
    assert np.allclose(whole(span), CHIRP, atol=1e-6)
    assert span.at == len(CHIRP)
    span.go(100_000)
    assert np.allclose(whole(span), CHIRP[100_000:], atol=1e-6)


def test_a_region_is_its_frames_and_what_leads_to_them(stream: Stream) -> None:
    span = Span(stream, (0.5, 0.75), 0.01)
    assert (span.first, span.begin, span.length, span.cut) == (24_000, 23_520, 12_000, True)
    span.go(span.first)
    assert np.allclose(whole(span), CHIRP[24_000:36_000], atol=1e-6)
    span.go(span.begin)
    assert np.allclose(whole(span), CHIRP[23_520:36_000], atol=1e-6)
    assert span.duration_s == 3.0


def test_a_region_may_reach_to_the_end_and_beyond(stream: Stream) -> None:
    for end_s in (3.0, 5.0):
        span = Span(stream, (2.5, end_s))
        assert not span.cut
        span.go(span.first)
        assert len(whole(span)) == RATE // 2


def test_the_shortest_region_is_one_frame(stream: Stream) -> None:
    span = Span(stream, (1.0, 1.000001))
    span.go(span.first)
    assert np.allclose(whole(span), CHIRP[RATE : RATE + 1], atol=1e-6)


def test_a_short_part_does_without_the_file_after_its_first_round(stream: Stream) -> None:
    span = Span(stream, (0.5, 1.0), 0.01)
    span.go(span.begin)
    whole(span)
    span.hold()
    assert not len(stream.read(1))
    for first in (span.begin, span.first, span.first + 1_000, span.begin):
        span.go(first)
        assert np.allclose(whole(span), CHIRP[first:RATE], atol=1e-6)
    assert span.duration_s == 3.0
    assert span.can_be_sought


def test_what_was_not_read_from_its_beginning_or_is_long_is_not_held(stream: Stream, tmp_path: Path) -> None:
    span = Span(stream, (0.5, 1.0))
    span.go(span.first + 1)
    whole(span)
    span.hold()
    assert len(stream.read(1)) == 1
    long = decode.open(signals.write("wav_16", tmp_path / "long", np.zeros((300_000, 2))))
    span = Span(long)
    whole(span)
    span.hold()
    span.go(0)
    assert len(long.read(1)) == 1
    span.close()


def test_another_stream_of_the_same_sound_can_take_over(stream: Stream) -> None:
    span = Span(stream)
    span.read(1_000)
    span.change(HeldStream(CHIRP.astype(np.float32), RATE, ("FL", "FR")))
    assert not len(stream.read(1))
    span.go(1_000)
    assert np.allclose(span.read(5), CHIRP[1_000:1_005], atol=1e-6)
