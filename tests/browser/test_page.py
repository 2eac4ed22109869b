"""The page in a real browser: draws everything, answers clicks, stays within the window."""

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from shapely import LineString, MultiLineString, MultiPolygon, Point, box, union_all

from ntm_geo.focus import focus_on_unit
from ntm_geo.maps import page_data
from ntm_geo.maps.packing import plain
from ntm_geo.model import overview_of

pytestmark = pytest.mark.browser

SCREENS = [(1920, 1080), (1366, 768), (390, 844)]
NEAR = "#map=14.2,108.6,14"
"""A view of the map in which few symbols stand together."""


def _placed(district):
    return district.assets[district.assets["placed"]]


def _things_drawn(page):
    """Count the things that the symbols on the map stand for: one each, or as many as they say."""
    return sum(
        int(symbol.text_content()) if "group" in symbol.get_attribute("class").split() else 1
        for symbol in page.locator(".asset-place").all()
    )


def _centre(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _unit_name(page, name):
    find = "name => ntm.data.units.find((unit) => unit.name === name).unit_code"
    return page.locator(f".unit-name[data-unit='{page.evaluate(find, name)}']")


def test_the_page_opens_and_draws_every_unit(open_page, district):
    page = open_page(district)
    assert page.locator(".unit-name").count() == len(district.units)
    assert page.locator(".leaflet-areas-pane path").count() == len(district.units)
    assert "12/19" in _unit_name(page, "Nghĩa An").inner_text()
    assert page.get_by_text("SƠ HỌA – ranh giới và vị trí").is_visible()


def test_every_asset_with_a_place_has_a_symbol(open_page, district):
    page = open_page(district)
    drawn = page.evaluate("ntm.map.drawn.map(({ asset }) => asset.asset_id)")
    assert sorted(drawn) == sorted(_placed(district)["asset_id"])
    assert _things_drawn(page) == len(drawn)


def test_each_layer_can_be_switched_on_and_draws_all_of_its_assets(open_page, district):
    page = open_page(district)
    boxes = page.locator("#filter-layer input")
    for box_ in boxes.all():
        box_.uncheck()
    assert page.locator(".asset-place").count() == 0
    wanted = _placed(district)["layer"].value_counts()
    for box_ in boxes.all():
        box_.check()
        assert _things_drawn(page) == wanted.get(box_.get_attribute("value"), 0)
        box_.uncheck()


def test_a_layer_can_be_switched_off(open_page, district):
    page = open_page(district)
    page.get_by_role("checkbox", name="Trạm y tế").uncheck()
    stations = (_placed(district)["layer"] == "health_stations").sum()
    assert stations > 0
    assert _things_drawn(page) == len(_placed(district)) - stations


def test_a_click_on_a_road_tells_its_work(open_page, district):
    page = open_page(district, hash="#map=14.17,108.5,13")
    page.get_by_label("Đường trục chính nội đồng xã Lơ Ku, Lơ Ku").first.click()
    assert page.get_by_role("tab", name="Chi tiết").get_attribute("aria-selected") == "true"
    details = page.locator("#panel-detail").inner_text()
    for text in ("1,5 km", "chưa bắt đầu", "sơ họa, không phải đo đạc",
                 "III.5.2 Giao thông chú thích 2", "Phòng Kinh tế và Hạ tầng",
                 "31/12/2023 (hết năm kế hoạch)", "2. Giao thông (Xã nông thôn mới)"):  # fmt: skip
        assert text in details


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "Ảnh hiện trường 3, mới nhất 02/04/2023"),
        ("en", "Photographs of the site 3, the last of 2 April 2023"),
    ],
)
def test_details_of_a_work_count_its_photographs(open_page, district, lang, told):
    works = district.works.copy()
    mine = works["work_id"] == "road-field-dong-harden"
    works.loc[mine, ["photos", "last_photo"]] = [3, "2023-04-02"]
    page = open_page(replace(district, works=works), lang=lang)
    show = "id => ntm.state.set({ tab: 'detail', selected: { type: 'asset', id } })"
    page.evaluate(show, "road-field-dong")
    assert told in " ".join(page.locator("#panel-detail").inner_text().split())
    page.evaluate(show, "road-field-krong")
    assert told.split(" 3")[0] not in page.locator("#panel-detail").inner_text()


