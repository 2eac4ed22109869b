"""Lines and declarative files turned into rows and definitions; every problem is gathered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ntm_geo.encodings import find_unclean
from ntm_geo.errors import Problem, Text
from ntm_geo.model import Row
from ntm_geo.schemas.messages import problem_of
from ntm_geo.schemas.tables import Line, Sheet, Table

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
        return None, unclean + [problem_of(details).at(file=file) for details in error.errors()]
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
        return None, unclean + [problem_of(details) for details in error.errors()]
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
