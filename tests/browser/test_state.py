"""What the reader has chosen: in the address, in list, map and details, in two languages."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from shapely import Point, box

from ntm_geo.labels import format_day, format_number

pytestmark = pytest.mark.browser

STACKED = ["health-station-kon-pne", "post-point-kon-pne"]
"""Two things that stand in the same place."""
SILENT = {"23650", "23674"}
"""Communes that reported nothing."""
PLACE = Point(108.345, 14.352)
WINDOW = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def district(workspace):
    """Give Kbang with two things in one place, and with all but two units reporting a month."""
    kbang = workspace.district
    assets = kbang.assets.copy()
    stacked = assets["asset_id"].isin(STACKED)
    assets.loc[stacked, "geometry"] = [PLACE] * len(STACKED)
    codes = [code for code in kbang.units["unit_code"] if code not in SILENT]
    months = pd.DataFrame({"month": "2023-02", "unit_code": codes, "correction": 0, "whole": True})
    return replace(kbang, assets=assets, months=months)


@pytest.fixture(scope="module")
def overview(open_shared_page, workspace, district):
    view = workspace.record.views[0]
    return open_shared_page(district, view=view, findings=workspace.findings, **WINDOW)


@pytest.fixture
def page(overview):
    """Give the page as if it had just been opened."""
    restore(overview, "")
    overview.evaluate("document.activeElement.blur(); ntm.map.fitAll()")
    return overview


@pytest.fixture(scope="module")
def start(overview):
    """Give the state of a page that has just been opened, without its view of the map."""
    restore(overview, "")
    return without_map(state(overview))


def state(page):
    return page.evaluate("structuredClone(ntm.state.now)")


def without_map(state):
    return {name: value for name, value in state.items() if name != "map"}


def restore(page, hash):
    """Take an address up as the page does when somebody changes it."""
    page.evaluate(
        "hash => { history.replaceState(null, '', '#' + hash); ntm.state.restore(); }", hash
    )


def address(page):
    """Return what stands behind the # once the page has written it."""
    page.wait_for_function("() => location.hash.slice(1) === ntm.state.toHash()")
    return page.evaluate("location.hash")


def settle(page):
    """Wait until the map has stopped moving."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))")
    page.wait_for_function("""() => {
        const { leaflet } = ntm.map;
        return !leaflet._animatingZoom && !leaflet._panAnim?._inProgress;
    }""")


def on_screen(page, lon, lat):
    """Return where a place of the map stands on the screen."""
    return page.evaluate(
        "([lon, lat]) => { const { x, y } = ntm.map.leaflet.latLngToContainerPoint([lat, lon]);"
        " const box = ntm.map.leaflet.getContainer().getBoundingClientRect();"
        " return [box.left + x, box.top + y]; }",
        [lon, lat],
    )


def picture(page):
    """Return what a reader sees: settings, words of the filter, the list and the open tab, map."""
    return page.evaluate("""() => {
        const { tab } = ntm.state.now;
        const panels = ['filter', 'list', tab].map((name) => {
            ntm.state.set({ tab: name });
            const panel = document.getElementById(`panel-${name}`);
            return [panel.innerText, [...panel.querySelectorAll('input, select')].map((control) =>
                (control.type === 'checkbox' ? control.checked : control.value))];
        });
        ntm.state.set({ tab });
        const places = (select, name) => [...document.querySelectorAll(select)]
            .map((part) => part.getAttribute(name));
        return {
            panels, band: document.querySelector('.band').innerText, title: document.title,
            lang: document.documentElement.lang,
            tabs: places('[role=tab]', 'aria-selected'),
            symbols: places('.asset-place', 'aria-label').sort(),
            chosen: places('.asset-place.selected', 'aria-label'),
            lines: places('.leaflet-lines-pane path.selected', 'stroke'),
            units: ['aria-label', 'fill', 'stroke-width'].map((name) =>
                places('.leaflet-areas-pane path', name).sort()),
            asking: document.querySelectorAll('.leaflet-asking-pane path').length,
        };
    }""")


def view(page):
    """Return where the map's middle lies and its scale: longitude, latitude [degree], zoom."""
    return page.evaluate(
        "(({ lng, lat }) => [lng, lat, ntm.map.leaflet.getZoom()])(ntm.map.leaflet.getCenter())"
    )


