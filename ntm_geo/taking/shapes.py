"""Areas that are broken, mended one by one; what was done is told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Mended:
    """Areas after mending.

    Parameters
    ----------
    geometry
        Valid polygons.
    repairs
        Feature, and what was wrong with its ring.
    """

    geometry: "GeoSeries"
    repairs: tuple[tuple[int, str], ...]


def close_lines(lines: "GeoSeries") -> "GeoSeries":
    """Return the areas that lines enclose, as drawings hold borders; numbered from 1.

    Parameters
    ----------
    lines
        Lines in one CRS; those that enclose nothing are left out.
    """
    import geopandas as gpd
    import shapely

    net = shapely.node(shapely.GeometryCollection(shapely.get_parts(lines.to_numpy()).tolist()))
    areas = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    return gpd.GeoSeries(areas, index=range(1, len(areas) + 1), crs=lines.crs)


def mend_areas(geometry: "GeoSeries") -> Mended:
    """Mend rings that cross or touch themselves; what is no area after that is left out of it.

    Parameters
    ----------
    geometry
        Polygons by feature, in EPSG:4326.
    """
    import geopandas as gpd
    import shapely

    is_broken = ~geometry.is_valid
    repairs = tuple(
        (int(str(at)), shapely.is_valid_reason(shape)) for at, shape in geometry[is_broken].items()
    )
    mended = [
        _areas_of(shapely.make_valid(shape)) if broken else shape
        for shape, broken in zip(geometry, is_broken, strict=True)
    ]
    return Mended(gpd.GeoSeries(mended, index=geometry.index, crs=geometry.crs), repairs)


def _areas_of(shape: "BaseGeometry") -> "BaseGeometry":
    """Return the polygons of a shape as one."""
    import shapely

    parts = shapely.get_parts(shape)
    return shapely.union_all([p for p in parts if p.geom_type in ("Polygon", "MultiPolygon")])
