"""What the sound device really played, recorded from it: the sound that was asked for, and nothing else."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from ctk.audio import decode
from ctk.audio.decode.seeking import Hints
from tests.audio import signals
from tests.audio.conftest import Stand, wait_for
from tests.sound_server import RATE_HZ, Recording, SoundServer
from tests.sounds import KINDS

FADE = 192
LATE_S = 0.5
"""More than the time from asking for a sound until it is on the recording."""

AAC_PADDING = 1_024
"""What the encoder puts before the sound, which the ffmpeg program leaves there in bare AAC."""

AUDIBLE_KINDS = [kind for kind in KINDS if kind != "ape"]
"""Of Monkey's Audio there is only silence to write here."""


@pytest.mark.parametrize("kinds", [AUDIBLE_KINDS[first::7] for first in range(7)], ids=" ".join)
def test_every_kind_sounds_as_it_was_written(kinds: list[str], loud: Stand, heard: Recording, tmp_path: Path) -> None:
    """One after the other. Lossless files against what was written, the others against another program's decoding."""
    expected = []
    for kind in kinds:
        number, rate = AUDIBLE_KINDS.index(kind), KINDS[kind].rate_hz or 44_100
        file = signals.write(kind, tmp_path / kind, signals.chirp(0.2, rate, number), rate)
        expected.append(_expected(kind, file, signals.chirp(0.2, RATE_HZ, number)))
        loud.player.play(file)
        wait_for(lambda: loud.player.now().state == "stopped")
    heard.wait(LATE_S)
    end = 0
    for kind, sound in zip(kinds, expected, strict=True):
        match = signals.locate(heard.samples(), sound[: len(sound) * 4 // 5])
        # Debian's ffmpeg decodes this Vorbis wrongly (oggdec agrees with what is heard), its encoder is a rough one.
        rough = kind == "ogg_vorbis"
        assert match.likeness > (0.7 if rough else 0.9995), kind
        assert match.gain == pytest.approx(1, abs=0.3 if rough else 0.002), kind
        assert match.at >= end, f"{kind} was not heard when it was played"
        end = match.at + len(sound) * 4 // 5


def _expected(kind: str, file: Path, written: npt.NDArray[np.float64]) -> npt.NDArray[np.floating]:
    """What was written, or what the ffmpeg program decodes where that is another thing."""
    if kind in signals.LOSSLESS or kind == "ogg_vorbis":
        return written
    return signals.reference(file, skip=AAC_PADDING if kind == "aac" else 0)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000, 192_000])
