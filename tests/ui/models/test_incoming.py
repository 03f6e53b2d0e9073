"""What dropped files and folders are to a catalog."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from ctk.ui.models.incoming import find, sort_out
from tests.sources.library import wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("top.wav", "Drums/kick.wav", "Drums/---.wav", "Drums/\N{FIRE}.wav", "Bass/kick.wav"):
        wav(tmp_path / "Samples" / name, len(name))
    return tmp_path / "Samples"


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        yield toolkit


def test_any_catalogued_file_is_found(toolkit: Toolkit, root: Path) -> None:
    files = sorted(path for path in root.rglob("*.wav"))
    ids = find(toolkit.catalog, map(str, files))
    assert [Path(toolkit.catalog.get(id).path) for id in ids] == files
    assert find(toolkit.catalog, [str(root / "kick.wav"), str(root)]) == []


def test_each_is_what_it_is(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    wav(root / "Bass" / "new.wav", 9)
    wav(tmp_path / "Downloads" / "other.wav", 10)
    (tmp_path / "Pack").mkdir()
    arrivals = sort_out(
        toolkit.catalog,
        toolkit.sources,
        [
            *(str(root / "Drums" / "kick.wav"), str(root / "Bass" / "new.wav"), str(root / "Drums")),
            *(str(tmp_path / "Downloads" / "other.wav"), str(tmp_path / "Pack"), str(tmp_path / "nowhere")),
        ],
    )
    assert [source.path for source in arrivals.added] == [str(tmp_path / "Pack")]
    assert [source.path for source in toolkit.sources.list()] == [str(root), str(tmp_path / "Pack")]
    assert list(arrivals.inside) == [str(root)]
    assert [toolkit.catalog.get(id).name for id in arrivals.found] == ["kick.wav"]
    assert list(arrivals.unknown) == [str(root / "Bass" / "new.wav")]
    assert list(arrivals.outside) == [str(tmp_path / "Downloads" / "other.wav")]


def test_a_source_under_another_name_is_not_added_again(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    (tmp_path / "Link").symlink_to(root, target_is_directory=True)
    arrivals = sort_out(toolkit.catalog, toolkit.sources, [str(tmp_path / "Link"), str(root)])
    assert (list(arrivals.added), list(arrivals.inside)) == ([], [str(root)])


def test_nothing_of_use_is_nothing(toolkit: Toolkit, tmp_path: Path) -> None:
    assert not any(sort_out(toolkit.catalog, toolkit.sources, [str(tmp_path / "nowhere")]))
