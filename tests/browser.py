"""A headless Chromium of its own that a test drives, with Debian's chromedriver, and what a test does in a page."""

import contextlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

WAIT_S: Final = 10.0
_NEEDED: Final = ("chromium", "chromedriver")
_OPTIONS: Final = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --mute-audio --window-size=1200,800"
)


class Browser:
    """One window of a browser; elements are found by CSS selectors."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        self.driver.get(address)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[WebElement]:
        """What is shown of these elements."""
        return [found for found in self.driver.find_elements("css selector", selector) if found.is_displayed()]

    def shows(self, selector: str) -> bool:
        return bool(self.all(selector))

    def text(self, selector: str) -> str:
        return self.one(selector).text

    def click(self, selector: str) -> None:
        """As soon as it can be clicked."""

        def clicked() -> bool:
            found = [found for found in self.all(selector) if found.is_enabled()]
            if found:
                found[0].click()
            return bool(found)

        self.wait(clicked, f"{selector} to click")

    def write(self, selector: str, text: str) -> None:
        """In the place of what a field holds."""
        self.one(selector).send_keys(Keys.CONTROL, "a", Keys.NULL, text or Keys.BACKSPACE)

    def press(self, *keys: str) -> None:
        """Keys for whatever has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def run(self, script: str, *values: object) -> object:
        """What a script answers."""
        return self.driver.execute_script(script, *values)

    def wait(self, true: Callable[[], object], what: str) -> None:
        """Until it is ``true``; what is drawn anew meanwhile is looked at again."""
        deadline = time.monotonic() + WAIT_S
        while True:
            with contextlib.suppress(StaleElementReferenceException):
                if true():
                    return
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            time.sleep(0.02)

    def look(self, *, width: int = 1200, height: int = 800, scheme: str = "light") -> None:
        """A window of this size, on a computer whose colours are ``light`` or ``dark``."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})

    def complaints(self) -> list[str]:
        """What the browser said against the page itself since it was asked last; not of what the network did."""
        entries = self.driver.execute("getLog", {"type": "browser"})["value"]
        return [entry["message"] for entry in entries if entry["source"] != "network"]

    def picture(self, file: Path) -> Path:
        """A screenshot."""
        assert self.driver.save_screenshot(str(file))
        return file


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Browser]:
    """A browser that keeps what it must in ``folder``. Skips the test on Windows and macOS, fails without Chromium."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux: pages are looked at in Debian's Chromium")
    paths = {name: shutil.which(name) for name in _NEEDED}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        pytest.fail(f"{', '.join(missing)} not found: apt install chromium chromium-driver", pytrace=False)
    options = ChromeOptions()
    options.binary_location = str(paths["chromium"])
    for option in (*_OPTIONS.split(), f"--user-data-dir={folder}"):
        options.add_argument(option)
    driver = Chrome(options=options, service=Service(str(paths["chromedriver"])))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
