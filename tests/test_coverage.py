"""Boundaries repaired as a coverage: noise is mended and listed, all else left and reported."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.ops
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo.coverage import (
    TOLERANCE_M,
    RepairKind,
    compare_areas,
    find_beside,
    find_outside,
    repair_coverage,
    repair_rings,
    tell_astray,
)
from ntm_geo.errors import CrsError

CRS = "EPSG:9218"
EAST, NORTH = 505_000.0, 1_570_000.0
KINDS = {
    "gap": RepairKind.GAP,
    "overlap": RepairKind.OVERLAP,
}


def frame(shapes, crs=CRS, names=None):
    codes = names or [f"u{i}" for i in range(len(shapes))]
    return gpd.GeoDataFrame({"unit_code": codes}, geometry=list(shapes), crs=crs)


def box(west, south, east, north):
    """Return a rectangle in metres from the corner of the test district."""
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def polygon(*points):
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in points])


def tessellation(seed, count=6):
    """Return crooked units that tile a square of 20 km, shared vertex by vertex."""
    random = np.random.default_rng(seed)
    points = shapely.MultiPoint(np.array([EAST, NORTH]) + random.uniform(0, 20_000, (count, 2)))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(points, extend_to=box(-1, -1, 20_001, 20_001))
    )
    faces = shapely.intersection(cells, box(0, 0, 20_000, 20_000))
    # Clipping puts no vertex into the neighbour's edge; noding does.
    lines = shapely.union_all(shapely.boundary(faces))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))


def border(shapes):
    """Return two units, and the longest edge that they share."""
    found = []
    for i, one in enumerate(shapes):
        for j, other in enumerate(shapes[:i]):
            shared = shapely.line_merge(shapely.intersection(one, other))
            found += [(p.length, i, j, p) for p in shapely.get_parts(shared) if p.length]
    return max(found, key=lambda row: row[0])[1:]


def strip(line, width, share=0.5):
    """Return a strip along the middle of a line, half to each side."""
    start, end = ((1 - share) / 2, (1 + share) / 2)
    middle = shapely.ops.substring(line, start, end, normalized=True)
    return middle.buffer(width / 2, cap_style="flat")


def assert_areas_add_up(before, repaired):
    for code, old, new in zip(before["unit_code"], before.area, repaired.frame.area, strict=True):
        change = sum(repair.changes_m2.get(code, 0.0) for repair in repaired.repairs)
        assert new == pytest.approx(old + change, abs=0.01)


def is_coverage(units):
    return bool(shapely.coverage_is_valid(units.geometry.to_numpy()))


seeds = st.integers(0, 10**6)


@given(seed=seeds)
@settings(max_examples=30, deadline=None)
def test_a_clean_tessellation_comes_back_unchanged(seed):
    units = frame(tessellation(seed))
    repaired = repair_coverage(units)
    assert (repaired.repairs, repaired.left) == ((), ())
    assert repaired.frame.geometry.geom_equals_exact(units.geometry, 0).all()
    assert is_coverage(repaired.frame)


@given(seed=seeds, width=st.floats(1, 120), kind=st.sampled_from(["gap", "overlap"]))
@settings(max_examples=60, deadline=None)
def test_what_is_narrow_is_found_listed_with_its_area_and_mended(seed, width, kind):
    shapes = tessellation(seed)
    one, other, line = border(shapes)
    planted = strip(line, width)
    if kind == "gap":
        for unit in (one, other):
            shapes[unit] = shapes[unit].difference(planted)
    else:
        shapes[one] = shapes[one].union(planted.intersection(shapes[other]))
        planted = planted.intersection(shapes[other])
    units = frame(shapes)
    repaired = repair_coverage(units)
    assert not repaired.left
    found = [repair for repair in repaired.repairs if repair.kind == KINDS[kind]]
    assert sum(repair.area_m2 for repair in found) == pytest.approx(planted.area, rel=1e-6)
    assert all(set(repair.units) <= {f"u{one}", f"u{other}"} for repair in found)
    places = gpd.GeoSeries.from_xy(
        [repair.lon for repair in found], [repair.lat for repair in found], crs="EPSG:4326"
    ).to_crs(CRS)
    assert places.distance(planted).max() < 0.01
    assert is_coverage(repaired.frame)
    assert_areas_add_up(units, repaired)
    whole = repaired.frame.union_all()
    assert whole.area == pytest.approx(20_000.0**2)
    assert not whole.interiors


@given(seed=seeds, width=st.floats(200, 900), kind=st.sampled_from(["gap", "overlap"]))
@settings(max_examples=40, deadline=None)
def test_what_is_wide_is_reported_and_not_touched(seed, width, kind):
    shapes = tessellation(seed)
    one, other, line = border(shapes)
    planted = strip(line, width)
    inside = shapely.union_all(shapes[[one, other]])
    if not inside.contains(planted.buffer(50)) or line.length < 2 * width:
        return
    if kind == "gap":
        for unit in (one, other):
            shapes[unit] = shapes[unit].difference(planted)
    else:
        shapes[one] = shapes[one].union(planted)
        shapes[other] = shapes[other].union(planted)
    units = frame(shapes)
    repaired = repair_coverage(units)
    (left,) = repaired.left
    assert left.kind == KINDS[kind]
    assert set(left.units) == {f"u{one}", f"u{other}"}
    assert left.area_m2 == pytest.approx(planted.area, rel=1e-6)
    assert not left.is_mended
    assert repaired.frame.area.to_numpy() == pytest.approx(units.area.to_numpy())


@given(seed=seeds, copies=st.integers(1, 5), unit=st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_duplicate_vertices_are_taken_out(seed, copies, unit):
    shapes = tessellation(seed)
    clean = shapes.copy()
    coords = shapely.get_coordinates(shapes[unit])
    shapes[unit] = shapely.Polygon(np.insert(coords, [1] * copies, coords[1], axis=0))
    repaired = repair_coverage(frame(shapes))
    (repair,) = repaired.repairs
    assert (repair.kind, repair.vertices) == (RepairKind.DUPLICATE_VERTICES, copies)
    assert repair.area_m2 == pytest.approx(0, abs=1e-6)
    after = shapely.normalize(repaired.frame.geometry.to_numpy())
    assert shapely.equals_exact(after, shapely.normalize(clean)).all()


@given(seed=seeds, noise_m=st.floats(0.001, 0.0055))
@settings(max_examples=30, deadline=None)
def test_borders_that_were_rounded_apart_match_again(seed, noise_m):
    random = np.random.default_rng(seed)
    rings = [shapely.get_coordinates(shape)[:-1] for shape in tessellation(seed)]
    shapes = [shapely.Polygon(xy + random.uniform(-noise_m, noise_m, xy.shape)) for xy in rings]
    units = frame(shapes)
    repaired = repair_coverage(units)
    assert not repaired.left
    assert {repair.kind for repair in repaired.repairs} <= {RepairKind.UNMATCHED_VERTICES}
    assert is_coverage(repaired.frame)
    assert_areas_add_up(units, repaired)


@given(seed=seeds, order=st.permutations(range(4)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_units_does_not_count(seed, order):
    shapes = tessellation(seed, count=4)
    one, other, line = border(shapes)
    shapes[one] = shapes[one].union(strip(line, 60).intersection(shapes[other]))
    units = frame(shapes)
    first = repair_coverage(units)
    second = repair_coverage(units.iloc[list(order)])
    for one, other in zip(first.repairs, second.repairs, strict=True):
        assert (one.kind, one.units, one.given_to) == (other.kind, other.units, other.given_to)
        assert one.area_m2 == pytest.approx(other.area_m2, abs=0.01)
    assert second.frame.index.tolist() == list(order)
    assert second.frame.area.loc[units.index].tolist() == pytest.approx(first.frame.area.tolist())


TWO = (box(0, 0, 5000, 5000), box(5000, 0, 10_000, 5000))


def test_a_gap_goes_to_the_unit_with_the_longest_border_on_it():
    left = polygon((0, 0), (5000, 0), (5000, 2000), (5000, 3000), (5000, 5000), (0, 5000))
    bent = polygon(
        (5000, 0), (10_000, 0), (10_000, 5000), (5000, 5000),
        (5000, 3000), (5040, 2500), (5000, 2000),
    )  # fmt: skip
    (gap,) = repair_coverage(frame([left, bent])).repairs
    assert (gap.kind, gap.given_to, gap.units) == (RepairKind.GAP, "u1", ("u0", "u1"))
    assert gap.area_m2 == pytest.approx(20_000)
    assert gap.changes_m2 == {"u1": pytest.approx(20_000)}
    assert "given to u1" in gap.say().en
    assert "giao cho u1" in gap.say().vi


def test_a_gap_along_several_units_is_divided_among_them():
    south = [box(1000 * i, 0, 1000 * i + 1000, 1000) for i in range(3)]
    ends = [box(-1000, 0, 0, 2000), box(3000, 0, 4000, 2000)]
    # The bank on the other side has no vertex where the three meet, and the longest border.
    before = frame([*south, *ends, box(0, 1040, 3000, 2000)])
    repaired = repair_coverage(before)
    assert {gap.given_to for gap in repaired.repairs} == {"u0", "u1", "u2"}
    assert [gap.area_m2 for gap in repaired.repairs] == [pytest.approx(40_000)] * 3
    assert_areas_add_up(before, repaired)
    assert is_coverage(repaired.frame)


def test_boundaries_that_stand_are_held_against_those_that_come():
    coming = frame([box(0, 0, 5000, 5000)], names=["new"])
    over, off = box(4980, 0, 9000, 2000), box(5010, 2000, 9000, 5000)
    standing = frame([over, off, box(8999, 0, 9999, 5000)], names=["a", "b", "c"])
    overlap, gap = find_beside(coming, standing, key="unit_code")
    assert (overlap.kind, overlap.units) == (RepairKind.OVERLAP, ("a", "new"))
    assert overlap.area_m2 == pytest.approx(20 * 2000)
    assert (gap.kind, "b" in gap.units, gap.area_m2) == (
        RepairKind.GAP,
        True,
        pytest.approx(30_000),
    )
    assert "given" not in overlap.say_found().en + gap.say_found().en
    assert find_beside(coming, standing.iloc[:0], key="unit_code") == ()


def test_a_corner_of_the_outline_is_no_gap():
    left = polygon((0, 0), (5000, 0), (5000, 3000), (5000, 5000), (0, 5000))
    right = polygon((5400, 0), (10_000, 0), (10_000, 5000), (5000, 5000), (5000, 3000))
    shallow = polygon((5100, 0), (10_000, 0), (10_000, 5000), (5000, 5000), (5000, 50), (5060, 40))
    assert repair_coverage(frame([left, right])).repairs == ()
    kinds = {repair.kind for repair in repair_coverage(frame([left, shallow])).repairs}
    assert kinds <= {RepairKind.UNMATCHED_VERTICES}


def test_a_gap_that_opens_to_the_outside_is_closed():
    shapes = [box(0, 0, 5000, 5000), polygon(
        (5030, 0), (10_000, 0), (10_000, 5000), (5000, 5000), (5000, 3000), (5030, 3000),
    )]  # fmt: skip
    units = frame(shapes)
    repaired = repair_coverage(units)
    (gap,) = [repair for repair in repaired.repairs if repair.kind == RepairKind.GAP]
    assert gap.area_m2 == pytest.approx(90_000)
    assert is_coverage(repaired.frame)
    assert_areas_add_up(units, repaired)


def test_a_crack_of_no_width_makes_an_inlet_no_shallower():
    left = box(0, 0, 5000, 5000)
    hair = 5000 + 1e-6
    right = polygon((5000, 0), (9000, 0), (9000, 5000), (5009, 5000), (5009, 4400), (hair, 4400))
    (gap,) = (r for r in repair_coverage(frame([left, right])).repairs if r.kind == RepairKind.GAP)
    assert gap.area_m2 == pytest.approx(5400, abs=1)


def test_a_gap_between_equals_goes_to_the_key_that_sorts_first():
    shapes = [box(0, 0, 5000, 5000), box(5040, 0, 10_000, 5000)]
    for names in (["b", "a"], ["a", "b"]):
        (gap,) = repair_coverage(frame(shapes, names=names)).repairs
        assert gap.given_to == "a"
        assert gap.area_m2 == pytest.approx(200_000)
        assert gap.width_m == pytest.approx(40, rel=0.01)


def test_a_missing_town_is_not_filled_but_reported():
    commune = box(0, 0, 20_000, 20_000).difference(box(8000, 8000, 12_000, 12_500))
    repaired = repair_coverage(frame([commune]))
    assert repaired.repairs == ()
    (hole,) = repaired.left
    assert "no unit covers 18.00 km²" in hole.say().en
    assert "the town, may be missing" in hole.say().en
    assert "không đơn vị nào phủ 18,00 km²" in hole.say().vi
    assert repaired.frame.geometry.iloc[0].equals(commune)


def test_a_pond_is_no_missing_town():
    commune = box(0, 0, 20_000, 20_000).difference(box(8000, 8000, 8400, 8400))
    (hole,) = repair_coverage(frame([commune])).left
    assert "too wide to be noise" in hole.say().en


def test_a_town_that_is_drawn_twice_is_left_for_a_person():
    town = box(8000, 8000, 12_000, 12_000)
    repaired = repair_coverage(frame([box(0, 0, 20_000, 20_000), town]))
    (overlap,) = repaired.left
    assert (overlap.kind, overlap.units) == (RepairKind.OVERLAP, ("u0", "u1"))
    assert overlap.area_m2 == pytest.approx(16e6)
    assert "somebody has to say whose it is" in overlap.say().en
    assert repaired.frame.area.tolist() == pytest.approx([400e6, 16e6])


def test_a_narrow_overlap_that_is_a_large_share_of_a_unit_is_no_noise():
    repaired = repair_coverage(frame([box(0, 0, 5000, 5000), box(4900, 0, 5500, 200)]))
    (overlap,) = repaired.left
    assert overlap.kind == RepairKind.OVERLAP
    assert not repaired.repairs


def test_three_units_on_one_strip_leave_one_owner():
    shapes = [box(0, 0, 5050, 5000), box(4950, 0, 10_000, 5000), box(0, 4960, 10_000, 9000)]
    units = frame(shapes)
    repaired = repair_coverage(units)
    assert is_coverage(repaired.frame)
    assert_areas_add_up(units, repaired)
    assert {r.units for r in repaired.repairs} >= {("u0", "u1", "u2"), ("u0", "u1")}


def test_a_sliver_that_lies_apart_goes_to_the_neighbour_around_it():
    hole = box(7000, 2000, 7030, 3000)
    shapes = [TWO[0].union(hole), TWO[1].difference(hole)]
    units = frame(shapes)
    (sliver,) = repair_coverage(units).repairs
    assert (sliver.kind, sliver.given_to) == (RepairKind.SLIVER_PART, "u1")
    assert sliver.changes_m2 == {"u0": pytest.approx(-30_000), "u1": pytest.approx(30_000)}
    assert "apart from u0" in sliver.say().en
    assert_areas_add_up(units, repair_coverage(units))


def test_a_sliver_that_touches_nobody_is_left():
    repaired = repair_coverage(frame([TWO[0].union(box(7000, 2000, 7030, 3000))]))
    assert not repaired.repairs
    (sliver,) = repaired.left
    assert "borders on no other unit" in sliver.say().en
    assert len(repaired.frame.geometry.iloc[0].geoms) == 2


def test_a_vertex_that_the_neighbour_lacks_is_put_in():
    shapes = [box(0, 0, 5000, 5000), box(0, 5000, 2500, 9000), box(2500, 5000, 5000, 9000)]
    units = frame(shapes)
    assert not is_coverage(units)
    (repair,) = repair_coverage(units).repairs
    assert (repair.kind, repair.units, repair.vertices) == (
        RepairKind.UNMATCHED_VERTICES, ("u0",), 1,
    )  # fmt: skip
    assert is_coverage(repair_coverage(units).frame)


def test_a_ring_that_crosses_itself_is_mended_and_its_area_listed():
    bow = polygon((0, 0), (5000, 5000), (5000, 0), (0, 5000))
    units = frame([bow, TWO[1]])
    repaired = repair_coverage(units)
    ring = repaired.repairs[0]
    assert (ring.kind, ring.units) == (RepairKind.INVALID_RING, ("u0",))
    assert ring.area_m2 == pytest.approx(12.5e6)
    assert_areas_add_up(units, repaired)
    place = gpd.GeoSeries.from_xy([ring.lon], [ring.lat], crs="EPSG:4326").to_crs(CRS)
    assert place.distance(shapely.Point(EAST + 2500, NORTH + 2500)).iloc[0] < 0.01


def test_what_a_ring_encloses_twice_stays_filled():
    loop = polygon(
        (0, 0), (5000, 0), (5000, 5000), (2000, 5000), (2000, 2000), (4000, 2000), (4000, 6000),
        (0, 6000),
    )  # fmt: skip
    assert not loop.is_valid
    after = repair_coverage(frame([loop])).frame.geometry.iloc[0]
    assert after.is_valid
    assert after.contains(box(2500, 2500, 3500, 4500))


def test_what_is_no_polygon_is_reported_and_stays():
    line = shapely.LineString([(EAST, NORTH), (EAST + 10, NORTH)])
    repaired = repair_coverage(frame([TWO[0], line, None, shapely.Polygon()]))
    assert {(r.kind, r.units) for r in repaired.left} == {
        (RepairKind.NO_POLYGON, (code,)) for code in ("u1", "u2", "u3")
    }
    assert repaired.frame.geometry.iloc[1] is line
    assert repaired.frame.geometry.iloc[2] is None
    assert repair_coverage(frame([None])).repairs == ()


def test_lines_in_a_collection_are_left_out():
    mixed = shapely.GeometryCollection([TWO[0], shapely.LineString([(EAST, NORTH), (0, 0)])])
    (ring,) = repair_coverage(frame([mixed])).repairs
    assert ring.kind == RepairKind.INVALID_RING
    assert ring.area_m2 == 0


def test_the_input_and_the_kind_of_geometry_are_kept():
    several = shapely.MultiPolygon([TWO[0]])
    units = frame([several, TWO[1].union(box(4990, 0, 5000, 5000))]).assign(note="kept")
    before = units.copy()
    after = repair_coverage(units).frame
    assert after.geom_type.tolist() == ["MultiPolygon", "Polygon"]
    assert after["note"].tolist() == ["kept", "kept"]
    assert units.equals(before)


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_a_crs_in_metres_is_needed(crs):
    with pytest.raises(CrsError):
        repair_coverage(frame(TWO, crs=crs))


def test_a_tolerance_of_ones_own():
    units = frame([box(0, 0, 5000, 5000), box(4900, 0, 10_000, 5000)])
    assert TOLERANCE_M > 100
    assert repair_coverage(units).repairs
    assert repair_coverage(units, tolerance_m=50).left


def test_an_area_that_differs_from_the_official_one_is_odd():
    units = frame([*TWO, box(0, 6000, 5000, 11_000), TWO[0]]).iloc[::-1]
    areas = compare_areas(units, {"u0": 25.0, "u1": 26.0, "u2": 24.5})
    assert areas.index.tolist() == [3, 2, 1, 0]
    assert areas.loc[0, "area_km2"] == pytest.approx(25.0, rel=1e-3)
    assert areas.loc[1, "share"] == pytest.approx(-1 / 26, abs=1e-3)
    assert areas["is_odd"].tolist() == [False, False, True, False]
    assert np.isnan(areas.loc[3, "share"])
    assert compare_areas(units, {"u2": 24.5}, most_share=0.01)["is_odd"].tolist() == [
        False, True, False, False,
    ]  # fmt: skip


def test_holes_do_not_count_and_the_sense_of_rings_does_not_matter():
    ring = TWO[0].difference(box(1000, 1000, 2000, 2000))
    shapes = [ring, ring.reverse(), shapely.MultiPolygon([ring, TWO[1]]), None]
    areas = compare_areas(frame(shapes), {})["area_km2"]
    assert areas.tolist() == pytest.approx([24, 24, 49, 0], rel=1e-3)


# --- what lies in the units ----------------------------------------------------------------------


def lonlat(*shapes):
    return gpd.GeoSeries(list(shapes), crs=CRS).to_crs(4326)


UNIT = box(0, 0, 5000, 5000)
THINGS = {
    "inside": (shapely.Point(EAST + 10, NORTH + 10), 0.0, 0),
    "outside": (shapely.Point(EAST + 5300, NORTH + 10), 1.0, 300),
    "line inside": (shapely.LineString([(EAST, NORTH), (EAST + 900, NORTH + 900)]), 0.0, 0),
    "line across": (
        shapely.LineString([(EAST + 4250, NORTH + 9), (EAST + 5250, NORTH + 9)]), 0.25, 250,
    ),
    "copied line": (
        shapely.MultiLineString([
            [(EAST + x, NORTH + 9) for x in (4000, 5000, 5250)],
            [(EAST + 5000, NORTH + 9), (EAST + 5250, NORTH + 9)],
        ]), 0.2, 250,
    ),
    "area inside": (box(10, 10, 20, 20), 0.0, 0),
    "area across": (box(4900, 0, 5300, 100), 0.75, 300),
}  # fmt: skip


def held():
    things = lonlat(*(shape for shape, _, _ in THINGS.values())).set_axis(list(THINGS))
    units = lonlat(*[UNIT] * len(THINGS)).set_axis(list(THINGS))
    return things, units


def test_what_is_outside_is_measured_by_its_share_and_how_far_it_goes():
    outside = find_outside(*held(), crs=CRS)
    assert outside.index.tolist() == list(THINGS)
    for name, (_, share, away_m) in THINGS.items():
        assert outside.loc[name, "share"] == pytest.approx(share, abs=0.001), name
        assert outside.loc[name, "away_m"] == pytest.approx(away_m, abs=1), name
    assert outside.loc["line across", "outside_m"] == pytest.approx(250, abs=1)
    assert np.isnan(outside.loc["area across", "outside_m"])


def test_nothing_is_held_against_nothing():
    things, units = held()
    assert find_outside(things[:0], units[:0], crs=CRS).empty


def test_what_is_astray_is_told_and_what_a_sketch_says_is_not():
    things, units = held()
    assets = gpd.GeoDataFrame(
        {"asset_id": list(THINGS), "name": "Đường A", "unit_code": "u0", "unit_name": "Sơn Hạ",
         "position": "surveyed"}, geometry=things.to_numpy(), crs=4326,
    )  # fmt: skip
    boundary = gpd.GeoDataFrame(
        {"unit_code": ["u0", "u1"], "position": "digitised"},
        geometry=[units.iloc[0], units.iloc[0]], crs=4326,
    )  # fmt: skip
    told = [one.say("en") for one in tell_astray(assets, boundary, district="d", crs=CRS)]
    assert len(told) == 4
    assert told[0].startswith("'Đường A (outside)' lies outside of Sơn Hạ: 300 m from it.")
    assert "Sơn Hạ: 250 m (25 %), 250 m off." in told[1]
    assert "Sơn Hạ: 75 % of its area, 300 m off." in told[3]
    of_district = assets.assign(unit_code="d")
    assert len(tell_astray(of_district, boundary, district="d", crs=CRS)) == 4
    for one, other in ((assets.assign(position="sketch"), boundary),
                       (assets, boundary.assign(position="sketch"))):  # fmt: skip
        assert tell_astray(one, other, district="d", crs=CRS) == ()
    # The district is known as well as its least known unit.
    half = boundary.assign(position=["digitised", "sketch"])
    assert tell_astray(of_district, half, district="d", crs=CRS) == ()


def test_rings_of_single_areas_are_mended_and_their_overlaps_are_not():
    bow = polygon((0, 0), (100, 100), (100, 0), (0, 100))
    point = shapely.Point(EAST, NORTH)
    areas = frame([bow, point, box(0, 0, 50, 50), shapely.Polygon()])
    repaired = repair_rings(areas, key="unit_code")
    assert repaired.frame.is_valid.all()
    assert repaired.frame.geometry[0].area == pytest.approx(5000)
    assert repaired.frame.geometry[1].equals(point)
    assert repaired.frame.geometry[2].equals(areas.geometry[2])
    assert [one.kind for one in repaired.repairs] == [RepairKind.INVALID_RING]
    assert [one.units for one in repaired.left] == [("u3",)]
