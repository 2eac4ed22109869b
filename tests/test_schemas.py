"""Lines of a table turned into rows, with every problem of every line."""

import pytest

from ntm_geo.model import CriteriaSet, Project
from ntm_geo.schemas import REPORT_TABLE, TABLES, Line, parse_model, parse_rows

(OFFICES,) = (table for table in TABLES if table.name == "offices")
(UNITS,) = (table for table in TABLES if table.name == "units")
(TARGETS,) = (table for table in TABLES if table.name == "targets")
GOOD = {"office_id": "a", "name": "Phòng A", "name_en": "Office A", "clause": "V"}
UNIT = {
    "unit_code": "90001",
    "name": "x",
    "kind": "town",
    "area_km2": "1",
    "lon": "1",
    "lat": "1",
    "source": "x",
}


def parse(table, *rows, header=None, decimal="."):
    header = header or list(rows[0])
    lines = [Line(number, row) for number, row in enumerate(rows, start=2)]
    return parse_rows(table, header, lines, file="gis/plan/x.csv", decimal=decimal)


def places(problems):
    return [(problem.row, problem.column) for problem in problems]


def test_good_lines_become_rows_that_know_their_line():
    sheet, problems = parse(OFFICES, GOOD, {**GOOD, "office_id": "b"})
    assert problems == []
    assert [row.office_id for row in sheet] == ["a", "b"]
    assert (len(sheet), sheet.lines, sheet.keys) == (2, [2, 3], {"a", "b"})


def test_a_located_row_makes_problems_at_its_place():
    sheet, _ = parse(OFFICES, GOOD)
    ((row, problem),) = sheet.located()
    made = problem("name", row.name, found="x")
    assert (made.file, made.row, made.column, made.found) == ("gis/plan/x.csv", 2, "name", "x")


def test_all_problems_of_all_lines_are_gathered():
    bad = {**GOOD, "office_id": "Không", "name": ""}
    sheet, problems = parse(OFFICES, bad, GOOD, {**GOOD, "clause": ""})
    assert places(problems) == [(2, "office_id"), (2, "name"), (4, "clause")]
    assert [row.office_id for row in sheet] == ["a"]


def test_a_code_of_a_bad_line_still_counts_as_known():
    sheet, _ = parse(OFFICES, {**GOOD, "name": ""})
    assert sheet.keys == {"a"}


def test_a_duplicate_names_the_first_line():
    _, (problem,) = parse(OFFICES, GOOD, {**GOOD, "office_id": "b"}, GOOD)
    assert (problem.row, problem.column, problem.found) == (4, "office_id", "a")
    assert "2" in problem.what.vi


def test_a_key_of_several_columns_is_a_duplicate_only_as_a_whole():
    row = {"set": "commune", "number": "1", "unit_code": "90001", "state": "achieve", "clause": "I"}
    _, problems = parse(TARGETS, row, {**row, "number": "2"}, {**row, "clause": "II"})
    (problem,) = problems
    assert (problem.row, problem.column) == (4, "set+number+unit_code+asset_id+state")
    assert problem.found == "commune / 1 / 90001 / achieve"


@pytest.mark.parametrize("column", OFFICES.required)
def test_a_missing_column_is_named_and_no_line_is_read(column):
    row = {name: cell for name, cell in GOOD.items() if name != column}
    sheet, (problem,) = parse(OFFICES, row)
    assert (problem.row, problem.column, len(sheet)) == (1, column, 0)
    assert column in problem.allowed.vi


def test_an_optional_column_may_be_missing():
    assert parse(UNITS, UNIT)[1] == []


@pytest.mark.parametrize("name", ["ghi_chu", "Name", "", "name "])
def test_an_unknown_column_is_named(name):
    _, (problem,) = parse(OFFICES, {**GOOD, name: "x"})
    assert (problem.row, problem.column, problem.found) == (1, name, name)
    assert "office_id, name, name_en, clause" in problem.allowed.en


def test_a_column_that_stands_twice_is_named_once():
    _, (problem,) = parse(OFFICES, GOOD, header=[*GOOD, "name"])
    assert (problem.row, problem.column) == (1, "name")


def test_a_cell_of_an_unknown_column_is_looked_at_too():
    _, problems = parse(OFFICES, {**GOOD, "ghi_chu": "\u00d0ông"})
    assert places(problems) == [(1, "ghi_chu"), (2, "ghi_chu")]


def test_unclean_letters_and_a_wrong_value_are_both_told():
    _, problems = parse(OFFICES, {**GOOD, "name": "\u00d0ông", "clause": ""})
    assert places(problems) == [(2, "name"), (2, "clause")]


def test_a_row_with_unclean_letters_is_not_taken():
    sheet, problems = parse(OFFICES, {**GOOD, "name": "\u00d0ông"})
    assert (len(sheet), len(problems)) == (0, 1)


