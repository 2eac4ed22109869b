"""The page read out, walked by keyboard, touched by a finger, seen from the back of a room."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

LAPTOP = (1366, 768)
PHONE = (390, 844)
PROJECTOR = (1920, 1080)
OPEN_CRITERION = "document.querySelector('.criterion').click()"
OPEN_FIGURE = "document.querySelector('.figure summary').click()"
PRINT = "window.dispatchEvent(new Event('beforeprint'))"
FOCUSED = "document.activeElement"


@pytest.fixture(scope="module", params=[LAPTOP, PHONE, PROJECTOR], ids=["laptop", "phone", "room"])
def page(request, open_shared_page, workspace):
    width, height = request.param
    return open_shared_page(
        workspace.district, findings=workspace.findings, width=width, height=height
    )


def show(page, hash, script=None):
    """Bring a page into a state, as its address would."""
    page.evaluate(
        "hash => { history.replaceState(null, '', '#' + hash); ntm.state.restore(); }", hash
    )
    if script:
        page.evaluate(script)


@pytest.mark.parametrize(
    ("hash", "script"),
    [
        ("", None),
        ("lang=en", OPEN_FIGURE),
        ("tab=list&selected=asset:road-field-lo-ku", None),
        ("tab=list&layer=electricity&unit=23656", None),
        ("tab=detail&selected=unit:23662", OPEN_CRITERION),
        ("tab=detail&selected=asset:culture-centre-kon-pne&lang=en", None),
        ("tab=detail", None),
        ("tab=ask", None),
        ("tab=ask&ask=108.6,14.14,10000", None),
        ("tab=findings&lang=en", None),
        ("criterion=commune:15&tab=filter", None),
    ],
    ids=str,
)
def test_nothing_stands_in_a_readers_way(page, hash, script):
    show(page, hash, script)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in violations] == []


def test_nothing_stands_in_a_readers_way_on_the_printed_sheet(open_page, workspace):
    page = open_page(workspace.district, findings=workspace.findings, hash="#unit=23656")
    page.evaluate(PRINT)
    assert Axe().run(page).response["violations"] == []


SMALL = """() => [...document.querySelectorAll(
    "button, a[href], select, input:not([type=checkbox]), summary, label:has(input), .asset-place")]
  .filter((one) => one.checkVisibility() && !one.matches(".skip, .leaflet-control-attribution a"))
  .map((one) => [one.id || one.className || one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => Math.round(box.width) < 44 || Math.round(box.height) < 44)
  .map(([name, box]) => [name, box.width, box.height])"""


@pytest.mark.parametrize(
    "hash",
    ["", "tab=list", "tab=detail&selected=unit:23662", "tab=detail&selected=asset:market-so-pai",
     "tab=ask&ask=108.6,14.14,10000", "tab=findings"],
)  # fmt: skip
def test_everything_to_touch_is_as_large_as_a_finger(open_page, workspace, hash):
    width, height = PHONE
    page = open_page(
        workspace.district, findings=workspace.findings, width=width, height=height,
        hash=f"#{hash}", has_touch=True,
    )  # fmt: skip
    if "unit:" in hash:
        page.evaluate(OPEN_CRITERION)
    assert page.evaluate(SMALL) == []


TINY = """() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !holder.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < 16) found.add(`${holder.tagName} ${holder.textContent.slice(0, 20)} ${size}`);
  }
  return [...found];
}"""


@pytest.mark.parametrize("tab", ["filter", "list", "detail", "ask", "findings"])
def test_nothing_is_too_small_for_the_back_of_a_room(open_page, workspace, tab):
    page = open_page(
        workspace.district, findings=workspace.findings, hash=f"#tab={tab}&selected=unit:23662"
    )
    assert page.evaluate(TINY) == []


# --- the keyboard alone ------------------------------------------------------------------------


@pytest.fixture
def walk(open_page, workspace):
    """Give a page that is walked with keys only, and a way to go on to what has a name."""
    width, height = LAPTOP
    page = open_page(workspace.district, findings=workspace.findings, width=width, height=height)

    def to(selector, *, back=False, most=200):
        for _ in range(most):
            if page.evaluate(f"selector => {FOCUSED}.matches(selector)", selector):
                outline = page.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle")
                assert outline != "none", selector
                return
            page.keyboard.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"the keyboard does not reach {selector}")

    page.to = to
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_skip_link_comes_first_and_leads_to_the_panel(walk):
    walk.to(".skip", most=2)
    press(walk, "Enter")
    assert walk.evaluate(f"{FOCUSED}.id") == "tab-filter"


def test_the_language_is_switched_from_the_keyboard(walk):
    walk.to("#languages [lang=en]")
    press(walk, "Enter")
    assert walk.locator("html").get_attribute("lang") == "en"
    assert walk.evaluate(f"{FOCUSED}.lang") == "en"


def test_a_figure_opens_and_closes_from_the_keyboard(walk):
    walk.to(".figure summary")
    press(walk, "Enter")
    assert walk.get_by_text("III.5.2 Giao thông chú thích 2").is_visible()
    press(walk, "Escape")
    assert walk.locator("details.figure[open]").count() == 0
    assert walk.evaluate(f"{FOCUSED}.tagName") == "SUMMARY"


def test_a_unit_and_a_symbol_are_chosen_from_the_keyboard(walk):
    walk.to("path[aria-label^='Kon Pne']")
    press(walk, "Enter")
    assert walk.locator("#panel-detail h2").inner_text() == "Xã Kon Pne"
    walk.to(".asset-place:not(.group)")
    name = walk.evaluate(f"{FOCUSED}.getAttribute('aria-label')").split(",")[0]
    press(walk, "Enter")
    assert name in walk.locator("#panel-detail h2").inner_text()


def test_the_focus_stays_on_a_symbol_that_is_drawn_anew(walk):
    walk.to(".asset-place:not(.group)")
    name = walk.evaluate(f"{FOCUSED}.getAttribute('aria-label')")
    walk.evaluate("ntm.state.setFilter({ overdue: true })")
    walk.evaluate("ntm.state.setFilter({ overdue: false })")
    walk.to(".asset-place:not(.group), .leaflet-container")
    walk.evaluate("name => document.querySelector(`[aria-label='${name}']`).focus()", name)
    walk.evaluate("ntm.state.setFilter({ kind: '' , search: ' ' })")
    assert walk.evaluate(f"{FOCUSED}.getAttribute('aria-label')") == name


def test_the_map_is_moved_from_the_keyboard(walk):
    walk.to(".leaflet-container")
    before = walk.evaluate("ntm.map.leaflet.getZoom()")
    press(walk, "+")
    walk.wait_for_function("before => ntm.map.leaflet.getZoom() > before", arg=before)


def test_arrows_go_from_tab_to_tab(walk):
    walk.to("[role=tab]")
    press(walk, "ArrowRight")
    assert walk.locator("#panel-list").is_visible()
    press(walk, "End")
    assert walk.locator("#panel-findings").is_visible()
    press(walk, "ArrowRight", "ArrowLeft", "Home")
    assert walk.locator("#panel-filter").is_visible()
    assert walk.evaluate(f"{FOCUSED}.id") == "tab-filter"


def test_every_filter_is_set_from_the_keyboard(walk):
    walk.to("#filter-search")
    walk.keyboard.type("lo ku")
    walk.to("#filter-kind")
    press(walk, "ArrowDown")
    walk.to("#filter-status input")
    press(walk, "Space")
    walk.to("#filter-overdue")
    press(walk, "Space")
    walk.to("#filter-layer .only")
    press(walk, "Enter")
    chosen = walk.evaluate("ntm.state.now.filter")
    assert chosen["search"] == "lo ku"
    assert chosen["kind"] == walk.evaluate("ntm.filter.CHOICES.kind[0]")
    assert "not_started" not in chosen["status"]
    assert chosen["overdue"]
    assert chosen["layer"] == ["roads"]
    walk.to("#filter-everything", back=True)
    press(walk, "Enter")
    assert walk.evaluate("ntm.filter.shown(ntm.state.now.filter).length") == walk.evaluate(
        "ntm.filter.rows.length"
    )


def test_a_row_of_the_list_is_opened_and_left_from_the_keyboard(walk):
    walk.to("[role=tab]")
    press(walk, "ArrowRight")
    walk.to("#rows button.row")
    press(walk, "Enter")
    assert walk.locator("#panel-detail").is_visible()
    assert walk.evaluate(f"{FOCUSED}.closest('#panel') !== null")


def test_a_criterion_is_opened_from_the_keyboard_and_keeps_the_focus(walk):
    walk.to("path[aria-label^='Nghĩa An']")
    press(walk, "Enter")
    walk.to(".criterion")
    press(walk, "Enter")
    assert walk.locator(".behind").is_visible()
    assert walk.evaluate(f"{FOCUSED}.dataset.criterion") == "commune:1"


def test_the_map_is_asked_from_the_keyboard(walk):
    walk.to("[role=tab]")
    press(walk, "ArrowRight", "ArrowRight", "ArrowRight")
    walk.to("#ask-centre")
    press(walk, "Enter")
    assert walk.locator("#ask-answer h3").first.is_visible()


def test_a_finding_leads_to_its_unit_from_the_keyboard(walk):
    walk.to("[role=tab]")
    press(walk, "End")
    walk.to(".links .link")
    press(walk, "Enter")
    assert walk.evaluate(f"{FOCUSED}.closest('#panel') !== null")


def test_rows_are_saved_from_the_keyboard(walk):
    walk.to("#take-csv")
    with walk.expect_download() as waiting:
        press(walk, "Enter")
    assert waiting.value.suggested_filename.endswith(".csv")
