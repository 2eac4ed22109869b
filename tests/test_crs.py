"""The gate through which frames are combined."""

import geopandas as gpd
import pytest
from shapely import Point

from ntm_geo.crs import GEOGRAPHIC, find_crs_problem, require_crs, require_same_crs
from ntm_geo.errors import CrsError


def series(crs):
    return gpd.GeoSeries([Point(108.5, 13.5)], crs=crs)


def test_a_frame_that_states_its_crs_passes():
    assert require_crs(series(GEOGRAPHIC), name="roads") is None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_frame_without_crs_is_named(lang):
    with pytest.raises(CrsError) as raised:
        require_crs(series(None), name="roads")
    assert "roads" in raised.value.say(lang)
    assert "EPSG:9218" in raised.value.say(lang)


def test_two_frames_in_one_crs_pass_however_it_is_written():
    assert require_same_crs(series("EPSG:9218"), series(9218), names=("a", "b")) is None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_both_frames_and_both_systems_are_named(lang):
    with pytest.raises(CrsError) as raised:
        require_same_crs(series("EPSG:9218"), series(GEOGRAPHIC), names=("roads", "schools"))
    said = raised.value.say(lang)
    assert all(word in said for word in ("roads", "schools", "EPSG:9218", "EPSG:4326", "WGS 84"))
    assert "to_crs()" in said


@pytest.mark.parametrize(
    ("left", "right", "named"),
    [(None, 9218, "roads"), (9218, None, "schools"), (None, None, "roads")],
)
def test_of_two_frames_the_one_without_crs_is_named(left, right, named):
    with pytest.raises(CrsError) as raised:
        require_same_crs(series(left), series(right), names=("roads", "schools"))
    assert f"'{named}'" in raised.value.say("en")


def test_a_system_without_a_code_is_named_by_its_name():
    own = "+proj=tmerc +lat_0=0 +lon_0=108.5 +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m"
    with pytest.raises(CrsError) as raised:
        require_same_crs(series(own), series(9218), names=("roads", "schools"))
    assert "'roads' is in unknown" in raised.value.say("en")


@pytest.mark.parametrize("code", ["EPSG:9218", "EPSG:32648", "EPSG:3405"])
def test_a_plane_system_in_metres_serves_for_distances(code):
    assert find_crs_problem(code) is None


@pytest.mark.parametrize(
    "code", ["EPSG:4326", "EPSG:2229", "EPSG:4978", "EPSG:5773", "EPSG:999999", "x"]
)
def test_any_other_system_does_not(code):
    problem = find_crs_problem(code)
    assert problem.found.startswith(code)
    assert "EPSG:9218" in problem.todo.vi
