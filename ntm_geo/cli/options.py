"""Options that several commands share."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_geo.errors import Lang, OptionError, Problem, Text

if TYPE_CHECKING:
    from ntm_geo.workspace import Workspace


class Language(StrEnum):
    """Languages of messages and headings."""

    VI = "vi"
    EN = "en"


_state: dict[str, Lang] = {}


def _remember(value: Language | None) -> Language | None:
    if value is not None:
        _state["lang"] = "en" if value == Language.EN else "vi"
    return value


def chosen_language() -> Lang:
    """Return the language that the user asked for, else the project's, else Vietnamese."""
    return _state.get("lang", "vi")


ProjectOption = Annotated[
    Path,
    typer.Option("--project", help="Folder that holds gis/, or one below it.", show_default=True),
]
LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of messages and headings.",
        envvar="NTM_GEO_LANG",
        callback=_remember,
        is_eager=True,
    ),
]


def use_language_of(root: Path) -> None:
    """Speak the project's language where the user asked for none, also of a record with problems.

    Parameters
    ----------
    root
        The folder that holds gis/.
    """
    from ntm_geo.model import Project
    from ntm_geo.record import PROJECT_FILE
    from ntm_geo.record.definitions import read_definition

    project, _ = read_definition(root, PROJECT_FILE, Project)
    if project is not None:
        _state.setdefault("lang", project.language)


AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        help="Day as of which progress is told; default: the last day that is reported.",
    ),
]


UNITS_HELP = (
    "Day by whose administrative units all is told, such as 2025-07-01; default: the plan's."
)
UnitsDayOption = Annotated[
    str | None, typer.Option("--units", metavar="DAY", help=UNITS_HELP, show_default=False)
]

_FUTURE = Text(
    "Ngày {day} chưa đến: chỉ tính những thay đổi đã ghi trong gis/changes.csv.",
    "{day} is yet to come: only changes that stand in gis/changes.csv are counted.",
)


def open_from(
    project: Path, as_of: datetime | None = None, *, units_day: str | None = None
) -> "Workspace":
    """Open the workspace that the options name, and print its notices.

    Raises
    ------
    OptionError
        `units_day` is no day, or one before the plan.
    """
    from ntm_geo.workspace import open_workspace

    on = parse_units_day(units_day)
    day: date | None = as_of.date() if as_of else None
    workspace = open_workspace(project, as_of=day, units_day=on)
    _state.setdefault("lang", workspace.record.project.language)
    for notice in workspace.notices:
        typer.echo(notice.say(chosen_language()), err=True)
    if on is not None and on > _today():
        _tell_day(_FUTURE, on)
    return workspace


def parse_units_day(text: str | None) -> date | None:
    """Return the day of `--units`, written as the record writes days.

    Raises
    ------
    OptionError
        It is no day of the calendar.

    Examples
    --------
    >>> parse_units_day("01/07/2025")
    datetime.date(2025, 7, 1)
    """
    from ntm_geo.model.cells import day_or_none

    if text is None:
        return None
    day = day_or_none(text.strip())
    if day is not None:
        return day
    raise OptionError(
        Problem(
            column="--units",
            what=Text("không phải là ngày có thật", "not a day of the calendar"),
            found=text,
            allowed=Text("2025-07-01, 01/07/2025", "2025-07-01, 01/07/2025"),
            todo=Text("ghi lại ngày", "write the day anew"),
        )
    )


def _today() -> date:
    return datetime.now().astimezone().date()


def _tell_day(text: Text, day: date) -> None:
    from ntm_geo.labels import format_day

    lang = chosen_language()
    typer.echo(text.say(lang).format(day=format_day(day, lang)), err=True)


def tell_units_before(workspace: "Workspace", names: str | Sequence[str] | None) -> None:
    """Tell where the plan's units are now, as far as the reader called units by their old names.

    Parameters
    ----------
    workspace
        The workspace, by the units of a later day or not.
    names
        What was asked for, in any spelling.
    """
    if workspace.formation is None:
        return
    from ntm_geo.changes import before_text

    for name in _listed(names):
        unit = workspace.formation.unit_before(name)
        if unit is not None:
            said = before_text(workspace.formation, unit)
            typer.echo(said.say(chosen_language()), err=True)


def _listed(names: str | Sequence[str] | None) -> Iterable[str]:
    return [names] if isinstance(names, str) else names or ()