def test_a_click_on_a_unit_tells_its_criteria(open_page, district):
    page = open_page(district)
    page.mouse.click(*_centre(_unit_name(page, "Kon Pne").bounding_box()))
    details = page.locator("#panel-detail")
    assert "Kon Pne" in details.locator("h2").inner_text()
    assert "10/19" in details.inner_text()
    assert "173,81 km²" in details.inner_text()
    kept = district.criteria[
        (district.criteria["unit_code"] == "23641") & (district.criteria["status"] == "maintained")
    ]
    assert details.get_by_role("button", name=re.compile("duy trì đạt")).count() == len(kept) == 10
    details.get_by_role("button", name="2 Giao thông: ").click()
    assert details.locator("h4").inner_text() == "2. Giao thông (Xã nông thôn mới)"


def test_what_has_no_place_is_listed_not_drawn(open_page, district):
    page = open_page(district, hash="#tab=list")
    unplaced = district.assets[~district.assets["placed"]]
    assert len(unplaced) > 0
    for asset in unplaced["asset_id"]:
        assert page.locator(f"#rows [data-asset={asset}]").count() > 0
    drawn = page.evaluate("ntm.map.drawn.map(({ asset }) => asset.asset_id)")
    assert not {*drawn} & {*unplaced["asset_id"]}
    row = page.locator("#rows button.row", has_text="39 công trình thủy lợi")
    assert "không có vị trí" in row.inner_text()
    row.click()
    details = page.locator("#panel-detail")
    assert "kế hoạch không cho biết nằm ở đâu" in details.inner_text()
    assert details.get_by_role("button", name="Xem trên bản đồ").count() == 0


