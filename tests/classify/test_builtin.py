"""The built-in listener: small, quick to load, right about clear sounds, unsure where it should be."""

import io
import subprocess
import sys
import wave
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

import debian
from ctk.audio import decode
from ctk.classify import builtin, features
from ctk.classify.builtin import CATEGORIES, Model
from ctk.classify.features.spectrum import Array
from training import report, sounds

RATE = features.RATE
LABELS = Path(__file__).parent / "labels.csv"
SAID = ("come on everybody put your hands in the air", "I can feel it all night long", "this is the sound of music")


def seconds(length: float) -> Array:
    return np.arange(round(length * RATE)) / RATE


def noise(count: int) -> Array:
    return np.random.default_rng(3).standard_normal(count)


def kick() -> Array:
    time = seconds(0.35)
    return np.asarray(np.sin(2 * np.pi * (50 * time - 6 * np.exp(-time / 0.03))) * np.exp(-time / 0.09))


def snare() -> Array:
    time = seconds(0.25)
    return np.sin(2 * np.pi * 190 * time) * np.exp(-time / 0.04) + 0.5 * noise(len(time)) * np.exp(-time / 0.06)


def hat() -> Array:
    time = seconds(0.08)
    return np.diff(noise(len(time) + 2), 2) * np.exp(-time / 0.02)


def sub() -> Array:
    time = seconds(1.5)
    return np.tanh(1.3 * np.sin(2 * np.pi * 46 * time)) * np.minimum(1, (1.5 - time) * 10)


def riser() -> Array:
    time = seconds(4.0)
    bins = np.fft.rfft(noise(len(time)))
    hiss = np.fft.irfft(bins * (np.fft.rfftfreq(len(time), 1 / RATE) > 500), len(time))
    return np.asarray(hiss * (time / 4) ** 2)


def stab() -> Array:
    """A chord of detuned saws."""
    time = seconds(1.2)
    notes = [hz * detune for hz in (220.0, 261.6, 329.6) for detune in (0.994, 1.0, 1.006)]
    return np.asarray(sum(2 * (hz * time % 1) - 1 for hz in notes) * np.minimum(1, (1.2 - time) * 20))


def told(samples: Array) -> str:
    answer = Model.load().probabilities(features.of(samples.astype(np.float32), RATE)[None])
    return CATEGORIES[int(answer.argmax())]


@pytest.mark.parametrize(
    ("make", "category"),
    [(kick, "drums"), (snare, "drums"), (hat, "drums"), (sub, "bass"), (riser, "fx"), (stab, "synth")],
)
def test_clear_sounds_are_told(make: Callable[[], Array], category: str) -> None:
    assert told(make()) == category


@pytest.mark.parametrize("words", SAID)
@pytest.mark.parametrize("voice", ["en-us+m3", "en-us+f2"])
def test_speech_is_vocal(words: str, voice: str, tmp_path: Path) -> None:
    if "espeak-ng" in debian.missing():
        pytest.skip("needs eSpeak NG, which build/test.py installs on Debian")
    file = tmp_path / "said.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(file), words], check=True)
    assert told(sounds.heard(file)) == "vocal"


def test_the_packs_it_learned_are_known(sonic_pi: Path, lmms: Path) -> None:
    """No judgement of how good it is, but of whether what is shipped is what was trained."""
    packs = debian.PACKS
    assert packs in sonic_pi.parents and packs in lmms.parents
    some = list(sounds.labelled(LABELS, packs))[:276:6]
    assert len(some) >= 40
    right = [told(sounds.heard(packs / path)) == category for path, category, _ in some]
    assert np.mean(right) > 0.85


def test_probabilities_are_probabilities_and_rows_do_not_depend_on_each_other() -> None:
    rows = np.stack([features.of(make().astype(np.float32), RATE) for make in (kick, sub, riser)])
    whole = Model.load().probabilities(rows)
    assert whole.shape == (3, len(CATEGORIES))
    assert np.allclose(whole.sum(axis=1), 1) and (whole > 0).all()
    for number, row in enumerate(rows):
        assert np.allclose(Model.load().probabilities(row[None])[0], whole[number], atol=1e-5)
    assert Model.load().probabilities(rows[:0]).shape == (0, len(CATEGORIES))


def test_silence_is_not_told_with_certainty() -> None:
    assert Model.load().probabilities(np.zeros((1, features.SIZE), np.float32)).max() < 0.7


def test_likeness_is_between_unit_vectors() -> None:
    rows = np.stack([features.of(make().astype(np.float32), RATE) for make in (kick, sub, riser)])
    vectors = Model.load().standardised(rows)
    assert vectors.shape == rows.shape and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_shipped_file_is_small_and_of_these_features() -> None:
    shipped = resources.files("ctk.classify").joinpath(builtin.FILE).read_bytes()
    assert len(shipped) < 300_000
    with np.load(io.BytesIO(shipped)) as kept:
        assert int(kept["version"]) == features.VERSION
        assert kept["mean"].shape == (features.SIZE,)


def test_what_is_written_is_read_again() -> None:
    kept, rows = io.BytesIO(), np.random.default_rng(1).standard_normal((50, features.SIZE)).astype(np.float32)
    Model.load().write(kept)
    kept.seek(0)
    again = Model.read(kept)
    assert np.allclose(again.probabilities(rows), Model.load().probabilities(rows), atol=0.02)


def test_neither_torch_nor_a_larger_library_is_loaded() -> None:
    program = "import sys; from ctk.classify.builtin import Model; Model.load(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    assert not {"torch", "scipy", "sklearn", "av", "tkinter"} & set(loaded)


def test_a_file_of_any_rate_is_heard_alike(tmp_path: Path) -> None:
    time = np.arange(88_200) / 88_200
    with wave.open(str(tmp_path / "kick.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(88_200)
        samples = np.sin(2 * np.pi * (50 * time - 6 * np.exp(-time / 0.03))) * np.exp(-time / 0.09)
        file.writeframes(np.repeat((samples * 30_000).astype("<i2"), 2).tobytes())
    with decode.open(tmp_path / "kick.wav", rate=RATE, channels=1) as stream:
        assert told(stream.read(RATE)[:, 0]) == "drums"


@pytest.mark.long
@pytest.mark.timeout(7_200)
def test_it_does_well_on_packs_it_never_met(tmp_path: Path) -> None:
    """The whole way: fetch, render, speak, synthesise, learn without each pack in turn, and judge that pack."""
    if debian.can_install():
        debian.install(debian.VOICES)
    script = Path(debian.__file__).parent / "train_builtin.py"
    command = [sys.executable, str(script), "--score-only", "--cache", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    print(done.stdout)
    found = report.said(done.stdout)
    assert found >= 0.60
