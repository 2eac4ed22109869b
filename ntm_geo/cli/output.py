"""Answers printed or saved: as a table for people, CSV for Excel, JSON, GeoJSON."""

import csv
import io
import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_geo.cli.options import chosen_language
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.files import refuse_record, replacing

if TYPE_CHECKING:
    import pandas as pd


class Format(StrEnum):
    """Formats of an answer."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"


AsOption = Annotated[
    Format | None,
    typer.Option("--as", help="Format; default: by the file's ending, else a table."),
]
FileOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="File to write instead of stdout.")
]

_HEADINGS: dict[str, Text] = {
    "work_id": Text("Mã việc", "Work"),
    "asset_id": Text("Mã đối tượng", "Asset"),
    "name": Text("Tên", "Name"),
    "unit_code": Text("Mã", "Code"),
    "unit_name": Text("Đơn vị", "Unit"),
    "status": Text("Tình trạng", "Status"),
    "quantity": Text("Khối lượng", "Quantity"),
    "measure": Text("Đơn vị tính", "Measure"),
    "due": Text("Thời hạn", "Due"),
    "criterion": Text("Tiêu chí", "Criterion"),
    "works": Text("Số việc", "Works"),
    "works_unfinished": Text("Việc chưa xong", "Unfinished"),
    "works_shared": Text("Việc chung", "Shared works"),
    "measures": Text("Chỉ tiêu", "Measures"),
    "office": Text("Cơ quan", "Office"),
    "clause": Text("Mục kế hoạch", "Clause"),
    "position": Text("Vị trí", "Position"),
    "distance_m": Text("Cách (m)", "Distance [m]"),
    "nearest_name": Text("Gần nhất", "Nearest"),
    "area_km2": Text("Diện tích (km²)", "Area [km²]"),
    "criteria_met": Text("Tiêu chí đạt", "Criteria met"),
    "criteria_total": Text("Tổng tiêu chí", "Criteria"),
    "criteria_in_hand": Text("Có công việc", "In hand"),
    "criteria_unfed": Text("Chưa có công việc", "No work feeds"),
}
_TABLE_COLUMNS = {
    "works": (
        "work_id", "name", "unit_name", "status", "quantity", "measure", "due", "clause",
        "position", "distance_m", "nearest_name",
    ),
    "assets": (
        "asset_id", "name", "unit_name", "status", "works", "clause", "position", "distance_m",
        "nearest_name",
    ),
    "units": (
        "unit_code", "name", "area_km2", "criteria_met", "criteria_total", "criteria_in_hand",
        "criteria_unfed", "works", "works_unfinished", "position",
    ),
    "criteria": (
        "criterion", "name", "unit_name", "status", "works", "works_shared", "measures",
        "office", "clause",
    ),
}  # fmt: skip
_PIPE_WIDTH = 240
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula, also in full width."""


def emit(frame: "pd.DataFrame", *, kind: str, as_: Format | None, output: Path | None) -> None:
    """Print or save an answer.

    Parameters
    ----------
    frame
        The rows; geometry in EPSG:4326.
    kind
        What the rows are: works, assets, units or criteria.
    as_
        The format; None takes the file's ending.
    output
        The file; None prints to stdout.

    Raises
    ------
    OptionError
        GeoJSON of a table without geometry.
    OutputError
        The file cannot be written.
    """
    chosen = as_ or _format_of(output)
    if chosen == Format.GEOJSON:
        text = _as_geojson(frame)
    elif chosen == Format.JSON:
        text = json.dumps(_records(frame), ensure_ascii=False, indent=1) + "\n"
    elif chosen == Format.CSV:
        text = _as_csv(frame)
    else:
        text = _as_table(frame, kind, to_file=output is not None)
    if output is None:
        sys.stdout.write(text)
        return
    # Excel takes a CSV file for UTF-8 only by its byte order mark.
    encoding = "utf-8-sig" if chosen == Format.CSV else "utf-8"
    refuse_record(output)
    with replacing(output) as draft:
        draft.write_text(text, encoding=encoding, newline="")


def _format_of(output: Path | None) -> Format:
    """Return the format that a file's ending names; a table for stdout and text files."""
    ending = output.suffix.lower().removeprefix(".") if output else "txt"
    if ending in [word.value for word in Format]:
        return Format(ending)
    if ending in ("", "txt"):
        return Format.TABLE
    raise OptionError(
        Problem(
            column="--output",
            what=Text("không ghi được dạng tệp này", "this kind of file cannot be written"),
            found=str(output),
            allowed=Text(".csv, .json, .geojson, .txt", ".csv, .json, .geojson, .txt"),
            todo=Text("đổi đuôi tệp, hoặc thêm --as", "change the ending, or give --as"),
        )
    )


def _records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    from ntm_geo.frames import plain_records  # brings pandas, which `--help` does not need

    return plain_records(frame)


def _as_geojson(frame: "pd.DataFrame") -> str:
    import geopandas as gpd
    import shapely

    if not isinstance(frame, gpd.GeoDataFrame):
        raise OptionError(
            Problem(
                column="--as",
                what=Text("bảng này không có hình", "this table has no geometry"),
                found=Format.GEOJSON.value,
                allowed=Text("table, csv, json", "table, csv, json"),
                todo=Text("chọn dạng khác", "choose another format"),
            )
        )
    features = [
        {
            "type": "Feature",
            # A made-up point of what belongs to the whole district would be read as its place.
            "geometry": shapely.geometry.mapping(shape) if record.get("placed", True) else None,
            "properties": record,
        }
        for shape, record in zip(frame.geometry, _records(frame), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False) + "\n"


def _as_csv(frame: "pd.DataFrame") -> str:
    """Return CSV in which no cell that people typed starts a formula in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = [str(column) for column in frame.columns if column != "geometry"]
    writer.writerow(columns)
    for record in _records(frame):
        writer.writerow([_harmless(record[column]) for column in columns])
    return out.getvalue()


def _harmless(value: Any) -> Any:  # noqa: ANN401 (a cell)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _as_table(frame: "pd.DataFrame", kind: str, *, to_file: bool) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Plain

    language = chosen_language()
    out = io.StringIO()
    width = None if sys.stdout.isatty() and not to_file else _PIPE_WIDTH
    console = Console(file=out, width=width, no_color=True)
    table = Table(box=None, pad_edge=False, header_style="")
    if kind == "criteria":
        frame = frame.assign(name=frame[f"name_{language}"])
    columns = [column for column in _TABLE_COLUMNS[kind] if column in frame.columns]
    for column in columns:
        table.add_column(_HEADINGS[column].say(language), overflow="fold")
    for record in _records(frame):
        table.add_row(*(Plain(_shown(column, record)) for column in columns))
    console.print(table)
    count = Text(f"{len(frame)} dòng", f"{len(frame)} rows")
    console.print(count.say(language))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _shown(column: str, record: dict[str, Any]) -> str:
    from ntm_geo.labels import OVERDUE, format_day, format_number, word_of

    language, value = chosen_language(), record[column]
    if value is None:
        return "–"
    if isinstance(value, float):
        return format_number(value, language)
    if column == "due":
        return format_day(date.fromisoformat(value), language)
    shown = word_of(column, str(value), language)
    is_overdue = column == "status" and record.get("overdue")
    return f"{shown}, {OVERDUE.say(language)}" if is_overdue else shown