# --- the address ---------------------------------------------------------------------------------


def choose_a_row_in_english(page):
    page.get_by_role("button", name="English").click()
    page.get_by_role("tab", name="List").click()
    page.locator("#rows button.row").nth(30).click()
    assert state(page)["selected"]["type"] == "asset"


def filter_and_look_at_a_unit(page):
    page.get_by_role("combobox", name="Tiêu chí").select_option("commune:6")
    page.get_by_role("checkbox", name="hủy bỏ").uncheck()
    page.get_by_role("button", name="chỉ: Văn hóa, thể thao").click()
    page.locator(".leaflet-areas-pane path[aria-label^='Krong']").focus()
    page.keyboard.press("Enter")
    assert state(page)["selected"] == {"type": "unit", "id": "23650"}


def search_for_odd_signs_and_find_nothing(page):
    page.get_by_role("searchbox").fill("đ&=#%+; „ế“ 🏫 <b>")
    page.get_by_role("checkbox", name="chỉ công việc quá hạn").check()
    for tick in page.locator("#filter-status input").all():
        tick.uncheck()
    assert state(page)["filter"]["status"] == []


def ask_and_zoom(page):
    page.get_by_role("tab", name="Hỏi bản đồ").click()
    page.mouse.click(*on_screen(page, 108.30, 14.05))
    page.get_by_role("combobox", name="Khoảng cách").select_option("10000")
    page.get_by_role("button", name="Phóng to").click()
    settle(page)
    assert state(page)["ask"]["within_m"] == 10000


def ask_about_a_thing(page):
    page.evaluate("ntm.state.set({ tab: 'ask' }); ntm.ask.about({ asset: 'road-field-lo-ku' });")


def show_everything(page):
    page.get_by_role("button", name="Hiện tất cả").click()


def open_again(page, hash):
    """Open the page's file from the start, as whoever is sent its address does."""
    file = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(file + hash)
    page.wait_for_function("() => 'named' in document.body.dataset")


def require_the_same_again(page):
    """Hold a page against what its own address opens."""
    settle(page)
    hash = address(page)
    kept, seen, place = state(page), picture(page), view(page)
    open_again(page, hash)
    assert state(page) == kept
    assert picture(page) == seen
    assert view(page) == pytest.approx(place, abs=1e-3)
    assert address(page) == hash


@pytest.mark.parametrize(
    "choose",
    [choose_a_row_in_english, filter_and_look_at_a_unit, search_for_odd_signs_and_find_nothing,
     ask_and_zoom, ask_about_a_thing],
)  # fmt: skip
def test_a_link_opens_what_was_seen(page, choose):
    choose(page)
    require_the_same_again(page)


def test_a_link_opens_what_differs_from_how_the_view_opens(open_page, workspace, district):
    page = open_page(district, view=workspace.record.views[1], **WINDOW)
    assert address(page) == ""
    show_everything(page)
    assert "layer=*" in address(page)
    require_the_same_again(page)


def test_a_changed_address_changes_the_page(page):
    page.evaluate("location.hash = 'lang=en&tab=list&unit=23656&selected=unit:23656'")
    page.wait_for_function("() => ntm.state.now.lang === 'en'")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#panel-list h3").all_inner_texts() == ["Lơ Ku (7)"]
    page.evaluate("location.hash = ''")
    page.wait_for_function("() => ntm.state.now.lang === 'vi'")
    assert page.locator("#panel-filter").is_visible()


def test_an_address_without_a_view_shows_the_whole(page):
    whole = view(page)
    restore(page, "map=14.17,108.5,13&unit=23656")
    assert view(page) == pytest.approx([108.5, 14.17, 13], abs=1e-3)
    page.evaluate("location.hash = 'unit=23641'")
    page.wait_for_function("() => ntm.state.now.filter.unit === '23641'")
    assert view(page) == pytest.approx(whole, abs=1e-2)


