"""CSV files and Excel workbooks, whose cells come as they are."""

from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_geo.errors import RecordError
from ntm_geo.foreign import EncodingOrigin, Format, open_foreign, tables

ROWS = [["Tên", "X", "Y"], ["Làng Hợp", "1564229,898", "510836,713"], ["B", "14°8'38\"N", ""]]


@pytest.fixture
def csv(tmp_path):
    def read(content, encoding="utf-8", name="a.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return open_foreign(path, **options)

    return read


@pytest.fixture
def excel(tmp_path):
    def read(sheets, **options):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "a.xlsx"
        workbook.save(path)
        return open_foreign(path, **options)

    return read


# --- CSV ---------------------------------------------------------------------------------------


def written(separator):
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in ROWS]
    return "\r\n".join(separator.join(row) for row in quoted)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_comes_with_any_separator(csv, separator, encoding):
    brought = csv(written(separator), encoding)
    table = brought.table
    assert brought.recognition.format is Format.CSV
    assert table.header == ("Tên", "X", "Y")
    assert [list(row) for row in table.rows] == ROWS[1:]
    assert table.lines == (2, 3)
    assert (brought.features, brought.attributes, brought.crs.wkt) == (None, None, None)
    assert not brought.encoding.is_raw


def test_decimal_commas_do_not_count_as_separators(csv):
    table = csv("Tên;X;Y\nA;1564229,898;510836,713\nB;1,5;2,5\n").table
    assert table.rows[0] == ("A", "1564229,898", "510836,713")


def test_legacy_text_of_a_csv_is_left_raw(csv):
    brought = csv("Tªn,X\nLµng ¸o,1\n", "latin-1")
    assert brought.table.rows == (("Lµng ¸o", "1"),)
    assert (brought.encoding.is_raw, brought.encoding.origin) == (True, EncodingOrigin.NONE)
    brought = csv("Ten,X\nA,1\n", encoding="latin-1", name="b.csv")
    assert not brought.encoding.is_raw


def test_an_encoding_that_is_named_is_handed_on(csv):
    assert csv(b"Ten,X\nA,1\n", name="a.csv").encoding.name == "UTF-8"


def test_a_title_above_and_blank_lines_are_passed_over(csv):
    table = csv('BẢNG TỌA ĐỘ\n\nTên,X,,\n"A\nB",1,,\n,,,\nC,2,,\n').table
    assert table.above == (("BẢNG TỌA ĐỘ",),)
    assert (table.header, table.lines) == (("Tên", "X"), (4, 7))
    assert table.rows == (("A\nB", "1"), ("C", "2"))


def test_columns_without_a_name_are_kept_where_they_hold_something(csv):
    table = csv("Tên,,X,\nA,b,1,c\n").table
    assert table.header == ("Tên", "", "X", "")
    assert table.rows == (("A", "b", "1", "c"),)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("Tên,X,TÊN\nA,1,B\n", "two columns of one name"),
        ("Tên\nA\n", "no header"),
        ("Tên,X\n", "layer is empty"),
        ('Tên,X\n"A,1\n', "damaged"),
        ("\n\n", "no header"),
    ],
)
def test_a_csv_that_cannot_be_taken(csv, content, match):
    with pytest.raises(RecordError, match=match) as caught:
        csv(content)
    assert "Cách sửa" in caught.value.say("vi")


def test_a_very_long_value_is_kept_and_told(csv):
    brought = csv(f"Tên,X\nA,1\n{'x' * 300_000},2\n")
    assert len(brought.table.rows[1][0]) == 300_000
    (notice,) = brought.notices
    assert (notice.found, notice.column) == ("300,000", "Tên")


def test_too_many_rows(csv, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 10)
    with pytest.raises(RecordError, match="too many"):
        csv("Tên,X\n" + "A,1\n" * 20)


CELLS = st.text("aăâđêơưáàảãạẮ 0123456789.,;°'\"|-\n", max_size=12)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_any_cells_come_back_from_a_csv(csv, rows):
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    content = "\n".join(["Tên;X;Y", *(";".join(row) for row in quoted)])
    if filled:
        assert list(csv(content).table.rows) == filled
    else:
        with pytest.raises(RecordError, match="the layer is empty"):
            csv(content)


# --- Excel -------------------------------------------------------------------------------------


def test_figures_of_a_sheet_stay_figures_and_text_stays_text(excel):
    day = date(2023, 11, 5)
    rows = [["Tên", "X", "Y", "Ngày", "Có"], ["A", 510836.713, "1.234,5", day, True]]
    brought = excel({"Điểm": rows})
    assert (brought.recognition.format, brought.layer) == (Format.EXCEL, "Điểm")
    assert brought.table.rows == (("A", 510836.713, "1.234,5", "2023-11-05T00:00:00", "TRUE"),)
    assert brought.notices == ()


def test_several_sheets_are_listed_and_empty_ones_do_not_count(excel):
    rows = [["Tên", "X"], ["A", 1]]
    assert excel({"a": [], "b": rows}).layer == "b"
    with pytest.raises(RecordError, match=r"a \(2\), b \(2\)"):
        excel({"a": rows, "b": rows})
    assert excel({"a": rows, "b": rows}, layer="B").layer == "b"
    with pytest.raises(RecordError, match="no such layer"):
        excel({"a": rows}, layer="c")


def test_formulas_that_were_never_calculated_are_told(excel):
    brought = excel({"a": [["Tên", "X"], ["A", "=1+1"], ["B", 2]]})
    assert brought.table.rows == (("A", ""), ("B", 2))
    assert brought.notices[0].found == "B2 (1)"


def test_a_sheet_that_claims_to_be_huge_is_read_as_it_is(excel, tmp_path):
    import zipfile

    excel({"a": [["Tên", "X"], ["A", 1]]})
    claim = tmp_path / "claim.xlsx"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(claim, "w") as new:
        for info in old.infolist():
            content = old.read(info).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
            new.writestr(info, content)
    assert open_foreign(claim).table.rows == (("A", 1),)


@pytest.mark.parametrize(("cell", "match"), [("ZZZ1", "columns"), ("A1048576", "too many")])
def test_a_cell_far_away(tmp_path, cell, match):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Tên", "X"])
    workbook.active[cell if cell.startswith("A") else "XFD1"] = "x"
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(RecordError, match=match):
        open_foreign(tmp_path / "a.xlsx")


def test_two_columns_of_one_name_in_a_sheet(excel):
    with pytest.raises(RecordError, match="two columns of one name"):
        excel({"a": [["Tên", "tên "], ["A", 1]]})


def test_a_sheet_with_rows_but_without_a_header(excel):
    with pytest.raises(RecordError, match="no header"):
        excel({"a": [["Tên"], ["A"]]})
