"""Which engines are ready, and the sentence for each that is not."""

from pathlib import Path

import pytest

from ctk.classify import engines, weights, worker
from ctk.errors import UsageError


@pytest.fixture
def torch_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "panns_missing", lambda: None)


def test_names_and_the_built_in_model_are_always_ready(home: Path) -> None:
    assert [(engine.name, engine.ready) for engine in engines.all_of(home)][:2] == [("names", True), ("built-in", True)]
    assert engines.chosen(home, "names", "auto") == "names"


def test_without_torch_cnn14_says_what_brings_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_NEEDS", ("torch_that_nobody_has",))
    assert engines.best(home) == "built-in"
    assert not engines.lacks_weights_only(home)
    with pytest.raises(UsageError, match=r"torch_that_nobody_has.*pip install"):
        engines.chosen(home, "cnn14", "auto")


@pytest.mark.usefixtures("torch_is_here")
def test_without_what_it_learned_cnn14_says_how_to_have_it(home: Path) -> None:
    assert engines.lacks_weights_only(home)
    assert engines.chosen(home, None, "auto") == "built-in"
    assert "zenodo" in engines.weights_words(home)
    with pytest.raises(UsageError, match="--fetch"):
        engines.chosen(home, "cnn14", "cpu")


@pytest.mark.usefixtures("torch_is_here")
def test_the_best_engine_is_the_one_that_knows_most(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.pth").write_bytes(b"x")
    monkeypatch.setenv(weights.VARIABLE, str(tmp_path / "mine.pth"))
    assert engines.chosen(home, None, "auto") == engines.best(home) == "cnn14"
    assert not engines.lacks_weights_only(home)
    assert "mine.pth" in engines.weights_words(home)


def test_what_is_no_device_is_refused_whatever_the_engine(home: Path) -> None:
    for device in ("gpu", "cuda:", "cpu:1", ""):
        with pytest.raises(UsageError, match="no device"):
            engines.chosen(home, "names", device)
