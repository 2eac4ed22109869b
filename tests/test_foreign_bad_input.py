"""Everything that can be wrong with a file of geodata: a clear message, nothing written."""

import json
import os
import random
import sqlite3
import struct
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from shapely import Point, Polygon

from ntm_geo.errors import RecordError
from ntm_geo.foreign import OddReason, dxf, gdal, geojson, open_foreign, staging

VN_2000 = "EPSG:9218"


@pytest.fixture(autouse=True)
def nothing_left(tmp_path, monkeypatch):
    """Whatever happens, the temporary folder is empty and GDAL's settings are as before."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []
    assert pyogrio.get_gdal_config_option("GDAL_HTTP_PROXY") is None


@pytest.fixture
def write(tmp_path):
    def write_layer(name, geometry=None, **options):
        geometry = geometry or [Point(5e5, 1.5e6), Point(6e5, 1.5e6)]
        names = [f"Làng {n}" for n in range(len(geometry))]
        frame = gpd.GeoDataFrame({"ten": names}, geometry=geometry, crs=VN_2000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a driver says while writing is not looked at
            pyogrio.write_dataframe(frame, tmp_path / name, **options)
        return tmp_path / name

    return write_layer


@pytest.fixture
def refused(tmp_path):
    def read(path, match, **options):
        before = {p: p.stat().st_mtime_ns for p in tmp_path.iterdir() if p.is_file()}
        with pytest.raises(RecordError, match=match) as caught:
            open_foreign(path, **options)
        (problem,) = caught.value.problems
        assert problem.file
        assert "ntm-geo-" not in caught.value.say("en")
        assert "Cho phép" in problem.say("vi")
        assert "To do" in problem.say("en")
        assert {p: p.stat().st_mtime_ns for p in tmp_path.iterdir() if p.is_file()} == before
        return problem

    return read


# --- no file, no format ------------------------------------------------------------------------


def test_no_file_a_folder_an_empty_file(tmp_path, refused):
    refused(tmp_path / "x.shp", "no such file")
    refused(tmp_path, "a folder")
    (tmp_path / "a.gpkg").touch()
    refused(tmp_path / "a.gpkg", "empty")


@pytest.mark.parametrize(
    "name", ["/vsicurl/http://192.0.2.1/a.gpkg", "/vsizip/a.zip", "WFS:http://x"]
)
def test_names_that_gdal_would_follow(refused, name):
    refused(Path(name), "no such file")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.gpkg")
    with pytest.raises(RecordError, match="a device"):
        open_foreign(tmp_path / "a.gpkg")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(33, "locked")])
def test_a_file_that_another_program_holds(write, refused, monkeypatch, error):
    path = write("a.gpkg")
    real = Path.open

    def held(self, *args, **kwargs):
        if self.name == "a.gpkg":
            raise error
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", held)
    problem = refused(path, "cannot be opened")
    assert "close the program" in problem.todo.en
    assert "đóng chương trình" in problem.todo.vi


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), ".xls"),
        (b"AC1032" + bytes(90), "DWG"),
        (b"AutoCAD Binary DXF\r\n\x1a\0" + bytes(90), "DXF (binary)"),
        (b"%PDF-1.7\n\x00", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)), "0x0001"),
        (b"SQLite format 3\0" + bytes(100), "0x5351"),
        ("chữ thường".encode(), "0x6368"),
    ],
)
def test_what_is_not_imported_is_called_by_its_name(tmp_path, refused, start, found):
    path = tmp_path / "a.gpkg"
    path.write_bytes(start)
    problem = refused(path, "recognised|not imported")
    assert found in problem.found


@pytest.mark.parametrize("size", [1, 100, 5000])
@pytest.mark.parametrize(
    "ending", [".shp", ".gpkg", ".kml", ".zip", ".dxf", ".xlsx", ".csv", ".tab"]
)
def test_junk(tmp_path, refused, size, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(bytes(random.Random(size).choices(range(256), k=size)) + b"\x00")  # noqa: S311
    refused(path, "recognised")


@pytest.mark.parametrize("ending", [".dbf", ".shx", ".prj"])
def test_a_part_named_instead_of_the_whole(write, refused, ending):
    assert ".shp" in refused(write("a.shp").with_suffix(ending), "only a part").todo.vi


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".geojson", ".kml"])
def test_a_wrong_ending_is_seen_and_told(write, ending):
    options = {"driver": "LIBKML"} if ending == ".kml" else {}
    path = write(f"a{ending}", **options)
    path = path.rename(path.with_name("a.shp"))
    brought = open_foreign(path)
    assert brought.recognition.wrong_ending == ".shp"
    assert "a wrong ending" in brought.notices[0].say("en")
    assert len(brought.attributes) == 2


def test_a_shapefile_by_any_name_finds_its_parts(write):
    path = write("a.shp")
    path = path.rename(path.with_name("A.DAT"))
    assert len(open_foreign(path).features) == 2


# --- what headers claim ------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_its_parts(write, refused, ending):
    path = write("a.shp")
    path.with_suffix(ending).unlink()
    assert refused(path, "parts of the data set are missing").found == ending


@pytest.mark.parametrize(("ending", "needed"), [(".tab", ".map"), (".mif", ".mid")])
def test_a_mapinfo_table_without_its_parts(write, refused, ending, needed):
    path = write(f"a{ending}", driver="MapInfo File")
    path.with_suffix(needed).unlink()
    assert refused(path, "missing").found == needed


def patch(path, at, data):
    content = bytearray(path.read_bytes())
    content[at : at + len(data)] = data
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("ending", "at", "data"),
    [
        (".shp", 24, struct.pack(">i", 2**30)),
        (".shx", 24, struct.pack(">i", 2**30)),
        (".shp", 24, struct.pack(">i", -5)),
        (".dbf", 4, struct.pack("<I", 2**31)),
        (".dbf", 8, struct.pack("<H", 0)),
        (".dbf", 10, struct.pack("<H", 65535)),
    ],
)
def test_a_shapefile_that_claims_gigabytes(write, refused, ending, at, data):
    path = write("a.shp")
    patch(path.with_suffix(ending), at, data)
    refused(path, "cut off or has a false header")


def test_a_shape_beyond_the_end_of_the_file(write, refused):
    path = write("a.shp")
    patch(path.with_suffix(".shx"), 108, struct.pack(">i", 2**30))
    refused(path, "beyond the end")


def test_shapes_and_rows_that_differ_in_number(write, refused):
    path = write("a.shp")
    patch(path.with_suffix(".dbf"), 4, struct.pack("<I", 1))
    refused(path, "differ in number")


def test_a_geopackage_that_is_cut_off(write, refused):
    path = write("a.gpkg")
    path.write_bytes(path.read_bytes()[:-5000])
    refused(path, "cut off")


def test_a_flatgeobuf_that_claims_more(write, refused):
    path = write("a.fgb", SPATIAL_INDEX="NO")
    whole = path.read_bytes()
    at = whole.index((2).to_bytes(8, "little"))
    for claim in (3, 10**5, 2**40, 2**62):
        patch(path, at, claim.to_bytes(8, "little"))
        refused(path, "fewer features|cannot be read|too many")


@pytest.mark.parametrize(
    "ending", [".fgb", ".geojson", ".dxf", ".kml", ".mif", ".gpkg", ".shp", ".tab"]
)
@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_are_read_or_refused(write, ending, seed):
    drivers = {".dxf": "DXF", ".kml": "LIBKML", ".mif": "MapInfo File", ".tab": "MapInfo File"}
    chance = random.Random(seed)  # noqa: S311 (a repeatable damage, no secret)
    if ending == ".dxf":
        path = drawing(write("a.gpkg").with_name("a.dxf"), LINE * 5)
    else:
        path = write(f"a{ending}", **({"driver": drivers[ending]} if ending in drivers else {}))
    parts = [p for p in path.parent.glob("a.*") if p.suffix not in (".gpkg", ".cpg", ".prj")]
    target = path if ending in (".gpkg", ".dxf") else chance.choice(sorted(parts))
    content = bytearray(target.read_bytes())
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    target.write_bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with suppress(RecordError):
            open_foreign(path)


# --- files that point elsewhere, or never end --------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        'Definition Table\n  File "x.png"\n  Type "RASTER"\n',
        'open table "c:\\secret.tab" as s\ncreate view v as\nSelect * from s\n',
        'Definition Table\n Type LINKED Charset "Neutral"\n Fields 1\n a Char (9);\n',
        'Definition Table\n Type NATIVE Charset "Neutral"\n"\\IsSeamless" = "TRUE"\n',
    ],
)
def test_a_tab_that_points_to_other_files(tmp_path, refused, body):
    path = tmp_path / "a.tab"
    path.write_text(f"!table\n!version 300\n!charset Neutral\n{body}")
    refused(path, "no data of its own")


@pytest.mark.parametrize("name", ["a", "gpkg_contents", "gpkg_geometry_columns"])
def test_a_geopackage_with_a_view_that_never_ends(write, refused, name):
    path = write("a.gpkg")
    database = sqlite3.connect(path)
    database.execute("PRAGMA legacy_alter_table=ON")
    database.execute(f"ALTER TABLE {name} RENAME TO old_table")
    endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n AS fid FROM r"
    database.execute(f"CREATE VIEW {name} AS {endless}")
    database.commit()
    database.close()
    refused(path, "a view")


@pytest.mark.parametrize("side", ["-wal", "-journal"])
def test_a_geopackage_that_is_open_elsewhere(write, refused, side):
    path = write("a.gpkg")
    path.with_name(f"a.gpkg{side}").write_bytes(b"x")
    assert "QGIS" in refused(path, "open in another program").todo.vi


def section(name, content):
    return f"0\nSECTION\n2\n{name}\n{content}0\nENDSEC\n"


def drawing(path, entities, blocks=""):
    sections = section("HEADER", "") + section("BLOCKS", blocks) + section("ENTITIES", entities)
    path.write_text(f"{sections}0\nEOF\n", encoding="utf-8")
    return path


def block(name, content):
    return f"0\nBLOCK\n8\n0\n2\n{name}\n70\n0\n10\n0\n20\n0\n30\n0\n{content}0\nENDBLK\n8\n0\n"


def insert(name, grid=""):
    return f"0\nINSERT\n8\n0\n2\n{name}\n10\n0\n20\n0\n30\n0\n{grid}"


LINE = "0\nLINE\n8\n0\n10\n0\n20\n0\n11\n1\n21\n1\n"


@pytest.mark.parametrize(
    ("entities", "blocks"),
    [
        (
            insert("b8"),
            block("b0", LINE)
            + "".join(block(f"b{n}", insert(f"b{n - 1}") * 10) for n in range(1, 9)),
        ),
        (insert("b0", "70\n30000\n71\n30000\n"), block("b0", LINE)),
        (insert("b0"), block("b0", LINE + insert("b0"))),
    ],
)
def test_blocks_that_unfold_without_an_end(tmp_path, refused, entities, blocks):
    refused(drawing(tmp_path / "a.dxf", entities, blocks), "unfold too far")


def test_blocks_that_unfold_a_little_are_drawn(tmp_path):
    path = drawing(
        tmp_path / "a.dxf", insert("b1") * 2, block("b0", LINE) + block("b1", insert("b0"))
    )
    assert len(open_foreign(path).features) >= 2


def test_a_drawing_with_a_broken_pair(tmp_path, refused):
    path = drawing(tmp_path / "a.dxf", "mười\nx\n")
    assert "mười" in refused(path, "drawing is damaged").found.encode("latin-1").decode()


# --- layers ------------------------------------------------------------------------------------


def test_no_layer_an_empty_one_and_several(write, refused, tmp_path):
    path = write("a.gpkg", layer="Xã")
    frame = gpd.GeoDataFrame({"a": []}, geometry=[], crs=VN_2000)
    pyogrio.write_dataframe(frame, path, layer="rỗng", append=True, geometry_type="Point")
    brought = open_foreign(path)
    assert (brought.layer, [layer.count for layer in brought.layers]) == ("Xã", [2, 0])
    refused(path, "the layer is empty", layer="rỗng")
    refused(path, "no such layer", layer="khác")
    write("a.gpkg", layer="Đường", append=True)
    assert refused(path, "several layers").allowed.vi == "Xã (2), Đường (2)"
    assert open_foreign(path, layer="xã").layer == "Xã"
    empty = tmp_path / "e.gpkg"
    pyogrio.write_dataframe(frame, empty, layer="rỗng", geometry_type="Point")
    refused(empty, "the layer is empty")
    database = sqlite3.connect(empty)
    database.executescript("DELETE FROM gpkg_geometry_columns; DELETE FROM gpkg_contents;")
    database.close()
    refused(empty, "no layer")


def test_a_layer_name_with_quotes(write):
    name = "a\"b\\c'd"
    path = write("a.gpkg", layer=name, geometry_type="Unknown")
    assert open_foreign(path).layer == name


def test_too_many_features(write, refused, monkeypatch):
    path = write("a.gpkg")
    monkeypatch.setattr(gdal, "MAX_FEATURES", 1)
    refused(path, "too many features")


def test_a_drawing_or_json_that_is_too_much(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(dxf, "MAX_TAGS", 3)
    refused(drawing(tmp_path / "a.dxf", LINE), "unfold")
    monkeypatch.setattr(geojson, "MAX_BRACKETS", 3)
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [[[[[]]]]]}')
    refused(path, "too large")


def test_parts_together_that_are_too_large(write, refused, monkeypatch):
    path = write("a.shp")
    monkeypatch.setattr(staging, "MAX_BYTES", path.stat().st_size + 10)
    refused(path, "too large")


# --- features ----------------------------------------------------------------------------------


def test_odd_features_are_named_and_keep_their_attributes(write):
    with np.errstate(invalid="ignore"):
        nan, inf = shapely.from_wkt(["LINESTRING (0 0, NaN 1)", "LINESTRING (0 0, Infinity 1)"])
    shapes = [Point(1, 1), None, Point(), nan, inf, Polygon([(0, 0), (1, 0), (1, 1)])]
    brought = open_foreign(write("a.gpkg", shapes, geometry_type="Unknown"))
    assert {odd.feature: odd.reason for odd in brought.odd} == {
        2: OddReason.MISSING,
        3: OddReason.EMPTY,
        4: OddReason.NOT_FINITE,
        5: OddReason.NOT_FINITE,
    }
    assert brought.features["feature"].tolist() == [1, 6]
    assert brought.attributes["ten"].tolist() == [f"Làng {n}" for n in range(6)]
    assert brought.attributes.index.name == "feature"
    said = "\n".join(notice.say("en") for notice in brought.notices)
    assert "Point 1, Polygon 1" in said
    assert "4, 5 (2)" in said


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".fgb", ".geojson"])
def test_heights_are_dropped_and_told(write, ending):
    path = write(
        f"a{ending}",
        [Point(1, 2, 0), Point(1, 2, 7)],
        **({"SPATIAL_INDEX": "NO"} if ending == ".fgb" else {}),
    )
    brought = open_foreign(path)
    assert not shapely.has_z(brought.features.geometry.array).any()
    assert [notice.found for notice in brought.notices] == ["2 (1)"]


def collection(*geometries, properties="{}"):
    features = ", ".join(
        f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}'
        for geometry in geometries
    )
    return f'{{"type": "FeatureCollection", "features": [{features}]}}'


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ("null", OddReason.MISSING),
        ('{"type": "Point", "coordinates": [NaN, 1]}', OddReason.NOT_FINITE),
        ('{"type": "LineString", "coordinates": [[1, 2], [1e999, 1]]}', OddReason.NOT_FINITE),
        ('{"type": "LineString", "coordinates": [[1, 2], [NaN, 1]]}', OddReason.NOT_FINITE),
        ('{"type": "LineString", "coordinates": []}', OddReason.EMPTY),
        ('{"type": "LineString", "coordinates": [[1, 2]]}', OddReason.BROKEN),
        ('{"type": "Point", "coordinates": ["a", "b"]}', OddReason.BROKEN),
        ('{"type": "Point"}', OddReason.BROKEN),
        ('{"type": "Circle", "coordinates": [1, 2]}', OddReason.BROKEN),
        ('"POINT (1 2)"', OddReason.BROKEN),
    ],
)
def test_odd_features_of_a_geojson(tmp_path, geometry, reason):
    path = tmp_path / "a.geojson"
    path.write_text(collection(geometry, '{"type": "Point", "coordinates": [1, 2]}'))
    brought = open_foreign(path)
    assert [(odd.feature, odd.reason) for odd in brought.odd] == [(1, reason)]
    assert brought.features["feature"].tolist() == [2]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("{", "damaged or cut off"),
        ('{"a": ' * 100_000, "damaged or cut off"),
        ('{"type": "Topology", "objects": {}}', "no GeoJSON"),
        ('{"displayFieldName": "", "fields": []}', "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "layer is empty"),
        (collection("null", properties='{"a": 1, "a": 2}'), "stands twice"),
        (collection("null", properties='{"Ten": 1, "TEN": 2}'), "two columns of one name"),
    ],
)
def test_a_geojson_that_cannot_be_taken(tmp_path, refused, content, match):
    path = tmp_path / "a.geojson"
    path.write_text(content)
    refused(path, match)


def test_two_columns_of_one_name_in_a_shapefile(write, refused):
    path = write("a.shp")
    frame = gpd.GeoDataFrame({"ten": ["a"], "tex": ["b"]}, geometry=[Point(1, 1)], crs=VN_2000)
    pyogrio.write_dataframe(frame, path)
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"tex", b"TEN"))
    refused(path, "two columns of one name")


def test_a_very_long_value_is_kept_and_told(tmp_path):
    path = tmp_path / "a.geojson"
    point = '{"type": "Point", "coordinates": [1, 2]}'
    path.write_text(collection(point, properties=json.dumps({"ten": "x" * 100_000})))
    brought = open_foreign(path)
    assert len(brought.attributes["ten"][1]) == 100_000
    assert [(notice.column, notice.found) for notice in brought.notices] == [("ten", "100,000")]
