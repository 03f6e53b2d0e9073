"""A remote core is used as one that is here: same records, jobs, errors and events; the window's models run on it."""

import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ctk
from ctk import contract
from ctk.errors import Cancelled, CtkError, NotFound, QueryError, UsageError
from ctk.events import CatalogChanged, JobChanged, PlaybackChanged, SourcesChanged
from ctk.jobs import Job
from ctk.records import Facets, NowPlaying, Page, Plan, ScanReport, Stats
from ctk.remote import client, door
from ctk.remote.client import RemoteToolkit, connect
from ctk.remote.instance import Doorway
from ctk.remote.wire import dumper
from ctk.toolkit import Toolkit
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.search import Ask, Search
from ctk.ui.models.transport import Transport
from ctk.ui.pump import Pump
from tests.remote.conftest import SOUNDS
from tests.sources.library import wav
from tests.ui.clock import Clock


def test_records_are_the_same(remote: contract.Toolkit, served: Toolkit) -> None:
    assert same(Page, remote.catalog.search("kick"), served.catalog.search("kick"))
    assert remote.catalog.ids() == served.catalog.ids() and isinstance(remote.catalog.ids(), array)
    id = served.catalog.ids("vocal")[0]
    assert remote.catalog.get(id) == served.catalog.get(id)
    assert same(Stats, remote.catalog.stats(), served.catalog.stats())
    assert same(Facets, remote.catalog.facets("kick"), served.catalog.facets("kick"))
    assert remote.sources.list() == tuple(served.sources.list())
    assert remote.waveforms.peaks(id, 16).low == pytest.approx(served.waveforms.peaks(id, 16).low)
    assert remote.doctor.report().checks
    assert remote.home == served.home


def test_every_capability_has_the_methods_of_its_protocol(remote: RemoteToolkit) -> None:
    for room in ("catalog", "facts", "sources", "duplicates", "batch", "audio", "waveforms", "classify", "doctor"):
        wanted = [name for name in vars(getattr(contract, room.capitalize())) if not name.startswith("_")]
        assert all(callable(getattr(getattr(remote, room), name)) for name in wanted)


