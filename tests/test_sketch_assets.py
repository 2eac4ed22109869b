"""Sketched assets: right lengths, inside their unit, clear of each other, always the same."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo.errors import CrsError, SketchError
from ntm_geo.sketch import sketch_assets

CRS = "EPSG:9218"
TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
GEOD = pyproj.Geod(ellps="WGS84")


def in_degrees(shape):
    """Turn a shape drawn in kilometres around Kbang into degrees."""
    return shapely.transform(
        shape,
        lambda km: np.column_stack(
            TO_DEGREES.transform(505_000 + km[:, 0] * 1e3, 1.57e6 + km[:, 1] * 1e3)
        ),
    )


SQUARE = shapely.box(0, 0, 8, 8)
HOOK = shapely.Polygon([(8, 0), (16, 0), (16, 8), (15, 8), (15, 1), (8, 1)])
WITH_SLIVER = shapely.MultiPolygon([shapely.box(0, 8, 7, 14), shapely.box(7.1, 8, 7.11, 14)])
WITH_HOLE = shapely.box(8.5, 9, 16, 16) - shapely.box(10, 10, 15, 15)
CORRIDOR = shapely.Polygon([(0, 20), (12, 23), (12, 23.3), (0, 20.3)])
UNITS = gpd.GeoDataFrame(
    {"unit_code": ["square", "hook", "sliver", "hole", "corridor"]},
    geometry=[in_degrees(s) for s in (SQUARE, HOOK, WITH_SLIVER, WITH_HOLE, CORRIDOR)],
    crs="EPSG:4326",
)
WHOLE = shapely.union_all(UNITS.geometry.to_numpy())


def plan(*rows):
    return pd.DataFrame(rows, columns=["asset_id", "unit_code", "length_m"]).astype(
        {"length_m": float}
    )


def assert_is_sound(sketch, assets, *, apart_m=1.0):
    shapes = dict(zip(UNITS["unit_code"], UNITS.geometry, strict=True))
    assert (sketch.crs, sketch.index.equals(assets.index)) == ("EPSG:4326", True)
    assert sketch["asset_id"].tolist() == assets["asset_id"].tolist()
    assert (sketch["position"] == "sketch").all()
    for code, length_m, place in zip(
        assets["unit_code"], assets["length_m"], sketch.geometry, strict=True
    ):
        assert shapely.contains_properly(shapes.get(code, WHOLE), place)
        assert place.geom_type == ("Point" if np.isnan(length_m) else "LineString")
        assert place.is_simple
        if not np.isnan(length_m):
            assert GEOD.geometry_length(place) == pytest.approx(length_m, abs=0.2)
    coordinates = shapely.get_coordinates(sketch.geometry.to_numpy())
    assert (coordinates == coordinates.round(7)).all()
    flat = np.asarray(sketch.to_crs(CRS).geometry, dtype=object)
    apart = shapely.distance(flat[:, None], flat[None, :])[~np.eye(len(flat), dtype=bool)]
    assert (apart > apart_m).all()


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*UNITS["unit_code"][:4], "district"]),
            st.one_of(st.none(), st.floats(1.0, 3000.0)),
        ),
        max_size=25,
    )
)
def test_assets_keep_their_length_unit_and_distance(rows):
    assets = plan(*((f"a{i:02d}", code, length) for i, (code, length) in enumerate(rows)))
    assert_is_sound(sketch_assets(assets, UNITS, crs=CRS), assets)


@pytest.mark.parametrize("unit", UNITS["unit_code"])
def test_thirty_assets_find_room_in_any_shape(unit):
    assets = plan(*((f"a{i:02d}", unit, 150.0 if i % 2 else None) for i in range(30)))
    assert_is_sound(sketch_assets(assets, UNITS, crs=CRS), assets)


@pytest.mark.parametrize(
    ("unit", "length_m"),
    [("square", 7000), ("square", 60_000), ("hook", 12_000), ("hole", 9000), ("corridor", 9000)],
)
def test_a_long_line_is_turned_or_folded_until_it_fits(unit, length_m):
    assets = plan(("road", unit, length_m))
    assert_is_sound(sketch_assets(assets, UNITS, crs=CRS), assets)


def test_points_are_spread_over_the_unit():
    assets = plan(*((f"a{i}", "square", None) for i in range(9)))
    flat = np.asarray(sketch_assets(assets, UNITS, crs=CRS).to_crs(CRS).geometry, dtype=object)
    apart = shapely.distance(flat[:, None], flat[None, :])[~np.eye(9, dtype=bool)]
    assert apart.min() > 1200  # nine points in 8 km x 8 km


def test_lines_do_not_all_run_one_way():
    assets = plan(*((f"a{i}", "square", 800.0) for i in range(8)))
    ends = [np.diff(line.coords[:: len(line.coords) - 1], axis=0)[0] for line in
            sketch_assets(assets, UNITS, crs=CRS).geometry]  # fmt: skip
    angles = np.degrees(np.arctan2(*np.array(ends).T)) % 180
    assert len(set(angles.round(-1))) > 3


def test_what_is_taken_is_kept_clear_of():
    pond = in_degrees(shapely.box(1, 1, 7, 7))
    road = in_degrees(shapely.LineString([(0, 0.5), (8, 0.5)]))
    taken = gpd.GeoSeries([pond, None, road], crs="EPSG:4326")
    assets = plan(("p", "square", None), ("q", "square", None), ("r", "square", 900.0))
    sketch = sketch_assets(assets, UNITS, crs=CRS, taken=taken.to_crs(CRS))
    assert_is_sound(sketch, assets)
    assert not shapely.intersects(sketch.geometry.to_numpy()[:, None], [pond, road]).any()


def mixed_plan():
    rows = [
        (f"a{i:02d}", ("square", "hook", "province")[i % 3], 300.0 * (i % 4)) for i in range(24)
    ]
    return plan(*((name, code, length or None) for name, code, length in rows))


def test_rows_in_another_order_give_the_same_bytes():
    assets = mixed_plan()
    other = assets.sample(frac=1, random_state=5)
    straight = sketch_assets(assets, UNITS, crs=CRS).set_index("asset_id").geometry
    mixed = sketch_assets(other, UNITS.iloc[::-1], crs=CRS).set_index("asset_id").geometry
    assert straight.to_wkb().tolist() == mixed[straight.index].to_wkb().tolist()


def test_a_new_asset_leaves_those_before_it_alone():
    assets = mixed_plan().query("unit_code != 'province'")
    before = sketch_assets(assets, UNITS, crs=CRS)
    more = pd.concat([assets, plan(("b", "square", None))])
    after = sketch_assets(more, UNITS, crs=CRS)
    assert before.geometry.to_wkb().tolist() == after.geometry.to_wkb().tolist()[:-1]


def test_a_line_that_comes_last_still_finds_room():
    short = [(f"a{i:02d}", "corridor", 60.0) for i in range(20)]
    assets = plan(*short, ("b", "corridor", 8000.0))
    assert_is_sound(sketch_assets(assets, UNITS, crs=CRS), assets, apart_m=0.1)


def test_input_is_left_alone():
    assets, units = mixed_plan(), UNITS.copy()
    sketch_assets(assets, units, crs=CRS)
    pd.testing.assert_frame_equal(assets, mixed_plan())
    assert units.geometry.to_wkb().tolist() == UNITS.geometry.to_wkb().tolist()


def test_no_assets_give_an_empty_frame():
    sketch = sketch_assets(plan(), UNITS, crs=CRS)
    assert list(sketch.columns) == ["asset_id", "geometry", "position"]
    assert sketch.empty


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "square", 0.0)], "a has an unusable figure"),
        ([("a", "square", -5.0), ("b", "square", np.inf)], "b has an unusable figure"),
        ([("a", "square", None), ("a", "hook", None)], "a code stands twice"),
        ([("a", "corridor", 5e6)], "there is no room for a in corridor"),
    ],
)
def test_impossible_assets_are_named(rows, message):
    with pytest.raises(SketchError, match=message):
        sketch_assets(plan(*rows), UNITS, crs=CRS)


@pytest.mark.parametrize("shape", [None, shapely.Polygon(), shapely.Point(108.5, 14.1)])
def test_units_must_be_polygons(shape):
    units = gpd.GeoDataFrame({"unit_code": ["square"]}, geometry=[shape], crs="EPSG:4326")
    with pytest.raises(SketchError, match="square has no polygon"):
        sketch_assets(plan(("a", "square", None)), units, crs=CRS)


def test_every_frame_must_say_its_crs():
    bare = gpd.GeoDataFrame(UNITS[["unit_code"]], geometry=UNITS.geometry.to_numpy())
    with pytest.raises(CrsError):
        sketch_assets(plan(("a", "square", None)), bare, crs=CRS)
    with pytest.raises(CrsError):
        sketch_assets(plan(("a", "square", None)), UNITS, crs=CRS, taken=bare.geometry)
