"""Making and using a library: each step holds, and notices when something real is broken."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ctk.audio.speakers import Speakers
from ctk.classify import builtin
from ctk.selftest import encoding, kinds, library, waves
from ctk.selftest.bench import Bench, Failed
from ctk.selftest.kinds import KINDS, Kind
from ctk.selftest.tones import Tone


def test_every_kind_is_made_scanned_and_heard(scanned: Bench) -> None:
    assert len(scanned.made) == len(KINDS)
    assert library.decode(scanned).startswith(f"{len(KINDS)} files")
    assert library.search(scanned)
    assert library.play(scanned)
    assert scanned.toolkit.audio.now().state == "stopped"


def test_nothing_begins_by_itself(bench: Bench) -> None:
    library.catalog(bench)
    settings = bench.toolkit.settings
    assert not (settings.watch or settings.waveforms or settings.hear_new or settings.keep_in_tray)


def test_what_cannot_be_made_or_read_is_told_and_the_rest_is_made(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, tone: Tone) -> None:
        path.write_bytes(b"half of it")
        raise ValueError("broken")

    broken = Kind("Broken", "wav", "wav", "pcm_s16le", refuse)
    unread = replace(KINDS[0], name="Unread", codec="no such codec")
    monkeypatch.setattr(library, "KINDS", (broken, unread, KINDS[1]))
    library.catalog(bench)
    with pytest.raises(Failed, match=r"Broken cannot be made \(broken\); Unread cannot be read, since its decoder"):
        library.sounds(bench)
    assert [made.kind for made in bench.made] == [KINDS[1]] and len(list(bench.sounds.iterdir())) == 1


def test_a_missing_encoder_is_said_and_no_failure(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    unmade = replace(KINDS[0], name="Unmade", write=kinds._made("wav", "ape", "s16"))
    monkeypatch.setattr(library, "KINDS", (unmade, KINDS[1]))
    library.catalog(bench)
    assert library.sounds(bench) == "1 kinds of files; there is no encoder for Unmade"


SPOILS: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "FLAC, 16 bits: "),
    "noise": (lambda path: path.write_bytes(bytes(range(256)) * 99), "FLAC, 16 bits: "),
    "gone": (lambda path: path.unlink(), "FLAC, 16 bits: "),
    "tone": (lambda path: waves.write(path, Tone(200, 44_100), 16), "of it is the tone of"),
    "long": (lambda path: waves.write(path, Tone(440, 88_200), 16), "88200 Hz"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_a_sound_that_is_not_what_it_was_made_of_is_heard(name: str, scanned: Bench) -> None:
    spoil, words = SPOILS[name]
    (made,) = (made for made in scanned.made if made.kind.name == "FLAC, 16 bits")
    spoil(made.path)
    with pytest.raises(Failed) as failed:
        library.decode(scanned)
    assert words in str(failed.value) and ";" not in str(failed.value)


def test_a_scan_that_does_not_find_everything_fails(bench: Bench) -> None:
    library.catalog(bench)
    library.sounds(bench)
    bench.made[0].path.write_bytes(b"RIFF")
    with pytest.raises(Failed, match=r"tone 00 wav\.wav: "):
        library.scan(bench)
    bench.made[0].path.unlink()
    with pytest.raises(Failed, match=f"{len(KINDS)} files were made and {len(KINDS) - 1} were found"):
        library.scan(bench)


def test_a_scan_that_says_what_is_not_true_fails(bench: Bench) -> None:
    library.catalog(bench)
    library.sounds(bench)
    waves.write(bench.made[0].path, Tone(440, 96_000), 8)
    encoding.write(bench.made[1].path, Tone(440, 44_100), encoding.Recipe("flac", "flac", "s16"))
    with pytest.raises(Failed, match=r"8 bits is said to have 96000 Hz .*; WAV, 16 bits is taken for flac"):
        library.scan(bench)


def test_a_search_that_misses_something_fails(scanned: Bench) -> None:
    scanned.made.pop()
    with pytest.raises(Failed, match="The search for tone finds"):
        library.search(scanned)


def test_without_sounds_nothing_holds(bench: Bench) -> None:
    library.catalog(bench)
    for step in (library.search, library.decode, library.play, library.classify):
        with pytest.raises(Failed):
            step(bench)


def test_a_player_that_stands_still_fails(scanned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "WAIT_S", 0.3)
    monkeypatch.setattr(Speakers, "play", lambda self, feed: None)
    with pytest.raises(Failed, match=r"still at 0\.00 s"):
        library.play(scanned)


def test_the_model_has_an_opinion(scanned: Bench) -> None:
    assert library.classify(scanned).startswith("one sound, which the built-in model takes for ")
    with pytest.raises(Failed, match="has no opinion"):
        library.classify(scanned)  # it knows that one by now


@pytest.mark.logs_errors
def test_a_model_that_is_missing_is_noticed(scanned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    builtin._shipped.cache_clear()
    monkeypatch.setattr(builtin, "FILE", "gone.npz")
    with pytest.raises(OSError, match=r"gone\.npz"):
        library.classify(scanned)
