"""Lines of files: pieces of one road put together, each stretch once; and where they lie."""

import itertools
import re

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiLineString, Point
from shapely.affinity import translate

from ntm_geo.crs_candidates import Extent
from ntm_geo.model import Alongside, kinds_that_fit
from ntm_geo.taking import (
    add_lines,
    are_tangled,
    close_lines,
    find_tangled,
    join_lines,
    near_district,
    place_in_district,
    take_parts,
)

LINE = LineString([(0, 0), (600, 0), (1000, 300)])
FIRST, SECOND = LineString([(0, 0), (600, 0)]), LineString([(600, 0), (1000, 300)])


def test_one_line_stays_as_it_is():
    joined = join_lines([LINE])
    assert joined.shape is LINE
    assert joined.repeated_m == 0


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


@pytest.mark.parametrize("aside_m", [0, 4, 14, 30])
def test_a_track_there_and_back_counts_once(aside_m):
    back = translate(LINE, 0, aside_m).reverse()
    track = LineString([*LINE.coords, *back.coords])
    joined = join_lines([track], alongside=Alongside.ONCE)
    assert joined.shape.length == pytest.approx(LINE.length, abs=2 * aside_m)
    asked = join_lines([track])
    if aside_m < 10:
        assert (asked.shape.length, asked.doubtful_m) == (pytest.approx(joined.shape.length), 0)
    else:
        assert asked.shape is track
        assert asked.doubtful_m == pytest.approx(LINE.length, abs=2 * aside_m)


TURNS = {
    "from within": LineString([(300, 0), (1000, 0), (1000, 3), (0, 3)]),
    "to within": LineString([(0, 3), (1000, 3), (1000, 0), (300, 0)]),
    "into a side road": LineString([(0, 0), (500, 0), (500, 300), (503, 300), (503, 0), (997, 0)]),
    "three times": LineString([(0, 0), (1000, 0), (1000, 4), (0, 4), (0, 8), (1000, 8)]),
    "round a loop": LineString(
        [(0, 0), *translate(shapely.Point(0, 0).buffer(30), 1000, 30).exterior.coords[17:50],
         (980, 6), (0, 6)]
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "once_m"),
    [("from within", 1000), ("to within", 1000), ("into a side road", 1297), ("three times", 1000),
     ("round a loop", 1100)],
)  # fmt: skip
def test_a_track_counts_once_wherever_it_turns(turn, once_m):
    for track in (TURNS[turn], TURNS[turn].reverse()):
        joined = join_lines([track])
        assert (joined.shape.length, joined.doubtful_m) == (pytest.approx(once_m, abs=60), 0)


def test_rounds_count_once():
    ring = shapely.Point(0, 0).buffer(300).exterior.coords
    joined = join_lines([LineString([*ring, *ring[1:], *ring[1:]])])
    assert joined.shape.length == pytest.approx(2 * np.pi * 300, rel=0.02)


def test_what_a_receiver_records_at_rest_adds_little():
    rest = [(500 + x, y) for x, y in np.random.default_rng(1).normal(0, 6, (300, 2))]
    track = LineString([(0, 0), *rest, (1000, 0)])
    assert track.length > 3500
    assert join_lines([track]).shape.length == pytest.approx(1000, abs=60)


def test_what_is_nothing_but_rest_stays():
    rest = np.random.default_rng(2).normal(0, 5, (200, 2))
    assert join_lines([LineString([*rest, rest[0]])]).shape.length > 0


