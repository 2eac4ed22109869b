"""The page read out, walked by keyboard, touched by a finger, seen from the back of a room."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

pytestmark = pytest.mark.browser

LAPTOP = (1366, 768)
PHONE = (390, 844)
PROJECTOR = (1920, 1080)
OPEN_CRITERION = "document.querySelector('.criterion').click()"
OPEN_FIGURE = "document.querySelectorAll('details.figure')[2].open = true"
CLOSE_FIGURES = "for (const one of document.querySelectorAll('details.figure')) one.open = false"
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
    page.evaluate(CLOSE_FIGURES)
    page.evaluate(
        "hash => { history.replaceState(null, '', '#' + hash); ntm.state.restore(); }", hash
    )
    if script:
        page.evaluate(script)


FAULTS = """async () => {
    const names = axe.getRules().map(({ ruleId }) => ruleId);
    const rules = Object.fromEntries(names.map((name) => [name, { enabled: true }]));
    // AAA; the page keeps to AA, which `color-contrast` holds it to.
    rules['color-contrast-enhanced'].enabled = false;
    const { violations } = await axe.run(document, { rules, resultTypes: ['violations'] });
    // Places on a map lie where they lie: WCAG 2.5.8 lets them be near each other.
    const isPlace = (id, target) => id === 'target-size' && target.join().includes('.asset-place');
    return violations.flatMap(({ id, impact, nodes }) => nodes
        .filter(({ target }) => !isPlace(id, target))
        .map(({ target, failureSummary }) => [id, impact, target.join(' '), failureSummary]));
}"""
"""Every rule that axe has, also best practices, experiments and those that are off by default."""


def faults(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FAULTS)


STATES = {
    "as opened": ("", None),
    "a figure": ("", OPEN_FIGURE),
    "a criterion in the legend": ("criterion=commune:15", None),
    "nothing fits": ("overdue=true&tab=list", None),
    "the list": ("tab=list&selected=asset:road-field-lo-ku", None),
    "nothing chosen": ("tab=detail", None),
    "a unit and a criterion": ("tab=detail&selected=unit:23662", OPEN_CRITERION),
    "a unit without criteria": ("tab=detail&selected=unit:23638", None),
    "an asset": ("tab=detail&selected=asset:culture-centre-kon-pne", None),
    "an asset without a place": ("tab=detail&selected=asset:school-all", None),
    "nothing asked": ("tab=ask", None),
    "an answer": ("tab=ask&ask=108.6,14.14,10000", None),
    "findings": ("tab=findings", None),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", STATES)
def test_nothing_stands_in_a_readers_way(page, name, lang):
    hash, script = STATES[name]
    show(page, f"{hash}&lang={lang}", script)
    assert faults(page) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_stands_in_a_readers_way_on_the_printed_sheet(open_page, workspace, lang):
    page = open_page(
        workspace.district, findings=workspace.findings, hash=f"#unit=23656&lang={lang}"
    )
    page.evaluate(PRINT)
    page.emulate_media(media="print")
    assert faults(page) == []


CONTRAST = """() => {
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) =>
        (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (let one = element; one; one = one.parentElement) {
            const colour = parts(getComputedStyle(one).backgroundColor);
            if (colour[3] === undefined || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const under = (text) => { // letters of a symbol stand on its last disc, which may have a ring
        const discs = [...text.parentElement.querySelectorAll('circle')].filter((one) =>
            one.getAttribute('fill') !== 'none' && one.compareDocumentPosition(text) & 4);
        return parts(getComputedStyle(discs.at(-1)).fill);
    };
    const found = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement;
        if (!texts.currentNode.textContent.trim() || !holder.checkVisibility()) continue;
        if (holder.closest('script, option')) continue;
        const style = getComputedStyle(holder);
        const isSign = holder.localName === 'text';
        if (isSign && style.stroke !== 'none') continue; // it has a white edge
        const [a, b] = [light(parts(isSign ? style.fill : style.color)),
            light(isSign ? under(holder) : ground(holder))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        const told = `${holder.localName} ${holder.textContent.slice(0, 20)} ${ratio}`;
        if (ratio < 4.5) found.add(told);
    }
    return [...found];
}"""
"""Texts without a contrast of 4.5 to their ground: axe cannot tell for most of what is here."""


@pytest.mark.parametrize("name", STATES)
def test_every_text_stands_out_from_its_ground(page, name):
    show(page, *STATES[name])
    assert page.evaluate(CONTRAST) == []


def test_a_text_that_does_not_stand_out_is_seen(page):
    page.evaluate("document.getElementById('title').style.color = '#888'")
    found = page.evaluate(CONTRAST)
    page.evaluate("document.getElementById('title').style.color = ''")
    assert [text.split()[0] for text in found] == ["span"]


def test_the_letters_of_every_symbol_stand_out_from_it(page):
    page.evaluate("""() => {
        const box = document.createElement('div');
        box.id = 'samples';
        document.body.append(box);
        for (const status of Object.keys(ntm.symbols.STATUS)) {
            for (const hollow of [true, false]) {
                box.append(ntm.symbols.symbol('VH', status, { hollow }));
            }
        }
    }""")
    found = page.evaluate(CONTRAST)
    page.evaluate("document.getElementById('samples').remove()")
    assert found == []


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


@pytest.fixture(scope="module")
def room(open_shared_page, workspace):
    width, height = LAPTOP
    return open_shared_page(
        workspace.district, findings=workspace.findings, width=width, height=height
    )


@pytest.fixture
def walk(room):
    """Give a page as it opens, at its top, and a way to go on with keys to what has a name."""
    show(room, "lang=vi")
    room.evaluate("ntm.map.fitAll(); document.querySelector('.skip').focus()")

    def to(selector, *, back=False, most=200):
        for _ in range(most):
            if room.evaluate(f"selector => {FOCUSED}.matches(selector)", selector):
                outline = room.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle")
                assert outline != "none", selector
                return
            room.keyboard.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"the keyboard does not reach {selector}")

    room.to = to
    return room


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


def label(page):
    return page.evaluate(f"{FOCUSED}.getAttribute('aria-label')")


def test_the_focus_stays_on_a_symbol_that_is_drawn_anew(walk):
    walk.to(".asset-place:not(.group)")
    name = label(walk)
    walk.evaluate("ntm.state.setFilter({ search: ' ' })")
    assert label(walk) == name
    walk.evaluate("ntm.state.set({ lang: 'en' })")
    assert label(walk).split(",")[0] == name.split(",")[0]


def test_the_focus_goes_to_the_group_that_takes_a_symbol_in_and_back(walk):
    walk.to(".asset-place:not(.group)[aria-label*='Kon Pne']")
    walk.evaluate("ntm.map.leaflet.setZoom(8, { animate: false })")
    assert "đối tượng ở Kon Pne" in label(walk)
    walk.evaluate("ntm.map.fitAll()")
    assert "Kon Pne" in label(walk)


def test_the_focus_goes_to_the_map_when_a_filter_takes_the_symbol_away(walk):
    walk.to(".asset-place:not(.group)")
    walk.evaluate("ntm.state.setFilter({ overdue: true })")
    assert walk.evaluate(f"{FOCUSED}.classList.contains('leaflet-container')")
    walk.evaluate("ntm.state.setFilter({ overdue: false })")


def test_a_group_is_opened_with_the_space_bar_and_the_focus_stays_with_it(walk):
    walk.to(".asset-place.group")
    unit = label(walk).partition(" ở ")[2].partition(":")[0]
    count = walk.locator(".asset-place").count()
    press(walk, "Space")
    walk.wait_for_function(
        "count => document.querySelectorAll('.asset-place').length !== count", arg=count
    )
    assert unit in label(walk)


def test_units_are_chosen_one_after_the_other(walk):
    names = []
    walk.to("path[role=button]")
    for _ in range(3):
        names.append(label(walk).split(",")[0])
        press(walk, "Enter")
        assert walk.locator("#panel-detail h2").inner_text().endswith(names[-1])
        press(walk, "Tab")
    assert names == walk.evaluate("ntm.data.units.slice(0, 3).map(({ name }) => name)")


STAND = f"""() => {{
    const one = {FOCUSED};
    const {{ outlineStyle, outlineWidth }} = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {{
        isBody: one === document.body, stop: window.order.get(one),
        outline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        name: axe.commons.text.accessibleText(one), html: one.outerHTML.slice(0, 120),
        isSeen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    }};
}}"""

STOPS = """() => {
    const all = [...document.querySelectorAll('*')];
    window.order = new Map(all.map((one, place) => [one, place]));
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true });
    return all.filter((one) => one.tabIndex >= 0 && isSeen(one) && !one.matches('html, body'))
        .map((one) => window.order.get(one));
}"""
"""Places of everything that the keyboard should reach."""


@pytest.mark.parametrize("hash", ["", "tab=detail&selected=unit:23656", "tab=findings&lang=en"])
def test_the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is(walk, hash):
    show(walk, hash)
    walk.evaluate(AXE_SCRIPT)
    stops = walk.evaluate(STOPS)
    walk.evaluate("axe.setup(document.body); document.querySelector('.skip').focus()")
    stands = []
    while not (stand := walk.evaluate(STAND))["isBody"]:
        stands.append(stand)
        assert len(stands) < 500
        walk.keyboard.press("Tab")
    walk.evaluate("axe.teardown()")
    assert [stand["html"] for stand in stands if not stand["outline"]] == []
    assert [stand["html"] for stand in stands if not stand["name"].strip()] == []
    assert [stand["html"] for stand in stands if not stand["isSeen"]] == []
    reached = [stand["stop"] for stand in stands]
    assert reached == sorted(reached)
    assert len(stops) > 90
    assert set(stops) <= set(reached)


def test_the_keyboard_goes_back_the_way_it_came(walk):
    walk.to("#filter-unit")
    walk.to("[role=tab]", back=True)
    walk.to("path[aria-label^='Krong']", back=True)
    walk.to(".figure summary", back=True)
    walk.to(".skip", back=True)


UNIT = "tab=detail&selected=unit:23656"
ROAD = "tab=detail&selected=asset:road-field-lo-ku"
BUTTON = "#panel-detail .buttons button"
ANSWER = "tab=ask&ask=108.53,14.18,10000"
ACTS = {
    "a unit": ("", "path[aria-label^='Kon Pne']", ["Enter"], "path"),
    "a unit asked": ("tab=ask", "path[aria-label^='Kon Pne']", ["Space"], "path"),
    "a symbol": ("", ".asset-place:not(.group)", ["Enter"], ".asset-place"),
    "a symbol asked": ("tab=ask", ".asset-place:not(.group)", ["Space"], ".asset-place"),
    "a row of the list": ("tab=list", "#rows .row", ["Enter"], "#panel-detail"),
    "a row of a unit": (UNIT, "#panel-detail .row", ["Enter"], "#panel-detail"),
    "a row of an answer": (ANSWER, "#ask-answer .row", ["Enter"], "#panel-detail"),
    "a criterion": (UNIT, ".criterion", ["Enter"], ".criterion"),
    "a criterion closed": (UNIT, ".criterion", ["Enter", "Space"], ".criterion"),
    "show on the map": (ROAD, f"{BUTTON}:first-child", ["Enter"], f"{BUTTON}:first-child"),
    "what is around": (ROAD, f"{BUTTON}:last-child", ["Enter"], "#panel-ask"),
    "ask": ("tab=ask", "#ask-centre", ["Enter"], "#ask-centre"),
    "clear the question": (ANSWER, "#ask-clear", ["Enter"], "#ask-centre"),
    "a finding's link": ("tab=findings", ".links .link", ["Enter"], ".tab-panel"),
    "a finding's last link": ("tab=findings", ".links .link:last-child", ["Enter"], ".tab-panel"),
    "only": ("", "#filter-layer .only", ["Enter"], "#filter-layer .only"),
    "a status": ("", "#filter-status input", ["Space"], "#filter-status input"),
    "everything": ("layer=roads", "#filter-everything", ["Enter"], "#filter-everything"),
    "as opened": ("layer=roads", "#filter-opening", ["Space"], "#filter-opening"),
    "the language": (UNIT, "#languages [lang=en]", ["Space"], "#languages [lang=en]"),
    "zoom": ("", ".leaflet-control-zoom-in", ["Space"], ".leaflet-control-zoom-in"),
    "a figure": ("", ".figure summary", ["Enter", "Tab", "Escape"], ".figure summary"),
    "a figure by blank": ("", ".figure summary", ["Space", "Space"], ".figure summary"),
    "GeoJSON": ("", "#take-geojson", ["Space"], "#take-geojson"),
}
"""Where one stands, what one presses, and where one stands then."""


@pytest.mark.parametrize("act", ACTS)
def test_nobody_loses_his_place_by_an_act(walk, act):
    hash, selector, keys, then = ACTS[act]
    show(walk, hash)
    walk.locator(selector).first.focus()
    press(walk, *keys)
    walk.wait_for_timeout(50)
    assert walk.evaluate(f"then => {FOCUSED}.matches(then)", then)
    assert walk.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle") != "none"


def test_zoom_buttons_answer_to_both_keys(walk):
    for selector, key, sign in ((".leaflet-control-zoom-in", "Space", 1),
                                (".leaflet-control-zoom-out", "Enter", -1)):  # fmt: skip
        before = walk.evaluate("ntm.map.leaflet.getZoom()")
        walk.locator(selector).focus()
        press(walk, key)
        walk.wait_for_function(
            "([before, sign]) => sign * (ntm.map.leaflet.getZoom() - before) > 0.2",
            arg=[before, sign],
        )
        walk.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")


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
