"""`ntm-geo fetch`: boundaries from the net, from servers that are well, broken, slow and lying.

Every server stands on this machine, and every file that it serves is made here, from the sketch.
"""

import ast
import hashlib
import io
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import urllib.request
import zipfile
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely
from shapely.geometry import box, mapping

from ntm_geo.cache import Origin, find_kept, keep
from ntm_geo.errors import DownloadError, NameAmbiguousError, NameUnknownError, OptionError
from ntm_geo.fetching import (
    Limits,
    Place,
    download,
    overpass_address,
    read_answer,
    read_district,
)
from ntm_geo.fetching.download import _opener
from ntm_geo.names import Named
from ntm_geo.workspace import open_workspace

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ntm_geo"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass
class Server:
    """A server on this machine: what it gives at each path, and what it was asked."""

    port: int = 0
    asked: list = field(default_factory=list)
    gives: dict = field(default_factory=dict)
    ends: threading.Event = field(default_factory=threading.Event)

    def address(self, path="/file"):
        return f"http://127.0.0.1:{self.port}{path}"

    def give(self, body=b"", path="/file", *, status=200, length=None, then=None, **headers):
        """Answer so; `then` is called with the connection after the body."""
        known = {} if length is None else {"Content-Length": str(length)}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.gives[path] = (status, {**known, **names}, body, then)
        return self.address(path)


@pytest.fixture
def server(monkeypatch):
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    known = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            known.asked.append((self.path, dict(self.headers)))
            path = self.path if self.path in known.gives else urlsplit(self.path).path
            status, headers, body, then = known.gives.get(path, (404, {}, b"", None))
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                if then is not None:
                    self.wfile.flush()
                    then(self.wfile)
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = running.server_port
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield known
    known.ends.set()
    running.shutdown()
    running.server_close()
    thread.join()


BODY = b"boundaries" * 1000
SMALL = Limits(max_bytes=100_000, stall_s=5.0, total_s=30.0)


def refused(tmp_path, address, limits=SMALL):
    """Download what must fail, and return what is said."""
    with pytest.raises(DownloadError) as caught:
        download(address, tmp_path / "target", limits=limits)
    (problem,) = caught.value.problems
    assert problem.allowed
    assert problem.todo
    return problem


# --- a download --------------------------------------------------------------------------------


def test_a_file_comes_whole_with_its_checksum_and_its_progress(server, tmp_path):
    told = []
    address = server.give(BODY, length=len(BODY))
    received = download(
        address, tmp_path / "target", limits=SMALL, on_bytes=lambda *far: told.append(far)
    )
    assert (tmp_path / "target").read_bytes() == BODY
    assert received.size == len(BODY)
    assert received.sha256 == hashlib.sha256(BODY).hexdigest()
    assert told[-1] == (len(BODY), len(BODY))
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("ntm-geo")
    assert headers["Accept-Encoding"] == "identity"


def test_a_body_that_ends_early_is_not_taken(server, tmp_path):
    said = refused(tmp_path, server.give(BODY, length=len(BODY) + 1))
    assert said.what.en == "the file was cut off on its way"
    assert said.found == f"{len(BODY)} / {len(BODY) + 1} byte"


def test_chunks_that_end_early_are_not_taken(server, tmp_path):
    address = server.give(b"10\r\nboundaries", Transfer_Encoding="chunked")
    assert refused(tmp_path, address).what.en == "the file was cut off on its way"


def test_a_claim_of_two_gigabytes_is_refused_before_anything_comes(server, tmp_path):
    said = refused(tmp_path, server.give(b"x", length=2 * 2**30))
    assert said.what.en == "the file is larger than it can be"
    assert (tmp_path / "target").read_bytes() == b""


def test_a_body_without_end_is_bounded(server, tmp_path):
    def never_ends(out):
        while not server.ends.is_set():
            out.write(BODY)

    said = refused(tmp_path, server.give(then=never_ends))
    assert said.what.en == "the file is larger than it can be"
    assert (tmp_path / "target").stat().st_size <= SMALL.max_bytes


def test_a_server_that_falls_silent_is_left(server, tmp_path):
    address = server.give(b"x", length=10, then=lambda _: server.ends.wait())
    said = refused(tmp_path, address, Limits(max_bytes=100, stall_s=0.2))
    assert (said.what.en, said.found) == ("the server is silent", "0.2 s")


