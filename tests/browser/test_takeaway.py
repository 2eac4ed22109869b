"""What is taken away from the page: rows as CSV, features as GeoJSON, a printed sheet."""

import csv
import io
import json
import math
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from shapely.geometry import shape

from ntm_geo.frames import plain_records
from ntm_geo.labels import LABELS, OVERDUE, format_clause, format_day, format_number
from ntm_geo.maps.texts import TEXTS
from ntm_geo.model import Layer, Position, Status, WorkKind

pytestmark = pytest.mark.browser

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
HOSTILE = [
    *(f"{sign}1+1" for sign in FORMULA_SIGNS), '=HYPERLINK("http://x.invalid";"y")', "@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0", "a;b", "a,b", 'a"b', '"', '";=1+1;"', '",=1+1,"', "a\nb", "a\r\nb",
    "a\n=1", "'=1", "0012", "1,5", "1.5", "<b>x</b>", "\u202egnp.exe", "Đường nội đồng", "",
]  # fmt: skip
"""Names, among them some that a spreadsheet would take for a formula or for another row."""

FILTERS = {
    "everything": {},
    "roads of one unit": {"layer": ["roads"], "unit": "23656"},
    "of the whole district": {"unit": "625"},
    "without work": {"status": ["none"]},
    "found": {"search": "nha van hoa", "kind": "repair"},
    "nothing": {"status": []},
}
EVERYTHING = {
    "status": None, "layer": None, "unit": "", "kind": "", "criterion": "", "office": "",
    "overdue": False, "search": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def district(workspace):
    """Give Kbang with works in every status, late ones, and a commune that did not report."""
    district = workspace.district
    works = district.works.copy()
    works["status"] = [list(Status)[i % len(Status)].value for i in range(len(works))]
    late = works["status"].isin([Status.NOT_STARTED, Status.IN_PROGRESS])
    works["overdue"] = late & (works.index % 2 == 0)
    codes = [code for code in district.units["unit_code"] if code != "23650"]
    months = pd.DataFrame({"month": "2023-02", "unit_code": codes, "correction": 0, "whole": True})
    return replace(district, works=works, months=months)


@pytest.fixture(scope="module")
def hostile(district):
    """Give Kbang with names and notes that nobody should type."""
    works, assets = district.works.copy(), district.assets.copy()
    names = [HOSTILE[i % len(HOSTILE)] for i in range(len(works))]
    works["name"] = names
    works["note"] = names[::-1]
    works["clause"] = names[1:] + names[:1]
    assets["name"] = [HOSTILE[i % len(HOSTILE)] for i in range(len(assets))]
    return replace(district, works=works, assets=assets)


@pytest.fixture(scope="module")
def hostile_page(open_shared_page, hostile):
    return open_shared_page(hostile)


@pytest.fixture(scope="module")
def overview(open_shared_page, district, workspace):
    view = workspace.record.views[0]
    return open_shared_page(district, view=view, width=1366, height=768)


@pytest.fixture
def page(overview):
    """Give the page as if it had just been opened."""
    resize(overview, 1366, 768)
    overview.evaluate("""() => {
        ntm.state.set({
            lang: 'vi', tab: 'filter', filter: ntm.state.emptyFilter(), selected: null, ask: null,
        });
        ntm.map.fitAll();
    }""")
    return overview


def resize(page, width, height):
    """Give the window a size, and wait until the map has it, too."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)
    page.evaluate("""() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
        ntm.map.leaflet.invalidateSize({ animate: false });
        done();
    }, 30)))""")


def choose(page, **chosen):
    page.evaluate("filter => ntm.state.setFilter(filter)", EVERYTHING | chosen)


def shown(page):
    """Return the work (or "") and the asset of each row that the page shows, in its order."""
    return page.evaluate("""() => ntm.filter.shown(ntm.state.now.filter)
        .map(({ work, asset }) => [work?.work_id ?? '', asset.asset_id])""")


# --- rows as CSV ---------------------------------------------------------------------------------

SEPARATOR = {"vi": ";", "en": ","}
DECIMAL = {"vi": ",", "en": "."}


def table(content, lang):
    """Return the rows of a CSV file by the names of its columns in the page's data."""
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR[lang], strict=True))
    names = {t.say(lang): name.removeprefix("csv_") for name, t in TEXTS.items() if "csv_" in name}
    header = [names[heading] for heading in rows[0]]
    assert len(set(header)) == len(header) == len(names)
    assert {len(row) for row in rows} == {len(header)}
    return [dict(zip(header, row, strict=True)) for row in rows[1:]]


