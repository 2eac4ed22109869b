"""Which unit of the day an asset lies in: by its unit of the plan, else by its place."""

import geopandas as gpd
import pandas as pd
import shapely

from ntm_geo.changes import Divided, Formation
from ntm_geo.model import Position
from ntm_geo.recast.columns import later_codes


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