@pytest.mark.parametrize(
    ("cell", "allowed"),
    [("làng", "commune"), ("Commune", "commune"), ("COMMUNE", "commune"), ("xã", "town")],
)
def test_a_word_outside_the_list_is_shown_with_the_list(cell, allowed):
    row = {**UNIT, "kind": cell}
    _, (problem,) = parse(UNITS, row)
    assert (problem.column, problem.found) == ("kind", cell)
    assert allowed in problem.allowed.vi


@pytest.mark.parametrize(
    ("column", "cell", "allowed"),
    [
        ("area_km2", "1.234,5", "không có dấu phân cách hàng nghìn"),
        ("area_km2", "mười", "một con số"),
        ("area_km2", "0", "lớn hơn 0"),
        ("population", "-5", "từ 0 trở lên"),
        ("population", "1,5", "một số nguyên"),
        ("lat", "108.5", "không quá 90"),
        ("valid_from", "30/02/2023", "2023-12-31"),
        ("unit_code", "xã A", "^[0-9]{2,8}$"),
        ("name", "x" * 600, "tối đa 500"),
    ],
)
def test_each_fault_says_in_vietnamese_what_is_allowed_and_what_to_do(column, cell, allowed):
    _, (problem,) = parse(UNITS, {**UNIT, column: cell})
    assert (problem.row, problem.column, problem.found) == (2, column, cell)
    assert allowed in problem.say("vi")
    assert "Cách sửa" in problem.say("vi")
    assert "To do" in problem.say("en")


def test_the_files_decimal_sign_decides_what_a_figure_means():
    row = {**UNIT, "area_km2": "1,234"}
    sheet, problems = parse(UNITS, row, decimal=",")
    assert (problems, sheet.rows[0].area_km2) == ([], 1.234)
    assert len(parse(UNITS, row, decimal=".")[1]) == 1


def test_every_table_has_a_file_and_a_key_of_its_own_columns():
    assert len({table.file for table in TABLES}) == len({table.name for table in TABLES}) == 13
    for table in (*TABLES, REPORT_TABLE):
        assert set(table.key) <= set(table.columns)
        assert table.key[0] in table.required


PROJECT = {
    "id": "x", "title_vi": "a", "title_en": "b", "plan_year": 2023, "plan_document": "c",
    "plan_date": "2023-01-31", "default_due": "2023-12-31", "working_crs": "EPSG:9218",
    "main_set": "commune",
    "district": {"code": "900", "name": "n", "province": "p", "seat_lon": 108.5, "seat_lat": 13.5},
}  # fmt: skip


def test_a_definition_is_taken():
    project, problems = parse_model(Project, PROJECT, file="gis/project.toml")
    assert (project.district.code, problems) == ("900", [])


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"plan_year": 1823}, "plan_year"),
        ({"plan_year": "hai nghìn"}, "plan_year"),
        ({"plan_date": 20230131}, "plan_date"),
        ({"title_vi": ""}, "title_vi"),
        ({"title_vi": 5}, "title_vi"),
        ({"language": "fr"}, "language"),
        ({"la": 1}, "la"),
        ({"id": "../../etc"}, "id"),
        ({"district": 5}, "district"),
        ({"district": {**PROJECT["district"], "seat_lon": float("nan")}}, "district.seat_lon"),
        ({"district": {**PROJECT["district"], "seat_lat": 108.5}}, "district.seat_lat"),
        ({"district": {**PROJECT["district"], "name": "\u00d0ông"}}, "district.name"),
        ({"title_vi": "So\u031b"}, "title_vi"),
    ],
)
def test_a_key_that_is_wrong_is_named_with_what_to_do(changes, column):
    project, (problem,) = parse_model(Project, {**PROJECT, **changes}, file="gis/project.toml")
    assert (project, problem.file, problem.column) == (None, "gis/project.toml", column)
    assert "Cho phép" in problem.say("vi")
    assert "Cách sửa" in problem.say("vi")


def test_a_missing_key_shows_no_value():
    content = {key: value for key, value in PROJECT.items() if key != "title_vi"}
    _, (problem,) = parse_model(Project, content, file="gis/project.toml")
    assert (problem.column, problem.found) == ("title_vi", None)


def test_a_wrong_key_deep_in_a_list_is_counted_from_one():
    content = {"id": "s", "level": "commune", "vi": "a", "en": "b", "valid_from": "2021-01-01",
               "source": "x", "criterion": [{"number": 1, "vi": "a", "en": "b"},
                                            {"number": 0, "vi": "\u00d0", "en": "b"}]}  # fmt: skip
    _, problems = parse_model(CriteriaSet, content, file="gis/criteria/s.toml")
    assert [p.column for p in problems] == ["criterion[2].vi", "criterion[2].number"]
