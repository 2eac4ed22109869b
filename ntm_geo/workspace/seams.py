"""Gaps and overlaps between the boundaries of the record, said so that somebody looks at them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_day, format_number
from ntm_geo.model import Position

if TYPE_CHECKING:
    from datetime import date

    from geopandas import GeoDataFrame

    from ntm_geo.coverage import Repair
    from ntm_geo.workspace.workspace import Workspace

MOST_LISTED = 10
"""So many are listed, the largest; of the others there are number and area."""

_TODO = Text(
    "xem lại ranh giới; nhập mọi đơn vị trong một tệp (ntm-geo import) thì được sửa cùng nhau",
    "look at the boundaries; units that come in one file (ntm-geo import) are mended together",
)


def tell_seams(workspace: "Workspace") -> Iterator[Problem]:
    """Say where boundaries of the record leave gaps or overlap: those of the plan, of each day.

    Parameters
    ----------
    workspace
        The district.

    Yields
    ------
    notice
        The largest first. Nothing is said of a sketch, nor, while a unit has no boundary, of what
        is wide enough to be that unit.
    """
    record, geometry = workspace.record, workspace.geometry
    crs = record.project.working_crs
    if geometry.units is not None:
        names = {unit.unit_code: unit.name for unit in record.units}
        yield from _told(geometry.units, names, None, crs)
    for day, frame in geometry.later.items():
        names = {unit.code: unit.name for unit in workspace.units_on(day)}
        yield from _told(frame, names, day, crs)


def _told(
    boundaries: "GeoDataFrame", names: Mapping[str, str], day: "date | None", crs: str
) -> Iterator[Problem]:
    known = boundaries[(boundaries["position"] != Position.SKETCH) & boundaries.index.isin(names)]
    if len(known) < 2:  # noqa: PLR2004 (one boundary has no neighbour)
        return
    found = _found(known, names, crs)
    for one in found[:MOST_LISTED]:
        yield Problem(what=_since(day, one.say_found()), todo=_TODO)
    more = found[MOST_LISTED:]
    if more:
        km2 = round(sum(one.area_m2 for one in more) / 1e6, 3)
        vi, en = (format_number(km2, lang) for lang in ("vi", "en"))
        rest = Text(
            f"và {len(more)} khe hở, chỗ chồng lấn nhỏ hơn, tổng cộng {vi} km²",
            f"and {len(more)} smaller gaps and overlaps, {en} km² in all",
        )
        yield Problem(what=_since(day, rest), todo=_TODO)


def _found(known: "GeoDataFrame", names: Mapping[str, str], crs: str) -> "list[Repair]":
    from ntm_geo.coverage import RepairKind, find_seams

    units = known[["geometry"]].assign(unit=[names[code] for code in known.index]).to_crs(crs)
    is_whole = set(names) <= set(known.index)
    seams = [
        one
        for one in find_seams(units, key="unit")
        # A hole in one unit is no matter between two.
        if len(one.units) > 1 and (is_whole or one.is_mended or one.kind == RepairKind.OVERLAP)
    ]
    return sorted(seams, key=lambda one: -one.area_m2)


def _since(day: "date | None", said: Text) -> Text:
    if day is None:
        return said
    vi, en = (format_day(day, lang) for lang in ("vi", "en"))
    return Text(f"các đơn vị hành chính từ ngày {vi}: {said.vi}", f"units since {en}: {said.en}")
