"""Ask the map: what the page finds within a distance is what the query in Python finds."""

import json
import math
import re
import shutil

import pytest
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry import mapping

from ntm_geo import open_workspace
from ntm_geo.labels import format_number
from ntm_geo.lengths import WGS84

pytestmark = pytest.mark.browser

DISTANCES_M = [500, 1000, 2000, 3000, 5000, 10000, 20000]
LAYERS = ["schools", "health_stations", "villages"]
MOST_ERROR = 0.01
GRID_ERROR_M = 2.0
"""Places on the page are good to about a metre, so short distances are good to two."""


# --- a district with geometry of every kind ------------------------------------------------------


def wave(start, end, *, steps, height):
    """Return the places of a line that winds like a road or a river."""
    (west, south), (east, north) = start, end
    return [
        (
            west + (east - west) * i / steps,
            south + (north - south) * i / steps + height * math.sin(i * 0.7),
        )
        for i in range(steps + 1)
    ]


def blob(lon, lat, radius, *, corners=36):
    """Return the places of a shore: roundish, uneven."""
    angles = [2 * math.pi * i / corners for i in range(corners)]
    reach = [radius * (1 + 0.3 * math.sin(5 * angle)) for angle in angles]
    return [
        (lon + far * math.cos(angle), lat + far * math.sin(angle))
        for angle, far in zip(angles, reach, strict=True)
    ]


YARD = box(108.590, 14.190, 108.600, 14.200)
"""A school's ground of about a kilometre, in which and over whose edge other things lie."""

SHAPES = {
    "school-all": YARD,
    "village-lot-nghia-an": box(108.593, 14.193, 108.595, 14.195),  # within the yard
    "village-to-mat-dong": box(108.598, 14.198, 108.604, 14.203),  # over its corner
    "village-ha-nung-son-lang": box(108.580, 14.180, 108.590, 14.190),  # touches its corner
    "health-station-lo-ku": Point(108.597, 14.192),  # within it
    "health-station-krong": Point(108.600, 14.195),  # on its edge
    "road-village-nghia-an": LineString([(108.596, 14.196), (108.597, 14.197), (108.598, 14.196)]),
    "road-field-lo-ku": LineString([(108.585, 14.194), (108.606, 14.197)]),  # right through it
    "road-field-dak-smar": LineString([(108.586, 14.199), (108.589, 14.189), (108.600, 14.186)]),
    "road-field-krong": MultiLineString(
        [
            wave((108.43, 14.27), (108.46, 14.29), steps=20, height=0.002),
            wave((108.47, 14.29), (108.49, 14.27), steps=15, height=0.001),
        ]
    ),
    "road-district": LineString(wave((108.40, 14.45), (108.66, 14.02), steps=150, height=0.01)),
    "irrigation-canals": MultiLineString(
        [[(108.52, 14.08), (108.53, 14.10), (108.56, 14.11)], [(108.60, 14.07), (108.61, 14.09)]]
    ),
    "irrigation-dak-plen": Polygon(
        blob(108.62, 14.22, 0.012), [blob(108.62, 14.22, 0.004, corners=20)[::-1]]
    ),
    "irrigation-dak-to-kat": Point(108.62, 14.22),  # on the island in the lake
    "school-nghia-an": MultiPolygon(
        [box(108.655, 14.128, 108.658, 14.131), box(108.662, 14.134, 108.664, 14.137)]
    ),
    "school-dak-smar": Point(108.6041, 14.2065),
    "school-son-lang": Polygon(
        [(108.57, 14.43), (108.58, 14.44), (108.57, 14.45), (108.575, 14.44)]
    ),
}
POSITIONS = ["surveyed", "digitised"]

