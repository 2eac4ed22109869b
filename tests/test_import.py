"""`ntm-geo import`: boundaries from every kind of file, and everything that is not clear."""

import json
import math
import re
import shutil
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from ntm_geo.crs_candidates import Extent
from ntm_geo.legacy import encode_tcvn3, encode_vni
from ntm_geo.sources import read_standing
from ntm_geo.taking import place_in_district
from ntm_geo.workspace.importing import Said, plan_import, write_import
from ntm_geo.workspace.other_crs import ask_crs

CENTRES = {
    "90001": ("Đăk Mơ", 108.4769, 13.5226), "90002": ("Sơn Hạ", 108.5231, 13.5226),
    "90003": ("Sơn Hà", 108.4769, 13.4774), "90010": ("Thị trấn Ea Tơ", 108.5231, 13.4774),
}  # fmt: skip
UNITS = "gis/geometry/units.geojson"


@pytest.fixture
def frame():
    """Give the tiny district's units as squares of 25 km², in longitude and latitude."""
    half_lat = 2.5 / 110.6
    half_lon = 2.5 / (111.3 * math.cos(math.radians(13.5)))
    return gpd.GeoDataFrame(
        {"ten": [name for name, _, _ in CENTRES.values()], "ghi chú": "bản đồ 2022"},
        geometry=[
            box(x - half_lon, y - half_lat, x + half_lon, y + half_lat)
            for _, x, y in CENTRES.values()
        ],
        crs=4326,
    )


def taken(workspace):
    """Return the geometry by unit that the record holds now."""
    features = json.loads(workspace.read(UNITS))["features"]
    return {
        one["properties"]["unit_code"]: shapely.geometry.shape(one["geometry"]) for one in features
    }


def require_all_units(workspace, frame, within_m=1.0):
    found = gpd.GeoSeries(taken(workspace), crs=4326).to_crs(9218)
    wanted = gpd.GeoSeries(frame.geometry.to_numpy(), index=list(CENTRES), crs=4326).to_crs(9218)
    assert sorted(found.index) == sorted(wanted.index)
    for code, shape in found.items():
        assert shape.hausdorff_distance(wanted[code]) < within_m
    assert workspace.reading().problems == []
    workspace.open()


