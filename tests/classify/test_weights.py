"""What CNN14 learned comes whole and right, or not at all, whatever the server and the network do."""

import hashlib
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from ctk.catalog import lock
from ctk.classify import download, weights
from ctk.errors import Cancelled, CtkError
from ctk.jobs import Task
from ctk.records import Progress
from tests.classify.file_server import Manners, serving

CONTENT = bytes(range(1, 256)) * 8_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SIZE = len(CONTENT)


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "PAUSE_S", 0.01)
    monkeypatch.delenv(weights.VARIABLE, raising=False)


@pytest.fixture
def said() -> list[Progress]:
    return []


@pytest.fixture
def task(said: list[Progress]) -> Task:
    return Task(said.append)


def part(home: Path) -> Path:
    return weights.place(home).with_name(weights.place(home).name + ".part")


def begin(home: Path, content: bytes) -> None:
    part(home).parent.mkdir(parents=True)
    part(home).write_bytes(content)


def fetch(task: Task, home: Path, url: str, *, sha256: str = SHA256) -> Path:
    return weights.fetch(task, home, url, size=SIZE, sha256=sha256)


def test_it_comes_whole_and_progress_is_told(home: Path, task: Task, said: list[Progress]) -> None:
    with serving(Manners(CONTENT)) as url:
        file = fetch(task, home, url)
    assert file == weights.place(home) == weights.find(home)
    assert file.read_bytes() == CONTENT
    assert not part(home).exists()
    assert [progress.done for progress in said] == sorted(progress.done for progress in said)
    assert (said[-1].done, said[-1].total) == (SIZE, SIZE)
    assert any(progress.words == "Downloading: 2 of 2 MB, 0 s left" for progress in said)
    assert said[-1].words == "Checking what was downloaded"


def test_a_lost_connection_is_made_again_and_goes_on_where_it_was(home: Path, task: Task) -> None:
    with serving(manners := Manners(CONTENT, most=500_000)) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert manners.asked == [None, *(f"bytes={start}-" for start in (500_000, 1_000_000, 1_500_000, 2_000_000))]


def test_a_download_of_another_day_is_gone_on_with(home: Path, task: Task) -> None:
    begin(home, CONTENT[:777_777])
    with serving(manners := Manners(CONTENT)) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert manners.asked == ["bytes=777777-"]


def test_a_download_that_only_lacked_its_name_is_not_asked_for(home: Path, task: Task) -> None:
    begin(home, CONTENT)
    with serving(manners := Manners(CONTENT)) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert manners.asked == []


@pytest.mark.parametrize("manners", [Manners(CONTENT, ranges=False), Manners(CONTENT, lies=True)], ids=["none", "lies"])
def test_a_server_without_ranges_starts_over(manners: Manners, home: Path, task: Task) -> None:
    begin(home, CONTENT[:777_777])
    with serving(manners) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert manners.asked == ["bytes=777777-", None]


def test_a_beginning_that_is_too_long_is_no_beginning(home: Path, task: Task) -> None:
    begin(home, CONTENT + b"more")
    with serving(manners := Manners(CONTENT)) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert manners.asked == [None]


def test_a_busy_server_is_asked_again(home: Path, task: Task) -> None:
    with serving(manners := Manners(CONTENT, statuses=[503, 429, 500])) as url:
        assert fetch(task, home, url).read_bytes() == CONTENT
    assert len(manners.asked) == 4


def test_a_server_that_stays_busy_is_told_and_what_came_is_kept(home: Path, task: Task) -> None:
    begin(home, CONTENT[:1_000_000])
    with (
        serving(Manners(CONTENT, statuses=[503] * 9)) as url,
        pytest.raises(CtkError, match=r"after 1 of 2 MB: the server is busy \(it answered 503\)\. Start it again"),
    ):
        fetch(task, home, url)
    assert part(home).read_bytes() == CONTENT[:1_000_000]
    assert weights.find(home) is None


def test_a_server_that_cannot_be_reached_is_told(home: Path, task: Task) -> None:
    with serving(Manners(CONTENT)) as url:
        pass
    with pytest.raises(CtkError, match="the server cannot be reached"):
        fetch(task, home, url)


def test_a_file_that_is_no_longer_there_is_told_at_once(home: Path, task: Task) -> None:
    with serving(manners := Manners(CONTENT, statuses=[404])) as url, pytest.raises(CtkError, match="404"):
        fetch(task, home, url)
    assert len(manners.asked) == 1


