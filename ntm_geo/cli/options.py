"""Options that several commands share."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_geo.errors import Lang

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
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        help="Day as of which progress is told; default: the last day that is reported.",
    ),
]


def open_from(project: Path, as_of: datetime | None = None) -> "Workspace":
    """Open the workspace that the options name, and print its notices."""
    from ntm_geo.workspace import open_workspace

    day: date | None = as_of.date() if as_of else None
    workspace = open_workspace(project, as_of=day)
    _state.setdefault("lang", workspace.record.project.language)
    for notice in workspace.notices:
        typer.echo(notice.say(chosen_language()), err=True)
    return workspace
