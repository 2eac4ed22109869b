"""Gaps and overlaps between boundaries that nobody mends: of the record, or with what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ntm_geo.coverage.repair import repair_coverage
from ntm_geo.coverage.words import Repair, RepairKind

if TYPE_CHECKING:
    import geopandas as gpd

_BETWEEN = (RepairKind.OVERLAP, RepairKind.GAP)


def find_seams(units: gpd.GeoDataFrame, *, key: str) -> tuple[Repair, ...]:
    """Find gaps and overlaps between boundaries, and leave them.

    Parameters
    ----------
    units
        Polygons in a projected CRS in metres, with the column `key`.
    key
        The column that names a unit.

    Returns
    -------
    found
        What `repair_coverage` would mend, then what is too wide for it; of each, overlaps first,
        the largest first. Gaps that are open to the outside are found up to its tolerance.

    Raises
    ------
    CrsError
        The CRS is not a plane in metres.
    """
    repaired = repair_coverage(units, key=key)
    return tuple(one for one in (*repaired.repairs, *repaired.left) if one.kind in _BETWEEN)


def find_beside(
    coming: gpd.GeoDataFrame, standing: gpd.GeoDataFrame, *, key: str
) -> tuple[Repair, ...]:
    """Find gaps and overlaps between boundaries that come in and those that stand.

    Parameters
    ----------
    coming, standing
        Polygons in one projected CRS in metres, with the column `key`; no key stands in both.
    key
        The column that names a unit.

    Returns
    -------
    found
        As `find_seams` has it.

    Raises
    ------
    CrsError
        The CRS is not a plane in metres.
    """
    if coming.empty or standing.empty:
        return ()
    both = pd.concat([coming[[key, "geometry"]], standing[[key, "geometry"]]], ignore_index=True)
    new, old = ({*map(str, frame[key])} for frame in (coming, standing))
    return tuple(
        one
        for one in find_seams(both, key=key)
        if new.intersection(one.units) and old.intersection(one.units)
    )
