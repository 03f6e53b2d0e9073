"""The web page in a real browser, over copies of real packs; what it plays is recorded from the core's sound device."""

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

from ctk.remote import door
from tests import browser, sound_server
from tests.audio.signals import locate, reference
from tests.remote.test_instance import wait
from tests.remote.web import KILLED_S, Core, Page
from tests.sound_server import Recording, SoundServer
from tests.sources.library import wav

SCRIPT = "<img src=x onerror=window.hit=1> <script>window.hit=1<script>.wav"


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
        page.look()
        yield page
        assert page.complaints() == []
    core.end()


@pytest.fixture
def page(window: Page) -> Page:
    window.enter()
    return window


def hears(heard: Recording, file: Path) -> bool:
    """Whether the beginning of a sound was recorded."""
    beginning = reference(file)[:24_000]
    return heard.frames > len(beginning) and locate(heard.samples(), beginning).likeness > 0.99


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
    page.wait(lambda: hears(heard, library / "samples" / "drum_roll.flac"), "its beginning to be heard")
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
    page.press("drum cymbal -hard -soft")
    names = page.core.names("drum cymbal -hard -soft")
    page.wait(lambda: page.shown(names), "what was searched for")
    page.press(Keys.ARROW_DOWN)
    page.wait(lambda: names[0] in page.text("#now"), "the first sound")
    page.press(Keys.ARROW_DOWN)
    page.wait(lambda: names[1] in page.text("#now"), "the second sound")
    page.wait(lambda: hears(heard, library / "samples" / names[1]), "it to be heard")
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


def test_a_source_is_protected_and_after_a_question_forgotten(page: Page, tmp_path: Path) -> None:
    wav(tmp_path / "Old" / "old thing.wav", 300)
    page.core.client.sources.scan([tmp_path / "Old"]).result(60)
    (source,) = (found.id for found in page.core.client.sources.list() if found.path == str(tmp_path / "Old"))
    page.click("#tab-sources")
    page.click(f"[data-key='Protect {source}']")
    page.wait(lambda: page.shows(f"[data-key='Unprotect {source}']"), "the way back")
    assert [found.protected for found in page.core.client.sources.list() if found.id == source] == [True]
    page.click(f"[data-key='Forget… {source}']")
    page.wait(lambda: "Forget this folder" in page.text(f"li[data-id='{source}']"), "the question")
    page.click(f"[data-key='Keep {source}']")
    page.wait(lambda: "Forget this folder" not in page.text("#source-list"), "no question any more")
    assert source in [found.id for found in page.core.client.sources.list()]
    page.click(f"[data-key='Forget… {source}']")
    page.click(f"[data-key='Forget {source}']")
    page.wait(lambda: "was forgotten" in page.text("#toast"), "the word of it")
    assert source not in [found.id for found in page.core.client.sources.list()]
    assert not page.shows(f"li[data-id='{source}']") and (tmp_path / "Old" / "old thing.wav").is_file()


def test_the_same_audio_in_other_files_is_shown_and_can_be_put_out_of_sight(page: Page, tmp_path: Path) -> None:
    plain = wav(tmp_path / "Near" / "near one.wav", 400, frames=50_000).read_bytes()
    more = b"note" + (8).to_bytes(4, "little") + b"a remark"
    size = (len(plain) - 8 + len(more)).to_bytes(4, "little")
    (tmp_path / "Near" / "near two.wav").write_bytes(plain[:4] + size + plain[8:] + more)
    page.core.client.sources.scan([tmp_path / "Near"]).result(60)
    mine = "#groups fieldset:has(.copy [aria-label*='near one.wav'])"
    page.click("#tab-duplicates")
    page.click("#near")
    page.click("#find-duplicates")
    page.wait(lambda: page.shows(mine) and "The same audio in 2 files" in page.text(mine), "the group")
    assert not page.shows(f"{mine} input") and "near two.wav" in page.text(mine)
    page.click(f"{mine} .copy button")
    page.wait(lambda: "near " in page.text("#now"), "the sound in the player")
    known = page.core.client.duplicates.summary().total
    page.click(f"{mine} > button")
    page.wait(
        lambda: not page.shows(mine) and page.core.client.duplicates.summary().total == known - 1, "it to be gone"
    )
    page.undo()
    page.wait(lambda: page.shows(mine) and page.core.client.duplicates.summary().total == known, "it to be back")
    source = next(found for found in page.core.client.sources.list() if "Near" in found.path)
    page.core.client.sources.remove(source.id)