def test_the_skip_link_leads_to_the_panel_and_keeps_what_was_chosen(page):
    page.evaluate(
        "ntm.state.set({ lang: 'en', filter: { ...ntm.state.now.filter, unit: '23656' } })"
    )
    kept = without_map(state(page))
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(250)
    assert without_map(state(page)) == kept
    assert "unit=23656" in address(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('panel').contains(document.activeElement)")


NONSENSE = [
    "", "#", "garbage", "=", "&&&", "?", "%zz", "%", "%E0%A4%A", "%00", "x" * 100_000,
    "tab=nope", "tab=constructor", "tab=__proto__", "lang=xx", "lang=", "lang=VI", "__proto__=1",
    "constructor=1", "toString=1", "javascript:alert(1)", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "unit=nobody", "unit=__proto__", "unit=%3Cscript%3E", "kind=x",
    "criterion=commune:99", "criterion=commune:", "criterion=:", "office=nobody", "overdue=1",
    "overdue=yes", "overdue=", "search=", "selected=unit:nobody", "selected=unit", "selected=:",
    "selected=asset:", "selected=asset:__proto__", "selected=constructor:x", "selected=work:x",
    "selected=layer:roads", "ask=", "ask=,", "ask=,,2000", "ask=108,14", "ask=108,14,1234",
    "ask=108,14,-2000", "ask=NaN,1,2000", "ask=1e309,0,2000", "ask=181,0,2000", "ask=108,91,2000",
    "ask=1,2,3,2000", "ask=asset:,2000", "ask=asset:nobody,2000", "ask=asset:school-all,2000",
    "ask=asset:school-dak-smar", "ask=asset:school-dak-smar,0",
]  # fmt: skip
"""Addresses that say nothing."""


@pytest.mark.parametrize("hash", NONSENSE, ids=lambda text: ascii(text[:40]))
def test_nonsense_in_the_address_is_passed_over(overview, start, hash):
    restore(overview, hash)
    assert without_map(state(overview)) == start


NOWHERE = [
    "map=", "map=,,", "map=1,2", "map=1,2,3,4", "map=x,y,z", "map=NaN,NaN,NaN", "map=1e309,0,0",
    "map=Infinity,0,0", "map=0,1e308,19", "map=1e300,0,5", "map=0,1e300,5", "map=91,108,9",
    "map=14,500,9", "map=14,108,-5", "map=14,108,1e300", "map=14,108,NaN",
]  # fmt: skip
"""Views of the map that there are none of."""


@pytest.mark.parametrize("hash", NOWHERE)
def test_a_view_of_nowhere_is_passed_over(page, start, hash):
    place = view(page)
    restore(page, hash)
    assert without_map(state(page)) == start
    assert view(page) == place


@pytest.mark.parametrize(
    "hash", ["%zz", "map=0,1e308,19", "map=1e309,0,0&ask=1e309,0,2000&selected=unit:x"]
)
def test_a_page_opens_whatever_its_address_says(page, start, hash):
    open_again(page, "")
    assert address(page) == ""
    seen, place = picture(page), view(page)
    open_again(page, f"#{hash}")
    assert without_map(state(page)) == start
    assert (picture(page), view(page)) == (seen, place)


@pytest.mark.parametrize(
    ("hash", "name", "value"),
    [("unit=23641&unit=23644", "unit", "23641"), ("status=none,nope,none", "status", ["none"]),
     ("status=*", "status", None), ("status=", "status", []), ("layer=__proto__", "layer", []),
     ("layer=schools,roads,roads", "layer", ["roads", "schools"]), ("criterion=village",
      "criterion", "village"), ("overdue=true", "overdue", True), ("search=" + "ư" * 5000, "search",
      "ư" * 100), ("search=%3Cb%3E+%26", "search", "<b> &"), ("search=%zz", "search", "%zz")],
    ids=lambda value: ascii(value)[:40],
)  # fmt: skip
def test_what_fits_a_filter_is_taken_from_the_address(overview, start, hash, name, value):
    restore(overview, hash)
    found = without_map(state(overview))
    assert found == {**start, "filter": {**start["filter"], name: value}}


# --- list, map, details --------------------------------------------------------------------------


def test_a_click_in_the_list_shows_the_thing_on_the_map_and_its_details(page):
    page.get_by_role("tab", name="Danh sách").click()
    row = page.locator("#rows button.row[data-asset=road-field-lo-ku]")
    row.click()
    assert state(page)["selected"] == {"type": "asset", "id": "road-field-lo-ku"}
    assert page.locator("#panel-detail h2").inner_text() == "Đường trục chính nội đồng xã Lơ Ku"
    assert page.locator("#panel-detail").is_visible()
    settle(page)
    page.wait_for_function("() => ntm.map.leaflet.getZoom() >= 12")
    chosen = page.locator(".asset-place.selected")
    assert chosen.count() == 1
    assert "Đường trục chính nội đồng xã Lơ Ku" in chosen.get_attribute("aria-label")
    assert page.locator(".leaflet-lines-pane path.selected").count() > 0
    box, map = chosen.bounding_box(), page.locator(".folium-map").bounding_box()
    assert map["x"] < box["x"] < map["x"] + map["width"]
    assert map["y"] < box["y"] < map["y"] + map["height"]


def require_chosen(page, asset_id):
    """Hold details, list and map against a thing that a click on the map has chosen."""
    assert state(page)["selected"] == {"type": "asset", "id": asset_id}
    name = page.evaluate("id => ntm.by.asset.get(id).name", asset_id)
    assert page.locator("#panel-detail").is_visible()
    assert page.locator("#panel-detail h2").inner_text() == name
    page.get_by_role("tab", name="Danh sách").click()
    marked = page.locator("#rows [aria-current=true]")
    assert {row.get_attribute("data-asset") for row in marked.all()} == {asset_id}
    assert marked.first.is_visible()
    assert page.locator(".asset-place.selected").count() == 1


def test_a_click_on_a_symbol_chooses_it(page):
    restore(page, "map=14.17,108.5,13")
    page.locator(".asset-place:not(.group)[aria-label^='Sân vận động']").first.click()
    require_chosen(page, "stadium-lo-ku")


def test_a_click_on_a_line_chooses_it(page, district):
    restore(page, "map=14.17,108.5,13")
    assets = district.assets.set_index("asset_id")
    line = assets.geometry["road-field-lo-ku"]
    end = line.interpolate(0.02, normalized=True)
    page.mouse.click(*on_screen(page, end.x, end.y))
    require_chosen(page, "road-field-lo-ku")


def test_a_click_on_a_unit_chooses_it_and_shows_its_criteria(page):
    page.evaluate("ntm.state.setFilter({ layer: [] })")
    page.mouse.click(*on_screen(page, 108.43, 14.27))
    assert state(page)["selected"] == {"type": "unit", "id": "23650"}
    assert "Krong" in page.locator("#panel-detail h2").inner_text()
    assert page.locator("#panel-detail .criteria button.criterion").count() >= 19
    edges = page.locator(".leaflet-areas-pane path[stroke-width='5']")
    assert edges.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))") == [
        "Krong, Số tiêu chí đạt: 9/19"
    ]


