"""Sounds that are alike: the same audio in other wrappings, other versions by name, and nothing that is neither."""

import os
import shutil
from pathlib import Path

import pytest

import ctk
from ctk.catalog.duplicate_traits import Location, Named
from ctk.duplicates import decoding
from ctk.duplicates.near import versions
from ctk.errors import UsageError
from ctk.records import Group, Groups
from tests.duplicates.library import copy, find, paths
from tests.sounds import KINDS, make
from tests.sources.library import wav

LOSSLESS = ("wav_16", "wav_24", "flac_16", "aiff_16", "m4a_alac", "wv_16", "tta_16", "caf_16", "ogg_flac", "w64")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def names(group: Group) -> list[str]:
    return sorted(os.path.basename(path) for path in paths(group))


def of_kind(found: Groups, kind: str) -> list[list[str]]:
    return sorted(names(group) for group in found.groups if group.kind == kind)


def test_the_same_audio_in_every_lossless_wrapping_is_one_group(home: Path, root: Path) -> None:
    made = []
    for number, kind in enumerate(LOSSLESS):
        if kind != "wav_24":  # rounded to more bits, so another sound
            made.append(
                make(kind, root / f"sound {number}.x", seconds=0.7).rename(root / f"{kind}.{KINDS[kind].extension}")
            )
    make("wav_24", root / "finer.wav", seconds=0.7)
    make("wav_16", root / "other pitch.wav", seconds=0.7, freq=441)
    make("wav_16", root / "longer.wav", seconds=0.71)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root, near=True)
    assert of_kind(found, "same audio") == [sorted(path.name for path in made)]
    assert of_kind(found, "near") == []


def test_other_metadata_does_not_make_another_sound(home: Path, root: Path) -> None:
    for kind, other in (("wav_16", "wav"), ("mp3_cbr", "mp3"), ("ogg_vorbis", "ogg"), ("m4a_aac", "m4a")):
        make(kind, root / f"bare {other}.{other}", seconds=0.5)
        make(kind, root / f"tagged {other}.{other}", seconds=0.5, metadata={"title": "Kick", "artist": "Somebody"})
    with ctk.open(home) as toolkit:
        found = find(toolkit, root, near=True)
        assert find(toolkit, root).groups == []
    pairs = of_kind(found, "same audio")
    assert ["bare wav.wav", "tagged wav.wav"] in pairs
    assert ["bare mp3.mp3", "tagged mp3.mp3"] in pairs
    assert ["bare m4a.m4a", "tagged m4a.m4a"] in pairs
    assert len(pairs) == 4
    group = next(group for group in found.groups if "tagged wav.wav" in names(group))
    assert "Metadata differs." in group.differences
    assert group.files[0].reason == "its metadata says the most"


def test_a_version_in_another_format_is_near_and_says_what_differs(home: Path, root: Path) -> None:
    (root / "Drums").mkdir()
    make("wav_24", root / "Drums/Kick.wav", seconds=1, rate=48_000)
    make("mp3_cbr", root / "kick (1).mp3", seconds=1)
    make("wav_24", root / "snare.wav", seconds=1)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root, near=True).groups
    assert (group.kind, group.wasted_bytes, names(group)) == ("near", 0, ["Kick.wav", "kick (1).mp3"])
    assert all(copy.keep for copy in group.files)
    assert os.path.basename(group.files[0].path) == "Kick.wav"
    assert [sentence.partition(" ")[0] for sentence in group.differences] == ["Formats", "Sample", "Sizes", "Metadata"]
    assert "Sample rates differ: 48 kHz, 44.1 kHz." in group.differences


@pytest.mark.parametrize(
    "other", ["Café.wav", "cafe copy.wav", "CAFÉ - Copy (2).wav", "Cafe\u0301 (1).wav", "cafe_1.wav"]
)
def test_marks_of_copies_case_and_accents_do_not_matter(home: Path, root: Path, other: str) -> None:
    (root / "b").mkdir()
    wav(root / "a/café.wav", 1, frames=44_100)
    wav(root / "b" / other, 2, frames=44_500)
    with ctk.open(home) as toolkit:
        assert len(find(toolkit, root, near=True).groups) == 1


def test_another_length_or_name_is_not_near(home: Path, root: Path) -> None:
    wav(root / "a/kick.wav", 1, frames=44_100)
    wav(root / "b/kick.wav", 2, frames=47_000)
    wav(root / "b/kicks.wav", 3, frames=44_100)
    wav(root / "a/01.wav", 4, frames=44_100)
    wav(root / "b/01.wav", 5, frames=44_100)
    with ctk.open(home) as toolkit:
        assert find(toolkit, root, near=True).groups == []


def test_exact_copies_count_once_among_versions(home: Path, root: Path) -> None:
    copy(wav(root / "a/kick.wav", 1), root / "b/kick.wav")
    wav(root / "c/kick.wav", 2)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root, near=True)
    assert [(group.kind, len(group.files)) for group in found.groups] == [("exact", 2), ("near", 2)]
    assert found.total == 2


