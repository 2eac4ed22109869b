"""What each feature says of itself: its code, its name, its kind, how large it is and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ntm_geo.crs import GEOGRAPHIC, distance_km, require_crs
from ntm_geo.lengths import geodesic_areas_km2
from ntm_geo.linking.columns import bare_code, text_of
from ntm_geo.names import Fits, bare_key, find_fits, kind_of_word, split_kind

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from shapely.geometry.base import BaseGeometry

    from ntm_geo.linking.columns import Columns
    from ntm_geo.linking.sets import KnownUnit, UnitSet

MOST_AREA_SHARE = 0.1
"""Boundaries of a unit have its official area to this share. Simplified ones are off by 2 % at most
where that was measured; the smallest change that a merger has brought to a unit was 18 %: half
way between, a unit is not taken for what it became."""

MOST_RADII, MOST_RADII_OF_POINTS = 0.5, 2.0
"""A unit's centre lies in its boundaries or not farther from them than this many radii of a circle
of its area; a point in a long unit may be two radii away from the centre."""

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Evidence:
    """What one feature says of itself.

    Parameters
    ----------
    feature
        Its label in the index.
    code, name, kind
        As the file has them; empty or None where it has none.
    shape
        In EPSG:4326; None where there is none.
    area_km2
        Geodesic [km2]; None where it is no polygon.
    """

    feature: Hashable
    code: str
    name: str
    kind: str | None
    shape: BaseGeometry | None
    area_km2: float | None

    @property
    def found(self) -> str:
        """What the file calls it."""
        return self.name or self.code

    def unit_of_code(self, units: UnitSet) -> KnownUnit | None:
        """Return the unit that has this code in a set."""
        wanted = bare_code(self.code)
        return next((u for u in units.units if wanted and bare_code(u.code) == wanted), None)

    def fits(self, units: UnitSet) -> Fits:
        """Return what the name can mean in a set; the kind counts where the file has one."""
        kind = None if split_kind(self.name)[0] else self.kind
        return find_fits(self.name, [n for n in units.named if kind in (None, n.kind)])

    def twins(self, units: UnitSet) -> set[str]:
        """Return the codes of all units that the bare letters of the name can mean."""
        wanted = {bare_key(self.name), bare_key(split_kind(self.name)[1])} - {""}
        return {n.code for n in units.named if wanted & {bare_key(s) for s in n.spellings}}

    def is_at(self, unit: KnownUnit) -> bool | None:
        """Tell whether size and place are those of a unit; None where nothing can be said."""
        if self.shape is None or not unit.area_km2 or not unit.centres:
            return None
        if self.area_km2 is not None and not self._is_as_large_as(unit):
            return False
        reach = MOST_RADII_OF_POINTS if self.area_km2 is None else MOST_RADII
        radius_km = float(np.sqrt(unit.area_km2 / np.pi))
        return all(self._distance_km(centre) <= reach * radius_km for centre in unit.centres)

    def _is_as_large_as(self, unit: KnownUnit) -> bool:
        if self.area_km2 is None or unit.area_km2 is None:
            return False
        return abs(self.area_km2 / unit.area_km2 - 1) <= MOST_AREA_SHARE

    def _distance_km(self, centre: tuple[float, float]) -> float:
        nearest = shapely.get_coordinates(shapely.shortest_line(self.shape, shapely.Point(centre)))
        lon, lat = nearest[0].tolist()
        return distance_km((lon, lat), centre)


def gather(features: gpd.GeoDataFrame, columns: Columns) -> tuple[Evidence, ...]:
    """Collect what each feature says of itself, in the order of the frame.

    Raises
    ------
    CrsError
        The features do not state their CRS.
    """
    require_crs(features, name="features")
    lonlat = features.geometry.to_crs(GEOGRAPHIC)
    is_area = np.isin(shapely.get_type_id(lonlat.to_numpy()), _POLYGONS)
    areas = iter(geodesic_areas_km2(gpd.GeoSeries(lonlat[is_area])).tolist())
    codes, names, kinds = (
        _texts(features, column) for column in (columns.code, columns.name, columns.kind)
    )
    return tuple(
        Evidence(
            feature,
            codes[i],
            names[i],
            kind_of_word(kinds[i]),
            None if shape is None or shape.is_empty else shape,
            next(areas) if is_area[i] else None,
        )
        for i, (feature, shape) in enumerate(lonlat.items())
    )


def _texts(features: gpd.GeoDataFrame, column: str | None) -> Sequence[str]:
    if column is None:
        return [""] * len(features)
    return [text_of(value) for value in features[column]]
