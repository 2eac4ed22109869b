"""The workbook, read again: all of it is there, readable, and none of it is a formula."""

import io
import zipfile
from collections import Counter
from datetime import datetime

import pytest
from openpyxl import load_workbook

from ntm_geo.audit import COVERS, RULES, SEVERITIES, Cover, Severity
from ntm_geo.workspace import open_workspace

ACCEPTED = "gis/plan/accepted.csv"
SHEETS = {
    "vi": ["Tóm tắt", "Phát hiện", "Chấp nhận", "Ma trận trách nhiệm", "Quy tắc"],
    "en": ["Summary", "Findings", "Accepted", "Responsibility matrix", "Rules"],
}
HOSTILE = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "<b>x</b>"]


@pytest.fixture(scope="module")
def workspace(kbang):
    return open_workspace(kbang)


@pytest.fixture(scope="module", params=["vi", "en"])
def book(request, workspace, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "audit.xlsx"
    workspace.workbook(path, lang=request.param)
    return request.param, load_workbook(path)


def table(page):
    heading, *rows = page.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.fixture
def photographed(tiny):
    """Give the tiny record two photographs of one work, one of them without a time."""
    tiny.write(
        "gis/photos.csv",
        "sha256,work_id,file,taken_at,lon,lat,direction,distance_m,linked_by\n"
        f"{'b' * 64},road-a-harden,2/b.jpg,2023-04-02T08:00:00+07:00,108.48,13.52,,12.5,place\n"
        f"{'a' * 64},road-a-harden,a.jpg,,108.48,13.52,,,person\n",
    )
    return tiny


@pytest.mark.parametrize(
    ("lang", "title", "linked"),
    [
        ("vi", "Ảnh hiện trường", ["do người dùng chỉ ra", "theo vị trí"]),
        ("en", "Photographs", ["as somebody said", "by the place"]),
    ],
)
def test_photographs_are_listed_by_work(photographed, lang, title, linked):
    path = photographed.path("a.xlsx")
    photographed.open().workbook(path, lang=lang)
    rows = table(load_workbook(path)[title])
    cells = [list(row.values()) for row in rows]
    assert [row[2:4] for row in cells] == [
        ["a.jpg", None], ["2/b.jpg", "2023-04-02 08:00:00+07:00"],
    ]  # fmt: skip
    assert [row[6:8] for row in cells] == [[None, linked[0]], [12.5, linked[1]]]
    assert {row[8] for row in cells} == {"road-a-harden"}


# --- what stands in it -------------------------------------------------------------------------


def test_sheets_are_named_in_the_language(book):
    lang, made = book
    assert made.sheetnames == SHEETS[lang]


def test_every_finding_has_a_row_with_all_it_says(book, workspace):
    lang, made = book
    _, page, *_ = made.worksheets
    _, *rows = page.iter_rows()
    assert len(rows) == len(workspace.findings)
    for row, finding in zip(rows, workspace.findings, strict=True):
        cells = [cell.value for cell in row]
        texts = (finding.title, finding.statement_a, finding.statement_b, finding.hint)
        assert {text.say(lang) for text in texts} <= set(cells)
        assert cells[-1] == finding.finding_id
        assert cells[0] == SEVERITIES[finding.severity].say(lang)
        assert finding.difference in cells


def test_each_severity_has_a_colour_of_its_own(book):
    _, page, *_ = book[1].worksheets
    colours = {(row[0].value, row[0].fill.fgColor.rgb) for row in page.iter_rows(min_row=2)}
    assert len(colours) == len({word for word, _ in colours}) == len(Severity)
    assert len({colour for _, colour in colours}) == len(Severity)


def test_the_matrix_is_the_whole_grid_and_marks_gaps_in_words_and_colour(book, workspace):
    lang, made = book
    page = made.worksheets[3]
    heading, *rows = page.iter_rows()
    assert len(rows) == len(workspace.matrix.rows)
    assert len(heading) == 5 + len(workspace.matrix.offices)
    assert {cell.alignment.textRotation for cell in heading[5:]} == {90}
    for cells, row in zip(rows, workspace.matrix.rows, strict=True):
        assert cells[3].value == COVERS[row.cover].say(lang)
        assert (cells[3].fill.fill_type is not None) == (row.cover not in (Cover.ONE, Cover.KEPT))
        filled = [cell.value for cell in cells[5:] if cell.value]
        assert len(filled) == len(row.parts)


def test_the_rules_are_listed_with_what_they_check(book):
    lang, made = book
    listed = [row[:3] for row in made.worksheets[4].iter_rows(min_row=2, values_only=True)]
    assert listed == [(r.rule_id, r.title.say(lang), r.checks.say(lang)) for r in RULES]


def test_sheets_can_be_read(book):
    """Headings stay in sight, rows can be filtered, and no text is wider than its cell."""
    for page in book[1].worksheets:
        assert page.freeze_panes.endswith("2")
        assert page.auto_filter.ref == page.dimensions
        for row in page.iter_rows():
            for cell in row:
                assert cell.alignment.wrap_text
                width = page.column_dimensions[cell.column_letter].width
                # Blanks at the ends of lines take no room.
                lines = -(-len("".join(str(cell.value or "").split())) // int(width))
                height = page.row_dimensions[cell.row].height
                assert cell.row == 1 or height >= min(409, 15 * lines)


def test_a_filtered_workbook_says_so(workspace, tmp_path):
    part = workspace.audit(severity=[Severity.GAP])
    made = load_workbook(workspace.workbook(tmp_path / "x.xlsx", review=part, lang="en"))
    summary = dict(made.worksheets[0].iter_rows(values_only=True))
    assert summary["Findings"] == len(workspace.findings)
    assert summary["Listed here"] == f"{len(part.findings)} (filtered)"
    assert made.worksheets[1].max_row == len(part.findings) + 1


# --- acceptances, and what people type ---------------------------------------------------------


@pytest.fixture
def hostile(tiny, request):
    value = request.param
    first = tiny.open().findings[0].finding_id
    quoted = value.replace('"', '""')
    rows = (
        f'{first},"{quoted}","{quoted}",2023-03-01\n{first[:-8]}00000000,"{quoted}",An,1/3/2023\n'
    )
    tiny.write(ACCEPTED, f"finding_id,reason,person,date\n{rows}")
    for file, column in (("works", "name"), ("offices", "name"), ("assets", "name")):
        tiny.edit(f"gis/plan/{file}.csv", 2, column, value)
    return tiny, value


@pytest.mark.parametrize("hostile", HOSTILE, indirect=True)
def test_typed_text_is_text_and_no_formula(hostile):
    tiny, value = hostile
    path = tiny.open().workbook(tiny.path("audit.xlsx"))
    made = load_workbook(path)
    cells = [cell for page in made.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sum(cell.value == value for cell in cells) >= 4
    starts = [cell for cell in cells if str(cell.value).startswith(tuple("=+-@＝"))]
    assert all(cell.quotePrefix for cell in starts if cell.data_type == "s")
    parts = zipfile.ZipFile(path)
    sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not [name for name in sheets if b"<f>" in parts.read(name)]


@pytest.mark.parametrize("hostile", ["đã hỏi xã"], indirect=True)
def test_accepted_and_stale_have_a_sheet_with_days_that_are_days(hostile):
    tiny, value = hostile
    made = load_workbook(tiny.open().workbook(tiny.path("audit.xlsx"), lang="en"))
    first, second = table(made["Accepted"])
    assert (first["State"], first["Reason"]) == ("accepted", value)
    assert first["Day"] == second["Day"] == datetime(2023, 3, 1)  # noqa: DTZ001 (a day)
    assert second["State"] == "accepted before the figures changed"
    assert second["Id now"] == first["Accepted id"]
    states = Counter(row["State"] for row in table(made["Findings"]))
    assert states["accepted"] == 1
    assert states["open"] == len(tiny.open().findings) - 1


# --- the file ----------------------------------------------------------------------------------


def test_written_twice_it_is_the_same_file(workspace, tmp_path):
    one = workspace.workbook(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(b"what was there before")
    assert workspace.workbook(tmp_path / "b.xlsx").read_bytes() == one
    properties = load_workbook(io.BytesIO(one)).properties
    assert properties.modified.date() == workspace.as_of
