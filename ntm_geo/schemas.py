"""What each table of the record must look like, and its lines turned into rows.

Every problem of a table is gathered; nothing here opens a file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ntm_geo.encodings import find_unclean
from ntm_geo.errors import Problem, Text
from ntm_geo.model import (
    Asset,
    Assignment,
    BudgetSource,
    CriteriaSet,
    Measure,
    Neighbour,
    Office,
    Project,
    Report,
    Row,
    Statement,
    Target,
    Unit,
    Work,
)
from ntm_geo.names import Named

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True)
class Table:
    """One file of the record: where it is, what a row is, what tells rows apart."""

    name: str
    file: str
    row: type[Row]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as they stand in the header."""
        return tuple(info.alias or name for name, info in self.row.model_fields.items())

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that may not be empty."""
        return tuple(i.alias or n for n, i in self.row.model_fields.items() if i.is_required())


TABLES = (
    Table("units", "gis/units.csv", Unit, ("unit_code",)),
    Table("neighbours", "gis/neighbours.csv", Neighbour, ("unit_code", "neighbour_code")),
    Table("targets", "gis/plan/targets.csv", Target, ("set", "number", "unit_code", "asset_id")),
    Table("assets", "gis/plan/assets.csv", Asset, ("asset_id",)),
    Table("works", "gis/plan/works.csv", Work, ("work_id",)),
    Table("measures", "gis/plan/measures.csv", Measure, ("measure_id",)),
    Table("budget", "gis/plan/budget.csv", BudgetSource, ("source_id",)),
    Table("offices", "gis/plan/offices.csv", Office, ("office_id",)),
    Table("assignments", "gis/plan/assignments.csv", Assignment, ("assignment_id",)),
    Table("statements", "gis/plan/statements.csv", Statement, ("statement_id",)),
)
REPORT_TABLE = Table("progress", "gis/progress", Report, ("work_id",))
"""The shape of every file under gis/progress/<YYYY-MM>/."""


@dataclass(frozen=True)
class Line:
    """One line of a table as it stands in the file."""

    number: int
    cells: Mapping[str, str]


R = TypeVar("R", bound=Row)


@dataclass
class Sheet(Generic[R]):
    """A table that has been read: its rows, and the line of the file that each stands in."""

    table: Table
    rows: list[R] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """First key column of all lines, also of those that could not be taken."""
    file: str = ""
    is_read: bool = False
    """False where the file or its header is broken: nothing can be held against it."""

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def located(self) -> Iterator[tuple[R, Callable[..., Problem]]]:
        """Yield each row with a maker of problems that knows the row's place."""
        for row, number in zip(self.rows, self.lines, strict=True):
            yield row, _problem_at(self.file, number)


def _problem_at(file: str, number: int) -> Callable[..., Problem]:
    def make(column: str, what: Text, **rest: Any) -> Problem:  # noqa: ANN401 (fields of Problem)
        return Problem(file=file, row=number, column=column, what=what, **rest)

    return make


@dataclass(frozen=True)
class MonthReport:
    """What one unit reported for one month; a correction is a further report."""

    month: date
    unit_code: str
    sheet: Sheet[Report]
    correction: int = 0
    """0 for the first report of the month, 2 for `<unit>-2.csv`, and so on."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything of a district's record that stands in tables and definitions."""

    project: Project
    criteria_sets: Mapping[str, CriteriaSet]
    units: Sheet[Unit]
    neighbours: Sheet[Neighbour]
    targets: Sheet[Target]
    assets: Sheet[Asset]
    works: Sheet[Work]
    measures: Sheet[Measure]
    budget: Sheet[BudgetSource]
    offices: Sheet[Office]
    assignments: Sheet[Assignment]
    statements: Sheet[Statement]
    reports: tuple[MonthReport, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict)
    """QGIS styles (QML) by layer, or by kind of geometry for layers without one of their own."""

    def place_names(self) -> tuple[Named, ...]:
        """Return everything that a unit's name can mean: the units and the district itself."""
        district = self.project.district
        return (
            *(Named(u.unit_code, u.kind.value, (u.name, *u.aliases)) for u in self.units),
            Named(district.code, "district", (district.name,)),
        )

    def unit_names(self) -> dict[str, str]:
        """Return the name that each code is shown with."""
        district = self.project.district
        shown = {unit.unit_code: unit.name for unit in self.units}
        return {**shown, district.code: f"Huyện {district.name}"}

    def sheets(self) -> tuple[Sheet[Any], ...]:
        """Return all tables, in the order in which they are read."""
        return tuple(getattr(self, table.name) for table in TABLES)


