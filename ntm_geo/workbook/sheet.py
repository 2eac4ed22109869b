"""A table as a sheet of a workbook, and sheets as a file. openpyxl lives only here.

Every text is written as text: no cell can start a formula.
"""

import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from ntm_geo.encodings import starts_formula
from ntm_geo.errors import Lang, Text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | date | None
"""What may stand in a cell."""

_HEAD_FILL, _LINE_COLOUR = "FF1F4E5F", "FFC4CCD1"
_DAY_FORMATS = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}
_LINE_PT, _MOST_PT = 15.0, 409.0
"""Height of a line of text, and the greatest height that a row can have [point]."""
_TURNED_PT = 190.0
"""Height of a heading that is turned [point]."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP archive can hold."""


@dataclass
class Sheet:
    """One table under a frozen heading, to be written as a sheet."""

    title: Text
    columns: Sequence[tuple[Text, float]]
    """Headings, and widths in characters."""
    rows: list[list[Value]] = field(default_factory=list)
    fills: dict[int, str] = field(default_factory=dict)
    """Colours of whole lines, by the line's place among the rows."""
    filled: int = 1
    """How many columns at the left take the line's colour."""
    frozen: int = 0
    """How many columns at the left stay when the sheet is moved sideways."""
    upright: int | None = None
    """From which column on headings are turned, None for none."""
    printed: int | None = None
    """How many columns at the left go to paper, None for all."""


def book_of(sheets: Iterable[Sheet], *, title: str, day: date, lang: Lang) -> bytes:
    """Return the sheets as a workbook that is the same, byte for byte, whenever it is made.

    Parameters
    ----------
    sheets
        The sheets, first to last.
    title
        What the workbook is about.
    day
        The day that it is dated with: openpyxl would take the time of now.
    lang
        The language of headings and days.
    """
    from openpyxl import Workbook
    from openpyxl.xml.constants import ARC_CORE
    from openpyxl.xml.functions import tostring

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write_sheet(book, sheet, lang)
    book.properties.creator = "ntm-geo"
    book.properties.title = title
    raw, stamped = BytesIO(), BytesIO()
    book.save(raw)
    stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day, the same everywhere)
    book.properties.created = book.properties.modified = stamp
    core = tostring(book.properties.to_tree())
    with (
        zipfile.ZipFile(raw) as made,
        zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, core if name == ARC_CORE else made.read(name))
    return stamped.getvalue()


def _write_sheet(book: "Workbook", sheet: Sheet, lang: Lang) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.title.say(lang))
    _write_heading(page, sheet, lang)
    widths = [width for _, width in sheet.columns]
    for place, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            cell = page.cell(place + 2, column + 1)
            _write_cell(cell, value, lang)
            if place in sheet.fills and column < sheet.filled:
                _fill(cell, sheet.fills[place])
        page.row_dimensions[place + 2].height = _height_pt(row, widths)
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    last = get_column_letter(sheet.printed or len(widths))
    page.print_area = f"A1:{last}{len(sheet.rows) + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A3
    page.page_setup.fitToHeight = 0  # as many sheets of paper as it takes
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write_heading(page: "Worksheet", sheet: Sheet, lang: Lang) -> None:
    from openpyxl.styles import Alignment, Font

    for column, (heading, _) in enumerate(sheet.columns):
        cell = page.cell(1, column + 1)
        _write_cell(cell, heading.say(lang), lang)
        is_turned = sheet.upright is not None and column >= sheet.upright
        cell.font = Font(name="Calibri", bold=True, color="FFFFFFFF")
        cell.alignment = Alignment(
            wrap_text=True,
            vertical="bottom",
            horizontal="center" if is_turned else "left",
            text_rotation=90 if is_turned else 0,
        )
        _fill(cell, _HEAD_FILL)
    if sheet.upright is not None:
        page.row_dimensions[1].height = _TURNED_PT


def _height_pt(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Return a height that shows every wrapped text: not every program finds it by itself."""
    lines = (
        sum(len(textwrap.wrap(line, int(width))) or 1 for line in value.split("\n"))
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    )
    return min(_LINE_PT * max(lines, default=1), _MOST_PT)


def _write_cell(cell: "Cell | MergedCell", value: Value, lang: Lang) -> None:
    """Write a value; text is text, also where it looks like a formula, and stays so when edited."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Border, Side

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = starts_formula(value)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = _DAY_FORMATS[lang]
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    line = Side("thin", color=_LINE_COLOUR)
    cell.border = Border(left=line, right=line, bottom=line)


def _fill(cell: "Cell | MergedCell", colour: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour)