def test_a_click_beside_everything_chooses_nothing(page):
    restore(page, "selected=unit:23650")
    page.mouse.click(*on_screen(page, 108.28, 14.02))
    assert state(page)["selected"] is None
    assert page.locator(".leaflet-areas-pane path[stroke-width='5']").count() == 0


def test_a_unit_that_did_not_report_stays_hatched_when_it_is_chosen(page):
    page.evaluate("ntm.state.set({ selected: { type: 'unit', id: '23650' } })")
    hatches = page.locator(".leaflet-hatches-pane path[fill='url(#hatch)']")
    assert hatches.count() == len(SILENT)
    levels = page.evaluate(
        "['areas', 'hatches'].map((name) => Number(ntm.map.leaflet.getPane(name).style.zIndex))"
    )
    assert levels == sorted(levels)


def test_a_group_that_has_room_comes_nearer(page):
    restore(page, "map=14.05,108.58,10")
    before = page.evaluate("ntm.map.leaflet.getZoom()")
    group = page.locator(".asset-place.group[aria-label*='Kông Bơ La']").first
    count = page.locator(".asset-place").count()
    group.click()
    page.wait_for_function("zoom => ntm.map.leaflet.getZoom() > zoom + 0.2", arg=before)
    settle(page)
    page.wait_for_function(
        "count => document.querySelectorAll('.asset-place').length > count", arg=count
    )


def test_a_group_in_one_place_is_listed(page):
    restore(page, f"map={PLACE.y},{PLACE.x},19")
    group = page.locator(".asset-place.group")
    assert "2 đối tượng ở Kon Pne" in group.get_attribute("aria-label")
    group.click()
    assert page.locator("#panel-list").is_visible()
    assert state(page)["filter"]["unit"] == "23641"
    rows = page.locator("#rows button.row").evaluate_all("all => all.map((r) => r.dataset.asset)")
    assert set(STACKED) <= set(rows)