def figure(cell, lang):
    """Return the figure that a spreadsheet set to the language reads in a cell."""
    assert re.fullmatch(rf"\d+(\{DECIMAL[lang]}\d+)?", cell), cell
    return float(cell.replace(DECIMAL[lang], "."))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("filter", FILTERS)
def test_the_csv_holds_the_rows_that_are_shown(page, save_from, filter, lang):
    choose(page, **FILTERS[filter])
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    rows = shown(page)
    assert bool(rows) is (filter != "nothing")
    name, content = save_from(page, "CSV")
    assert name.endswith("-2023-02-28.csv")
    assert [[row["work"], row["asset"]] for row in table(content, lang)] == rows


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_csv_says_of_each_row_what_the_record_says(page, save_from, district, lang):
    page.evaluate("lang => ntm.state.set({ lang })", lang)
    _, content = save_from(page, "CSV")
    works = {row["work_id"]: row for row in plain_records(district.works)}
    assets = {row["asset_id"]: row for row in plain_records(district.assets)}
    whole = TEXTS["without_place"].say(lang)
    for row in table(content, lang):
        work, asset = works.get(row["work"]), assets[row["asset"]]
        assert row["layers"] == LABELS[Layer, Layer(asset["layer"])].say(lang)
        position = LABELS[Position, Position(asset["position"])].say(lang)
        assert row["places"] == (position if asset["placed"] else whole)
        if work is None:
            assert row["name"] == asset["name"]
            assert row["status"] == TEXTS["no_works"].say(lang)
            assert row["clause"] == format_clause(asset["asset_clause"], lang)
            assert row["quantity"] == row["due"] == row["kind"] == ""
            continue
        assert row["name"] == work["name"]
        assert row["kind"] == LABELS[WorkKind, WorkKind(work["kind"])].say(lang)
        status = LABELS[Status, Status(work["status"])].say(lang)
        late = f", {OVERDUE.say(lang)}" if work["overdue"] else ""
        assert row["status"] == status + late
        assert row["due"] == format_day(date.fromisoformat(work["due"]), lang)
        assert row["clause"] == format_clause(work["clause"], lang)
        assert row["note"] == (work["note"] or asset["note"] or "")
        if work["quantity"] is None:
            assert row["quantity"] == ""
        else:
            assert figure(row["quantity"], lang) == work["quantity"]


