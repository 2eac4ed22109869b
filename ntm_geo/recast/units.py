"""The units of the day: their land, their figures, and what is left of divided ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from ntm_geo.audit.figures import total
from ntm_geo.changes import Divided, Formation, LaterUnit
from ntm_geo.changes.shares import Held
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.join import District
from ntm_geo.join.units import with_counts
from ntm_geo.model import POSITION_RANK, ChangePart, CriterionStatus, Position
from ntm_geo.recast.columns import with_day

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_COLUMNS = (
    "unit_code", "name", "kind", "area_km2", "population", "lon", "lat", "figures_source",
    "position", "source", "geometry",
)  # fmt: skip
_FORMED = ("formed_of", "parts_of", "formed_of_names", "parts_of_names")
_UNKNOWN_BORDER = "chưa rõ: chỉ gồm phần của đơn vị đã chia tách"


def recast_units(
    district: District,
    formation: Formation,
    *,
    criteria: pd.DataFrame,
    works: gpd.GeoDataFrame,
    boundaries: gpd.GeoDataFrame | None,
) -> gpd.GeoDataFrame:
    """Return the units of the day, and after them what is left of each divided one.

    Areas and people add up over the units that went in as a whole, and over stated shares; people
    are missing where they are of any of the whole ones. Of a divided unit without stated shares
    all stays with its remainder.

    Parameters
    ----------
    district
        The joined district, by the plan's units.
    formation
        The units of the day.
    criteria, works
        By the units of the day already: they are counted.
    boundaries
        Real polygons of the day's units, as far as there are any.

    Returns
    -------
    units
        The columns of `District.units`, and `criteria_mixed`, `formed_of` and `parts_of` (codes
        of the plan's units that it holds as a whole and in part, "|"-joined), `formed_of_names`
        and `parts_of_names`, `units_day`. Geometry is missing where nobody knows it.
    """
    before = _by_code(district.units)
    rows = [
        *(_later(one, before, formation) for one in formation.units),
        *(_remainder(one, before, formation) for one in formation.divided),
    ]
    table = pd.DataFrame(rows, columns=[*_COLUMNS, *_FORMED])
    table = table.astype({"area_km2": float, "population": "Int64", "lon": float, "lat": float})
    frame = gpd.GeoDataFrame(table, geometry="geometry", crs=GEOGRAPHIC)
    if boundaries is not None:
        frame = _with_boundaries(frame, formation, boundaries)
    counted = with_counts(frame[[*_COLUMNS]], criteria, works, district.project.main_set).assign(
        criteria_mixed=_mixed(frame, criteria, district.project.main_set)
    )
    return with_day(counted.assign(**{name: frame[name] for name in _FORMED}), formation)


def _by_code(units: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    rows = units[[*_COLUMNS]].to_dict("records")
    return {row["unit_code"]: {str(name): cell for name, cell in row.items()} for row in rows}


def _mixed(units: pd.DataFrame, criteria: pd.DataFrame, main_set: str) -> "pd.Series[int]":
    main = criteria[criteria["set"] == main_set]
    mixed = (main["status"] == CriterionStatus.MIXED).groupby(main["unit_code"]).sum()
    return units["unit_code"].map(mixed).astype("Int64")


# --- one row a unit ------------------------------------------------------------------------------


def _later(
    one: LaterUnit, before: Mapping[str, Mapping[str, Any]], formation: Formation
) -> dict[str, Any]:
    wholes = [before[code] for code, part in one.formed_of if part == ChangePart.WHOLE]
    parts = [before[code] for code, part in one.formed_of if part == ChangePart.PART]
    own = {"unit_code": one.code, "name": one.name, "kind": one.kind, **_formed(wholes, parts)}
    if len(wholes) == 1 and not parts:
        return {**wholes[0], **own}
    areas, people = (
        [held[row["unit_code"]][one.code] for row in parts]
        for held in (formation.areas, formation.people)
    )
    return {
        **own,
        "area_km2": _sum((*(row["area_km2"] for row in wholes), *areas)),
        "population": _people(wholes, people),
        "figures_source": _sources((*wholes, *parts)),
        **_land(wholes),
    }


def _remainder(
    one: Divided, before: Mapping[str, Mapping[str, Any]], formation: Formation
) -> dict[str, Any]:
    code = one.unit.unit_code
    row = before[code]
    return {
        **row,
        "unit_code": one.key,
        "name": one.name,
        "area_km2": _left(row["area_km2"], formation.areas[code]),
        "population": _left(row["population"], formation.people[code]),
        **_formed([], [row]),
    }


def _formed(
    wholes: Sequence[Mapping[str, Any]], parts: Sequence[Mapping[str, Any]]
) -> dict[str, str | None]:
    cells = {"formed_of": wholes, "parts_of": parts}
    codes = {name: "|".join(row["unit_code"] for row in rows) for name, rows in cells.items()}
    names = {f"{name}_names": "|".join(row["name"] for row in rows) for name, rows in cells.items()}
    return {name: cell or None for name, cell in (codes | names).items()}


def _sum(figures: Iterable[float | None]) -> float | None:
    """Add up what is known; where nothing is, nothing is known of the whole."""
    known = [figure for figure in figures if figure is not None]
    return total(known) if known else None


def _people(wholes: Sequence[Mapping[str, Any]], shares: Iterable[float | None]) -> float | None:
    """Add up people; a sum of some of the units would be taken for that of all."""
    figures = [row["population"] for row in wholes]
    return None if any(map(pd.isna, figures)) else _sum((*figures, *shares))


def _left(figure: float | None, shares: Held) -> float | None:
    if figure is None or pd.isna(figure):
        return None
    return total([figure, *(-share for share in shares.values() if share is not None)])


def _sources(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return where figures come from, each source once with the units that it is of."""
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["figures_source"], []).append(row["name"])
    return "; ".join(f"{', '.join(of)}: {source}" for source, of in names.items())