PLACES = [
    (108.602, 14.144), (108.595, 14.1945), (108.5945, 14.1942), (108.62, 14.22), (108.62, 14.2245),
    (108.345, 14.3629), (108.44, 14.4747), (108.5725, 14.4346), (108.4334, 14.2748), (108.5, 14.0),
    (108.59, 14.19), (108.7, 14.3), (108.51015, 14.0736), (108.65, 14.05), (109.5, 15.0),
]  # fmt: skip
"""Longitudes and latitudes: on things, between them, at the district's edges and far from it."""


@pytest.fixture(scope="module")
def workspace(kbang, tmp_path_factory):
    """Open Kbang with made-up shapes for some assets, also for some of the whole district."""
    root = tmp_path_factory.mktemp("shapes")
    shutil.copytree(kbang / "gis", root / "gis")
    features = [
        {
            "type": "Feature",
            "geometry": mapping(shape),
            "properties": {"asset_id": key, "position": POSITIONS[i % 2], "source": "bịa để thử"},
        }
        for i, (key, shape) in enumerate(SHAPES.items())
    ]
    folder = root / "gis/geometry"
    folder.mkdir()
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "made-up.geojson").write_text(content, encoding="utf-8")
    return open_workspace(root)


@pytest.fixture(scope="module")
def overview(open_shared_page, workspace):
    return open_shared_page(workspace.district, width=1366, height=768)


@pytest.fixture
def page(overview):
    """Give the page at its question tab, with nothing asked and everything in sight."""
    overview.evaluate("""() => {
        ntm.map.fitAll();
        ntm.state.set({
            lang: 'vi', tab: 'ask', ask: null, selected: null, filter: ntm.state.emptyFilter(),
        });
    }""")
    return overview


# --- what is asked, what is answered -------------------------------------------------------------


def page_answers(page, question):
    """Distances by id of what the page finds, by the distance asked for and by the list [m]."""
    found = page.evaluate(
        """([question, distances]) => distances.map((within_m) => Object.fromEntries(
            Object.entries(ntm.ask.answer({ ...question, within_m })).map(([list, all]) => [
                list,
                all.map(({ work, asset, metres }) => [work?.work_id ?? asset.asset_id, metres]),
            ])))""",
        [question, DISTANCES_M],
    )
    return dict(zip(DISTANCES_M, found, strict=True))


def query_answer(workspace, question, within_m):
    """Distances by id of what the query finds, by the list that the page puts it in [m]."""
    lists = {"works": ("work_id", workspace.works.unfinished())}
    lists |= {layer: ("asset_id", workspace.assets.where(layer=layer)) for layer in LAYERS}
    found = {}
    for name, (key, every) in lists.items():
        if "asset" in question:
            near = every.near_asset(question["asset"], within_m=within_m)
        else:
            near = every.near(*question["at"], within_m=within_m)
        found[name] = dict(zip(near.frame[key], near.frame["distance_m"], strict=True))
    return found


def query_answers(workspace, question):
    """Distances by id of what the query finds, by the distance asked for and by the list [m].

    The query is asked for two distances; what it finds within the others is part of the longest's.
    """
    farthest = query_answer(workspace, question, DISTANCES_M[-1])
    asked = query_answer(workspace, question, 2000)
    assert asked == {
        name: {key: metres for key, metres in near.items() if metres <= 2000}
        for name, near in farthest.items()
    }
    return {
        limit: {
            name: {key: metres for key, metres in near.items() if metres <= limit}
            for name, near in farthest.items()
        }
        for limit in DISTANCES_M
    }


def allowed_m(metres):
    return max(GRID_ERROR_M, MOST_ERROR * metres)


def require_same(page, workspace, question):
    """Hold the page's answers for every distance against the query's."""
    all_expected = query_answers(workspace, question)
    for limit, answer in page_answers(page, question).items():
        expected = all_expected[limit]
        assert list(answer) == list(expected)
        for name, found in answer.items():
            distances = [metres for _, metres in found]
            assert distances == sorted(distances), name
            ids = dict(found)
            assert len(ids) == len(found), name
            for key in ids.keys() ^ expected[name].keys():
                metres = ids.get(key, expected[name].get(key))
                assert abs(metres - limit) <= MOST_ERROR * limit, (name, key, metres, limit)
            for key in ids.keys() & expected[name].keys():
                right = expected[name][key]
                assert abs(ids[key] - right) <= allowed_m(right), (name, key, ids[key], right)


