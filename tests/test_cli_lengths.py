"""`ntm-geo lengths`: the table in both languages, CSV, JSON, filters, exit codes."""

import csv
import io
import json
import re

import pytest

WORKS, STATEMENTS = "gis/plan/works.csv", "gis/plan/statements.csv"
GEOMETRY = "gis/geometry/roads.geojson"
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def ask(run_main, kbang):
    def run(*args, cwd=kbang):
        outcome = run_main(["lengths", *args], cwd)
        assert outcome.code == 0, outcome.stderr
        return outcome.stdout

    return run


def survey(tiny, *ends):
    """Give the road of the tiny district a line."""
    feature = {
        "type": "Feature",
        "properties": {"asset_id": "road-a", "position": "surveyed", "source": "GPS"},
        "geometry": {"type": "LineString", "coordinates": ends},
    }
    tiny.write(GEOMETRY, json.dumps({"type": "FeatureCollection", "features": [feature]}))


def lines_of(text):
    """Split a table into cells: columns stand two blanks apart."""
    return [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]


def records(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# --- for people --------------------------------------------------------------------------------


def test_the_district_in_one_table_in_vietnamese(ask):
    head, *rows, village, field, everything, count = lines_of(ask())
    assert head[2:6] == [
        "Kế hoạch (km)", "Ghi trong văn bản (km)", "Trên bản đồ (km)",
        "Đã làm theo báo cáo (km)",
    ]  # fmt: skip
    assert len(rows) == 13
    assert rows[7][:4] == ["Nghĩa An", "đường trục chính nội đồng", "0,3", "sơ họa"]
    assert village[2:5] == ["3,13", "3,1 (III.5.2 Giao thông)", "sơ họa"]
    assert field[2:5] == ["12", "12 (III.5.2 Giao thông)", "sơ họa"]
    assert everything[:3] == ["Cộng", "15,13", "15,1 (III.5.2 Giao thông)"]
    clauses = "III.5.2 Giao thông chú thích 1; III.5.2 Giao thông chú thích 2"
    assert everything[-2:] == ["có chiều dài, chưa có tuyến: 13", clauses]
    assert count == [
        "13 dòng, không kể dòng cộng. Số đã làm là theo báo cáo của đơn vị, không phải nghiệm thu."
    ]


def test_the_district_in_english(ask):
    head, *rows, everything, count = lines_of(ask("--lang", "en"))
    assert head == [
        "Unit", "Class", "Promised [km]", "Stated [km]", "Mapped [km]",
        "Done as reported [km]", "Flags", "Clause",
    ]  # fmt: skip
    assert everything[:4] == ["Total", "15.13", "15.1 (III.5.2 Giao thông)", "sketch"]
    assert "promised length without a line: 13" in everything
    assert count == [
        "13 rows beside the totals. What is done is what units report, no acceptance of works."
    ]
    assert len(rows) == 15


def test_a_work_shows_its_line_how_far_off_it_is_and_its_clause(ask, tiny):
    survey(tiny, [108.46, 13.52], [108.475, 13.52])
    head, row, *_ = lines_of(ask("--by", "work", "--lang", "en", cwd=tiny.root))
    cells = dict(zip([h for h in head if h != "Stated [km]"], row, strict=True))
    assert cells["Mapped [km]"] == "1.624 (surveyed)"
    assert cells["Off by"] == "+8.3 %"
    assert cells["Outside its unit"] == "cannot be told: sketch"
    assert cells["Flags"] == "mapped length more than 5 % off"
    assert (cells["Status"], cells["Clause"]) == ("not started", "II.1")


def test_what_nobody_reported_is_not_told_as_nothing_done(ask, tiny):
    tiny.append(
        WORKS, work_id="b", asset_id="road-a", name="Cứng hóa B", unit_code="90001", kind="harden",
        quantity="2", measure="km", clause="II",
    )  # fmt: skip
    assert ask(cwd=tiny.root).count("chưa báo cáo") == 3  # the unit, its class, all
    assert ask("--by", "work", "--lang", "en", cwd=tiny.root).count("not reported") == 4
    tiny.write("gis/progress/2023-04/90001.csv", "work_id,status,done\nb,in_progress,0.4\n")
    assert "0,4 (1/2 việc có báo cáo)" in ask(cwd=tiny.root)
    everything = records(ask("--as", "csv", cwd=tiny.root))[-1]
    assert (everything["works"], everything["works_reported"]) == ("2", "1")


@pytest.mark.parametrize("by", ["unit", "work"])
def test_programs_are_told_that_what_is_accepted_is_what_units_report(ask, by):
    assert json.loads(ask("--by", by, "--as", "json"))["accepted_km_from"] == "unit_reports"
    rows = records(ask("--by", by, "--as", "csv"))
    assert {row["accepted_km_from"] for row in rows} == {"unit_reports"}


def test_a_cancelled_length_is_told_apart(ask, tiny):
    tiny.write("gis/progress/2023-04/90001.csv", "work_id,status\nroad-a-harden,cancelled\n")
    assert "1,5 (hủy 1,5)" in ask(cwd=tiny.root)
    assert "1.5 (1.5 cancelled)" in ask("--lang", "en", cwd=tiny.root)
    assert "hủy" not in ask("--as-of", "2023-03-31", cwd=tiny.root)


def test_a_sum_of_some_roads_says_of_how_many(ask, tiny):
    survey(tiny, [108.46, 13.52], [108.475, 13.52])
    tiny.append(
        "gis/plan/assets.csv", asset_id="road-b", layer="roads", name="Đường B", unit_code="90001",
        clause="II", **{"class": "village_road"},
    )  # fmt: skip
    tiny.append(
        WORKS, work_id="b", asset_id="road-b", name="Cứng hóa B", unit_code="90001", kind="harden",
        quantity="2", measure="km", clause="II",
    )  # fmt: skip
    assert "1.624 (1 of 2 roads)" in ask("--lang", "en", cwd=tiny.root)
    assert "1,624 (1/2 tuyến)" in ask(cwd=tiny.root)


def test_what_is_stated_of_no_sum_stands_under_the_table(ask, tiny):
    tiny.append(
        STATEMENTS, statement_id="s", subject="length_km", set="commune", number="2",
        unit_code="900", comparator=">=", value="7", measure="km", units="90002|90003",
        text="7 km ở hai xã", clause="III fn 1",
    )  # fmt: skip
    *_, also, count = ask(cwd=tiny.root).splitlines()
    assert also == "Văn bản còn ghi: ≥ 7 km, «7 km ở hai xã» (III chú thích 1)"
    assert count.startswith("1 dòng")


def test_works_of_other_kinds_are_told_to_be_left_out(run_main, tiny):
    tiny.append(
        WORKS, work_id="light", asset_id="road-a", name="Điện", unit_code="90001", kind="lighting",
        quantity="9", measure="km", clause="II",
    )  # fmt: skip
    outcome = run_main(["lengths", "--lang", "en"], tiny.root)
    assert "1.5" in outcome.stdout
    assert "10.5" not in outcome.stdout
    assert outcome.stderr.startswith("Not added, as they harden nothing: ")
    assert outcome.stderr.endswith(": 1\n")


# --- for programs ------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "level"), [("unit", "unit"), ("work", "work")])
def test_csv_holds_rows_and_totals_told_apart(ask, by, level):
    rows = records(ask("--as", "csv", "--by", by))
    assert [row["level"] for row in rows] == [level] * 13 + ["class"] * 2 + ["total"]
    assert (rows[-1]["promised_km"], rows[-1]["stated_km"]) == ("15.13", "15.1")
    assert (rows[-1]["mapped_km"], rows[-1]["no_line"]) == ("", "13")
    assert rows[0]["clause"].startswith("III.5.2 Giao thông fn")


def test_every_work_in_csv_names_its_clause_and_its_flags(ask):
    rows = records(ask("--as", "csv", "--by", "work", "--class", "village_road"))
    works = [row for row in rows if row["level"] == "work"]
    assert {row["clause"] for row in works} == {"III.5.2 Giao thông fn 1"}
    assert {(row["line"], row["flags"]) for row in works} == {("sketch", "no_line")}


def test_csv_starts_no_formula(ask, tiny):
    tiny.edit(WORKS, 2, "name", FORMULA)
    rows = records(ask("--as", "csv", "--by", "work", cwd=tiny.root))
    assert rows[0]["name"] == f"'{FORMULA}"


def test_a_saved_csv_opens_in_excel(run_main, kbang, tmp_path):
    path = tmp_path / "lengths.csv"
    outcome = run_main(["lengths", "-o", path], kbang)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert path.read_bytes().startswith(b"\xef\xbb\xbflevel,unit_code,")


def test_json_holds_numbers_and_what_is_stated(ask):
    found = json.loads(ask("--as", "json"))
    assert found["by"] == "unit"
    assert len(found["rows"]) == 13
    everything = found["totals"][-1]
    assert (everything["promised_km"], everything["mapped_km"]) == (15.13, None)
    (stated,) = everything["stated"]
    assert (stated["stated_km"], stated["clause"]) == (15.1, "III.5.2 Giao thông")
    assert "15,1 km" in stated["text"]
    assert [s["stated_km"] for s in found["statements"]] == [15.1, 3.1, 12.0]


def test_json_by_work_has_each_work(ask):
    rows = json.loads(ask("--as", "json", "--by", "work", "--unit", "lo ku"))["rows"]
    assert [row["work_id"] for row in rows] == ["road-field-lo-ku-harden"]
    assert rows[0]["promised_km"] == 1.5


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
@pytest.mark.parametrize("by", ["unit", "work"])
def test_an_empty_ledger_answers(ask, format_, by):
    assert ask("--class", "district_road", "--as", format_, "--by", by)


# --- wrong usage -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args", [["--class", "school"], ["--by", "month"], ["--as", "xlsx"], ["-o", "lengths.pdf"]]
)
def test_wrong_usage_exits_with_two(run_main, tiny, args):
    outcome = run_main(["lengths", *args], tiny.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert outcome.stderr


def test_an_unknown_unit_is_a_message(run_main, tiny):
    outcome = run_main(["lengths", "--unit", "Atlantis"], tiny.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "Atlantis" in outcome.stderr


def test_nothing_is_written_into_the_record(run_main, tiny):
    outcome = run_main(["lengths", "-o", "gis/lengths.csv"], tiny.root)
    assert outcome.code == 2
    assert not tiny.path("gis/lengths.csv").exists()
