"""Shapes as the page draws them, on a grid of about a metre; where names and symbols stand."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from ntm_geo.maps.packing import DEGREE_STEPS
from ntm_geo.maps.page_data import Geometry, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

_MOST_VERTICES = 4_000
"""Up to so many vertices boundaries are drawn as they are."""
_DRAWN_WITHIN_M = 15.0
"""How far a drawn boundary may lie from the true one [m]: less than its line is wide on the map."""
_CLOSER = 0.9
"""What is drawn with fewer vertices and lies too far off is tried again, so much closer."""
_FINE_M = 1.0
"""How far any other shape may lie from the true one [m]: as far as the page's grid is wide."""
_METRES_A_DEGREE = 111_320.0
"""On the equator; further north boundaries are drawn a little closer [m]."""


def name_places(units: gpd.GeoDataFrame) -> list[Place]:
    """Return the official centres, or a place inside where a winding unit does not reach it."""
    official = gpd.points_from_xy(units["lon"], units["lat"])
    within = units.geometry.representative_point().to_numpy()
    is_inside = shapely.contains(units.geometry.to_numpy(), official)
    return [place_of(o if i else w) for o, w, i in zip(official, within, is_inside, strict=True)]


def symbol_place(shape: "BaseGeometry") -> "Point":
    """Return where the symbol of a shape stands: its point, a line's middle, inside an area."""
    if isinstance(shape, shapely.Point):
        return shape
    if shape.geom_type.endswith("LineString"):
        longest: shapely.LineString = max(shapely.get_parts(shape), key=lambda part: part.length)
        return longest.interpolate(0.5, normalized=True)
    return shape.representative_point()


def _on_grid(degrees: float) -> float:
    return round(degrees * DEGREE_STEPS) / DEGREE_STEPS


def place_of(point: "Point") -> Place:
    """Return a point on the page's grid."""
    return _on_grid(point.x), _on_grid(point.y)


def drawn_areas(areas: gpd.GeoSeries) -> "Sequence[BaseGeometry]":
    """Return areas as a page draws them: what has many vertices, up to 15 m off.

    Borders stay alike on both sides. What is drawn by few is left as it is.
    """
    shapes = areas.to_numpy()
    if shapely.get_num_coordinates(shapes).sum() <= _MOST_VERTICES:
        return list(shapes)
    reach = most = _DRAWN_WITHIN_M / _METRES_A_DEGREE
    drawn = shapely.coverage_simplify(shapes, reach)
    # The reach is that of areas cut off; how far the border then lies off has to be measured.
    while not _are_near(shapes, drawn, within=most):
        reach *= _CLOSER
        drawn = shapely.coverage_simplify(shapes, reach)
    return list(drawn)


def _are_near(
    shapes: "NDArray[np.object_]", drawn: "NDArray[np.object_]", *, within: float
) -> bool:
    """Say whether each vertex of the shapes lies `within` [degrees] of what is drawn of them."""
    borders = shapely.boundary(drawn)
    shapely.prepare(borders)
    return all(
        shapely.dwithin(border, shapely.points(shapely.get_coordinates(shape)), within).all()
        for shape, border in zip(shapes, borders, strict=True)
    )


def drawn_shape(shape: "BaseGeometry") -> "BaseGeometry":
    """Return a thing's shape without the vertices that the page's grid could hardly tell apart."""
    return shape.simplify(_FINE_M / _METRES_A_DEGREE)


def geojson_of(shape: "BaseGeometry") -> Geometry:
    """Return a shape as GeoJSON on the page's grid."""
    geometry = shapely.geometry.mapping(shape)
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(value: Any) -> Any:  # noqa: ANN401 (nested coordinates)
    return _on_grid(value) if isinstance(value, float) else [_rounded(part) for part in value]
