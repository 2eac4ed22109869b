"""The command: the examples of the documents answer, formats are what they say, exit codes hold."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ntm_geo.cli.output import Format, emit

REPO = str(Path(__file__).parents[1])
FIELDS = {
    "work_id", "asset_id", "name", "layer", "unit_code", "unit_name", "set", "number", "status",
    "quantity", "measure", "due", "office", "funding", "clause", "position", "length_m",
}  # fmt: skip


@pytest.fixture
def ask(run_main, kbang):
    """Run a query that must answer; return stdout and stderr."""

    def run(*args):
        outcome = run_main(["query", *args], kbang)
        assert outcome.code == 0, outcome.stderr
        return outcome.stdout, outcome.stderr

    return run


def test_unfinished_roads_as_json(ask):
    out, notes = ask("works", "--unfinished", "--layer", "roads", "--as", "json")
    works = json.loads(out)
    assert all(set(work) >= FIELDS for work in works)
    hardened = [work for work in works if work["kind"] == "harden"]
    assert round(sum(work["quantity"] for work in hardened), 2) == 15.13
    assert {work["position"] for work in works} == {"sketch"}
    assert "sơ họa" in notes


def test_spatial_filters_add_distance_and_the_nearest(ask):
    out, _ = ask("works", "--within", "10km", "--of", "schools", "--as", "json")
    works = json.loads(out)
    assert works
    assert all(0 <= work["distance_m"] <= 10_000 for work in works)
    assert all(work["nearest_id"].startswith("school") for work in works)
    assert all(work["distance_position"] == "sketch" for work in works)


def test_near_and_inside_combine(ask):
    near = ("--near", "108.5012,14.1704", "--within", "15000m")
    out, _ = ask("works", *near, "--inside", "Lơ Ku", "--as", "json")
    assert {work["unit_code"] for work in json.loads(out)} == {"23656"}


@pytest.mark.parametrize("name", ["Lơ Ku", "lo ku", "xã LơKu", "23656"])
def test_criteria_of_a_unit(ask, name):
    criteria = json.loads(ask("criteria", "--unit", name, "--as", "json")[0])
    assert [row["number"] for row in criteria] == list(range(1, 20))
    met = [row["number"] for row in criteria if row["status"] == "maintained"]
    assert met == [1, 3, 4, 5, 6, 7, 14, 16, 18, 19]


def test_units_as_json(ask):
    units = json.loads(ask("units", "--as", "json")[0])
    assert len(units) == 14
    town = next(unit for unit in units if unit["kind"] == "town")
    assert town["criteria_met"] is None


def test_geojson_is_longitude_and_latitude(ask):
    out, _ = ask("assets", "--layer", "health_stations", "--as", "geojson")
    collection = json.loads(out)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == 13
    for feature in collection["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert 108.2 < lon < 108.8
        assert 13.9 < lat < 14.7
        assert feature["properties"]["position"] == "sketch"


def test_a_table_speaks_vietnamese_and_english(ask):
    vietnamese, _ = ask("works", "--layer", "markets")
    english, _ = ask("works", "--layer", "markets", "--lang", "en")
    assert "chưa bắt đầu" in vietnamese
    assert "not started" in english
    assert vietnamese.splitlines()[-1] == "1 dòng"


@pytest.mark.parametrize(("ending", "first"), [("csv", b"\xef\xbb\xbfwork_id,"), ("json", b"[\n")])
def test_the_files_ending_chooses_the_format(run_main, kbang, tmp_path, ending, first):
    path = tmp_path / f"works.{ending}"
    outcome = run_main(["query", "works", "-o", path], kbang)
    assert outcome.code == 0
    assert outcome.stdout == ""
    assert path.read_bytes().startswith(first)


def test_csv_comes_back_as_it_was(ask):
    works = json.loads(ask("works", "--as", "json")[0])
    rows = list(csv.DictReader(io.StringIO(ask("works", "--as", "csv")[0])))
    assert [row["name"] for row in rows] == [work["name"] for work in works]
    assert [row["quantity"] for row in rows] == [
        "" if work["quantity"] is None else str(work["quantity"]) for work in works
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_csv_starts_no_formula_in_a_spreadsheet(run_main, tiny, start):
    value = f'{start}HYPERLINK("http://example.org")'
    tiny.edit("gis/plan/works.csv", 2, "name", value)
    outcome = run_main(["query", "works", "--as", "csv"], tiny.root)
    rows = list(csv.DictReader(io.StringIO(outcome.stdout)))
    assert rows[0]["name"] == f"'{value}"


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "="])
def test_csv_starts_no_formula_after_a_blank_that_nobody_sees(capsys, start):
    frame = pd.DataFrame({"name": [f"{start}1+1", "1+1", "Lơ Ku"], "quantity": [-1.5, 0.0, 2.0]})
    emit(frame, kind="works", as_=Format.CSV, output=None)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["name"] for row in rows] == [f"'{start}1+1", "1+1", "Lơ Ku"]
    assert rows[0]["quantity"] == "-1.5"  # a figure is no text


@pytest.mark.parametrize(
    "args",
    [
        ["works", "--within", "2km"],
        ["works", "--of", "schools"],
        ["works", "--within", "2", "--of", "schools"],
        ["works", "--within", "2km", "--near", "108"],
        ["works", "--within", "2km", "--near", "x,y"],
        ["works", "--within", "-2km", "--near", "108.6,14.1"],
        ["works", "--within", "2km", "--of", "roofs"],
        ["works", "--status", "done"],
        ["works", "--layer", "road"],
        ["works", "--kind", "hardn"],
        ["works", "--near", "road-field-lo-ku"],
        ["works", "--near", "planning-region", "--within", "2km"],
        ["assets", "--kind", "harden"],
        ["criteria", "--search", "x"],
        ["criteria", "--as", "geojson"],
        ["works", "--as", "xlsx"],
        ["works", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_two(run_main, kbang, args):
    outcome = run_main(["query", *args], kbang)
    assert outcome.code == 2
    assert outcome.stdout == ""
    assert outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_cannot_be_written_is_a_message(run_main, kbang, tmp_path):
    (tmp_path / "works.csv").mkdir()
    outcome = run_main(["query", "works", "-o", tmp_path / "works.csv"], kbang)
    assert outcome.code == 1
    assert "không ghi được tệp" in outcome.stderr


def test_build_names_the_file_to_open_last(run_cli, tiny):
    outcome = run_cli(["build", "--lang", "en"], tiny.root)
    assert outcome.code == 0, outcome.stderr
    page = Path("maps/tiny-overview.html")
    assert outcome.stdout.splitlines()[-1] == f"Open in a browser: {page}"
    assert tiny.path(page).stat().st_size > 100_000
    assert tiny.path("layers/tiny.gpkg").read_bytes().startswith(b"SQLite format 3")


def test_a_pipe_that_closes_early_is_no_fault(kbang):
    with subprocess.Popen(
        [sys.executable, "-m", "ntm_geo", "query", "works", "--as", "json"],
        cwd=kbang, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        said = process.stderr.read()
        process.wait(timeout=60)
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert "Lỗi của chương trình" not in said


def test_as_of_reaches_back(run_main, tiny):
    def status(day):
        outcome = run_main(["query", "works", "--as", "json", "--as-of", day], tiny.root)
        return {work["work_id"]: work["status"] for work in json.loads(outcome.stdout)}

    assert status("2023-03-30")["school-b-build"] == "not_started"
    assert status("2023-03-31")["school-b-build"] == "in_progress"


@pytest.mark.parametrize("name", ["gis/units.csv", "gis/new.csv", "gis/plan/answer.json"])
def test_an_answer_never_goes_into_the_record(run_main, tiny, name):
    before = tiny.read("gis/units.csv")
    outcome = run_main(["query", "units", "-o", name], tiny.root)
    assert outcome.code == 2
    assert "gis/" in outcome.stderr
    assert tiny.read("gis/units.csv") == before


def test_what_is_no_file_is_not_replaced(run_main, tiny, tmp_path):
    outcome = run_main(["query", "units", "--as", "csv", "-o", tmp_path], tiny.root)
    assert outcome.code == 1
    assert tmp_path.is_dir()


def test_an_unknown_ending_is_refused(run_main, tiny):
    outcome = run_main(["query", "units", "-o", "units.xlsx"], tiny.root)
    assert outcome.code == 2
    assert not tiny.path("units.xlsx").exists()


def test_filters_repeat(ask):
    works = json.loads(ask("works", "--unit", "Lơ Ku", "--unit", "Krong", "--as", "json")[0])
    assert {work["unit_code"] for work in works} == {"23656", "23650"}


def test_kinds_and_a_search_combine(ask):
    both = ("--kind", "harden", "--kind", "lighting", "--search", "duong lo ku")
    works = json.loads(ask("works", *both, "--as", "json")[0])
    assert [work["work_id"] for work in works] == ["road-field-lo-ku-harden"]
    assets = json.loads(ask("assets", "--search", "đường lơ ku", "--as", "json")[0])
    assert [asset["asset_id"] for asset in assets] == ["road-field-lo-ku"]


@pytest.mark.parametrize("rows", ["works", "assets"])
def test_an_empty_search_is_none(ask, rows):
    assert ask(rows, "--search", "", "--as", "json") == ask(rows, "--as", "json")


@pytest.mark.parametrize("name", ["road-field-lo-ku", "đường trục chính nội đồng xã Lơ Ku"])
def test_near_takes_an_asset(ask, name):
    out, _ = ask("works", "--near", name, "--within", "5km", "--as", "json")
    works = json.loads(out)
    assert (works[0]["asset_id"], works[0]["distance_m"]) == ("road-field-lo-ku", 0)
    assert all(work["distance_m"] <= 5000 for work in works)


def test_near_takes_an_asset_whose_id_is_a_figure(run_main, tiny):
    for file in ("gis/plan/assets.csv", "gis/plan/works.csv"):
        tiny.replace(file, "school-b,", "108,")
    args = ["query", "works", "--near", "108", "--within", "1m", "--as", "json"]
    outcome = run_main(args, tiny.root)
    assert outcome.code == 0, outcome.stderr
    assert [work["work_id"] for work in json.loads(outcome.stdout)] == ["school-b-build"]


def test_near_no_known_asset_names_the_nearest(run_main, kbang):
    args = ["query", "assets", "--near", "road-field-lo-kuu", "--within", "2km"]
    outcome = run_main(args, kbang)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "road-field-lo-ku)" in outcome.stderr


@pytest.mark.parametrize("distance", ["1.500m", "1,500 m"])
def test_a_distance_that_can_be_read_in_two_ways_is_refused(run_main, kbang, distance):
    outcome = run_main(["query", "works", "--near", "108.6,14.1", "--within", distance], kbang)
    assert outcome.code == 2


def test_check_finds_a_road_that_no_sketch_can_hold(run_main, tiny):
    tiny.edit("gis/plan/works.csv", 2, "quantity", "90000")
    outcome = run_main(["check"], tiny.root)
    assert outcome.code == 1
    assert "gis/plan/works.csv" in outcome.stderr
    assert "road-a" in outcome.stderr


def test_csv_lines_end_once(tiny):
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "ntm_geo", "query", "units", "--as", "csv"],
        cwd=tiny.root, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": REPO},
    )  # fmt: skip
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n") == 5
    assert b"\r\r" not in done.stdout
