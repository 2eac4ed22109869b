"""Answers printed or saved: as a table for people, CSV for Excel, JSON, GeoJSON.

What any answer needs stands first, the answers of `ntm-geo query` after it.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ntm_geo.cli.by_day import with_former_units, with_rests_named, with_units_told
from ntm_geo.cli.options import chosen_language
from ntm_geo.cli.written import tell_saved
from ntm_geo.encodings import starts_formula
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.files import refuse_record, replacing

if TYPE_CHECKING:
    import pandas as pd

    from ntm_geo.changes import Formation


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
    "photos": Text("Ảnh", "Photos"),
    "last_photo": Text("Ảnh mới nhất", "Last photo"),
    "position": Text("Vị trí", "Position"),
    "distance_m": Text("Cách (m)", "Distance [m]"),
    "nearest_name": Text("Gần nhất", "Nearest"),
    "area_km2": Text("Diện tích (km²)", "Area [km²]"),
    "criteria_met": Text("Tiêu chí đạt", "Criteria met"),
    "criteria_total": Text("Tổng tiêu chí", "Criteria"),
    "criteria_in_hand": Text("Có công việc", "In hand"),
    "criteria_unfed": Text("Chưa có công việc", "No work feeds"),
    "criteria_mixed": Text("Khác nhau", "Differ"),
    "plan_unit_name": Text("Đơn vị của kế hoạch", "Unit of the plan"),
    "parts": Text("Từng đơn vị của kế hoạch", "Each unit of the plan"),
}
_TABLE_COLUMNS = {
    "works": (
        "work_id", "name", "unit_name", "plan_unit_name", "status", "quantity", "measure", "due",
        "photos", "last_photo", "clause", "position", "distance_m", "nearest_name",
    ),
    "assets": (
        "asset_id", "name", "unit_name", "plan_unit_name", "status", "works", "clause", "position",
        "distance_m", "nearest_name",
    ),
    "units": (
        "unit_code", "name", "area_km2", "criteria_met", "criteria_total", "criteria_in_hand",
        "criteria_unfed", "criteria_mixed", "works", "works_unfinished", "position",
    ),
    "criteria": (
        "criterion", "name", "unit_name", "status", "works", "works_shared", "measures",
        "office", "clause", "parts",
    ),
}  # fmt: skip
_SHOWN_WHERE_ANY = ("photos", "last_photo")
"""Columns that a table for people leaves out where they say nothing."""

_PIPE_WIDTH = 240
_PLAIN_ENDINGS = ("", "txt")
"""A table for people is a file of text."""

F = TypeVar("F", bound=StrEnum)


# --- any answer --------------------------------------------------------------------------------


def choose_format(as_: F | None, output: Path | None, formats: type[F]) -> F:
    """Return the format that was asked for, else the one that the file's ending names.

    Parameters
    ----------
    as_
        What was asked for.
    output
        The file; a table goes to stdout and into text files.
    formats
        What the command can write; one of them is "table".

    Raises
    ------
    OptionError
        The ending names none of them.
    """
    if as_ is not None:
        return as_
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if ending in _PLAIN_ENDINGS:
        return formats("table")
    words = [word.value for word in formats if word.value != "table"]
    if ending in words:
        return formats(ending)
    endings = ", ".join(f".{word}" for word in (*words, "txt"))
    raise OptionError(
        Problem(
            column="--output",
            what=Text("không ghi được dạng tệp này", "this kind of file cannot be written"),
            found=str(output),
            allowed=Text(endings, endings),
            todo=Text("đổi đuôi tệp, hoặc thêm --as", "change the ending, or give --as"),
        )
    )


def deliver(text: str, output: Path | None, *, is_csv: bool = False) -> None:
    """Print an answer, or save it and tell so on stderr.

    Raises
    ------
    OptionError
        The file lies in a record.
    OutputError
        The file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        return
    # Excel takes a CSV file for UTF-8 only by its byte order mark.
    encoding = "utf-8-sig" if is_csv else "utf-8"
    refuse_record(output)
    with replacing(output) as draft:
        draft.write_text(text, encoding=encoding, newline="")
    tell_saved(output)


def csv_text(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Return CSV in which no cell that people typed starts a formula in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_harmless(record[column]) for column in columns])
    return out.getvalue()


def _harmless(value: Any) -> Any:  # noqa: ANN401 (a cell)
    return f"'{value}" if isinstance(value, str) and starts_formula(value) else value


def json_text(value: Any) -> str:  # noqa: ANN401 (lists and mappings)
    """Return JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def table_text(headings: Sequence[str], rows: Iterable[Sequence[str]], *, to_file: bool) -> str:
    """Return a table for people: as wide as their window, or wide enough for a pipe or file."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Plain

    out = io.StringIO()
    width = None if sys.stdout.isatty() and not to_file else _PIPE_WIDTH
    console = Console(file=out, width=width, no_color=True)
    table = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        # As plain text: to rich, the unit in "Distance [m]" is markup and would vanish.
        table.add_column(Plain(heading), overflow="fold")
    for row in rows:
        table.add_row(*map(Plain, row))
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


# --- answers of queries ------------------------------------------------------------------------


def emit(
    frame: "pd.DataFrame",
    *,
    kind: str,
    as_: Format | None,
    output: Path | None,
    formation: "Formation | None" = None,
) -> None:
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
    formation
        The units that the rows stand by; None where these are the plan's.

    Raises
    ------
    OptionError
        GeoJSON of a table without geometry.
    OutputError
        The file cannot be written.
    """
    chosen = choose_format(as_, output, Format)
    if chosen == Format.GEOJSON:
        text = _as_geojson(frame)
    elif chosen == Format.JSON:
        text = json_text(_records(frame))
    elif chosen == Format.CSV:
        columns = [str(column) for column in frame.columns if column != "geometry"]
        text = csv_text(columns, _records(frame))
    else:
        text = _as_table(frame, kind, formation, to_file=output is not None)
    deliver(text, output, is_csv=chosen == Format.CSV)


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


def _as_table(
    frame: "pd.DataFrame", kind: str, formation: "Formation | None", *, to_file: bool
) -> str:
    language = chosen_language()
    keys = set(frame["unit_code"])
    frame = with_rests_named(frame, formation)
    if kind == "criteria":
        frame = frame.assign(name=frame[f"name_{language}"])
        frame = frame if formation is None else with_former_units(frame, formation)
    empty = [column for column in _SHOWN_WHERE_ANY if column in frame and not frame[column].any()]
    columns = [c for c in _TABLE_COLUMNS[kind] if c in frame.columns and c not in empty]
    headings = [_HEADINGS[column].say(language) for column in columns]
    rows = ([_shown(column, record) for column in columns] for record in _records(frame))
    count = Text(f"{len(frame)} dòng", f"{len(frame)} rows").say(language)
    table = f"{table_text(headings, rows, to_file=to_file)}{count}\n"
    return with_units_told(table, formation, keys)


def _shown(column: str, record: dict[str, Any]) -> str:
    from ntm_geo.labels import OVERDUE, format_day, format_number, word_of

    language, value = chosen_language(), record[column]
    if value is None:
        return "–"
    if isinstance(value, float):
        return format_number(value, language)
    if column in ("due", "last_photo"):
        return format_day(date.fromisoformat(value), language)
    shown = word_of(column, str(value), language)
    is_overdue = column == "status" and record.get("overdue")
    return f"{shown}, {OVERDUE.say(language)}" if is_overdue else shown
