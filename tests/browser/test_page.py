"""The page in a real browser: draws everything, answers clicks, runs nothing that people typed."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from shapely import LineString, MultiLineString, MultiPolygon, Point, box, union_all

pytestmark = pytest.mark.browser


def _placed(district):
    """Assets that are drawn on the map, without those of the whole district."""
    return district.assets[district.assets["unit_code"] != district.project.district.code]


def _show_all(page):
    for switch in page.locator(".leaflet-control-layers-overlays input").all():
        switch.check()


def test_the_page_opens_and_draws_every_unit(open_page, district):
    page = open_page(district)
    assert page.locator(".unit-name").count() == len(district.units)
    assert page.locator(".leaflet-areas-pane path").count() == len(district.units)
    assert "12/19" in page.locator(".unit-name", has_text="Nghĩa An").inner_text()
    assert page.get_by_text("SƠ HỌA – ranh giới và vị trí").is_visible()


def test_each_layer_can_be_switched_on_and_draws_all_of_its_assets(open_page, district):
    page = open_page(district)
    _show_all(page)
    assert page.locator(".asset-place").count() == len(_placed(district))


def test_a_layer_can_be_switched_off(open_page, district):
    page = open_page(district)
    _show_all(page)
    before = page.locator(".asset-place").count()
    page.get_by_role("checkbox", name="Trạm y tế").uncheck()
    stations = (_placed(district)["layer"] == "health_stations").sum()
    assert page.locator(".asset-place").count() == before - stations


def test_a_click_on_a_road_tells_its_work(open_page, district):
    page = open_page(district)
    page.get_by_label("Đường trục chính nội đồng xã Lơ Ku, Lơ Ku").dispatch_event("click")
    popup = page.locator(".leaflet-popup-content")
    for text in ("1,5 km", "chưa bắt đầu", "sơ họa, không phải đo đạc", "III.5.2 Giao thông fn 2",
                 "Phòng Kinh tế và Hạ tầng", "31/12/2023 (hết năm kế hoạch)",
        "2. Giao thông (Xã nông thôn mới)"):  # fmt: skip
        assert text in popup.inner_text()


def test_a_click_on_a_unit_tells_its_criteria(open_page, district):
    page = open_page(district)
    unit = page.locator(".unit-name", has_text="Kon Pne").bounding_box()
    page.mouse.click(unit["x"] + unit["width"] / 2, unit["y"] + unit["height"] / 2)
    text = page.locator(".leaflet-popup-content").inner_text()
    assert "duy trì đạt (10)" in text
    assert "2 Giao thông" in text
    assert "173,81 km²" in text


def test_what_has_no_place_is_listed_not_drawn(open_page, district):
    page = open_page(district)
    _show_all(page)
    whole = len(district.assets) - len(_placed(district))
    page.get_by_text(f"Chung toàn huyện, không có vị trí ({whole})").click()
    entry = page.locator(".entry", has_text="39 công trình thủy lợi")
    entry.locator("summary").click()
    assert "kế hoạch không cho biết nằm ở đâu" in entry.inner_text()


def test_the_legend_counts_by_status(open_page, district):
    page = open_page(district)
    count = (district.works["status"] == "not_started").sum()
    assert page.get_by_text(f"chưa bắt đầu ({count})").is_visible()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_nothing_stands_outside_the_window(open_page, district, width, height):
    page = open_page(district, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    for control in page.locator(".leaflet-control").all():
        box = control.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height


def test_the_page_speaks_english(open_page, district):
    page = open_page(district, lang="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_text("SKETCH – boundaries and places").is_visible()
    assert page.get_by_role("checkbox", name="Health stations").is_visible()


HOSTILE = [
    "<img src=x onerror=document.title='hacked'>",
    "<svg onload=document.title='hacked'>",
    "</script><script>document.title='hacked'</script>",
    "${document.title='hacked'}",
    "`${document.title='hacked'}`",
    "'\"><b onmouseover=document.title='hacked'>x",
    "javascript:document.title='hacked'",
    "{{ 7 * 7 }} {% raw %}",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_that_people_typed_runs(open_page, district, value):
    assets = district.assets.copy()
    roads = assets["asset_id"] == "road-field-lo-ku"
    assets.loc[roads, ["name", "note", "unit_name"]] = value
    works = district.works.copy()
    works.loc[works["asset_id"] == "road-field-lo-ku", ["name", "clause"]] = value
    units = district.units.copy()
    units.loc[units["unit_code"] == "23641", ["name", "source"]] = value
    project = district.project.model_copy(update={"title_vi": value, "plan_document": value})
    page = open_page(replace(district, project=project, assets=assets, works=works, units=units))
    marker = page.get_by_label(f"{value}, {value}").first
    marker.dispatch_event("mouseover")
    marker.dispatch_event("click")
    shown = page.locator(".leaflet-popup-content h2").text_content()
    assert shown == value
    assert page.locator(".leaflet-popup-content h3").text_content() == value
    assert page.title() == " ".join(value.split())
    assert page.locator("h1").text_content() == value
    assert value in page.locator(".unit-name").all_text_contents()[1]


SHAPES = {
    "point": Point(108.60, 14.20),
    "line": LineString([(108.60, 14.20), (108.61, 14.21)]),
    "lines": MultiLineString(
        [[(108.60, 14.20), (108.61, 14.21)], [(108.62, 14.2), (108.63, 14.2)]]
    ),
    "area": box(108.60, 14.20, 108.61, 14.21),
    "areas": MultiPolygon([box(108.60, 14.20, 108.61, 14.21), box(108.62, 14.20, 108.63, 14.21)]),
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("position", ["surveyed", "sketch"])
def test_every_kind_of_geometry_is_drawn(open_page, district, kind, position):
    assets = district.assets.copy()
    school = assets.index[assets["asset_id"] == "school-dak-smar"][0]
    assets.loc[school, "geometry"] = SHAPES[kind]
    assets.loc[school, "position"] = position
    page = open_page(replace(district, assets=assets))
    _show_all(page)
    assert page.locator(".asset-place").count() == len(_placed(district))
    page.get_by_label("Trường DTBT TH và THCS ĐăkSmar").first.dispatch_event("click")
    assert "Đầu tư xây mới mở rộng" in page.locator(".leaflet-popup-content").inner_text()


def test_units_open_from_the_keyboard(open_page, district):
    page = open_page(district)
    page.get_by_role("button", name="Kon Pne, 10/19").focus()
    page.keyboard.press("Enter")
    assert "Cơ sở vật chất văn hóa" in page.locator(".leaflet-popup-content").inner_text()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_names_of_units_do_not_run_into_each_other(open_page, district, width, height):
    page = open_page(district, width=width, height=height)
    page.wait_for_function("document.querySelectorAll('.no-room, .figure-only').length >= 0")
    page.wait_for_timeout(300)
    boxes = [
        name.bounding_box()
        for name in page.locator(".unit-name:not(.no-room):not(.figure-only)").all()
    ]
    assert len(boxes) >= 5
    for one, other in itertools.combinations(boxes, 2):
        apart = (
            one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
        )  # fmt: skip
        assert apart


def test_a_later_day_is_told_beside_the_day_of_the_figures(open_page, tiny):
    district = replace(tiny.open().district, as_of=date(2024, 1, 15))
    page = open_page(district)
    band = page.locator("header").inner_text()
    assert "Số liệu đến 31/03/2023" in band
    assert "quá hạn tính đến 15/01/2024" in band


def test_the_name_of_a_winding_unit_stands_inside_it(open_page, district):
    units = district.units.copy()
    row = units.index[units["unit_code"] == "23641"][0]
    west, south, east, north = units.geometry[row].bounds
    thin = (east - west) / 10
    hook = union_all([box(west, south, west + thin, north), box(west, south, east, south + thin)])
    units.loc[row, "geometry"] = hook
    page = open_page(replace(district, units=units))
    unit = page.locator(".unit-name", has_text="Kon Pne").bounding_box()
    page.mouse.click(unit["x"] + unit["width"] / 2, unit["y"] + unit["height"] / 2)
    assert "Kon Pne" in page.locator(".leaflet-popup-content h2").inner_text()
