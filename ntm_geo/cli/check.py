"""`ntm-geo check`."""

from pathlib import Path

import typer

from ntm_geo.cli.options import LangOption, ProjectOption, chosen_language, open_from
from ntm_geo.errors import Text

_CLEAN = Text("Hồ sơ không có lỗi: {tables}.", "The record is clean: {tables}.")


def check(project: ProjectOption = Path(), lang: LangOption = None) -> None:  # noqa: ARG001 (read by its callback)
    """Read the whole record and report every problem at once.

    Exit 0: the record is clean. Exit 1: it has problems. What lies outside of its unit is told and
    is no problem, and so are gaps and overlaps between boundaries that are no sketch, and a lock
    file that was left.

    Example: ntm-geo check --lang en
    """
    from ntm_geo.steps import left_lock
    from ntm_geo.workspace.seams import tell_seams

    workspace = open_from(project)
    lock = left_lock(workspace.root)
    # A record is clean only where its sketch can be drawn; that is done here, too.
    notices = (*workspace.astray, *tell_seams(workspace), *([] if lock is None else [lock]))
    for notice in notices:
        typer.echo(notice.say(chosen_language()), err=True)
    counts = ", ".join(f"{s.table.name} {len(s)}" for s in workspace.record.sheets())
    for name in ("units", "assets"):
        geometry = getattr(workspace.geometry, name)
        counts += f", geometry of {name} {0 if geometry is None else len(geometry)}"
    for day, frame in workspace.geometry.later.items():
        counts += f", geometry of units since {day.isoformat()} {len(frame)}"
    counts += f", reports {len(workspace.record.reports)}"
    typer.echo(_CLEAN.format(tables=counts).say(chosen_language()))
