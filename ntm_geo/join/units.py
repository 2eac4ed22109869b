"""Units with their geometry, real or sketched, and counts of what the plan wants of them."""

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.crs import GEOGRAPHIC, require_same_crs
from ntm_geo.errors import SketchError
from ntm_geo.model import FINISHED, CriterionStatus, Position
from ntm_geo.schemas import Record
from ntm_geo.sketch import sketch_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

SKETCH_SOURCE = "ntm-geo: sơ họa từ bảng diện tích, tâm và giáp ranh; không phải đo đạc"


def units_with_geometry(record: Record, real: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Return the units with their polygons; what has no real one is sketched.

    Parameters
    ----------
    record
        A checked record.
    real
        Real polygons in EPSG:4326, indexed by `unit_code`, columns `position` and `source`.

    Returns
    -------
    units
        EPSG:4326, in the record's order; columns `unit_code`, `name`, `kind`, `area_km2` [km²],
        `population`, `lon`, `lat` [degree], `figures_source`, `position`, `source`, `geometry`.

    Raises
    ------
    SketchError
        No sketch can be drawn from the units' figures.
    CrsError
        The real polygons are not in EPSG:4326.
    """
    table = pd.DataFrame(
        {
            "unit_code": [unit.unit_code for unit in record.units],
            "name": [unit.name for unit in record.units],
            "kind": [unit.kind.value for unit in record.units],
            "area_km2": [unit.area_km2 for unit in record.units],
            "population": pd.array([u.population for u in record.units], dtype="Int64"),
            "lon": [unit.lon for unit in record.units],
            "lat": [unit.lat for unit in record.units],
            "figures_source": [unit.source for unit in record.units],
        }
    )
    known = real.reindex(table["unit_code"]) if real is not None else None
    if known is not None and known.geometry.notna().all():
        geometry, position = known.geometry.to_numpy(), known["position"].to_numpy()
        origin = known["source"].to_numpy()
    else:
        geometry, position, origin = _sketched_units(record, table, known)
    return gpd.GeoDataFrame(
        table.assign(position=position, source=origin),
        geometry=geometry,
        crs=GEOGRAPHIC,
    )


def _sketched_units(
    record: Record, table: pd.DataFrame, known: gpd.GeoDataFrame | None
) -> tuple["NDArray[np.object_]", "NDArray[np.object_]", "NDArray[np.object_]"]:
    """Sketch the units; where some have real geometry the sketch of the others gives way to it."""
    neighbours = pd.DataFrame(
        [(n.unit_code, n.neighbour_code, n.border_km) for n in record.neighbours],
        columns=["unit_code", "neighbour_code", "border_km"],
    )
    try:
        sketch = sketch_units(table, neighbours, crs=record.project.working_crs)
    except SketchError as error:
        raise SketchError(*(p.at(file=record.units.file) for p in error.problems)) from error
    geometry = sketch.geometry.to_numpy()
    position = np.full(len(table), Position.SKETCH.value, dtype=object)
    origin = np.full(len(table), SKETCH_SOURCE, dtype=object)
    if known is None:
        return geometry, position, origin
    require_same_crs(sketch, known, names=("sketch", "gis/geometry"))
    is_real = known.geometry.notna().to_numpy()
    real = shapely.union_all(known.geometry.to_numpy()[is_real])
    left = _largest_parts(shapely.difference(geometry, real))
    # A unit that real neighbours cover altogether keeps its sketch: better twice than nowhere.
    left = np.where(shapely.is_empty(left), geometry, left)
    geometry = np.where(is_real, known.geometry.to_numpy(), left)
    position[is_real] = known["position"].to_numpy()[is_real]
    origin[is_real] = known["source"].to_numpy()[is_real]
    return geometry, position, origin


def _largest_parts(geometry: "NDArray[np.object_]") -> "NDArray[np.object_]":
    parts, owner = shapely.get_parts(geometry, return_index=True)
    largest = geometry.copy()
    for number in range(len(geometry)):
        mine = parts[owner == number]
        if len(mine) > 1:
            largest[number] = mine[np.argmax(shapely.area(mine))]
    return largest


def with_counts(
    units: gpd.GeoDataFrame, criteria: pd.DataFrame, works: gpd.GeoDataFrame, main_set: str
) -> gpd.GeoDataFrame:
    """Add counts of the main set's criteria and of the works to each unit.

    Parameters
    ----------
    units
        As `units_with_geometry` returns them.
    criteria, works
        As `criteria_frame` and `works_frame` return them.
    main_set
        The set whose criteria are counted.

    Returns
    -------
    units
        With `criteria_total`, `criteria_met`, `criteria_achieved`, `criteria_in_hand`,
        `criteria_unfed` (missing where the set has no targets for the unit), `works`,
        `works_unfinished`, `works_overdue`.
    """
    main = criteria[criteria["set"] == main_set]
    by_unit = pd.crosstab(main["unit_code"], main["status"])
    by_unit = by_unit.reindex(columns=[status.value for status in CriterionStatus], fill_value=0)
    counts = by_unit.reindex(units["unit_code"]).set_axis(units.index).astype("Int64")
    unfinished = works[~works["status"].isin([status.value for status in FINISHED])]
    return units.assign(
        criteria_total=counts.sum(axis=1, min_count=1),
        criteria_met=counts[CriterionStatus.MAINTAINED.value],
        criteria_achieved=counts[CriterionStatus.ACHIEVED.value],
        criteria_in_hand=counts[CriterionStatus.IN_HAND.value],
        criteria_unfed=counts[CriterionStatus.UNFED.value],
        works=_count_by_unit(works, units["unit_code"]),
        works_unfinished=_count_by_unit(unfinished, units["unit_code"]),
        works_overdue=_count_by_unit(works[works["overdue"]], units["unit_code"]),
    )


def _count_by_unit(works: pd.DataFrame, unit_codes: "pd.Series[str]") -> "pd.Series[int]":
    counts = works["unit_code"].value_counts()
    return unit_codes.map(counts).fillna(0).astype(int)
