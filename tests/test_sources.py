"""Geometry that people bring, with everything that can be wrong with it."""

import json
from datetime import date

import pytest
from shapely import LineString

from ntm_geo.crs import FARTHEST_KM
from ntm_geo.errors import RecordError
from ntm_geo.sources import Expected, read_geometry

FILE = "gis/geometry/a.geojson"
EXPECTED = Expected(
    unit_codes={"90001", "90002"},
    asset_layers={"road-a": "roads", "school-b": "schools"},
    seat=(108.5, 13.5),
)
POINT = {"type": "Point", "coordinates": [108.5, 13.5]}
LINE = {"type": "LineString", "coordinates": [[108.5, 13.5], [108.51, 13.51]]}
LINES = {"type": "MultiLineString", "coordinates": [LINE["coordinates"]]}
RING = [[108.5, 13.5], [108.51, 13.5], [108.51, 13.51], [108.5, 13.5]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}
BOW_TIE = [[108.5, 13.5], [108.51, 13.51], [108.51, 13.5], [108.5, 13.51], [108.5, 13.5]]
UNIT = {"asset_id": None, "unit_code": "90001"}


def feature(geometry=LINE, **properties):
    known = {"asset_id": "road-a", "position": "surveyed", "source": "GPS 2023", **properties}
    kept = {name: value for name, value in known.items() if value is not None}
    return {"type": "Feature", "properties": kept, "geometry": geometry}


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def crs(name):
    return {"type": "name", "properties": {"name": name}}


@pytest.fixture
def read(tiny):
    def read_text(content, file=FILE):
        tiny.write(file, content)
        return read_geometry(tiny.root, EXPECTED)

    return read_text


@pytest.fixture
def refused(read):
    """Read a file in which one thing is wrong, and return it."""

    def read_wrong(content):
        geometry, problems = read(content)
        assert (geometry.units, geometry.assets) == (None, None)
        (problem,) = problems
        assert problem.file == FILE
        assert problem.found is not None
        assert "Cho phép" in problem.say("vi")
        assert "To do" in problem.say("en")
        return problem

    return read_wrong


# --- what is read ------------------------------------------------------------------------------


def test_without_geometry_there_are_no_frames(tiny):
    assert read_geometry(tiny.root, EXPECTED) == ((None, None, {}), [])


def test_lines_of_roads_become_a_frame_by_asset(read):
    geometry, problems = read(collection(feature()))
    assert (problems, geometry.units) == ([], None)
    assert geometry.assets.index.tolist() == ["road-a"]
    assert geometry.assets.index.name == "asset_id"
    assert geometry.assets.crs.to_epsg() == 4326
    row = geometry.assets.iloc[0]
    assert (row["position"], row["source"]) == ("surveyed", "GPS 2023")
    assert row["geometry"].equals(LineString(LINE["coordinates"]))


@pytest.mark.parametrize("code", ["90001", 90001, 90001.0])
def test_a_units_code_may_be_a_number_in_qgis(read, code):
    geometry, problems = read(collection(feature(POLYGON, **{**UNIT, "unit_code": code})))
    assert problems == []
    assert geometry.units.index.tolist() == ["90001"]


def test_units_and_assets_may_stand_in_one_file_and_are_sorted(read):
    features = [
        feature(POLYGON, asset_id=None, unit_code="90002"),
        feature(POINT, asset_id="school-b"),
        feature(),
        feature(POLYGON, **UNIT),
    ]
    geometry, problems = read(collection(*features))
    assert problems == []
    assert geometry.units.index.tolist() == ["90001", "90002"]
    assert geometry.assets.index.tolist() == ["road-a", "school-b"]


def test_heights_are_left_out(read):
    high = {"type": "LineString", "coordinates": [[108.5, 13.5, 700], [108.51, 13.51, 710.5]]}
    geometry, problems = read(collection(feature(high)))
    assert problems == []
    assert not geometry.assets.geometry.iloc[0].has_z


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "OGC:CRS84"],
)
def test_longitude_and_latitude_may_be_declared(read, name):
    geometry, problems = read(collection(feature(), crs=crs(name)))
    assert problems == []
    assert geometry.assets.geometry.iloc[0].bounds[0] == 108.5


