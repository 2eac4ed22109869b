"""Excel workbooks: which sheets there are, and the cells of one of them."""

import math
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign import markup, zips
from ntm_geo.foreign.brought import (
    Brought,
    Cell,
    DeclaredEncoding,
    EncodingOrigin,
    Layer,
    refusal,
)
from ntm_geo.foreign.columns import MAX_COLUMNS
from ntm_geo.foreign.layers import choose
from ntm_geo.foreign.staging import Parcel, too_many
from ntm_geo.foreign.tables import MAX_ROWS, brought_table, make_table

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_SHEETS = 100


def read_excel(parcel: Parcel, layer: str | None) -> Brought:
    """Read one sheet of a workbook; formulas give the values that were saved with them.

    Raises
    ------
    RecordError
        An unsafe or damaged workbook, no rows, several sheets and none chosen, too large, two
        columns of one name.
    """
    _check_parts(parcel)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of drop-down lists that it does not keep
        try:
            return _read(parcel, layer)
        except RecordError:
            raise
        except Exception as error:  # openpyxl raises anything where XML lacks what it looks for
            raise _damaged(parcel.file, error) from error


def _check_parts(parcel: Parcel) -> None:
    """Look through every XML part: no DTD, no part larger than it claims."""
    with zips.opened(parcel.path, parcel.file) as archive:
        for info in zips.check_members(archive, parcel.file, may_nest=True):
            if info.filename.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(info) as stream:
                    markup.parse(stream, f"{parcel.file}/{info.filename}")


def _read(parcel: Parcel, layer: str | None) -> Brought:
    from openpyxl import load_workbook

    workbook = load_workbook(parcel.path, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = workbook.worksheets
        if len(sheets) > MAX_SHEETS:
            raise too_many(parcel.file, f"{len(sheets)} sheets")
        layers = tuple(Layer(s.title, _count(s, parcel.file), "None") for s in sheets)
        chosen = choose(layers, layer, parcel.file)
        sheet = sheets[layers.index(chosen)]
        table = make_table(_rows(sheet, parcel.file), parcel.file)
    finally:
        workbook.close()
    unsaved = _formulas_without_value(parcel, chosen.name) if _has_blank(table.rows) else []
    declared = DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False)
    return brought_table(parcel, "openpyxl", layers, chosen, table, declared, unsaved)


def _count(sheet: "ReadOnlyWorksheet", file: str) -> int:
    """Count the rows with something in them, the header among them."""
    return sum(1 for _, cells in _rows(sheet, file) if any(cell != "" for cell in cells))


def _rows(sheet: "ReadOnlyWorksheet", file: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()  # what a sheet claims would pad each row to its widest
    for line, cells in enumerate(sheet.values, start=1):
        if line > MAX_ROWS:
            raise too_many(file, f"> {MAX_ROWS:,}")
        if len(cells) > MAX_COLUMNS:
            raise too_many(file, f"{len(cells)} columns")
        yield line, tuple(_cell(value) for value in cells)


def _cell(value: Any) -> Cell:  # noqa: ANN401 (what a cell may hold)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()  # as Excel shows it
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, int | float) else str(value)


def _has_blank(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    return any(cell == "" for cells in rows for cell in cells)


def _formulas_without_value(parcel: Parcel, sheet: str) -> list[Problem]:
    """Name the cells whose formula was never calculated: they read as empty."""
    from openpyxl import load_workbook

    workbook = load_workbook(parcel.path, read_only=True, keep_links=False)
    values = load_workbook(parcel.path, read_only=True, data_only=True, keep_links=False)
    try:
        written, saved = workbook[sheet], values[sheet]
        written.reset_dimensions()
        saved.reset_dimensions()
        found = [
            formula.coordinate
            for formulas, results in zip(written.iter_rows(), saved.iter_rows(), strict=True)
            for formula, result in zip(formulas, results, strict=True)
            if formula.data_type == "f" and result.value is None
        ]
    finally:
        workbook.close()
        values.close()
    what = Text("công thức chưa được tính, đọc là ô trống", "formulas never calculated: blank")
    todo = Text("mở trong Excel rồi lưu lại", "open it in Excel and save it again")
    shown = f"{', '.join(found[:20])} ({len(found)})"
    return [Problem(file=parcel.file, what=what, found=shown, todo=todo)] if found else []


def _damaged(file: str, error: Exception) -> RecordError:
    return refusal(
        file,
        Text("tệp Excel bị hỏng", "the Excel file is damaged"),
        found=str(error) or type(error).__name__,
        allowed=Text("một tệp .xlsx nguyên vẹn", "a whole .xlsx file"),
        todo=Text("mở trong Excel rồi lưu lại", "open it in Excel and save it again"),
    )
