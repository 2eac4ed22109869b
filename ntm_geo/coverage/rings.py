"""Each polygon by itself: rings that cross themselves, vertices that stand twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from ntm_geo.coverage.words import RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Shapes = NDArray[np.object_]

DUPLICATE_M = 0.001
"""Vertices of one ring that are nearer to each other are one [m]."""

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_PLACE = re.compile(r"\[(\S+) (\S+)\]")


class Note(NamedTuple):
    """What was found in one polygon: `point` in its CRS, None where there is no geometry."""

    kind: RepairKind
    unit: int
    point: BaseGeometry | None
    change_m2: float = 0.0
    vertices: int = 0


def clean_rings(shapes: Shapes) -> tuple[Shapes, list[Note]]:
    """Make each polygon valid.

    Parameters
    ----------
    shapes
        Geometry in metres, shape (n,).

    Returns
    -------
    shapes, notes
        Valid polygons with the area that their outer rings enclose, and what was done; what holds
        no polygon is noted and stays as it is. Rings are closed: no reader leaves them open.
    """
    cleaned = shapes.copy()
    notes: list[Note] = []
    for unit, shape in enumerate(shapes):
        whole = _mend(shape) if shape is not None else None
        if whole is None or whole.is_empty:
            point = None if shape is None or shape.is_empty else shape.representative_point()
            notes.append(Note(RepairKind.NO_POLYGON, unit, point))
            continue
        if whole is not shape:
            change = float(whole.area - shape.area)
            notes.append(Note(RepairKind.INVALID_RING, unit, _first_fault(shape), change))
        cleaned[unit] = whole
        repeated = list(_repeated(whole))
        if repeated:
            slim = shapely.remove_repeated_points(whole, DUPLICATE_M)
            # Where a whole ring is smaller than the distance, or collapses, it stays as it was.
            if slim.is_valid and not slim.is_empty:
                change = float(slim.area - whole.area)
                kind = RepairKind.DUPLICATE_VERTICES
                notes.append(Note(kind, unit, repeated[0], change, len(repeated)))
                cleaned[unit] = slim
    return cleaned, notes


def _mend(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, valid; the geometry itself where it is just that."""
    if shapely.get_type_id(shape) in _POLYGONS and shape.is_valid:
        return shape
    # "structure" keeps what a ring encloses twice, which the other method would turn into a hole.
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(valid))
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _first_fault(shape: BaseGeometry) -> BaseGeometry:
    place = _PLACE.search(shapely.is_valid_reason(shape))
    if place is None:
        return shapely.point_on_surface(shapely.envelope(shape))
    return shapely.Point(float(place[1]), float(place[2]))


def _repeated(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the vertices that stand where the one before them in the ring stands."""
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        coords = shapely.get_coordinates(ring)
        steps = np.hypot(*np.diff(coords, axis=0).T)
        yield from shapely.points(coords[1:][steps <= DUPLICATE_M])