def test_figures_stand_in_the_csv_as_the_language_writes_them(page, save_from):
    choose(page, layer=["roads"])
    for lang, written in (("vi", "0,48"), ("en", "0.48")):
        page.evaluate("lang => ntm.state.set({ lang })", lang)
        _, content = save_from(page, "CSV")
        assert written in [row["quantity"] for row in table(content, lang)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_cell_of_the_csv_starts_a_formula(hostile_page, save_from, hostile, lang):
    hostile_page.evaluate("lang => ntm.state.set({ lang })", lang)
    rows = shown(hostile_page)
    _, content = save_from(hostile_page, "CSV")
    cells = table(content, lang)
    assert [[row["work"], row["asset"]] for row in cells] == rows
    assert [cell for row in cells for cell in row.values() if cell[:1] in set(FORMULA_SIGNS)] == []
    names = dict(zip(hostile.works["work_id"], hostile.works["name"], strict=True))
    for row in cells:
        typed = names.get(row["work"])
        if typed:
            guarded = f"'{typed}" if typed[0] in FORMULA_SIGNS else typed
            assert row["name"] == guarded


# --- features as GeoJSON -------------------------------------------------------------------------


@pytest.mark.parametrize("filter", FILTERS)
def test_the_geojson_holds_the_features_that_are_shown(page, save_from, district, filter):
    choose(page, **FILTERS[filter])
    rows = shown(page)
    name, content = save_from(page, "GeoJSON")
    assert name.endswith("-2023-02-28.geojson")
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    features = collection["features"]
    assert [
        [feature["properties"]["work_id"] or "", feature["properties"]["asset_id"]]
        for feature in features
    ] == rows
    assets = district.assets.set_index("asset_id")
    for feature in features:
        assert feature.keys() == {"type", "geometry", "properties"}
        known = assets.loc[feature["properties"]["asset_id"]]
        assert feature["properties"]["position"] == known["position"]
        assert feature["properties"]["source"] == known["source"]
        assert feature["properties"]["placed"] is bool(known["placed"])
        if not known["placed"]:
            assert feature["geometry"] is None
            continue
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        assert geometry.geom_type == known["geometry"].geom_type
        assert geometry.hausdorff_distance(known["geometry"]) < 1e-5


def test_the_geojson_says_of_each_work_what_the_record_says(page, save_from, district):
    _, content = save_from(page, "GeoJSON")
    found = [feature["properties"] for feature in json.loads(content)["features"]]
    works = {row["work_id"]: row for row in plain_records(district.works)}
    same = ("name", "layer", "class", "unit_code", "status", "overdue", "quantity", "measure",
            "due", "criterion", "clause")  # fmt: skip
    mine = {row["work_id"]: row for row in found if row["work_id"]}
    assert mine.keys() == works.keys()
    for key, row in mine.items():
        assert {name: row[name] for name in same} == {name: works[key][name] for name in same}
    assert {row["status"] for row in found if not row["work_id"]} == {None}


def test_hostile_names_come_back_from_the_geojson_as_typed(hostile_page, save_from, hostile):
    _, content = save_from(hostile_page, "GeoJSON")
    found = [feature["properties"] for feature in json.loads(content)["features"]]
    names = dict(zip(hostile.works["work_id"], hostile.works["name"], strict=True))
    assert {row["work_id"]: row["name"] for row in found if row["work_id"]} == names


# --- the printed sheet ---------------------------------------------------------------------------

A3_LANDSCAPE_PT = (420 / 25.4 * 72, 297 / 25.4 * 72)


def sheets(pdf):
    """Return width and height of each page of a PDF file [pt]."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b", pdf))
    return [(float(width), float(height)) for width, height in boxes]


def screen(page):
    """Return what the screen shows and where: what printing must leave as it was."""
    return page.evaluate("""() => ({
        state: structuredClone(ntm.state.now), body: document.body.className,
        styles: ['body', '.folium-map', '#print-legend'].map((name) =>
            document.querySelector(name).style.cssText),
        boxes: ['.band', '.folium-map', '.panel', '.foot', '#print-legend'].map((name) =>
            JSON.stringify(document.querySelector(name).getBoundingClientRect())),
        symbols: [...document.querySelectorAll('.asset-place')].map((one) => one.ariaLabel),
        names: [...document.querySelectorAll('.unit-name')].map((one) => one.innerText),
        panel: document.querySelector('.panel').innerText, scroll: [scrollX, scrollY],
        zoom: ntm.map.leaflet.getZoom(),
    })""")


def middle(page):
    """Return longitude and latitude of the map's middle [degree]."""
    return page.evaluate("(({ lng, lat }) => [lng, lat])(ntm.map.leaflet.getCenter())")


@pytest.mark.parametrize(
    ("size", "changes"),
    [
        ((1920, 1080), {}),
        ((1366, 768), {"tab": "detail", "selected": {"type": "unit", "id": "23662"}}),
        ((1366, 768), {"map": [14.17, 108.5, 12.5], "tab": "list", "lang": "en"}),
        ((390, 844), {"tab": "ask", "ask": {"at": [108.6, 14.14], "within_m": 5000}}),
    ],
    ids=["projector", "details", "a view", "a question on a phone"],
)
def test_the_page_prints_on_one_a3_sheet_and_the_screen_stays(page, size, changes):
    width, height = size
    resize(page, width, height)
    page.evaluate("changes => { ntm.map.fitAll(); ntm.state.set(changes); }", changes)
    before, place = screen(page), middle(page)
    sizes = sheets(page.pdf(prefer_css_page_size=True))
    assert sizes == [pytest.approx(A3_LANDSCAPE_PT, abs=1)]
    assert screen(page) == before
    assert middle(page) == pytest.approx(place, abs=1e-3)


LONG = {
    "layer": ["roads", "irrigation", "schools", "health_stations", "villages", "culture"],
    "status": ["not_started", "preparation", "in_progress", "completed", "none"],
    "unit": "23668", "kind": "harden", "criterion": "commune:2", "office": "economy-infrastructure",
    "overdue": True, "search": "đường " * 16,
}  # fmt: skip
"""A filter with everything set."""


def test_a_full_filter_still_prints_on_one_sheet(page):
    choose(page, **LONG)
    assert len(sheets(page.pdf(prefer_css_page_size=True))) == 1


@pytest.fixture
def sheet(page):
    """Give what the page becomes while it is printed."""

    def printed(lang="vi", **chosen):
        choose(page, **chosen)
        page.evaluate("lang => ntm.state.set({ lang })", lang)
        page.emulate_media(media="print")
        page.evaluate("() => { window.dispatchEvent(new Event('beforeprint')); }")
        return page

    yield printed
    page.evaluate("() => { window.dispatchEvent(new Event('afterprint')); }")
    page.emulate_media(media="screen")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sheet_says_what_it_shows_of_which_day_and_from_where(sheet, district, lang):
    page = sheet(lang, layer=["roads", "schools"], unit="23656", search="noi dong")
    legend = page.locator("#print-legend")
    assert legend.is_visible()
    words = legend.inner_text()
    facts = dict(
        zip(
            legend.locator("dt").all_inner_texts(),
            legend.locator("dd").all_inner_texts(),
            strict=True,
        )
    )
    layers = ", ".join(LABELS[Layer, layer].say(lang) for layer in (Layer.ROADS, Layer.SCHOOLS))
    assert facts == {
        TEXTS["layers"].say(lang): layers,
        TEXTS["unit"].say(lang): "Lơ Ku",
        TEXTS["search"].say(lang): "noi dong",
    }
    assert f"{LABELS[Layer, Layer.ROADS].say(lang)} (1)" in words
    works = district.works.set_index("asset_id")
    status = Status(works["status"]["road-field-lo-ku"])
    assert f"{LABELS[Status, status].say(lang)} (1)" in words
    assert TEXTS["data_until"].format(day=format_day(date(2023, 2, 28), lang)).say(lang) in words
    assert district.project.plan_document in words
    for hidden in (".panel", ".foot", "#languages", ".leaflet-control-zoom"):
        assert page.locator(hidden).first.is_hidden()


@pytest.mark.parametrize(("lang", "words"), [("vi", "Ranh giới:"), ("en", "Borders:")])
def test_page_and_sheet_name_who_published_the_borders(open_page, district, lang, words):
    units = district.units.copy()
    mine = units.index[:5]
    units.loc[mine, ["position", "source"]] = ["digitised", "u.json, <b>© OpenStreetMap</b>"]
    page = open_page(replace(district, units=units), lang=lang)
    told = f"{words} u.json, <b>© OpenStreetMap</b>"
    assert page.locator("#foot").inner_text().count(told) == 1
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert told in page.locator("#print-legend").inner_text()


def test_a_sketch_has_no_publisher(page):
    assert "Ranh giới:" not in page.locator("#foot").inner_text()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sheet_counts_in_its_legend_what_it_shows(sheet, district, lang):
    page = sheet(lang)
    signs = page.locator("#print-legend li .word").all_inner_texts()
    works, idle = district.works, district.assets[district.assets["works"] == 0]
    for layer in dict.fromkeys([*works["layer"], *idle["layer"]]):
        count = (works["layer"] == layer).sum() + (idle["layer"] == layer).sum()
        name = LABELS[Layer, Layer(layer)].say(lang)
        assert f"{name} ({format_number(count, lang)})" in signs
    for status in Status:
        count = (works["status"] == status).sum()
        assert f"{LABELS[Status, status].say(lang)} ({format_number(count, lang)})" in signs
    assert f"{TEXTS['no_works'].say(lang)} ({len(idle)})" in signs
    assert OVERDUE.say(lang) in signs
    assert TEXTS["no_filter"].say(lang) in page.locator("#print-legend").inner_text()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "chosen", [{}, LONG, {"criterion": "commune:2"}], ids=["all", "long", "one"]
)
def test_nothing_of_the_sheet_is_cut_off(sheet, chosen, lang):
    page = sheet(lang, **chosen)
    paper = page.locator("body").bounding_box()
    for part in page.locator("#print-legend > *").all():
        box = part.bounding_box()
        if box:
            assert box["x"] + box["width"] <= paper["x"] + paper["width"]
            assert box["y"] + box["height"] <= paper["y"] + paper["height"], part.inner_text()


def test_the_sheet_shows_the_whole_district_where_the_screen_did(sheet):
    page = sheet()
    map = page.locator(".folium-map").bounding_box()
    for unit in page.locator(".leaflet-areas-pane path").all():
        box = unit.bounding_box()
        assert map["x"] <= box["x"]
        assert map["y"] <= box["y"]
        assert box["x"] + box["width"] <= map["x"] + map["width"]
        assert box["y"] + box["height"] <= map["y"] + map["height"]
    assert map["width"] / map["height"] == pytest.approx(math.sqrt(1.5), rel=0.2)


def test_on_the_sheet_title_and_figures_stand_as_wide_as_the_map_and_legend(sheet):
    page = sheet()
    parts = [page.locator(f).first.bounding_box() for f in ("h1", ".folium-map", "#print-legend")]
    title, map, legend = parts
    last = page.locator(".figure").last.bounding_box()
    assert title["x"] == pytest.approx(map["x"], abs=20)
    assert last["x"] + last["width"] == pytest.approx(legend["x"] + legend["width"], abs=20)


def test_the_button_asks_the_browser_to_print(page):
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = ''; }; }")
    page.get_by_role("button", name="In A3").click()
    assert page.locator("body[data-printed]").count() == 1
