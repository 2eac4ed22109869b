"""Each format that people bring, written small and read back the same."""

import importlib.util
import json
import warnings

import fiona
import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from ntm_geo.errors import RecordError
from ntm_geo.foreign import CrsOrigin, EncodingOrigin, Format, OddReason, open_foreign

VN_2000, WGS_84 = "EPSG:9218", "EPSG:4326"
NAMES = ["Làng Hợp", "Thôn Mười", "Xã Ea Tơ"]
TCVN3 = "X· §¨k T¬, Lµng ¸o"
"""What the bytes of a TCVN3 text look like, each taken for a letter."""


def points(crs, names=NAMES):
    x, y = (510836.713, 1564229.898) if crs == VN_2000 else (108.602185, 14.143931)
    step = 100.0 if crs == VN_2000 else 0.01
    places = [Point(x + i * step, y) for i in range(len(names))]
    return gpd.GeoDataFrame({"ten": names}, geometry=places, crs=crs)


def write(frame, path, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a driver says while writing is not looked at here
        pyogrio.write_dataframe(frame, path, **options)
    return path


def write_dxf(path, *places, code_page=None, layer="0", encoding="latin-1"):
    header = f"9\n$DWGCODEPAGE\n3\n{code_page}\n" if code_page else ""
    body = "".join(f"0\nPOINT\n8\n{layer}\n10\n{x}\n20\n{y}\n30\n0\n" for x, y in places)
    text = f"0\nSECTION\n2\nHEADER\n{header}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{body}"
    path.write_bytes(f"{text}0\nENDSEC\n0\nEOF\n".encode(encoding))
    return path


def by_name(brought, column="ten"):
    """Coordinates by name: some drivers put features in another order."""
    names = brought.attributes.loc[brought.features["feature"], column]
    return dict(zip(names, brought.features.geometry, strict=True))


LAYERED = {
    ".gpkg": ("GPKG", VN_2000, Format.GEOPACKAGE, CrsOrigin.GEOPACKAGE, {}, 1e-9),
    ".shp": ("ESRI Shapefile", VN_2000, Format.SHAPEFILE, CrsOrigin.PRJ, {}, 1e-9),
    ".fgb": ("FlatGeobuf", VN_2000, Format.FLATGEOBUF, CrsOrigin.HEADER, {}, 1e-9),
    ".mif": ("MapInfo File", VN_2000, Format.MIF, CrsOrigin.MAPINFO, {}, 1e-6),
    ".tab": ("MapInfo File", VN_2000, Format.TAB, CrsOrigin.MAPINFO, {}, 0.02),
    ".geojson": ("GeoJSON", WGS_84, Format.GEOJSON, None, {}, 1e-6),
    ".kml": ("LIBKML", WGS_84, Format.KML, CrsOrigin.KML, {}, 1e-9),
}
UTF_8 = {
    ".shp": {"encoding": "UTF-8"},
    ".tab": {"ENCODING": "UTF-8"},
    ".mif": {"ENCODING": "UTF-8"},
}


@pytest.mark.parametrize("ending", LAYERED)
def test_points_with_names_come_back(tmp_path, ending):
    driver, crs, format, origin, options, precision = LAYERED[ending]
    frame = points(crs)
    path = write(frame, tmp_path / f"a{ending}", driver=driver, **options, **UTF_8.get(ending, {}))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    brought = open_foreign(path)
    assert (brought.file, brought.recognition.format) == (path.name, format)
    assert brought.recognition.wrong_ending == ""
    assert origin in (None, brought.crs.origin)
    assert brought.features.crs == brought.crs.wkt
    assert list(brought.features.columns) == ["feature", "geometry"]
    assert brought.kinds == {"Point": 3}
    assert (brought.odd, brought.table) == ((), None)
    assert not brought.encoding.is_raw
    found = by_name(brought)
    assert set(found) == set(NAMES)
    for name, place in zip(frame["ten"], frame.geometry, strict=True):
        assert shapely.distance(found[name], place) <= precision
    (layer,) = [layer for layer in brought.layers if layer.name == brought.layer]
    assert layer.count == 3
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize("ending", [".shp", ".gpkg", ".fgb"])
def test_the_declared_crs_is_named(tmp_path, ending):
    brought = open_foreign(write(points(VN_2000), tmp_path / f"a{ending}"))
    assert brought.crs.authority == VN_2000
    assert "9218" in brought.crs.wkt


def test_a_shapefile_without_prj_has_no_crs(tmp_path):
    path = write(points(VN_2000), tmp_path / "a.shp")
    path.with_suffix(".prj").unlink()
    brought = open_foreign(path)
    assert (brought.crs.wkt, brought.crs.origin) == (None, CrsOrigin.NONE)
    assert brought.features.crs is None
    path.with_suffix(".prj").write_text("hỏng", encoding="utf-8")
    brought = open_foreign(path)
    assert brought.features.crs is None
    assert ".prj" in brought.notices[0].say("vi")


@pytest.mark.parametrize("ending", [".shp", ".tab", ".mif"])
def test_legacy_bytes_come_as_letters_one_for_each(tmp_path, ending):
    every = bytes(range(0x80, 0x100)).decode("latin-1")
    path = tmp_path / f"a{ending}"
    schema = {"geometry": "Point", "properties": {"ten": "str:150"}}
    driver = LAYERED[ending][0]
    with fiona.open(path, "w", driver, schema, crs=VN_2000, encoding="ISO-8859-1") as layer:
        for name in (TCVN3, every):
            place = {"type": "Point", "coordinates": (510836.0, 1564229.0)}
            layer.write({"geometry": place, "properties": {"ten": name}})
    for asked in (None, "tcvn3"):
        brought = open_foreign(path, encoding=asked)
        assert brought.encoding.is_raw
        assert brought.attributes["ten"].tolist() == [TCVN3, every]
    assert (brought.encoding.name, brought.encoding.origin) == ("tcvn3", EncodingOrigin.ASKED)
    with pytest.raises(RecordError, match="no UTF-8"):
        open_foreign(path, encoding="UTF-8")


@pytest.mark.parametrize("charset", ["WindowsLatin1", "WindowsVietnamese", "Neutral"])
def test_the_character_set_of_mapinfo_recodes_nothing(tmp_path, charset):
    path = write(points(VN_2000, ["abcdefgh"]), tmp_path / "a.mif", driver="MapInfo File")
    head = path.read_text("latin-1")
    written = head[head.index('Charset "') : head.index("\n", head.index('Charset "'))]
    path.write_text(head.replace(written, f'Charset "{charset}"'), "latin-1", newline="")
    values = path.with_suffix(".mid")
    values.write_bytes(
        values.read_bytes().replace(b"abcdefgh", b"\x81\x8d\x8f\x90\x9d\xa7\xb8\xff")
    )
    brought = open_foreign(path)
    assert brought.attributes["ten"].tolist() == ["\x81\x8d\x8f\x90\x9d§¸ÿ"]
    assert (brought.encoding.name, brought.encoding.is_raw) == (charset, True)


def test_a_cpg_that_is_wrong_leaves_the_text_raw_and_says_so(tmp_path):
    path = write(points(VN_2000, [TCVN3]), tmp_path / "a.shp", encoding="ISO-8859-1")
    path.with_suffix(".cpg").write_text("UTF-8")
    brought = open_foreign(path)
    assert brought.attributes["ten"].tolist() == [TCVN3]
    assert brought.encoding.is_raw
    assert "no UTF-8" in brought.notices[0].say("en")


def test_utf_8_that_nothing_declares_can_be_asked_for(tmp_path):
    path = write(points(VN_2000), tmp_path / "a.shp", encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    assert open_foreign(path).encoding.is_raw
    brought = open_foreign(path, encoding="utf8")
    assert brought.attributes["ten"].tolist() == NAMES


@pytest.mark.parametrize(
    ("version", "encoding", "is_raw"), [("AC1015", "latin-1", True), ("AC1027", "utf-8", False)]
)
def test_a_drawing_has_no_crs_and_keeps_its_layer_names(tmp_path, version, encoding, is_raw):
    path = write_dxf(tmp_path / "a.dxf", (510836.713, 1564229.898), layer="§\u00ad\u00eang")
    text = path.read_text("latin-1").replace("HEADER\n", f"HEADER\n9\n$ACADVER\n1\n{version}\n")
    path.write_text(text, encoding, newline="")
    brought = open_foreign(path)
    assert (brought.crs.wkt, brought.crs.origin) == (None, CrsOrigin.NONE)
    assert brought.attributes["Layer"].tolist() == ["§\u00ad\u00eang"]
    assert brought.encoding.is_raw is is_raw
    assert brought.features.geometry[0] == Point(510836.713, 1564229.898)
    assert brought.notices == ()


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
{}</gpx>"""
WAYPOINT = '<wpt lat="14.143931" lon="108.602185"><ele>7</ele><name>Cầu Đất</name></wpt>'
TRACK = """<trk><name>Đường 1</name><trkseg><trkpt lat="14.1" lon="108.6"/>
<trkpt lat="14.2" lon="108.6"/></trkseg></trk>"""


def test_a_gpx_gives_its_track_and_not_its_points(tmp_path):
    path = tmp_path / "a.gpx"
    path.write_text(GPX.format(TRACK), encoding="utf-8")
    brought = open_foreign(path)
    assert (brought.layer, brought.kinds) == ("tracks", {"MultiLineString": 1})
    assert (brought.crs.authority, brought.crs.origin) == (WGS_84, CrsOrigin.GPX)
    assert brought.attributes["name"].tolist() == ["Đường 1"]
    assert open_foreign(path, layer="track_points").kinds == {"Point": 2}


def test_a_gpx_with_points_and_tracks_asks_which(tmp_path):
    path = tmp_path / "a.gpx"
    path.write_text(GPX.format(WAYPOINT + TRACK), encoding="utf-8")
    with pytest.raises(RecordError, match=r"waypoints \(1\), tracks \(1\)"):
        open_foreign(path)
    brought = open_foreign(path, layer="waypoints")
    assert brought.features.geometry[0] == Point(108.602185, 14.143931)
    assert brought.attributes["ele"].tolist() == [7.0]
    assert brought.notices == ()


KML = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">{}</kml>'


def placemark(name="Cầu", shape="<Point><coordinates>108.6,14.1,0</coordinates></Point>", data=""):
    extended = f"<ExtendedData>{data}</ExtendedData>" if data else ""
    return f"<Placemark><name>{name}</name>{extended}{shape}</Placemark>"


@pytest.fixture
def kml(tmp_path):
    def read(content, **options):
        path = tmp_path / "a.kml"
        path.write_text(KML.format(content), encoding="utf-8")
        return open_foreign(path, **options)

    return read


def test_every_name_and_value_of_a_kml_is_kept(kml):
    data = '<SchemaData><SimpleData name="Tên xã">Ea Tơ</SimpleData></SchemaData>'
    other = (
        '<Data name="1 số-nhà.(x)"><value>5</value></Data><Data name="Name"><value>B</value></Data>'
    )
    brought = kml(f"<Document>{placemark(data=data)}{placemark('A', data=other)}</Document>")
    assert brought.attributes.to_dict("list") == {
        "name": ["Cầu", "A"],
        "Tên xã": ["Ea Tơ", None],
        "1 số-nhà.(x)": [None, "5"],
        "Name (Data)": [None, "B"],
    }


def test_folders_of_a_kml_are_its_layers(kml):
    inner = f"<Folder><name>B</name>{placemark('b')}</Folder>"
    outer = f"<Folder>{inner}{placemark('a')}<name>A</name></Folder>"
    content = f"<Document><name>D</name>{placemark()}{outer}</Document>"
    with pytest.raises(RecordError, match=r"D \(1\), A/B \(1\), A \(1\)"):
        kml(content)
    assert kml(content, layer="A/B").attributes["name"].tolist() == ["b"]


def line(coordinates, kind="LineString"):
    return f"<{kind}><coordinates>{coordinates}</coordinates></{kind}>"


def ring(side, coordinates):
    return f"<{side}BoundaryIs>{line(coordinates, 'LinearRing')}</{side}BoundaryIs>"


OUTER, INNER = ring("outer", "0,0 9,0 9,9 0,0"), ring("inner", "5,1 8,1 8,4 5,1")
TWO = line("1,2", "Point") + line("3,4", "Point")
GX_TRACK = "<gx:Track><when>x</when><gx:coord>1 2 7</gx:coord><gx:coord>3 4 7</gx:coord></gx:Track>"
KML_SHAPES = {
    line("1,2 3,4,5"): "LINESTRING (1 2, 3 4)",
    line("1, 2\n 3, 4"): "LINESTRING (1 2, 3 4)",
    f"<Polygon>{OUTER}{INNER}</Polygon>": "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 1, 8 4, 5 1))",
    f"<MultiGeometry>{TWO}</MultiGeometry>": "MULTIPOINT ((1 2), (3 4))",
    f"<MultiGeometry>{line('1,2', 'Point')}{line('1,2 3,4')}</MultiGeometry>": (
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))"
    ),
    GX_TRACK: "LINESTRING (1 2, 3 4)",
}


@pytest.mark.parametrize(("shape", "wkt"), KML_SHAPES.items())
def test_shapes_of_a_kml(kml, shape, wkt):
    brought = kml(placemark(shape=shape))
    assert brought.features.geometry[0].normalize() == shapely.from_wkt(wkt).normalize()


@pytest.mark.parametrize(
    "shape",
    [
        line("mười,2", "Point"),
        line("1", "Point"),
        line("1,2"),
        "<Model><Location><longitude>1</longitude></Location></Model>",
        f"<Polygon>{ring('outer', '1,2 3,4')}</Polygon>",
    ],
)
def test_a_broken_shape_of_a_kml_is_named(kml, shape):
    brought = kml(placemark(shape=shape) + placemark("B"))
    assert [(odd.feature, odd.reason) for odd in brought.odd] == [(1, OddReason.BROKEN)]
    assert brought.features["feature"].tolist() == [2]
    assert brought.attributes["name"].tolist() == ["Cầu", "B"]


def test_what_a_kml_links_to_is_told_and_not_fetched(kml):
    link = "<NetworkLink><Link><href>http://192.0.2.1/a.kml</href></Link></NetworkLink>"
    brought = kml(f"<Document>{link}{placemark()}</Document>")
    assert "NetworkLink 1" in brought.notices[0].say("en")
    with pytest.raises(RecordError, match="points to data elsewhere"):
        kml(f"<Document>{link}</Document>")


def test_geojson_keeps_codes_as_they_are_written(tmp_path):
    features = [
        {"id": 7, "properties": {"ma": "007", "so": 1, "a": [1]}, "geometry": None},
        {
            "properties": {"ma": 7, "so": None},
            "geometry": {"type": "Point", "coordinates": [1, 2]},
        },
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    brought = open_foreign(path)
    assert brought.attributes.to_dict("list") == {
        "id": [7, None], "ma": ["007", 7], "so": [1, None], "a": ["[1]", None],
    }  # fmt: skip
    assert [odd.reason for odd in brought.odd] == [OddReason.MISSING]
    assert brought.crs.origin is CrsOrigin.RFC_7946


def test_geojson_in_another_crs_says_so(tmp_path):
    path = write(points(VN_2000), tmp_path / "a.json", driver="GeoJSON")
    brought = open_foreign(path)
    assert (brought.crs.authority, brought.crs.origin) == (VN_2000, CrsOrigin.CRS_MEMBER)
    path.write_text(path.read_text("utf-8").replace("EPSG::9218", "EPSG::0"), encoding="utf-8")
    brought = open_foreign(path)
    assert brought.crs.wkt is None
    assert "EPSG::0" in brought.notices[0].say("vi")


def test_whole_numbers_stay_whole_beside_an_empty_cell(tmp_path):
    frame = points(VN_2000).assign(
        ma=pd.array([23000, None, 1], dtype="Int64"), co=[1.5, np.nan, 2]
    )
    brought = open_foreign(write(frame, tmp_path / "a.gpkg"))
    assert brought.attributes["ma"].tolist() == [23000, None, 1]
    assert [type(value) for value in brought.attributes["ma"]] == [int, type(None), int]
    assert brought.attributes["co"].tolist() == [1.5, None, 2.0]


def test_curves_become_lines_and_are_named(tmp_path):
    import sqlite3
    import struct

    frame = gpd.GeoDataFrame(
        {"n": [1, 2]}, geometry=[LineString([(0, 0), (2, 0)])] * 2, crs=VN_2000
    )
    path = write(frame, tmp_path / "a.gpkg", geometry_type="Unknown", SPATIAL_INDEX="NO")
    arc = struct.pack("<BII6d", 1, 8, 3, 0, 0, 1, 1, 2, 0)
    database = sqlite3.connect(path)
    database.execute(
        "UPDATE a SET geom = ? WHERE fid = 2", (b"GP\0\1" + struct.pack("<i", 9218) + arc,)
    )
    database.commit()
    database.close()
    brought = open_foreign(path)
    assert len(brought.features.geometry[1].coords) > 10
    assert [notice.found for notice in brought.notices] == ["2 (1)"]


def test_geoparquet_comes_back(tmp_path):
    path = tmp_path / "a.parquet"
    points(VN_2000).to_parquet(path)
    brought = open_foreign(path)
    assert brought.attributes["ten"].tolist() == NAMES
    assert brought.crs.authority == VN_2000


def test_without_pyarrow_geoparquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1xxxxPAR1")
    with pytest.raises(RecordError, match="pip install pyarrow"):
        open_foreign(path)


def test_a_million_vertices_come_whole(tmp_path):
    steps = np.linspace(0, 1, 1_000_000)
    line = shapely.linestrings(np.column_stack([500_000 + 1e5 * steps, 1.5e6 + np.sin(steps)]))
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[line], crs=VN_2000)
    for ending in (".gpkg", ".shp"):
        brought = open_foreign(write(frame, tmp_path / f"a{ending}"))
        assert brought.features.geometry[0].equals_exact(line, 0)


TEXT = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạĐẮỆƯ 0123456789.,;'\"-/", min_size=1, max_size=20)
SAFE = TEXT.map(str.strip).filter(bool)
PLACES = st.tuples(st.floats(107.0, 109.0), st.floats(13.0, 15.0))
SHAPES = {
    "Point": PLACES.map(Point),
    "LineString": st.lists(PLACES, min_size=2, max_size=6, unique=True).map(LineString),
    "Polygon": st.lists(PLACES, min_size=3, max_size=3, unique=True)
    .map(Polygon)
    .filter(lambda shape: shape.area > 1e-6),
}


@st.composite
def layers(draw):
    shape = SHAPES[draw(st.sampled_from(sorted(SHAPES)))]
    rows = draw(
        st.lists(st.tuples(SAFE, st.integers(-(2**31), 2**31 - 1), shape), min_size=1, max_size=5)
    )
    names, numbers, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"ten": names, "so": np.array(numbers, dtype="int32")}, geometry=list(shapes), crs=WGS_84
    )


OPTIONS = {
    ".gpkg": {},
    ".shp": {"encoding": "UTF-8"},
    ".fgb": {"SPATIAL_INDEX": "NO"},
    ".mif": {"driver": "MapInfo File", "ENCODING": "UTF-8"},
    ".tab": {"driver": "MapInfo File", "ENCODING": "UTF-8", "BOUNDS": "100,10,115,20"},
    ".geojson": {"COORDINATE_PRECISION": "17"},
    ".kml": {"driver": "LIBKML"},
}
PRECISION = {".tab": 1e-7, ".kml": 1e-9, ".mif": 1e-9, ".geojson": 1e-12}


@pytest.mark.parametrize("ending", OPTIONS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(frame=layers())
def test_any_layer_comes_back_with_its_names_values_and_coordinates(tmp_path, ending, frame):
    for old in tmp_path.iterdir():
        old.unlink()
    brought = open_foreign(write(frame, tmp_path / f"a{ending}", **OPTIONS[ending]))
    assert brought.odd == ()
    assert brought.features["feature"].tolist() == list(range(1, len(frame) + 1))
    assert brought.attributes["ten"].tolist() == frame["ten"].tolist()
    assert [int(n) for n in brought.attributes["so"]] == frame["so"].tolist()
    tolerance = PRECISION.get(ending, 0)
    for found, given_shape in zip(brought.features.geometry, frame.geometry, strict=True):
        assert found.geom_type.removeprefix("Multi") == given_shape.geom_type
        assert shapely.hausdorff_distance(found, given_shape) <= tolerance
