"""What every test gets: a home of its own, silence instead of the sound card, and a log without errors.

Where everything the tests need could be installed, ``build/test.py`` sets ``CTK_TESTS_COMPLETE``: a test that is
skipped there has failed, unless it is for another system and says so with a reason that begins with "only on".
"""

import logging
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests import packs

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background job: the programs tested inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a catalog goes to in this test; it is not made yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CTK_HOME", str(folder))
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "null")
    return folder


@pytest.fixture(autouse=True)
def silent_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test when something was logged as an ERROR."""
    yield
    if request.node.get_closest_marker("logs_errors"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    assert not errors, f"the log holds errors: {errors}"


@pytest.fixture(scope="session")
def sonic_pi() -> Path:
    """A real pack: 165 FLAC samples in one folder."""
    return packs.sonic_pi()


@pytest.fixture(scope="session")
def lmms() -> Path:
    """A real pack: 240 Ogg Vorbis, FLAC and WAV samples in folders, among files that are no sounds."""
    return packs.lmms()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skips of tests."""
    report = yield
    _judge(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skips of whole modules."""
    report = yield
    _judge(report)
    return report


def _judge(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not os.environ.get("CTK_TESTS_COMPLETE") or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
    if not reason.startswith("only on "):
        report.outcome = "failed"
        report.longrepr = f"skipped, though everything it needs can be had here: {reason}"