def test_words_go_by_themselves_unless_something_went_wrong(page: Page) -> None:
    page.run("LIMITS.plain = 10; showToast('Done.')")
    page.wait(lambda: not page.shows("#toast"), "the words to go")
    page.run("LIMITS.plain = 600_000; showToast('Done.')")
    page.hover("#toast")
    page.run("LIMITS.plain = 10; showToast('Done.'); window.since = performance.now()")
    page.wait(lambda: page.run("return performance.now() - since > 1_500"), "a while")
    assert page.shows("#toast")
    page.hover("h1")
    page.wait(lambda: not page.shows("#toast"), "the words to go once nobody points at them")
    page.run("showToast('No.', { lasting: true }); window.since = performance.now()")
    page.wait(lambda: page.run("return performance.now() - since > 500"), "a while")
    assert page.shows("#toast")
    page.click("#toast-close")
    assert not page.shows("#toast")


def test_what_the_user_said_of_a_sound_is_seen_and_said(page: Page) -> None:
    facts, (row, *_) = page.core.client.facts, page.core.client.catalog.search("drum_roll").rows
    facts.rate([row.id], 3)
    facts.tag([row.id], "punchy")
    page.search("drum_roll")
    page.wait(lambda: "★★★" in page.rows()[0] and "#punchy" in page.rows()[0], "stars and tag")
    page.play()
    page.wait(lambda: "★★★" in page.text("#facts") and "#punchy" in page.text("#facts"), "them in the player")
    page.click("#favourite")
    page.wait(lambda: facts.of(row.id).favourite and "♥" in page.rows()[0], "a favourite")
    page.click("#favourite[aria-pressed=true]")
    page.wait(lambda: not facts.of(row.id).favourite and "♥" not in page.rows()[0], "no favourite any more")
    page.click("#stop")
    facts.rate([row.id], 0)
    facts.untag([row.id], "punchy")


@pytest.fixture
def looping(page: Page) -> Iterator[Page]:
    """Whatever plays goes on."""
    settings = page.core.client.settings
    settings.loop = True
    settings.save()
    page.enter()
    yield page
    page.click("#stop")
    settings.loop = False
    settings.save()


def test_keys_pause_go_on_and_take_back(looping: Page) -> None:
    page, before = looping, looping.files()
    page.choose("onerror")
    page.wait(lambda: page.state() == "playing", "the sound")
    page.press(Keys.SPACE)
    page.wait(lambda: page.state() == "paused", "the pause")
    page.press(Keys.SPACE)
    page.wait(lambda: page.state() == "playing", "the sound again")
    page.press(Keys.DELETE)
    page.wait(lambda: page.focus() == "apply", "the plan")
    page.press(Keys.ENTER)
    page.wait(lambda: len(page.files()) == len(before) - 1 and page.shows("#toast"), "the file to be away")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    page.wait(lambda: page.files() == before, "the file, byte for byte")
    page.press("/")
    page.press(Keys.ESCAPE)
    page.wait(lambda: len(page.rows()) > 10, "all sounds")


