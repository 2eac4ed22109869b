"""Which unit of the day an asset lies in, by its unit of the plan or its place; sketches within."""

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from ntm_geo.changes import Divided, Formation
from ntm_geo.model import Position
from ntm_geo.recast.columns import later_codes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MARGIN = 0.002
"""How far within a boundary a sketch is drawn where there is room [degree]: some 200 m."""


def asset_keys(
    assets: gpd.GeoDataFrame, formation: Formation, boundaries: gpd.GeoDataFrame | None
) -> "pd.Series[str]":
    """Return what `unit_code` of each asset becomes.

    Parameters
    ----------
    assets
        As the district holds them.
    formation
        The units of the day.
    boundaries
        Real polygons of the day's units by `unit_code`, as far as there are any.

    Returns
    -------
    keys
        On the assets' index. An asset of a divided unit goes to a part where its own place is
        known and lies within the boundary of that part alone, else to the remainder.
    """
    keys = later_codes(assets["unit_code"], formation)
    if boundaries is None:
        return keys
    is_known = assets["placed"] & (assets["position"] != Position.SKETCH)
    for divided in formation.divided:
        mine = assets[is_known & (assets["unit_code"] == divided.unit.unit_code)]
        found = _found(mine.geometry, divided, boundaries)
        keys = found.reindex(keys.index).fillna(keys)
    return keys


def _found(
    places: gpd.GeoSeries, divided: Divided, boundaries: gpd.GeoDataFrame
) -> "pd.Series[str]":
    """Return the part that each place lies in, as far as it lies in just one."""
    codes = [one.code for one in divided.into if one.code in boundaries.index]
    inside = pd.DataFrame(
        {code: shapely.covers(boundaries.geometry[code], places.to_numpy()) for code in codes},
        index=places.index,
    )
    inside = inside[inside.sum(axis=1) == 1]
    found = [
        code for row in inside.to_numpy() for code, is_in in zip(codes, row, strict=True) if is_in
    ]
    return pd.Series(found, index=inside.index, dtype=object)


def sketched_within(
    assets: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame:
    """Return assets whose sketches do not lie outside of the known boundary of their unit.

    Parameters
    ----------
    assets
        By the units of the day, EPSG:4326.
    boundaries
        Real polygons of the day's units by `unit_code`, as far as there are any.

    Returns
    -------
    assets
        A sketch was drawn within the plan's unit, sketched itself where nobody knew its boundary.
        One that lies wholly outside of the real land of the day is moved there by the shortest way;
        what was surveyed or digitised stays where it is.
    """
    if boundaries is None:
        return assets
    is_sketch = assets["placed"] & (assets["position"] == Position.SKETCH)
    mine = assets[is_sketch & assets["unit_code"].isin(boundaries.index)]
    land = gpd.GeoSeries(boundaries.geometry.loc[mine["unit_code"]].set_axis(mine.index))
    astray = mine.index[~mine.geometry.intersects(land)]
    moved = assets.geometry.copy()
    for label in astray:
        moved[label] = _moved(moved[label], boundaries.geometry[assets["unit_code"][label]])
    return assets.set_geometry(moved)


def _moved(shape: "BaseGeometry", land: "BaseGeometry") -> "BaseGeometry":
    core = shapely.buffer(land, -_MARGIN)
    way = shapely.shortest_line(shape, land if core.is_empty else core)
    start, end = shapely.get_coordinates(way)
    return shapely.transform(shape, lambda places: places + (end - start))
