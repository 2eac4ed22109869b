"""Zips and XML that could do harm, and those that only look as if they did."""

import io
import stat
import tempfile
import zipfile

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
from shapely import Point

from ntm_geo.errors import RecordError
from ntm_geo.foreign import Format, open_foreign, staging, zips

KML = '<kml xmlns="http://www.opengis.net/kml/2.2">{}</kml>'
PLACEMARK = "<Placemark><name>A</name><Point><coordinates>1,2</coordinates></Point></Placemark>"
FEATURES = (
    '{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}'
)


@pytest.fixture(autouse=True)
def nothing_left(tmp_path, monkeypatch):
    """Whatever happens, the temporary folder is empty afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.fixture
def shapefile(tmp_path):
    folder = tmp_path / "shp"
    folder.mkdir()
    frame = gpd.GeoDataFrame({"ten": ["Làng"]}, geometry=[Point(5e5, 1.5e6)], crs="EPSG:9218")
    pyogrio.write_dataframe(frame, folder / "Ranh giới.shp", encoding="UTF-8")
    return {part.name: part.read_bytes() for part in folder.iterdir()}


@pytest.fixture
def zipped(tmp_path):
    def write(members, name="a.zip", compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", compression) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return write


@pytest.fixture
def refused(tmp_path):
    def read(path, match, **options):
        with pytest.raises(RecordError, match=match) as caught:
            open_foreign(path, **options)
        (problem,) = caught.value.problems
        assert problem.file
        assert str(tmp_path) not in caught.value.say("en")
        assert "Cho phép" in problem.say("vi")
        assert "To do" in problem.say("en")
        return problem

    return read


# --- zips --------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "Ranh giới/", "a/b/", "a\\"])
def test_a_zipped_shapefile_is_read_in_any_folder(zipped, shapefile, folder):
    path = zipped({folder + name: content for name, content in shapefile.items()})
    brought = open_foreign(path)
    assert brought.recognition.format is Format.SHAPEFILE
    assert brought.attributes["ten"].tolist() == ["Làng"]
    assert brought.crs.authority == "EPSG:9218"
    assert brought.notices == ()


def test_what_is_not_read_of_a_zip_is_told(zipped, shapefile):
    path = zipped({**shapefile, "doc.pdf": "x", "__MACOSX/._x.shp": "x", ".DS_Store": "x"})
    assert [notice.found for notice in open_foreign(path).notices] == ["doc.pdf"]


def test_several_data_sets_in_a_zip_are_listed(zipped, refused):
    path = zipped({"x/a.geojson": FEATURES, "b.kml": KML.format(PLACEMARK)})
    problem = refused(path, "several data sets")
    assert problem.allowed.vi == "x/a.geojson, b.kml"
    assert open_foreign(path, layer="B").recognition.format is Format.KML
    assert open_foreign(path, layer="x/a.geojson").recognition.format is Format.GEOJSON


def test_a_zip_with_nothing_to_read(zipped, refused):
    assert refused(zipped({"a.pdf": "x"}), "no map data").found == "a.pdf"
    refused(zipped({}), "no map data")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95, 0.999])
def test_a_truncated_zip(zipped, shapefile, refused, share):
    path = zipped(shapefile)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    refused(path, "damaged or cut off")


def test_a_damaged_member(zipped, shapefile, refused):
    path = zipped(shapefile, compression=zipfile.ZIP_STORED)
    data = path.read_bytes().replace(b"L\xc3\xa0ng", b"LaangX"[:5])
    path.write_bytes(data)
    refused(path, "damaged or cut off")


@pytest.mark.parametrize(
    "name",
    [
        "../a.geojson",
        "x/../../a.geojson",
        "/etc/a.geojson",
        "C:\\a.geojson",
        "C:a.geojson",
        "..\\a.geojson",
        "\\\\server\\share\\a.geojson",
    ],
)
def test_a_name_that_leads_out(zipped, refused, tmp_path, name):
    before = set(tmp_path.parent.rglob("*"))
    path = zipped({name: FEATURES})
    refused(path, "leads out of the zip")
    assert set(tmp_path.parent.rglob("*")) - before == {path}


def test_a_symbolic_link_inside(zipped, refused):
    link = zipfile.ZipInfo("a.geojson")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(zipped({link: "/etc/passwd"}), "symbolic link")


def test_a_password(zipped, refused):
    path = zipped({"a.geojson": FEATURES})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    refused(path, "password")


def test_two_members_of_one_name(zipped, refused):
    refused(zipped({"a.geojson": FEATURES, "A.GeoJSON": FEATURES}), "two files of one name")


@pytest.mark.parametrize("name", ["a.zip", "b/c.KMZ", "x.7z", "a.xlsx"])
def test_an_archive_inside(zipped, refused, name):
    refused(zipped({"a.geojson": FEATURES, name: b"PK"}), "archive inside")


def test_an_archive_inside_under_another_name(zipped, refused):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.geojson", FEATURES)
    refused(zipped({"a.geojson": inner.getvalue()}), "archive inside")


def test_a_bomb_is_refused_by_its_ratio(zipped, refused, monkeypatch):
    monkeypatch.setattr(zips, "_SMALL_BYTES", 2**16)
    refused(zipped({"a.geojson": b"0" * 2**20}), "zip bomb")


def test_a_bomb_is_refused_by_what_it_claims(zipped, refused, monkeypatch):
    monkeypatch.setattr(zips, "MAX_BYTES", 2**16)
    refused(zipped({"a.geojson": b"0" * 2**17}), "too large")


def test_a_bomb_that_claims_little_gives_no_more_than_that(zipped, refused):
    path = zipped({"a.geojson": b"0" * 2**20})
    data = path.read_bytes()
    path.write_bytes(data.replace((2**20).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    refused(path, "damaged or cut off")


def test_what_comes_out_is_counted(zipped, tmp_path):
    path = zipped({"a.geojson": b"0" * 2**20})
    with zipfile.ZipFile(path) as archive:
        info = archive.infolist()[0]
        with pytest.raises(RecordError, match="too large"):
            zips.unpack_member(archive, info, tmp_path / "x", file="a.zip", limit=2**10)
    (tmp_path / "x").unlink()


def test_many_members(zipped, refused):
    refused(zipped({f"{n}.txt": "" for n in range(zips.MAX_MEMBERS + 1)}), "too many files")


# --- KMZ ---------------------------------------------------------------------------------------


def test_a_kmz_gives_its_document(zipped):
    path = zipped(
        {"doc.kml": KML.format(PLACEMARK), "files/x.png": "x", "files/b.kml": "x"}, "a.kmz"
    )
    brought = open_foreign(path)
    assert brought.recognition.format is Format.KMZ
    assert brought.attributes["name"].tolist() == ["A"]
    assert [notice.found for notice in brought.notices] == ["files/b.kml"]


def test_a_kmz_without_a_document(zipped, refused):
    refused(zipped({"x.png": "x"}, "a.kmz"), "no single main document")
    refused(zipped({"a.kml": "x", "b.kml": "x"}, "a.kmz"), "no single main document")


def test_a_kmz_with_a_path_that_leads_out(zipped, refused):
    refused(zipped({"doc.kml": "x", "../x.png": "x"}, "a.kmz"), "leads out")


# --- XML ---------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]><kml>&l9;</kml>'
EXTERNAL = '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><wpt>&x;</wpt></gpx>'
DTD = '<!DOCTYPE kml SYSTEM "http://192.0.2.1/kml.dtd"><kml/>'


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, DTD])
@pytest.mark.parametrize("name", ["a.kml", "a.gpx", "a.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_dtd_is_taken(tmp_path, refused, content, name, encoding):
    path = tmp_path / name
    path.write_text(content.replace(' version="1.0"', ' version="1.0" '), encoding)
    assert "<!DOCTYPE" in refused(path, "DTD").found


def test_no_dtd_is_taken_in_a_kmz_or_workbook(zipped, refused):
    refused(zipped({"doc.kml": BOMB}, "a.kmz"), "DTD")
    refused(zipped({"xl/workbook.xml": BOMB}, "a.xlsx"), "DTD")


def test_xml_that_nests_too_deeply(tmp_path, refused):
    path = tmp_path / "a.kml"
    path.write_text("<kml>" + "<Folder>" * 5000)
    refused(path, "nested too deeply")


@pytest.mark.parametrize("start", ["<kml><!--", "<kml><a b='"])
def test_a_tag_without_an_end_costs_no_time(tmp_path, refused, start):
    path = tmp_path / "a.kml"
    path.write_text(start + "x" * 20_000_000)
    refused(path, "far too long")


@pytest.mark.parametrize("content", ["<kml><Document>", "<kml></kmz>", "<kml>&a;</kml>"])
def test_damaged_xml(tmp_path, refused, content):
    path = tmp_path / "a.kml"
    path.write_text(content)
    refused(path, "damaged or cut off")


@pytest.mark.parametrize(
    "content", ["<OGRVRTDataSource/>", "<gml/>", "<kmlx/>", "<!-- <kml> --><OGRWFSDataSource/>"]
)
def test_xml_of_another_kind(tmp_path, refused, content):
    path = tmp_path / "a.kml"
    path.write_text(content)
    refused(path, "not imported")


def test_a_comment_that_another_driver_would_follow_is_refused(tmp_path, refused):
    path = tmp_path / "a.gpx"
    wpt = '<wpt lat="1" lon="2"><name>A</name></wpt>'
    namespace = "http://www.topografix.com/GPX/1/1"
    comment = "<!-- <OGRVRTDataSource> -->"
    path.write_text(f'{comment}<gpx version="1.1" xmlns="{namespace}">{wpt}</gpx>')
    refused(path, "cannot be read")


# --- workbooks ---------------------------------------------------------------------------------


def test_a_truncated_workbook(tmp_path, refused):
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["Tên", "X"])
    workbook.save(path)
    path.write_bytes(path.read_bytes()[:-200])
    refused(path, "damaged or cut off")


def test_a_workbook_without_its_parts(zipped, refused):
    refused(zipped({"xl/workbook.xml": "<workbook/>"}, "a.xlsx"), "Excel file is damaged")


def test_too_large_a_file_is_not_copied_whole(tmp_path, refused, monkeypatch):
    from ntm_geo.foreign import arrival

    monkeypatch.setattr(arrival, "MAX_BYTES", 1000)
    path = tmp_path / "a.geojson"
    path.write_text(" " * 2000)
    refused(path, "too large")
    monkeypatch.undo()
    monkeypatch.setattr(staging, "MAX_TEXT_BYTES", 1000)
    path.write_text(FEATURES + " " * 2000)
    refused(path, "too large")