def test_the_district_has_shapes_of_every_kind(workspace):
    assets = workspace.district.assets.set_index("asset_id")
    kinds = {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
    assert set(assets.loc[list(SHAPES)].geom_type) == kinds
    assert assets.loc[list(SHAPES), "placed"].all()
    assert not assets["placed"].all()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_around_a_place_the_page_finds_what_the_query_finds(overview, workspace, place):
    require_same(overview, workspace, {"at": list(place)})


@pytest.mark.parametrize(
    "asset_id",
    [*SHAPES, "village-kon-loc-2-dak-rong", "road-field-son-lang", "road-village-to-tung",
     "health-station-kon-pne", "planning-dak-hlo"],
)  # fmt: skip
def test_around_a_thing_the_page_finds_what_the_query_finds(overview, workspace, asset_id):
    require_same(overview, workspace, {"asset": asset_id})


@pytest.mark.parametrize(
    ("asset_id", "others"),
    [
        ("school-all", ["village-lot-nghia-an", "village-to-mat-dong", "village-ha-nung-son-lang",
                        "health-station-lo-ku", "health-station-krong"]),
        ("village-lot-nghia-an", ["school-all"]),
        ("health-station-lo-ku", ["school-all"]),
        ("road-village-nghia-an", ["school-all"]),
        ("road-field-lo-ku", ["school-all"]),
    ],
)  # fmt: skip
def test_what_lies_in_or_across_a_thing_is_no_distance_away(overview, asset_id, others):
    answer = page_answers(overview, {"asset": asset_id})[500]
    found = {key: metres for layer in LAYERS for key, metres in answer[layer]}
    for other in others:
        assert found[other] == pytest.approx(0, abs=GRID_ERROR_M)


def test_a_lake_does_not_hold_its_island(overview):
    answer = page_answers(overview, {"asset": "irrigation-dak-plen"})
    works = dict(answer[500]["works"])
    island = next(key for key in works if key.startswith("irrigation-dak-to-kat"))
    assert works[island] > 250


def test_the_thing_itself_is_left_out_and_its_works_are_not(overview):
    answer = page_answers(overview, {"asset": "school-nghia-an"})[500]
    assert "school-nghia-an" not in dict(answer["schools"])
    works = [metres for key, metres in answer["works"] if key.startswith("school-nghia-an")]
    assert works
    assert set(works) == {0}


def test_no_distance_is_wrong_by_more_than_a_hundredth(
    overview, workspace, record_testsuite_property
):
    """Hold distances from things and places to everything within 20 km against the query's."""
    placed = workspace.district.assets["asset_id"][workspace.district.assets["placed"]]
    questions = [{"asset": key} for key in placed[::6]] + [{"at": list(place)} for place in PLACES]
    count, worst, worst_m = 0, (0.0, ""), (0.0, "")
    for question in questions:
        answer = page_answers(overview, question)[20000]
        expected = query_answer(workspace, question, 20000)
        for name, found in answer.items():
            for key, metres in found:
                right = expected[name].get(key, math.nan)
                count += 1
                where = f"{question} to {key}: {metres:.1f} m, query {right} m"
                worst_m = max(worst_m, (abs(metres - right) if right < 200 else 0.0, where))
                worst = max(worst, (abs(metres - right) / right if right >= 200 else 0.0, where))
    figures = {"distances": count, "largest": worst, "largest below 200 m [m]": worst_m}
    record_testsuite_property("distances asked of the page", str(figures))
    assert count > 1000, figures
    assert worst[0] < MOST_ERROR, figures
    assert worst_m[0] < GRID_ERROR_M, figures


@pytest.mark.parametrize("lat", [8.6, 14.1, 23.3])
@pytest.mark.parametrize("bearing", [0, 30, 90, 135, 270])
@pytest.mark.parametrize("metres", [1, 500, 20000])
def test_a_distance_is_geodesic_anywhere_in_the_country(overview, lat, bearing, metres):
    lon, other, _ = WGS84.fwd(106.0, lat, bearing, metres)
    found = overview.evaluate("([a, b]) => ntm.geodesy.between(a, b)", [[106.0, lat], [lon, other]])
    assert found == pytest.approx(metres, rel=1e-5)


# --- the tab -------------------------------------------------------------------------------------


def question(page):
    return page.evaluate("ntm.state.now.ask")


def require_written(page, workspace):
    """Hold what the tab says about its question against the query: titles, counts, distances."""
    asked = question(page)
    expected = query_answer(workspace, asked, asked["within_m"])
    sections = page.locator("#ask-answer section").all()
    assert len(sections) == len(expected)
    for section, (name, near) in zip(sections, expected.items(), strict=True):
        title = section.locator("h3").inner_text()
        assert title.endswith(f"({len(near)})"), name
        rows = section.locator("button.row small b").all_inner_texts()
        assert len(rows) == len(near), name
        for row, metres in zip(rows, sorted(near.values()), strict=True):
            assert re.fullmatch(r"[\d.]+ m|\d+(,\d+)? km", row), row
            figure, unit = row.replace(".", "").replace(",", ".").split()
            shown_m = float(figure) * (1000 if unit == "km" else 1)
            rounding = 5.0 if unit == "km" else 0.5
            assert abs(shown_m - metres) <= allowed_m(metres) + rounding, (name, row, metres)


def on_screen(page, lon, lat):
    """Return where a place of the map stands on the screen."""
    return page.evaluate(
        "([lon, lat]) => { const { x, y } = ntm.map.leaflet.latLngToContainerPoint([lat, lon]);"
        " const box = ntm.map.leaflet.getContainer().getBoundingClientRect();"
        " return [box.left + x, box.top + y]; }",
        [lon, lat],
    )


@pytest.mark.parametrize("place", [(108.40, 14.40), (108.53, 14.18), (108.30, 14.05)], ids=str)
def test_a_click_on_the_map_asks_there(page, workspace, place):
    page.evaluate("ntm.state.setFilter({ layer: [] })")  # no symbol stands in the way
    page.mouse.click(*on_screen(page, *place))
    asked = question(page)
    assert asked["at"] == pytest.approx(list(place), abs=0.002)
    assert asked["within_m"] == 2000
    require_written(page, workspace)
    lon, lat = (f"{degrees:.5f}" for degrees in asked["at"])
    assert f"{lon}, {lat}, trong 2 km" in page.locator("#ask-answer").inner_text()


def test_a_click_on_a_symbol_asks_about_the_thing(page, workspace):
    page.get_by_role("button", name="Trạm y tế xã Kon Pne").first.click()
    assert question(page) == {"asset": "health-station-kon-pne", "within_m": 2000}
    assert "Quanh Trạm y tế xã Kon Pne" in page.locator("#ask-answer h3").first.inner_text()
    require_written(page, workspace)


def test_a_click_on_a_line_asks_about_the_thing(page, workspace):
    page.mouse.click(*on_screen(page, *SHAPES["road-district"].coords[20]))
    assert question(page) == {"asset": "road-district", "within_m": 2000}
    require_written(page, workspace)


@pytest.mark.parametrize("metres", DISTANCES_M)
def test_another_distance_asks_anew(page, workspace, metres):
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    page.get_by_role("combobox", name="Khoảng cách").select_option(str(metres))
    assert question(page)["within_m"] == metres
    require_written(page, workspace)


def test_a_distance_chosen_before_the_question_is_asked_for(page, workspace):
    page.get_by_role("combobox", name="Khoảng cách").select_option("5000")
    page.mouse.click(*on_screen(page, 108.30, 14.05))
    assert question(page)["within_m"] == 5000
    require_written(page, workspace)


def test_a_distance_outlives_the_question_and_the_language(page):
    choice = page.locator("#ask-distance")
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    choice.select_option("10000")
    page.get_by_role("button", name="Bỏ câu hỏi").click()
    page.evaluate("ntm.state.set({ lang: 'en' })")
    assert choice.input_value() == "10000"
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    assert question(page)["within_m"] == 10000


def test_the_distances_are_written_as_the_language_does(page):
    options = page.locator("#ask-distance option")
    assert options.all_inner_texts() == ["500 m", *(f"{km} km" for km in (1, 2, 3, 5, 10, 20))]
    assert options.evaluate_all("all => all.map((one) => Number(one.value))") == DISTANCES_M


def test_the_centre_of_the_map_is_asked_from_the_keyboard(page, workspace):
    page.locator("#ask-distance").focus()
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Hỏi tại tâm bản đồ")
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    centre = page.evaluate("(({ lng, lat }) => [lng, lat])(ntm.map.leaflet.getCenter())")
    assert question(page)["at"] == pytest.approx(centre, abs=1e-5)
    require_written(page, workspace)


def test_a_question_can_be_cleared(page):
    clear = page.locator("#ask-clear")
    assert clear.is_hidden()
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    clear.click()
    assert question(page) is None
    assert clear.is_hidden()
    assert page.locator("#ask-answer section").count() == 0
    assert page.locator(".leaflet-asking-pane path").count() == 0


def test_what_is_found_is_marked_on_the_map(page):
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    found = page.evaluate("""() => {
        const { works, ...layers } = ntm.ask.answer(ntm.state.now.ask);
        return works.length + Object.values(layers).flat().length;
    }""")
    assert found > 0
    # A line and its end for each, the ring, and the place itself.
    assert page.locator(".leaflet-asking-pane path").count() == 2 * found + 2
    page.evaluate("ntm.state.set({ tab: 'list' })")
    assert page.locator(".leaflet-asking-pane path").count() == 0


def test_a_row_of_the_answer_opens_the_thing(page):
    page.evaluate("ntm.ask.about({ asset: 'school-nghia-an' })")
    row = page.locator("#ask-answer button.row").first
    name = row.locator("span > span").first.inner_text()
    row.click()
    assert name in page.locator("#panel-detail").inner_text()
    assert page.locator("#tab-detail").get_attribute("aria-selected") == "true"


def test_details_lead_to_what_is_around(page):
    page.evaluate(
        "ntm.state.set({ tab: 'detail', selected: { type: 'asset', id: 'school-dak-smar' } })"
    )
    page.get_by_role("button", name="Quanh đây có gì").click()
    assert question(page)["asset"] == "school-dak-smar"
    assert page.locator("#panel-ask").is_visible()


def test_a_sketch_says_that_its_distances_are_no_facts(page):
    warning = page.locator("#ask-answer .warning")
    page.evaluate("ntm.ask.about({ at: [108.595, 14.195] })")
    page.locator("#ask-distance").select_option("500")
    rows = page.locator("#ask-answer button.row").all_inner_texts()
    assert warning.count() == any("sơ họa" in row for row in rows)
    page.evaluate("ntm.ask.about({ asset: 'health-station-kon-pne' })")
    assert "không phải số đo" in warning.inner_text()


def test_what_has_no_place_is_told_to_be_left_out(page, workspace):
    page.evaluate("ntm.ask.about({ at: [108.602, 14.144] })")
    unplaced = (~workspace.district.assets["placed"]).sum()
    assert page.locator("#ask-answer .note").inner_text().startswith(format_number(unplaced, "vi"))
