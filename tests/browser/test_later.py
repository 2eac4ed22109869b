"""The page by the units of a later day: says so, tells what they were formed of, works for all."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from shapely import box

from ntm_geo import open_workspace
from ntm_geo.recast import recast_district

pytestmark = pytest.mark.browser

FIRST, SECOND = date(2024, 11, 1), date(2025, 7, 1)
LAPTOP, PHONE = (1366, 768), (390, 844)


@pytest.fixture(scope="module", params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def page(request, open_shared_page, kbang):
    workspace = open_workspace(kbang, units_day=SECOND)
    width, height = request.param
    return open_shared_page(
        workspace.district, findings=workspace.findings, width=width, height=height
    )


def show(page, hash):
    page.evaluate(
        "hash => { history.replaceState(null, '', '#' + hash); ntm.state.restore(); }", hash
    )


def told(page, selector):
    """Return the text of an element with single blanks."""
    return " ".join(page.locator(selector).first.inner_text().split())


def test_six_units_are_drawn_named_and_to_be_chosen(page):
    show(page, "tab=filter")
    names = ["Kbang", "Đak Rong", "Sơn Lang", "Krong", "Kông Bơ La", "Tơ Tung"]
    assert page.locator(".leaflet-areas-pane path").count() == 6
    assert sorted(page.evaluate("ntm.data.units.map(({ name }) => name)")) == sorted(names)
    options = page.locator("#filter-unit option").all_inner_texts()
    assert sorted(options[1:-1]) == sorted(names)  # then the district as a whole
    show(page, "tab=list&unit=23674")
    assert page.locator("#rows h3").count() == 1


@pytest.mark.parametrize(
    ("lang", "heading", "formed"),
    [
        ("vi", "Theo đơn vị hành chính ngày 01/07/2025", "gồm thị trấn Kbang, Lơ Ku, Đăk Smar"),
        ("en", "By the administrative units of 1 July 2025", "formed of Kbang town, Lơ Ku"),
    ],
)
def test_the_banner_says_the_day_and_opens_to_what_was_formed(page, lang, heading, formed):
    show(page, f"lang={lang}")
    banner = page.locator(".later-banner")
    assert heading in banner.locator("summary").inner_text()
    assert not banner.locator("#later-told").is_visible()
    banner.locator("summary").click()
    assert formed in banner.locator("#later-told").inner_text()
    box = banner.locator("#later-told").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    banner.locator("summary").click()


def test_a_figures_parts_are_not_squeezed_into_columns_of_single_words(page):
    show(page, "tab=filter")
    page.locator("details.figure").nth(2).locator("summary").click()
    for cell in page.locator("details.figure[open] th, details.figure[open] td.clause").all():
        assert cell.bounding_box()["width"] >= 100
    page.keyboard.press("Escape")


def test_details_tell_what_a_unit_was_formed_of_and_how_each_part_stands(page):
    show(page, "tab=detail&selected=unit:23638&lang=vi")
    assert "gồm thị trấn Kbang, Lơ Ku, Đăk Smar" in told(page, "#panel-detail .note")
    cell = page.locator("[data-criterion='commune:5']")
    assert "khác nhau giữa các đơn vị cũ" in cell.get_attribute("title")
    cell.click()
    text = told(page, ".behind")
    assert "thị trấn Kbang không xét" in text
    assert "Lơ Ku ✓ duy trì đạt" in text
    assert "Đăk Smar → phấn đấu đạt" in text
    # Of a unit that stayed what it was, nothing more is to be said.
    show(page, "tab=detail&selected=unit:23650")
    assert page.locator("#panel-detail .note").count() == 0


def test_a_mixed_criterion_has_a_sign_of_its_own_on_the_map_and_in_the_legend(page):
    show(page, "criterion=commune:2&tab=filter&lang=en")
    assert "≠ differs between the former units (5)" in told(page, "#legend-unit")


def test_a_thing_and_a_finding_tell_the_units_of_the_plan(page):
    show(page, "tab=detail&selected=asset:road-field-lo-ku&lang=vi")
    facts = told(page, "#panel-detail .facts")
    assert "Đơn vị Kbang Đơn vị của kế hoạch Lơ Ku" in facts
    show(page, "tab=findings&lang=vi")
    entry = "[data-finding^='target-total-commune-maintain']"
    assert "Đơn vị của kế hoạch: Kon Pne, Đăk Rong, Krong, Lơ Ku" in told(page, entry)
    links = page.locator(f"{entry} .links").first.inner_text()
    assert "Đak Rong" in links
    assert "Kon Pne" not in links


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_taken_away_carries_the_day_and_the_units_of_the_plan(page, save_from, lang):
    show(page, f"lang={lang}&unit=23638")
    name, content = save_from(page, "CSV")
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if lang == "vi" else ","))
    assert len({*rows[0]}) == len(rows[0])
    assert {row[-1] for row in rows[1:]} == {"2025-07-01"}
    assert {row[-2] for row in rows[1:]} == {"Lơ Ku", "Đăk Smar"}
    _, content = save_from(page, "GeoJSON")
    told = [one["properties"] for one in json.loads(content)["features"]]
    assert {one["units_day"] for one in told} == {"2025-07-01"}
    assert {one["plan_unit_code"] for one in told} == {"23656", "23660"}
    assert name.endswith(".csv")


def test_a_printed_sheet_says_it_too(page):
    show(page, "lang=vi")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    legend = page.locator("#print-legend").inner_text()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "Theo đơn vị hành chính ngày 01/07/2025" in legend
    assert "Tơ Tung (23668): gồm Tơ Tung, Kông Lơng Khơng" in legend


@pytest.mark.parametrize(
    "hash",
    ["", "tab=detail&selected=unit:23638", "tab=findings&lang=en", "criterion=commune:2"],
)
def test_nothing_of_it_stands_in_a_readers_way(page, hash):
    show(page, hash)
    page.evaluate("document.querySelector('.later-banner').open = true")
    if hash.endswith("23638"):
        page.locator("[data-criterion='commune:5']").click()
    page.evaluate(AXE_SCRIPT)
    faults = page.evaluate("""async () => (await axe.run(document)).violations.flatMap((one) =>
        one.nodes.map(({ target }) => target.join()).filter((to) => !to.includes('.asset-place'))
            .map((to) => [one.id, to]))""")
    page.evaluate("document.querySelector('.later-banner').open = false")
    assert faults == []


def test_what_is_of_no_part_has_a_place_and_a_name_of_its_own(open_page, kbang):
    page = open_page(open_workspace(kbang, units_day=FIRST).district)
    assert page.locator(".leaflet-areas-pane path").count() == 14
    show(page, "tab=detail&selected=unit:23674-split")
    text = told(page, "#panel-detail")
    assert "Đăk Hlơ (chia tách, chưa rõ phần)" in text
    assert "đã chia vào Nghĩa An (23662: 6,217 km², 284 người)" in text
    # As it was, and called so: the parts on the same page have it already.
    assert "Diện tích trước khi chia 19,55 km²" in text
    assert "Dân số trước khi chia 2.881" in text
    show(page, "tab=detail&selected=unit:23662")
    assert "Diện tích 41,62 km²" in told(page, "#panel-detail")


def test_what_is_of_no_part_is_named_in_the_readers_language(open_page, kbang):
    page = open_page(open_workspace(kbang, units_day=FIRST).district, lang="en")
    show(page, "tab=detail&selected=unit:23674-split&lang=en")
    name = "Đăk Hlơ (divided, part unknown)"
    assert told(page, "#panel-detail h2") == f"Commune {name}"
    assert page.locator(".unit-name", has_text="divided").count() == 1
    assert name in page.locator("#filter-unit option").all_inner_texts()
    assert "chia tách" not in page.evaluate("document.body.innerText")


def test_what_has_no_land_is_listed_and_not_gone_to(open_page, kbang):
    workspace = open_workspace(kbang)
    west, south, east, north = workspace.district.units.total_bounds
    middle = (west + east) / 2
    both = gpd.GeoDataFrame(
        {"position": "digitised", "source": "thử"},
        geometry=[box(west, south, middle, north), box(middle, south, east, north)],
        index=["23662", "23671"],
        crs=4326,
    )
    district = recast_district(workspace.district, workspace.record, on=FIRST, boundaries=both)
    page = open_page(replace(district), findings=workspace.findings)
    show(page, "tab=list&unit=23674-split")
    assert told(page, "#rows h3").startswith("Đăk Hlơ (chia tách, chưa rõ phần) (7)")
    show(page, "tab=findings")
    page.locator(".links button", has_text="chia tách").first.click()
    assert "Đăk Hlơ (chia tách, chưa rõ phần)" in told(page, "#panel-detail h2")


def test_the_plans_page_carries_nothing_of_it(open_page, district):
    page = open_page(district)
    assert page.evaluate("[typeof ntm.later, ntm.data.later]") == ["undefined", None]
    assert page.locator(".later-banner").count() == 0
    assert page.evaluate("'mixed' in ntm.data.words.criterion_status") is False
