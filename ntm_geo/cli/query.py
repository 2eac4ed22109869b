"""`ntm-geo query`: questions about works, assets, units and criteria."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from ntm_geo.cli.output import AsOption, FileOption, emit
from ntm_geo.errors import OptionError, Problem, Text

if TYPE_CHECKING:
    from ntm_geo.query import Selection

query = typer.Typer(
    help="Ask about works, assets, units and criteria; filters combine.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DISTANCE = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(km|m)\s*", re.IGNORECASE)
_GROUPED = re.compile(r"\s*[1-9]\d{0,2}[.,]\d{3}\s*m\s*", re.IGNORECASE)
"""1.500m is 1500 m to one reader and 1.5 m to another."""

_METRES = {"m": 1.0, "km": 1000.0}
_POINT_PARTS = 2
_ASSET = re.compile(r"[^,]*[^\W\d_][^,]*")
"""An asset's name has a letter, as most ids have; a point has a comma."""

Unfinished = Annotated[bool, typer.Option("--unfinished", help="Neither completed nor cancelled.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Unfinished after the due day.")]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", help="A status word; may be repeated.")
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="A kind of work, such as harden or build; may be repeated."),
]
SearchOption = Annotated[
    str | None,
    typer.Option(
        "--search",
        help="Words that must all stand in the names, unit or clause; without diacritics too.",
    ),
]
LayerOption = Annotated[list[str] | None, typer.Option(help="A layer; may be repeated.")]
UnitOption = Annotated[
    list[str] | None,
    typer.Option(help="A unit's code or name, in any spelling; may be repeated."),
]
CriterionOption = Annotated[
    list[str] | None,
    typer.Option(help="set:number, such as commune:2, or a set alone; may be repeated."),
]
OfficeOption = Annotated[
    list[str] | None, typer.Option(help="An office's id or name; may be repeated.")
]
Within = Annotated[str | None, typer.Option(help="A distance, such as 2km or 1500m.")]
Of = Annotated[str | None, typer.Option(help="Layer that --within is measured to.")]
Near = Annotated[
    str | None, typer.Option(help="LON,LAT or an asset's id that --within is measured to.")
]
Inside = Annotated[str | None, typer.Option(help="A unit that the place lies inside.")]


