"""Coordinates that do not say, or say wrongly, in which system they are."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import Point

from ntm_geo.crs_candidates import (
    Extent,
    Verdict,
    find_crs_candidates,
    find_lost_datum,
    vn2000_codes,
)
from ntm_geo.errors import CrsError

KBANG = Extent((108.291, 14.0, 108.687, 14.602), (108.602185, 14.143931))
FIXTURE_LON_LAT = (108.602185, 14.143931)
FIXTURE_9218 = (510836.713, 1564229.898)
UTM_WGS_84 = ["EPSG:32648", "EPSG:32649"]
PLANE = [*vn2000_codes(), *UTM_WGS_84]
TM_3 = [code for code in vn2000_codes() if "TM-3" in CRS(code).name]
TMERC = "+proj=tmerc +lat_0=0 +lon_0=108.5 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m"
OFFICIAL = "-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278"

points = st.tuples(st.floats(108.3, 108.68), st.floats(14.01, 14.59))


def put(lon_lat, crs):
    return np.column_stack(
        Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(*np.transpose(lon_lat))
    )


def corners(extent=KBANG):
    west, south, east, north = extent.bounds
    return [(west, south), (west, north), (east, north), (east, south)]


def test_the_zones_are_those_of_the_database_with_the_meridians_of_their_names():
    assert {"EPSG:9216", "EPSG:9217", "EPSG:9218", "EPSG:3405", "EPSG:3406"} <= set(vn2000_codes())
    assert len(vn2000_codes()) == len(set(vn2000_codes())) >= 20
    for code in vn2000_codes():
        crs = CRS(code)
        values = {p.name: p.value for p in crs.coordinate_operation.params}
        name = crs.name.rsplit(maxsplit=1)[-1]
        if "UTM" in crs.name:
            expected = {"48N": 105, "49N": 111}[name]
        elif "-" in name:
            degrees, minutes = map(int, name.split("-"))
            expected = degrees + minutes / 60
        else:  # a zone of 6° and its half: 481 and 482 are the halves of 48
            expected = {"481": 102, "482": 105, "491": 108}[name]
        assert values["Longitude of natural origin"] == expected
        assert values["Scale factor at natural origin"] == (0.9996 if "UTM" in crs.name else 0.9999)
        assert not crs.is_deprecated
        assert crs.datum.name == "Vietnam 2000"


def test_vn_2000_has_its_official_seven_parameters():
    found = find_crs_candidates([FIXTURE_9218], "EPSG:9218", KBANG)
    assert found.verdict is Verdict.DECLARED_FITS
    assert found.listed[0].from_seat_km < 0.001
    assert put([FIXTURE_LON_LAT], "EPSG:9218") == pytest.approx(np.array([FIXTURE_9218]), abs=0.05)


def test_a_declared_system_that_fits_comes_first_and_its_neighbours_are_told():
    found = find_crs_candidates([FIXTURE_9218], "EPSG:9218", KBANG)
    first = found.listed[0]
    assert (first.crs, first.declared, first.fits, first.moved_m) == ("EPSG:9218", True, 1, 0)
    neighbour = next(c for c in found.listed if c.crs == "EPSG:9217")
    assert neighbour.moved_m == pytest.approx(27_000, abs=100)


def test_without_a_declared_system_neighbours_are_told_apart_by_the_whole_district():
    found = find_crs_candidates(put(corners(), "EPSG:9218"), None, KBANG)
    assert found.verdict is Verdict.ONLY_ONE_FITS
    assert (found.listed[0].crs, found.listed[0].swapped) == ("EPSG:9218", False)
    assert found.listed[0].moved_m == 0
    assert "EPSG:9217" in {c.crs for c in found.listed if not c.is_fit}


def test_a_point_in_the_middle_may_be_of_several_zones_and_then_people_are_asked():
    found = find_crs_candidates([FIXTURE_9218], None, KBANG)
    assert found.verdict is Verdict.SEVERAL_FIT
    fitting = [(c.crs, c.swapped) for c in found.listed if c.is_fit]
    assert fitting[0] == ("EPSG:9218", False)
    assert ("EPSG:9217", False) in fitting


@pytest.mark.parametrize("declared", ["EPSG:4326", "EPSG:9217", "EPSG:32648"])
def test_a_wrong_system_is_overruled_only_as_a_proposal(declared):
    found = find_crs_candidates(put(corners(), "EPSG:9218"), declared, KBANG)
    assert found.verdict is Verdict.ONLY_ONE_FITS
    assert found.listed[0].declared
    assert found.listed[0].crs == declared
    (proposed,) = [c for c in found.listed if c.is_fit]
    assert (proposed.crs, proposed.swapped, proposed.declared) == ("EPSG:9218", False, False)
    if declared == "EPSG:9217":
        assert proposed.moved_m == pytest.approx(27_000, abs=100)


@pytest.mark.parametrize("declared", [None, "EPSG:9218", "EPSG:4326"])
def test_swapped_axes_are_found(declared):
    crs = declared or "EPSG:9218"
    found = find_crs_candidates(put(corners(), crs)[:, ::-1], declared, KBANG)
    assert found.verdict is Verdict.ONLY_ONE_FITS
    (proposed,) = [c for c in found.listed if c.is_fit]
    assert (proposed.crs, proposed.swapped) == (crs, True)
    assert "swapped" in proposed.why.en
    assert "đổi chỗ" in proposed.why.vi


def test_utm_of_two_datums_is_a_question():
    found = find_crs_candidates(put(corners(), "EPSG:3406"), None, KBANG)
    assert found.verdict is Verdict.SEVERAL_FIT
    fitting = {c.crs for c in found.listed if c.is_fit}
    assert fitting == {"EPSG:3406", "EPSG:32649"}
    assert {round(c.moved_m, -2) for c in found.listed if c.is_fit} == {0, 200}


@pytest.mark.parametrize(
    "xy",
    [
        np.empty((0, 2)),
        [],
        [(np.nan, np.nan)],
        [(np.inf, 1.0)],
        [(0.0, 0.0)],
        [(1e300, -1e300)],
        [(19_510_836.7, 1_564_229.9)],  # with the zone's number in front, as Hanoi 1972 has it
    ],
)
@pytest.mark.parametrize("declared", [None, "EPSG:9218", "EPSG:4326"])
def test_what_lies_nowhere_fits_nothing(xy, declared):
    found = find_crs_candidates(xy, declared, KBANG)
    assert found.verdict is Verdict.NONE_FITS
    assert all(c.declared and c.fits == 0 for c in found.listed)


def test_points_that_are_not_finite_and_heights_do_not_count():
    xyz = [(*FIXTURE_9218, 700.0), (np.nan, np.nan, np.nan)]
    assert find_crs_candidates(xyz, "EPSG:9218", KBANG).listed[0].fits == 1


def test_single_points_outside_do_not_matter_and_many_points_are_sampled():
    xy = np.tile(FIXTURE_9218, (100_000, 1))
    xy[::20] = 0
    found = find_crs_candidates(xy, "EPSG:9218", KBANG)
    assert found.verdict is Verdict.DECLARED_FITS
    assert 0.9 <= found.listed[0].fits < 1


def test_an_unknown_system_is_named():
    with pytest.raises(CrsError) as raised:
        find_crs_candidates([FIXTURE_9218], "EPSG:999999", KBANG)
    assert "EPSG:999999" in raised.value.say("vi")


def test_a_drawing_without_a_place_on_earth_is_like_no_system():
    nowhere = 'LOCAL_CS["Nonearth",UNIT["Meter",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
    found = find_crs_candidates(put(corners(), "EPSG:9218"), nowhere, KBANG)
    assert found.verdict is Verdict.ONLY_ONE_FITS
    assert [(c.crs, c.moved_m) for c in found.listed if c.is_fit] == [("EPSG:9218", None)]


# --- the lost datum ---


@pytest.mark.parametrize("code", ["EPSG:9218", "EPSG:9217", "EPSG:5899"])
@pytest.mark.parametrize("ending", ["tab", "mif"])
def test_the_datum_that_mapinfo_loses_is_recognised(tmp_path, code, ending):
    xy = put(corners(), code)
    frame = gpd.GeoDataFrame({"name": list("abcd")}, geometry=[Point(p) for p in xy], crs=code)
    frame.to_file(tmp_path / f"a.{ending}", driver="MapInfo File")
    declared = gpd.read_file(tmp_path / f"a.{ending}").crs.to_wkt()
    found = find_crs_candidates(xy, declared, KBANG, keeps_datum=False)
    assert (found.verdict, found.lost_datum) == (Verdict.ONLY_ONE_FITS, code)
    proposed, stated = found.listed[:2]
    assert (proposed.crs, proposed.swapped, proposed.fits) == (code, False, 1)
    assert proposed.moved_m == pytest.approx(225, abs=3)
    assert all(f"{proposed.moved_m:.0f} m" in proposed.why.say(lang) for lang in ("vi", "en"))
    assert stated.declared
    assert stated.fits == 1


def test_a_utm_zone_of_a_mapinfo_table_is_a_question(tmp_path):
    xy = put(corners(), "EPSG:3406")
    frame = gpd.GeoDataFrame({"name": list("abcd")}, geometry=[Point(p) for p in xy], crs=3406)
    frame.to_file(tmp_path / "a.tab", driver="MapInfo File")
    declared = gpd.read_file(tmp_path / "a.tab").crs.to_wkt()
    found = find_crs_candidates(xy, declared, KBANG, keeps_datum=False)
    assert (found.verdict, found.lost_datum) == (Verdict.SEVERAL_FIT, "EPSG:3406")
    assert found.listed[0].crs == "EPSG:3406"
    assert find_crs_candidates(xy, declared, KBANG).verdict is Verdict.DECLARED_FITS


def test_a_shapefile_keeps_the_datum(tmp_path):
    frame = gpd.GeoDataFrame({"name": ["a"]}, geometry=[Point(FIXTURE_9218)], crs=9218)
    frame.to_file(tmp_path / "a.shp")
    declared = gpd.read_file(tmp_path / "a.shp").crs.to_wkt()
    found = find_crs_candidates([FIXTURE_9218], declared, KBANG)
    assert (found.verdict, found.lost_datum) == (Verdict.DECLARED_FITS, None)
    assert "EPSG:9218" not in {c.crs for c in found.listed}  # that is the declared one


@pytest.mark.parametrize(
    ("declared", "lost"),
    [
        (TMERC, "EPSG:9218"),
        (TMERC + f" +towgs84={OFFICIAL}", None),
        (TMERC + " +towgs84=0,0,0", "EPSG:9218"),
        ("+proj=utm +zone=49 +ellps=WGS84 +units=m", "EPSG:3406"),
        ("+proj=utm +zone=49 +datum=WGS84 +units=m", None),
        ("EPSG:9218", None),
        ("EPSG:3406", None),
        ("EPSG:4326", None),
        ("EPSG:4756", None),
        ("EPSG:2045", None),
        ("EPSG:3149", None),
        (TMERC.replace("108.5", "108.4"), None),
        (TMERC.replace("0.9999", "0.9996"), None),
        (TMERC.replace("units=m", "units=us-ft"), None),
    ],
)
def test_only_a_vn_2000_projection_on_another_datum_lost_one(declared, lost):
    assert find_lost_datum(declared) == lost


# --- properties ---


@settings(max_examples=60)
@given(point=points, crs=st.sampled_from(PLANE), swapped=st.booleans())
def test_a_point_of_the_district_is_found_back_in_its_system(point, crs, swapped):
    xy = put([point], crs)[:, :: -1 if swapped else 1]
    found = find_crs_candidates(xy, None, KBANG)
    fitting = [(c.crs, c.swapped) for c in found.listed if c.is_fit]
    assert (crs, swapped) in fitting
    several = Verdict.SEVERAL_FIT if len(fitting) > 1 else Verdict.ONLY_ONE_FITS
    assert found.verdict is several
    declared = find_crs_candidates(xy, crs, KBANG)
    assert declared.verdict is (several if swapped else Verdict.DECLARED_FITS)
    assert {(c.crs, c.swapped) for c in declared.listed if c.is_fit} == set(fitting)


@given(point=points)
def test_a_point_in_degrees_is_found_back_in_either_order(point):
    assert find_crs_candidates([point], None, KBANG).listed[0][:2] == ("EPSG:4326", False)
    found = find_crs_candidates([point[::-1]], None, KBANG)
    assert found.verdict is Verdict.ONLY_ONE_FITS
    assert found.listed[0][:2] == ("EPSG:4326", True)


@settings(max_examples=40)
@given(point=points, right=st.sampled_from(TM_3), wrong=st.sampled_from(TM_3))
def test_the_distance_a_proposal_moves_things_is_the_true_one(point, right, wrong):
    xy = put([point], right)
    found = find_crs_candidates(xy, wrong, KBANG)
    proposed = next(c for c in found.listed if c.crs == right)
    there = gpd.GeoSeries([Point(xy[0])], crs=wrong).to_crs(right)
    here = gpd.GeoSeries([Point(xy[0])], crs=right)
    assert proposed.moved_m == pytest.approx(there.distance(here)[0], rel=0.02, abs=0.01)