def test_a_byte_order_mark_does_no_harm(read):
    geometry, problems = read(collection(feature()).encode("utf-8-sig"))
    assert problems == []
    assert len(geometry.assets) == 1


def test_an_empty_collection_is_no_geometry(read):
    assert read(collection()) == ((None, None, {}), [])


def test_a_folder_below_is_read_too(read):
    geometry, problems = read(collection(feature()), file="gis/geometry/2024/roads.geojson")
    assert problems == []
    assert len(geometry.assets) == 1


@pytest.mark.parametrize("shape", [POINT, LINE, LINES])
def test_a_road_may_be_a_line_lines_or_a_point(read, shape):
    assert read(collection(feature(shape)))[1] == []


# --- two features for one thing ----------------------------------------------------------------


@pytest.mark.parametrize("order", [("sketch", "surveyed"), ("surveyed", "sketch")])
def test_the_surveyed_one_wins_whichever_comes_first(read, tiny, order):
    tiny.write("gis/geometry/0.geojson", collection(feature(POINT, position=order[0])))
    geometry, problems = read(collection(feature(LINE, position=order[1])))
    assert problems == []
    assert geometry.assets["position"].tolist() == ["surveyed"]
    expected = "LineString" if order[1] == "surveyed" else "Point"
    assert geometry.assets.geometry.iloc[0].geom_type == expected


def test_digitised_comes_between_the_two(read):
    features = [feature(position=word) for word in ("sketch", "digitised")]
    geometry, problems = read(collection(*features))
    assert (problems, geometry.assets["position"].tolist()) == ([], ["digitised"])


def test_two_of_one_rank_contradict_each_other(read):
    geometry, (problem,) = read(collection(feature(), feature(POINT)))
    assert (problem.file, problem.column) == (FILE, "features[1].asset_id")
    assert problem.found == "road-a"
    assert "features[0]" in problem.what.vi
    assert len(geometry.assets) == 1


# --- what a feature may lack -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        ({"asset_id": "road-x"}, "asset_id", "road-x"),
        ({"asset_id": 5}, "asset_id", "5"),
        ({"asset_id": None}, "unit_code", ""),
        ({"asset_id": None, "unit_code": "90099"}, "unit_code", "90099"),
        ({"position": None}, "position", ""),
        ({"position": "đo đạc"}, "position", "đo đạc"),
        ({"position": True}, "position", "True"),
    ],
)
def test_a_property_that_is_wrong_is_named_with_its_feature(read, changes, column, found):
    good = feature(POINT, asset_id="school-b")
    _, problems = read(collection(good, feature(**changes)))
    problem = problems[0]
    assert (problem.file, problem.column) == (FILE, f"features[1].{column}")
    assert problem.found == found
    assert problem.allowed


@pytest.mark.parametrize("source", [None, "", "  "])
def test_a_feature_without_a_source_is_refused(read, source):
    _, (problem,) = read(collection(feature(source=source)))
    assert problem.column == "features[0].source"
    assert "ai đo" in problem.allowed.vi


@pytest.mark.parametrize("source", ["\u00d0o 2023", "\ud800", "a\x00b"])
def test_a_source_with_unclean_letters_is_refused(read, source):
    _, (problem,) = read(collection(feature(source=source)))
    assert (problem.column, problem.found) == ("features[0].source", source)
    assert problem.say("vi").isprintable()


def test_a_property_may_have_another_type_in_each_feature(read):
    features = [feature(POINT, asset_id="school-b", note=1), feature(note="một", source=2023)]
    geometry, problems = read(collection(*features))
    assert problems == []
    assert geometry.assets["source"].tolist() == ["2023", "GPS 2023"]


def test_ids_of_features_change_no_order(read):
    features = [feature(POINT, asset_id="school-b") | {"id": 7}, feature() | {"id": 3}]
    geometry, problems = read(collection(*features))
    assert problems == []
    assert geometry.assets.geom_type.to_dict() == {"road-a": "LineString", "school-b": "Point"}


def test_everything_that_is_wrong_with_a_feature_is_told_at_once(read):
    _, problems = read(collection({"type": "Feature", "properties": None, "geometry": None}))
    columns = [problem.column.removeprefix("features[0].") for problem in problems]
    assert columns == ["unit_code", "position", "source", "geometry"]


