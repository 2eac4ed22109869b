"""Areas of boundaries held against the official ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.crs import GEOGRAPHIC, require_crs
from ntm_geo.lengths import geodesic_areas_km2

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_AREA_SHARE = 0.03
"""An area that is off by more than this share is odd. Boundaries that were simplified for a whole
country agree with the official areas of a district's fourteen units within 2 %, detailed ones
within 0.2 %; the smallest change that a merger brought to a unit was 18 %. 3 % leaves the first
alone and misses nothing of the second."""


def compare_areas(
    units: gpd.GeoDataFrame,
    official_km2: Mapping[str, float],
    *,
    key: str = "unit_code",
    most_share: float = MOST_AREA_SHARE,
) -> pd.DataFrame:
    """Hold the areas of boundaries against the official ones.

    Parameters
    ----------
    units
        Polygons in any CRS, with the column `key`.
    official_km2
        The official area by key [km2].
    key
        The column that holds the unit's code.
    most_share
        Share from which on a difference is odd.

    Returns
    -------
    areas
        Index and order of `units`; columns `key`, `area_km2` (geodesic, on the WGS 84 ellipsoid)
        [km2], `official_km2` [km2], `share` ((area - official) / official), `is_odd`. Where there
        is no official area, it and the share are NaN and nothing is odd.

    Raises
    ------
    CrsError
        `units` does not state its CRS.

    Notes
    -----
    Geodesic areas after Karney (2013), as in PROJ; the sense of a ring does not matter.
    """
    require_crs(units, name="units")
    shapes = units.geometry.to_crs(GEOGRAPHIC).to_numpy()
    is_there = ~shapely.is_missing(shapes)
    areas = np.zeros(len(units))
    # The sense of a ring decides whether its area counts as a hole's.
    turned = gpd.GeoSeries(shapely.orient_polygons(shapes[is_there]), crs=GEOGRAPHIC)
    areas[is_there] = geodesic_areas_km2(turned)
    official = units[key].map(dict(official_km2)).to_numpy(dtype=float)
    share = (areas - official) / official
    return pd.DataFrame(
        {
            key: units[key],
            "area_km2": areas,
            "official_km2": official,
            "share": share,
            "is_odd": np.abs(share) > most_share,
        },
        index=units.index,
    )