def test_a_point_far_off_a_track_is_found():
    coords = [(10.0 * k, 0.0) for k in range(100)]
    coords[40] = (400.0, 3000.0)
    assert join_lines([LineString(coords)]).spikes_m == (pytest.approx(3000, abs=1),)
    assert join_lines([LineString(coords)], alongside=Alongside.EACH).spikes_m == ()
    coords[40] = (400.0, 120.0)
    assert join_lines([LineString(coords)]).spikes_m == (pytest.approx(120.4, abs=0.1),)
    # A side road that somebody drew with few points, and bends.
    drawn = LineString([(0, 0), (300, 0), (300, 400), (301, 0), (900, 0)])
    assert join_lines([drawn]).spikes_m == ()
    gap = LineString(
        [*((8.0 * k, 0.0) for k in range(60)), *((900 + 8.0 * k, 0.0) for k in range(60))]
    )
    assert join_lines([gap]).spikes_m == join_lines([wavering(LINE, 3)]).spikes_m == ()


def segments_of(line, metres):
    """Return a line in segments, as drawings are taken apart."""
    coords = shapely.segmentize(line, metres).coords
    return [LineString(ends) for ends in itertools.pairwise(coords)]


@pytest.mark.parametrize("aside_m", [0, 1, 4, 20])
def test_a_road_in_segments_counts_once_too(aside_m):
    pieces = segments_of(LINE, 40) + segments_of(translate(FIRST, 0, -aside_m), 40)
    once = join_lines(pieces, alongside=Alongside.ONCE)
    assert once.shape.length == pytest.approx(LINE.length, abs=1)
    # The ends of a drawing's segments miss each other by some centimetres.
    off = [translate(piece, 0.05 * (k % 2), 0.05 * (k % 3)) for k, piece in enumerate(pieces)]
    assert join_lines(off, alongside=Alongside.ONCE).shape.length == pytest.approx(1100, abs=15)
    asked = join_lines(pieces)
    assert asked.doubtful_m == (pytest.approx(600, abs=1) if aside_m > 10 else 0)


def test_bends_and_forks_lose_nothing():
    bend = LineString([(500, 0), (0, 0), (480, 130)])
    for alongside in (None, *Alongside):
        assert join_lines([bend], alongside=alongside).shape is bend
        fork = join_lines([LINE, LineString([(100, 0), (500, 100)])], alongside=alongside)
        assert fork.repeated_m == 0


def test_what_leaves_a_road_and_comes_back_is_doubtful():
    away = LineString([(300, 3), (800, 3), (850, 30), (1390, 30), (1440, 3), (1900, 3)])
    joined = join_lines([LineString([(0, 0), (2000, 0)]), away])
    assert joined.repeated_m == pytest.approx(985, abs=20)
    assert joined.doubtful_m == pytest.approx(620, abs=30)


def test_the_way_back_on_the_way_there_counts_once_in_any_direction():
    # In this one the strip around both as one line missed a hundred metres.
    step = 150 * np.array([np.cos(-0.3049495098677262), np.sin(-0.3049495098677262)])
    road = LineString([(0, 0), tuple(step), tuple(2 * step)])
    joined = join_lines([*segments_of(wavering(road, 0), 20)[::-1], road])
    assert joined.shape.length == pytest.approx(road.length, abs=1)


@st.composite
def roads(draw):
    """Draw a road that winds, without two places of it beside each other."""
    turns = draw(st.lists(st.floats(-0.6, 0.6), min_size=2, max_size=8))
    heading, coords = 0.0, [(0.0, 0.0)]
    for turn in turns:
        heading = max(-1.0, min(1.0, heading + turn))
        step = 150 * np.array([np.cos(heading), np.sin(heading)])
        coords.append(tuple(np.array(coords[-1]) + step))
    return LineString(coords)


