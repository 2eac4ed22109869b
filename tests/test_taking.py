"""Lines of files: pieces of one road put together, each stretch once."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString
from shapely.affinity import translate

from ntm_geo.taking import MOST_DOUBLED, are_tangled, close_lines, find_tangled, join_lines

LINE = LineString([(0, 0), (600, 0), (1000, 300)])
FIRST, SECOND = LineString([(0, 0), (600, 0)]), LineString([(600, 0), (1000, 300)])


def test_one_line_stays_as_it_is():
    joined = join_lines([LINE])
    assert joined.shape is LINE
    assert joined.repeated_m == 0
    assert joined.times < MOST_DOUBLED


def test_pieces_that_follow_each_other_are_one_road_of_full_length():
    joined = join_lines([SECOND, FIRST])
    assert joined.shape.geom_type == "MultiLineString"
    assert joined.shape.length == pytest.approx(LINE.length)
    assert joined.repeated_m == 0


@pytest.mark.parametrize(
    ("copy", "left_m"),
    [
        (LINE, 0),
        (LINE.reverse(), 0),
        (translate(LINE, 3, 4), 0),
        (FIRST, 0),
        (LineString([(0, 3), (300, 3)]), 0),
        # It leaves the road half way.
        (LineString([(0, 2), (300, 2), (300, 300)]), 290),
        (LineString([(0, 40), (600, 40)]), 600),
    ],
)
def test_what_runs_along_a_line_that_is_there_counts_once(copy, left_m):
    joined = join_lines([LINE, copy])
    assert joined.shape.length == pytest.approx(LINE.length + left_m, abs=15)
    assert joined.repeated_m == pytest.approx(copy.length - left_m, abs=15)


def test_short_pieces_are_no_copies_of_what_they_join():
    pieces = [LineString([(k * 8, 0), (k * 8 + 8, 0)]) for k in range(20)]
    side = LineString([(80, 0), (80, 9)])
    joined = join_lines([*pieces, side])
    assert joined.shape.length == pytest.approx(169)
    assert join_lines([*pieces, pieces[3]]).shape.length == pytest.approx(160)


def test_parts_of_one_feature_are_joined_alike():
    twice = MultiLineString([LINE.coords, translate(LINE, 1, 1).coords])
    assert join_lines([twice]).shape.length == pytest.approx(LINE.length, abs=3)


def test_a_track_there_and_back_is_told():
    back = translate(LINE, 2, 3).reverse()
    joined = join_lines([LineString([*LINE.coords, *back.coords])])
    assert joined.times == pytest.approx(2, abs=0.3)


@given(order=st.permutations([FIRST, SECOND, translate(FIRST, 0, 2), LINE]))
def test_the_order_of_the_lines_does_not_count(order):
    assert join_lines(order).shape.equals(join_lines([LINE, FIRST, SECOND]).shape)


def test_lines_that_cross_close_areas_and_others_close_none():
    square = [LineString(ends) for ends in (
        [(-1, 0), (11, 0)], [(10, -1), (10, 11)], [(11, 10), (-1, 10)], [(0, 11), (0, -1)],
    )]  # fmt: skip
    areas = close_lines(gpd.GeoSeries(square, crs=9218))
    assert (areas.index.tolist(), areas.area.tolist()) == ([1], [100])
    assert close_lines(gpd.GeoSeries(square[:2], crs=9218)).empty
    assert shapely.equals(areas.iloc[0], shapely.box(0, 0, 10, 10))


def scribble(count, side=2000.0):
    spread = np.random.default_rng(0).random((count, 2)) * side
    return LineString(spread)


@pytest.mark.parametrize("shape", [scribble(2000), shapely.Polygon(scribble(2000).coords)])
def test_a_shape_that_crosses_itself_without_end_is_found(shape):
    track = LineString([(10 * i, 5 * (i % 2)) for i in range(5000)])
    assert find_tangled(gpd.GeoSeries({1: track, 2: shape, 3: shapely.Point(0, 0)})) == (2,)


def test_lines_that_cross_each_other_without_end_are_found():
    sticks = [LineString(scribble(400).coords[i : i + 2]) for i in range(399)]
    assert not are_tangled(gpd.GeoSeries(sticks))
    assert are_tangled(gpd.GeoSeries([*sticks, scribble(300)]))


def test_a_stretch_far_from_all_others_is_joined_by_itself():
    # Two thousand pieces in a row once took minutes: each was held against all before it.
    pieces = [LineString([(100 * i, 0), (100 * i + 50, 30), (100 * i + 100, 0)]) for i in range(99)]
    far = LineString([(0, 5000), (100, 5000)])
    joined = join_lines([*pieces, far, translate(far, 0, 0.1)])
    assert joined.repeated_m == pytest.approx(100, abs=0.1)
    assert joined.shape.length == pytest.approx(sum(p.length for p in pieces) + 100)
