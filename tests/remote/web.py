"""The web page as a test uses it: a core of its own, and a browser that looks at its page."""

import os
import subprocess
import sys
from pathlib import Path

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from ctk.remote import client, door
from ctk.remote.client import RemoteToolkit
from tests.browser import Browser
from tests.remote.test_instance import alive, wait

ROWS = "#list [role=row][data-id]"
KILLED_S = 40.0


class Core:
    """``ctk serve`` as a process of its own, and a client of it to see what became of what the page did."""

    def __init__(self, home: Path, sound: str, *, port: int = 0) -> None:
        self.home = home
        env = os.environ | {"CTK_AUDIO_BACKEND": "pulseaudio", "PULSE_SERVER": sound}
        command = [sys.executable, "-m", "ctk", "--home", str(home), "serve", "--port", str(port)]
        self.program = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        wait(lambda: alive(home, self.program.pid), self.program)
        self.client: RemoteToolkit = client.connect(home)
        self.client.settings.buffer_ms = 200
        self.client.settings.save()

    @property
    def port(self) -> int:
        found = door.read(self.home)
        assert found is not None
        return found.port

    def link(self) -> str:
        """An address that lets a browser in once."""
        return str(client.ask(self.home, "core.link", {}))

    def names(self, query: str = "") -> list[str]:
        """What a search finds, as the page should show it."""
        return [row.name for row in self.client.catalog.search(query).rows]

    def kill(self) -> None:
        """As a crash ends it."""
        self.client.close()
        self.program.kill()
        self.program.communicate(timeout=KILLED_S)

    def end(self) -> None:
        self.client.close()
        self.program.terminate()
        assert self.program.communicate(timeout=KILLED_S)[1] == ""


class Page(Browser):
    """The web page of a core, with ``files`` behind it."""

    core: Core
    samples: Path

    def enter(self) -> None:
        """Open the page by a new link, and see the sounds. Its toasts stay until they are closed."""
        self.open(self.core.link())
        self.wait(self.rows, "the sounds")
        self.run("LIMITS.plain = LIMITS.undo = 600_000")

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
        """Click the first row."""
        self.click(ROWS)

    def state(self) -> str:
        """What the core plays, as far as the page knows."""
        return str(self.run("return player.state"))

    def hover(self, selector: str) -> None:
        ActionChains(self.driver).move_to_element(self.one(selector)).perform()

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
