"""Shapes of several kinds in one feature, of which a layer takes the parts of one kind."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

from ntm_geo.model import AREAS, LINES, POINTS

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry


_COLLECTION = "GeometryCollection"


class Mixed(NamedTuple):
    """What was taken out of a collection.

    Parameters
    ----------
    taken, left
        How many parts of each kind were taken, and how many were left.
    """

    taken: Counter[str]
    left: Counter[str]


def take_parts(
    shapes: "GeoSeries", kinds: Collection[str]
) -> tuple["GeoSeries", dict[Hashable, Mixed]]:
    """Take the parts of one kind out of each collection: areas before lines, lines before points.

    A point beside a line or an area is most likely the place of its label or its beginning.

    Parameters
    ----------
    shapes
        All of them, by feature.
    kinds
        The kinds of geometry that the layer takes.

    Returns
    -------
    plain
        The same shapes; a collection that has parts of a kind is these parts.
    mixed
        What was taken of each collection, by feature.
    """
    import geopandas as gpd

    plain = dict(shapes.items())
    mixed: dict[Hashable, Mixed] = {}
    for label, shape in shapes.items():
        if shape is None or shape.geom_type != _COLLECTION:
            continue
        parts = _parts(shape)
        for family in (AREAS, LINES, POINTS):
            mine = [part for part in parts if part.geom_type in family]
            one = _together(mine)
            if one is not None and one.geom_type in kinds:
                others = Counter(part.geom_type for part in parts if part.geom_type not in family)
                mixed[label] = Mixed(Counter(part.geom_type for part in mine), others)
                plain[label] = one
                break
    return gpd.GeoSeries(list(plain.values()), index=shapes.index, crs=shapes.crs), mixed


def _parts(shape: "BaseGeometry") -> "list[BaseGeometry]":
    """Return the single shapes of a collection, also out of collections in it."""
    import shapely

    parts = [shape]
    while any(
        part.geom_type == _COLLECTION or part.geom_type.startswith("Multi") for part in parts
    ):
        parts = list(shapely.get_parts(parts))
    return [part for part in parts if not part.is_empty]


def _together(parts: "list[BaseGeometry]") -> "BaseGeometry | None":
    """Return shapes of one kind as one."""
    import shapely

    make: dict[str, Callable[[Any], BaseGeometry]] = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    if len(parts) <= 1:
        return parts[0] if parts else None
    return make[parts[0].geom_type](parts)