def test_the_legend_counts_by_status(open_page, district):
    page = open_page(district)
    entry = page.locator("#filter-status li", has_text="chưa bắt đầu")
    count = (district.works["status"] == "not_started").sum()
    assert entry.locator(".count").inner_text() == str(count)
    assert entry.locator(".count").is_visible()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_nothing_stands_outside_the_window(open_page, district, width, height):
    page = open_page(district, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 900:  # on a phone the panel follows the map
        assert page.evaluate("document.documentElement.scrollHeight") <= height
    map = page.locator(".folium-map").bounding_box()
    assert map["y"] + map["height"] <= height
    controls = page.locator(".leaflet-control").all()
    assert len(controls) >= 3
    for part in [*controls, *page.locator(".unit-name:not(.no-room)").all()]:
        box = part.bounding_box()
        assert box["x"] >= map["x"]
        assert box["y"] >= map["y"]
        assert box["x"] + box["width"] <= map["x"] + map["width"]
        assert box["y"] + box["height"] <= map["y"] + map["height"]


def test_the_page_speaks_english(open_page, district):
    page = open_page(district, lang="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_text("SKETCH – boundaries and places").is_visible()
    assert page.get_by_role("checkbox", name="Health stations").is_visible()


# --- what is drawn -------------------------------------------------------------------------------

SHAPES = {
    "point": Point(108.60, 14.20),
    "line": LineString([(108.60, 14.20), (108.61, 14.21)]),
    "lines": MultiLineString(
        [[(108.60, 14.20), (108.61, 14.21)], [(108.62, 14.2), (108.63, 14.2)]]
    ),
    "area": box(108.60, 14.20, 108.61, 14.21),
    "areas": MultiPolygon([box(108.60, 14.20, 108.61, 14.21), box(108.62, 14.20, 108.63, 14.21)]),
}
STROKES = {"point": 0, "line": 2, "lines": 2, "area": 1, "areas": 1}
"""How many paths draw a shape of a status without dashes; a sketched line has a white one more."""


@pytest.mark.parametrize("selected", ["unit:23662", "asset:road-village-nghia-an"])
def test_details_leave_out_what_there_is_nothing_to_say_of(open_page, district, selected):
    page = open_page(district, hash=f"#tab=detail&selected={selected}")
    words = page.locator("#panel-detail").inner_text()
    assert "Nghĩa An" in words
    assert not re.search(r"undefined|null|NaN", words)


@pytest.mark.parametrize("position", ["digitised", "sketch"])
def test_a_group_says_whether_a_sketch_is_in_it(open_page, district, position):
    assets = district.assets.copy()
    assets["position"] = position
    page = open_page(replace(district, assets=assets))
    groups = page.locator(".asset-place.group")
    assert groups.count() > 0
    for group in groups.all():
        assert group.locator("[stroke-dasharray='3 2']").count() == (position == "sketch")
        white = group.locator("circle").last.get_attribute("fill") == "#fff"
        assert white == (position == "sketch")
        assert ("có vị trí sơ họa" in group.get_attribute("aria-label")) == white


def test_the_legend_explains_only_borders_that_there_are(open_page, district):
    units = district.units.copy()
    page = open_page(replace(district, units=units.assign(position="digitised")))
    legend = page.locator("#legend-place").inner_text()
    assert "nét liền" in legend
    assert "nét đứt" not in legend


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("position", ["surveyed", "sketch"])
def test_every_kind_of_geometry_is_drawn(open_page, district, kind, position):
    assets = district.assets.copy()
    school = assets.index[assets["asset_id"] == "school-dak-smar"][0]
    assets.loc[school, "geometry"] = SHAPES[kind]
    assets.loc[school, "position"] = position
    page = open_page(replace(district, assets=assets), hash=NEAR)
    page.evaluate("ntm.state.setFilter({ layer: ['schools'], search: 'dak smar' })")
    paths = page.locator(".leaflet-lines-pane path")
    is_hollow_line = kind.startswith("line") and position == "sketch"
    assert paths.count() == STROKES[kind] + is_hollow_line
    if kind != "point":
        last = paths.last
        white = last.get_attribute("stroke" if kind.startswith("line") else "fill") == "#ffffff"
        assert white == (position == "sketch")
    symbol = page.get_by_label("Trường DTBT TH và THCS ĐăkSmar")
    assert symbol.locator("[stroke-dasharray]").count() == (position == "sketch")
    symbol.click()
    assert "Đầu tư xây mới mở rộng" in page.locator("#panel-detail").inner_text()
    place = page.evaluate("ntm.by.asset.get('school-dak-smar').at")
    assert SHAPES[kind].distance(Point(place)) < 1e-5


def test_units_open_from_the_keyboard(open_page, district):
    page = open_page(district)
    for key in ("Enter", " "):
        page.evaluate("ntm.state.set({ selected: null, tab: 'filter' })")
        page.get_by_role("button", name="Kon Pne, Số tiêu chí đạt: 10/19").focus()
        page.keyboard.press(key)
        details = page.locator("#panel-detail")
        assert "Kon Pne" in details.locator("h2").inner_text()
        assert details.get_by_role("button", name="6 Cơ sở vật chất văn hóa: ").is_visible()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_names_of_units_do_not_run_into_each_other(open_page, district, width, height):
    page = open_page(district, width=width, height=height)
    boxes = [name.bounding_box() for name in page.locator(".unit-name:not(.no-room)").all()]
    whole = page.locator(".unit-name:not(.no-room):not(.figure-only)")
    assert whole.count() >= 10
    controls = [control.bounding_box() for control in page.locator(".leaflet-control").all()]
    for one, other in [*itertools.combinations(boxes, 2), *itertools.product(boxes, controls)]:
        apart = (
            one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
        )  # fmt: skip
        assert apart


def _place_told_by_the_name(page, name):
    """Return where on the screen a unit's name says that it is: there, or where its line ends."""
    unit = _centre(_unit_name(page, name).bounding_box())
    code = _unit_name(page, name).get_attribute("data-unit")
    led = page.evaluate(
        """code => {
            const { at } = ntm.by.unit.get(code);
            const { x, y } = ntm.map.leaflet.latLngToLayerPoint([at[1], at[0]]);
            const dots = [...document.querySelectorAll('.leaders circle')];
            const dot = dots.find((one) => Math.abs(one.getAttribute('cx') - x) < 2
                && Math.abs(one.getAttribute('cy') - y) < 2);
            if (!dot) return null;
            const box = dot.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        code,
    )
    return led or unit


def _winding(district, share):
    """Make a hook of Kon Pne, its arms as wide as a share of its width."""
    units = district.units.copy()
    row = units.index[units["unit_code"] == "23641"][0]
    west, south, east, north = units.geometry[row].bounds
    thin = (east - west) * share
    hook = union_all([box(west, south, west + thin, north), box(west, south, east, south + thin)])
    units.loc[row, "geometry"] = hook
    return replace(district, units=units)


@pytest.mark.parametrize(("share", "is_led"), [(0.1, True), (0.5, False)])
def test_the_name_of_a_winding_unit_stands_inside_it_or_leads_there(
    open_page, district, share, is_led
):
    page = open_page(_winding(district, share))
    page.evaluate("ntm.state.setFilter({ layer: [] })")
    place = _place_told_by_the_name(page, "Kon Pne")
    centre = _centre(_unit_name(page, "Kon Pne").bounding_box())
    assert (place != pytest.approx(centre)) == is_led
    page.mouse.click(*place)
    assert "Kon Pne" in page.locator("#panel-detail h2").inner_text()


def test_every_units_name_says_where_the_unit_is(open_page, district):
    page = open_page(district)
    page.evaluate("ntm.state.setFilter({ layer: [] })")
    for name in district.units["name"]:
        page.mouse.click(*_place_told_by_the_name(page, name))
        assert page.locator("#panel-detail h2").inner_text().endswith(name)


# --- the title band ------------------------------------------------------------------------------


def test_a_later_day_is_told_beside_the_day_of_the_figures(open_page, tiny):
    page = open_page(replace(tiny.open().district, as_of=date(2024, 1, 15)))
    band = page.get_by_role("banner").inner_text()
    assert "Số liệu đến 31/03/2023" in band
    assert "quá hạn tính đến 15/01/2024" in band


def test_the_day_of_the_figures_is_told_once_where_it_is_also_the_day_of_the_page(open_page, tiny):
    district = tiny.open().district
    page = open_page(replace(district, as_of=district.data_until))
    assert "tính đến" not in page.get_by_role("banner").inner_text()


def test_a_figure_opens_to_its_parts_and_clauses(open_page, district):
    page = open_page(district)
    cards = page.locator("details.figure")
    assert 4 <= cards.count() <= 6
    cards.nth(0).locator("summary").click()
    parts = cards.nth(0).locator("tr")
    assert parts.count() == 2
    assert [row.locator(".clause").inner_text() != "" for row in parts.all()] == [True, True]
    cards.nth(1).locator("summary").click()
    assert page.locator("details.figure[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.figure[open]").count() == 0


# --- what the page knows -------------------------------------------------------------------------


@pytest.mark.parametrize("focus", [None, "23641"])
def test_the_page_unpacks_what_was_packed(open_page, workspace, focus):
    district = focus_on_unit(workspace.district, focus) if focus else workspace.district
    page = open_page(district, findings=workspace.findings)
    view = overview_of(district.project)
    packed = page_data(district, view=view, file="page-1", findings=workspace.findings)
    assert page.evaluate("ntm.data") == plain(packed)


def test_a_district_with_hardly_anything_in_it_is_a_page(open_page, tiny):
    district = tiny.open().district
    empty = replace(
        district,
        **{name: getattr(district, name).iloc[:0] for name in ("works", "criteria", "measures")},
    )
    page = open_page(empty)
    for tab in page.get_by_role("tab").all():
        tab.click()
    assert page.locator(".unit-name").count() == len(district.units)


def test_a_base_map_that_does_not_come_changes_nothing_else(open_page, district):
    without = open_page(district)
    page = open_page(district, basemap="osm")
    assert "OpenStreetMap" in page.locator(".leaflet-control-attribution").inner_text()
    assert page.locator(".leaflet-tile").count() > 0
    for one in (page, without):
        one.get_by_label("Kon Pne, Số tiêu chí đạt").focus()
        one.keyboard.press("Enter")
    assert (
        page.locator("#panel-detail").inner_text() == without.locator("#panel-detail").inner_text()
    )
    assert page.locator(".asset-place").count() == without.locator(".asset-place").count()
