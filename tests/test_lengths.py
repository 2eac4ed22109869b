"""Lengths on the ellipsoid, held against PROJ's own."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import (
    GeometryCollection,
    LinearRing,
    LineString,
    MultiLineString,
    Point,
    Polygon,
)

from ntm_geo.errors import CrsError
from ntm_geo.lengths import geodesic_areas_km2, geodesic_lengths_m, without_copies

GEOD = Geod(ellps="WGS84")
SHORT = [(108.5, 13.5), (108.501, 13.5)]
LONG = [(108.3, 14.0), (108.4, 14.2), (108.39, 14.21), (108.7, 14.6)]
places = st.tuples(st.floats(102, 110), st.floats(8, 24))


def lengths(*shapes, crs="EPSG:4326"):
    return geodesic_lengths_m(gpd.GeoSeries(list(shapes), crs=crs))


@pytest.mark.parametrize("coordinates", [SHORT, LONG, LONG[::-1]])
def test_a_line_is_as_long_as_proj_says(coordinates):
    (length,) = lengths(LineString(coordinates))
    assert length == pytest.approx(GEOD.geometry_length(LineString(coordinates)), rel=1e-12)


@given(st.lists(st.lists(places, min_size=2, max_size=6), min_size=1, max_size=5))
def test_many_lines_are_each_as_long_as_alone(many):
    expected = [GEOD.line_length(*zip(*one, strict=True)) for one in many]
    assert lengths(*map(LineString, many)) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_the_parts_of_a_multi_line_are_added_and_not_joined():
    parts = MultiLineString([SHORT, LONG])
    (length,) = lengths(parts)
    assert length == pytest.approx(lengths(LineString(SHORT), LineString(LONG)).sum())


def test_a_stretch_that_lies_on_another_stands_once():
    (there, back) = LONG, LONG[::-1]
    series = gpd.GeoSeries(
        [MultiLineString([SHORT, LONG]), MultiLineString([there, back]),
         LineString([*there, *back[1:]]), Point(108, 13), None], crs=4326,
    )  # fmt: skip
    plain = without_copies(series)
    assert plain.iloc[0] is series.iloc[0]
    once = lengths(LineString(LONG))[0]
    assert geodesic_lengths_m(plain)[1:3] == pytest.approx([once, once])
    assert plain.iloc[3].equals(Point(108, 13))
    assert plain.iloc[4] is None


def test_a_ring_is_as_long_as_its_line():
    ring = LinearRing(LONG)
    assert lengths(ring)[0] == pytest.approx(GEOD.geometry_length(LineString(ring.coords)))


def test_what_is_no_line_has_no_length_and_shifts_nothing():
    shapes = [
        Point(108.5, 13.5),
        LineString(SHORT),
        None,
        Polygon(LONG),
        LineString(),
        GeometryCollection([LineString(LONG)]),
        MultiLineString([LONG]),
    ]
    found = lengths(*shapes)
    assert np.isnan(found).tolist() == [True, False, True, True, False, True, False]
    assert found[[1, 4, 6]] == pytest.approx(
        [*lengths(LineString(SHORT)), 0, *lengths(LineString(LONG))]
    )


def test_an_empty_series_has_no_lengths():
    assert lengths().shape == (0,)


def test_heights_do_not_count():
    assert lengths(LineString([(*SHORT[0], 0), (*SHORT[1], 5000)])) == lengths(LineString(SHORT))


def test_the_series_is_not_changed():
    series = gpd.GeoSeries([LineString(LONG)], crs="EPSG:4326")
    before = series.copy()
    geodesic_lengths_m(series)
    assert series.geom_equals_exact(before, 0).all()


@pytest.mark.parametrize("crs", ["EPSG:9218", "EPSG:4756", None])
def test_another_crs_is_refused(crs):
    with pytest.raises(CrsError) as raised:
        lengths(LineString(SHORT), crs=crs)
    assert (crs or "EPSG:9218") in raised.value.say("vi")


@pytest.mark.parametrize("step", [1, -1])
def test_a_hole_is_no_part_of_an_area_however_it_is_wound(step):
    outer = [(108.5, 14.0), (108.6, 14.0), (108.6, 14.1), (108.5, 14.1)]
    hole = [(108.52, 14.02), (108.54, 14.02), (108.54, 14.04), (108.52, 14.04)]
    shapes = gpd.GeoSeries(
        [Polygon(outer), Polygon(hole), Polygon(outer, [hole[::step]])], crs="EPSG:4326"
    )
    whole, inside, left = geodesic_areas_km2(shapes)
    assert left == pytest.approx(whole - inside)
    assert whole == pytest.approx(119.5, rel=0.01)
