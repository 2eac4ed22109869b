"""Photographs: what they say of themselves, which work they show, and what the record keeps."""

import csv
import io
import json
import os
import shutil
import struct
import zlib
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from shapely import Point

from ntm_geo.errors import Problem, RecordError
from ntm_geo.evidence import link_photos
from ntm_geo.model import PhotoLink, Position
from ntm_geo.photos import Photograph, find_photos, read_photo, reading
from ntm_geo.workspace import open_workspace

PHOTOS = "gis/photos.csv"
EXIF, GPS = 0x8769, 0x8825
SCHOOL = (108.5231, 13.5226)
METRE = 1 / 110_600
"""Degrees of latitude."""


def in_degrees(value):
    """Return degrees, minutes and seconds as a camera writes them."""
    degree, rest = divmod(abs(value) * 3600, 3600)
    minute, second = divmod(rest, 60)
    return tuple(IFDRational(round(part * 10_000), 10_000) for part in (degree, minute, second))


def gps_tags(lon, lat, **more):
    tags = {
        1: "N" if lat >= 0 else "S", 2: in_degrees(lat),
        3: "E" if lon >= 0 else "W", 4: in_degrees(lon),
    }  # fmt: skip
    return {**tags, **{int(tag.removeprefix("t")): value for tag, value in more.items()}}


def picture(gps=None, *, taken="2023:08:12 09:30:00", offset="+07:00", format="JPEG", shade=0):
    """Return a small photograph with tags; `shade` makes another picture of it."""
    exif = Image.Exif()
    exif[271] = "Camera"
    if gps:
        exif.get_ifd(GPS).update(gps)
    clock = exif.get_ifd(EXIF)
    if taken is not None:
        clock[36867] = taken
    if offset is not None:
        clock[36881] = offset
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((64, 48)).point(lambda x: (x * 7 + shade) % 256)
    image.convert("RGB").save(out, format, exif=exif)
    return out.getvalue()


def at_school(shade=0, metres=0.0, **more):
    lon, lat = SCHOOL
    return picture(gps_tags(lon, lat + metres * METRE), shade=shade, **more)


def read(tmp_path, data, name="a.jpg"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_photo(path, name)


# --- what a photograph says of itself ----------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_place_time_and_direction_are_read(tmp_path, format):
    tags = gps_tags(*SCHOOL, t16="T", t17=IFDRational(905, 10), t18="WGS-84")
    photo = read(tmp_path, picture(tags, format=format))
    assert photo.place == pytest.approx(SCHOOL, abs=1e-6)
    assert photo.taken_at == datetime.fromisoformat("2023-08-12T09:30:00+07:00")
    assert photo.direction == 90.5


def test_south_and_west_are_negative(tmp_path):
    assert read(tmp_path, picture(gps_tags(-70.5, -33.25))).place == (-70.5, -33.25)


def test_a_photograph_without_a_place_has_none(tmp_path):
    photo = read(tmp_path, picture())
    assert (photo.place, photo.direction) == (None, None)


@pytest.mark.parametrize(
    ("taken", "offset", "stamp", "wanted"),
    [
        ("2023:08:12 09:30:00", None, {}, "2023-08-12T09:30:00"),
        ("2023:08:12 09:30:00", "   :  ", {}, "2023-08-12T09:30:00"),
        ("2023:02:30 09:30:00", None, {}, None),
        ("0000:00:00 00:00:00", None, {}, None),
        ("    :  :     :  :  ", None, {}, None),
        ("2023:08:12 09:30:00; DROP", None, {}, None),
        (None, None, {"t29": "2023:08:12", "t7": (2.0, 30.0, 5.5)}, "2023-08-12T02:30:05+00:00"),
        (None, None, {"t29": "2023:08:12", "t7": (25.0, 30.0, 5.0)}, None),
        (None, None, {"t29": "2023:08:12"}, None),
    ],
)
def test_the_time_is_that_of_the_camera_else_of_the_satellites(
    tmp_path, taken, offset, stamp, wanted
):
    photo = read(tmp_path, picture(gps_tags(*SCHOOL, **stamp), taken=taken, offset=offset))
    assert photo.taken_at == (datetime.fromisoformat(wanted) if wanted else None)


def test_a_direction_from_magnetic_north_is_not_taken_for_true(tmp_path):
    tags = gps_tags(*SCHOOL, t16="M", t17=IFDRational(90, 1))
    assert read(tmp_path, picture(tags)).direction is None


NOTHING = IFDRational(1, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"t2": (IFDRational(91, 1), IFDRational(0, 1), IFDRational(0, 1))},
        {"t4": (IFDRational(181, 1), IFDRational(0, 1), IFDRational(0, 1))},
        {"t2": (NOTHING, NOTHING, NOTHING)},
        {"t2": (IFDRational(13, 1), IFDRational(61, 1), IFDRational(0, 1))},
        {"t1": "X"},
        {"t18": "TOKYO"},
        {"t2": in_degrees(0), "t4": in_degrees(0)},
    ],
)
def test_a_place_that_cannot_be_is_refused_by_name(tmp_path, change):
    with pytest.raises(RecordError) as caught:
        read(tmp_path, picture(gps_tags(*SCHOOL, **change)), "hong.jpg")
    (problem,) = caught.value.problems
    assert problem.file == "hong.jpg"
    assert problem.found is not None
    assert problem.allowed
    assert problem.todo