# --- one row -----------------------------------------------------------------------------------

_NUMBER_TODO = Text(
    "ghi số không có dấu phân cách hàng nghìn, ví dụ 1234,5 hoặc 1234.5",
    "write the figure without signs for thousands, such as 1234.5",
)
_CHECK_FIGURE = Text("kiểm tra lại con số", "check the figure")
_EXPECTED: dict[str, tuple[Text, Text | None, Text | None]] = {
    # pydantic's word for the error: what is wrong, what is allowed, what to do
    "missing": (
        Text("ô bắt buộc để trống", "a required cell is empty"),
        Text("một giá trị", "a value"),
        Text("điền giá trị vào ô", "fill in the cell"),
    ),
    "extra_forbidden": (
        Text("mục này không có trong mẫu", "this key is not in the schema"),
        Text("các mục của mẫu", "the keys of the schema"),
        Text("sửa lại tên mục, hoặc bỏ mục", "mend the key's name, or take it out"),
    ),
    "no_number": (
        Text("không phải là số", "not a figure"),
        Text("một con số", "a figure"),
        _NUMBER_TODO,
    ),
    "grouped_number": (
        Text(
            "số có dấu phân cách hàng nghìn, có thể hiểu theo hai cách",
            "a figure with signs for thousands, which can be read in two ways",
        ),
        Text("số không có dấu phân cách hàng nghìn", "a figure without signs for thousands"),
        _NUMBER_TODO,
    ),
    "no_whole_number": (
        Text("không phải số nguyên", "not a whole number"),
        Text("một số nguyên", "a whole number"),
        _CHECK_FIGURE,
    ),
    "no_day": (
        Text("không phải là một ngày có thật", "not a day of the calendar"),
        Text("ngày dạng 2023-12-31 hoặc 31/12/2023", "a day such as 2023-12-31 or 31/12/2023"),
        Text("ghi lại ngày", "write the day again"),
    ),
    "string_too_long": (
        Text("chữ quá dài", "the text is too long"),
        Text("tối đa {max_length} ký tự", "at most {max_length} characters"),
        Text("rút ngắn lại", "shorten it"),
    ),
    "string_pattern_mismatch": (
        Text("không đúng dạng mã", "not of the form of a code"),
        Text("theo mẫu {pattern}", "after the pattern {pattern}"),
        Text("sửa lại mã", "mend the code"),
    ),
    "greater_than_equal": (
        Text("số nhỏ hơn mức cho phép", "the figure is too small"),
        Text("từ {ge} trở lên", "{ge} or more"),
        _CHECK_FIGURE,
    ),
    "greater_than": (
        Text("số nhỏ hơn mức cho phép", "the figure is too small"),
        Text("lớn hơn {gt}", "more than {gt}"),
        _CHECK_FIGURE,
    ),
    "less_than_equal": (
        Text("số lớn hơn mức cho phép", "the figure is too large"),
        Text("không quá {le}", "{le} or less"),
        _CHECK_FIGURE,
    ),
    "enum": (
        Text("từ này không có trong danh sách", "this word is not in the list"),
        Text("{expected}", "{expected}"),
        Text("chọn một từ trong danh sách", "choose a word of the list"),
    ),
}
_EXPECTED["literal_error"] = _EXPECTED["enum"]
_EXPECTED["string_too_short"] = _EXPECTED["missing"]


def _problem_of(error: "ErrorDetails") -> Problem:
    known = _EXPECTED.get(error["type"])
    if known is None:
        what = Text("giá trị không hợp lệ", "invalid value")
        todo: Text | None = Text("sửa lại giá trị", "mend the value")
        allowed: Text | None = Text(error["msg"], error["msg"])
    else:
        what, allowed, todo = known
    if known is not None and allowed is not None:
        allowed = allowed.format(**error.get("ctx", {}))
    found = None if error["type"] == "missing" else str(error["input"])
    place = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    column = "".join(place).removeprefix(".")
    return Problem(what=what, found=found, allowed=allowed, todo=todo, column=column)


M = TypeVar("M", bound=BaseModel)


