"""Sketched units: a coverage with the right areas, whatever the table says."""

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo.errors import SketchError
from ntm_geo.sketch import sketch_units

CRS = "EPSG:9218"
TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
GEOD = pyproj.Geod(ellps="WGS84")


def table(centres_km, areas_km2):
    x, y = np.array(centres_km, dtype=float).T * 1000
    lon, lat = TO_DEGREES.transform(505_000 + x, 1_570_000 + y)
    codes = [f"u{i:02d}" for i in range(len(areas_km2))]
    return pd.DataFrame({"unit_code": codes, "area_km2": areas_km2, "lon": lon, "lat": lat})


def borders(*rows):
    return pd.DataFrame(rows, columns=["unit_code", "neighbour_code", "border_km"])


FIVE = table([(0, 0), (11, 1), (4, 10), (-9, 6), (5, 4)], [90.0, 120.0, 60.0, 150.0, 20.0])

DISTRICTS = {
    "one": table([(0, 0)], [50.0]),
    "two": table([(0, 0), (8, 2)], [50.0, 70.0]),
    "two far apart": table([(0, 0), (40, 0)], [50.0, 70.0]),
    "five": FIVE,
    "on one line": table([(6 * i, 0) for i in range(7)], [36.0] * 7),
    "crowded on one line": table([(3 * i, 0) for i in range(7)], [60.0] * 7),
    "nearly on one line": table([(6 * i, i % 2 / 100) for i in range(5)], [20.0, 50, 36, 80, 20]),
    "very unequal": table([(0, 0), (14, 2), (10, 12), (5.5, 9)], [500.0, 2.0, 200.0, 4.0]),
    "town by the middle of a commune": table([(0, 0), (2.5, 0)], [300.0, 5.0]),
    "town amid a commune": table([(0, 0), (0.9, 0), (12, 0)], [300.0, 3.0, 100.0]),
    "one place": table([(0, 0), (0.4, 0), (0.2, 0.4)], [50.0, 60.0, 70.0]),
    "ring": table([(12 * np.cos(a), 12 * np.sin(a)) for a in np.arange(8) * np.pi / 4], [60.0] * 8),
    "wide ring": table([(20 * np.cos(a), 20 * np.sin(a)) for a in np.arange(7)], [60.0] * 7),
    "forty": table(
        [(10 * (i % 8), 10 * (i // 8)) for i in range(40)], [100.0 + i for i in range(40)]
    ),
}


def assert_is_sound(sketch, units, *, most_vertices=150):
    geometry = sketch.geometry.to_numpy()
    assert (sketch.crs, sketch.index.equals(units.index)) == ("EPSG:4326", True)
    assert sketch["unit_code"].tolist() == units["unit_code"].tolist()
    assert (sketch["position"] == "sketch").all()
    assert (shapely.get_type_id(geometry) == shapely.GeometryType.POLYGON).all()
    assert shapely.is_valid(geometry).all()
    assert not shapely.get_num_interior_rings(geometry).any()
    assert shapely.coverage_is_valid(geometry)
    whole = shapely.union_all(geometry)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert shapely.contains_xy(geometry, units["lon"], units["lat"]).all()
    area_km2 = [GEOD.geometry_area_perimeter(one)[0] / 1e6 for one in geometry]  # anticlockwise
    assert np.allclose(area_km2, units["area_km2"], rtol=0.005)
    coordinates = shapely.get_coordinates(geometry)
    assert (coordinates == coordinates.round(7)).all()
    assert shapely.get_num_coordinates(geometry).max() < most_vertices


@pytest.mark.parametrize("name", DISTRICTS)
def test_any_table_gives_a_coverage(name):
    assert_is_sound(sketch_units(DISTRICTS[name], crs=CRS), DISTRICTS[name])


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(-15, 15), st.integers(-15, 15), st.integers(4, 300)),
        min_size=1,
        max_size=9,
        unique_by=lambda row: row[:2],
    )
)
def test_contradictory_tables_still_give_a_coverage(rows):
    units = table([row[:2] for row in rows], [float(row[2]) for row in rows])
    assert_is_sound(sketch_units(units, crs=CRS), units, most_vertices=400)


