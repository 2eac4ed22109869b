"""Where things stand on a phone, a laptop and in a meeting room."""

import itertools

import pytest
from shapely import LineString

pytestmark = pytest.mark.browser

PHONE, LAPTOP, ROOM = (390, 844), (1366, 768), (1920, 1080)
OLD_PROJECTOR, PHONE_ON_ITS_SIDE = (1024, 768), (844, 390)
SCREENS = [PHONE, LAPTOP, ROOM]
TABS = ["filter", "list", "detail", "ask", "findings"]


def box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("screen", [*SCREENS, (320, 640), (1100, 700)], ids=str)
def test_nothing_runs_out_of_the_window_sideways(open_page, workspace, screen, lang):
    width, height = screen
    page = open_page(
        workspace.district, findings=workspace.findings, width=width, height=height, lang=lang
    )
    for tab in TABS:
        page.evaluate("tab => ntm.state.set({ tab, selected: { type: 'unit', id: '23662' } })", tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab


@pytest.mark.parametrize("screen", [LAPTOP, ROOM], ids=str)
def test_on_a_large_screen_all_is_in_sight_and_the_map_has_two_thirds(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    band, map, panel = (box(page, s) for s in (".band", ".folium-map", ".panel"))
    assert band["y"] + band["height"] <= map["y"] + 1
    assert map["x"] + map["width"] <= panel["x"] + 1
    assert 0.62 <= map["width"] / width <= 0.7
    assert map["height"] >= 0.7 * height
    assert page.locator("details.figure summary").last.is_visible()
    foot = box(page, ".foot")
    assert foot["y"] + foot["height"] <= height


def test_on_a_phone_the_map_has_half_of_the_screen_and_the_panel_follows(open_page, workspace):
    width, height = PHONE
    page = open_page(workspace.district, width=width, height=height)
    map, panel = (box(page, selector) for selector in (".folium-map", ".panel"))
    assert map["height"] >= 0.45 * height
    assert map["width"] == width
    assert map["y"] < 0.38 * height
    assert panel["y"] >= map["y"] + map["height"]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_what_a_figure_is_made_of_opens_within_the_window(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, width=width, height=height)
    for figure in page.locator("details.figure").all():
        figure.locator("summary").click()
        parts = figure.locator(".figure-parts").bounding_box()
        assert parts["x"] >= 0
        assert parts["x"] + parts["width"] <= width
        assert parts["y"] + parts["height"] <= height
        figure.locator("summary").click()


def test_on_a_phone_on_its_side_the_map_stays_in_sight_beside_the_panel(open_page, workspace):
    width, height = PHONE_ON_ITS_SIDE
    page = open_page(workspace.district, width=width, height=height, hash="#tab=list")
    page.evaluate("window.scrollTo(0, 1500)")
    map, tabs = (box(page, selector) for selector in (".folium-map", ".tabs"))
    for part in (map, tabs):
        assert part["y"] == pytest.approx(0, abs=1)
    assert map["height"] == height
    assert map["x"] + map["width"] <= tabs["x"]


@pytest.mark.parametrize("screen", [*SCREENS, OLD_PROJECTOR], ids=str)
def test_the_tabs_stand_in_one_row_and_so_do_the_figures(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, findings=workspace.findings, width=width, height=height)
    for tab in TABS:
        page.evaluate("tab => ntm.state.set({ tab })", tab)
        tops = {box(page, f"#tab-{name}")["y"] for name in TABS}
        assert len(tops) == 1, tab
    assert len({figure.bounding_box()["y"] for figure in page.locator(".figure").all()}) == 1


@pytest.mark.parametrize("screen", [*SCREENS, OLD_PROJECTOR], ids=str)
def test_no_symbol_lies_under_a_name(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, width=width, height=height)
    names = [n.bounding_box() for n in page.locator(".unit-name:not(.no-room)").all()]
    symbols = [s.bounding_box() for s in page.locator(".asset-place").all()]
    covered = [
        symbol
        for name, symbol in itertools.product(names, symbols)
        if name["x"] < symbol["x"] + symbol["width"] / 2 < name["x"] + name["width"]
        and name["y"] < symbol["y"] + symbol["height"] / 2 < name["y"] + name["height"]
    ]
    assert covered == []


def leaders_of(page):
    """Return the line from each name that stands beside the district to its unit."""
    ends = page.locator(".leaders line[stroke='#111']").evaluate_all(
        "lines => lines.map((a) => ['x1', 'y1', 'x2', 'y2'].map((end) => +a.getAttribute(end)))"
    )
    return [LineString([(x1, y1), (x2, y2)]) for x1, y1, x2, y2 in ends]


@pytest.mark.parametrize(("screen", "most"), [(PHONE, 2), (LAPTOP, 0), (ROOM, 0)], ids=str)
def test_lines_to_units_hardly_cross_each_other(open_page, workspace, screen, most):
    """On a phone the names of six small communes have one side of the district to stand on."""
    width, height = screen
    page = open_page(workspace.district, width=width, height=height)
    lines = leaders_of(page)
    assert len(lines) >= 4
    crossing = [a.crosses(b) for a, b in itertools.combinations(lines, 2)]
    assert sum(crossing) <= most


@pytest.mark.parametrize(
    ("apart", "weight", "is_led"),
    [(16, 1, True), (400, 1, False), (70, 1, False), (70, 2, True)],
)
def test_a_name_that_would_cover_several_symbols_stands_beside_the_district(
    open_page, workspace, apart, weight, is_led
):
    """One that stays where it is counts as two that make way."""
    page = open_page(workspace.district, width=1366, height=768)
    page.evaluate(
        """([apart, weight]) => {
            const map = ntm.map.leaflet;
            const symbols = [];
            for (let x = 0; x < 900; x += apart) {
                for (let y = 0; y < 600; y += apart) {
                    symbols.push(Object.assign(map.containerPointToLayerPoint([x, y]), { weight }));
                }
            }
            const units = ntm.data.units.filter(({ unit_code: code }) => code === "23641");
            const ground = ntm.ground.under(map);
            const makeWay = () => ({ over: [], places: symbols });
            ntm.labels.place(map, units, { figureOf: ntm.units.figure, symbols, ground, makeWay });
        }""",
        [apart, weight],
    )
    assert len(leaders_of(page)) == is_led


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_every_unit_has_its_figure_on_the_map(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, width=width, height=height)
    figures = page.locator(".unit-name:not(.no-room) b").all_inner_texts()
    expected = workspace.district.units["criteria_met"].dropna()
    shown = len(figures) / len(expected)
    assert shown == 1 if width > PHONE[0] else shown >= 0.8


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_band_map_and_panel_do_not_cover_each_other(open_page, workspace, screen):
    width, height = screen
    page = open_page(workspace.district, findings=workspace.findings, width=width, height=height)
    parts = [box(page, s) for s in (".band", ".folium-map", ".foot", ".tabs", ".takeaway")]
    for one, other in itertools.combinations(parts, 2):
        assert (
            one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            or one["y"] + one["height"] <= other["y"] + 1
            or other["y"] + other["height"] <= one["y"] + 1
        )  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_figures_of_the_band_are_seen(open_page, workspace, screen, lang):
    width, height = screen
    page = open_page(workspace.district, width=width, height=height, lang=lang)
    figures = page.locator("details.figure")
    assert figures.count() >= 4
    for figure in figures.all():
        figure.scroll_into_view_if_needed()  # on a phone they lie side by side
        place = figure.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width + 1
        assert place["y"] + place["height"] <= height
        for part in figure.locator("summary b, summary span").all():
            inner = part.bounding_box()
            assert inner["x"] + inner["width"] <= place["x"] + place["width"] + 1


ZOOMED = [(683, 384, 2), (960, 540, 2), (455, 256, 3), (320, 256, 4)]
"""A laptop's and a projector's windows, magnified: fewer pixels of the page, each of several."""


@pytest.mark.parametrize("zoomed", ZOOMED, ids=str)
def test_a_magnified_page_runs_down_not_sideways(open_page, workspace, zoomed):
    width, height, scale = zoomed
    page = open_page(
        workspace.district, findings=workspace.findings, width=width, height=height,
        device_scale_factor=scale, hash="#selected=unit:23662",
    )  # fmt: skip
    for tab in TABS:
        page.evaluate("tab => ntm.state.set({ tab })", tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
    map, panel = (box(page, selector) for selector in (".folium-map", ".panel"))
    assert map["height"] >= 0.45 * height
    assert map["width"] >= 0.5 * width
    assert panel["y"] >= map["y"] + map["height"] or panel["x"] >= map["x"] + map["width"]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_larger_letters_push_nothing_out_of_the_window(open_page, workspace, screen):
    width, height = screen
    page = open_page(
        workspace.district, findings=workspace.findings, width=width, height=height,
        hash="#selected=unit:23662",
    )  # fmt: skip
    page.evaluate("""() => {
        const size = parseFloat(getComputedStyle(document.body).fontSize);
        document.documentElement.style.fontSize = '24px';
        document.body.style.fontSize = `${1.5 * size}px`;
    }""")
    for tab in TABS:
        page.evaluate("tab => ntm.state.set({ tab })", tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
        panel = page.locator(f"#panel-{tab}")
        assert panel.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, tab
    assert box(page, ".folium-map")["height"] >= 0.3 * height