def test_a_server_that_trickles_is_left(server, tmp_path):
    def trickle(out):
        while not server.ends.wait(0.02):
            out.write(b"x")
            out.flush()

    limits = Limits(max_bytes=10**6, stall_s=5.0, total_s=0.3)
    assert refused(tmp_path, server.give(then=trickle), limits).found == "0.3 s"


@pytest.mark.usefixtures("server")
def test_a_head_that_trickles_is_left_too(tmp_path):
    ends = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle():
            connection, _ = listening.accept()
            with connection:
                while not ends.wait(0.02):
                    connection.send(b"H")

        thread = threading.Thread(target=trickle)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        limits = Limits(max_bytes=100, stall_s=5.0, total_s=0.3)
        said = refused(tmp_path, address, limits)
        ends.set()
        thread.join()
    assert said.what.en == "the download took too long"


@pytest.mark.parametrize(("leads", "path"), [("/new", "/new"), ("/new file\xe9", "/new%20file%E9")])
def test_a_redirect_on_the_same_server_is_followed(server, tmp_path, leads, path):
    server.give(BODY, path)
    address = server.give(status=302, Location=leads)
    assert download(address, tmp_path / "target", limits=SMALL).size == len(BODY)


@pytest.mark.parametrize(
    "leads",
    [
        "http://localhost:1/file", "https://example.org/file", "file:///etc/passwd",
        "ftp://127.0.0.1/file", "//example.org/file", "http://[::1/file",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_named_and_not_followed(server, tmp_path, leads):
    said = refused(tmp_path, server.give(status=302, Location=leads))
    assert said.what.en == "the server sends us elsewhere"
    assert said.found.endswith(leads)
    assert len(server.asked) == 1


def test_a_redirect_that_goes_round_in_circles_ends(server, tmp_path):
    server.give(status=301, path="/new", Location="/file")
    said = refused(tmp_path, server.give(status=301, Location="/new"))
    assert said.what.en == "the server sends us round in circles"
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (404, "there is no such file at this address"), (429, "too many questions were asked"),
        (503, "the server is busy"), (418, "the server does not give the file"),
        (204, "the server does not give the file"), (302, "the server does not give the file"),
    ],
)  # fmt: skip
def test_what_a_server_answers_is_told(server, tmp_path, status, what):
    said = refused(tmp_path, server.give(status=status, Retry_After="60"))
    assert (said.what.en, said.found) == (what, f"{status}, Retry-After: 60")


def test_packed_data_that_nobody_asked_for_are_not_unpacked(server, tmp_path):
    said = refused(tmp_path, server.give(b"\x1f\x8b", Content_Encoding="gzip"))
    assert said.found == "Content-Encoding: gzip"


