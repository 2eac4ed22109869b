"""The record under gis/ as Excel, Notepad and hasty hands leave it."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_geo.errors import RecordError
from ntm_geo.record import find_workspace, read_record
from ntm_geo.schemas import TABLES

WORKS, BUDGET, UNITS = "gis/plan/works.csv", "gis/plan/budget.csv", "gis/units.csv"
OFFICES, SET = "gis/plan/offices.csv", "gis/criteria/commune.toml"
REPORT = "gis/progress/2023-03/90002.csv"
CSV_FILES = [*(table.file for table in TABLES), REPORT]


def only(workspace):
    reading = workspace.reading()
    assert reading.record is None
    (problem,) = reading.problems
    return problem


def saved(text, *, delimiter=",", decimal=".", end="\n"):
    """Save a table anew as a spreadsheet would."""
    rows = list(csv.reader(io.StringIO(text)))
    figures = [[_figure(cell, decimal) for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(figures)
    return out.getvalue()


def _figure(cell, decimal):
    is_figure = cell.replace(".", "", 1).isdigit()
    return cell.replace(".", decimal) if is_figure else cell


# --- the workspace -----------------------------------------------------------------------------


def test_the_workspace_is_found_from_any_folder_in_it(tiny):
    assert find_workspace(tiny.root) == tiny.root
    assert find_workspace(tiny.root / "gis/plan") == tiny.root
    assert find_workspace(tiny.root / "gis/project.toml") == tiny.root


def test_without_a_workspace_the_reader_is_told_what_to_do(tmp_path):
    with pytest.raises(RecordError) as raised:
        find_workspace(tmp_path)
    (problem,) = raised.value.problems
    assert problem.found == str(tmp_path)
    assert "--project" in problem.todo.vi


def test_a_folder_that_is_not_there_is_not_taken_for_the_one_above(tiny):
    with pytest.raises(RecordError) as raised:
        find_workspace(tiny.root / "typo")
    assert raised.value.problems[0].found.endswith("typo")


# --- what is read ------------------------------------------------------------------------------


def test_the_tiny_record_is_read_without_a_notice(tiny):
    reading = tiny.reading()
    assert (reading.problems, reading.notices) == ([], [])
    lengths = {sheet.table.name: len(sheet) for sheet in reading.record.sheets()}
    assert lengths == {
        "units": 4, "neighbours": 4, "targets": 7, "assets": 5, "works": 5, "measures": 2,
        "budget": 2, "offices": 2, "assignments": 2, "statements": 2, "accepted": 0, "changes": 0,
        "photos": 0,
    }  # fmt: skip


def test_cells_are_read_as_what_they_are(tiny):
    work = tiny.record().works.rows[0]
    assert (work.quantity, work.measure, work.number) == (1.5, "km", 2)
    assert work.funding == ("central", "local")


def test_the_record_of_the_repository_is_read_whole(kbang):
    reading = read_record(kbang)
    assert (reading.problems, reading.notices) == ([], [])
    for sheet in reading.record.sheets():
        text = (kbang / sheet.file).read_text(encoding="utf-8")
        assert len(sheet) == sum(1 for _ in csv.reader(io.StringIO(text))) - 1


@pytest.mark.parametrize("file", CSV_FILES)
def test_rows_that_are_written_and_read_again_are_the_same(tiny, file):
    before = tiny.record()
    sheets = [*before.sheets(), *(report.sheet for report in before.reports)]
    (sheet,) = (s for s in sheets if s.file == file)
    out = io.StringIO()
    writer = csv.DictWriter(out, sheet.table.columns, lineterminator="\n")
    writer.writeheader()
    for row in sheet:
        cells = row.model_dump(mode="json", by_alias=True, exclude_none=True)
        writer.writerow({k: "|".join(v) if isinstance(v, list) else v for k, v in cells.items()})
    tiny.write(file, out.getvalue())
    after = tiny.record()
    again = [*after.sheets(), *(report.sheet for report in after.reports)]
    assert [s.rows for s in again] == [s.rows for s in sheets]


# --- as spreadsheets save ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "trace"),
    [
        (lambda text: text.encode("utf-8-sig"), "BOM"),
        (lambda text: text.replace("\n", "\r\n").encode(), "CRLF"),
        (lambda text: saved(text, delimiter=";", decimal=",").encode(), '";"'),
        (lambda text: saved(text, delimiter="\t").encode(), '"\\t"'),
        (
            lambda text: saved(text, delimiter=";", decimal=",", end="\r\n").encode("utf-8-sig"),
            'BOM, CRLF, ";"',
        ),
    ],
    ids=["BOM", "CRLF", "semicolons", "tabs", "Excel here"],
)
@pytest.mark.parametrize("file", [WORKS, BUDGET, UNITS, REPORT])
def test_what_a_spreadsheet_leaves_changes_no_row_and_is_told(tiny, file, shape, trace):
    before = tiny.record()
    tiny.write(file, shape(tiny.read(file)))
    reading = tiny.reading()
    assert [sheet.rows for sheet in reading.record.sheets()] == [s.rows for s in before.sheets()]
    assert reading.record.reports[0].sheet.rows == before.reports[0].sheet.rows
    (notice,) = reading.notices
    assert (notice.file, notice.found) == (file, trace)
    assert "không mất gì" in notice.say("vi")


def test_thousands_in_a_file_of_vietnamese_excel_are_not_guessed(tiny):
    text = saved(tiny.read(BUDGET), delimiter=";", decimal=",").replace("1000", "1.000")
    tiny.write(BUDGET, text)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (BUDGET, 2, "amount_mvnd")
    assert problem.found == "1.000"


def test_blanks_around_cells_and_padding_behind_them_mean_nothing(tiny):
    before = tiny.record().offices.rows
    lines = [line.replace(",", " , ") for line in tiny.read(OFFICES).splitlines()]
    tiny.write(OFFICES, "\n".join(f" {line},,," for line in lines) + "\n,,,,\n")
    assert tiny.record().offices.rows == before


def test_a_short_line_has_empty_cells_at_its_end(tiny):
    tiny.write("gis/neighbours.csv", "unit_code,neighbour_code,source,border_km\n90001,90002,x\n")
    assert tiny.record().neighbours.rows[0].border_km is None


def test_columns_may_stand_in_any_order(tiny):
    before = tiny.record().offices.rows
    rows = list(csv.reader(io.StringIO(tiny.read(OFFICES))))
    tiny.write(OFFICES, "\n".join(",".join(reversed(row)) for row in rows))
    assert tiny.record().offices.rows == before


# --- line numbers ------------------------------------------------------------------------------


def test_blank_lines_are_skipped_and_counted(tiny):
    header, *lines = tiny.read(OFFICES).splitlines()
    tiny.write(OFFICES, f"{header}\n\n\n{lines[0]}\n,,,\n{lines[1]}\nKhông,b,c,d\n")
    problem = [p for p in tiny.reading().problems if p.column == "office_id"][0]  # noqa: RUF015
    assert (problem.file, problem.row, problem.found) == (OFFICES, 7, "Không")


def test_blank_lines_above_the_header_change_nothing_but_the_numbers(tiny):
    before = tiny.record().offices
    tiny.write(OFFICES, "\n\n" + saved(tiny.read(OFFICES), delimiter=";"))
    after = tiny.record().offices
    assert after.rows == before.rows
    assert after.lines == [4, 5]


def test_a_cell_of_several_lines_is_counted_as_a_spreadsheet_shows_it(tiny):
    header, *lines = tiny.read(OFFICES).splitlines()
    tall = 'tall,"Phòng\nhai\ndòng","Two\nlines",V'
    tiny.write(OFFICES, "\n".join([header, *lines, tall, "Không,b,c,d"]))
    problem = only(tiny)
    assert (problem.row, problem.column) == (5, "office_id")


# --- broken files ------------------------------------------------------------------------------


REQUIRED = [table.file for table in TABLES if not table.is_optional]


@pytest.mark.parametrize("file", [*REQUIRED, "gis/project.toml"])
def test_a_missing_file_is_named_with_what_to_do(tiny, file):
    tiny.delete(file)
    problem = tiny.reading().problems[0]
    assert problem.file == file
    assert "thiếu tệp" in problem.say("vi")
    assert "put the file back" in problem.say("en")


def test_a_folder_in_the_place_of_a_file_is_no_file(tiny):
    tiny.delete(OFFICES)
    tiny.path(OFFICES).mkdir()
    problem = tiny.reading().problems[0]
    assert (problem.file, problem.what.en) == (OFFICES, "the file cannot be opened")


@pytest.mark.parametrize("file", [table.file for table in TABLES])
def test_an_empty_file_misses_its_columns(tiny, file):
    tiny.write(file, "")
    found = [p for p in tiny.reading().problems if p.file == file and p.row == 1]
    assert found
    assert {p.what.en for p in found} == {"a required column is missing"}


@pytest.mark.parametrize(
    ("line", "row"),
    [('x,"open quote,b,V\n', 4), ('x,"a"b,c,V\n', 4), (f'x,"{"y" * 200_000}",c,V\n', 4)],
    ids=["never closed", "closed too early", "too long a cell"],
)
def test_broken_quotes_are_named_with_their_line(tiny, line, row):
    tiny.write(OFFICES, tiny.read(OFFICES) + line)
    problem = only(tiny)
    assert (problem.file, problem.row) == (OFFICES, row)
    assert problem.found
    assert "ngoặc kép" in problem.say("vi")


def test_a_comma_outside_quotes_makes_too_many_cells(tiny):
    tiny.write(OFFICES, tiny.read(OFFICES) + "x,Phòng A, B,c,V\n")
    problem = only(tiny)
    assert (problem.row, problem.found, problem.allowed.vi) == (4, "5", "4 ô")
    assert "ngoặc kép" in problem.todo.vi


def test_what_is_no_table_is_refused(tiny):
    tiny.write(OFFICES, "<html><body>not found</body></html>")
    assert {p.file for p in tiny.reading().problems} >= {OFFICES}


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_stop_the_reading_of_the_others(tiny, data):
    tiny.write(OFFICES, data)
    reading = tiny.reading()
    assert reading.record is None
    assert OFFICES in {problem.file for problem in reading.problems}
    assert all(p.say("vi").isprintable() for p in reading.problems)


# --- definitions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("id = \n", 1),
        ('id = "x"\nplan_date = 2023-02-31\n', 2),
        ('id = "x"\nid = "y"\n', 2),
        ("a = [[[[\n", 2),
        ("id,name\n", 1),
    ],
)
def test_broken_toml_is_named_with_its_line(tiny, text, row):
    tiny.write("gis/project.toml", text)
    problem = only(tiny)
    assert (problem.file, problem.row) == ("gis/project.toml", row)
    assert problem.found


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 5000])
def test_hostile_toml_is_a_problem_and_no_crash(tiny, text):
    tiny.write("gis/project.toml", text)
    assert only(tiny).file == "gis/project.toml"


def test_a_wrong_key_of_the_project_is_named(tiny):
    tiny.replace("gis/project.toml", "seat_lon = 108.5", "seat_lon = 208.5")
    problem = only(tiny)
    assert (problem.file, problem.column, problem.found) == (
        "gis/project.toml",
        "district.seat_lon",
        "208.5",
    )


def test_toml_of_a_windows_editor_is_read(tiny):
    text = tiny.read(SET).replace("\n", "\r\n")
    tiny.write(SET, text.encode("utf-8-sig"))
    assert list(tiny.record().criteria_sets["commune"].numbers) == [1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('id = "commune"', 'id = "advanced"', "id"),
        ("number = 3", "number = 4", "number"),
        ("number = 3", "number = 2", "number"),
        ('source = "bịa để thử"', 'source = "bịa để thử"\ncount = 19', "count"),
        ("number = 3", "number = 3\nghi_chu = 1", "criterion[3].ghi_chu"),
        ("2021-01-01", '"hôm qua"', "valid_from"),
    ],
)
def test_a_set_that_contradicts_itself_is_named(tiny, old, new, column):
    tiny.replace(SET, old, new)
    assert (SET, column) in {(p.file, p.column) for p in tiny.reading().problems}


def test_a_set_without_any_criterion_is_a_problem_and_no_crash(tiny):
    tiny.replace("gis/criteria/village.toml", "count = 2", "")
    tiny.edit("gis/plan/targets.csv", 8, "number", "1")
    problems = {(p.file, p.column) for p in tiny.reading().problems}
    assert problems == {("gis/criteria/village.toml", "count"), ("gis/plan/targets.csv", "number")}


def test_without_criteria_sets_the_folder_is_named(tiny):
    for path in tiny.path("gis/criteria").iterdir():
        path.unlink()
    assert "gis/criteria" in {p.file for p in tiny.reading().problems}


def test_sets_are_told_apart_by_their_ids(tiny):
    assert {s.level for s in tiny.record().criteria_sets.values()} == {"commune", "village"}


# --- reports -----------------------------------------------------------------------------------


def test_a_report_knows_its_month_and_its_unit(tiny):
    (report,) = tiny.record().reports
    assert (report.month.isoformat(), report.unit_code) == ("2023-03-01", "90002")
    assert report.sheet.rows[0].done == 0.4


def test_a_correction_stands_beside_what_it_corrects(tiny):
    tiny.write("gis/progress/2023-03/90002-2.csv", "work_id,status\nschool-b-build,completed\n")
    reports = tiny.record().reports
    assert sorted(r.sheet.file for r in reports) == [
        "gis/progress/2023-03/90002-2.csv",
        "gis/progress/2023-03/90002.csv",
    ]


@pytest.mark.parametrize(
    "name",
    ["2023-13/90002.csv", "0000-01/90002.csv", "9-2023/90002.csv", "2023-04/Sơn Hạ.csv",
     "90002.csv", "2023-04/90002 (1).csv", "2023-04/90002.xlsx", "2023-04/90002.CSV",
     "2023-04/90002-.csv", "2023-04/٩٠٠٠٢.csv"],
)  # fmt: skip
def test_a_report_with_a_wrong_name_is_not_lost_in_silence(tiny, name):
    tiny.write(f"gis/progress/{name}", "work_id,status\n")
    problem = only(tiny)
    assert problem.file == f"gis/progress/{name}"
    assert problem.found == name.rsplit("/", 1)[-1]
    assert "gis/progress/<năm>-<tháng>/<mã đơn vị>.csv" in problem.allowed.vi


@pytest.mark.parametrize("name", [".gitkeep", "README.md", "2023-03/~$90002.xlsx", ".DS_Store"])
def test_traces_of_programs_are_no_reports(tiny, name):
    tiny.write(f"gis/progress/{name}", b"\x00")
    assert len(tiny.record().reports) == 1


@pytest.mark.parametrize(
    ("column", "value"), [("status", "xong"), ("done", "-1"), ("done", "40%"), ("work_id", "")]
)
def test_a_wrong_cell_of_a_report_is_named(tiny, column, value):
    tiny.edit(REPORT, 2, column, value)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (REPORT, 2, column)


def test_a_work_stands_once_in_a_report(tiny):
    tiny.write(REPORT, tiny.read(REPORT) + "school-b-build,completed,,\n")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (3, "work_id", "school-b-build")


# --- other files -------------------------------------------------------------------------------


def test_styles_are_read_by_layer(tiny):
    tiny.write("gis/qgis/roads.qml", "<qgis/>")
    assert tiny.record().styles == {"roads": "<qgis/>"}


def test_a_style_in_another_encoding_is_named(tiny):
    tiny.write("gis/qgis/roads.qml", b"\xff\xfe<\x00")
    assert only(tiny).file == "gis/qgis/roads.qml"


@pytest.mark.parametrize("name", ["gis/plan/works.xlsx", "gis/units (1).csv", "gis/criteria/a.txt"])
def test_a_working_copy_that_nobody_reads_is_told(tiny, name):
    tiny.write(name, b"anything")
    reading = tiny.reading()
    assert reading.record is not None
    assert [notice.file for notice in reading.notices] == [name]
