"""A real browser that opens the real file, with the network away."""

import pytest
from find_browser import MISSING, find_browser
from playwright.sync_api import sync_playwright

from ntm_geo import open_workspace
from ntm_geo.maps import write_map

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    program = find_browser()
    if program is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def district(kbang):
    return open_workspace(kbang).district


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a district's page; fail at the end on any console message, error or request."""
    seen = []
    contexts = []

    def opened(district, *, width=1920, height=1080, lang=None):
        path = write_map(district, tmp_path / "page.html", lang=lang)
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("file:", "data:")) or seen.append(f"request: {request.url}")
            ),
        )
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []
