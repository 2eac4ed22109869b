"""Files read in a process of their own: what comes back, and what ends there."""

import os
import time

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import Point

from ntm_geo.errors import RecordError
from ntm_geo.foreign import MOST_SECONDS, open_foreign
from ntm_geo.foreign.apart import run_apart


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.tab"])
def test_what_is_read_apart_is_what_is_read_here(tmp_path, name):
    frame = gpd.GeoDataFrame({"ten": ["Sơn Hạ", None]}, geometry=[Point(1, 2), None], crs=9218)
    frame.to_file(tmp_path / name, encoding="UTF-8")
    here = open_foreign(tmp_path / name)
    apart = open_foreign(tmp_path / name, seconds=MOST_SECONDS)
    assert_geodataframe_equal(apart.features, here.features)
    assert apart.attributes.equals(here.attributes)
    for field in ("layer", "layers", "crs", "encoding", "columns", "kinds", "odd", "notices"):
        assert getattr(apart, field) == getattr(here, field)


def test_what_is_wrong_with_a_file_is_said_as_here(tmp_path):
    path = tmp_path / "a.fgb"
    gpd.GeoDataFrame({"ten": ["a"] * 500}, geometry=[Point(1, 2)] * 500, crs=4326).to_file(path)
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(RecordError) as here:
        open_foreign(path)
    with pytest.raises(RecordError) as apart:
        open_foreign(path, seconds=MOST_SECONDS)
    assert apart.value.problems == here.value.problems


@pytest.mark.parametrize(
    ("work", "value", "seconds", "words"),
    [
        (time.sleep, 600, 0.2, "the file was not read within 0 seconds"),
        (os._exit, 7, MOST_SECONDS, "the file broke the program that reads it. Found: «7»"),
        (float, "x", MOST_SECONDS, "Found: «ValueError: could not convert string to float: 'x'»"),
    ],
)
def test_work_that_does_not_end_or_breaks_is_said(tmp_path, work, value, seconds, words):
    with pytest.raises(RecordError) as error:
        run_apart(work, value, file="a.shp", folder=tmp_path, seconds=seconds)
    assert words in error.value.say("en")


def test_a_module_beside_the_user_is_not_taken_for_one_of_the_program(tmp_path, monkeypatch):
    (tmp_path / "fiona.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert run_apart(len, "abc", file="a", folder=tmp_path, seconds=MOST_SECONDS) == 3
