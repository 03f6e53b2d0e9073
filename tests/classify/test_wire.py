"""Messages arrive whole or not at all."""

import io

import numpy as np
import pytest

from ctk.classify import wire


def sent(*messages: tuple[bytes, list[bytes | memoryview]]) -> bytes:
    stream = io.BytesIO()
    for kind, parts in messages:
        wire.send(stream, kind, parts)
    return stream.getvalue()


def test_messages_arrive_one_by_one() -> None:
    samples = np.arange(5, dtype=np.float32)
    stream = io.BytesIO(sent((wire.RUN, [b"head", samples.data]), (wire.MEMORY, []), (wire.FAILED, [b"why"])))
    assert wire.receive(stream) == (wire.RUN, bytearray(b"head" + samples.tobytes()))
    assert wire.receive(stream) == (wire.MEMORY, bytearray())
    assert wire.receive(stream) == (wire.FAILED, bytearray(b"why"))
    assert wire.receive(stream) is None


def test_a_message_that_breaks_off_is_none() -> None:
    whole = sent((wire.HEARD, [b"abc"]))
    assert [wire.receive(io.BytesIO(whole[:size])) for size in range(len(whole))] == [None] * len(whole)


def test_what_is_no_message_is_not_waited_for() -> None:
    with pytest.raises(ValueError, match="no message"):
        wire.receive(io.BytesIO(b"Traceback (most recent call last):"))
