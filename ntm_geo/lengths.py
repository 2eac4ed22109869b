"""Lengths on the ellipsoid."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from ntm_geo.crs import GEOGRAPHIC, require_crs
from ntm_geo.errors import CrsError, Problem, Text

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from numpy.typing import NDArray

WGS84 = Geod(ellps="WGS84")
_M2_PER_KM2 = 1e6
_LINES = (
    shapely.GeometryType.LINESTRING,
    shapely.GeometryType.LINEARRING,
    shapely.GeometryType.MULTILINESTRING,
)


def geodesic_lengths_m(lines: "GeoSeries") -> "NDArray[np.float64]":
    """Return the length of each line on the WGS 84 ellipsoid.

    All segments go through one vectorised call of the inverse geodesic problem (Karney 2013, as
    in PROJ).

    Parameters
    ----------
    lines
        Geometry in EPSG:4326; whatever is not a line has no length.

    Returns
    -------
    lengths
        Shape (n,), in the order of `lines` [m]; NaN where the geometry is not a line.

    Raises
    ------
    CrsError
        The series is not in EPSG:4326.
    """
    require_crs(lines, name="lines")
    if lines.crs != GEOGRAPHIC:
        raise CrsError(
            Problem(
                what=Text(
                    "chiều dài trên ellipsoid cần kinh độ, vĩ độ",
                    "geodesic lengths need longitude and latitude",
                ),
                found=str(lines.crs),
                allowed=Text(GEOGRAPHIC, GEOGRAPHIC),
                todo=Text("chuyển bằng to_crs() trước", "convert with to_crs() first"),
            )
        )
    geometries = lines.to_numpy()
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    coords, line_of = shapely.get_coordinates(parts, return_index=True)
    joined = line_of[:-1] == line_of[1:]
    start, end = coords[:-1][joined], coords[1:][joined]
    _, _, distances = WGS84.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    lengths = np.zeros(len(geometries))
    np.add.at(lengths, part_of[line_of[:-1][joined]], distances)
    return np.where(np.isin(shapely.get_type_id(geometries), _LINES), lengths, np.nan)


def without_copies(lines: "GeoSeries") -> "GeoSeries":
    """Return lines in which a stretch that lies on another one of the same line stands once.

    Parameters
    ----------
    lines
        Geometry in any CRS; what is no line, and what meets itself at its ends only, stays as it
        is.
    """
    shapes = lines.to_numpy()
    is_line = np.isin(shapely.get_type_id(shapes), _LINES)
    tangled = is_line & ~shapely.is_simple(shapes)
    plain = lines.copy()
    plain[tangled] = shapely.union_all(shapes[tangled][:, None], axis=1)
    return plain


def geodesic_areas_km2(areas: "GeoSeries") -> "NDArray[np.float64]":
    """Return the area of each polygon on the WGS 84 ellipsoid (Karney 2013, as in PROJ).

    Parameters
    ----------
    areas
        Polygons in EPSG:4326.

    Returns
    -------
    areas
        Shape (n,), in the order of `areas` [km2].

    Raises
    ------
    CrsError
        The series has no CRS.
    """
    require_crs(areas, name="areas")
    # A hole that is wound like its outer ring would be added.
    wound = shapely.orient_polygons(areas.to_numpy())
    sizes = [abs(WGS84.geometry_area_perimeter(shape)[0]) for shape in wound]
    return np.array(sizes) / _M2_PER_KM2
