"""A gap along several units cut across, where one neighbour ends and the next begins.

Given whole to one unit, such a gap would be a tendril of it between its neighbours.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.coverage.faces import Faces

    Edge = tuple[tuple[float, float], tuple[float, float]]

_OVER_M = 0.02
"""A cut goes so far over the other bank: to be noded, it must cross it [m]."""

_MOST_BANKS = 2
"""A gap between so many units has one of them on each side, and is cut nowhere."""


def cuts_across(faces: Faces, region: list[int], longest_m: float) -> list[BaseGeometry]:
    """Return lines that divide a gap among the units along it.

    Parameters
    ----------
    faces
        All faces; each segment of a border has the same coordinates on both of its sides.
    region
        The faces of one gap.
    longest_m
        A cut is no longer [m]; where the other bank is farther away there is none.

    Returns
    -------
    cuts
        From each vertex in which two neighbours meet, the shortest way to the bank of a third; none
        where the gap has two neighbours only.
    """
    if len(faces.shared_m(region)) <= _MOST_BANKS:
        return []
    shape = faces.shape(region)
    owner_of = _owners_of_edges(faces, region)
    rings = shapely.get_rings(shapely.get_parts(shape))
    banks: dict[frozenset[int], list[Edge]] = {}
    meetings: list[tuple[tuple[float, float], frozenset[int]]] = []
    for ring in rings:
        edges = list(_edges(shapely.get_coordinates(ring)))
        owners = [owner_of.get(_way(edge), frozenset()) for edge in edges]
        for edge, owner, before in zip(edges, owners, [owners[-1], *owners[:-1]], strict=True):
            banks.setdefault(owner, []).append(edge)
            if owner and before and owner != before:
                meetings.append((edge[0], owner | before))
    lines = {owner: shapely.multilinestrings([*edges]) for owner, edges in banks.items() if owner}
    found = (_cut(vertex, beside, lines, shape, longest_m) for vertex, beside in meetings)
    return [cut for cut in found if cut is not None]


def _cut(
    vertex: tuple[float, float],
    beside: frozenset[int],
    banks: Mapping[frozenset[int], BaseGeometry],
    shape: BaseGeometry,
    longest_m: float,
) -> BaseGeometry | None:
    others = [line for owner, line in banks.items() if not owner & beside]
    if not others:
        return None
    way = shapely.shortest_line(shapely.Point(vertex), shapely.union_all(others))
    is_across = 0 < way.length <= longest_m and shapely.covered_by(way, shapely.buffer(shape, 1e-6))
    if not is_across:
        return None
    start, end = shapely.get_coordinates(way)
    over: NDArray[np.float64] = end + (end - start) / way.length * _OVER_M
    return shapely.LineString([start, over])


def _owners_of_edges(faces: Faces, region: list[int]) -> dict[Edge, frozenset[int]]:
    """Return the unit on the other side of each segment of a region's border."""
    inside = set(region)
    around = {face for one in region for face in faces.borders_m[one]} - inside
    return {
        _way(edge): faces.owners[face]
        for face in around
        for ring in shapely.get_rings(faces.polygons[face])
        for edge in _edges(shapely.get_coordinates(ring))
    }


def _edges(coords: NDArray[np.float64]) -> list[Edge]:
    points = [(x, y) for x, y in coords.tolist()]
    return list(pairwise(points))


def _way(edge: Edge) -> Edge:
    return min(edge, edge[::-1])