def png_of_size(width, height):
    """Return a PNG of some bytes that says it is huge."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"hello", "this is no picture"),
        (b"%PDF-1.4", "this is no picture"),
        (at_school()[:-200], "the picture is damaged or cut off"),
        (at_school(format="PNG")[:-200], "the picture is damaged or cut off"),
        (b"\0\0\0\x18ftypheic" + b"x" * 60, "HEIC pictures are not read here"),
        (png_of_size(60_000, 60_000), "the picture has too many pixels"),
        (png_of_size(12_000, 9_000), "the picture has too many pixels"),
        (png_of_size(100, 100), "the picture is damaged or cut off"),
    ],
)
def test_what_is_no_whole_picture_is_refused(tmp_path, data, words):
    with pytest.raises(RecordError, match=words):
        read(tmp_path, data)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    with pytest.raises(RecordError, match="the file is too large"):
        read(tmp_path, b"x" * 5000)


WHOLE = at_school()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12
    ),
    st.integers(0, 400),
)
def test_whatever_is_broken_of_a_photograph_is_told_or_harmless(tmp_path, changes, most):
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place % most if most else place] = value  # most of them in the tags, in front
    try:
        found = read(tmp_path, bytes(data))
    except RecordError as error:
        found = error.problems[0]
    assert isinstance(found, Photograph | Problem)


# --- which files -------------------------------------------------------------------------------


def test_of_a_folder_the_pictures_are_taken_and_what_is_named_is_taken_anyway(tmp_path):
    for name in ("b/2.JPG", "b/1.jpeg", "a.txt", ".hidden.jpg", "b/phone.heic", "odd"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    folder = tmp_path / "in"
    os.mkfifo(folder / "pipe.jpg")
    (folder / "gone.jpg").symlink_to(tmp_path / "nowhere")
    found = find_photos([folder, folder / "odd", folder / "b/2.JPG"])
    assert [one.name for one in found] == ["b/1.jpeg", "b/2.JPG", "b/phone.heic", "odd"]


# --- which work --------------------------------------------------------------------------------


def survey(tiny, layer="schools", position="surveyed", **places):
    """Write measured places of assets into the record."""
    features = [
        {
            "type": "Feature",
            "properties": {"asset_id": key.replace("_", "-"), "position": position, "source": "x"},
            "geometry": geometry,
        }
        for key, geometry in places.items()
    ]
    content = {"type": "FeatureCollection", "features": features}
    tiny.write(f"gis/geometry/{layer}.geojson", json.dumps(content))


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def shown(tiny, file="IMG_1.jpg", place=SCHOOL, within_m=100.0, work_id=None):
    photos = gpd.GeoDataFrame({"file": [file]}, geometry=[Point(place)], crs=4326)
    (found,) = link_photos(photos, tiny.open().district, within_m=within_m, work_id=work_id)
    return found


@pytest.mark.parametrize("position", ["surveyed", "digitised"])
def test_a_photograph_near_a_measured_place_shows_its_work(tiny, position):
    survey(tiny, position=position, school_b=point(*SCHOOL))
    found = shown(tiny, place=(SCHOOL[0], SCHOOL[1] + 60 * METRE))
    assert (found.work_id, found.linked_by) == ("school-b-build", PhotoLink.PLACE)
    assert found.distance_m == pytest.approx(60, abs=0.5)
    assert shown(tiny, place=(SCHOOL[0], SCHOOL[1] + 140 * METRE)).work_id is None


def test_of_a_road_the_nearest_point_counts(tiny):
    line = {"type": "LineString", "coordinates": [[108.46, 13.52], [108.49, 13.52]]}
    survey(tiny, "roads", road_a=line)
    found = shown(tiny, place=(108.475, 13.52 + 20 * METRE))
    assert (found.work_id, round(found.distance_m)) == ("road-a-harden", 20)


def test_near_a_sketch_nothing_is_linked_and_works_are_proposed(tiny):
    assets = tiny.open().district.assets.set_index("asset_id")
    place = assets.loc["school-b", "geometry"].centroid
    found = shown(tiny, place=(place.x, place.y))
    assert found.work_id is None
    assert found.candidates[0].work_id == "school-b-build"
    assert {one.position for one in found.candidates} == {Position.SKETCH}
    assert "a sketched place is no evidence" in found.why.en


def test_two_works_near_one_place_are_a_question(tiny):
    survey(tiny, school_b=point(*SCHOOL))
    tiny.append(
        "gis/plan/works.csv", work_id="school-b-paint", asset_id="school-b", name="Sơn trường B",
        unit_code="90002", kind="repair", clause="II.2",
    )  # fmt: skip
    found = shown(tiny)
    assert found.work_id is None
    assert [one.work_id for one in found.candidates] == ["school-b-build", "school-b-paint"]


@pytest.mark.parametrize(
    ("file", "work_id"),
    [
        ("school-b-build.jpg", "school-b-build"), ("2023/School-B-Build_02.JPG", "school-b-build"),
        ("IMG 3 school-b-build-2.jpg", "school-b-build"), ("school-b (1).jpg", "school-b-build"),
        ("school-b-builders.jpg", None), ("xschool-b-build.jpg", None), ("school-b.d/x.jpg", None),
    ],
)  # fmt: skip
def test_an_id_in_its_name_says_the_work(tiny, file, work_id):
    found = shown(tiny, file, place=(108.48, 13.48))
    assert found.work_id == work_id
    assert found.linked_by == (PhotoLink.NAME if work_id else None)


def test_two_ids_in_a_name_are_a_question(tiny):
    found = shown(tiny, "road-a-harden school-b-build.jpg")
    assert found.why.en == "its name holds several works"
    assert {one.work_id for one in found.candidates} == {"road-a-harden", "school-b-build"}


def test_a_name_that_contradicts_a_measured_place_is_a_question(tiny):
    survey(tiny, school_b=point(*SCHOOL))
    far = (SCHOOL[0], SCHOOL[1] - 3000 * METRE)
    found = shown(tiny, "school-b-build.jpg", place=far)
    assert found.work_id is None
    assert found.why.en == "its name says school-b-build, but it was taken 3.0 km from there"
    near = shown(tiny, "school-b-build.jpg", place=(SCHOOL[0], SCHOOL[1] - 300 * METRE))
    assert (near.work_id, round(near.distance_m)) == ("school-b-build", 300)


def test_a_name_that_contradicts_the_units_measured_border_is_a_question(tiny):
    ring = [[108.5, 13.5], [108.55, 13.5], [108.55, 13.55], [108.5, 13.55], [108.5, 13.5]]
    feature = {
        "type": "Feature",
        "properties": {"unit_code": "90002", "position": "digitised", "source": "x"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    tiny.write("gis/geometry/units.geojson", json.dumps(collection))
    outside = shown(tiny, "school-b-build.jpg", place=(108.48, 13.52))
    assert "taken 2.2 km from there" in outside.why.en
    assert shown(tiny, "school-b-build.jpg", place=(108.52, 13.52)).work_id == "school-b-build"


def test_what_a_person_says_counts_and_the_distance_is_kept(tiny):
    survey(tiny, school_b=point(*SCHOOL))
    far = (SCHOOL[0], SCHOOL[1] - 3000 * METRE)
    found = shown(tiny, "road-a-harden.jpg", place=far, work_id="school-b-build")
    assert (found.work_id, found.linked_by) == ("school-b-build", PhotoLink.PERSON)
    assert found.distance_m == pytest.approx(3000, abs=30)
    assert found.why.en == "LOOK AT IT, it was taken 3.0 km from the work"
    assert shown(tiny, place=SCHOOL, work_id="school-b-build").why is None


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def album(tiny, tmp_path, run_main):
    """Put photographs into a folder, with a surveyed school in the record, and run the command."""
    survey(tiny, school_b=point(*SCHOOL))
    folder = tmp_path / "album"
    folder.mkdir()

    def run(*more, **files):
        for name, data in files.items():
            (folder / f"{name}.jpg").write_bytes(data)
        return run_main(["photos", str(folder), *more, "--lang", "en"], tiny.root)

    run.folder = folder
    return run


def rows(tiny):
    return list(csv.DictReader(io.StringIO(tiny.read(PHOTOS))))


def lines(outcome):
    return [" ".join(line.split()) for line in outcome.stdout.splitlines()]


def test_what_was_noted_last_is_undone_and_what_was_noted_before_stays(album, tiny, run_main):
    album(IMG_1=at_school(metres=12))
    before = tiny.read(PHOTOS)
    album(IMG_2=at_school(metres=15))
    assert len(rows(tiny)) == 2
    out = run_main(["undo", "--lang", "en"], tiny.root)
    assert lines(out)[0].startswith("Step 2 photos IMG_2.jpg, written at ")
    assert tiny.read(PHOTOS) == before
    assert run_main(["undo"], tiny.root).code == 0
    assert not tiny.path(PHOTOS).exists()
    tiny.record()


def test_a_photograph_becomes_a_row_and_the_record_stays_clean(album, tiny):
    out = album(IMG_1=at_school(metres=12))
    assert (out.code, out.stderr) == (0, "")
    assert lines(out)[-2:] == [
        "Wrote gis/photos.csv: 1 more photographs", "To undo this: ntm-geo undo 1",
    ]  # fmt: skip
    (row,) = rows(tiny)
    assert row["distance_m"] == "12"
    assert {k: v for k, v in row.items() if k not in ("sha256", "lat", "distance_m")} == {
        "work_id": "school-b-build", "file": "IMG_1.jpg",
        "taken_at": "2023-08-12T09:30:00+07:00", "lon": "108.5231", "direction": "",
        "linked_by": "place",
    }  # fmt: skip
    assert tiny.reading().problems == []
    assert not list(tiny.root.rglob("*.jpg"))


def test_a_second_run_adds_nothing(album, tiny):
    album(IMG_1=at_school())
    before = tiny.read(PHOTOS)
    out = album(copy=at_school())
    assert lines(out)[-1] == "There is nothing new to write."
    assert "On record already IMG_1.jpg" in lines(out)
    assert "The same picture copy.jpg = IMG_1.jpg" in lines(out)
    assert tiny.read(PHOTOS) == before


def test_more_photographs_keep_the_rows_that_were_there(album, tiny):
    album(IMG_1=at_school())
    header, first, _ = tiny.read(PHOTOS).split("\n")
    tiny.write(PHOTOS, f"﻿{header}\r\n{first}\r\n".replace(",", ";"))  # as Excel saves it
    album(IMG_2=at_school(shade=50))
    assert tiny.read(PHOTOS).split("\n")[:2] == [header, first]
    assert [row["file"] for row in rows(tiny)] == ["IMG_1.jpg", "IMG_2.jpg"]


def test_a_dry_run_writes_nothing(album, tiny):
    out = album("--dry-run", IMG_1=at_school())
    assert lines(out)[-1] == "Nothing was written (--dry-run)."
    assert not tiny.path(PHOTOS).exists()


def test_each_photograph_that_is_not_taken_is_told_and_the_others_come_in(album, tiny):
    lon, lat = SCHOOL
    out = album(
        good=at_school(),
        future=at_school(1, taken="2999:01:01 00:00:00"),
        zone=at_school(2, taken="2999:01:01 00:00:00", offset=None),
        away=picture(gps_tags(lon + 3, lat)),
        early=at_school(3, taken="2019:05:01 08:00:00"),
        untimed=at_school(4, taken=None, offset=None),
        nowhere=picture(shade=5),
        zero=picture(gps_tags(0, 0)),
        cut=at_school(6)[:-200],
        **{"=cmd": at_school(7)},
    )
    assert out.code == 0
    told = lines(out)
    assert "Before the plan early.jpg" in told
    assert "Without a time untimed.jpg" in told
    assert "Without a place nowhere.jpg" in told
    assert any(line.startswith("1 photographs have no place. Let the phone's") for line in told)
    for name, words in (
        ("future", "taken in the future"), ("zone", "taken in the future"),
        ("away", "outside the district"), ("zero", "0, 0: the GPS had no fix"),
        ("cut", "damaged or cut off"), ("=cmd", "take its name for a formula"),
    ):  # fmt: skip
        assert any(
            line.startswith(f"{name}.jpg: ") and words in line for line in out.stderr.splitlines()
        )
    assert [row["file"] for row in rows(tiny)] == ["early.jpg", "good.jpg", "untimed.jpg"]


def test_where_everything_is_refused_the_command_fails(album, tiny):
    out = album(cut=at_school()[:-200])
    assert out.code == 1
    assert "damaged or cut off" in out.stderr
    assert not tiny.path(PHOTOS).exists()


def test_what_is_not_clear_is_proposed_and_a_person_says_what_it_is(album, tiny):
    out = album(IMG_1=at_school(metres=-2000))
    assert rows_or_none(tiny) is None
    assert any(line.startswith("Not clear IMG_1.jpg: ") for line in lines(out))
    assert any(line.endswith("ntm-geo photos FILE --work WORK-ID") for line in lines(out))
    out = album("--work", "road-a-harden")
    assert [(row["work_id"], row["linked_by"]) for row in rows(tiny)] == [
        ("road-a-harden", "person")
    ]
    album("--work", "village-a-refurbish")
    assert [row["work_id"] for row in rows(tiny)] == ["road-a-harden", "village-a-refurbish"]
    assert lines(album("--work", "road-a-harden"))[-1] == "There is nothing new to write."


def rows_or_none(tiny):
    return rows(tiny) if tiny.path(PHOTOS).exists() else None


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--work", "road-a-hardn"], 2, "road-a-harden"),
        (["--within", "100"], 2, "not a distance with its unit"),
        (["--within", "2km"], 2, "too far to say that it shows the work"),
        (["nowhere"], 2, "there is no such file or folder"),
    ],
)
def test_wrong_usage_is_told(album, more, code, words):
    out = album(*more, IMG_1=at_school())
    assert (out.code, words in out.stderr) == (code, True)


def test_an_empty_folder_is_told(album):
    out = album()
    assert (out.code, "there are no photographs" in out.stderr) == (2, True)


def test_works_tell_how_many_photographs_show_them_and_when(album, tiny, run_main):
    album(IMG_1=at_school(), IMG_2=at_school(1, taken="2023:09:02 10:00:00"))
    works = tiny.open().works.frame.set_index("work_id")
    assert works.loc["school-b-build", ["photos", "last_photo"]].tolist() == [2, "2023-09-02"]
    assert works.loc["road-a-harden", "photos"] == 0
    table = run_main(["query", "works", "--layer", "schools", "--lang", "en"], tiny.root).stdout
    assert "Photos  Last photo" in table
    assert "2       2 September 2023" in table
    found = run_main(["query", "works", "--as", "json"], tiny.root).stdout
    assert [(one["photos"], one["last_photo"]) for one in json.loads(found)][:2] == [
        (0, None), (2, "2023-09-02"),
    ]  # fmt: skip


def test_a_table_without_any_photograph_has_no_such_columns(tiny, run_main):
    assert "Photos" not in run_main(["query", "works", "--lang", "en"], tiny.root).stdout


def test_photographs_of_kbang_come_in(tmp_path, run_main):
    root = tmp_path / "kbang"
    shutil.copytree(Path(__file__).parents[1] / "gis", root / "gis")
    work = open_workspace(root).record.works.rows[0]
    unit = open_workspace(root).record.units.rows[0]
    path = tmp_path / f"{work.work_id}_1.jpg"
    path.write_bytes(picture(gps_tags(unit.lon, unit.lat)))
    assert run_main(["photos", str(path)], root).code == 0
    assert [row.work_id for row in open_workspace(root).record.photos] == [work.work_id]
    assert run_main(["build"], root).code == 0


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("work_id", "no-work", "a code that gis/plan/works.csv does not have"),
        ("distance_m", "", "a photograph that is linked by its place has a distance"),
        ("lon", "0", "it was taken too far from the district"),
        ("lat", "NaN", "not a figure"),
        ("taken_at", "2023-02-30T09:30:00", "not a day with a time"),
        ("direction", "360", "the figure is too large"),
        ("sha256", "abc", "not of the form of a code"),
        ("linked_by", "guess", "this word is not in the list"),
    ],
)
def test_what_is_wrong_in_the_table_is_told(album, tiny, column, value, words):
    album(IMG_1=at_school(metres=5))
    tiny.edit(PHOTOS, 2, column, value)
    (problem, *_) = tiny.reading().problems
    assert (problem.file, problem.row, problem.column) == (PHOTOS, 2, column)
    assert problem.what.en == words
    assert problem.allowed
    assert problem.todo


def test_a_time_as_a_spreadsheet_writes_it_is_read(album, tiny):
    album(IMG_1=at_school())
    tiny.edit(PHOTOS, 2, "taken_at", "12/08/2023 9:30")
    (row,) = tiny.record().photos
    assert row.taken_at == datetime.fromisoformat("2023-08-12T09:30:00")