@pytest.mark.usefixtures("server")
def test_what_is_no_http_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        said = refused(tmp_path, f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert said.what.en == "the file was cut off on its way"
    assert "SSH" in said.found


@pytest.mark.usefixtures("server")
def test_without_a_server_the_message_says_what_to_do_in_both_languages(tmp_path):
    address = "http://127.0.0.1:1/file"
    said = refused(tmp_path, address)
    assert said.what.en == "the server cannot be reached"
    for lang, words in (("vi", "máy có mạng"), ("en", "another machine")):
        assert words in said.todo.say(lang)
        assert said.todo.say(lang).endswith(f"--from FILE: {address}".replace(
            "FILE", "TỆP" if lang == "vi" else "FILE"))  # fmt: skip


def test_certificates_are_checked(server, tmp_path):
    (handler,) = (one for one in _opener().handlers if isinstance(one, urllib.request.HTTPSHandler))
    context = handler._context  # noqa: SLF001 (what is used is what counts)
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    said = refused(tmp_path, f"https://127.0.0.1:{server.port}/file")
    assert said.what.en == "no safe connection to the server"


def test_the_proxy_of_the_environment_is_asked(server, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", server.address(""))
    server.give(BODY, "http://localhost:1/file")
    download("http://localhost:1/file", tmp_path / "target", limits=SMALL)
    assert server.asked[0][0] == "http://localhost:1/file"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/file", "file:///etc/passwd", "ftp://example.org/x", "https://",
        "https://localhost@example.org/x", "http://localhost@example.org/x", "https://a b/x",
        "https://ví-dụ.vn/x", "https://example.org:port/x", "https://[::1/x", "x", "",
        "https://example.org/\r\nHost: x",
    ],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_not_asked(tmp_path, address):
    with pytest.raises(OptionError, match="this address is not asked"):
        download(address, tmp_path / "target", limits=SMALL)
    assert not (tmp_path / "target").exists()


# --- what GADM has -------------------------------------------------------------------------------


def gadm_feature(name, shape, *, district="EaTơ", province="Thử", number=1, **other):
    """Return a feature as GADM's file of level 3 holds it: names without blanks."""
    code = sum(map(ord, district + province))
    return {
        "type": "Feature",
        "properties": {
            "GID_3": f"VNM.1.{code}.{number}_1", "GID_0": "VNM", "COUNTRY": "Vietnam",
            "GID_1": f"VNM.{province}_1", "NAME_1": province, "NL_NAME_1": "NA",
            "GID_2": f"VNM.1.{code}_1", "NAME_2": district, "NL_NAME_2": "NA",
            "NAME_3": name.replace(" ", ""), "VARNAME_3": "NA", "NL_NAME_3": "NA",
            "TYPE_3": "Xã", "ENGTYPE_3": "Commune", "CC_3": "NA", "HASC_3": "NA", **other,
        },
        "geometry": None if shape is None else mapping(shape),
    }  # fmt: skip


def zipped(features):
    """Return GADM's file: a zip with one GeoJSON in it."""
    out = io.BytesIO()
    content = {"type": "FeatureCollection", "name": "gadm41_VNM_3", "features": features}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gadm41_VNM_3.json", json.dumps(content))
    return out.getvalue()


SQUARES = {
    "Đăk Mơ": box(108.4538, 13.5, 108.5, 13.5452), "Sơn Hạ": box(108.5, 13.5, 108.5462, 13.5452),
    "Sơn Hà": box(108.4538, 13.4548, 108.5, 13.5), "Ea Tơ": box(108.5, 13.4548, 108.5462, 13.5),
}  # fmt: skip
"""The tiny record's units, 25 km² each, about their centres."""
PLACE = Place(
    province="Tỉnh Thử",
    district="Ea Tơ",
    units=tuple(Named(str(i), "commune", (name,)) for i, name in enumerate(SQUARES)),
    centres=tuple((shape.centroid.x, shape.centroid.y) for shape in SQUARES.values()),
    bounds=(108.4, 13.4, 108.6, 13.6),
)
UNITS = [gadm_feature(name, shape) for name, shape in SQUARES.items()]


def read_gadm(tmp_path, features):
    path = tmp_path / "gadm.zip"
    path.write_bytes(features if isinstance(features, bytes) else zipped(features))
    return read_district(path, PLACE)


def test_of_a_country_the_district_is_taken_with_all_that_is_published(tmp_path):
    far = [
        gadm_feature("Sơn Hạ", box(105, 20, 105.1, 20.1), province="HàNội"),
        gadm_feature("Ea Bông", box(108.6, 13.5, 108.7, 13.6), district="Krông"),
    ]
    found = read_gadm(tmp_path, [far[0], *UNITS, far[1]])
    assert [unit.name for unit in found.units] == ["ĐăkMơ", "SơnHạ", "SơnHà", "EaTơ"]
    assert [unit.shape for unit in found.units] == list(SQUARES.values())
    assert found.units[0].attributes["TYPE_3"] == "Xã"
    assert "CC_3" not in found.units[0].attributes


def test_of_two_districts_of_one_name_the_one_at_the_records_place_is_taken(tmp_path):
    far = gadm_feature("Sơn Hạ", box(107, 13, 107.1, 13.1), GID_2="VNM.1.9_1")
    assert len(read_gadm(tmp_path, [far, *UNITS]).units) == 4


def test_two_districts_of_one_name_and_place_are_a_question(tmp_path):
    same = gadm_feature("Sơn Hạ", SQUARES["Sơn Hạ"], GID_2="VNM.1.9_1")
    with pytest.raises(NameAmbiguousError, match="this name fits two districts"):
        read_gadm(tmp_path, [same, *UNITS])


def test_a_district_of_this_name_elsewhere_is_not_taken(tmp_path):
    moved = [gadm_feature(name, shapely.affinity.translate(shape, 2)) for name, shape
             in SQUARES.items()]  # fmt: skip
    with pytest.raises(DownloadError, match="lies elsewhere than the record's units"):
        read_gadm(tmp_path, moved)


@pytest.mark.parametrize(
    ("changes", "column", "near"),
    [
        ({"province": "Khác"}, "district.province", "Khác"),
        ({"district": "Krông"}, "district.name", "Krông"),
    ],
)
def test_a_place_that_is_not_in_the_file_is_named_with_those_that_are(
    tmp_path, changes, column, near
):
    other = [gadm_feature(name, shape, **changes) for name, shape in SQUARES.items()]
    with pytest.raises(NameUnknownError) as caught:
        read_gadm(tmp_path, other)
    (problem,) = caught.value.problems
    assert (problem.file, problem.column) == ("gis/project.toml", column)
    assert near in problem.allowed.en


def test_a_unit_without_a_shape_is_named(tmp_path):
    found = read_gadm(tmp_path, [*UNITS[:3], gadm_feature("Ea Tơ", None)])
    assert len(found.units) == 3
    assert [name for name, _ in found.broken] == ["EaTơ"]


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("gadm41_VNM_3.json", b" " * (40 * 2**20))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page came, no data"),
        (b"\n<html><p>Sign in<br></html>", "a web page came, no data"),
        (zipped(UNITS)[:-30], "the zip is damaged or cut off"),
        (zipped(UNITS)[:200], "the zip is damaged or cut off"),
        (BOMB.getvalue(), "the zip swells like a zip bomb"),
        (b"\x1f\x8b\x08\x00" + b"x" * 60, "a format that is not imported"),
        (zipped([{"type": "Feature", "properties": {"a": 1}, "geometry": None}]),
         "this is no file of GADM, level 3"),
        (zipped([gadm_feature("A", box(0, 0, 1, 1), GID_0="LAO")]), "a file of another country"),
        (b"", "the file is empty"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_gadm_is_told(tmp_path, content, words):
    with pytest.raises(DownloadError, match=words):
        read_gadm(tmp_path, content)


# --- what OpenStreetMap has --------------------------------------------------------------------


def way(positions, role="outer", **other):
    geometry = [{"lat": lat, "lon": lon} for lon, lat in positions]
    return {"type": "way", "ref": 7, "role": role, "geometry": geometry, **other}


def in_pieces(shape, role="outer"):
    """Return a ring as two ways, one of them against the direction."""
    ring = list(shape.exterior.coords)
    middle = len(ring) // 2
    return [way(ring[: middle + 1], role), way(ring[: middle - 1 : -1], role)]


def relation(name, members, level="8"):
    tags = {"boundary": "administrative", "admin_level": level, "name": name}
    node = {"type": "node", "ref": 1, "role": "admin_centre", "lat": 13.5, "lon": 108.5}
    return {"type": "relation", "id": 42, "tags": tags, "members": [*members, node]}


RELATIONS = [relation(f"Xã {name}", in_pieces(shape)) for name, shape in SQUARES.items()]


def answer(elements, **other):
    return json.dumps({"version": 0.6, "elements": elements, **other}).encode()


def read_osm(tmp_path, content):
    path = tmp_path / "osm.json"
    path.write_bytes(content if isinstance(content, bytes) else answer(content))
    return read_answer(path, PLACE)


def test_the_question_is_about_the_district_and_the_day():
    address = overpass_address("https://example.org/api", PLACE, on=date(2023, 1, 31))
    query = parse_qs(urlsplit(address).query)["data"][0]
    assert '[date:"2023-01-31T00:00:00Z"]' in query
    assert "(13.4,108.4,13.6,108.6)" in query
    assert "date" not in overpass_address("https://example.org/api", PLACE, on=None)


def test_ways_become_areas_in_whatever_order_and_direction(tmp_path):
    found = read_osm(tmp_path, RELATIONS)
    assert [unit.name for unit in found.units] == [f"Xã {name}" for name in SQUARES]
    for unit, shape in zip(found.units, SQUARES.values(), strict=True):
        assert unit.shape.equals(shape)
    assert found.units[0].attributes == {
        "name": "Xã Đăk Mơ", "admin_level": "8", "osm_id": "relation/42",
    }  # fmt: skip


def test_holes_and_islands_are_kept_and_a_way_may_stand_twice(tmp_path):
    square, hole, island = SQUARES["Sơn Hạ"], box(108.51, 13.51, 108.52, 13.52), box(
        108.56, 13.51, 108.57, 13.52
    )  # fmt: skip
    members = [*in_pieces(square, ""), *in_pieces(hole, "inner"), *in_pieces(island)]
    found = read_osm(tmp_path, [relation("Sơn Hạ", [*members, members[0]])])
    assert found.units[0].shape.equals(square.difference(hole).union(island))


def test_a_ring_that_does_not_close_is_named_with_its_gap_and_left_out(tmp_path):
    ring = list(SQUARES["Sơn Hạ"].exterior.coords)
    broken = relation("Sơn Hạ", [way(ring[:-1])])
    found = read_osm(tmp_path, [RELATIONS[0], broken])
    assert [unit.name for unit in found.units] == ["Xã Đăk Mơ"]
    ((name, why),) = found.broken
    assert name == "Sơn Hạ"
    assert why.en == (
        "the boundary does not close, it is open at 108.54620, 13.50000; "
        "108.50000, 13.50000 (4995 m)"
    )


@pytest.mark.parametrize(
    "member",
    [
        way([(108.5, float("nan")), (108.6, 13.5)]), way([(181, 13.5), (108.6, 13.5)]),
        way([(108.5, 13.5)]), {"type": "way", "ref": 7, "role": "outer"},
        {"type": "way", "ref": 7, "role": "outer", "geometry": [None, None]},
        {"type": "way", "ref": 7, "role": "outer", "geometry": "x"},
        way([("x", 1), (2, 3)]), way([], role="inner"),
    ],
)  # fmt: skip
def test_a_piece_without_valid_coordinates_is_named(tmp_path, member):
    members = [*in_pieces(SQUARES["Sơn Hạ"]), member]
    ((name, why),) = read_osm(tmp_path, [relation("Sơn Hạ", members)]).broken
    assert name == "Sơn Hạ"
    assert "way/7" in why.en


def test_a_relation_without_ways_is_named(tmp_path):
    ((_, why),) = read_osm(tmp_path, [relation("Sơn Hạ", [])]).broken
    assert why.en == "there is no piece of a boundary"


def test_neighbours_and_the_district_itself_are_named_and_left_out(tmp_path):
    district = relation("Huyện Ea Tơ", in_pieces(box(108.45, 13.45, 108.55, 13.55)), level="6")
    neighbour = relation("Xã Bên", in_pieces(box(108.55, 13.5, 108.6, 13.55)))
    renamed = relation("Xã Mới", in_pieces(SQUARES["Sơn Hạ"]))
    namesake = relation("Xã Sơn Hạ", in_pieces(box(107, 12, 107.1, 12.1)))
    found = read_osm(tmp_path, [district, neighbour, renamed, namesake, RELATIONS[0]])
    assert [unit.name for unit in found.units] == ["Xã Mới", "Xã Đăk Mơ"]
    assert found.left_out == ("Huyện Ea Tơ", "Xã Bên", "Xã Sơn Hạ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>rate limited</html>", "a web page came, no data"),
        (answer(RELATIONS)[:-100], "the answer is cut off or damaged"),
        (b"[" * 100_000, "the answer is cut off or damaged"),
        (b"[]", "this is no answer of Overpass"),
        (b'{"elements": 3}', "this is no answer of Overpass"),
        (answer(RELATIONS[:1], remark="runtime error: Query timed out"), "Query timed out"),
        (answer([]), "OpenStreetMap has no boundary"),
        (answer([None, 3, {"type": "way"}, {"type": "relation", "tags": 3, "members": 3}]),
         "OpenStreetMap has no boundary"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told(tmp_path, content, words):
    with pytest.raises(DownloadError, match=words):
        read_osm(tmp_path, content)


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Give the program a cache folder of its own, which is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("NTM_GEO_CACHE", str(folder))
    return folder


@pytest.fixture
def gadm(server, cache, tiny, run_main):  # noqa: ARG001 (nothing may reach the real cache)
    """Run `ntm-geo fetch units --source gadm` against the server here."""
    server.give(zipped(UNITS))

    def run(*more):
        command = ["fetch", "units", "--source", "gadm", "--from", server.address()]
        return run_main([*command, *more, "--lang", "en"], tiny.root)

    return run


def lines(outcome):
    return [" ".join(line.split()) for line in outcome.stdout.splitlines()]


def test_the_licence_comes_first_and_the_next_step_last(gadm, cache):
    out = gadm()
    assert (out.code, out.stderr) == (0, "")
    said = lines(out)
    assert said[0] == "Source GADM 4.1"
    assert said[1].startswith("Licence free for academic and other non-commercial use; not to be")
    assert "Units 4: ĐăkMơ, SơnHạ, SơnHà, EaTơ" in said
    assert any(line.startswith("Note since 1 July 2025") for line in said)
    assert said[-1] == f'Next step: ntm-geo import "{cache / "gadm-4.1-tiny-units.geojson"}"'


def test_the_next_step_names_the_workspace_and_names_from_the_net_move_no_cursor(
    gadm, server, tiny, run_main, tmp_path
):
    server.give(zipped([*UNITS[:3], gadm_feature("Ea\x1b[2JTơ", SQUARES["Ea Tơ"])]))
    project = str(tiny.root)
    command = ["fetch", "units", "--source", "gadm", "--from", server.address(), "--lang", "en"]
    out = run_main([*command, "--project", project], tmp_path)
    assert lines(out)[-1].endswith(f'.geojson" --project "{project}"')
    assert "\x1b" not in out.stdout
    assert gadm().code == 0


def test_the_file_says_where_it_comes_from(gadm, tmp_path, server):
    assert gadm("-o", str(tmp_path / "units.geojson")).code == 0
    content = json.loads((tmp_path / "units.geojson").read_text("utf-8"))
    assert content["source"] == server.address()
    assert "non-commercial" in content["licence"]
    assert re.fullmatch(r"[0-9a-f]{64}", content["sha256"])
    assert date.fromisoformat(content["downloaded"])
    assert len(content["features"]) == 4


def test_what_was_fetched_goes_into_the_record_by_one_command(gadm, run_main, tiny, tmp_path):
    before = {path: path.read_bytes() for path in tiny.root.rglob("*") if path.is_file()}
    gadm("-o", str(tmp_path / "units.geojson"))
    assert before == {path: path.read_bytes() for path in tiny.root.rglob("*") if path.is_file()}
    done = run_main(["import", str(tmp_path / "units.geojson")], tiny.root)
    assert (done.code, done.stderr) == (0, "")
    assert set(tiny.open().district.units["position"]) == {"digitised"}


def test_a_second_call_asks_nothing_of_the_net(gadm, server):
    first = gadm()
    second = gadm()
    assert second.code == 0
    assert len(server.asked) == 1
    assert any("the net was not asked" in line for line in lines(second))
    assert lines(first)[-1] == lines(second)[-1]


def test_asked_again_it_says_whether_something_else_came(gadm, server):
    gadm()
    same = gadm("--again")
    server.give(zipped(UNITS[:3]))
    other = gadm("--again")
    assert len(server.asked) == 3
    assert not any("other than what came" in line for line in lines(same))
    assert any("other than what came on" in line for line in lines(other))
    assert "Missing 1: Ea Tơ" in lines(other)


def test_what_is_no_file_in_the_cache_is_not_read(tmp_path):
    (tmp_path / "received").write_bytes(b"x")
    origin = Origin(address="https://x", day="2026-01-01", sha256="0")
    kept = keep(tmp_path, "gadm.zip", tmp_path / "received", origin)
    assert find_kept(tmp_path, "gadm.zip", "https://x") is not None
    kept.unlink()
    kept.symlink_to("/dev/null")  # another device would be read for ever
    assert find_kept(tmp_path, "gadm.zip", "https://x") is None


@pytest.mark.parametrize("harm", [lambda _: b"PK", lambda old: old + b"\0"])
def test_a_kept_file_that_changed_is_told_and_had_anew(gadm, server, cache, harm):
    gadm()
    (kept,) = cache.glob("gadm-*.zip")
    kept.write_bytes(harm(kept.read_bytes()))
    out = gadm()
    assert out.code == 0
    assert any("no longer whole (wrong checksum)" in line for line in lines(out))
    assert len(server.asked) == 2
    assert any("the net was not asked" in line for line in lines(gadm()))


@pytest.mark.parametrize(
    "spoil",
    [
        *(lambda _, said=said: said for said in ["", "{}", "[]", "[" * 100_000]),
        lambda _: json.dumps({"address": 1, "day": 2, "sha256": 3}),
        *(lambda kept, day=day: json.dumps({**kept, "day": day}) for day in ["hôm qua", 5, None]),
    ],
)
def test_a_kept_file_that_nobody_vouches_for_is_not_used(gadm, server, cache, spoil):
    gadm()
    (origin,) = cache.glob("gadm-*.origin.json")
    origin.write_text(spoil(json.loads(origin.read_text())), "utf-8")
    assert gadm().code == 0
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda server: server.give(b"<html></html>"),
        lambda server: server.give(zipped(UNITS), length=100),
        lambda server: server.give(zipped(UNITS), length=10**6),
        lambda server: server.give(status=503),
    ],
)
def test_what_is_not_good_is_not_kept_and_nothing_is_written(gadm, server, cache, spoil):
    spoil(server)
    out = gadm()
    assert out.code == 1
    assert out.stderr
    assert not list(cache.rglob("*"))


def test_a_failure_leaves_what_was_had_before(gadm, server, cache):
    gadm()
    before = {path.name: path.read_bytes() for path in cache.iterdir()}
    server.give(status=503)
    assert gadm("--again").code == 1
    assert before == {path.name: path.read_bytes() for path in cache.iterdir()}


def test_a_wrong_name_in_the_record_does_not_cost_a_second_download(gadm, server, tiny):
    tiny.replace("gis/project.toml", 'province = "Tỉnh Thử"', 'province = "Tỉnh Khác"')
    out = gadm()
    assert out.code == 1
    assert "gis/project.toml, column district.province" in out.stderr
    tiny.replace("gis/project.toml", 'province = "Tỉnh Khác"', 'province = "Tỉnh Thử"')
    assert gadm().code == 0
    assert len(server.asked) == 1


def test_a_file_that_was_brought_by_hand_is_read(cache, tiny, run_main, tmp_path):
    path = tmp_path / "gadm41_VNM_3.json.zip"
    path.write_bytes(zipped(UNITS))
    command = ["fetch", "units", "--source", "gadm", "--from", str(path), "--lang", "en"]
    out = run_main(command, tiny.root)
    assert "Units 4: ĐăkMơ, SơnHạ, SơnHà, EaTơ" in lines(out)
    assert [found.name for found in cache.iterdir()] == ["gadm-4.1-tiny-units.geojson"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--from", "nowhere.zip"], "neither an https:// address nor a file"),
        (["--from", "http://example.org/x"], "this address is not asked"),
        (["--on", "2023-01-31"], "this source has one edition only"),
        (["-o", "gis/units.geojson"], "nothing that is made goes into the record"),
        (["-o", "units.gpkg"], "boundaries are written as GeoJSON"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_asked(gadm, server, more, words):
    out = gadm(*more)
    assert out.code == 2
    assert words in out.stderr
    assert server.asked == []


@pytest.mark.usefixtures("cache", "server")
def test_without_a_network_both_languages_say_what_to_do(tiny, run_main):
    command = ["fetch", "units", "--source", "gadm", "--from", "http://127.0.0.1:1/vnm.zip"]
    for lang, words in (("vi", "không có mạng thì mở địa chỉ này"), ("en", "without a network")):
        out = run_main([*command, "--lang", lang], tiny.root)
        assert out.code == 1
        assert words in out.stderr
        assert "http://127.0.0.1:1/vnm.zip" in out.stderr


def test_a_day_that_is_yet_to_come_is_refused(cache, server, tiny, run_main):
    command = ["fetch", "units", "--source", "osm", "--from", server.address(), "--lang", "en"]
    out = run_main([*command, "--on", "2999-01-01"], tiny.root)
    assert out.code == 2
    assert "nobody has mapped this day yet" in out.stderr
    assert not cache.exists()


def test_osm_is_asked_for_the_last_day_of_the_plans_units(server, cache, tiny, run_main):
    tiny.write(
        "gis/changes.csv",
        "date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source\n"
        "2025-07-01,90001,Đăk Mơ,90002,Sơn Hạ,commune,whole,,,NQ\n"
        "2024-11-01,90003,Sơn Hà,90001,Đăk Mơ,commune,whole,,,NQ\n",
    )
    server.give(answer(RELATIONS))
    command = ["fetch", "units", "--source", "osm", "--from", server.address(), "--lang", "en"]
    out = run_main(command, tiny.root)
    assert "Map of 31 October 2024" in lines(out)
    assert (cache / "osm-2024-10-31-tiny-units.geojson").is_file()
    assert "2024-10-31T00" in parse_qs(urlsplit(server.asked[0][0]).query)["data"][0]
    later = run_main([*command, "--on", "2025-07-01"], tiny.root)
    assert "Note the plan's units had changed on 1 July 2025" in lines(later)


def test_todays_map_is_asked_for_without_a_day_and_anew_each_day(server, cache, tiny, run_main):
    server.give(answer(RELATIONS))
    command = ["fetch", "units", "--source", "osm", "--from", server.address(), "--lang", "en"]
    for _ in range(2):
        assert run_main(command, tiny.root).code == 0
    assert len(server.asked) == 1
    assert "date" not in parse_qs(urlsplit(server.asked[0][0]).query)["data"][0]
    (origin,) = cache.glob("*.origin.json")
    kept = json.loads(origin.read_text())
    origin.write_text(json.dumps({**kept, "day": "2020-01-01"}))
    assert run_main(command, tiny.root).code == 0
    assert len(server.asked) == 2


def test_of_a_file_brought_by_hand_no_day_is_claimed(cache, tiny, run_main, tmp_path):
    path = tmp_path / "interpreter.json"
    path.write_bytes(answer(RELATIONS))
    command = ["fetch", "units", "--source", "osm", "--from", str(path), "--lang", "en"]
    assert not any(line.startswith("Map of") for line in lines(run_main(command, tiny.root)))
    assert (cache / "osm-tiny-units.geojson").is_file()


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("source", ["gadm", "osm"])
def test_the_communes_of_kbang_come_in_by_two_commands(server, tmp_path, run_main, source):
    root = tmp_path / "kbang"
    shutil.copytree(ROOT / "gis", root / "gis")
    units = open_workspace(root).district.units  # the sketch
    pairs = list(zip(units["name"], units.geometry, strict=True))
    server.give(
        zipped([gadm_feature(n, s, district="KBang", province="GiaLai") for n, s in pairs])
        if source == "gadm"
        else answer([relation(f"Xã {n}" if n != "Kbang" else n, in_pieces(s)) for n, s in pairs])
    )
    command = ["fetch", "units", "--source", source, "--from", server.address(), "--lang", "en"]
    out = run_main([*command, "-o", str(tmp_path / "units.geojson")], root)
    assert (out.code, out.stderr) == (0, "")
    assert any(line.startswith("Units 14: ") for line in lines(out))
    assert run_main(["import", str(tmp_path / "units.geojson")], root).code == 0
    assert set(open_workspace(root).district.units["position"]) == {"digitised"}


# --- nothing else asks the net -------------------------------------------------------------------


def test_only_fetching_can_open_a_connection():
    users = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or ""}
            else:
                continue
            if names & {"urllib.request", "http.client", "socket", "ssl", "requests", "httpx"}:
                users.add(path.relative_to(PACKAGE).parts[0])
    assert users == {"fetching"}


def test_no_other_command_loads_what_asks_the_net(tiny):
    code = (
        "import sys, ntm_geo.cli as cli\n"
        "sys.argv = ['ntm-geo', 'build']\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "sys.exit(7 if any(name.startswith('ntm_geo.fetching') for name in sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tiny.root, check=False,
                          env={"PYTHONPATH": str(ROOT)}, capture_output=True)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