def test_the_map_goes_where_it_is_told_though_a_symbol_has_the_keyboard(page):
    restore(page, "map=14.05,108.58,12")
    page.locator(".asset-place[aria-label*='Kông Bơ La']").first.focus()
    settle(page)
    restore(page, f"map={PLACE.y},{PLACE.x},13")
    settle(page)
    assert view(page) == pytest.approx([PLACE.x, PLACE.y, 13], abs=1e-3)


def test_what_has_no_place_can_be_chosen_in_the_list(page):
    view = page.evaluate("ntm.state.now.map")
    page.get_by_role("tab", name="Danh sách").click()
    page.locator("#rows button.row[data-asset=school-all]").first.click()
    assert "không cho biết nằm ở đâu" in page.locator("#panel-detail").inner_text()
    assert page.locator(".asset-place.selected").count() == 0
    assert page.evaluate("ntm.state.now.map") == view


def test_a_choice_outlives_a_filter_that_hides_it(page):
    restore(page, "selected=asset:stadium-lo-ku&tab=detail&layer=roads")
    assert page.locator("#panel-detail h2").inner_text().startswith("Sân vận động")
    assert page.locator(".asset-place.selected").count() == 0
    page.evaluate("ntm.state.set({ filter: ntm.state.emptyFilter() })")
    assert page.locator(".asset-place.selected").count() == 1


def test_things_of_the_whole_district_can_have_a_place(open_page, district):
    assets = district.assets.copy()
    whole = assets["asset_id"].str.startswith("district-")
    assets.loc[whole, "placed"] = True
    units = district.units
    centres = [Point(x, y) for x, y in zip(units["lon"], units["lat"], strict=True)]
    assets.loc[whole, "geometry"] = centres[-whole.sum() :]
    page = open_page(replace(district, assets=assets), **WINDOW)
    for zoom in (9, 10, 11):
        restore(page, f"map=14.1,108.6,{zoom}")
        assert page.locator(".asset-place[aria-label*='Huyện Kbang']").count() > 0


def test_an_area_that_is_chosen_is_marked(open_page, district):
    assets = district.assets.copy()
    stadium = assets["asset_id"] == "stadium-lo-ku"
    assets.loc[stadium, "geometry"] = box(108.49, 14.16, 108.51, 14.18)
    page = open_page(
        replace(district, assets=assets), **WINDOW, hash="#selected=asset:stadium-lo-ku"
    )
    assert page.locator(".asset-place.selected").count() == 1
    assert page.locator(".leaflet-lines-pane path.selected").count() == 1


# --- two languages -------------------------------------------------------------------------------

WORDS_SHOWN = """(lang) => {
    const found = [];
    const names = ['aria-label', 'title', 'placeholder', 'alt'];
    const UNSEEN = 'script, style, noscript, svg, [hidden], #languages';
    for (const tab of ntm.state.TABS) {
        ntm.state.set({ tab });
        const kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
        const walker = document.createTreeWalker(document.body, kinds);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
            if (element.closest(UNSEEN)) continue;
            const spoken = element.closest('[lang]').lang;
            const texts = node.nodeType === Node.TEXT_NODE ? [node.textContent]
                : names.map((name) => element.getAttribute(name));
            for (const text of texts) {
                if (text?.trim()) found.push([tab, spoken, text.trim()]);
            }
        }
    }
    ntm.state.set({ tab: 'filter' });
    return found;
}"""
"""Every text and label of the page with the language that it is marked in, tab after tab."""

CHOICES = [
    "selected=unit:23662&ask=108.6,14.14,5000",
    "selected=asset:road-field-lo-ku&ask=asset:road-field-lo-ku,5000&criterion=commune:2",
    "selected=asset:school-all&layer=schools&status=not_started&overdue=true",
    "selected=unit:23638&search=xx",
]


def words(page, lang):
    """Every text and label of the page in a language, and the language that it is marked in."""
    page.get_by_role("button", name={"vi": "Tiếng Việt", "en": "English"}[lang]).click()
    return [(spoken, text) for _, spoken, text in page.evaluate(WORDS_SHOWN)]


