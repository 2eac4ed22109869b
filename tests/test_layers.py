"""The GeoPackage: layers, tables, what each feature carries, and being replaced whole."""

import signal
import sqlite3
import subprocess
import sys
import time

import fiona
import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ntm_geo import OutputError, open_workspace
from ntm_geo.layers import layer_frames, write_layers

LAYERS = {
    "units", "roads", "irrigation", "schools", "health_stations", "villages", "culture", "markets",
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace(kbang):
    return open_workspace(kbang)


@pytest.fixture(scope="module")
def written(workspace, tmp_path_factory):
    path = tmp_path_factory.mktemp("layers") / "kbang.gpkg"
    return write_layers(workspace.district, path, record=workspace.record)


def test_the_agreed_layers_are_there_in_the_working_crs(written):
    names = set(fiona.listlayers(written))
    assert names >= LAYERS
    for name in LAYERS:
        with fiona.open(written, layer=name) as layer:
            assert layer.crs.to_epsg() == 9218
            assert len(layer) > 0


def test_each_layer_has_one_kind_of_geometry(workspace):
    for name, frame in layer_frames(workspace.district).items():
        kinds = {kind.removeprefix("Multi") for kind in frame.geom_type}
        assert len(kinds) <= 1, name


def test_no_asset_is_lost_between_the_layers(workspace):
    frames = layer_frames(workspace.district)
    ids = [i for name, frame in frames.items() if name != "units" for i in frame["asset_id"]]
    assert sorted(ids) == sorted(workspace.district.assets["asset_id"])


@pytest.mark.parametrize("name", sorted(LAYERS - {"units"}))
def test_each_feature_carries_what_a_reader_asks_for(written, name):
    columns = set(gpd.read_file(written, layer=name).columns)
    assert columns >= {
        "unit_code", "unit_name", "criterion", "status", "quantity", "office", "clause", "position",
    }  # fmt: skip


def test_status_and_works_are_tables(written, workspace):
    works = gpd.read_file(written, layer="works")
    assert isinstance(works, pd.DataFrame)
    assert len(works) == len(workspace.record.works)
    assert works["status_vi"].unique().tolist() == ["chưa bắt đầu"]
    criteria = gpd.read_file(written, layer="criteria")
    assert len(criteria) == len(workspace.district.criteria)


def test_coordinates_come_back_as_they_were(written, workspace):
    back = gpd.read_file(written, layer="units").to_crs(4326)
    there = workspace.district.units.geometry.to_numpy()
    moved_degrees = shapely.hausdorff_distance(back.geometry.to_numpy(), there)
    assert moved_degrees.max() < 1e-8


def test_the_same_record_gives_the_same_file(workspace, written, tmp_path):
    again = write_layers(workspace.district, tmp_path / "again.gpkg", record=workspace.record)
    assert again.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("suffix", ["-wal", "-journal", "-shm"])
def test_a_file_that_qgis_edits_is_left_alone(workspace, tmp_path, suffix):
    path = tmp_path / "kbang.gpkg"
    path.write_bytes(b"old")
    (tmp_path / f"kbang.gpkg{suffix}").write_bytes(b"x")
    with pytest.raises(OutputError, match="close QGIS"):
        write_layers(workspace.district, path, record=workspace.record)
    assert path.read_bytes() == b"old"


_BUILD = """
import sys
from pathlib import Path
from ntm_geo import open_workspace
from ntm_geo.layers import write_layers
workspace = open_workspace(sys.argv[1])
district = workspace.district
print("ready", flush=True)
while True:
    write_layers(district, Path(sys.argv[2]), record=workspace.record)
"""


@pytest.mark.parametrize("delay_s", [0.02, 0.1, 0.25, 0.4])
def test_a_kill_at_any_moment_leaves_a_whole_file(kbang, written, tmp_path, delay_s):
    path = tmp_path / "kbang.gpkg"
    path.write_bytes(written.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(kbang), str(path)], stdout=subprocess.PIPE
    )
    assert process.stdout.readline().strip() == b"ready"
    time.sleep(delay_s)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM units").fetchone() == (14,)
    finally:
        connection.close()
