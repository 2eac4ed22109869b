"""Rows that a command adds to a table of the record; the rows that were there stay."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from ntm_geo.model import Row
from ntm_geo.schemas import Sheet
from ntm_geo.steps import Step, write_step


def add_rows(  # noqa: PLR0913 (what is added, and what it is added to)
    root: Path,
    sheet: Sheet[Any],
    rows: Iterable[Row],
    *,
    seen: Mapping[str, str],
    command: str,
    about: str,
) -> Step | None:
    """Write a table of the record anew, with more rows at its end.

    Parameters
    ----------
    root
        The folder that holds gis/.
    sheet
        The table as it was read, without problems.
    rows
        What is added, of the table's own kind.
    seen
        What the record's files held when they were read, as `digests` returns it.
    command, about
        Which command adds, and what.

    Returns
    -------
    step
        What was written: the file in UTF-8, with commas, a line a row.

    Raises
    ------
    OutputError
        The file was changed since it was read, or cannot be written; the old one stays.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.table.columns)
    for row in (*sheet.rows, *rows):
        cells = row.model_dump(by_alias=True)
        writer.writerow([_cell(cells[column]) for column in sheet.table.columns])
    content = out.getvalue().encode()
    return write_step(root, {sheet.file: content}, seen=seen, command=command, about=about)


def _cell(value: Any) -> str:  # noqa: ANN401 (a cell of any table)
    """Return a value as its table reads it again.

    Examples
    --------
    >>> _cell(12.0), _cell(("a", "b")), _cell(None), _cell(date(2023, 12, 31))
    ('12', 'a|b', '', '2023-12-31')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(map(_cell, value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)