def pairs(page):
    """Return everything that the page can say in both languages: its sentences, words, names."""
    return page.evaluate("""() => {
        const { data } = ntm;
        return [
            ...Object.values(data.texts),
            ...Object.values(data.words).flatMap((list) => Object.values(list)),
            ...[...data.offices, ...data.sources].map((one) => one.name),
            ...data.sets.flatMap((set) => [set.name, ...set.criteria]),
            ...data.figures.flatMap((one) => [one.value, one.label, one.how]),
            data.title, data.view_title, data.district_name,
        ];
    }""")


@pytest.fixture(scope="module", params=CHOICES)
def spoken(overview, request):
    """Give what the page says in Vietnamese, in English, and in Vietnamese again."""
    restore(overview, request.param)
    return words(overview, "vi"), words(overview, "en"), words(overview, "vi")


@pytest.fixture(scope="module")
def different(overview):
    """Give everything that is not spelled alike in both languages."""
    return [(vi, en) for vi, en in pairs(overview) if vi != en]


def test_the_switch_changes_every_sentence_and_back(overview, spoken, different):
    vietnamese, english, again = spoken
    assert again == vietnamese
    said = {text for _, text in english}
    # A word may be one of the other language's, too, such as "km".
    assert said & {vi for vi, _ in different} <= {en for _, en in pairs(overview)}
    assert len(said & {en for _, en in different}) > 80
    said = {text for _, text in vietnamese}
    assert said & {en for _, en in different} <= {vi for vi, _ in pairs(overview)}
    assert len(said & {vi for vi, _ in different}) > 80


def test_in_english_only_what_people_typed_is_marked_as_vietnamese(spoken, different):
    english = {en for _, en in different}
    marked = {text for lang, text in spoken[1] if lang == "vi"}
    assert marked
    assert marked & english == set()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_window_and_the_buttons_tell_the_language(page, lang):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    titles = {"vi": "Tổng quan – Chương trình", "en": "Overview – "}
    assert page.title().startswith(titles[lang])
    assert page.locator("html").get_attribute("lang") == lang
    pressed = page.locator("#languages button[aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map((button) => button.lang)") == [lang]


def test_a_page_opens_in_its_own_language_and_the_address_names_the_other(open_page, district):
    page = open_page(district, lang="en", **WINDOW)
    assert page.locator("html").get_attribute("lang") == "en"
    assert "lang=" not in address(page)
    page.get_by_role("button", name="Tiếng Việt").click()
    assert "lang=vi" in address(page)
    assert page.locator("#tab-filter").inner_text().strip() == "Lọc"


@pytest.mark.parametrize(
    ("lang", "km", "day", "money"),
    [("vi", "0/15,13 km", "28/02/2023", "152.863,3 triệu đồng"),
     ("en", "0 of 15.13 km", "28 February 2023", "152,863.3 million VND")],
)  # fmt: skip
def test_figures_and_days_stand_in_the_band_as_the_language_writes_them(page, lang, km, day, money):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    band = page.locator(".band").inner_text()
    for text in (km, day, money):
        assert text in band


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_numbers_are_written_as_in_python(page, lang):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    values = [
        0, 1, -1, 7, 12, 999, 1000, 1234, 10_000, 152_863.3, 1_234_567, 15.13, 4.7, 0.3, 0.05,
        0.001, 0.0004, 0.0006, 2.5, 1.005, 12.3456, 99.9995, 999.9996, 1e6, 1e9, 1e12, 1 / 3, 2 / 3,
        -1234.5, 0.1 + 0.2, *(n / 8 for n in range(17)), *(n * 173.37 for n in range(40)),
    ]  # fmt: skip
    written = page.evaluate("values => values.map((value) => ntm.words.number(value))", values)
    assert written == [format_number(value, lang) for value in values]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_days_are_written_as_in_python(page, lang):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    days = [date(2023, month, day) for month in range(1, 13) for day in (1, 9, 10, 28)]
    days += [date(2024, 2, 29), date(1999, 12, 31), date(2100, 1, 1)]
    written = page.evaluate("days => days.map(ntm.words.day)", [day.isoformat() for day in days])
    assert written == [format_day(day, lang) for day in days]


@pytest.mark.parametrize(("lang", "month"), [("vi", "02/2023"), ("en", "February 2023")])
def test_months_are_written_as_the_language_does(page, lang, month):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    assert page.evaluate("ntm.words.day('2023-02')") == month
    assert month in page.locator("#months").inner_text()
