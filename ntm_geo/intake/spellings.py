"""Spellings added to a table of the record, with every other line as it stands."""

import csv
import io
from collections.abc import Mapping, Sequence

ALIASES = "aliases"
"""The column that holds them, a list in a cell."""

_MARK = "|"
_DELIMITERS = ",;\t"


def add_spellings(text: str, *, key: str, spellings: Mapping[str, Sequence[str]]) -> str:
    """Add spellings to the column `aliases` of a table.

    Parameters
    ----------
    text
        The table as its file holds it, with LF as line ends; its header may lack the column.
    key
        The column whose cells name a row.
    spellings
        What to add to each row, by key; each row is there.

    Returns
    -------
    text
        The same text, but for the rows that were added to, and the header where it gets a column.
    """
    delimiter = max(_DELIMITERS, key=text.lstrip("\n").partition("\n")[0].count)
    lines = list(io.StringIO(text))  # as the reader counts them
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    header: list[str] = []
    written, first = [], 0
    for row in reader:
        raw, first = "".join(lines[first : reader.line_num]), reader.line_num
        cells = [cell.strip() for cell in row]
        if not any(cells):
            written.append(raw)
        elif not header:
            header = cells
            if ALIASES not in header:
                header.append(ALIASES)
                raw = _line([*row, ALIASES], delimiter, raw)
            written.append(raw)
        else:
            new = spellings.get(cells[header.index(key)], ())
            written.append(_line(_with(row, header, new), delimiter, raw) if new else raw)
    return "".join(written)


def _with(row: Sequence[str], header: Sequence[str], new: Sequence[str]) -> list[str]:
    cells = [*row, *[""] * (len(header) - len(row))]
    place = header.index(ALIASES)
    cells[place] = _MARK.join([*filter(None, [cells[place].strip()]), *new])
    return cells


def _line(cells: Sequence[str], delimiter: str, before: str) -> str:
    """Write a row as the file ends its lines; the last one may have no end."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n") + before[len(before.rstrip("\n")) :]