def test_alike_sounds_are_never_planned(home: Path, root: Path) -> None:
    wav(root / "a/kick.wav", 1)
    wav(root / "b/kick.wav", 2)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root, near=True).groups
        assert toolkit.duplicates.plan().steps == ()
        with pytest.raises(UsageError, match="alike but not the same"):
            toolkit.duplicates.plan([group.id])
        assert toolkit.duplicates.find().result(60).groups == []
        assert toolkit.duplicates.summary().groups == [group]


def test_what_was_heard_is_kept_until_the_file_changes(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    whole = decoding.whole

    def counting(file: Location, check: object) -> bytes | None:
        heard.append(os.path.basename(file.path))
        return whole(file, lambda: None)

    monkeypatch.setattr(decoding, "whole", counting)
    make("wav_16", root / "a.wav", seconds=0.5)
    make("flac_16", root / "b.flac", seconds=0.5)
    make("wav_16", root / "another.wav", seconds=0.5, freq=220)
    with ctk.open(home) as toolkit:
        found = find(toolkit, root, near=True)
        assert of_kind(found, "same audio") == [["a.wav", "b.flac"]]
        assert sorted(heard) == ["a.wav", "b.flac"]
        make("aiff_16", root / "c.aiff", seconds=0.5)
        again = find(toolkit, root, near=True)
        assert of_kind(again, "same audio") == [["a.wav", "b.flac", "c.aiff"]]
        assert sorted(heard) == ["a.wav", "b.flac", "c.aiff"]
        assert again.groups[0].id == found.groups[0].id
        make("flac_16", root / "b.flac", seconds=0.5, freq=300)
        os.utime(root / "b.flac", (1, 1))
        toolkit.sources.scan().result(60)
        assert of_kind(toolkit.duplicates.summary(), "same audio") == []
        assert of_kind(find(toolkit, root, near=True), "same audio") == [["a.wav", "c.aiff"]]


def test_a_small_change_leads_to_what_a_fresh_search_finds(home: Path, root: Path, tmp_path: Path) -> None:
    for number in range(6):
        wav(root / f"a/tone {number}.wav", number, frames=3000 + number)
        wav(root / f"b/Tone {number} (1).wav", number + 10, frames=3000 + number)
    make("wav_16", root / "a/sine.wav", seconds=0.2)
    with ctk.open(home) as toolkit:
        assert len(of_kind(find(toolkit, root, near=True), "near")) == 6
        (root / "a/tone 0.wav").unlink()
        (root / "a/tone 1.wav").rename(root / "a/other.wav")
        wav(root / "a/tone 2.wav", 2, frames=30_000)
        shutil.move(root / "a/tone 3.wav", root / "c.wav")
        wav(root / "c/TONE 4.wav", 99, frames=3004)
        make("flac_16", root / "b/sine.flac", seconds=0.2)
        found = find(toolkit, near=True)
        with ctk.open(tmp_path / "fresh home") as fresh:
            wanted = find(fresh, root, near=True)
    assert {(group.kind, *names(group)) for group in found.groups} == {
        (group.kind, *names(group)) for group in wanted.groups
    }
    assert of_kind(found, "near") == [["TONE 4.wav", "Tone 4 (1).wav", "tone 4.wav"], ["Tone 5 (1).wav", "tone 5.wav"]]


def test_a_dismissed_group_stays_away_until_another_version_comes(home: Path, root: Path) -> None:
    wav(root / "a/kick.wav", 1)
    wav(root / "b/kick.wav", 2)
    with ctk.open(home) as toolkit:
        (group,) = find(toolkit, root, near=True).groups
        toolkit.duplicates.dismiss(group.id)
        assert find(toolkit, near=True).groups == []
        wav(root / "c/kick.wav", 3)
        assert [len(group.files) for group in find(toolkit, near=True).groups] == [3]


def test_a_file_that_cannot_be_decoded_is_left_out(home: Path, root: Path) -> None:
    make("flac_16", root / "a.flac", seconds=1)
    broken = bytearray((root / "a.flac").read_bytes())
    for at in range(len(broken) // 2, len(broken)):
        broken[at] = 0
    (root / "b.flac").write_bytes(broken)
    with ctk.open(home) as toolkit:
        assert of_kind(find(toolkit, root, near=True), "same audio") == []


def test_lengths_are_compared_with_the_first_so_that_groups_do_not_creep() -> None:
    def sounds(*lengths_ms: int) -> list[Named]:
        return [Named(1, length, number, number) for number, length in enumerate(lengths_ms)]

    assert list(versions(sounds(10_000, 10_150, 10_300, 10_450)).values()) == [(0, 1), (2, 3)]
    assert list(versions(sounds(100, 150)).values()) == [(0, 1)]
    assert versions(sounds(100, 151)) == {}
    assert versions([Named(1, 100, 7, 1), Named(1, 100, 7, 2)]) == {}
    assert versions(sounds(100, 101), same_audio=[(0, 1)]) == {}
    assert list(versions(sounds(100, 101, 102), same_audio=[(0, 1)]).values()) == [(0, 1, 2)]