def test_a_name_that_is_not_utf8_comes_back_intact(remote: contract.Toolkit, served: Toolkit, tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    wav(folder / "kick \udcff.wav", 1)
    report = remote.sources.scan([folder]).result(30)
    assert report.added == 1
    (row,) = [row for row in remote.catalog.search().rows if "\udcff" in row.path]
    assert Path(row.path).is_file() and row.path == str(folder / "kick \udcff.wav")
    remote.audio.play(row.id)
    assert served.audio.now().path == row.path == remote.audio.now().path


def test_errors_are_raised_as_they_are(remote: contract.Toolkit) -> None:
    with pytest.raises(QueryError, match=r"\.$"):
        remote.catalog.search("len:x")
    with pytest.raises(NotFound):
        remote.catalog.get(4711)
    with pytest.raises(UsageError, match="target must be an integer"):
        remote.audio.play("/etc/passwd")
    with pytest.raises(UsageError, match="not done over the door"):
        remote.batch.empty()


def test_a_job_is_a_job(remote: contract.Toolkit) -> None:
    job = remote.sources.scan(full=True)
    assert isinstance(job, Job) and job.title
    report = job.result(30)
    assert isinstance(report, ScanReport) and report.files == len(SOUNDS)
    assert job.done and job.wait(0) and job.status.state == "done"
    assert remote.jobs.running() == []


def test_a_job_that_is_cancelled_says_so(
    remote: contract.Toolkit, served: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(folders: object = None, **_: object) -> Job[ScanReport]:
        def work(task: object) -> ScanReport:
            while True:
                task.check()  # type: ignore[attr-defined]
                time.sleep(0.01)

        return served.jobs.start("Scanning for ever", work)

    monkeypatch.setattr(served.sources, "scan", scan)
    job = remote.sources.scan()
    with pytest.raises(TimeoutError):
        job.result(0.05)
    assert not job.done and not job.wait(0.01)
    assert [status.id for status in remote.jobs.running()] == [job.id]
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(10)
    assert job.wait(1) and job.status.state == "cancelled"


def test_plans_are_applied_and_undone(remote: contract.Toolkit, tmp_path: Path) -> None:
    wav(tmp_path / "Own" / "mine.wav", 1)
    remote.sources.scan([tmp_path / "Own"]).result(30)
    plan = remote.batch.plan_move(remote.catalog.ids("mine"), tmp_path / "Own" / "New")
    assert isinstance(plan, Plan) and len(plan.steps) == 1
    with pytest.raises(UsageError, match="not made by the core"):
        remote.batch.apply(Plan("move", "Forged", plan.steps))
    receipt = remote.batch.apply(plan).result(30)
    assert (tmp_path / "Own" / "New" / "mine.wav").is_file()
    assert remote.batch.history()[0] == receipt
    assert remote.batch.undo(receipt.id).result(30).done == 1
    assert (tmp_path / "Own" / "mine.wav").is_file()


def test_settings_go_both_ways(remote: contract.Toolkit, served: Toolkit) -> None:
    assert remote.settings.theme == served.settings.theme
    remote.settings.loop = True
    remote.settings.columns = {"name": 300}
    remote.settings.open_with = "/bin/sh"
    remote.settings.save()
    assert (served.settings.loop, served.settings.columns, served.settings.open_with) == (True, {"name": 300}, "")


def test_events_arrive(remote: contract.Toolkit, served: Toolkit, tmp_path: Path) -> None:
    heard: list[object] = []
    for kind in (CatalogChanged, JobChanged, PlaybackChanged):
        remote.events.subscribe(kind, heard.append)
    wav(tmp_path / "More" / "new.wav", 1)
    remote.sources.scan([tmp_path / "More"]).result(30)
    remote.audio.play(remote.catalog.ids("new")[0])
    wait(lambda: {type(event) for event in heard} == {CatalogChanged, JobChanged, PlaybackChanged})
    wait(lambda: any(isinstance(event, JobChanged) and event.status.state == "done" for event in heard))


def test_many_threads_share_a_remote_core(remote: contract.Toolkit) -> None:
    import threading

    found: list[int] = []

    def ask() -> None:
        found.extend(remote.catalog.search("kick").total for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [2] * 160


def test_a_core_that_ends_is_an_error_and_one_that_never_was_too(filled: Toolkit, tmp_path: Path) -> None:
    doorway = Doorway(filled, window=False)
    doorway.open()
    remote = connect(filled.home)
    found = door.read(filled.home)
    doorway.close()
    with pytest.raises(CtkError, match="does not answer"):
        remote.catalog.search()
    remote.close()
    with pytest.raises(CtkError, match="No program is running"):
        connect(filled.home)
    assert found is not None
    door.write(filled.home, found._replace(contract=999))
    with pytest.raises(CtkError, match="another version"):
        connect(filled.home)


def test_the_stream_comes_back_after_a_break(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.remote.hearing.AGAIN_S", 0.05)
    doorway = Doorway(filled, window=False)
    port = doorway.open()
    found = door.read(filled.home)
    assert found is not None
    with connect(filled.home) as remote:
        heard: list[object] = []
        remote.events.subscribe(CatalogChanged, heard.append)
        doorway.close()
        again = Doorway(filled, window=False)
        again._token = found.token
        again.open(port)
        deadline = time.monotonic() + 10
        while not heard and time.monotonic() < deadline:
            filled.events.emit(CatalogChanged(1))
            time.sleep(0.05)
        assert heard
        again.close()


@pytest.fixture
def models(remote: RemoteToolkit) -> Iterator[tuple[contract.Toolkit, Clock, Pump]]:
    clock = Clock()
    troubles: list[Exception] = []
    pump = Pump(clock, remote.events, troubles.append)
    yield remote, clock, pump
    pump.close()
    assert troubles == []


def test_the_search_of_the_window_runs_on_a_remote_core(
    models: tuple[contract.Toolkit, Clock, Pump], tmp_path: Path
) -> None:
    toolkit, clock, pump = models
    search = Search(toolkit.catalog, pump, Ask("", "name"))
    pump.listen(CatalogChanged, lambda _: search.refresh_soon())
    search.start()
    clock.run(lambda: search.total == len(SOUNDS))
    search.type("kick")
    clock.run(lambda: [row and row.name for row in search.rows(0, 9)] == ["kick 1.wav", "kick 2.wav"])
    search.sort_by("name")
    clock.run(lambda: [row and row.name for row in search.rows(0, 9)] == ["kick 2.wav", "kick 1.wav"])
    scans = Scans(lambda folders, **_: toolkit.sources.scan(folders), pump)
    told: list[str] = []
    scans.ended.connect(told.append)
    wav(tmp_path / "More" / "kick 3.wav", 1)
    scans.scan([str(tmp_path / "More")])
    clock.run(lambda: search.total == 3 and told)
    search.type("len:x")
    troubles: list[str] = []
    search.trouble.connect(troubles.append)
    clock.run(lambda: troubles)


def test_the_transport_of_the_window_runs_on_a_remote_core(models: tuple[contract.Toolkit, Clock, Pump]) -> None:
    toolkit, clock, pump = models
    transport = Transport(toolkit.audio, toolkit.catalog, toolkit.settings, pump)
    ended: list[int] = []
    transport.ended.connect(ended.append)
    told: list[NowPlaying] = []
    transport.changed.connect(told.append)
    row = toolkit.catalog.search("vocal").rows[0]
    transport.arrive(row)
    clock.run(lambda: told and told[-1].state == "playing")
    rest = time.monotonic() + 0.3
    clock.run(lambda: time.monotonic() > rest)
    transport.toggle()
    clock.run(lambda: transport.now.state == "paused")
    transport.seek(2.5)
    clock.run(lambda: transport.now.position_s >= 2.5)
    transport.set_volume(-6)
    clock.run(lambda: transport.now.volume_db == -6)
    transport.toggle()
    clock.run(lambda: ended == [row.id])


def test_the_library_of_the_window_runs_on_a_remote_core(models: tuple[contract.Toolkit, Clock, Pump]) -> None:
    toolkit, clock, pump = models
    library = Library(toolkit.catalog, pump)
    library.count()
    clock.run(lambda: library.stats is not None and library.stats.files == len(SOUNDS))


def test_closing_ends_what_listens_at_once(served: Toolkit) -> None:
    remote = client.connect(served.home)
    (listens,) = [thread for thread in threading.enumerate() if thread.name == "remote-events"]
    remote.close()
    assert not listens.is_alive()
    remote.close()


def test_a_listener_may_close(served: Toolkit) -> None:
    remote = client.connect(served.home)
    closed = threading.Event()

    def close(_: SourcesChanged) -> None:
        remote.close()
        closed.set()

    remote.events.subscribe(SourcesChanged, close)
    served.events.emit(SourcesChanged())
    assert closed.wait(10)


def test_asking_once(served: Toolkit) -> None:
    assert client.ask(served.home, "catalog.search", {"query": "kick", "limit": 1})["total"] == 2
    assert ctk.__version__ == client.ask(served.home, "core.info", [])["version"]


def same(kind: type, one: object, other: object) -> bool:
    """Whether two records tell the same; a list there may be a tuple here."""
    return type(one) is type(other) is kind and dumper(kind)(one) == dumper(kind)(other)


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not until():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)