@query.command()
def works(  # noqa: PLR0913 (one parameter an option)
    *,
    unfinished: Unfinished = False,
    overdue: Overdue = False,
    status: StatusOption = None,
    kind: KindOption = None,
    layer: LayerOption = None,
    unit: UnitOption = None,
    criterion: CriterionOption = None,
    office: OfficeOption = None,
    search: SearchOption = None,
    within: Within = None,
    of: Of = None,
    near: Near = None,
    inside: Inside = None,
    as_: AsOption = None,
    output: FileOption = None,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List works of the plan.

    Example: ntm-geo query works --unfinished --layer roads --within 2km --of schools --as json
    """
    workspace = open_from(project, as_of, units_day=units_day)
    selection = workspace.works.where(
        unfinished=unfinished,
        overdue=overdue,
        status=status or None,
        kind=kind or None,
        layer=layer or None,
        unit=unit or None,
        criterion=criterion or None,
        office=office or None,
        search=search,
    )
    _answer(_placed(selection, within, of, near, inside), "works", as_, output)
    tell_units_before(workspace, [*(unit or ()), *filter(None, [inside])])


@query.command()
def assets(  # noqa: PLR0913 (one parameter an option)
    *,
    unfinished: Unfinished = False,
    status: StatusOption = None,
    layer: LayerOption = None,
    unit: UnitOption = None,
    criterion: CriterionOption = None,
    office: OfficeOption = None,
    search: SearchOption = None,
    within: Within = None,
    of: Of = None,
    near: Near = None,
    inside: Inside = None,
    as_: AsOption = None,
    output: FileOption = None,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List what stands on the ground.

    Example: ntm-geo query assets --layer health_stations --as geojson -o stations.geojson
    """
    workspace = open_from(project, as_of, units_day=units_day)
    selection = workspace.assets.where(
        unfinished=unfinished,
        status=status or None,
        layer=layer or None,
        unit=unit or None,
        criterion=criterion or None,
        office=office or None,
        search=search,
    )
    _answer(_placed(selection, within, of, near, inside), "assets", as_, output)
    tell_units_before(workspace, [*(unit or ()), *filter(None, [inside])])


@query.command()
def units(  # noqa: PLR0913 (one parameter an option)
    *,
    unit: UnitOption = None,
    as_: AsOption = None,
    output: FileOption = None,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List the administrative units with counts of their criteria and works.

    Example: ntm-geo query units --as csv -o units.csv
    """
    workspace = open_from(project, as_of, units_day=units_day)
    _answer(workspace.units.where(unit=unit or None), "units", as_, output)
    tell_units_before(workspace, unit)


@query.command()
def criteria(  # noqa: PLR0913 (one parameter an option)
    *,
    status: StatusOption = None,
    unit: UnitOption = None,
    criterion: CriterionOption = None,
    office: OfficeOption = None,
    as_: AsOption = None,
    output: FileOption = None,
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """List the criteria of every unit: kept, achieved, in hand, without any work, or untargeted.

    Example: ntm-geo query criteria --unit "Lơ Ku" --as json
    """
    workspace = open_from(project, as_of, units_day=units_day)
    selection = workspace.criteria.where(
        status=status or None, unit=unit or None, criterion=criterion or None, office=office or None
    )
    _answer(selection, "criteria", as_, output)
    tell_units_before(workspace, unit)


def _answer(selection: "Selection", kind: str, as_: AsOption, output: FileOption) -> None:
    selection = selection.with_sketch_note()
    formation = selection.district.formation
    emit(selection.frame, kind=kind, as_=as_, output=output, formation=formation)
    for note in selection.notes:
        typer.echo(note.say(chosen_language()), err=True)


def _placed(
    selection: "Selection", within: str | None, of: str | None, near: str | None, inside: str | None
) -> "Selection":
    """Apply the spatial options, which must come together rightly."""
    if (within is None) != (of is None and near is None) or (of and near):
        raise OptionError(
            Problem(
                column="--within",
                what=Text(
                    "--within cần --of hoặc --near, chỉ một", "--within takes --of or --near"
                ),
                allowed=Text(
                    "--within 2km --of schools; --near 108.60,14.14 --within 1500m",
                    "--within 2km --of schools; --near 108.60,14.14 --within 1500m",
                ),
                todo=Text("ghi đủ cả hai", "give both"),
            )
        )
    if inside is not None:
        selection = selection.inside(inside)
    if within is not None and of is not None:
        selection = selection.within(parse_distance_m(within), of=of)
    if within is not None and near is not None:
        selection = _near(selection, near, within_m=parse_distance_m(within))
    return selection


def _near(selection: "Selection", text: str, *, within_m: float) -> "Selection":
    if _ASSET.fullmatch(text) or text in set(selection.district.assets["asset_id"]):
        return selection.near_asset(text, within_m=within_m)
    lon, lat = parse_point(text)
    return selection.near(lon, lat, within_m=within_m)


def parse_distance_m(text: str) -> float:
    """Return a distance such as "2km", "1,5 km" or "1500m" in metres.

    Raises
    ------
    OptionError
        It is no distance, or its unit is missing.

    Examples
    --------
    >>> parse_distance_m("1,5 km")
    1500.0
    """
    found = _DISTANCE.fullmatch(text)
    if found is None or _GROUPED.fullmatch(text):
        raise OptionError(
            Problem(
                column="--within",
                what=Text("không phải là khoảng cách có đơn vị", "not a distance with its unit"),
                found=text,
                allowed=Text("2km, 1,5km, 1500m", "2km, 1.5km, 1500m"),
                todo=Text("ghi số và đơn vị m hoặc km", "give a figure and m or km"),
            )
        )
    return float(found[1].replace(",", ".")) * _METRES[found[2].lower()]


def parse_point(text: str) -> tuple[float, float]:
    """Return a point such as "108.602,14.144" as longitude and latitude [degree].

    Raises
    ------
    OptionError
        It is not two figures.

    Examples
    --------
    >>> parse_point("108.602, 14.144")
    (108.602, 14.144)
    """
    parts = text.split(",")
    try:
        if len(parts) == _POINT_PARTS:
            return float(parts[0]), float(parts[1])
    except ValueError:
        pass
    raise OptionError(
        Problem(
            column="--near",
            what=Text("không phải kinh độ,vĩ độ", "not LON,LAT"),
            found=text,
            allowed=Text(
                "108.602,14.144, hoặc mã đối tượng", "108.602,14.144, or the id of an asset"
            ),
            todo=Text("ghi hai số, dấu chấm thập phân", "give two figures, with decimal points"),
        )
    )
