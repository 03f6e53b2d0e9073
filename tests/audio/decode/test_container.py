"""A file as FFmpeg sees it."""

from pathlib import Path

import pytest

from ctk.audio.decode.container import opened, peek
from tests.audio import signals


def test_a_look_at_other_bytes_leaves_the_file_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(range(100)))
    with path.open("rb", buffering=0) as file:
        file.seek(7)
        assert peek(file, 50, 3) == bytes((50, 51, 52))
        assert peek(file, 98, 9) == bytes((98, 99))
        assert file.read(1) == b"\7"


def test_only_the_content_says_what_a_file_is(tmp_path: Path) -> None:
    path = signals.write("flac_16", tmp_path / "sound.wav", signals.chirp(0.2, 44_100))
    with path.open("rb", buffering=0) as file, opened(file) as container:
        assert container.format.name == "flac"


def test_what_is_too_short_to_be_recognised_can_be_named(tmp_path: Path) -> None:
    path = signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(0.2, 44_100))
    with path.open("rb", buffering=0) as file, opened(file, "mp3") as container:
        assert container.format.name == "mp3"


@pytest.mark.parametrize("kind", ["concat", "lavfi", "hls"])
def test_what_is_no_sound_file_is_not_opened_even_by_name(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("ffconcat version 1.0\nfile sound.wav\n")
    with path.open("rb", buffering=0) as file, pytest.raises(ValueError):
        opened(file, kind)
