"""The plane in which a sketch is worked out, and the way to degrees and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

from ntm_geo.crs import GEOGRAPHIC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_geo.sketch.lattice import Floats

DECIMALS = 7
"""Coordinates are rounded to 1e-7 degree, about 1 cm."""


@dataclass(frozen=True)
class Plane:
    """A projected CRS, moved to `origin` [m] and scaled such that 1 is `unit_m` [m]."""

    to_metres: pyproj.Transformer
    origin: Floats
    unit_m: float = 1.0

    @classmethod
    def of(cls, crs: str) -> Plane:
        """Return the plane of a CRS as it is, in metres."""
        to_metres = pyproj.Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
        return cls(to_metres, np.zeros(2))

    def points(self, lonlat: Floats) -> Floats:
        """Return points in the plane from longitude and latitude [degree]."""
        metres = np.column_stack(self.to_metres.transform(lonlat[:, 0], lonlat[:, 1]))
        result: Floats = (metres - self.origin) / self.unit_m
        return result

    def degrees(self, points: Floats) -> Floats:
        """Return the rounded longitude and latitude [degree] of points in the plane."""
        x, y = (points * self.unit_m + self.origin).T
        lonlat = np.column_stack(self.to_metres.transform(x, y, direction="INVERSE"))
        result: Floats = np.round(lonlat, DECIMALS) + 0.0
        return result

    def shapes(self, geometry: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return geometry in degrees brought to the plane."""
        result: NDArray[np.object_] = shapely.transform(geometry, self.points)
        return result