@given(
    road=roads(),
    aside_m=st.integers(-4, 4),
    waver_m=st.sampled_from([0, 0.2, 1.5]),
    backward=st.booleans(),
    segment_m=st.sampled_from([20, 45, 80, 5000]),
    data=st.data(),
)
def test_a_road_recorded_twice_is_as_long_as_once(  # noqa: PLR0913, PLR0917 (one a property)
    road, aside_m, waver_m, backward, segment_m, data
):
    copy = wavering(translate(road, 0, aside_m), waver_m)
    lines = [road, *segments_of(copy.reverse() if backward else copy, segment_m)]
    lines = data.draw(st.permutations(lines)) if len(lines) < 20 else lines[::-1]
    joined = join_lines(lines)
    total_m = sum(line.length for line in lines)
    assert joined.shape.length == pytest.approx(road.length, rel=0.12)
    assert joined.repeated_m + joined.shape.length == pytest.approx(total_m, abs=3)
    if abs(aside_m) > 3 and waver_m < 0.3:  # else they lie on each other
        each = join_lines(lines, alongside=Alongside.EACH)
        assert each.shape.length == pytest.approx(total_m, rel=1e-6)


def wavering(line, by_m):
    """Return a line as a receiver has it: every few metres a point that is off to some side."""
    points = shapely.get_coordinates(shapely.segmentize(line, 9))
    off = np.random.default_rng(3).normal(0, by_m, points.shape)
    return LineString(points + off)


@pytest.mark.parametrize(
    "copy",
    [
        translate(LINE, 0, 14),
        translate(LINE, 0, 30).reverse(),
        translate(FIRST, 0, -20),
        wavering(translate(FIRST, 0, 20), 4),
        # A short one, most of which is beside the other.
        LineString([(100, 25), (190, 25)]),
    ],
)
def test_a_line_beside_another_is_doubtful_until_somebody_says_what_it_is(copy):
    asked = join_lines([LINE, copy])
    assert asked.doubtful_m == pytest.approx(copy.length, rel=0.15)
    assert asked.shape.length == pytest.approx(LINE.length + copy.length)
    once = join_lines([LINE, copy], alongside=Alongside.ONCE)
    assert (once.doubtful_m, once.shape.length) == (0, pytest.approx(LINE.length, abs=60))
    each = join_lines([LINE, copy], alongside=Alongside.EACH)
    assert (each.doubtful_m, each.repeated_m) == (0, 0)
    assert each.shape.length == asked.shape.length


def test_lines_that_are_near_most_of_the_way_are_one_road():
    copy = wavering(LINE, 6)
    joined = join_lines([copy, wavering(LINE, 6)])
    assert joined.doubtful_m == 0
    assert joined.shape.length == pytest.approx(copy.length, rel=0.05)


def test_what_turns_off_a_road_that_it_ran_along_stays_whole():
    # It leaves slowly: much of what is left is nearer than roads that are doubtful.
    copy = LineString([(0, 2), (500, 2), (1100, 200)])
    joined = join_lines([LineString([(0, 0), (2000, 0)]), copy])
    assert joined.doubtful_m == 0
    assert joined.repeated_m == pytest.approx(525, abs=10)


RING = LineString(shapely.Point(0, 0).buffer(200, 64).exterior.coords)


def test_a_ring_recorded_twice_is_doubtful_too():
    other = LineString(shapely.Point(0, 0).buffer(215, 64).exterior.coords)
    assert join_lines([RING, other]).doubtful_m == pytest.approx(RING.length, rel=0.1)


