"""All boundaries cut into one mosaic of faces, each of which lies in some units or in none.

Whatever is put together from such faces shares its borders vertex by vertex: a gap or an overlap is
mended by saying who owns its faces, and no coordinate moves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Shapes = NDArray[np.object_]

Owners = frozenset[int]
"""Numbers of the units that a face lies in."""

FILLED_SHARE = 1.1
"""An inlet twice as wide that holds more than this many times its area widens towards its mouth."""

MOUTH_SHARE, MOUTH_WIDTHS = 0.2, 4.0
"""A gap is deep: its mouth is at most this share of its perimeter, and this many times as wide as
the gap is on average. What is shallow is a bend of the outline."""


@dataclass(frozen=True)
class Faces:
    """Faces that tile everything within the outermost boundaries.

    Parameters
    ----------
    polygons
        Shape (n,).
    owners
        The units that each face lies in, by number.
    borders_m
        For each face the length of the border that it shares with each other one [m].
    """

    polygons: Shapes
    owners: list[Owners]
    borders_m: list[dict[int, float]]

    def regions(self, is_wanted: Callable[[Owners], bool]) -> Iterator[list[int]]:
        """Yield the faces of each connected region of the same owners."""
        yield from self._connected(
            (f for f, owners in enumerate(self.owners) if is_wanted(owners)),
            lambda one, other: self.owners[one] == self.owners[other],
        )

    def parts(self, unit: int) -> list[list[int]]:
        """Return the faces of each connected part of a unit, the largest part first."""
        mine = [f for f, owners in enumerate(self.owners) if unit in owners]
        parts = self._connected(mine, lambda _, other: unit in self.owners[other])
        return sorted(parts, key=lambda part: -float(shapely.area(self.polygons[part]).sum()))

    def _connected(
        self, faces: Iterable[int], belongs: Callable[[int, int], bool]
    ) -> Iterator[list[int]]:
        seen: set[int] = set()
        for first in faces:
            if first in seen:
                continue
            seen.add(first)
            region = [first]
            for face in region:
                more = [f for f in self.borders_m[face] if f not in seen and belongs(face, f)]
                seen.update(more)
                region += more
            yield region

    def shared_m(self, region: list[int]) -> Mapping[int, float]:
        """Return the length of the border between a region and each unit around it [m]."""
        inside = set(region)
        lengths: dict[int, float] = defaultdict(float)
        for face in region:
            for other, length in self.borders_m[face].items():
                if other not in inside:
                    for unit in self.owners[other]:
                        lengths[unit] += length
        return lengths

    def give(self, faces: list[int], unit: int) -> None:
        """Make one unit the only owner of faces."""
        for face in faces:
            self.owners[face] = frozenset((unit,))

    def shape(self, faces: list[int]) -> BaseGeometry:
        """Return faces as one geometry, which keeps all vertices of its boundary."""
        try:
            return shapely.coverage_union_all(self.polygons[faces])
        except shapely.errors.GEOSException:
            # Faces of next to no area, which rounding leaves, are taken for overlapping ones.
            return shapely.union_all(self.polygons[faces])


def cut_faces(
    geometry: Shapes, numbers: Sequence[int], *, inlet_m: float, cuts: Sequence[BaseGeometry] = ()
) -> Faces:
    """Cut polygons into faces.

    Parameters
    ----------
    geometry
        Geometry of all units in metres, shape (n,).
    numbers
        The units that are valid polygons; no other is looked at.
    inlet_m
        Gaps between two units that are open to the outside are shut off up to this width [m].
    cuts
        Lines that divide gaps.
    """
    shapes = geometry[list(numbers)]
    lines = [*shapely.boundary(shapes), *_mouths(shapes, inlet_m), *cuts]
    noded = shapely.get_parts(shapely.union_all(lines))
    polygons = shapely.get_parts(shapely.polygonize(noded))
    points = shapely.point_on_surface(polygons)
    owners: list[set[int]] = [set() for _ in polygons]
    for face, unit in shapely.STRtree(shapes).query(points, predicate="intersects").T:
        owners[face].add(numbers[unit])
    return Faces(polygons, [frozenset(one) for one in owners], _borders(polygons))


def _borders(polygons: Shapes) -> list[dict[int, float]]:
    """Find the faces on both sides of each segment: they hold it with the same coordinates."""
    rings, face_of_ring = shapely.get_rings(polygons, return_index=True)
    coords, ring_of = shapely.get_coordinates(rings, return_index=True)
    joined = ring_of[:-1] == ring_of[1:]
    start, end = coords[:-1][joined], coords[1:][joined]
    face_of = face_of_ring[ring_of[:-1][joined]]
    is_turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    ways = np.where(is_turned[:, None], np.hstack([end, start]), np.hstack([start, end]))
    order = np.lexsort(ways.T)
    ways, face_of = ways[order], face_of[order]
    is_pair = (ways[:-1] == ways[1:]).all(axis=1)
    lengths = np.hypot(*(ways[:, 2:] - ways[:, :2]).T)
    borders: list[dict[int, float]] = [defaultdict(float) for _ in polygons]
    for i in np.flatnonzero(is_pair):
        one, other = int(face_of[i]), int(face_of[i + 1])
        borders[one][other] += float(lengths[i])
        borders[other][one] += float(lengths[i])
    return borders


def is_narrow(shape: BaseGeometry, width_m: float) -> bool:
    """Tell whether no circle of this diameter fits into a polygon [m]."""
    return bool(shapely.buffer(shape, -width_m / 2).is_empty)


def _mouths(shapes: Shapes, inlet_m: float) -> list[BaseGeometry]:
    """Return lines that shut the mouths of narrow gaps between units that are open to the outside.

    Outlines have acute corners and bends of their own where two units meet: what keeps widening
    towards its mouth, or is shallow, is one of these. All else is a gap as between other borders.
    """
    outline = shapely.union_all(shapes)
    filled = shapely.union_all(
        [shapely.Polygon(part.exterior) for part in shapely.get_parts(outline)]
    )
    touching = shapely.STRtree(shapes)
    strip = shapely.buffer(filled.boundary, _REACH_M)
    mouths: list[BaseGeometry] = []
    shut: Shapes = np.empty(0, dtype=object)
    wider = _inlets(filled, 2 * inlet_m)
    for halvings in range(_HALVINGS):
        inlets = _inlets(filled, inlet_m / 2**halvings)
        for inlet in inlets:
            held = wider[shapely.intersects(wider, inlet)]
            widens = shapely.area(held).sum() > FILLED_SHARE * inlet.area
            if widens or shapely.intersects(shut, inlet).any():
                continue
            mouth = shapely.line_merge(shapely.difference(inlet.boundary, strip))
            around = touching.query(inlet, predicate="dwithin", distance=_REACH_M)
            if len(around) > 1 and _is_deep(inlet, mouth.length):
                mouths += [_moored(line, filled.boundary) for line in shapely.get_parts(mouth)]
                shut = np.append(shut, inlet)
        wider = inlets
    return mouths


_HALVINGS = 4
"""An inlet is looked for at this many widths, each half of the one before: a narrow one may open
into a bay that is itself narrower than the widest."""

_REACH_M = 0.01
"""A mouth ends this far from the shore, and is drawn from there to a vertex or across: to meet the
shore in a node, a line must end in a vertex or cross; what sticks out is no part of a face [m]."""


def _is_deep(inlet: BaseGeometry, mouth_m: float) -> bool:
    # Where two shores are one but for rounding, threads without width hang on an inlet.
    length_m = shapely.buffer(shapely.buffer(inlet, -_REACH_M), _REACH_M).length
    mean_width_m = 2 * inlet.area / length_m if length_m else 0.0
    return mouth_m <= min(MOUTH_SHARE * length_m, MOUTH_WIDTHS * mean_width_m)


def _inlets(filled: BaseGeometry, width_m: float) -> Shapes:
    """Return what a disc of this diameter cannot reach from outside (a morphological closing)."""
    grown = shapely.buffer(filled, width_m / 2, join_style="mitre")
    closed = shapely.buffer(grown, -width_m / 2, join_style="mitre")
    parts = shapely.get_parts(shapely.difference(closed, filled))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    found: Shapes = polygons[[not is_narrow(part, 2 * _REACH_M) for part in polygons]]
    return found


def _moored(line: BaseGeometry, shore: BaseGeometry) -> BaseGeometry:
    """Draw both ends of a line to the vertex of the shore that is there, or across the shore."""
    vertices = shapely.get_coordinates(shore)
    coords = shapely.get_coordinates(line)
    ends = []
    for end in coords[[0, -1]]:
        distances = np.hypot(*(vertices - end).T)
        nearest = int(distances.argmin())
        if distances[nearest] <= 2 * _REACH_M:
            ends.append(vertices[nearest])
        else:
            way = shapely.get_coordinates(shapely.shortest_line(shapely.Point(end), shore))
            ends.append(end + 2 * (way[1] - end))
    return shapely.LineString([ends[0], *coords, ends[1]])
