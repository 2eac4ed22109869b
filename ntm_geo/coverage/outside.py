"""What lies outside of the unit that it belongs to, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.crs import require_same_crs
from ntm_geo.lengths import geodesic_areas_km2, geodesic_lengths_m, without_copies
from ntm_geo.model import AREAS, LINES, Position

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LEAST_OUTSIDE_SHARE = 0.001
"""Less than this share of a line or area outside of its unit is nothing: a border is not known
better. It is what a ledger shows as 0.1 %."""


def find_outside(things: gpd.GeoSeries, units: gpd.GeoSeries, *, crs: str) -> pd.DataFrame:
    """Hold things against the units that they belong to.

    Parameters
    ----------
    things
        Points, lines or areas in EPSG:4326.
    units
        The boundary of the unit of each, in the same CRS and order.
    crs
        A projected CRS in metres, for distances.

    Returns
    -------
    outside
        Index and order of `things`; columns `share` (of a line's length, or of an area, geodesic,
        that lies outside; 1 or 0 of a point; rounded to a tenth of a per cent), `outside_m` (the
        length of that part of a line [m]; NaN of others), `away_m` (how far the farthest vertex of
        it is from the unit [m], 0 where nothing is outside).

    Raises
    ------
    CrsError
        The two are not in one CRS, or not in EPSG:4326.
    """
    require_same_crs(things, units, names=("things", "units"))
    things = without_copies(things)
    beyond = gpd.GeoSeries(
        shapely.difference(things.to_numpy(), units.to_numpy()), index=things.index, crs=things.crs
    )
    lengths_m = geodesic_lengths_m(beyond)
    whole_m = geodesic_lengths_m(things)
    share = np.where(shapely.is_empty(beyond.to_numpy()), 0.0, 1.0)
    is_line = things.geom_type.isin(LINES).to_numpy()
    is_area = things.geom_type.isin(AREAS).to_numpy()
    share[is_line] = _shares(np.nan_to_num(lengths_m[is_line]), whole_m[is_line])
    out_km2, all_km2 = (
        geodesic_areas_km2(gpd.GeoSeries(shapes[is_area])) for shapes in (beyond, things)
    )
    share[is_area] = _shares(out_km2, all_km2)
    share = share.round(3)
    is_out = share >= LEAST_OUTSIDE_SHARE
    away_m = np.zeros(len(things))
    far, theirs = (gpd.GeoSeries(shapes[is_out]).to_crs(crs) for shapes in (beyond, units))
    away_m[is_out] = _farthest_m(far, theirs)
    outside_m = np.where(is_line, np.nan_to_num(lengths_m), np.nan)
    return pd.DataFrame(
        {"share": share, "outside_m": outside_m, "away_m": away_m}, index=things.index
    )


def _shares(parts: NDArray[np.float64], wholes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what part of each whole is; of what has no size at all nothing is."""
    return np.divide(parts, wholes, out=np.zeros(len(wholes)), where=wholes > 0)


def boundaries_by_code(units: gpd.GeoDataFrame, *, district: str) -> gpd.GeoDataFrame:
    """Return the boundaries of all units and of the district, by code.

    Parameters
    ----------
    units
        All units: `unit_code`, `position`, geometry.
    district
        The district's own code.

    Returns
    -------
    boundaries
        Index `unit_code`, columns `position` and geometry; the district's is as certain as that of
        its least certain unit.
    """
    known = units.set_index("unit_code")[["position", "geometry"]]
    whole = gpd.GeoDataFrame(
        {"position": [max(known["position"], key=list(Position).index)]},
        geometry=[shapely.union_all(known.geometry.to_numpy())],
        index=pd.Index([district], name="unit_code"),
        crs=known.crs,
    )
    return pd.concat([known, whole])


def _farthest_m(shapes: gpd.GeoSeries, units: gpd.GeoSeries) -> NDArray[np.float64]:
    """Return how far the farthest vertex of each shape is from its unit [m]."""

    def farthest(shape: BaseGeometry, unit: BaseGeometry) -> float:
        vertices = shapely.points(shapely.get_coordinates(shape))
        return float(shapely.distance(vertices, unit).max())

    return np.array([farthest(*pair) for pair in zip(shapes, units, strict=True)], dtype=float)