@pytest.mark.parametrize(
    "lines",
    [
        # A side road, a crossing, one that goes on, a fork, a road on the other side of a block.
        [LINE, LineString([(300, 0), (300, 45)])],
        [LINE, LineString([(250, -300), (350, 300)])],
        [FIRST, LineString([(600, 0), (1200, 0)])],
        [LINE, LineString([(100, 0), (500, 150)])],
        [LINE, LineString([(0, 50), (600, 50)])],
        [RING],
        # Bends up a hill.
        [LineString([(300 * (k // 2 % 2), 25 * k) for k in range(17)])],
    ],
)  # fmt: skip
def test_roads_that_only_meet_are_not_doubtful(lines):
    joined = join_lines(lines)
    assert joined.doubtful_m == 0
    # Where two lines meet they lie on each other for a moment.
    assert joined.shape.length == pytest.approx(sum(line.length for line in lines), abs=1.5)


def test_a_piece_is_added_without_what_runs_along_the_road():
    piece = LineString([(800, 3), (600, 3), (0, 3), (-400, 3)])
    whole = add_lines(piece, to=LINE)
    assert whole.shape.length == pytest.approx(LINE.length + 600, abs=30)
    assert add_lines(FIRST, to=LINE).shape is LINE
    assert add_lines(translate(FIRST, 0, 14), to=LINE).doubtful_m == pytest.approx(600, abs=20)
    assert add_lines(translate(FIRST, 0, 14), to=LINE, alongside=Alongside.ONCE).shape is LINE


def test_what_runs_along_itself_in_the_road_that_stands_is_not_asked_about_again():
    legs = MultiLineString([LINE.coords, translate(LINE, 0, 20).coords])
    piece = LineString([(1000, 300), (1500, 300)])
    added = add_lines(piece, to=legs)
    assert (added.doubtful_m, added.shape.length) == (0, pytest.approx(legs.length + 500))


SOME = [FIRST, FIRST.reverse(), SECOND, translate(FIRST, 0, 2), LINE, TURNS["three times"]]


@given(order=st.permutations(SOME))
def test_the_order_of_the_lines_does_not_count(order):
    assert join_lines(order).shape.wkb == join_lines(SOME).shape.wkb


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


# --- shapes of several kinds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "taken", "left"),
    [
        ("roads", MultiLineString([FIRST, SECOND]), {"Point": 1, "Polygon": 1}),
        (None, Point(0, 0).buffer(9), {"Point": 1, "LineString": 2}),
    ],
)
def test_a_layer_takes_the_parts_of_its_kind_out_of_a_collection(layer, taken, left):
    lines = GeometryCollection([MultiLineString([FIRST]), SECOND])
    both = GeometryCollection([Point(0, 0), lines, Point(0, 0).buffer(9)])
    shapes = gpd.GeoSeries([LINE, both], index=[1, 2])
    plain, mixed = take_parts(shapes, kinds_that_fit(layer))
    assert list(plain.items()) == [(1, LINE), (2, taken)]
    assert {number: one.left for number, one in mixed.items()} == {2: left}


# --- by which system -----------------------------------------------------------------------------

DISTRICT = Extent((108.2, 14.0, 108.7, 14.6), (108.6, 14.14))
IN_9217 = gpd.GeoSeries(
    gpd.points_from_xy([108.25, 108.3, 108.6, 108.65], [14.1, 14.2, 14.3, 14.4]),
    index=[1, 2, 3, 4],
    crs=4326,
).to_crs(9217)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("EPSG:9218", r"may be wrong: 2 of 4 points.*EPSG:9217 \(4 of 4 .*\(3, 4\).*--leave-out"),
        ("EPSG:32650:swapped", r"no point falls inside.*EPSG:9217 \(4 of 4 .*--crs EPSG:9217"),
    ],
)
def test_a_system_by_which_much_lies_outside_is_not_obeyed_where_another_fits(asked, said):
    placed = place_in_district(IN_9217, None, DISTRICT, asked=asked)
    assert placed.chosen is None
    assert re.search(said, placed.question.say("en"))


def test_what_is_left_out_says_nothing_of_the_system():
    placed = place_in_district(IN_9217, None, DISTRICT, asked="EPSG:9218", left_out=[3, 4])
    assert (placed.question, placed.chosen.crs) == (None, "EPSG:9218")


def test_points_that_count_as_inside_are_those_that_come_in():
    beside = gpd.GeoSeries(gpd.points_from_xy([108.71, 108.8], [14.3, 14.3]), crs=4326)
    placed = place_in_district(beside, "EPSG:4326", DISTRICT, asked="EPSG:4326")
    assert len(near_district(placed.geometry, DISTRICT)) == placed.chosen.fits * len(beside) == 1
