"""The engines: which there are, what each came to, and how to have the best one."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ctk.classify import weights, worker
from ctk.toolkit import Toolkit
from ctk.ui.models.hearing import Hears
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listeners import Listeners, place
from ctk.ui.models.listening import Listening
from tests.classify.file_server import Manners, serving
from tests.ui.models.conftest import Room

CONTENT = bytes(range(256)) * 400


class Known(Room):
    """Listeners that somebody looks at."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        scans = Scans(toolkit.sources.scan, self.pump)
        listening = Listening(self.waveforms, toolkit.settings, scans, self.pump)
        self.hears = Hears(lambda: toolkit.classify, toolkit.settings, scans, listening, self.pump)
        self.listeners = Listeners(lambda: toolkit.classify, toolkit.settings, self.hears, self.pump)
        self.listeners.show(True)
        self.run(lambda: self.listeners.engines, "the engines")


@pytest.fixture
def known(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Known]:
    monkeypatch.setattr(worker, "panns_missing", lambda: None)
    monkeypatch.setattr("ctk.ui.models.listeners.AGAIN_MS", 20)
    monkeypatch.delenv(weights.VARIABLE, raising=False)
    known = Known(filled)
    yield known
    known.pump.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Manners]:
    """The place that what CNN14 learned is fetched from."""

    manners = Manners(CONTENT)
    with serving(manners) as url:
        known: dict[str, Any] = {"size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
        monkeypatch.setattr(weights, "fetch", partial(weights.fetch, url=url, **known))
        monkeypatch.setattr(weights, "adopt", partial(weights.adopt, **known))
        yield manners


def test_it_tells_who_there_is_and_what_is_not_heard(known: Known) -> None:
    listeners = known.listeners
    assert [engine.name for engine in listeners.engines] == ["names", "built-in", "cnn14"]
    assert listeners.summary == "The built-in model has not listened to 10 sounds yet."
    assert listeners.by == [("Your own word", 0), ("Their names", 0)]
    assert not listeners.can_choose and listeners.fetchable and "327 MB" in listeners.weights


def test_once_heard_it_tells_who_judged(known: Known) -> None:
    listeners = known.listeners
    listeners.listen()
    assert listeners.busy
    known.run(lambda: listeners.news and not listeners.busy, "the end")
    known.run(lambda: dict(listeners.by)["Their names"] > 0, "who judged")
    readable = "The built-in model has listened to every sound that is here and can be read."
    known.run(lambda: listeners.summary == readable, "the summary")
    assert listeners.news.startswith("Listened to 9 sounds")


def test_what_cnn14_learned_is_fetched_when_asked_for(known: Known, server: Manners) -> None:
    listeners = known.listeners
    assert server.asked == []
    listeners.fetch()
    assert listeners.busy
    known.run(lambda: not listeners.fetchable, "the file")
    assert listeners.news.startswith("CNN14 is ready") and listeners.can_choose and server.asked == [None]


def test_a_page_in_its_place_is_told_of(known: Known, server: Manners) -> None:
    server.page = ("text/html", b"<html>Sorry</html>")
    known.listeners.fetch()
    known.run(lambda: known.listeners.trouble, "the reason")
    assert "web page" in known.listeners.trouble and known.listeners.fetchable and not known.listeners.busy


def test_fetching_can_be_stopped(known: Known, server: Manners) -> None:
    server.most, server.stalls = 1000, True
    known.listeners.fetch()
    known.run(lambda: server.asked, "the first bytes")
    known.hears.fetching.cancel()
    known.run(lambda: known.listeners.news, "the end")
    assert known.listeners.news.startswith("Stopped") and not known.listeners.trouble
    server.go_on.set()


def test_a_file_by_hand_is_taken_or_refused(known: Known, server: Manners, tmp_path: Path) -> None:
    wrong, right = tmp_path / "wrong.pth", tmp_path / "right.pth"
    wrong.write_bytes(b"something else")
    right.write_bytes(CONTENT)
    known.listeners.fetch(str(wrong))
    known.run(lambda: known.listeners.trouble, "the reason")
    assert known.listeners.trouble.startswith("wrong.pth is not what CNN14 learned")
    known.listeners.fetch(str(right))
    known.run(lambda: known.listeners.can_choose, "CNN14")
    assert not known.listeners.trouble and server.asked == []


def test_by_itself_or_not_is_kept(known: Known) -> None:
    known.listeners.switch(False)
    assert not known.toolkit.settings.hear_new and not known.listeners.by_itself


def test_nobody_looks_and_nobody_asks(known: Known) -> None:
    known.listeners.show(False)
    known.toolkit.classify.run(engine="names").result(30)
    known.rest(200)
    assert known.listeners.by == [("Your own word", 0), ("Their names", 0)]


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("cpu bf16", "on the processor"),
        ("cpu Some Processor fp32", "on the processor"),
        ("cuda:0 NVIDIA H200 bf16", "on NVIDIA H200"),
        ("cuda:1 bf16", "on cuda:1"),
    ],
)
def test_where_it_ran_in_words(device: str, words: str) -> None:
    assert place(device) == words