def test_every_rate_keeps_its_pitch_and_level(rate: int, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    loud.player.play(signals.write("wav_24", tmp_path / "sound", signals.chirp(0.4, rate), rate))
    heard.wait(0.4 + LATE_S)
    match = signals.locate(heard.samples(), signals.chirp(0.4, RATE_HZ))
    assert match.likeness > 0.999
    assert match.gain == pytest.approx(1, abs=0.002)


def test_the_last_of_many_quick_requests_is_heard_alone(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    files = [
        signals.write("wav_16", tmp_path / str(number), signals.sine(3, 44_100, 300 + 50 * number))
        for number in range(8)
    ]
    for file in files * 3:
        loud.player.play(file)
    heard.wait(LATE_S + 1)
    last = heard.samples()[-RATE_HZ // 2 :]
    assert signals.strength(last, 650) == pytest.approx(0.5, abs=0.005)
    assert max(signals.strength(last, 300 + 50 * number) for number in range(7)) < 0.001


def test_a_change_clicks_not_and_leaves_nothing_over(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    low = signals.write("wav_16", tmp_path / "low", signals.sine(3, 44_100, 200))
    high = signals.write("flac_16", tmp_path / "high", signals.sine(3, 44_100, 500))
    for _ in range(4):
        for file in (low, high):
            loud.player.play(file)
            heard.wait(0.25)
    samples = heard.samples()
    assert signals.steepest(samples) < 2 * _step(500) + 2 * 0.5 / FADE
    loud.player.play(low)
    heard.wait(LATE_S + 0.2)
    last = heard.samples()[-RATE_HZ // 5 :]
    assert signals.strength(last, 500) < 0.0005
    assert np.abs(last).max() == pytest.approx(0.5, abs=0.002)


def test_a_new_sound_begins_at_its_first_sample_at_full_level(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    attack = np.full((4_800, 2), 0.5)
    loud.player.play(signals.write("wav_float32", tmp_path / "tone", signals.sine(3, 48_000, 200), 48_000))
    loud.player.stop()
    heard.wait(0.2)
    before = heard.frames
    loud.player.play(signals.write("wav_float32", tmp_path / "attack", attack, 48_000))
    heard.wait(0.1 + LATE_S)
    samples = heard.samples()[before:]
    start = signals.first_sound(samples)
    assert np.allclose(samples[start : start + 4_800], 0.5, atol=1e-5)
    assert not samples[start + 4_800 :].any()


def test_pause_is_silence_and_resume_goes_on_where_it_was(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    chirp = signals.chirp(4, 48_000)
    loud.player.play(signals.write("wav_float32", tmp_path / "chirp", chirp, 48_000))
    heard.wait(0.6)
    loud.player.pause()
    heard.wait(LATE_S)
    paused_at, silent_from = round(loud.player.now().position_s * RATE_HZ), heard.frames
    heard.wait(0.2)
    assert not heard.samples()[silent_from:].any()
    loud.player.resume()
    heard.wait(0.4 + LATE_S)
    samples = heard.samples()
    start = signals.first_sound(samples)
    match = signals.locate(samples, chirp[: paused_at - FADE])
    assert match.at == pytest.approx(start, abs=1)
    assert match.likeness == pytest.approx(1, abs=1e-5)
    again = signals.locate(samples[silent_from:], chirp[paused_at + FADE : paused_at + RATE_HZ // 3])
    assert again.likeness == pytest.approx(1, abs=1e-5)
    assert again.at - FADE == signals.first_sound(samples[silent_from:], 1e-6) - 1
    assert signals.steepest(samples) < _step(1_500) * 1.5


@pytest.mark.parametrize("kind", ["wav_16", "aiff_24", "flac_16", "ogg_flac", "wv_16", "m4a_alac"])
def test_seek_lands_on_the_sample(kind: str, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    assert abs(_seek_error(kind, loud, heard, tmp_path)) <= 1


@pytest.mark.parametrize("kind", ["mp3_cbr", "mp3_vbr", "ogg_vorbis", "opus", "m4a_aac", "wma"])
def test_seek_in_lossy_formats_lands_in_the_frame(kind: str, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    assert abs(_seek_error(kind, loud, heard, tmp_path)) <= 2_048 * RATE_HZ // 44_100


@pytest.mark.long
@pytest.mark.parametrize("kind", AUDIBLE_KINDS)
def test_every_kind_is_sought_in_exactly_with_its_index(
    kind: str, loud: Stand, heard: Recording, tmp_path: Path
) -> None:
    """Right sound, right place, right level, no click: at every point, forwards and back, while it plays."""
    rate = KINDS[kind].rate_hz or 44_100
    file = signals.write(kind, tmp_path / "sound", signals.chirp(4, rate), rate)
    with decode.open(file) as stream:
        while len(stream.read(65_536)):
            pass
        loud.hints[7] = Hints(index=stream.index())
    expected = _expected(kind, file, signals.chirp(4, RATE_HZ))
    loud.sounds[7] = str(file)
    loud.player.play(7)
    for point_s in (3.2, 0.013, 1.5, 0.9, 2.4):
        before = heard.frames
        loud.player.resume()
        loud.player.seek(point_s)
        heard.wait(0.4)
        loud.player.pause()
        heard.wait(LATE_S)
        _check_place(kind, heard.samples()[before:], expected, loud.player.now().position_s)


def _check_place(kind: str, samples: signals.Samples, expected: npt.NDArray[np.floating], position_s: float) -> None:
    """What was heard last is what is before ``position_s`` in the sound."""
    paused_at, length = round(position_s * RATE_HZ), RATE_HZ // 10
    match = signals.locate(samples, expected[paused_at - length : paused_at - FADE])
    error = match.at + length - _silent_from(samples)
    rough = kind == "ogg_vorbis"
    assert abs(error) <= (RATE_HZ / 1_000 if kind in signals.LOSSLESS else 2_048 * RATE_HZ / 44_100)
    assert match.likeness > (0.6 if rough else 0.98)
    assert match.gain == pytest.approx(1, abs=0.5 if rough else 0.02 if kind in signals.LOSSLESS else 0.1)
    assert signals.clicks(samples) < signals.clicks(expected) + 0.02


def _seek_error(kind: str, loud: Stand, heard: Recording, folder: Path) -> int:
    """By how many frames the sound, after a seek, is not at the position that the player tells."""
    rate, chirp = KINDS[kind].rate_hz or 44_100, signals.chirp(8, RATE_HZ)
    loud.player.play(signals.write(kind, folder / "sound", signals.chirp(8, rate), rate))
    heard.wait(0.2)
    loud.player.seek(6.25)
    assert loud.player.now().position_s == pytest.approx(6.25, abs=0.05)
    heard.wait(0.4)
    loud.player.pause()
    heard.wait(LATE_S)
    samples, paused_at = heard.samples(), round(loud.player.now().position_s * RATE_HZ)
    assert signals.steepest(samples) < _step(1_500) * 1.6
    match = signals.locate(samples, chirp[paused_at - RATE_HZ // 5 : paused_at - FADE])
    assert match.likeness > (0.6 if kind == "ogg_vorbis" else 0.98)
    return match.at + RATE_HZ // 5 - _silent_from(samples)


def _silent_from(samples: signals.Samples) -> int:
    """The frame after the last that is not silent."""
    return len(samples) - signals.first_sound(samples[::-1], 0)


@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_a_loop_has_no_seam(rate: int, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    """100 rounds of a tone that ends where it begins are one long tone, also when its rate is not the device's."""
    file = signals.write("wav_float32", tmp_path / "tone", signals.sine(0.02, rate, 400), rate)
    loud.player.play(file, loop=True)
    heard.wait(2 + LATE_S)
    samples = heard.samples()
    start = signals.first_sound(samples)
    rounds = samples[start + 960 : start + 2 * RATE_HZ - 960]
    assert np.abs(rounds - signals.fitted(rounds, 400)).max() < 0.0005


@pytest.mark.long
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_a_region_that_fits_itself_has_no_seam(rate: int, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    file = signals.write("wav_float32", tmp_path / "tone", signals.sine(0.5, rate, 400), rate)
    loud.player.play(file, region=(0.2, 0.22), loop=True)
    heard.wait(2 + LATE_S)
    samples = heard.samples()
    start = signals.first_sound(samples)
    rounds = samples[start + 960 : start + 2 * RATE_HZ - 960]
    assert np.abs(rounds - signals.fitted(rounds, 400)).max() < 0.0005


def test_a_region_stays_in_time_for_100_rounds_and_clicks_not(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    """One that is no whole number of device blocks, from the middle of a sound."""
    first, length, rounds = 30_000, 1_237, 100
    chirp = signals.chirp(1, RATE_HZ)
    file = signals.write("wav_float32", tmp_path / "chirp", chirp, RATE_HZ)
    loud.player.play(file, region=(first / RATE_HZ, (first + length) / RATE_HZ), loop=True)
    heard.wait(rounds * length / RATE_HZ + LATE_S)
    samples = heard.samples()
    start = signals.first_sound(samples, 0) - 1
    played = samples[start : start + rounds * length].reshape(rounds, length, 2)
    whole = slice(FADE, length - FADE)
    assert np.abs(played[:, whole] - chirp[first : first + length][whole]).max() < 1e-4
    assert signals.clicks(samples[start + FADE : start + rounds * length]) < 0.005


@pytest.mark.long
@pytest.mark.parametrize("kind", ["wav_16", "flac_24", "mp3_cbr", "ogg_vorbis", "m4a_aac", "opus", "wma"])
def test_a_region_too_large_for_memory_stays_in_time(kind: str, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    """From the second round on it is sought in the file."""
    first, length = 50_000, 290_000
    file = signals.write(kind, tmp_path / "sound", signals.chirp(8, RATE_HZ), RATE_HZ)
    with decode.open(file) as stream:
        stream.seek(first)
        one = np.concatenate([stream.read(length - FADE), np.zeros((FADE, 2), np.float32)])
    loud.player.play(file, region=(first / RATE_HZ, (first + length) / RATE_HZ), loop=True)
    heard.wait(3 * length / RATE_HZ + LATE_S)
    samples = heard.samples()
    start = signals.locate(samples[: 2 * RATE_HZ], one[FADE : RATE_HZ // 2]).at - FADE
    played = samples[start : start + 3 * length].reshape(3, length, 2)
    whole = slice(2_000, length - FADE)
    assert np.abs(played[:, whole] - one[whole]).max() < (1e-4 if kind in signals.LOSSLESS else 0.01)


@pytest.mark.long
@pytest.mark.parametrize(
    "kind",
    "wav_8 wav_24 wav_alaw wav_adpcm_ms wav_mp3 aiff_16 aifc_ima4 caf_alac flac_16 ogg_flac ogg_vorbis opus mp3_cbr "
    "mp3_vbr mp2 m4a_aac m4a_alac aac wma wv_16 tta_16".split(),
)
def test_a_loop_stays_in_time_for_100_rounds(kind: str, loud: Stand, heard: Recording, tmp_path: Path) -> None:
    shortest_s = 0.1 if kind == "wma" else 0.04
    file = signals.write(kind, tmp_path / "sound", signals.chirp(shortest_s, RATE_HZ), RATE_HZ)
    with decode.open(file, channels=2) as stream:
        one = stream.read(RATE_HZ)
    loud.player.play(file, loop=True)
    heard.wait(100 * len(one) / RATE_HZ + LATE_S)
    samples = heard.samples()
    start = signals.locate(samples[: 2 * RATE_HZ], one).at % len(one)
    start += len(one) * -(-max(0, signals.first_sound(samples) - start) // len(one))
    played = samples[start : start + 99 * len(one)].reshape(99, len(one), 2)
    assert np.abs(played - one).max() < 1e-5


def test_a_loop_can_be_ended_and_begun_while_it_plays(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    chirp = signals.chirp(0.3, 48_000)
    file = signals.write("wav_float32", tmp_path / "chirp", chirp, 48_000)
    loud.player.play(file)
    loud.player.set_loop(True)
    heard.wait(0.7)
    loud.player.set_loop(False)
    heard.wait(0.4 + LATE_S)
    samples = heard.samples()
    start = signals.first_sound(samples) - 1
    length = _silent_from(samples) - start
    assert length == 3 * len(chirp)
    assert np.abs(samples[start : start + length] - np.tile(chirp, (3, 1))).max() < 1e-4
    assert loud.player.now().state == "stopped"


def test_volume_scales_without_a_click(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    loud.player.set_volume(-20)
    loud.player.play(signals.write("wav_16", tmp_path / "tone", signals.sine(4, 44_100, 200)))
    heard.wait(0.3 + LATE_S)
    assert signals.strength(heard.samples()[-RATE_HZ // 5 :], 200) == pytest.approx(0.05, rel=0.01)
    loud.player.set_volume(6)
    heard.wait(LATE_S)
    loud.player.set_volume(0)
    heard.wait(0.2 + LATE_S)
    assert signals.strength(heard.samples()[-RATE_HZ // 5 :], 200) == pytest.approx(0.5, rel=0.01)
    assert signals.steepest(heard.samples()) < 2 * _step(200) + 0.004
    loud.player.set_volume(-60)
    heard.wait(LATE_S)
    silent_from = heard.frames
    heard.wait(0.1)
    assert not heard.samples()[silent_from:].any()
    assert loud.player.now().state == "playing"


def test_stop_and_the_end_are_followed_by_silence(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    tone = signals.write("wav_16", tmp_path / "tone", signals.sine(4, 44_100, 200))
    loud.player.play(tone)
    heard.wait(0.3)
    loud.player.stop()
    heard.wait(LATE_S)
    assert signals.steepest(heard.samples()) < _step(200) + 2 * 0.5 / FADE
    loud.player.play(tone, start_s=3.9)
    heard.wait(0.1 + LATE_S)
    silent_from = heard.frames
    heard.wait(0.1)
    assert not heard.samples()[silent_from:].any()
    assert [now.state for now in loud.told] == ["playing", "stopped", "playing", "stopped"]


def test_closing_lets_what_is_heard_fade_out(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    loud.settings.buffer_ms = 100
    loud.player.play(signals.write("wav_16", tmp_path / "tone", signals.sine(4, 44_100, 200)))
    heard.wait(LATE_S)
    loud.player.close()
    heard.wait(0.3)
    samples = heard.samples()
    assert not samples[-RATE_HZ // 20 :].any()
    assert signals.steepest(samples) < _step(200) + 2 * 0.5 / FADE
    assert signals.clicks(samples[signals.first_sound(samples) :]) < 0.01


def test_even_loudness_is_the_level_that_is_known(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    files = [
        signals.write("wav_24", tmp_path / str(level), signals.sine(4, 44_100, 200, level)) for level in (0.02, 0.9)
    ]
    stand = loud
    stand.sounds.update(enumerate(map(str, files)))
    stand.hints = {0: Hints(peak_db=-34.0, loudness_db=-37.0), 1: Hints(peak_db=-0.9, loudness_db=-3.9)}
    stand.settings.even_loudness = True
    for id in (0, 1):
        stand.player.play(id)
        heard.wait(0.2 + LATE_S)
        level = signals.strength(heard.samples()[-RATE_HZ // 10 :], 200)
        assert level == pytest.approx(2**0.5 * 10 ** ((-18 + (-37.0 + 34.0 + 3.0)) / 20), rel=0.02)


def test_position_counts_the_frames_that_were_heard(loud: Stand, heard: Recording, tmp_path: Path) -> None:
    loud.player.play(signals.write("wav_float32", tmp_path / "flat", np.full((96_000, 2), 0.25), 48_000))
    heard.wait(0.5)
    loud.player.pause()
    heard.wait(LATE_S)
    samples = heard.samples()
    count = _silent_from(samples) - signals.first_sound(samples)
    assert loud.player.now().position_s * RATE_HZ == pytest.approx(count, abs=1.5)


def test_another_device_takes_over_and_gives_back(
    loud: Stand, heard: Recording, server: SoundServer, tmp_path: Path
) -> None:
    number = server.add_device("other")
    loud.player.play(signals.write("wav_16", tmp_path / "tone", signals.sine(9, 44_100, 300)))
    heard.wait(0.3)
    loud.player.set_device("other")
    heard.wait(LATE_S)
    silent_from = heard.frames
    heard.wait(0.2)
    assert not heard.samples()[silent_from:].any()
    before = loud.player.now().position_s
    loud.player.set_device(None)
    heard.wait(0.2 + LATE_S)
    server.remove_device(number)
    assert signals.strength(heard.samples()[-RATE_HZ // 10 :], 300) == pytest.approx(0.5, abs=0.01)
    assert before - 0.1 < loud.player.now().position_s < before + 1.5
    assert loud.settings.device == ""


def _step(freq: float, level: float = 0.5) -> float:
    """The steepest step of a sine."""
    return 2 * np.pi * freq * level / RATE_HZ
