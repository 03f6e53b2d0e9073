"""The web page in a real browser, over copies of real packs; what it plays is recorded from the core's sound device."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from ctk.remote import client, door
from ctk.remote.client import RemoteToolkit
from tests import browser, sound_server
from tests.audio.signals import locate, reference
from tests.browser import Browser
from tests.remote.test_instance import alive, wait
from tests.sound_server import Recording, SoundServer
from tests.sources.library import wav

ROWS = "#list [role=row][data-id]"
SCRIPT = "<img src=x onerror=window.hit=1> <script>window.hit=1<script>.wav"
KILLED_S = 40.0


class Core:
    """``ctk serve`` as a process of its own, and a client of it to see what became of what the page did."""

    def __init__(self, home: Path, sound: str) -> None:
        self.home = home
        env = os.environ | {"CTK_AUDIO_BACKEND": "pulseaudio", "PULSE_SERVER": sound}
        command = [sys.executable, "-m", "ctk", "--home", str(home), "serve"]
        self.program = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        wait(lambda: alive(home, self.program.pid), self.program)
        self.client: RemoteToolkit = client.connect(home)
        self.client.settings.buffer_ms = 200
        self.client.settings.save()

    def link(self) -> str:
        """An address that lets a browser in once."""
        return str(client.ask(self.home, "core.link", {}))

    def names(self, query: str = "") -> list[str]:
        """What a search finds, as the page should show it."""
        return [row.name for row in self.client.catalog.search(query).rows]

    def end(self) -> None:
        self.client.close()
        self.program.terminate()
        assert self.program.communicate(timeout=KILLED_S)[1] == ""


class Page(Browser):
    """The web page of a core, with ``files`` behind it."""

    core: Core
    samples: Path

    def enter(self) -> None:
        """Open the page by a new link, and see the sounds."""
        self.open(self.core.link())
        self.wait(self.rows, "the sounds")

    def rows(self) -> list[str]:
        """The text of every row in sight."""
        return [found.text for found in self.all(ROWS)]

    def search(self, text: str) -> None:
        self.write("#search", text)
        names = self.core.names(text)
        self.wait(lambda: self.shown(names), f"{names} to be shown")

    def shown(self, names: list[str]) -> bool:
        """Whether these are all that is listed; of many, only those in sight are in the page."""
        rows = self.rows()
        there = self.text("#total").split()[0] == str(len(names)) and len(rows) == min(len(names), max(len(rows), 20))
        return there and all(name in row for name, row in zip(names, rows, strict=False))

    def choose(self, name: str) -> None:
        """Find one sound, and click it."""
        self.search(name)
        self.click(ROWS)

    def play(self) -> None:
        """Double-click the first row."""
        ActionChains(self.driver).double_click(self.all(ROWS)[0]).perform()

    def focus(self) -> str | None:
        """The id of what keys go to."""
        return self.driver.switch_to.active_element.get_attribute("id")

    def tab_to(self, id: str) -> bool:
        """One step on the way there by keys."""
        if self.focus() != id:
            self.press(Keys.TAB)
        return self.focus() == id

    def undo(self) -> None:
        self.click("#toast #undo")

    def files(self) -> dict[str, bytes]:
        """Every file of the library with what is in it."""
        found = (file for file in self.samples.rglob("*") if file.is_file() and ".ctk" not in str(file))
        return {str(file.relative_to(self.samples)): file.read_bytes() for file in found}


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server.running() as server:
        yield server


@pytest.fixture
def heard(server: SoundServer) -> Iterator[Recording]:
    with server.recording() as recording:
        yield recording


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, sonic_pi: Path, lmms: Path) -> Path:
    """A part of the packs; three files are there twice."""
    folder = tmp_path_factory.mktemp("web") / "Samples"
    for pack, pattern in ((sonic_pi, "[bdp][dre]*_*.flac"), (lmms, "beats/*.ogg")):
        for file in pack.glob(pattern):
            (folder / file.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(file, folder / file.parent.name / file.name)
    (folder / "Copies").mkdir()
    for name in ("bd_haus", "bd_tek", "drum_cowbell"):
        shutil.copy(sonic_pi / f"{name}.flac", folder / "Copies" / f"{name} copy.flac")
    wav(folder / SCRIPT, 7, frames=200_000)
    return folder


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, server: SoundServer, library: Path) -> Iterator[Page]:
    """One browser and one core for all tests here; each opens the page anew."""
    core = Core(tmp_path_factory.mktemp("web-home"), server.address)
    core.client.sources.scan([library]).result(60)
    with browser.running(tmp_path_factory.mktemp("browser")) as started:
        page = Page(started.driver)
        page.core, page.samples = core, library
        yield page
    core.end()


@pytest.fixture
def page(window: Page) -> Page:
    window.enter()
    return window


def test_a_link_lets_one_browser_in_once(window: Page, tmp_path: Path) -> None:
    home = window.core.home
    command = [sys.executable, "-m", "ctk", "--home", str(home), "web", "--no-browser"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=KILLED_S).stdout
    (link,) = re.findall(r"http://127\.0\.0\.1:\d+/\S+", told)
    found = door.read(home)
    assert found is not None and found.token not in told
    window.open(link)
    window.wait(window.rows, "the sounds")
    code = link.partition("=")[2]
    address = str(window.run("return location.href + '|' + document.referrer + '|' + document.cookie"))
    assert code not in address and found.token not in address
    window.run("sessionStorage.clear(); localStorage.clear()")
    window.open("about:blank")
    window.open(link)
    window.wait(lambda: "ctk web" in window.text("body"), "the refusal")
    assert not window.rows()


def test_search_and_sort(page: Page) -> None:
    page.search("cowbell")
    assert len(page.rows()) == 2
    page.search("drum heavy -kick")
    page.search("nothing is called this")
    assert not page.rows()
    page.search("bd ha")
    name = next(found for found in page.all("[role=columnheader]") if "name" in found.text.lower())
    asked = [list(page.rows())]
    for _ in range(2):
        before = page.rows()
        (name.find_elements("css selector", "button") or [name])[0].click()
        page.wait(lambda before=before: page.rows() != before, "another order")  # type: ignore[misc]
        asked.append(page.rows())
    assert asked[-1] == asked[-2][::-1]


def test_a_filter_narrows_what_is_shown(page: Page) -> None:
    page.search("")
    ogg = next(found for found in page.all("#filters button") if found.text.split()[0].lower() == "ogg")
    ogg.click()
    names = page.core.names("format:ogg")
    assert names and len(names) < len(page.core.names())
    page.wait(lambda: page.shown(names), "only these")
    page.click("#filters button[aria-pressed=true]")
    page.wait(lambda: page.run("return document.getElementById('search').value") == "", "no filter any more")


def test_of_a_long_list_only_what_is_in_sight_is_in_the_page(page: Page) -> None:
    names = page.core.names()
    page.search("")
    page.one("#list").send_keys(Keys.SHIFT, Keys.END)
    page.wait(lambda: names[-1] in page.rows()[-1], "the last sound")
    assert 0 < len(page.rows()) < len(names) and names[0] not in page.rows()[0]
    assert f"{len(names)} sounds selected." in page.text("#status")


def test_a_name_is_text_whatever_is_in_it(page: Page) -> None:
    page.search("onerror")
    assert SCRIPT in page.rows()[0]
    page.play()
    page.wait(lambda: SCRIPT in page.text("#now"), "the name in the player")
    assert page.run("return window.hit === undefined && !document.querySelector('#list img, #now img')")
    page.click("#stop")


@pytest.mark.flaky(reruns=2)
def test_what_is_clicked_is_heard_and_stop_silences_it(page: Page, heard: Recording, library: Path) -> None:
    page.search("drum_roll")
    page.play()
    page.wait(lambda: "drum_roll" in page.text("#now"), "the name in the player")
    heard.wait(1.0)
    page.click("#stop")
    wait(lambda: page.core.client.audio.now().state == "stopped")
    heard.wait(0.5)
    sound, whole = heard.samples(), reference(library / "samples" / "drum_roll.flac")
    match = locate(sound, whole[:24_000])
    assert match.likeness > 0.99
    until = int(np.flatnonzero(np.abs(sound).max(axis=1))[-1])
    assert until - match.at < len(whole) - 24_000


@pytest.mark.flaky(reruns=2)
def test_without_a_mouse(page: Page, heard: Recording, library: Path) -> None:
    page.press("/")
    page.wait(lambda: page.focus() == "search", "the cursor in the search")
    page.press("drum splash")
    names = page.core.names("drum splash")
    page.wait(lambda: page.shown(names), "what was searched for")
    page.press(Keys.ARROW_DOWN)
    page.wait(lambda: names[0] in page.text("#now"), "the first sound")
    page.press(Keys.ARROW_DOWN)
    page.wait(lambda: names[1] in page.text("#now"), "the second sound")
    heard.wait(1.0)
    path = next(row.path for row in page.core.client.catalog.search("drum splash").rows if row.name == names[1])
    assert locate(heard.samples(), reference(Path(path))[:24_000]).likeness > 0.99
    before = page.files()
    page.press(Keys.DELETE)
    page.wait(lambda: page.shows("#plan"), "the plan")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.shows("#plan"), "the plan to be gone")
    page.press(Keys.DELETE)
    page.wait(lambda: page.focus() == "apply", "the plan with the button that applies it")
    page.press(Keys.ENTER)
    page.wait(lambda: len(page.files()) == len(before) - 1, "the file to be away")
    page.wait(lambda: page.shows("#undo"), "the way back")
    page.wait(lambda: page.tab_to("undo"), "the way back by keys")
    page.press(Keys.ENTER)
    page.wait(lambda: page.files() == before, "the file, byte for byte")


def test_duplicates_are_found_cleaned_up_and_brought_back(page: Page) -> None:
    before = page.files()
    page.click("#tab-duplicates")
    page.click("#find-duplicates")
    page.click("#clean")
    page.wait(lambda: page.shows("#plan") and page.text("#plan").count(" copy.flac") >= 3, "the plan")
    page.click("#cancel")
    page.wait(lambda: not page.shows("#plan"), "the plan to be gone")
    assert page.files() == before
    page.click("#clean")
    page.click("#apply")
    page.wait(lambda: page.shows("#toast"), "the receipt")
    after = page.files()
    assert len(after) == len(before) - 3 and set(after) < set(before)
    page.undo()
    page.wait(lambda: page.files() == before, "the files, byte for byte")
    page.wait(lambda: len(page.core.names("copy")) == 3, "the sounds in the catalog")


def test_a_sound_is_renamed_and_removed_and_both_are_undone(page: Page) -> None:
    before = page.files()
    page.choose("drum_heavy_kick")
    page.click("#rename")
    page.write("#answer", "{name} renamed")
    page.click("#ask-go")
    page.wait(lambda: "drum_heavy_kick renamed.flac" in page.text("#plan"), "the new name")
    page.click("#apply")
    renamed = "samples/drum_heavy_kick renamed.flac"
    page.wait(lambda: renamed in page.files(), "the new name on disk")
    page.undo()
    page.wait(lambda: page.files() == before, "the old name")
    page.choose("drum_heavy_kick")
    page.click("#remove")
    page.click("#apply")
    page.wait(lambda: set(before) - set(page.files()) == {"samples/drum_heavy_kick.flac"}, "the file to be away")
    page.wait(lambda: not page.rows(), "the row to be gone")
    page.undo()
    page.wait(lambda: page.files() == before, "the file, byte for byte")
    page.wait(page.rows, "the row to be back")


def test_a_sound_is_moved_where_the_user_says(page: Page) -> None:
    page.choose("drum_heavy_kick")
    page.click("#move")
    page.write("#answer", "/nowhere/at all")
    page.click("#ask-go")
    page.wait(lambda: page.text("#status").endswith("."), "the reason why not")
    assert "/nowhere/at all" in page.text("#status")
    page.write("#answer", str(page.samples / "Moved"))
    page.click("#ask-go")
    page.click("#apply")
    page.wait(lambda: "Moved/drum_heavy_kick.flac" in page.files(), "the file in its new folder")
    page.undo()
    page.wait(lambda: "samples/drum_heavy_kick.flac" in page.files(), "the file in its old folder")


def test_sources_are_listed_added_and_scanned(page: Page, tmp_path: Path) -> None:
    for seed in range(3):
        wav(tmp_path / "Extra" / f"extra {seed}.wav", 100 + seed)
    page.click("#tab-sources")
    page.wait(lambda: str(page.samples) in page.text("#source-list"), "the source")
    page.write("#add-path", str(tmp_path / "Extra"))
    page.click("#add")
    page.wait(lambda: "Extra" in page.text("#source-list"), "the new source")
    page.wait(lambda: len(page.core.names("extra")) == 3, "the scan")
    wav(tmp_path / "Extra" / "extra late.wav", 200)
    page.click("#rescan")
    page.wait(lambda: len(page.core.names("extra")) == 4, "the second scan")
    source = next(found for found in page.core.client.sources.list() if "Extra" in found.path)
    page.core.client.sources.remove(source.id)


def test_a_core_that_is_gone_is_said_in_one_calm_sentence(window: Page, tmp_path: Path, server: SoundServer) -> None:
    wav(tmp_path / "S" / "one.wav", 1)
    core = Core(tmp_path / "gone", server.address)
    core.client.sources.scan([tmp_path / "S"]).result(60)
    window.open(core.link())
    window.wait(window.rows, "the sound")
    core.client.close()
    core.program.kill()
    core.program.communicate(timeout=KILLED_S)
    window.wait(lambda: window.shows("#closed"), "the sentence")
    assert window.text("#closed").startswith("The program was closed.\n")
    assert not re.search(r"(?i)error|failed to fetch|undefined|exception", window.text("body"))
