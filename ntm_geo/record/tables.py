"""CSV files of the record, as Excel or a text editor saves them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ntm_geo.encodings import Decoded
from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.record.files import is_data, read_text
from ntm_geo.schemas import REPORT_TABLE, Line, MonthReport, Sheet, Table, parse_rows

_PROGRESS_FOLDER = "gis/progress"
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_REPORT_NAME = re.compile(r"([0-9]{2,8})(?:-([0-9]{1,4}))?")
_DELIMITERS = ",;\t"


def read_table(
    root: Path, table: Table, file: str
) -> tuple[Sheet[Any], list[Problem], list[Problem]]:
    """Read one CSV file, as Excel or a text editor saves it; an optional one may be absent."""
    if table.is_optional and not (root / file).exists():
        return Sheet(table=table, file=file, is_read=True), [], []
    try:
        decoded = read_text(root, file)
        delimiter = max(_DELIMITERS, key=decoded.text.lstrip("\n").partition("\n")[0].count)
        header, lines, problems = _split_lines(decoded.text, delimiter, file)
    except RecordError as error:
        return Sheet(table=table, file=file), list(error.problems), []
    decimal = "," if delimiter == ";" else "."
    sheet, wrong = parse_rows(table, header, lines, file=file, decimal=decimal)
    return sheet, problems + wrong, list(_spreadsheet_notice(decoded, delimiter, file))


def _split_lines(
    text: str, delimiter: str, file: str
) -> tuple[list[str], list[Line], list[Problem]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    problems: list[Problem] = []
    header: list[str] = []
    number = 0
    try:
        for number, raw in enumerate(reader, start=1):  # a cell of several lines is in one row
            cells = [cell.strip() for cell in raw]
            while len(cells) > max(len(header), 1) and not cells[-1]:
                cells.pop()  # a spreadsheet pads its lines
            if not any(cells):
                continue
            if not header:
                header = cells
            elif len(cells) > len(header):
                problems.append(_wrong_width(file, number, len(cells), len(header)))
            else:
                cells += [""] * (len(header) - len(cells))
                lines.append(Line(number, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        problems.append(
            Problem(
                file=file,
                row=number + 1,
                what=Text("dòng CSV hỏng (thường do dấu ngoặc kép)", "a broken CSV line (quotes?)"),
                found=str(error),
                todo=Text("sửa dấu ngoặc kép ở dòng này", "mend the quotes of this line"),
            )
        )
    return header, lines, problems


def _wrong_width(file: str, number: int, found: int, wanted: int) -> Problem:
    return Problem(
        file=file,
        row=number,
        what=Text("dòng có nhiều ô hơn số cột", "the line has more cells than columns"),
        found=str(found),
        allowed=Text(f"{wanted} ô", f"{wanted} cells"),
        todo=Text(
            "đặt chữ có dấu phẩy trong ngoặc kép, hoặc bỏ ô thừa",
            "put text that holds a comma in quotes, or take out the extra cell",
        ),
    )


def _spreadsheet_notice(decoded: Decoded, delimiter: str, file: str) -> Iterator[Problem]:
    traces = [
        word
        for word, there in (
            ("BOM", decoded.had_bom),
            ("CRLF", decoded.had_crlf),
            (json.dumps(delimiter), delimiter != ","),
        )
        if there
    ]
    if traces:
        yield Problem(
            file=file,
            what=Text(
                "tệp do bảng tính lưu, đã đọc được, không mất gì",
                "saved by a spreadsheet; read as it is, nothing lost",
            ),
            found=", ".join(traces),
            allowed=Text("UTF-8 không BOM, LF, dấu phẩy", "UTF-8 without BOM, LF, commas"),
            todo=Text("không phải làm gì", "nothing"),
        )


def read_reports(root: Path) -> tuple[tuple[MonthReport, ...], list[Problem], list[Problem]]:
    """Read what the units reported, with problems and notices."""
    reports: list[MonthReport] = []
    problems: list[Problem] = []
    notices: list[Problem] = []
    files = sorted(p for p in (root / _PROGRESS_FOLDER).rglob("*") if is_data(p))
    for path in files:
        file = path.relative_to(root).as_posix()
        month = _MONTH.fullmatch(path.parent.name)
        unit = _REPORT_NAME.fullmatch(path.stem)
        if month is None or unit is None or path.suffix != ".csv":
            problems.append(
                Problem(
                    file=file,
                    what=Text("tên tệp báo cáo không đúng mẫu", "a report with a wrong name"),
                    found=path.name,
                    allowed=Text(
                        "gis/progress/<năm>-<tháng>/<mã đơn vị>.csv; đính chính: <mã đơn vị>-2.csv",
                        "gis/progress/<year>-<month>/<unit>.csv; a correction: <unit>-2.csv",
                    ),
                    todo=Text("đổi tên tệp", "rename the file"),
                )
            )
            continue
        sheet, wrong, seen = read_table(root, REPORT_TABLE, file)
        problems += wrong
        notices += seen
        first = date(int(month[1]), int(month[2]), 1)
        reports.append(MonthReport(first, unit[1], sheet, int(unit[2] or 0)))
    return tuple(reports), problems, notices