def test_rows_in_another_order_give_the_same_bytes():
    neighbours = borders(("u00", "u04", 6.0), ("u01", "u04", 5.0), ("u02", "u04", 4.0))
    straight = sketch_units(FIVE, neighbours, crs=CRS)
    mixed = FIVE.sample(frac=1, random_state=1)
    other = sketch_units(mixed, neighbours.iloc[::-1], crs=CRS)
    assert_is_sound(other, mixed)
    back = other.set_index("unit_code").loc[FIVE["unit_code"]]
    assert straight.geometry.to_wkb().tolist() == back.geometry.to_wkb().tolist()


def test_input_is_left_alone():
    units, neighbours = FIVE.copy(), borders(("u00", "u04", np.nan))
    sketch_units(units, neighbours, crs=CRS)
    pd.testing.assert_frame_equal(units, FIVE)
    assert neighbours["border_km"].isna().all()


def shared_km(sketch, one, other):
    plane = sketch.set_index("unit_code").geometry.to_crs(CRS)
    return plane[one].intersection(plane[other]).length / 1000


def test_borders_follow_the_table():
    units = table([(0, 0), (9, 0), (0, 9), (9, 9)], [81.0] * 4)
    sides = [("u00", "u02", 9.0), ("u01", "u03", 9.0)]
    one = sketch_units(
        units,
        borders(*sides, ("u00", "u01", 7.0), ("u02", "u03", 7.0), ("u00", "u03", 4.0)),
        crs=CRS,
    )
    two = sketch_units(
        units,
        borders(*sides, ("u00", "u01", 7.0), ("u02", "u03", 7.0), ("u01", "u02", 4.0)),
        crs=CRS,
    )
    assert shared_km(one, "u00", "u03") > 1 > shared_km(one, "u01", "u02")
    assert shared_km(two, "u01", "u02") > 1 > shared_km(two, "u00", "u03")


@pytest.mark.parametrize(
    "neighbours",
    [
        borders(("u00", "u01", np.nan), ("u01", "u00", 5.0)),
        borders(("u00", "u01", 0.0)),
        borders(("u00", "u01", None), ("u02", "u03", None)),
        borders(),
    ],
    ids=["one way unknown", "a point", "all unknown", "none"],
)
def test_unknown_borders_do_no_harm(neighbours):
    assert_is_sound(sketch_units(FIVE, neighbours, crs=CRS), FIVE)


def test_the_centroid_is_close_to_the_centre_where_it_can_be():
    centroids = sketch_units(FIVE.iloc[:4], crs=CRS).to_crs(CRS).centroid
    x, y = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform(
        FIVE["lon"][:4], FIVE["lat"][:4]
    )
    assert (
        np.hypot(centroids.x - x, centroids.y - y) < 0.1 * np.sqrt(FIVE["area_km2"][:4]) * 1e3
    ).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"area_km2": 0.0}, "u01 has an unusable figure"),
        ({"area_km2": np.nan}, "u01 has an unusable figure"),
        ({"lon": np.nan}, "the centre of u01 has no place"),
        ({"lat": 95.0}, "the centre of u01 has no place"),
        ({"lon": 100.0}, "the centre of u01 is outside"),
        ({"lon": FIVE["lon"][0], "lat": FIVE["lat"][0]}, "u00 and u01 have the same centre"),
        ({"unit_code": "u00"}, "a code stands twice"),
        ({"area_km2": 1e-3}, "no sketch can be drawn"),
    ],
)
def test_impossible_figures_are_named(change, message):
    units = FIVE.copy()
    for column, value in change.items():
        units.loc[1, column] = value
    with pytest.raises(SketchError, match=message):
        sketch_units(units, crs=CRS)


def test_all_problems_come_at_once():
    units = FIVE.assign(area_km2=[-1.0, 0.0, 5.0, np.inf, 5.0])
    with pytest.raises(SketchError) as caught:
        sketch_units(units, borders(("u00", "x", 1.0), ("u01", "u01", -2.0)), crs=CRS)
    assert len(caught.value.problems) == 3 + 3


@pytest.mark.parametrize("crs", ["EPSG:4326", "nonsense"])
def test_a_crs_without_metres_is_refused(crs):
    with pytest.raises(SketchError):
        sketch_units(FIVE, crs=crs)


def test_no_units_give_no_sketch():
    with pytest.raises(SketchError, match="there are no units"):
        sketch_units(FIVE.iloc[:0], crs=CRS)
