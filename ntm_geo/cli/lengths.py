"""`ntm-geo lengths`: roads to harden as promised, stated, mapped and reported."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_geo.cli.by_day import with_rests_named, with_units_told
from ntm_geo.cli.ledger import By, ledger_csv, ledger_json, ledger_text
from ntm_geo.cli.options import (
    AsOfOption,
    LangOption,
    ProjectOption,
    UnitsDayOption,
    chosen_language,
    open_from,
    tell_units_before,
)
from ntm_geo.cli.output import FileOption, choose_format, deliver
from ntm_geo.cli.query import UnitOption
from ntm_geo.errors import Text

_LEFT_OUT = Text(
    "Không cộng các việc đo bằng km trên những tuyến này mà không phải cứng hóa: {n}",
    "Not added, as they harden nothing: works on these roads that are measured in km: {n}",
)


class LengthsFormat(StrEnum):
    """Formats of the length ledger."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


LengthsAsOption = Annotated[
    LengthsFormat | None,
    typer.Option("--as", help="Format; default: by the file's ending, else a table."),
]
ClassOption = Annotated[
    list[str] | None,
    typer.Option("--class", help="A class of road, such as field_road; may be repeated."),
]
ByOption = Annotated[By, typer.Option("--by", help="A row for each unit and class, or each work.")]


def lengths(  # noqa: PLR0913 (one parameter an option)
    *,
    unit: UnitOption = None,
    road_class: ClassOption = None,
    by: ByOption = By.UNIT,
    as_: LengthsAsOption = None,
    output: FileOption = None,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Put km of road promised, stated, mapped and reported side by side, with totals.

    Flags a mapped length more than 5 % off, a line outside its unit, a promised length without a
    line and a line without a promised length. A sketch has no length here.

    Example: ntm-geo lengths --class field_road --by work --as csv -o lengths.csv
    """
    chosen = choose_format(as_, output, LengthsFormat)
    workspace = open_from(project, as_of, units_day=units_day)
    ledger = workspace.lengths(unit=unit or (), road_class=road_class or ())
    if chosen == LengthsFormat.JSON:
        days = {"as_of": workspace.as_of, "units_day": workspace.units_day}
        deliver(ledger_json(ledger, by, days=days), output)
    elif chosen == LengthsFormat.CSV:
        deliver(ledger_csv(ledger, by), output, is_csv=True)
    else:
        formation = workspace.formation
        named = replace(
            ledger,
            works=with_rests_named(ledger.works, formation),
            units=with_rests_named(ledger.units, formation),
        )
        table = ledger_text(named, by, to_file=output is not None)
        deliver(with_units_told(table, formation), output)
    tell_units_before(workspace, unit)
    if ledger.left_out:
        typer.echo(_LEFT_OUT.format(n=ledger.left_out).say(chosen_language()), err=True)
