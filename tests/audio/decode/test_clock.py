"""Times to frames and back, whatever ticks a format has."""

from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest

from ctk.audio.decode.clock import Clock, flac_number
from ctk.audio.decode.container import SoundPacket
from tests.audio import signals


def test_fine_ticks_are_exact() -> None:
    mp3 = Clock(368_640, Fraction(1, 320))
    assert mp3.exact
    assert [mp3.frame(mp3.time(frame)) for frame in (0, 1, 47, 317_520_000)] == [0, 1, 47, 317_520_000]
    assert mp3.frame(0) == -1_152


def test_milliseconds_mean_the_packet_that_begins_there() -> None:
    wma = Clock(0, Fraction(44_100, 1_000), 2_048)
    assert wma.exact
    assert [wma.frame(time) for time in (0, 46, 92, 139, 875_670)] == [0, 2_048, 4_096, 6_144, 18_856 * 2_048]
    assert not Clock(0, Fraction(44_100, 1_000)).exact


def test_packets_begin_after_the_first_that_was_shortened() -> None:
    shortened = Clock(0, Fraction(48_000, 1_000), 960, 648)
    assert [shortened.frame(time) for time in (0, 14, 34, 54)] == [-312, 648, 1_608, 2_568]


def test_rounded_ticks_are_counted() -> None:
    """A packet of 1,536 frames at 44,100 Hz is 3,134.69 ticks long, and 3,134 are counted."""
    ac3 = Clock(0, Fraction(1_536, 3_134), 1_536)
    assert ac3.frame(3_134 * 200_000) == 1_536 * 200_000
    assert 0 <= 1_536 * 200_000 - ac3.frame(ac3.time(1_536 * 200_000)) <= 1_536


def test_flac_packets_are_numbered(tmp_path: Path) -> None:
    file = signals.write("flac_16", tmp_path / "sound", signals.chirp(12, 192_000), 192_000)
    with av.open(str(file)) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
        frames = packets[0].decode()[0].samples
        assert [flac_number(packet, frames) for packet in packets] == [packet.pts for packet in packets]
    assert len(packets) > 128


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("fff8c9180000000000000000", 0),
        ("fff8c9187f00000000000000", 127 * 4_096),
        ("fff8c918c280000000000000", 128 * 4_096),
        ("fff8c918e0a0800000000000", 2_048 * 4_096),
        ("fff9c918febfbfbfbfbfbf00", (1 << 36) - 1),
        ("fff0c9180000000000000000", None),
        ("fff8c918", None),
    ],
)
def test_the_numbers_are_written_like_characters(head: str, number: int | None) -> None:
    packet = cast(SoundPacket, av.Packet(bytes.fromhex(head)))
    assert flac_number(packet, 4_096) == number
