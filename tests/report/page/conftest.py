"""A real Chromium for the tests of the page: one for each module, and a fresh profile for each."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from migrator.report.page.html_page import page_text
from migrator.report.run_result import RunResult

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

HERE = Path(__file__).parent
REQUIRED = "MIGRATOR_TEST_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Opened:
    """A page in the browser, and all that it said or asked for since it was opened."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listeners(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        """What is to be noted of the events of the page."""
        return (
            ("request", lambda request: self.requests.append(request.url)),
            ("console", lambda message: self.console.append(message.text)),
            ("pageerror", lambda error: self.errors.append(str(error))),
        )

    def box(self, label: str) -> Locator:
        """The checkbox whose label starts so."""
        return self.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(label)}"))

    def titles(self) -> list[str]:
        """The titles of the places that are listed."""
        return self.page.locator("article h4").all_text_contents()

    def count(self) -> str:
        """What is said of how many places are listed."""
        return self.page.locator("#count").inner_text()

    def assert_silent(self) -> None:
        """It asked for nothing but itself, and nothing went wrong."""
        assert {url.partition("#")[0] for url in self.requests} == {self.url}
        assert (self.console, self.errors) == ([], [])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each module of these tests is run by one process, so that it starts one browser."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def program() -> str | None:
    """The Chromium of this machine."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; where there is none the tests are skipped, unless the environment says that there must be one."""
    found = program()
    if found is None:
        say = pytest.fail if os.environ.get(REQUIRED) else pytest.skip
        say(f"no Chromium among {', '.join(_NAMES)}: install it (Debian: apt-get install chromium) to test the page")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def common(browser) -> Page:
    """The tab of a visitor about whom nothing is special; a tab costs more than a test."""
    return _context(browser).new_page()


@pytest.fixture
def opened(browser, common, tmp_path) -> Iterator[Callable[..., Opened]]:
    """Opens the page of a run from a file; everything about a visitor can be chosen."""
    contexts: list[BrowserContext] = []
    listened: list[tuple[str, Callable[..., None]]] = []

    def open_run(run: RunResult, address: str = "", **visitor: Any) -> Opened:
        file = tmp_path / "page.html"
        file.write_text("".join(page_text(run)), "ascii", newline="\n")
        page = common
        if visitor:
            contexts.append(_context(browser, **visitor))
            page = contexts[-1].new_page()
        shown = Opened(page, file.as_uri())
        for event, listener in shown.listeners():
            page.on(event, listener)
            if page is common:
                listened.append((event, listener))
        page.goto(file.as_uri() + address)
        return shown

    yield open_run
    for context in contexts:
        context.close()
    for event, listener in listened:
        common.remove_listener(event, listener)
    if listened:
        common.evaluate("localStorage.clear()")
        common.goto("about:blank")


def _context(browser: Browser, **visitor: Any) -> BrowserContext:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **visitor})
    context.set_default_timeout(10_000)
    return context