@pytest.mark.parametrize(
    ("geometry", "properties", "found"),
    [
        (POLYGON, {}, "Polygon"),
        (POINT, UNIT, "Point"),
        (LINE, UNIT, "LineString"),
        ({"type": "MultiPoint", "coordinates": [[108.5, 13.5]]}, {}, "MultiPoint"),
        ({"type": "GeometryCollection", "geometries": [LINE]}, {}, "GeometryCollection"),
        (None, {}, "null"),
        ({"type": "LineString", "coordinates": []}, {}, "null"),
        ({"type": "Circle", "coordinates": [108.5, 13.5]}, {}, "Circle"),
        ({"type": "Point", "coordinates": [108.5]}, {}, "[108.5]"),
        ({"type": "Point", "coordinates": ["108.5", "13.5"]}, {}, '["108.5"'),
        ({"type": "LineString", "coordinates": [[108.5, 13.5]]}, {}, "Illegal"),
        ({"type": "LineString", "coordinates": [[108.5, 13.5]] * 2}, {}, "Too few points"),
        ({"type": "Polygon", "coordinates": [RING[:2] + RING[:1]]}, UNIT, "Too few points"),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, UNIT, "Self-intersection"),
    ],
)
def test_a_shape_that_cannot_be_is_named_with_its_reason(refused, geometry, properties, found):
    problem = refused(collection(feature(geometry, **properties)))
    assert problem.column == "features[0].geometry"
    assert problem.found.startswith(found)


@pytest.mark.parametrize(
    "coordinates",
    [
        [13.5, 108.5],
        [500_000, 1_493_000],
        [0, 0],
        [108.5, 13.5 + FARTHEST_KM / 111.0],
        [-108.5, 13.5],
    ],
    ids=["axes swapped", "metres", "null island", "too far", "west"],
)
def test_a_place_far_from_the_district_is_refused(refused, coordinates):
    problem = refused(collection(feature({"type": "Point", "coordinates": coordinates})))
    assert problem.column == "features[0].geometry"
    assert "kinh độ" in problem.say("vi")


def test_a_figure_beyond_all_figures_is_refused(refused):
    text = collection(feature(POINT)).replace("108.5", "1e999")
    assert "Invalid Coordinate" in refused(text).found


def test_one_bad_feature_does_not_hide_the_good_ones(read):
    geometry, problems = read(collection(feature(None), feature(POINT, asset_id="school-b")))
    assert len(problems) == 1
    assert geometry.assets.index.tolist() == ["school-b"]


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("", 1, "1"),
        ('{"type": "FeatureCollection",\n "features": [}', 2, "15"),
        (collection(feature())[:-1], 1, None),
        (collection(feature()) + "}", 1, None),
        ("{'type': 'FeatureCollection'}", 1, "2"),
        ("PK\x03\x04", 1, "1"),
    ],
)
def test_broken_syntax_is_named_with_line_and_column(refused, text, row, column):
    problem = refused(text)
    assert problem.row == row
    assert problem.column == (column or problem.column)
    assert int(problem.column) > 0


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_words_that_json_does_not_have_are_refused(refused, word):
    assert refused(collection(feature(POINT)).replace("13.5", word)).found == word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", "list"), ("5", "int"), ("{}", "None"), ("null", "NoneType"),
        (json.dumps(feature()), "Feature"), (json.dumps(LINE), "LineString"),
        ('{"type": "Topology", "objects": {}, "arcs": []}', "Topology"),
        ('{"type": "FeatureCollection"}', "FeatureCollection"),
        ('{"type": "FeatureCollection", "features": "x"}', "FeatureCollection"),
    ],
)  # fmt: skip
def test_other_json_is_no_feature_collection(refused, text, found):
    problem = refused(text)
    assert problem.found == found
    assert "RFC 7946" in problem.allowed.vi


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, {"type": "feature"}, {"properties": {}}])
def test_an_odd_feature_is_named_and_not_passed_over(refused, odd):
    problem = refused(collection(feature(), odd))
    assert problem.column == "features[1]"
    assert problem.found == json.dumps(odd)


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:EPSG::9218", "EPSG:9218", "EPSG:4756", "EPSG:999999", "EPSG:43260", ""],
)
def test_another_declared_crs_is_refused(refused, name):
    problem = refused(collection(feature(), crs=crs(name)))
    assert problem.found == name
    assert "EPSG:4326" in problem.allowed.vi


