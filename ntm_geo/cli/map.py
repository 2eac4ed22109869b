"""`ntm-geo map`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_geo.cli.options import (
    AsOfOption,
    LangOption,
    ProjectOption,
    UnitsDayOption,
    chosen_language,
    open_from,
    tell_units_before,
)
from ntm_geo.cli.written import tell_written
from ntm_geo.errors import Text

_OSM = Text(
    "Khi có mạng, trang hỏi tile.openstreetmap.org để lấy ảnh nền; không có mạng thì mọi phần "
    "khác vẫn dùng được.",
    "Where there is a network the page asks tile.openstreetmap.org for pictures; everything else "
    "works without one.",
)


class Background(StrEnum):
    """What lies under the map."""

    NONE = "none"
    OSM = "osm"


ViewArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="VIEW",
        help="Id of a view under gis/views, or all; default: the first by order.",
        show_default=False,
    ),
]
UnitOption = Annotated[
    str | None,
    typer.Option(
        help="A unit's code or name, in any spelling, or all for a page of each; "
        "default: the whole district."
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="File to write, for one page; ends in .html.")
]
BasemapOption = Annotated[
    Background,
    typer.Option(help="What lies under the map: osm takes pictures of OpenStreetMap from the net."),
]


def map_pages(  # noqa: PLR0913 (one parameter an option)
    *,
    view: ViewArgument = None,
    unit: UnitOption = None,
    output: OutputOption = None,
    basemap: BasemapOption = Background.NONE,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,
) -> None:
    """Write a page for meetings: of the whole district or of one unit, opening as a view says.

    A view says how a page opens and takes nothing away; --lang is also the first language.

    Example: ntm-geo map roads --unit "Lơ Ku" --as-of 2023-09-30
    """
    workspace = open_from(project, as_of, units_day=units_day)
    pages = workspace.map(
        view,
        unit=unit,
        lang=lang.value if lang else None,
        basemap=basemap.value,
        output=output,
    )
    tell_units_before(workspace, unit)
    tell_written(pages)
    if basemap == Background.OSM:
        typer.echo(_OSM.say(chosen_language()), err=True)
