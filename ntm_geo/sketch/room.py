"""The room inside one polygon: where there is space left for one more point or line."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from ntm_geo.sketch.lattice import Floats, Ints

SPOTS, FEWEST_SPOTS, MOST_SPOTS = 500, 120, 200_000
"""Places looked at in a room: wanted, fewest to go by, and most on one grid."""

MARGIN = 0.1
"""Distance kept from the edge, as a share of the room's depth (its largest inscribed radius)."""

EDGE_WEIGHT = 2.0
"""The edge counts as this much farther away than another asset: places in the middle are better."""

SEARCHES = ((24, 4, (1.0,)), (96, 30, (1.0, 0.25, 0.08)))
"""A line is tried at so many of the roomiest places, in so many directions, folded to zigzags of
such widths (shares of their length); where it does not fit anywhere, the search is widened."""

FOLDS = (0, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64)
"""Legs of a folded line; 0 is a line with gentle bends."""

CLEARANCES = (0.1, 0.02, 0.002)
"""Distance a line keeps from what is there, as a share of the depth: the first to be had."""


class Room:
    """A polygon in a plane and what has been placed in it so far.

    Parameters
    ----------
    shape
        Polygon or MultiPolygon in a projected CRS [m].
    taken
        Geometry that is already there, in the same CRS.
    """

    def __init__(self, shape: BaseGeometry, taken: list[BaseGeometry]) -> None:
        self.shape = shape
        self.edge = shapely.boundary(shape)
        shapely.prepare([self.shape, self.edge])
        self.placed: list[BaseGeometry] = list(taken)
        self.spots, self.to_edge = self._grid(SPOTS)
        self.depth = float(self.to_edge.max())
        self.free = self._clearance(self.spots)

    def _grid(self, wanted: int) -> tuple[Floats, Floats]:
        """Points of a hexagonal grid well inside the shape, and their distance to its edge."""
        low_x, low_y, high_x, high_y = shapely.bounds(self.shape)
        spacing = np.sqrt(self.shape.area / wanted / np.sqrt(0.75))
        while True:
            spots = _hexagonal(low_x, low_y, high_x, high_y, spacing)
            spots = spots[shapely.contains_xy(self.shape, *spots.T)]
            to_edge = _distances(spots, self.edge)
            kept = to_edge > MARGIN * to_edge.max(initial=0.0)
            finer = (high_x - low_x) * (high_y - low_y) / (spacing / 2) ** 2
            if kept.sum() >= FEWEST_SPOTS * wanted / SPOTS or finer > MOST_SPOTS * wanted / SPOTS:
                break
            spacing /= 2
        if kept.any():
            return spots[kept], to_edge[kept]
        inner = shapely.get_coordinates(shapely.point_on_surface(self.shape))
        return inner, _distances(inner, self.edge)

    def _clearance(self, spots: Floats) -> Floats:
        """Distance from each spot to what has been placed."""
        if not self.placed:
            return np.full(len(spots), np.inf)
        there = shapely.geometrycollections(self.placed)
        shapely.prepare(there)
        return _distances(spots, there)

    def add(self, geometry: BaseGeometry) -> None:
        """Keep clear of one more geometry."""
        self.placed.append(geometry)
        self.free = np.minimum(self.free, _distances(self.spots, geometry))

    def best_spot(self) -> Floats | None:
        """Return the spot farthest from all that is there and from the edge; None if full."""
        for _ in range(4):
            score = np.minimum(self.free, EDGE_WEIGHT * self.to_edge)
            best = int(score.argmax())
            if score[best] > 0:
                spot: Floats = self.spots[best]
                return spot
            self.spots, self.to_edge = self._grid(4 * max(SPOTS, len(self.spots)))
            self.free = self._clearance(self.spots)
        return None

    def best_line(self, length: float, turn: float, bend: float) -> Floats | None:
        """Return a line of this length that keeps clear of all that is there, or None.

        Parameters
        ----------
        length
            Length in the plane [m].
        turn
            Preferred direction [rad].
        bend
            How much a line that is not folded bends, from -1 to 1.
        """
        inner = shapely.buffer(self.shape, -0.5 * MARGIN * self.depth, quad_segs=2)
        shapely.prepare(inner)
        there = shapely.geometrycollections(self.placed) if self.placed else None
        shapely.prepare(there)
        for count, turns, widths in SEARCHES:
            angles = np.asarray(turn + np.pi / turns * np.arange(turns), dtype=np.float64)
            spots = self.spots[self._roomiest(count)]
            for clearance, width in itertools.product(CLEARANCES, widths):
                for form in _forms(length, bend, width):
                    lines = _turned(form, spots, angles)
                    line = self._roomiest_line(lines, inner, there, clearance * self.depth)
                    if line is not None:
                        return line
        return None

    def _roomiest_line(
        self, lines: Floats, inner: BaseGeometry, there: BaseGeometry | None, clear: float
    ) -> Floats | None:
        """Return the line with most space around it; None where none fits."""
        drawn = np.asarray(shapely.linestrings(lines), dtype=object)
        fits = np.flatnonzero(shapely.contains_properly(inner, drawn))
        if not len(fits):
            return None
        score = shapely.distance(self.edge, drawn[fits]) * EDGE_WEIGHT
        if there is not None:
            free = shapely.distance(there, drawn[fits])
            score = np.where(free > clear, np.minimum(score, free), -1.0)
        best = int(score.argmax())
        result: Floats = lines[fits[best]]
        return result if score[best] > 0 else None

    def _roomiest(self, count: int) -> Ints:
        """Return the indices of the spots with most space around them, half of them spread out."""
        score = np.minimum(self.free, EDGE_WEIGHT * self.to_edge)
        left, chosen = score.copy(), []
        for _ in range(min(count // 2, len(score))):
            chosen.append(int(left.argmax()))
            left = np.minimum(left, np.hypot(*(self.spots - self.spots[chosen[-1]]).T))
        score[chosen] = -1.0
        best: Ints = np.argsort(-score, kind="stable")[: count // 2]
        return np.unique([*chosen, *best])


def _distances(spots: Floats, geometry: BaseGeometry) -> Floats:
    """Distance of each spot from a geometry."""
    return np.asarray(shapely.distance(shapely.points(spots), geometry), dtype=np.float64)


def _hexagonal(low_x: float, low_y: float, high_x: float, high_y: float, spacing: float) -> Floats:
    """Points of a hexagonal grid over a rectangle."""
    step = spacing * np.sqrt(0.75)
    row, column = np.mgrid[
        0 : int((high_y - low_y) / step) + 2, 0 : int((high_x - low_x) / spacing) + 2
    ]
    x = low_x + spacing * (column + 0.5 * (row % 2) - 0.25)
    return np.column_stack([x.ravel(), (low_y + step * (row - 0.5)).ravel()])


def _forms(length: float, bend: float, width: float) -> Iterator[Floats]:
    """Lines of a length around the origin: first with gentle bends, then folded ever closer."""
    for legs in FOLDS:
        form = _bent(bend * width, 0.05 * width) if legs == 0 else _zigzag(legs, width)
        form = form - (form.max(axis=0) + form.min(axis=0)) / 2
        yield form * (length / np.hypot(*np.diff(form, axis=0).T).sum())


def _bent(bend: float, sway: float) -> Floats:
    """Go along with a gentle bend to one side and a slight sway to both."""
    along = np.linspace(0.0, 1.0, 9)
    across = sway * np.sin(2 * np.pi * along) + 0.08 * bend * np.sin(np.pi * along)
    return np.column_stack([along, across])


def _zigzag(legs: int, width: float) -> Floats:
    """Go to and fro, along 1 in all and `width` across."""
    step = np.arange(legs + 1)
    return np.column_stack([step / legs, 0.5 * width * (-1.0) ** step])


def _turned(form: Floats, spots: Floats, angles: Floats) -> Floats:
    """Return the form at every spot in every direction (spots x angles, vertices, 2)."""
    cos, sin = np.cos(angles), np.sin(angles)
    turns = np.stack([np.stack([cos, -sin], -1), np.stack([sin, cos], -1)], -2)
    bodies = np.einsum("tij,vj->tvi", turns, form)
    result: Floats = (spots[:, None, None, :] + bodies).reshape(-1, *form.shape)
    return result