def write_legacy(frame, path, encode):
    """Write a shapefile in 9218 whose names are in an old encoding, and nothing says so."""
    old = frame.to_crs(9218)
    old["ten"] = [encode(name) for name in old["ten"]]
    old.rename(columns={"ghi chú": "ghi"}).drop(columns="ghi").to_file(path, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink(missing_ok=True)


def write(frame, path, kind):
    if kind in ("tcvn3", "vni"):
        write_legacy(frame, path, encode_tcvn3 if kind == "tcvn3" else encode_vni)
    elif kind == "tab":
        frame.drop(columns="ghi chú").to_crs(9218).to_file(path, driver="MapInfo File")
    elif kind == "swapped":
        pairs = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
        frame.set_geometry(gpd.GeoSeries(pairs, crs=4326)).to_file(path, driver="GeoJSON")
    elif kind == "no prj":
        frame.drop(columns="ghi chú").to_crs(9218).to_file(path)
        path.with_suffix(".prj").unlink()
    elif kind == "dxf":
        lines = frame.to_crs(9218).boundary
        gpd.GeoDataFrame({"Layer": "0"}, index=lines.index, geometry=lines).to_file(
            path, driver="DXF"
        )
    elif kind == "kml":
        frame.rename(columns={"ten": "Name"}).to_file(path, driver="KML")
    else:
        frame.to_crs(9218).to_file(path)
    return path


FILES = {
    "tcvn3": "u.shp", "vni": "u.shp", "tab": "u.tab", "swapped": "u.geojson", "no prj": "u.shp",
    "dxf": "u.dxf", "kml": "u.kml", "gpkg": "u.gpkg",
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")  # of the formats that this test writes
@pytest.mark.parametrize("kind", FILES)
def test_the_same_map_comes_in_from_every_kind_of_file(tiny, run_main, tmp_path, frame, kind):
    folder = tmp_path / "brought"
    folder.mkdir()
    path = write(frame, folder / FILES[kind], kind)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    assert out.stdout.endswith(f"Wrote {UNITS}\nTo undo this: ntm-geo undo 1\n")
    require_all_units(tiny, frame)


def _run_together(name):
    """Leave blanks out, as old files do; a kind that runs into the name is asked about."""
    kind = "Thị trấn " if name.startswith("Thị trấn ") else ""
    return kind + name.removeprefix(kind).replace(" ", "")


SPELLINGS = st.sampled_from([str, _run_together, lambda name: f" {name}  "])
WAVES = st.tuples(*[st.floats(-0.0015, 0.0015)] * 2, *[st.floats(0, 6)] * 2)
"""How far, in degrees, and where boundaries wind."""


@pytest.mark.filterwarnings("ignore")  # of the formats that this test writes
@pytest.mark.parametrize("kind", FILES)
@given(spell=SPELLINGS, waves=WAVES)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_names_and_coordinates_come_back_from_any_file(tiny, tmp_path, frame, kind, spell, waves):  # noqa: PLR0913, PLR0917 (fixtures and draws)
    """Whatever the course of boundaries and the blanks in names, no file loses anything."""
    east, north, start, phase = waves
    # Neighbours share their sides: a gap would be given to one of them.
    sides = shapely.transform(frame.geometry.to_numpy(), lambda xy: np.round(xy, 4))
    shapes = shapely.segmentize(sides, 0.01)
    winding = shapely.transform(
        shapes,
        lambda xy: xy
        + np.column_stack([
            east * np.sin(120 * xy[:, 1] + start), north * np.sin(120 * xy[:, 0] + phase)
        ]),
    )  # fmt: skip
    units = frame.assign(ten=[spell(name) for name in frame["ten"]]).set_geometry(
        gpd.GeoSeries(winding, crs=4326)
    )
    for folder in (tmp_path / "brought", tiny.path("gis/geometry")):
        shutil.rmtree(folder, ignore_errors=True)
    (tmp_path / "brought").mkdir()
    path = write(units, tmp_path / "brought" / FILES[kind], kind)
    workspace = tiny.open()
    plan = plan_import(workspace, path, said=Said(), today=date(2023, 5, 1))
    assert plan.questions == ()
    write_import(workspace, plan)
    require_all_units(tiny, units)


def brought(frame, tmp_path, **columns):
    path = tmp_path / "brought.geojson"
    frame.assign(**columns).to_file(path, driver="GeoJSON")
    return path


def test_a_zipped_shapefile_comes_in(tiny, run_main, tmp_path, frame):
    folder = tmp_path / "brought"
    folder.mkdir()
    frame.drop(columns="ghi chú").to_file(folder / "u.shp")
    archive = shutil.make_archive(str(tmp_path / "u"), "zip", folder)
    assert run_main(["import", archive], tiny.root).code == 0
    require_all_units(tiny, frame)


def test_a_dry_run_shows_everything_and_writes_nothing(tiny, run_main, tmp_path, frame):
    out = run_main(
        ["import", str(brought(frame, tmp_path)), "--dry-run", "--lang", "en"], tiny.root
    )
    assert out.code == 0
    lines = [" ".join(line.split()) for line in out.stdout.splitlines()]
    agree, twin = "certain, name, size and place agree", "size and place fit one of them only"
    assert lines[3:8] == [
        "Column column 'ten': 4 of 4 names found, 4 with their tones",
        f"Is 1: «Đăk Mơ» → Đăk Mơ (90001): {agree}",
        ("Is 2: «Sơn Hạ» → Sơn Hạ (90002): likely, the name can be xã Sơn Hạ (90002), "
        f"xã Sơn Hà (90003); {twin}"),
        ("Is 3: «Sơn Hà» → Sơn Hà (90003): likely, the name can be xã Sơn Hà (90003), "
        f"xã Sơn Hạ (90002); {twin}"),
        f"Is 4: «Thị trấn Ea Tơ» → Ea Tơ (90010): {agree}",
    ]  # fmt: skip
    assert [line for line in lines if line.startswith("Area Đăk Mơ")] == [
        "Area Đăk Mơ: 25 km² officially, 25.01 km² on the map (+0.04 %)"
    ]
    assert lines[-1] == "Nothing was written (--dry-run)."
    assert not tiny.path("gis/geometry/units.geojson").exists()


def require_question(tiny, outcome, words):
    assert outcome.code == 1
    assert words in outcome.stderr
    assert not tiny.path(UNITS).exists()


def test_an_ambiguous_name_is_put_as_a_question(tiny, run_main, tmp_path, frame):
    far = frame.geometry.iloc[1].centroid.buffer(0.002)
    shapes = gpd.GeoSeries([frame.geometry.iloc[0], far, *frame.geometry.iloc[2:]], crs=4326)
    path = brought(frame.set_geometry(shapes), tmp_path, ten=["Đăk Mơ", "Son Ha", "x", "Ea Tơ"])
    command = ["import", str(path), "--lang", "en"]
    out = run_main(command, tiny.root)
    require_question(tiny, out, "feature 2: the name 'Son Ha' can be xã Sơn Hạ (90002), xã Sơn Hà")
    assert "answer with --link 2=…, or leave it out with --leave-out 2" in out.stderr
    # What lies where a unit does and is called something else is asked about, too.
    assert "feature 3: no unit is called 'x'; is it xã Sơn Hà (90003)?" in out.stderr
    answered = run_main([*command, "--link", "3=sơn hà", "--leave-out", "2"], tiny.root)
    assert answered.code == 0, answered.stderr
    assert "Is                  3: «x» → Sơn Hà (90003): certain, as told" in answered.stdout
    assert "Not linked          2: «Son Ha»: left out as told" in answered.stdout
    assert sorted(taken(tiny)) == ["90001", "90003", "90010"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (["--link", "9=90001"], "no feature in the district has this number"),
        (["--leave-out", "9"], "no feature in the district has this number"),
        (["--link", "1=77777"], "nothing has this name"),
        (["--link", "1=son ha"], "this name fits more than one thing"),
        (["--link", "90001"], "an answer that cannot be read"),
        (["--link", "1="], "an answer that cannot be read"),
        (["--link", "1=90001", "--link", "1=90002"], "one feature with two answers"),
        (["--link", "1=90002"], "2 features (1, 2) are all xã Sơn Hạ (90002)"),
        (["--on", "2020-01-01"], "a day before the plan"),
    ],
)
def test_an_answer_to_nothing_is_refused(tiny, run_main, tmp_path, frame, answers, words):  # noqa: PLR0913, PLR0917 (fixtures)
    command = ["import", str(brought(frame, tmp_path)), "--lang", "en", *answers]
    out = run_main(command, tiny.root)
    assert out.code in (1, 2)
    assert words in out.stderr
    assert not tiny.path(UNITS).exists()


def test_what_names_no_unit_is_listed_and_the_rest_comes_in(tiny, run_main, tmp_path, frame):
    beside = frame.geometry.iloc[2].buffer(-0.01)
    shapes = [*frame.geometry.iloc[:2], beside, frame.geometry.iloc[3]]
    frame = frame.set_geometry(gpd.GeoSeries(shapes, crs=4326))
    path = brought(frame, tmp_path, ten=["Đăk Mơ", "Sơn Hạ", "Xã bên cạnh", "Ea Tơ"])
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Not linked          3: «Xã bên cạnh»" in out.stdout
    assert "Not in the file     Sơn Hà" in out.stdout
    assert sorted(taken(tiny)) == ["90001", "90002", "90010"]


def test_a_file_of_another_district_is_put_as_a_question(tiny, run_main, tmp_path, frame):
    beside = frame.set_geometry(frame.geometry.scale(0.3, 0.3).translate(0.015, 0.015))
    path = brought(beside, tmp_path, ten=["A", "B", "C", "D"])
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    require_question(tiny, out, "no feature is surely of the record")


def test_of_a_whole_province_only_the_district_is_taken(tiny, run_main, tmp_path, frame):
    others = [frame.set_geometry(frame.geometry.translate(k, 0)) for k in (1, 2, 3)]
    whole = pd.concat([frame, *others], ignore_index=True)
    path = brought(whole, tmp_path)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    require_question(tiny, out, "if the file reaches beyond the district, run it again with --crs")
    out = run_main(["import", str(path), "--crs", "EPSG:4326", "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Outside             12 features are left out" in out.stdout
    require_all_units(tiny, frame)


def test_two_features_of_one_unit_are_put_as_a_question(tiny, run_main, tmp_path, frame):
    path = brought(frame, tmp_path, ten=["Đăk Mơ", "đăk mơ", "Sơn Hà", "Ea Tơ"])
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    require_question(tiny, out, "feature 2: the name is that of xã Đăk Mơ (90001)")


def test_parts_of_a_unit_are_one_where_somebody_says_so(tiny, run_main, tmp_path, frame):
    west, south, east, north = frame.geometry.iloc[0].bounds
    middle = (west + east) / 2
    parts = [box(west, south, middle, north), box(middle, south, east, north)]
    names = ["Đăk Mơ", *frame["ten"]]
    split = gpd.GeoDataFrame(
        {"ten": names}, geometry=[*parts, *frame.geometry.iloc[1:]], crs=frame.crs
    )
    command = ["import", str(brought(split, tmp_path)), "--lang", "en"]
    out = run_main(command, tiny.root)
    require_question(tiny, out, "feature 2: the name is that of xã Đăk Mơ (90001), but size or")
    out = run_main([*command, "--link", "1=90001", "--link", "2=90001"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    require_all_units(tiny, frame)


def test_two_features_that_are_one_unit_by_all_evidence_are_a_question(
    tiny, run_main, tmp_path, frame
):
    twice = pd.concat([frame, frame.iloc[:1]], ignore_index=True)
    command = ["import", str(brought(twice, tmp_path)), "--lang", "en"]
    out = run_main(command, tiny.root)
    require_question(tiny, out, "2 features (1, 5) are all xã Đăk Mơ (90001): which one is to be")
    assert "leave out the others, such as --leave-out 5" in out.stderr
    assert run_main([*command, "--leave-out", "5"], tiny.root).code == 0
    require_all_units(tiny, frame)


def test_coordinates_that_fit_no_system_are_put_as_a_question(tiny, run_main, tmp_path, frame):
    moved = frame.set_geometry(frame.geometry.translate(-30, 20))
    out = run_main(["import", str(brought(moved, tmp_path)), "--lang", "en"], tiny.root)
    require_question(tiny, out, "no CRS puts it in the district")


def test_a_column_that_is_not_there_is_refused(tiny, run_main, tmp_path, frame):
    out = run_main(
        ["import", str(brought(frame, tmp_path)), "--match", "geometry", "--lang", "en"],
        tiny.root,
    )
    require_question(tiny, out, "the file has no such column")
    assert "ten, ghi chú" in out.stderr


def test_a_file_without_areas_is_refused(tiny, run_main, tmp_path, frame):
    points = frame.set_geometry(frame.to_crs(9218).centroid.to_crs(4326))
    out = run_main(["import", str(brought(points, tmp_path)), "--lang", "en"], tiny.root)
    assert out.code == 2
    assert "the file holds no areas, so these are no boundaries of communes" in out.stderr
    assert "Found: «Point 4». Allowed: --layer: roads, irrigation, schools," in out.stderr
    assert out.stderr.endswith("To do: say what the file holds, such as --layer schools.\n")


def test_units_of_a_later_day_are_told_from_those_of_the_plan(tiny, run_main, tmp_path, frame):
    tiny.write(
        "gis/changes.csv",
        "date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source\n"
        "2025-07-01,90001,Đăk Mơ,90001,Đăk Mơ,commune,whole,,,NQ\n"
        "2025-07-01,90003,Sơn Hà,90001,Đăk Mơ,commune,whole,,,NQ\n"
        "2025-07-01,90002,Sơn Hạ,90002,Sơn Hạ,commune,whole,,,NQ\n"
        "2025-07-01,90010,Ea Tơ,90002,Sơn Hạ,commune,whole,,,NQ\n",
    )
    west, east = (frame.geometry.iloc[[0, 2]].union_all(), frame.geometry.iloc[[1, 3]].union_all())
    later = gpd.GeoDataFrame({"ten": ["Đăk Mơ", "Sơn Hạ"]}, geometry=[west, east], crs=4326)
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    before = tiny.read(UNITS)
    out = run_main(["import", str(brought(later, tmp_path)), "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    assert "Validity            these are the units since 1 July 2025: 2/2 features" in out.stdout
    assert "Area                Đăk Mơ: 50 km² officially, 50.03 km² on the map" in out.stdout
    assert "\nWrote gis/geometry/units-2025-07-01.geojson\n" in out.stdout
    assert tiny.read(UNITS) == before
    units = tiny.open().geometry.later[date(2025, 7, 1)]
    assert units.index.tolist() == ["90001", "90002"]
    assert units.geometry["90001"].equals_exact(west.normalize(), 1e-3, normalize=True)
    checked = run_main(["check", "--lang", "en"], tiny.root)
    assert "geometry of units 4, geometry of assets 0, geometry of units since 2025-07-01 2" in (
        checked.stdout
    )
    # Told that they are the plan's, they are asked about one by one.
    out = run_main(
        ["import", str(brought(later, tmp_path)), "--on", "2023-02-01", "--lang", "en"], tiny.root
    )
    assert out.code == 1
    assert "feature 1: the name is that of xã Đăk Mơ (90001), but size or place do not fit" in (
        out.stderr
    )


def test_a_ring_that_crosses_itself_is_mended_and_told(tiny, run_main, tmp_path, frame):
    shape = frame.geometry.iloc[0]
    west, south, east, north = shape.bounds
    notch = 1e-4
    ring = [
        (west, south), (east, south), (east, north), (west + notch, north),
        (west - notch, north - notch), (west + notch, north - notch), (west, north),
    ]  # fmt: skip
    broken = shapely.Polygon(ring)
    assert not broken.is_valid
    shapes = [broken, *frame.geometry.iloc[1:]]
    path = brought(frame.set_geometry(gpd.GeoSeries(shapes, crs=4326)), tmp_path)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Mended              Đăk Mơ: a ring crosses or touches itself at 108.45" in out.stdout
    require_all_units(tiny, frame, within_m=60)


def test_what_is_imported_twice_is_written_once(tiny, run_main, tmp_path, frame):
    path = brought(frame, tmp_path)
    run_main(["import", str(path)], tiny.root)
    before = tiny.read(UNITS)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert out.stdout.endswith("There is nothing new to write.\n")
    assert tiny.read(UNITS) == before


def test_what_is_replaced_goes_to_the_history(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    smaller = frame.set_geometry(frame.geometry.scale(0.99, 0.99)).iloc[:1]
    out = run_main(["import", str(brought(smaller, tmp_path))], tiny.root)
    assert out.code == 0
    standing = read_standing(tiny.root)
    assert sorted(one.key for one in standing if not one.is_history) == sorted(CENTRES)
    (old,) = [one for one in standing if one.is_history]
    assert old.key == "90001"


HISTORY = "gis/geometry/history"


def facts_of(code, workspace):
    """Return what the record says of a unit's boundary."""
    features = json.loads(workspace.read(UNITS))["features"]
    facts = [one["properties"] for one in features]
    return next(one for one in facts if one["unit_code"] == code)


def test_what_comes_back_from_the_history_is_known_as_before(tiny, run_main, tmp_path, frame):
    """Also where --position says otherwise of a place, it is still from where it was."""
    path = brought(frame, tmp_path)
    run_main(["import", str(path), "--position", "surveyed"], tiny.root)
    before, shape = facts_of("90001", tiny), taken(tiny)["90001"]
    smaller = frame.set_geometry(frame.geometry.scale(0.99, 0.99)).iloc[:1]
    command = ["import", str(brought(smaller, tmp_path)), "--replace-surveyed"]
    run_main(command, tiny.root)
    (history,) = tiny.path(HISTORY).iterdir()
    kept = shutil.copy(history, tmp_path / "giu lai.geojson")
    # It is surveyed again, so that nobody has to say that it may replace what was drawn.
    out = run_main(["import", str(kept), "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    assert "Source              1 features are the record's own: they keep" in out.stdout
    assert facts_of("90001", tiny) == before
    assert taken(tiny)["90001"].equals(shape)
    run_main(["import", str(kept), "--position", "digitised", "--replace-surveyed"], tiny.root)
    assert facts_of("90001", tiny) == before | {"position": "digitised"}


@pytest.mark.parametrize(
    "facts",
    [
        {"unit_code": "90002"},  # it says to be another unit than it is
        {"position": "measured"},
        {"source": " "},
        {"source": "=cmd()\u202e", "position": "đo đạc"},
    ],
)
def test_only_what_speaks_as_the_record_does_is_believed(tiny, run_main, tmp_path, frame, facts):
    said = {"unit_code": "90001", "position": "surveyed", "source": "Sở TNMT"} | facts
    path = brought(frame.iloc[:1], tmp_path, **said)
    out = run_main(["import", str(path), "--link", "1=90001"], tiny.root)
    assert out.code == 0, out.stderr
    (unit,) = json.loads(tiny.read(UNITS))["features"]
    assert unit["properties"] == {
        "unit_code": "90001", "position": "digitised", "source": "brought.geojson, GeoJSON",
    }  # fmt: skip


def test_a_file_that_cannot_be_read_changes_nothing(tiny, run_main, tmp_path):
    path = tmp_path / "junk.shp"
    path.write_bytes(b"\x00\x01 no shapefile")
    before = pd.Series({p: p.read_bytes() for p in tiny.root.rglob("*") if p.is_file()})
    out = run_main(["import", str(path)], tiny.root)
    assert out.code == 1
    assert before.equals(
        pd.Series({p: p.read_bytes() for p in tiny.root.rglob("*") if p.is_file()})
    )


# --- what stands on the ground -------------------------------------------------------------------


def assets(workspace, layer):
    features = json.loads(workspace.read(f"gis/geometry/{layer}.geojson"))["features"]
    return {one["properties"]["asset_id"]: one for one in features}


def write_csv(tmp_path, text):
    path = tmp_path / "diem.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "Tên;Kinh độ;Vĩ độ\nTrường B;108,5231;13,5226\n",
        'Tên,Toạ độ\nTruong B,"13°31\'21.36""N 108°31\'23.16""E"\n',
        "Tên,X (m),Y (m)\nTRƯỜNG B,1495491.84,502305.68\n",
    ],
)
def test_points_of_a_table_come_in_however_they_are_typed(tiny, run_main, tmp_path, text):
    path = write_csv(tmp_path, text)
    command = ["import", str(path), "--layer", "schools", "--crs"]
    crs = "EPSG:9218" if "X (m)" in text else "EPSG:4326"
    out = run_main([*command, crs, "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    (school,) = assets(tiny, "schools").values()
    assert school["properties"] == {
        "asset_id": "school-b", "position": "digitised", "source": "diem.csv, CSV",
    }  # fmt: skip
    assert school["geometry"]["coordinates"] == pytest.approx([108.5231, 13.5226], abs=2e-4)
    tiny.open()


@pytest.mark.parametrize(
    ("times", "position"),
    [
        (("<time>2023-06-01T01:00:00Z</time>",) * 2, "surveyed"),
        # As programs write what somebody drew; a time of the file is none of its points.
        (("", ""), "digitised"),
        (("<time>2023-06-01T01:00:00Z</time>", ""), "digitised"),
    ],
)
def test_a_line_comes_in_by_its_id_and_a_track_with_times_is_surveyed(
    tiny, run_main, tmp_path, times, position
):
    path = tmp_path / "di-do.gpx"
    path.write_text(
        '<?xml version="1.0"?><gpx version="1.1" creator="x" '
        'xmlns="http://www.topografix.com/GPX/1/1"><metadata><time>2023-06-01T01:00:00Z</time>'
        "</metadata><trk><name>road-a</name><trkseg>"
        f'<trkpt lat="13.52" lon="108.47">{times[0]}</trkpt>'
        f'<trkpt lat="13.525" lon="108.48">{times[1]}</trkpt></trkseg></trk></gpx>',
        encoding="utf-8",
    )
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    out = run_main(command, tiny.root)
    assert (out.code, out.stderr) == (0, "")
    assert ("--position surveyed" in out.stdout) == (position == "digitised")
    (road,) = assets(tiny, "roads").values()
    assert road["properties"]["asset_id"] == "road-a"
    assert road["properties"]["position"] == position
    assert tiny.open().district.assets.set_index("asset_id").loc["road-a", "position"] == position
    assert run_main([*command, "--position", "surveyed"], tiny.root).code == 0
    (road,) = assets(tiny, "roads").values()
    assert road["properties"]["position"] == "surveyed"


def test_a_row_that_cannot_be_read_is_told_and_the_others_come_in(tiny, run_main, tmp_path):
    path = write_csv(tmp_path, "Tên,Kinh độ,Vĩ độ\nTrường B,108.5231,13.5226\nNhà văn hóa,abc,\n")
    out = run_main(["import", str(path), "--layer", "schools", "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Left out" in out.stdout
    assert "row 3" in out.stdout
    assert list(assets(tiny, "schools")) == ["school-b"]


def test_an_option_without_effect_is_told(tiny, run_main, tmp_path, frame):
    path = write_csv(tmp_path, "Tên,Kinh độ,Vĩ độ\nTrường B,108.5231,13.5226\n")
    options = ["--pieces", "add", "--alongside", "once", "--on", "2023-06-01", "--accept-near"]
    command = ["import", str(path), *options, "--dry-run", "--lang", "en"]
    out = run_main([*command, "--layer", "schools"], tiny.root)
    told = re.findall(r"Note +(--\S+) has no effect", out.stdout)
    assert (out.code, told) == (0, ["--pieces", "--alongside", "--on"])
    command[1] = str(brought(frame, tmp_path))
    out = run_main(command, tiny.root)
    told = re.findall(r"Note +(--\S+) has no effect", out.stdout)
    assert told == ["--pieces", "--alongside", "--accept-near"]


@pytest.mark.parametrize("name", ["klingon", "hex", "x\0"])
def test_an_encoding_that_nobody_knows_is_refused_with_those_that_are_known(
    tiny, run_main, tmp_path, name
):
    path = write_csv(tmp_path, "Tên,Kinh độ,Vĩ độ\nTrường B,108.5231,13.5226\n")
    out = run_main(["import", str(path), "--layer", "schools", "--encoding", name], tiny.root)
    assert out.code == 2
    assert "tùy chọn --encoding: không có bảng mã này" in out.stderr
    assert "tcvn3" in out.stderr


def test_what_lies_outside_can_be_left_out(tiny, run_main, tmp_path):
    path = write_csv(tmp_path, "Tên,Kinh độ,Vĩ độ\nTrường B,108.5231,13.5226\nXa,107.5,14.5\n")
    command = ["import", str(path), "--layer", "schools", "--crs", "EPSG:4326"]
    out = run_main([*command, "--leave-out", "3"], tiny.root)
    assert (out.code, out.stderr) == (0, "")


def test_a_table_without_coordinates_is_a_question(tiny, run_main, tmp_path):
    path = write_csv(tmp_path, "Tên,Ghi chú\nTrường B,x\n")
    out = run_main(["import", str(path), "--layer", "schools", "--lang", "en"], tiny.root)
    assert out.code == 1
    assert "no columns with coordinates" in out.stderr


def test_a_layer_that_is_not_there_is_refused(tiny, run_main, tmp_path, frame):
    out = run_main(["import", str(brought(frame, tmp_path)), "--layer", "cầu"], tiny.root)
    assert out.code == 2
    assert "cầu" in out.stderr


def test_the_name_of_a_file_does_no_harm_to_the_record(tiny, run_main, tmp_path, frame):
    path = tmp_path / "ba\u0309n \u00d0ồ\u200b.geojson"
    frame.to_file(path, driver="GeoJSON")
    assert run_main(["import", str(path)], tiny.root).code == 0
    assert tiny.reading().problems == []
    tiny.open()


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (
            "© OpenStreetMap\n contributors",
            "brought.geojson, GeoJSON, © OpenStreetMap contributors",
        ),
        (["GADM"], "brought.geojson, GeoJSON"),
        ("\u202e=1+1\x1b", "brought.geojson, GeoJSON, =1+1"),
        ("a" * 5000, f"brought.geojson, GeoJSON, {'a' * 200}"),
    ],
)
def test_how_a_publisher_wants_to_be_named_stays_with_its_borders(  # noqa: PLR0913, PLR0917 (fixtures and cases)
    tiny, run_main, tmp_path, frame, said, source
):
    path = brought(frame, tmp_path)
    content = json.loads(path.read_text("utf-8")) | {"attribution": said}
    path.write_text(json.dumps(content), "utf-8")
    assert run_main(["import", str(path)], tiny.root).code == 0
    assert set(tiny.open().district.units["source"]) == {source}
    assert tiny.reading().problems == []


def write_lines(tmp_path, *rows, name="duong.geojson"):
    """Write (id, name, unit, shape) rows in longitude and latitude."""
    columns = dict(zip(("ma", "ten", "xa"), zip(*(row[:3] for row in rows), strict=True),
                       strict=True))  # fmt: skip
    path = tmp_path / name
    frame = gpd.GeoDataFrame(columns, geometry=[row[3] for row in rows], crs=4326)
    frame.to_file(path, driver="GeoJSON")
    return path


def road(*lons, lat=13.52):
    return shapely.LineString([(lon, lat) for lon in lons])


def lengths(run_main, tiny):
    out = run_main(["lengths", "--by", "work", "--as", "json"], tiny.root)
    return json.loads(out.stdout)["rows"][0]["mapped_km"]


def test_several_lines_of_one_road_become_one_and_count_once(tiny, run_main, tmp_path):
    path = write_lines(
        tmp_path,
        ("road-a", "", "", road(108.46, 108.467)),
        ("", "Đường làng A", "Đăk Mơ", road(108.467, 108.474)),
        ("", "duong lang a", "", road(108.474, 108.46, lat=13.52001)),
    )
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    assert "(road-a): features 1, 2, 3 are one road of 1.516 km\n" in out.stdout
    assert "1.516 km that were recorded twice are left out of features 1, 2, 3, 1.516" in out.stdout
    (line,) = assets(tiny, "roads").values()
    assert line["geometry"]["type"] in ("LineString", "MultiLineString")
    assert lengths(run_main, tiny) == pytest.approx(1.516, abs=0.002)


def test_a_point_and_a_line_of_one_road_are_a_question(tiny, run_main, tmp_path):
    path = write_lines(
        tmp_path,
        ("road-a", "", "", road(108.46, 108.47)),
        ("road-a", "", "", shapely.Point(108.46, 13.52)),
    )
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    out = run_main(command, tiny.root)
    assert out.code == 1
    assert "of different kinds (LineString, Point), which one is to be kept?" in out.stderr
    assert not tiny.path("gis/geometry/roads.geojson").exists()
    assert run_main([*command, "--leave-out", "2"], tiny.root).code == 0
    assert assets(tiny, "roads")["road-a"]["geometry"]["type"] == "LineString"


def test_nearness_alone_is_proposed_and_taken_only_with_a_yes(tiny, run_main, tmp_path):
    drawn = tiny.open().district.assets.set_index("asset_id").geometry["school-b"]
    path = write_lines(
        tmp_path, ("", "", "", shapely.Point(drawn.x + 0.001, drawn.y)), name="p.geojson"
    )
    command = ["import", str(path), "--layer", "schools", "--lang", "en"]
    out = run_main(command, tiny.root)
    assert out.code == 1
    assert "Proposed            1 → Trường B (school-b): likely, no name; 108 m" in out.stdout
    assert "take what is proposed (1) with --accept-near, or one by one with --link" in out.stderr
    assert not tiny.path("gis/geometry/schools.geojson").exists()
    for answer in (["--accept-near"], ["--link", "1=school-b"]):
        assert run_main([*command, *answer, "--dry-run"], tiny.root).code == 0
    assert run_main([*command, "--accept-near"], tiny.root).code == 0
    assert list(assets(tiny, "schools")) == ["school-b"]


def test_two_villages_of_one_name_are_told_apart_by_a_column_or_asked_about(
    tiny, run_main, tmp_path
):
    for key, unit in (("lot-1", "90001"), ("lot-2", "90002")):
        tiny.append(
            "gis/plan/assets.csv", asset_id=key, layer="villages", name="Làng Lợt",
            unit_code=unit, clause="II.3", **{"class": "village"},
        )  # fmt: skip
    where = shapely.Point(108.5, 13.5)
    named = write_lines(tmp_path, ("", "Làng Lợt", "Sơn Hạ", where))
    bare = write_lines(tmp_path, ("", "Làng Lợt", "", where), name="bare.geojson")
    out = run_main(["import", str(named), "--layer", "villages"], tiny.root)
    assert out.code == 0, out.stderr
    assert list(assets(tiny, "villages")) == ["lot-2"]
    out = run_main(["import", str(bare), "--layer", "villages", "--lang", "en"], tiny.root)
    assert out.code == 1
    assert "can be Làng Lợt (lot-1), Làng Lợt (lot-2): which one is it?" in out.stderr


def test_what_lies_outside_of_its_unit_is_told_here_and_by_check(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    (east, north) = frame.geometry.iloc[0].bounds[2:]
    path = write_lines(tmp_path, ("road-a", "", "", road(east - 0.01, east + 0.005)))
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert out.code == 0
    told = "'Đường làng A (road-a)' lies outside of Đăk Mơ: 541 m (33.3 %), 541 m off."
    assert f"Outside its unit    {told}" in out.stdout
    checked = run_main(["check", "--lang", "en"], tiny.root)
    assert checked.code == 0
    assert checked.stderr.startswith(told)
    assert checked.stdout.startswith("The record is clean")
    assert north > 13.52


@pytest.mark.parametrize("file", ["gis/units.csv", "gis/plan/assets.csv"])
def test_spellings_are_learned_only_when_told(tiny, run_main, tmp_path, frame, file):
    if file == "gis/units.csv":
        path = brought(frame, tmp_path, ten=["Dak Mo", "Sơn Hạ", "Son Haf", "Ea To"])
        command = ["import", str(path), "--link", "3=90003", "--lang", "en"]
        learned, row = "«Dak Mo» = Đăk Mơ (90001)", "ĐăkMơ|Đak Mơ|Dak Mo,"
    else:
        path = write_lines(tmp_path, ("", "Trường học B", "", shapely.Point(108.52, 13.52)))
        command = ["import", str(path), "--layer", "schools", "--lang", "en", "--link"]
        command.append("1=school-b")
        learned, row = "«Trường học B» = Trường B (school-b)", "II.2,Trường học B"
    before = tiny.read(file)
    assert "Spelling learned" not in run_main(command, tiny.root).stdout
    assert tiny.read(file) == before
    shown = run_main([*command, "--learn", "--dry-run"], tiny.root)
    assert f"Spelling learned    {learned}" in shown.stdout
    assert tiny.read(file) == before
    out = run_main([*command, "--learn"], tiny.root)
    assert f"\nWrote {file}\n" in out.stdout
    assert row in tiny.read(file)
    # "Son Haf" has the letters of a spelling of Sơn Hà that is known, "Sơn Hạ" is known itself.
    assert "Sơn Hạ»" not in out.stdout.split("Spelling learned")[1]
    again = run_main([*command, "--learn"], tiny.root)
    assert "Spelling learned" not in again.stdout
    assert again.stdout.endswith("There is nothing new to write.\n")
    assert tiny.reading().problems == []


def test_a_table_that_excel_saved_learns_and_stays_excels(tiny, run_main, tmp_path, frame):
    text = tiny.read("gis/units.csv").replace(",", ";").replace("\n", "\r\n")
    tiny.write("gis/units.csv", b"\xef\xbb\xbf" + text.encode())
    path = brought(frame, tmp_path, ten=["Dak Mo", "Sơn Hạ", "Sơn Hà", "Ea Tơ"])
    assert run_main(["import", str(path), "--learn"], tiny.root).code == 0
    expected = text.replace("Đak Mơ;", "Đak Mơ|Dak Mo;")
    assert tiny.path("gis/units.csv").read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    tiny.open()


def test_what_means_two_things_is_not_learned(tiny, run_main, tmp_path, frame):
    path = brought(frame, tmp_path, ten=["Đăk Mơ", "Son Ha", "Sơn Hà", "Ea Tơ"])
    out = run_main(["import", str(path), "--link", "2=90002", "--learn", "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Not learned         this spelling would mean two things. Found: «Son Ha»" in out.stdout
    assert "Son Ha" not in tiny.read("gis/units.csv")


def test_the_map_shows_the_boundaries_that_came_in(tiny, run_main, tmp_path, frame):
    before = tiny.open().district.units
    assert set(before["position"]) == {"sketch"}
    assert run_main(["import", str(brought(frame, tmp_path))], tiny.root).code == 0
    assert run_main(["build"], tiny.root).code == 0
    drawn = gpd.read_file(tiny.path("layers/tiny.gpkg"), layer="units").to_crs(4326)
    assert set(drawn["position"]) == {"digitised"}
    shapes = drawn.set_index("unit_code").geometry
    for code, shape in zip(CENTRES, frame.geometry, strict=True):
        assert shapes[code].hausdorff_distance(shape) < 1e-5
    assert "brought.geojson, GeoJSON" in tiny.read("maps/tiny-overview.html")


def test_gaps_and_overlaps_are_mended_and_listed_with_their_area(tiny, run_main, tmp_path, frame):
    shapes = frame.geometry.to_list()
    west, south, east, north = shapes[0].bounds
    shapes[0] = box(west, south, east - 0.0003, north)
    shapes[2] = box(*shapes[2].bounds[:3], shapes[2].bounds[3] + 0.0002)
    path = brought(frame.set_geometry(gpd.GeoSeries(shapes, crs=4326)), tmp_path)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert out.code == 0
    mended = [line for line in out.stdout.splitlines() if line.startswith("Mended")]
    told = [line for line in mended if "given to" in line]
    assert "Sơn Hà, Đăk Mơ overlap by 0.11 km² (about 23 m wide) at" in told[0]
    assert "a gap of 0.16 km² (about 32 m wide) between Sơn Hạ, Đăk Mơ at" in told[-1]
    assert mended[-1].split("in all, ")[1] == "0.28 km²"
    units = list(taken(tiny).values())
    assert shapely.coverage_is_valid(units)
    assert shapely.union_all(units).geom_type == "Polygon"


def test_neighbours_that_stand_already_are_held_against_what_comes(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame.iloc[:1], tmp_path))], tiny.root)
    before = taken(tiny)["90001"]
    moved = frame.iloc[1:].set_geometry(frame.geometry.iloc[1:].translate(-0.0003, 0))
    out = run_main(["import", str(brought(moved, tmp_path)), "--lang", "en"], tiny.root)
    assert out.code == 0
    told = [line for line in out.stdout.splitlines() if line.startswith("Beside the record")]
    assert told[0].startswith("Beside the record   Sơn Hạ, Đăk Mơ overlap by 0.16 km² (about 32 m")
    assert told[-1].split("in all, ")[1].startswith("0.167 km², LEFT AS THEY ARE")
    assert taken(tiny)["90001"].equals(before)


def test_a_unit_that_the_file_does_not_have_is_told(tiny, run_main, tmp_path, frame):
    out = run_main(["import", str(brought(frame.iloc[:3], tmp_path)), "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "Not in the file     Ea Tơ" in out.stdout


def test_an_area_far_from_the_official_one_is_flagged(tiny, run_main, tmp_path, frame):
    shapes = frame.geometry.to_list()
    west, south, east, north = shapes[3].bounds
    shapes[3] = box(west, south, east - 0.003, north)
    path = brought(frame.set_geometry(gpd.GeoSeries(shapes, crs=4326)), tmp_path)
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    flagged = [line for line in out.stdout.splitlines() if "FAR OFF, look at it" in line]
    assert [line.split()[1:3] for line in flagged] == [["Ea", "Tơ:"]]


def test_points_that_a_file_wraps_into_sets_come_in(tiny, run_main, tmp_path):
    here = shapely.MultiPoint([(108.52, 13.52)])
    path = write_lines(tmp_path, ("school-b", "", "", here))
    command = ["import", str(path), "--layer", "schools", "--lang", "en"]
    assert run_main(command, tiny.root).code == 0
    assert assets(tiny, "schools")["school-b"]["geometry"]["coordinates"] == [108.52, 13.52]
    two = shapely.MultiPoint([(108.52, 13.52), (108.53, 13.52)])
    path = write_lines(tmp_path, ("school-b", "", "", two), ("x", "", "", here))
    out = run_main(command, tiny.root)
    assert "Left out            of another kind (MultiPoint): 1" in out.stdout


def test_an_area_without_any_size_is_left_out_and_told(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    flat = shapely.Polygon([(108.52, 13.52), (108.53, 13.52), (108.52, 13.52)])
    path = write_lines(tmp_path, ("school-b", "", "", flat))
    out = run_main(["import", str(path), "--layer", "schools", "--lang", "en"], tiny.root)
    assert "Left as it is       1: no polygon" in out.stdout
    assert "school-b: the shape collapses" in out.stdout
    assert not tiny.path("gis/geometry/schools.geojson").exists()


def test_a_line_without_any_length_is_left_out_and_told(tiny, run_main, tmp_path):
    here = shapely.LineString([(108.47, 13.52), (108.4700000001, 13.52)])
    path = write_lines(tmp_path, ("road-a", "", "", here))
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert "road-a: the shape collapses" in out.stdout
    assert not tiny.path("gis/geometry/roads.geojson").exists()
    assert tiny.reading().problems == []


def test_what_a_given_crs_puts_elsewhere_and_no_other_one_here_is_refused(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(100.46, 100.47)))
    command = ["import", str(path), "--layer", "roads", "--crs", "EPSG:4326", "--lang", "en"]
    require_question(tiny, run_main(command, tiny.root), "all features lie outside the district")


def test_the_question_of_the_crs_is_whole_in_vietnamese(tiny, run_main, tmp_path, frame):
    path = tmp_path / "u.shp"
    frame.drop(columns="ghi chú").to_crs(32649).to_file(path)
    path.with_suffix(".prj").unlink()
    out = run_main(["import", str(path), "--lang", "vi"], tiny.root)
    assert "EPSG:32649 (20/20 điểm nằm trong huyện nếu theo WGS 84 / UTM zone 49N" in out.stderr
    assert "; lệch đi 0,22" in out.stderr  # kilometres, with a decimal comma
    assert "points fall" not in out.stderr


def test_a_system_that_the_file_states_in_full_is_offered_by_its_code(
    tiny, run_main, tmp_path, frame
):
    path = tmp_path / "u.tab"
    frame.drop(columns="ghi chú").to_crs(3406).to_file(path, driver="MapInfo File")
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    require_question(tiny, out, "EPSG:3406 (20 of 20")
    assert "; EPSG:32649 (" in out.stderr
    assert "PROJCRS" not in out.stderr


def test_what_lies_far_off_its_unit_is_a_question(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    path = write_lines(tmp_path, ("", "Đường làng A", "Đăk Mơ", road(108.52, 108.53)))
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    require_asked(run_main(command, tiny.root), "lies 2.2 km from the boundary of Đăk Mơ (90001)")
    assert run_main([*command, "--link", "1=road-a"], tiny.root).code == 0


def require_asked(outcome, words):
    assert (outcome.code, words in outcome.stderr) == (1, True), outcome.stderr


def test_a_scribble_is_a_question_until_it_is_left_out(tiny, run_main, tmp_path):
    spread = np.random.default_rng(0).random((2000, 2)) / 100
    scribble = shapely.LineString(spread + np.array([108.46, 13.52]))
    rows = [("", "rối", "", scribble), ("road-a", "", "", road(108.46, 108.47))]
    command = ["import", str(write_lines(tmp_path, *rows)), "--layer", "roads", "--lang", "en"]
    require_question(tiny, run_main(command, tiny.root), "feature 1 crosses itself too often")
    assert run_main([*command, "--leave-out", "1"], tiny.root).code == 0
    alone = ["import", str(write_lines(tmp_path, rows[0])), "--layer", "roads", "--leave-out", "1"]
    require_asked(run_main([*alone, "--lang", "en"], tiny.root), "no feature is surely")


def test_a_piece_of_a_road_that_is_drawn_is_a_question(tiny, run_main, tmp_path):
    command = ["import", "", "--layer", "roads", "--lang", "en"]
    for name, lons in {"a.geojson": (108.46, 108.467), "b.geojson": (108.467, 108.474)}.items():
        write_lines(tmp_path, ("road-a", "", "", road(*lons)), name=name)
    first, second = (
        [command[0], str(tmp_path / f), *command[2:]] for f in ("a.geojson", "b.geojson")
    )
    assert run_main(first, tiny.root).code == 0
    require_asked(run_main(second, tiny.root), "has 0.758 km now; what comes has 0.758 km, 0 km")
    assert run_main(first, tiny.root).stdout.endswith("There is nothing new to write.\n")
    out = run_main([*second, "--pieces", "add"], tiny.root)
    assert "a.geojson, GeoJSON (gis/geometry/roads.geojson): 0.758 km → 1.516 km" in out.stdout
    (line,) = assets(tiny, "roads").values()
    assert line["properties"]["source"] == "a.geojson, GeoJSON; b.geojson, GeoJSON"
    assert lengths(run_main, tiny) == pytest.approx(1.516, abs=0.002)
    out = run_main([*second, "--pieces", "add"], tiny.root)
    assert out.stdout.endswith("There is nothing new to write.\n")
    assert run_main([*second, "--pieces", "replace"], tiny.root).code == 0
    assert lengths(run_main, tiny) == pytest.approx(0.758, abs=0.002)


def test_a_road_recorded_twice_counts_once_where_somebody_says_so(tiny, run_main, tmp_path):
    path = write_lines(
        tmp_path,
        ("road-a", "", "", road(108.46, 108.474)),
        ("road-a", "", "", road(108.462, 108.47, lat=13.52014)),
    )
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    require_question(tiny, run_main(command, tiny.root), "0.866 km run beside another line of the")
    out = run_main([*command, "--alongside", "once"], tiny.root)
    assert "0.866 km that were recorded twice are left out of features 1, 2, 1.516 km" in out.stdout
    assert lengths(run_main, tiny) == pytest.approx(1.516, abs=0.002)
    assert run_main([*command, "--alongside", "each"], tiny.root).code == 0
    assert lengths(run_main, tiny) == pytest.approx(2.382, abs=0.002)


def test_a_piece_recorded_again_beside_the_road_is_a_question(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.474)))
    run_main(["import", str(path), "--layer", "roads"], tiny.root)
    path = write_lines(tmp_path, ("road-a", "", "", road(108.467, 108.48, lat=13.52014)), name="b")
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    require_asked(run_main(command, tiny.root), "what comes has 1.407 km, 0.758 km of them along")
    command += ["--pieces", "add"]
    require_asked(
        run_main(command, tiny.root), "0.758 km run beside another line of the same asset"
    )
    out = run_main([*command, "--alongside", "once"], tiny.root)
    assert "0.65 km more; 0.758 km that run along what stands are left out" in out.stdout
    assert lengths(run_main, tiny) == pytest.approx(2.165, abs=0.002)
    path = write_lines(tmp_path, ("road-a", "", "", road(108.467, 108.474, lat=13.5201)), name="c")
    command = ["import", str(path), "--layer", "roads", "--lang", "en", "--pieces", "add"]
    out = run_main([*command, "--alongside", "once"], tiny.root)
    assert "0 km more; 0.758 km" in out.stdout
    assert out.stdout.endswith("There is nothing new to write.\n")


def test_a_piece_that_is_most_of_the_road_is_added_where_somebody_says_so(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.474)))
    run_main(["import", str(path), "--layer", "roads"], tiny.root)
    path = write_lines(tmp_path, ("road-a", "", "", road(108.461, 108.474)), name="b")
    command = ["import", str(path), "--layer", "roads", "--lang", "en", "--pieces", "add"]
    assert run_main(command, tiny.root).stdout.endswith("There is nothing new to write.\n")
    assert lengths(run_main, tiny) == pytest.approx(1.516, abs=0.002)


def test_what_the_record_holds_comes_back_as_it_was(tiny, run_main, tmp_path):
    path = write_lines(
        tmp_path,
        ("road-a", "", "", road(108.46, 108.474)),
        ("road-a", "", "", road(108.46, 108.474, lat=13.52007)),
    )
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    assert run_main([*command, "--alongside", "each"], tiny.root).code == 0
    kept = tmp_path / "kept.geojson"
    kept.write_bytes((tiny.root / "gis/geometry/roads.geojson").read_bytes())
    again = ["import", str(kept), "--layer", "roads", "--lang", "en"]
    assert run_main(again, tiny.root).stdout.endswith("There is nothing new to write.\n")
    # Each state of the history has replaced the one before: they are no pieces of one road.
    for lons in ((108.48, 108.49), (108.46, 108.47)):
        path = write_lines(tmp_path, ("road-a", "", "", road(*lons)), name="c.geojson")
        command = ["import", str(path), "--layer", "roads", "--pieces", "replace"]
        assert run_main(command, tiny.root).code == 0
    (history,) = (tiny.root / "gis/geometry/history").iterdir()
    command = ["import", str(history), "--layer", "roads", "--lang", "en"]
    require_asked(run_main(command, tiny.root), "several states of Đường làng A one after the")
    command += ["--leave-out", "2", "--pieces", "replace"]
    assert run_main(command, tiny.root).code == 0
    assert lengths(run_main, tiny) == pytest.approx(3.032, abs=0.002)


def test_a_line_without_length_is_left_out_with_a_word(tiny, run_main, tmp_path):
    rows = [("road-a", "", "", shapely.LineString([(108.46, 13.52)] * 2))]
    command = ["import", str(write_lines(tmp_path, *rows)), "--layer", "roads", "--lang", "en"]
    out = run_main(command, tiny.root)
    assert "road-a: the shape collapses" in out.stdout


@pytest.mark.parametrize("wrong", [[0], [50], [50, 51], [119]])
def test_a_track_with_a_point_far_off_is_a_question(tiny, run_main, tmp_path, wrong):
    lons = np.linspace(108.46, 108.474, 120)
    track = shapely.LineString([(lon, 13.52 + 0.01 * (k in wrong)) for k, lon in enumerate(lons)])
    path = write_lines(tmp_path, ("road-a", "", "", track))
    command = ["import", str(path), "--layer", "roads", "--lang", "en"]
    require_asked(run_main(command, tiny.root), "a point lies 1.106 km off the line")
    assert run_main([*command, "--alongside", "each"], tiny.root).code == 0


def test_a_drawn_piece_is_added_to_a_surveyed_road_only_with_a_yes(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.467)))
    run_main(["import", str(path), "--layer", "roads", "--position", "surveyed"], tiny.root)
    path = write_lines(tmp_path, ("road-a", "", "", road(108.467, 108.474)), name="b.geojson")
    command = ["import", str(path), "--layer", "roads", "--lang", "en", "--pieces", "add"]
    require_asked(run_main(command, tiny.root), "with it the whole road is only digitised")
    assert run_main([*command, "--replace-surveyed"], tiny.root).code == 0
    (line,) = assets(tiny, "roads").values()
    assert line["properties"]["position"] == "digitised"
    assert lengths(run_main, tiny) == pytest.approx(1.516, abs=0.002)


def test_a_piece_makes_no_road_better_known_than_its_worst_piece(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.467)))
    run_main(["import", str(path), "--layer", "roads"], tiny.root)
    path = write_lines(tmp_path, ("road-a", "", "", road(108.467, 108.474)), name="gps.geojson")
    command = ["import", str(path), "--layer", "roads", "--position", "surveyed", "--pieces", "add"]
    assert run_main(command, tiny.root).code == 0
    (line,) = assets(tiny, "roads").values()
    assert line["properties"]["position"] == "digitised"


def test_a_route_that_somebody_drew_is_no_survey(tiny, run_main, tmp_path):
    path = tmp_path / "route.gpx"
    gpd.GeoDataFrame(
        {"name": ["Đường làng A"]}, geometry=[road(108.46, 108.467)], crs=4326
    ).to_file(path, driver="GPX", layer="routes")
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert "Into the record     1 features (digitised)" in out.stdout


def test_everything_that_is_not_linked_can_be_listed(tiny, run_main, tmp_path):
    rows = [("", f"lạ {n}", "", road(108.46, 108.467)) for n in range(150)]
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.467)), *rows)
    command = ["import", str(path), "--layer", "roads", "--dry-run", "--lang", "en"]
    out = run_main(command, tiny.root)
    assert "and 50 more (list all with --list-all)" in out.stdout
    assert run_main([*command, "--list-all"], tiny.root).stdout.count("\nNot linked") == 150


def test_a_file_with_nothing_that_can_be_drawn_says_why(tiny, run_main, tmp_path):
    path = tmp_path / "nan.geojson"
    shape = '{"type": "LineString", "coordinates": [[NaN, 13.5], [108.5, Infinity]]}'
    feature = f'{{"type": "Feature", "properties": {{}}, "geometry": {shape}}}'
    path.write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert out.code == 2
    assert "the file holds no shapes of this kind" in out.stderr
    assert "features with NaN or infinite coordinates. Found: «1 (1)»" in out.stderr


def test_columns_are_told_by_their_different_names(tiny, run_main, tmp_path):
    rows = [("", "Đường làng A", "", road(x, x + 0.001)) for x in (108.46, 108.462, 108.464)]
    path = write_lines(tmp_path, *rows)
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert "Column              column 'ten': 1 of 1 names found" in out.stdout


def test_how_far_a_point_is_moved_is_told(tiny, run_main, tmp_path):
    for name, lat in {"a.geojson": 13.52, "b.geojson": 13.53}.items():
        rows = [("road-a", "", "", shapely.Point(108.46, lat))]
        path = write_lines(tmp_path, *rows, name=name)
        out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert "a.geojson, GeoJSON (gis/geometry/roads.geojson): moved by 1.106 km" in out.stdout


def test_a_list_of_points_without_a_layer_says_which_layers_take_it(tiny, run_main, tmp_path):
    path = write_csv(tmp_path, "Tên;Kinh độ;Vĩ độ\nTrường B;108,5231;13,5226\n")
    out = run_main(["import", str(path), "--lang", "en"], tiny.root)
    assert (out.code, "Found: «CSV». Allowed: --layer: roads," in out.stderr) == (2, True)
    assert out.stderr.endswith("such as --layer schools.\n")


@pytest.mark.parametrize(
    ("layer", "header", "row", "words"),
    [
        ("schools", "Tên", "2023-06-01 08:12", "To do: say what a feature is, such as --link 2=ID"),
        ("schools", "Tên", "Trường BB", "Allowed: if it is so: --link 2=school-b. To do: say what"),
        ("schools", "Tên,Ghi chú", "Điểm 7,gần suối", "--match COLUMN (there are: Ghi chú)."),
        ("villages", "Tên", "Trường B", "To do: another layer has the names: --layer schools."),
    ],
)
def test_where_nothing_is_linked_what_helps_is_told(  # noqa: PLR0913, PLR0917 (fixtures and cases)
    tiny, run_main, tmp_path, layer, header, row, words
):
    path = write_csv(tmp_path, f"{header},Kinh độ,Vĩ độ\n{row},108.48,13.48\n")
    out = run_main(["import", str(path), "--layer", layer, "--lang", "en"], tiny.root)
    require_asked(out, words)
    assert out.stderr.startswith("no feature is surely of the record.")
    assert ("--match" in out.stderr) == ("Ghi chú" in header)


def test_what_a_unit_has_is_told_of_a_feature_without_a_name(tiny, run_main, tmp_path, frame):
    run_main(["import", str(brought(frame, tmp_path))], tiny.root)
    path = write_lines(tmp_path, ("", "2023-06-01", "", road(108.46, 108.47)))
    out = run_main(["import", str(path), "--layer", "roads", "--lang", "en"], tiny.root)
    assert "the record has besides in Đăk Mơ (90001) is Đường làng A (road-a)\n" in out.stdout


def test_where_everything_is_left_out_less_is_to_be(tiny, run_main, tmp_path):
    path = write_lines(tmp_path, ("road-a", "", "", road(108.46, 108.47)))
    command = ["import", str(path), "--layer", "roads", "--leave-out", "1", "--lang", "en"]
    require_asked(run_main(command, tiny.root), "To do: leave out fewer features (--leave-out).")


@pytest.mark.parametrize(
    ("crs", "position", "words"),
    [
        ("EPSG:9217", "digitised", "EPSG:9218 (puts 1 of 1 into their units)"),
        ("EPSG:9217", "sketch", "EPSG:9218 (puts 1 of 1 into their units, by the sketch)"),
        ("EPSG:9218", "digitised", None),
    ],
)
def test_another_zone_is_asked_for_where_it_puts_things_into_their_units(crs, position, words):
    extent = Extent((108.0, 13.0, 109.0, 14.0), (108.5, 13.5))
    points = gpd.GeoSeries([shapely.Point(502_305, 1_495_491)], index=[2])
    placed = place_in_district(points, None, extent, asked=crs)
    shapes = [shapely.Point(108.5231, 13.5226).buffer(0.01), shapely.Point(108.2, 13.5).buffer(0.3)]
    units = gpd.GeoDataFrame(
        {"unit_code": ["90002", "90001"], "position": position}, geometry=shapes, crs=4326
    )
    asked = ask_crs(placed, points, {2: {"90002"}}, units)
    assert [one.allowed.en for one in asked] == ([words] if words else [])
    assert ask_crs(placed, points, {}, units) == []


def test_a_line_that_a_zone_cannot_hold_lies_in_no_unit_there():
    extent = Extent((108.0, 13.0, 109.0, 14.0), (108.5, 13.5))
    near = [(502_305, 1_495_491), (502_400, 1_495_600)]
    lines = gpd.GeoSeries([shapely.LineString(near), shapely.LineString([*near, (1e9, 1_495_491)])])
    placed = place_in_district(lines, None, extent, asked="EPSG:9217")
    unit = shapely.Point(108.5231, 13.5226).buffer(0.01)
    units = gpd.GeoDataFrame(
        {"unit_code": ["90002"], "position": "digitised"}, geometry=[unit], crs=4326
    )
    (asked,) = ask_crs(placed, lines, {0: {"90002"}, 1: {"90002"}}, units)
    assert asked.allowed.en == "EPSG:9218 (puts 1 of 2 into their units)"


def test_what_lies_far_off_in_a_wrong_zone_is_told_with_the_right_one(kbang, tmp_path, run_main):
    shutil.copytree(kbang / "gis", tmp_path / "gis")
    # About as large as Sơ Pai, where it is.
    border = gpd.GeoSeries([shapely.Point(108.5836, 14.276)], crs=4326).to_crs(9218).buffer(6050)
    frame = gpd.GeoDataFrame({"ma": ["23653"]}, geometry=list(border.to_crs(4326)), crs=4326)
    frame.to_file(tmp_path / "xa.geojson")
    assert run_main(["import", str(tmp_path / "xa.geojson")], tmp_path).code == 0
    path = write_csv(tmp_path, "Tên,X (m),Y (m)\nChợ xã Sơ Pai,1578800,509000\n")
    command = ["import", str(path), "--layer", "markets", "--lang", "en", "--crs"]
    out = run_main([*command, "EPSG:9217"], tmp_path)
    require_asked(out, "To do: run it again with --crs EPSG:9218.\n")
    assert "km from the boundary of Sơ Pai (23653): is the CRS wrong" in out.stderr
    assert run_main([*command, "EPSG:9218"], tmp_path).code == 0
