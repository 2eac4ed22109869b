"""The record under gis/, read: definitions, tables, reports and styles.

The one module that opens these files. It gathers every problem of every file.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ntm_geo.checks import check_record
from ntm_geo.encodings import Decoded, decode
from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.model import CriteriaSet, Project
from ntm_geo.schemas import (
    REPORT_TABLE,
    TABLES,
    Line,
    MonthReport,
    Record,
    Sheet,
    Table,
    parse_model,
    parse_rows,
)

PROJECT_FILE = "gis/project.toml"
_CRITERIA_FOLDER = "gis/criteria"
_PROGRESS_FOLDER = "gis/progress"
_STYLES_FOLDER = "gis/qgis"
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_REPORT_NAME = re.compile(r"([0-9]{2,8})(?:-([0-9]{1,4}))?")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_NO_DATA = ("readme.md", "desktop.ini", "thumbs.db")
_DELIMITERS = ",;\t"


class Reading(NamedTuple):
    """What came of reading: the record unless it has problems, and harmless notices.

    `partial` holds what could be taken of a record with problems, to find those that are left.
    """

    record: Record | None
    problems: list[Problem]
    notices: list[Problem]
    partial: Record | None = None


def find_workspace(start: Path) -> Path:
    """Return the folder that holds gis/project.toml: `start` or the nearest one above it.

    Raises
    ------
    RecordError
        There is none.
    """
    folders = (start.absolute(), *start.absolute().parents) if start.exists() else ()
    for folder in folders:
        if (folder / PROJECT_FILE).is_file():
            return folder
    raise RecordError(
        Problem(
            file=PROJECT_FILE,
            what=Text("không tìm thấy hồ sơ của huyện", "no district's record found"),
            found=str(start),
            allowed=Text(
                "một thư mục có tệp gis/project.toml", "a folder that holds gis/project.toml"
            ),
            todo=Text(
                "chạy lệnh trong thư mục đó, hoặc chỉ ra bằng --project",
                "run the command there, or name the folder with --project",
            ),
        )
    )


def read_record(root: Path) -> Reading:
    """Read and check everything under gis/ but the geometry.

    Parameters
    ----------
    root
        The folder that holds gis/.

    Returns
    -------
    reading
        The record, or all of its problems.
    """
    problems: list[Problem] = []
    notices: list[Problem] = []
    project, wrong = _read_definition(root, PROJECT_FILE, Project)
    problems += wrong
    sets, wrong = _read_criteria_sets(root)
    problems += wrong
    sheets: dict[str, Sheet[Any]] = {}
    for table in TABLES:
        sheet, wrong, seen = _read_table(root, table, table.file)
        sheets[table.name] = sheet
        problems += wrong
        notices += seen
    reports, wrong, seen = _read_reports(root)
    problems += wrong
    notices += seen
    styles, wrong = _read_styles(root)
    problems += wrong
    notices += _unread_notices(root)
    if project is None:
        return Reading(None, problems, notices)
    record = Record(project=project, criteria_sets=sets, reports=reports, styles=styles, **sheets)
    problems += check_record(record)
    return Reading(None if problems else record, problems, notices, partial=record)


def is_data(path: Path) -> bool:
    """Say whether a path is a file that somebody brought, not a trace of a program.

    Examples
    --------
    >>> is_data(Path("gis/.gitkeep")), is_data(Path("pyproject.toml"))
    (False, True)
    """
    hidden = path.name.startswith((".", "~$")) or path.name.lower() in _NO_DATA
    return not hidden and path.is_file()


# --- files -------------------------------------------------------------------------------------


def _read_text(root: Path, file: str) -> Decoded:
    try:
        data = (root / file).read_bytes()
    except FileNotFoundError as error:
        raise RecordError(
            Problem(
                file=file,
                what=Text("thiếu tệp", "the file is missing"),
                allowed=Text("một tệp văn bản UTF-8", "a text file in UTF-8"),
                todo=Text("đặt lại tệp vào chỗ này", "put the file back in its place"),
            )
        ) from error
    except OSError as error:
        raise RecordError(
            Problem(
                file=file,
                what=Text("không mở được tệp", "the file cannot be opened"),
                found=error.strerror or str(error),
                todo=Text(
                    "đóng chương trình đang mở tệp, kiểm tra quyền đọc",
                    "close the program that holds it, check that it may be read",
                ),
            )
        ) from error
    return decode(data, file=file)


def _read_definition(root: Path, file: str, model: Any) -> tuple[Any, list[Problem]]:  # noqa: ANN401
    try:
        text = _read_text(root, file).text
    except RecordError as error:
        return None, list(error.problems)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        last = text.count("\n") + 1 if "end of document" in str(error) else None
        return None, [
            Problem(
                file=file,
                row=int(place[1]) if place else last,
                column=place[2] if place else "",
                what=Text("tệp TOML viết sai cú pháp", "the file is not valid TOML"),
                found=str(error),
                allowed=Text('tên = "giá trị"', 'name = "value"'),
                todo=Text("sửa dòng được nêu", "mend the line that is named"),
            )
        ]
    return parse_model(model, content, file=file)


def _read_criteria_sets(root: Path) -> tuple[dict[str, CriteriaSet], list[Problem]]:
    sets: dict[str, CriteriaSet] = {}
    problems: list[Problem] = []
    for path in sorted((root / _CRITERIA_FOLDER).glob("*.toml")):
        file = path.relative_to(root).as_posix()
        definition, wrong = _read_definition(root, file, CriteriaSet)
        problems += wrong
        if definition is None:
            continue
        problems += _check_set(definition, path.stem, file)
        sets[definition.id] = definition
    if not sets and not problems:
        problems.append(
            Problem(
                file=_CRITERIA_FOLDER,
                what=Text("không có bộ tiêu chí nào", "there is no criteria set"),
                allowed=Text("ít nhất một tệp .toml", "at least one .toml file"),
                todo=Text("thêm tệp của bộ tiêu chí", "add the file of a criteria set"),
            )
        )
    return sets, problems


def _check_set(definition: CriteriaSet, stem: str, file: str) -> Iterator[Problem]:
    if definition.id != stem:
        yield Problem(
            file=file,
            column="id",
            what=Text("mã bộ tiêu chí khác tên tệp", "the set's id is not the file's name"),
            found=definition.id,
            allowed=Text(stem, stem),
            todo=Text("sửa mã hoặc đổi tên tệp", "mend the id, or rename the file"),
        )
    numbers = [criterion.number for criterion in definition.criterion]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        yield Problem(
            file=file,
            column="number",
            what=Text("số tiêu chí không liên tục từ 1", "numbers do not run from 1 upwards"),
            found=", ".join(map(str, numbers)),
            allowed=Text("1, 2, 3, …, mỗi số một lần", "1, 2, 3, ..., each once"),
            todo=Text("sửa lại các số", "mend the numbers"),
        )
    if not definition.numbers:
        yield Problem(
            file=file,
            column="count",
            what=Text("bộ tiêu chí không có tiêu chí nào", "the set has no criterion"),
            allowed=Text("count, hoặc các mục [[criterion]]", "count, or tables [[criterion]]"),
            todo=Text("ghi số tiêu chí vào count", "give the number of criteria as count"),
        )
    if definition.count not in (None, len(numbers)) and numbers:
        yield Problem(
            file=file,
            column="count",
            what=Text("count khác số tiêu chí được liệt kê", "count is not what is listed"),
            found=str(definition.count),
            allowed=Text(str(len(numbers)), str(len(numbers))),
            todo=Text("bỏ count hoặc thêm tiêu chí", "take count out, or add criteria"),
        )


def _read_table(
    root: Path, table: Table, file: str
) -> tuple[Sheet[Any], list[Problem], list[Problem]]:
    """Read one CSV file, as Excel or a text editor saves it."""
    try:
        decoded = _read_text(root, file)
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


def _unread_notices(root: Path) -> Iterator[Problem]:
    """Name files beside the record's own that nobody reads, such as a working copy in Excel."""
    known = {PROJECT_FILE, *(table.file for table in TABLES)}
    for folder, ending in (("gis", ""), ("gis/plan", ""), (_CRITERIA_FOLDER, ".toml")):
        for path in sorted(p for p in (root / folder).glob("*") if is_data(p)):
            file = path.relative_to(root).as_posix()
            if file not in known and not (ending and path.suffix == ending):
                yield Problem(
                    file=file,
                    what=Text("tệp này không được đọc", "this file is not read"),
                    found=path.name,
                    allowed=Text("các tệp của hồ sơ", "the files of the record"),
                    todo=Text(
                        "lưu số liệu vào tệp của hồ sơ, chuyển tệp này đi chỗ khác",
                        "save its figures in the record's own file, move this one elsewhere",
                    ),
                )


def _read_reports(root: Path) -> tuple[tuple[MonthReport, ...], list[Problem], list[Problem]]:
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
        sheet, wrong, seen = _read_table(root, REPORT_TABLE, file)
        problems += wrong
        notices += seen
        first = date(int(month[1]), int(month[2]), 1)
        reports.append(MonthReport(first, unit[1], sheet, int(unit[2] or 0)))
    return tuple(reports), problems, notices


def _read_styles(root: Path) -> tuple[dict[str, str], list[Problem]]:
    styles: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((root / _STYLES_FOLDER).glob("*.qml")):
        try:
            styles[path.stem] = _read_text(root, path.relative_to(root).as_posix()).text
        except RecordError as error:
            problems += error.problems
    return styles, problems
