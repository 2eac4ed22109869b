"""The GeoPackage: layers, tables, what each feature carries, and being replaced whole."""

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
        kinds = {kind.removeprefix("Multi") for kind in frame.geom_type.dropna()}
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


_WRITER = """
import itertools, os, sys
from pathlib import Path
import pyogrio
from ntm_geo import layers, open_workspace

workspace = open_workspace(sys.argv[1])
district = workspace.district


def die(owner, name, when, call=1):
    function, calls = getattr(owner, name), itertools.count(1)

    def dying(*args, **options):
        dies = next(calls) == call
        if dies and when == "before":
            os._exit(9)
        result = function(*args, **options)
        if dies:
            os._exit(9)
        return result

    setattr(owner, name, dying)


def write():
    layers.write_layers(district, Path(sys.argv[2]), record=workspace.record)
"""
_OLD = b"what an earlier build has made"


@pytest.mark.parametrize(
    ("place", "replaced"),
    [
        ("pyogrio, 'write_dataframe', 'after'", False),
        ("pyogrio, 'write_dataframe', 'after', 8", False),
        ("layers, '_check_written', 'before'", False),
        ("layers, '_check_written', 'after'", False),
        ("Path, 'replace', 'before'", False),
        ("Path, 'replace', 'after'", True),
    ],
)
def test_a_writer_that_dies_leaves_a_whole_file(kbang, written, tmp_path, place, replaced):
    path = tmp_path / "kbang.gpkg"
    path.write_bytes(_OLD)
    script = f"{_WRITER}\ndie({place})\nwrite()"
    done = subprocess.run([sys.executable, "-c", script, str(kbang), str(path)], check=False)
    assert done.returncode == 9
    assert path.read_bytes() == (written.read_bytes() if replaced else _OLD)


def test_a_kill_at_any_moment_leaves_a_whole_file(kbang, written, tmp_path):
    path = tmp_path / "kbang.gpkg"
    path.write_bytes(_OLD)
    script = f"{_WRITER}\nprint('ready', flush=True)\nwhile True:\n    write()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(kbang), str(path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(0.25)
        process.kill()
    assert path.read_bytes() in (_OLD, written.read_bytes())
