"""CSV files and Excel sheets: a header and rows, each cell as it is."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ntm_geo.errors import Problem, Text
from ntm_geo.foreign.brought import (
    Brought,
    Cell,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Layer,
    Table,
    refusal,
)
from ntm_geo.foreign.columns import check_names, told_values
from ntm_geo.foreign.layers import choose
from ntm_geo.foreign.shapefile import is_utf_8
from ntm_geo.foreign.staging import Parcel, check_text_size, too_many

MAX_ROWS = 200_000
"""Most rows of a table."""

_SEPARATORS = (";", "\t", ",", "|")
_LEAST_HEADER = 2
_QUOTED = re.compile(r'"(?:[^"]|"")*(?:"|$)')
"""What stands in quotes, which may hold any separator and line ends."""

_PROBED_LETTERS = 2**16
_PROBED_LINES = 50
_MOST_BEFORE_HEADER = 30


def read_csv(parcel: Parcel, layer: str | None, encoding: str | None) -> Brought:
    """Read a CSV file with any of the common separators.

    Raises
    ------
    RecordError
        Too large, no rows, two columns of one name, quotes that do not end.
    """
    check_text_size(parcel)
    text, declared = _decode(parcel, encoding)
    separator = _separator(text)
    limit = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        rows = []
        before = 0
        for cells in reader:
            rows.append((before + 1, tuple(cells)))
            before = reader.line_num
            if len(rows) > MAX_ROWS:
                raise too_many(parcel.file, f"> {MAX_ROWS:,}")
    except csv.Error as error:
        raise refusal(
            parcel.file,
            Text("tệp CSV bị hỏng (ngoặc kép không khép?)", "the CSV is damaged (an open quote?)"),
            found=str(error),
            allowed=Text("CSV do Excel hoặc QGIS lưu", "CSV as Excel or QGIS saves it"),
            todo=Text("mở trong Excel rồi lưu lại", "open it in Excel and save it again"),
        ) from error
    finally:
        csv.field_size_limit(limit)
    table = make_table(rows, parcel.file)
    chosen = Layer(parcel.stem, len(table.rows), "None")
    choose((chosen,), layer, parcel.file)
    return brought_table(parcel, "csv", (chosen,), chosen, table, declared)


def _decode(parcel: Parcel, encoding: str | None) -> tuple[str, DeclaredEncoding]:
    data = parcel.path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = DeclaredEncoding("UTF-16", EncodingOrigin.BOM, is_raw=False)
        return data.decode("utf-16", "replace"), found
    has_bom = data.startswith(b"\xef\xbb\xbf")
    if has_bom or encoding is None or is_utf_8(encoding):
        origin = EncodingOrigin.BOM if has_bom else EncodingOrigin.CONTENT
        try:
            return data.decode("utf-8-sig"), DeclaredEncoding("UTF-8", origin, is_raw=False)
        except UnicodeDecodeError as error:
            if encoding is not None and is_utf_8(encoding):
                raise refusal(
                    parcel.file,
                    Text("chữ trong tệp không phải UTF-8", "the text of the file is no UTF-8"),
                    found=f"0x{data[error.start : error.start + 1].hex()}",
                    allowed=Text("bảng mã đúng của tệp", "the file's own encoding"),
                    todo=Text("cho biết bảng mã khác", "name another encoding"),
                ) from error
    origin = EncodingOrigin.NONE if encoding is None else EncodingOrigin.ASKED
    return data.decode("latin-1"), DeclaredEncoding(encoding, origin, is_raw=True)


def _separator(text: str) -> str:
    """Return the separator that most lines agree on."""
    probe = _QUOTED.sub("", text[:_PROBED_LETTERS])
    lines = [line for line in probe.splitlines() if line][:_PROBED_LINES]

    def agreement(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_SEPARATORS, key=agreement)


def make_table(rows: Iterable[tuple[int, Sequence[Cell]]], file: str) -> Table:
    """Make a table of rows: its header is the first row with two cells or more.

    Parameters
    ----------
    rows
        The line of each row and its cells; blank rows are passed over.
    file
        The file's name, for messages.

    Returns
    -------
    table
        Rows as wide as the header; columns without a name and without a value are cut off.

    Raises
    ------
    RecordError
        No header, two columns of one name, too many columns.
    """
    filled = [(line, cells) for line, cells in rows if _filled(cells)]
    tops = filled[:_MOST_BEFORE_HEADER]
    first = next((i for i, (_, c) in enumerate(tops) if _filled(c) >= _LEAST_HEADER), None)
    if first is None:
        raise refusal(
            file,
            Text("bảng không có dòng tiêu đề", "the table has no header"),
            found=str(tops[0][1][0])[:60] if tops else "-",
            allowed=Text("một dòng ghi tên các cột", "a row with the names of the columns"),
            todo=Text("thêm dòng tiêu đề ở trên cùng", "add a header at the top"),
        )
    width = max(_width(cells) for _, cells in filled[first:])
    header = [str(cell).strip() for cell in _padded(filled[first][1], width)]
    check_names(header, file)
    body = filled[first + 1 :]
    return Table(
        header=tuple(header),
        rows=tuple(_padded(cells, width) for _, cells in body),
        lines=tuple(line for line, _ in body),
        above=tuple(tuple(cells) for _, cells in filled[:first]),
    )


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if str(cell).strip())


def _width(cells: Sequence[Cell]) -> int:
    return max((n for n, cell in enumerate(cells, start=1) if str(cell).strip()), default=0)


def _padded(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def brought_table(  # noqa: PLR0913, PLR0917 (one for each thing in which the formats differ)
    parcel: Parcel,
    driver: str,
    layers: tuple[Layer, ...],
    chosen: Layer,
    table: Table,
    encoding: DeclaredEncoding,
    notices: Sequence[Problem] = (),
) -> Brought:
    """Return a table as what was brought: no CRS, no geometry yet."""
    columns = [list(values) for values in zip(*table.rows, strict=True)] or [[]] * len(table.header)
    return Brought(
        file=parcel.file,
        recognition=parcel.recognition,
        driver=driver,
        layer=chosen.name,
        layers=layers,
        crs=DeclaredCrs(None, None, CrsOrigin.NONE),
        encoding=encoding,
        columns=tuple(Column(name, "") for name in table.header),
        table=table,
        notices=(*notices, *told_values(table.header, columns, parcel.file)),
    )