def parse_model(
    model: type[M], content: Mapping[str, Any], *, file: str
) -> tuple[M | None, list[Problem]]:
    """Turn a declarative file into its definition.

    Parameters
    ----------
    model
        The class of the definition.
    content
        What stands in the file.
    file
        The file's name, for the messages.

    Returns
    -------
    definition, problems
        None and the problems where the file cannot be taken.
    """
    unclean = [problem.at(file=file) for problem in _unclean_in(content)]
    try:
        definition = model.model_validate(content)
    except ValidationError as error:
        return None, unclean + [_problem_of(details).at(file=file) for details in error.errors()]
    return (None if unclean else definition), unclean


def _unclean_in(content: object, place: str = "") -> Iterator[Problem]:
    """Look at the letters of every text in a declarative file."""
    if isinstance(content, str) and (problem := find_unclean(content)) is not None:
        yield problem.at(column=place)
    elif isinstance(content, Mapping):
        for name, value in content.items():
            yield from _unclean_in(value, f"{place}.{name}".removeprefix("."))
    elif isinstance(content, list):
        for number, value in enumerate(content, start=1):
            yield from _unclean_in(value, f"{place}[{number}]")


def parse_rows(
    table: Table, header: Sequence[str], lines: Iterable[Line], *, file: str, decimal: str = "."
) -> tuple[Sheet[Any], list[Problem]]:
    """Turn the lines of one file into rows.

    Parameters
    ----------
    table
        What the file must look like.
    header
        The names in its first line.
    lines
        The other lines.
    file
        The file's name, for the messages.
    decimal
        The decimal sign of the spreadsheet that wrote the file.

    Returns
    -------
    sheet, problems
        The rows that could be taken, and everything that is wrong with the others.
    """
    problems = list(_check_header(table, header, file))
    sheet: Sheet[Any] = Sheet(table=table, file=file)
    if set(table.required) - set(header):
        return sheet, problems  # without its columns no row can be read
    sheet.is_read = True
    for line in lines:
        sheet.keys.add(line.cells[table.key[0]])
        row, wrong = _parse_row(table, line, decimal)
        problems += [problem.at(file=file, row=line.number) for problem in wrong]
        if row is not None:
            sheet.rows.append(row)
            sheet.lines.append(line.number)
    problems += _check_unique(sheet)
    return sheet, problems


def _parse_row(table: Table, line: Line, decimal: str) -> tuple[Row | None, list[Problem]]:
    unclean = [
        problem.at(column=column)
        for column, cell in line.cells.items()
        if (problem := find_unclean(cell)) is not None
    ]
    cells = {name: cell for name, cell in line.cells.items() if name in table.columns}
    try:
        row = table.row.model_validate(cells, context={"decimal": decimal})
    except ValidationError as error:
        return None, unclean + [_problem_of(details) for details in error.errors()]
    return (None if unclean else row), unclean


def _check_header(table: Table, header: Sequence[str], file: str) -> Iterator[Problem]:
    columns = ", ".join(table.columns)
    for name in table.required:
        if name not in header:
            yield Problem(
                file=file,
                row=1,
                column=name,
                what=Text("thiếu cột bắt buộc", "a required column is missing"),
                allowed=Text(columns, columns),
                todo=Text("thêm cột vào dòng tiêu đề", "add the column to the header"),
            )
    for name in dict.fromkeys(header):
        if name not in table.columns or header.count(name) > 1:
            yield Problem(
                file=file,
                row=1,
                column=name,
                what=Text("cột lạ hoặc lặp lại", "an unknown column, or one that stands twice"),
                found=name,
                allowed=Text(columns, columns),
                todo=Text("sửa tên cột, hoặc bỏ cột", "mend the column's name, or take it out"),
            )


def _check_unique(sheet: Sheet[Any]) -> Iterator[Problem]:
    first: dict[tuple[Any, ...], int] = {}
    for (row, problem), number in zip(sheet.located(), sheet.lines, strict=True):
        key = tuple(getattr(row, column) for column in sheet.table.key)
        if key in first:
            yield problem(
                "+".join(sheet.table.key),
                Text(f"mã lặp lại, đã có ở dòng {first[key]}", f"duplicate of row {first[key]}"),
                found=" / ".join(str(part) for part in key if part is not None),
                allowed=Text("mỗi mã một dòng", "each key once"),
                todo=Text("bỏ một dòng hoặc đổi mã", "take one row out, or change its key"),
            )
        first.setdefault(key, number)
