"""`ntm-geo audit`: where the plan contradicts itself, and who answers for what."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_geo.audit import Severity
from ntm_geo.cli.by_day import with_units_told
from ntm_geo.cli.findings import findings_csv, findings_json, findings_text
from ntm_geo.cli.matrix import matrix_csv, matrix_json, matrix_text
from ntm_geo.cli.options import (
    LangOption,
    ProjectOption,
    UnitsDayOption,
    chosen_language,
    open_from,
    tell_units_before,
)
from ntm_geo.cli.output import FileOption, choose_format, deliver
from ntm_geo.cli.written import tell_written
from ntm_geo.errors import OptionError, Problem, Text

if TYPE_CHECKING:
    from ntm_geo.audit import Review
    from ntm_geo.workspace import Workspace

audit = typer.Typer(rich_markup_mode=None)


class AuditFormat(StrEnum):
    """Formats of findings and of the matrix."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


AuditAsOption = Annotated[
    AuditFormat | None,
    typer.Option("--as", help="Format; default: by the file's ending, else a table."),
]
SeverityOption = Annotated[
    list[str] | None,
    typer.Option(
        "--severity",
        metavar=f"[{'|'.join(Severity)}]",
        help="How much it weighs; may be repeated.",
    ),
]
RuleOption = Annotated[
    list[str] | None, typer.Option("--rule", help="A rule's id; may be repeated.")
]
UnitOption = Annotated[
    str | None, typer.Option(help="A unit's code or name, in any spelling, or the district's.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit 1 if any finding shown is not accepted.")
]


@audit.callback(invoke_without_command=True)
def findings(  # noqa: PLR0913 (one parameter an option)
    context: typer.Context,
    *,
    severity: SeverityOption = None,
    rule: RuleOption = None,
    unit: UnitOption = None,
    strict: StrictOption = False,
    units_day: UnitsDayOption = None,
    as_: AuditAsOption = None,
    output: FileOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List where the plan contradicts itself, both sides with their clauses.

    What gis/plan/accepted.csv accepts is listed as such. Finding something is no error.

    Example: ntm-geo audit --severity contradiction --unit "Lơ Ku"
    """
    if context.invoked_subcommand is not None:
        _refuse_options_before(context, context.invoked_subcommand)
        return
    chosen = choose_format(as_, output, AuditFormat)
    workspace = open_from(project, units_day=units_day)
    formation, names = workspace.formation, workspace.record.unit_names()
    review = workspace.audit(severity=severity or (), rule=rule or (), unit=unit)
    if chosen == AuditFormat.XLSX:
        _write_workbook(workspace, output, review)
    elif chosen == AuditFormat.JSON:
        deliver(findings_json(review, formation), output)
    elif chosen == AuditFormat.CSV:
        deliver(findings_csv(review, names, formation), output, is_csv=True)
    else:
        text = findings_text(review, names, formation, to_file=output is not None)
        deliver(with_units_told(text, formation), output)
    tell_units_before(workspace, unit)
    if strict and review.open:
        raise typer.Exit(1)


@audit.command()
def matrix(
    *,
    units_day: UnitsDayOption = None,
    as_: AuditAsOption = None,
    output: FileOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Show which office answers for which target: where nobody does, and where two do.

    The table groups units; csv and xlsx hold the whole grid, a row a target, a column an office.

    Example: ntm-geo audit matrix --as csv -o matrix.csv
    """
    chosen = choose_format(as_, output, AuditFormat)
    workspace = open_from(project, units_day=units_day)
    formation = workspace.formation
    if chosen == AuditFormat.XLSX:
        _write_workbook(workspace, output)
    elif chosen == AuditFormat.JSON:
        deliver(matrix_json(workspace.matrix, formation), output)
    elif chosen == AuditFormat.CSV:
        deliver(matrix_csv(workspace.matrix, formation), output, is_csv=True)
    else:
        text = matrix_text(workspace.matrix, formation, to_file=output is not None)
        deliver(with_units_told(text, formation), output)


def _write_workbook(
    workspace: "Workspace", output: Path | None, review: "Review | None" = None
) -> None:
    if output is None:
        raise OptionError(
            Problem(
                column="--as",
                what=Text("xlsx không in ra màn hình được", "xlsx cannot be printed"),
                found="xlsx",
                allowed=Text("--as xlsx -o TỆP.xlsx", "--as xlsx -o FILE.xlsx"),
                todo=Text("thêm -o với tên tệp", "add -o with a file's name"),
            )
        )
    tell_written((), workspace.workbook(output, review=review, lang=chosen_language()))


def _refuse_options_before(context: typer.Context, command: str) -> None:
    """Refuse options that would have no effect, as they stand before a command of their own."""
    given = [
        parameter.opts[-1]
        for parameter in context.command.params
        if parameter.name not in (None, "lang") and _is_typed(context, parameter.name or "")
    ]
    if given:
        raise OptionError(
            Problem(
                column=given[0],
                what=Text(
                    f"tùy chọn đứng trước «{command}» không có tác dụng",
                    f"an option before '{command}' has no effect",
                ),
                found=", ".join(given),
                allowed=Text(*[f"ntm-geo audit {command} --as csv"] * 2),
                todo=Text(f"ghi tùy chọn sau «{command}»", f"give options after '{command}'"),
            )
        )


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
