"""The symbols on the map, under the pointer, the keyboard and a change of scale."""

import pytest

pytestmark = pytest.mark.browser

STADIUM = ".asset-place:not(.group)[aria-label^='Sân vận động'][aria-label*='Lơ Ku']"
NEAR = "#map=14.17,108.5,13"
"""A view in which few symbols stand together."""


@pytest.fixture
def page(open_page, workspace):
    return open_page(workspace.district, width=1366, height=768, hash=NEAR)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def on_screen(page, asset_id):
    """Return where a thing's place lies on the screen."""
    return page.evaluate(
        """id => {
            const [lon, lat] = ntm.by.asset.get(id).at;
            const { x, y } = ntm.map.leaflet.latLngToContainerPoint([lat, lon]);
            const box = ntm.map.leaflet.getContainer().getBoundingClientRect();
            return [box.left + x, box.top + y];
        }""",
        asset_id,
    )


def test_a_symbol_stands_on_its_place(page):
    surveyed = "ntm.by.asset.get('stadium-lo-ku').position = 'surveyed'"  # such never make way
    page.evaluate(f"{surveyed}; ntm.state.setFilter({{ search: 'lo ku' }})")
    assert middle(page.locator(STADIUM)) == pytest.approx(on_screen(page, "stadium-lo-ku"), abs=1)


@pytest.mark.parametrize("step", [1, -1])
def test_symbols_go_along_while_the_map_changes_its_scale(page, step):
    """At the end of the animation they stand where they are then drawn anew."""
    heading = page.evaluate(
        """step => new Promise((tell) => {
            const map = ntm.map.leaflet;
            map.once('zoomanim', () => setTimeout(() => tell([...document.querySelectorAll(
                '.asset-place:not(.group)')].map((one) => {
                    const { x, y } = L.DomUtil.getPosition(one);
                    return [one.getAttribute('aria-label'), x, y];
                }))));
            map.setZoom(map.getZoom() + step, { animate: true });
        })""",
        step,
    )
    page.wait_for_function("() => !ntm.map.leaflet._animatingZoom")
    there = page.evaluate(
        """() => new Map(ntm.map.drawn.filter(({ asset }) => !ntm.assets.isSketch(asset)
            || asset.geometry.type !== 'Point').map(({ asset }) => {
                const { x, y } = ntm.map.leaflet.latLngToLayerPoint(asset.at.toReversed());
                return [asset.name, [x, y]];
        })).entries().toArray()"""
    )
    places = dict(there)
    compared = [
        ((x, y), places[name])
        for label, x, y in heading
        if (name := label.split(", ")[0]) in places
    ]
    assert compared
    for left, right in compared:
        assert left == pytest.approx(right, abs=1.5)


def test_the_pointer_and_the_keyboard_are_told_what_a_symbol_is(page):
    tooltip = page.locator(".leaflet-tooltip")
    page.mouse.move(*middle(page.locator(STADIUM)))
    assert "Sân vận động" in tooltip.inner_text()
    page.mouse.move(5, 5)
    page.wait_for_function("() => !document.querySelector('.leaflet-tooltip')")
    page.locator(STADIUM).focus()
    assert "Sân vận động" in tooltip.inner_text()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function("() => !document.querySelector('.leaflet-tooltip')")


def test_no_tooltip_outlives_its_symbol(page):
    page.mouse.move(*middle(page.locator(STADIUM)))
    page.evaluate("ntm.state.setFilter({ layer: [] })")
    page.wait_for_function("() => !document.querySelector('.leaflet-tooltip')")


def test_a_map_dragged_by_a_symbol_chooses_nothing(page):
    x, y = middle(page.locator(STADIUM))
    before = page.evaluate("ntm.map.leaflet.getCenter().lng")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 5, steps=4)
    page.mouse.up()
    assert page.evaluate("ntm.map.leaflet.getCenter().lng") < before
    assert page.evaluate("ntm.state.now.selected") is None


def test_a_double_click_on_a_symbol_does_not_come_nearer(page):
    zoom = page.evaluate("ntm.map.leaflet.getZoom()")
    page.locator(STADIUM).dblclick()
    assert page.evaluate("ntm.state.now.selected") == {"type": "asset", "id": "stadium-lo-ku"}
    assert page.evaluate("ntm.map.leaflet.getZoom()") == zoom


def test_a_symbol_that_the_keyboard_reaches_comes_into_view(page):
    page.evaluate("ntm.map.leaflet.panBy([5000, 0], { animate: false })")
    page.locator(STADIUM).evaluate("(one) => one.focus({ preventScroll: true })")
    page.wait_for_function("() => !ntm.map.leaflet._panAnim?._inProgress")
    box, map = page.locator(STADIUM).bounding_box(), page.locator(".folium-map").bounding_box()
    assert map["x"] <= box["x"]
    assert box["x"] + box["width"] <= map["x"] + map["width"]


def test_a_focused_symbol_that_is_drawn_anew_leaves_the_map_where_it_is(page):
    page.locator(STADIUM).focus()
    x, _ = middle(page.locator(STADIUM))
    left = page.locator(".folium-map").bounding_box()["x"]
    page.evaluate("by => ntm.map.leaflet.panBy([by, 0], { animate: false })", x - left - 5)
    centre = page.evaluate("ntm.map.leaflet.getCenter()")
    page.evaluate("ntm.state.setFilter({ search: 'lo ku' })")
    page.wait_for_timeout(100)
    assert page.evaluate("ntm.map.leaflet.getCenter()") == centre
    assert page.evaluate("document.activeElement.ariaLabel").startswith("Sân vận động")


def test_the_map_can_be_used_before_the_units_are_named(open_page, workspace):
    """Features come first, names after the frame that shows them; a change in between is kept."""
    page = open_page(workspace.district)
    page.add_init_script("""
        new MutationObserver(() => {
            window.seen = [document.querySelectorAll('.unit-name').length,
                document.querySelectorAll('.leaflet-areas-pane path').length, ntm.map.drawn.length,
                document.querySelectorAll('.asset-place').length,
                document.getElementById('panel').hidden];
            ntm.state.setFilter({ layer: ['roads'] });
        }).observe(document, { subtree: true, attributeFilter: ['data-ready'] });
    """)
    page.reload()
    page.wait_for_function("() => 'named' in document.body.dataset")
    names, units, things, symbols, hidden = page.evaluate("seen")
    assert (names, hidden) == (0, False)
    assert units == len(workspace.district.units)
    assert things == workspace.district.assets["placed"].sum()
    assert symbols > 0
    assert page.locator(".unit-name").count() == len(workspace.district.units)
