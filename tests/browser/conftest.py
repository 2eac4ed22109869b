"""A real browser that opens the real file, with the network away."""

from pathlib import Path

import pytest
from find_browser import MISSING, find_browser
from playwright.sync_api import sync_playwright

from ntm_geo import open_workspace
from ntm_geo.maps import write_map
from ntm_geo.maps.elements import TILES_HOST
from ntm_geo.model import overview_of

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_OWN = ("file:", "data:", "blob:")


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
def workspace(kbang):
    return open_workspace(kbang)


@pytest.fixture(scope="session")
def district(workspace):
    return workspace.district


class _Pages:
    """Pages that are open, and what they did that no page may do."""

    def __init__(self, browser, folder):
        self._browser = browser
        self._folder = folder
        self._contexts = []
        self._count = 0
        self.faults = []

    def __call__(  # noqa: PLR0913 (a page is chosen by these)
        self, district, *, width=1920, height=1080, lang=None, view=None, findings=(),
        accepted=(), basemap="none", hash="", window=None, **context_options,
    ):  # fmt: skip
        """Write a district's page and open it as from a disk; wait until everything is drawn.

        It opens in a window that showed another page before, where one is given: that is quicker.
        Any other option is one of Playwright's for a browser's context.
        """
        self._count += 1
        path = self._folder / f"page-{self._count}.html"
        view = view or overview_of(district.project)
        write_map(
            district, path, view=view, findings=findings, accepted=accepted, lang=lang,
            basemap=basemap,
        )  # fmt: skip
        page = window or self._new_window(width, height, basemap, context_options)
        page.goto(path.as_uri() + hash)
        page.wait_for_function("() => 'named' in document.body.dataset")
        return page

    def _new_window(self, width, height, basemap, options):
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **options
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        self._watch(page, (*_OWN, TILES_HOST) if basemap == "osm" else _OWN)
        return page

    def _watch(self, page, allowed):
        def heard(message):
            # Tiles that do not come are told on the console; the page goes without them.
            if TILES_HOST not in allowed or not message.location["url"].startswith(TILES_HOST):
                self.faults.append(f"console: {message.text}")

        def answered(dialog):
            self.faults.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def asked(request):
            if not request.url.startswith(allowed):
                self.faults.append(f"request: {request.url}")

        page.on("console", heard)
        page.on("dialog", answered)
        page.on("request", asked)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def close(self):
        for context in self._contexts:
            context.close()
        assert self.faults == []


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a district's page; fail at the end on any console message, error, dialog or request."""
    pages = _Pages(browser, tmp_path)
    yield pages
    pages.close()


@pytest.fixture(scope="module")
def open_shared_page(browser, tmp_path_factory):
    """Open a page that the tests of a module share; it is held to the same as any other."""
    pages = _Pages(browser, tmp_path_factory.mktemp("pages"))
    yield pages
    pages.close()


@pytest.fixture
def save_from():
    """Click a button that saves a file; return the file's name and content."""

    def saved(page, name):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

    return saved