# --- land ----------------------------------------------------------------------------------------


def _land(wholes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the land of units together: no more certain than that of the least certain one."""
    if not wholes:
        unknown = {"position": Position.SKETCH.value, "source": _UNKNOWN_BORDER}
        return {"geometry": None, "lon": None, "lat": None, **unknown}
    shape = shapely.union_all([row["geometry"] for row in wholes])
    positions = (Position(row["position"]) for row in wholes)
    position = min(positions, key=POSITION_RANK.__getitem__).value
    sources = "; ".join(dict.fromkeys(row["source"] for row in wholes))
    return {"geometry": shape, "position": position, "source": sources, **_centre(shape)}


def _centre(shape: "BaseGeometry") -> dict[str, float]:
    """Return a place for a name; an official centre there is not."""
    middle = shape.centroid
    place = middle if shapely.contains(shape, middle) else shapely.point_on_surface(shape)
    return {"lon": round(place.x, 4), "lat": round(place.y, 4)}


def _with_boundaries(
    units: gpd.GeoDataFrame, formation: Formation, boundaries: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Put known boundaries in place; what is drawn of the others gives way to them."""
    known = boundaries[boundaries.index.isin(units["unit_code"])]
    real = shapely.union_all(known.geometry.to_numpy())
    settled = {one.key for one in formation.divided if all(s.code in known.index for s in one.into)}
    frame = units.copy()
    for place, code in zip(units.index, units["unit_code"], strict=True):
        if code in known.index:
            shape = known.geometry[code]
            cells = {"position": known["position"][code], "source": known["source"][code]}
            for name, value in {**cells, **_centre(shape)}.items():
                frame.loc[place, name] = value
        else:
            shape = None if code in settled else _given_way(units.geometry[place], real)
        frame.loc[[place], "geometry"] = gpd.GeoSeries([shape], index=[place], crs=units.crs)
    return frame


def _given_way(shape: "BaseGeometry | None", real: "BaseGeometry") -> "BaseGeometry | None":
    """Return what real land leaves of a shape; one that it covers altogether stays as it was."""
    if shape is None:
        return None
    left = shapely.difference(shape, real)
    return shape if left.is_empty else left