@pytest.mark.parametrize("odd", ["EPSG:4326", 4326, {}, {"properties": None}, [1]])
def test_a_crs_that_cannot_be_read_is_refused(refused, odd):
    assert "WGS 84" in refused(collection(feature(), crs=odd)).what.vi


@pytest.mark.parametrize("ending", ["shp", "dbf", "gpkg", "kml", "zip", "xlsx", "geojson.bak"])
def test_another_format_dropped_into_the_folder_is_named(read, ending):
    _, (problem,) = read(b"anything", file=f"gis/geometry/roads.{ending}")
    assert problem.found == f"roads.{ending}"
    assert "QGIS" in problem.todo.vi


@pytest.mark.parametrize("name", [".gitkeep", "README.md", ".DS_Store", "Thumbs.db"])
def test_traces_of_programs_are_no_geometry(read, name):
    assert read(b"\x00", file=f"gis/geometry/{name}") == ((None, None, {}), [])


@pytest.mark.parametrize(
    "data",
    [
        collection(feature(source="TVKT")).replace("TVKT", "Đo").encode("utf-16"),
        b'{"type": "FeatureCollection", "name": "\xa7\xaang", "features": []}',
    ],
    ids=["UTF-16", "TCVN3"],
)
def test_other_encodings_are_refused_with_what_to_do(refused, data):
    problem = refused(data)
    assert problem.row == 1
    assert "UTF-8" in problem.todo.vi


def test_deep_nesting_is_a_problem_and_no_crash(refused):
    assert refused("[" * 100_000).found
    assert refused('{"type": "FeatureCollection", "features": ' + "[" * 900 + "]" * 900 + "}").found


def test_ten_megabytes_of_garbage_are_refused_in_one_line(refused):
    said = refused(bytes(range(32, 127)) * 105_000).say("vi")
    assert len(said) < 500


def test_a_folder_named_like_a_file_is_none(tiny):
    tiny.path("gis/geometry/a.geojson").mkdir(parents=True)
    assert read_geometry(tiny.root, EXPECTED) == ((None, None, {}), [])


# --- units of later days -------------------------------------------------------------------------

CHANGES = """\
date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source
2025-07-01,90001,Đăk Mơ,90003,Đăk Mơ,commune,whole,,,NQ
2025-07-01,90003,Sơn Hà,90003,Đăk Mơ,commune,whole,,,NQ
"""
JULY = date(2025, 7, 1)


@pytest.fixture
def later(tiny):
    """Write units of the plan and of a later day, and open the workspace."""

    def write(*features):
        tiny.write("gis/changes.csv", CHANGES)
        tiny.write("gis/geometry/units-2025-07-01.geojson", collection(*features))
        return tiny.open().geometry

    return write


@pytest.mark.parametrize("day", ["2025-07-01", "2025/07/01", "2025-07-01T00:00:00"])
def test_units_of_a_later_day_stand_apart_from_the_plans(later, day):
    plan = feature(POLYGON, asset_id=None, unit_code="90003")
    new = feature(POLYGON, asset_id=None, unit_code="90003", valid_from=day, source="sau sắp xếp")
    geometry = later(plan, new)
    assert geometry.units.loc["90003", "source"] == "GPS 2023"
    assert list(geometry.later) == [JULY]
    assert geometry.later[JULY].loc["90003", "source"] == "sau sắp xếp"
    assert geometry.later[JULY].index.name == "unit_code"


def test_a_unit_that_no_longer_is_and_a_day_without_a_change_are_refused(later):
    gone = feature(POLYGON, **UNIT, valid_from="2025-07-01")
    never = feature(POLYGON, **UNIT, valid_from="2024-07-01")
    with pytest.raises(RecordError) as caught:
        later(gone, never)
    assert [one.column for one in caught.value.problems] == [
        "features[0].unit_code", "features[1].valid_from",
    ]  # fmt: skip
    assert "2025-07-01" in caught.value.problems[1].allowed.en


def test_a_later_unit_is_drawn_twice_only_within_its_own_day(later):
    same = feature(POLYGON, asset_id=None, unit_code="90003", valid_from="2025-07-01")
    with pytest.raises(RecordError, match="duplicate of"):
        later(same, same)