@pytest.mark.parametrize(
    "page",
    [
        ("text/html; charset=utf-8", b"<!doctype html><title>Sorry</title>"),
        ("application/octet-stream", b"\n  <html><body>Too many requests</body></html>"),
        ("application/octet-stream", b'{"message": "sorry"}'),
        ("application/json", b'["sorry"]'),
    ],
)
def test_a_web_page_is_not_taken_for_the_file(page: tuple[str, bytes], home: Path, task: Task) -> None:
    with serving(Manners(CONTENT, page=page)) as url, pytest.raises(CtkError, match="a web page in place of the file"):
        fetch(task, home, url)
    assert part(home).read_bytes() == b""


def test_a_file_of_another_size_is_not_even_downloaded(home: Path, task: Task) -> None:
    with serving(Manners(CONTENT * 2)) as url, pytest.raises(CtkError, match=r"another file: one of 4 MB"):
        fetch(task, home, url)
    assert part(home).read_bytes() == b""


def test_a_file_that_is_not_the_right_one_is_deleted(home: Path, task: Task) -> None:
    wrong = CONTENT[:-1] + b"!"
    with serving(Manners(wrong)) as url, pytest.raises(CtkError, match="not the file that was promised, so it was del"):
        fetch(task, home, url)
    assert list(weights.place(home).parent.glob("*.p*")) == []


def test_it_can_be_stopped_while_nothing_comes_and_gone_on_with(home: Path) -> None:
    def stop_at_half(progress: Progress) -> None:
        if progress.done >= 1_000_000:
            stopped.stop()

    stopped = Task(stop_at_half)
    with serving(Manners(CONTENT, most=1_000_000, stalls=True)) as url, pytest.raises(Cancelled):
        fetch(stopped, home, url)
    assert part(home).read_bytes() == CONTENT[:1_000_000]
    with serving(manners := Manners(CONTENT)) as url:
        assert fetch(Task(lambda progress: None), home, url).read_bytes() == CONTENT
    assert manners.asked == ["bytes=1000000-"]


def test_too_little_room_is_told_before_anything_comes(
    home: Path, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**9, 10**9 - 10**6, 10**6))
    with serving(manners := Manners(CONTENT)) as url, pytest.raises(CtkError, match=r"52 MB are needed, 1 MB are free"):
        fetch(task, home, url)
    assert manners.asked == []
    (tmp_path / "mine.pth").write_bytes(CONTENT)
    with pytest.raises(CtkError, match="too little room"):
        weights.adopt(tmp_path / "mine.pth", home, size=SIZE, sha256=SHA256)


def test_two_do_not_download_at_a_time(home: Path, task: Task) -> None:
    begin(home, b"")
    with (
        lock.exclusive(weights.place(home).with_name("download.lock"), lambda: None),
        serving(Manners(CONTENT)) as url,
        pytest.raises(CtkError, match="already"),
    ):
        fetch(task, home, url)


def test_a_file_downloaded_by_hand_is_taken(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "Cnn14 (1).pth"
    mine.write_bytes(CONTENT)
    begin(home, b"an old beginning")
    assert weights.adopt(mine, home, size=SIZE, sha256=SHA256) == weights.place(home)
    assert weights.place(home).read_bytes() == mine.read_bytes() == CONTENT
    assert [file.name for file in weights.place(home).parent.iterdir()] == [weights.place(home).name]


@pytest.mark.parametrize("content", [b"", b"<html>", CONTENT[:-1], CONTENT[:-1] + b"!"], ids=len)
def test_any_other_file_is_not_taken(content: bytes, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pth"
    other.write_bytes(content)
    with pytest.raises(CtkError, match=r"not what CNN14 learned: that is Cnn14_mAP=0\.431\.pth, 2,040,000"):
        weights.adopt(other, home, size=SIZE, sha256=SHA256)
    assert list(weights.place(home).parent.iterdir()) == []


def test_a_file_that_is_not_there_or_a_folder_is_told(home: Path, tmp_path: Path) -> None:
    for odd in (tmp_path / "none.pth", tmp_path):
        with pytest.raises(CtkError):
            weights.adopt(odd, home)


def test_the_variable_names_another_file(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(home, b"")
    weights.place(home).write_bytes(CONTENT)
    monkeypatch.setenv(weights.VARIABLE, str(tmp_path / "mine.pth"))
    assert weights.find(home) is None
    (tmp_path / "mine.pth").write_bytes(b"mine")
    assert weights.find(home) == tmp_path / "mine.pth"
    monkeypatch.delenv(weights.VARIABLE)
    assert weights.find(home) == weights.place(home)
