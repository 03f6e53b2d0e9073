"""Blocks from one thread to another: in order, counted, and round after round only while looping."""

import threading

import numpy as np

from ctk.audio.decode.samples import Samples
from ctk.audio.feed import Feed


def block(first: int, frames: int) -> Samples:
    return np.repeat(np.arange(first, first + frames, dtype=np.float32)[:, np.newaxis], 2, axis=1)


def numbers(samples: Samples) -> list[float]:
    return [float(number) for number in samples[:, 0]]


def test_frames_come_in_order_whatever_the_blocks() -> None:
    feed = Feed(0, looping=False)
    for first in (0, 3, 6):
        feed.put(block(first, 3))
    assert feed.ahead == 9
    assert numbers(feed.take(4)) == [0, 1, 2, 3]
    assert (feed.at, feed.ahead, feed.heard, feed.over) == (4, 5, True, False)
    assert numbers(feed.take(100)) == [4, 5, 6, 7, 8]
    assert len(feed.take(1)) == 0
    assert not feed.over


def test_the_end_is_reached_when_it_is_taken() -> None:
    feed = Feed(0, looping=False)
    feed.put(block(0, 3))
    feed.put_end()
    feed.put(block(0, 3))
    assert numbers(feed.take(3)) == [0, 1, 2]
    assert not feed.over
    assert len(feed.take(3)) == 0
    assert (feed.over, feed.error, feed.at) == (True, None, 3)


def test_a_loop_goes_on_at_its_start_within_one_block() -> None:
    feed = Feed(7, looping=True)
    feed.put(block(7, 3))
    feed.put_end()
    feed.put(block(0, 10))
    assert numbers(feed.take(8)) == [7, 8, 9, 0, 1, 2, 3, 4]
    assert feed.at == 5


def test_it_is_ready_with_a_block_or_its_end() -> None:
    feed = Feed(0, looping=True)
    feed.put(block(0, 3))
    assert (feed.is_ready(3), feed.is_ready(4)) == (True, False)
    feed.put_end()
    assert not feed.is_ready(4)
    feed.looping = False
    assert feed.is_ready(4)
    failed = Feed(0, looping=True)
    failed.put_end("The drive is gone.")
    assert failed.is_ready(1)


def test_a_further_round_begins_at_its_first_frame() -> None:
    feed = Feed(7, looping=True, first=6)
    feed.put(block(7, 2))
    feed.put_end()
    feed.put(block(6, 3))
    assert numbers(feed.take(4)) == [7, 8, 6, 7]
    assert (feed.at, feed.taken) == (8, 4)


def test_looping_is_decided_when_the_end_is_heard() -> None:
    feed = Feed(0, looping=True)
    for _ in range(3):
        feed.put(block(0, 2))
        feed.put_end()
    assert numbers(feed.take(3)) == [0, 1, 0]
    feed.looping = False
    assert numbers(feed.take(3)) == [1]
    assert feed.over


def test_an_error_ends_also_a_loop() -> None:
    feed = Feed(0, looping=True)
    feed.put(block(0, 2))
    feed.put_end("The drive is gone.")
    assert feed.failed
    assert len(feed.take(9)) == 2
    assert (feed.over, feed.error) == (True, "The drive is gone.")


def test_two_threads_lose_nothing() -> None:
    feed, taken = Feed(0, looping=False), list[float]()

    def put() -> None:
        for first in range(0, 50_000, 50):
            feed.put(block(first, 50))
        feed.put_end()

    thread = threading.Thread(target=put)
    thread.start()
    while not feed.over:
        taken += numbers(feed.take(77))
    thread.join()
    assert taken == list(range(50_000))
    assert feed.ahead == 0
