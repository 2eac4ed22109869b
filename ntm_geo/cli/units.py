"""`ntm-geo units`: which units there are on a day, and what they were formed of."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_geo.cli.options import UNITS_HELP, LangOption, ProjectOption, chosen_language, open_from
from ntm_geo.cli.output import FileOption, choose_format, csv_text, deliver, json_text, table_text
from ntm_geo.errors import Text

if TYPE_CHECKING:
    from ntm_geo.workspace import Workspace


class UnitsFormat(StrEnum):
    """Formats of the list of units."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


_HEADINGS = (
    Text("Mã", "Code"),
    Text("Đơn vị", "Unit"),
    Text("Loại", "Kind"),
    Text("Gồm các đơn vị của kế hoạch", "Formed of the plan's units"),
)
_PART = Text("{name} (một phần)", "{name} (a part)")
_COUNT = Text("{n} đơn vị ngày {day}", "{n} units on {day}")

OnOption = Annotated[
    str | None,
    typer.Option("--units", "--on", metavar="DAY", help=UNITS_HELP, show_default=False),
]
UnitsAsOption = Annotated[
    UnitsFormat | None,
    typer.Option("--as", help="Format; default: by the file's ending, else a table."),
]


def units(
    *,
    on: OnOption = None,
    as_: UnitsAsOption = None,
    output: FileOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List the units of a day with the units of the plan whose land they hold.

    One code can be another unit a year later; what a unit became stands in gis/changes.csv.

    Example: ntm-geo units --on 2025-07-01
    """
    chosen = choose_format(as_, output, UnitsFormat)
    workspace = open_from(project, units_day=on)
    day = workspace.units_day or workspace.record.project.plan_date
    rows = _rows(workspace, day)
    if chosen == UnitsFormat.JSON:
        deliver(json_text({"units_day": day.isoformat(), "units": rows}), output)
    elif chosen == UnitsFormat.CSV:
        deliver(csv_text(_FLAT, [_flat(row, day) for row in rows]), output, is_csv=True)
    else:
        deliver(_table(rows, day, to_file=output is not None), output)


_FLAT = ("unit_code", "name", "kind", "formed_of", "parts_of", "units_day")


def _rows(workspace: "Workspace", day: date) -> list[dict[str, Any]]:
    names = workspace.record.unit_names()
    return [
        {
            "unit_code": one.code,
            "name": one.name,
            "kind": one.kind,
            "formed_of": [
                {"unit_code": code, "name": names[code], "part": part.value}
                for code, part in one.formed_of
            ],
        }
        for one in workspace.units_on(day)
    ]


def _flat(row: dict[str, Any], day: date) -> dict[str, Any]:
    """Return a line of CSV: codes of wholes and of parts, apart."""
    codes = {
        part: "|".join(one["unit_code"] for one in row["formed_of"] if one["part"] == part)
        for part in ("whole", "part")
    }
    lists = {"formed_of": codes["whole"], "parts_of": codes["part"]}
    return {**row, **lists, "units_day": day.isoformat()}


def _table(rows: list[dict[str, Any]], day: date, *, to_file: bool) -> str:
    from ntm_geo.labels import format_day, word_of

    lang = chosen_language()
    lines = [
        [
            row["unit_code"],
            row["name"],
            word_of("kind", row["kind"], lang),
            ", ".join(
                one["name"] if one["part"] == "whole" else _PART.format(name=one["name"]).say(lang)
                for one in row["formed_of"]
            ),
        ]
        for row in rows
    ]
    headings = [heading.say(lang) for heading in _HEADINGS]
    count = _COUNT.format(n=len(rows), day=format_day(day, lang)).say(lang)
    return f"{table_text(headings, lines, to_file=to_file)}{count}\n"