def test_a_click_on_the_waveform_goes_there(looping: Page) -> None:
    page = looping
    page.choose("onerror")
    drawn = "return $('outline').getContext('2d').getImageData(0, 0, $('outline').width, $('outline').height).data"
    page.wait(lambda: page.run(f"{drawn}.filter((part, at) => at % 4 === 3 && part).length > 5_000"), "the waveform")
    page.press(Keys.SPACE)
    page.wait(lambda: page.state() == "paused", "the pause")
    wide = page.one("#position").size["width"]
    ActionChains(page.driver).move_to_element_with_offset(page.one("#position"), wide // 4, 0).click().perform()

    def reached() -> bool:
        now = page.core.client.audio.now()
        return now.duration_s is not None and abs(now.position_s / now.duration_s - 0.75) < 0.02

    page.wait(reached, "three quarters of the sound")
    assert page.state() == "paused"
    page.click("#stop")
    page.wait(lambda: page.state() == "stopped", "the end")
    ActionChains(page.driver).move_to_element(page.one("#position")).click().perform()
    page.wait(lambda: page.state() == "playing" and page.core.client.audio.now().position_s > 1, "it from its middle")


def test_a_list_taller_than_browsers_can_draw(page: Page) -> None:
    names = page.core.names()
    page.run("LIMITS.tallest = 900")
    page.search("")
    in_sight = """
        const row = document.querySelector("#rows .at"), box = row?.getBoundingClientRect();
        return row ? [Number(row.dataset.index), box.top >= $("head").getBoundingClientRect().bottom - 0.5,
            box.bottom <= $("list").getBoundingClientRect().bottom + 0.5] : null"""
    for key, at in ((Keys.END, len(names) - 1), (Keys.HOME, 0), (Keys.PAGE_DOWN, None), (Keys.END, len(names) - 1)):
        page.one("#list").send_keys(key)
        page.wait(lambda at=at: at is None or page.run(in_sight) == [at, True, True], f"row {at}")  # type: ignore[misc]
    assert page.run("return $('rows').offsetHeight") == 900
    for step in range(2, 30):
        page.one("#list").send_keys(Keys.ARROW_UP)
        page.wait(lambda step=step: page.run(in_sight) == [len(names) - step, True, True], "a row up")  # type: ignore[misc]
    page.wait(lambda: page.text("#now") == names[len(names) - 29], "the sound there")
    page.click("#stop")


FAINT = """
const level = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = ([red, green, blue]) => 0.2126 * level(red) + 0.7152 * level(green) + 0.0722 * level(blue);
const behind = (part) => {
  const found = numbers(getComputedStyle(part).backgroundColor);
  return found[3] === undefined || found[3] === 1 ? found : behind(part.parentElement);
};
const written = (part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
const seen = (part) => part.checkVisibility() && !part.matches("script, :disabled");
return [...document.querySelectorAll("body *")].filter((part) => seen(part) && written(part)).flatMap((part) => {
  const [one, other] = [light(numbers(getComputedStyle(part).color)), light(behind(part))];
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  return contrast < 4.5 ? [`${part.textContent}: ${contrast}`] : [];
});"""
WIDE = """return [...document.querySelectorAll("body *")].filter((part) => part.checkVisibility()
    && part.getBoundingClientRect().right > innerWidth + 0.5).map((part) => part.outerHTML)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200, 3840])
def test_everything_is_readable_in_windows_of_all_sizes(page: Page, scheme: str, width: int) -> None:
    page.look(width=width, height=700 if width < 3840 else 2160, scheme=scheme)
    page.choose("cowbell")
    page.wait(lambda: page.run("return outline !== null"), "the waveform")
    try:
        for tab in ("duplicates", "sources", "catalog"):
            page.click(f"#tab-{tab}")
            page.wait(lambda tab=tab: page.shows(f"#{tab}"), tab)  # type: ignore[misc]
            page.run("showToast('Done.', { undo: () => 0 }); say('Something went wrong.', true)")
            assert page.run(FAINT) == [] and page.run(WIDE) == []
        assert len(page.rows()) == 2
    finally:
        page.look()
        page.click("#stop")


def refuse(page: Page, times: int, answer: str) -> None:
    """The next so many requests come to nothing but this."""
    page.run(
        "window.honest ??= fetch; window.left = arguments[0];"
        f"window.fetch = (...asked) => window.left-- > 0 ? Promise.resolve({answer}) : honest(...asked)",
        times,
    )


def test_a_core_that_is_too_busy_is_asked_again(page: Page) -> None:
    page.search("cowbell")
    refuse(page, 2, "new Response('', { status: 503 })")
    page.play()
    page.wait(lambda: "drum_cowbell" in page.text("#now"), "the sound, in spite of it")
    page.click("#stop")
    page.wait(lambda: page.state() == "stopped", "silence")
    for answer, words in (
        ("new Response('', { status: 503 })", "The program is busy just now; try again in a moment."),
        ("new Response('<p>Hello', { status: 200 })", "The program gave no answer; try once more."),
        ("new Response('', { status: 500 })", "The program gave no answer; try once more."),
    ):
        refuse(page, 1_000_000, answer)
        page.play()
        page.wait(lambda words=words: page.text("#status") == words, words)  # type: ignore[misc]
        refuse(page, 0, answer)
    page.play()
    page.wait(lambda: page.state() == "playing" and page.text("#status") == "", "the sound")
    page.click("#stop")


def test_a_stream_that_breaks_is_opened_again(page: Page) -> None:
    (row, *_) = page.core.client.catalog.search("cowbell").rows
    page.run("stream.abort(); window.old = stream")
    page.wait(lambda: page.run("return stream !== old"), "a new stream")
    page.core.client.audio.play(row.id)
    page.wait(lambda: row.name in page.text("#now"), "what somebody else plays")
    page.core.client.audio.stop()
    assert not page.shows("#closed")


def test_a_core_that_is_gone_is_said_in_one_calm_sentence(window: Page, tmp_path: Path, server: SoundServer) -> None:
    wav(tmp_path / "S" / "one.wav", 1)
    core = Core(tmp_path / "gone", server.address)
    core.client.sources.scan([tmp_path / "S"]).result(60)
    port = core.port
    window.open(core.link())
    window.wait(window.rows, "the sound")
    core.kill()
    window.wait(lambda: window.shows("#closed"), "the sentence")
    assert window.text("#closed").startswith("The program was closed.\n")
    assert not re.search(r"(?i)error|failed to fetch|undefined|exception", window.text("body"))
    core = Core(tmp_path / "gone", server.address, port=port)
    window.wait(lambda: "started anew" in window.text("#closed"), "the sentence that it is another one")
    assert "ctk web" in window.text("#closed") and not window.shows("#retry")
    window.open(core.link())
    window.wait(window.rows, "the sound")
    core.end()
