"""A triangular lattice of points over the plane, on which a sketch is worked out.

On a triangular lattice a point has six neighbours and three cells meet at every corner, never
four. A region that hangs together, and whose complement hangs together, therefore has one simple
closed line as its outline: no pinched corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

OUTSIDE = -1
"""Label of a point that falls to no unit."""

ROW_STEP = float(np.sqrt(0.75))
"""Distance between two rows of the lattice, in lattice spacings."""


@dataclass(frozen=True)
class Lattice:
    """Points of a triangular lattice, row by row; odd rows are half a spacing further right.

    Lengths are in whatever unit the caller uses; `spacing` is the distance of neighbouring points.
    `frame` marks the points at the rim, `triangles` are anticlockwise.
    """

    low: Floats
    spacing: float
    rows: int
    columns: int
    points: Floats
    edges: Ints
    triangles: Ints
    frame: Bools

    @property
    def cell_area(self) -> float:
        """Area that one point stands for."""
        return float(self.spacing**2 * ROW_STEP)

    def around(self, point: int) -> list[int]:
        """Return the six neighbours of a point off the frame, in a ring."""
        shift = point // self.columns % 2
        above, below = point + self.columns + shift, point - self.columns + shift
        return [point + 1, above, above - 1, point - 1, below - 1, below]

    def nearest(self, xy: Floats) -> Ints:
        """Index of the lattice point close to each of `xy` (within one spacing)."""
        row = np.rint((xy[:, 1] - self.low[1]) / (self.spacing * ROW_STEP)).astype(np.int64)
        column = np.rint((xy[:, 0] - self.low[0]) / self.spacing - 0.5 * (row % 2)).astype(np.int64)
        row, column = np.clip(row, 0, self.rows - 1), np.clip(column, 0, self.columns - 1)
        result: Ints = row * self.columns + column
        return result


def make_lattice(low: Floats, high: Floats, spacing: float) -> Lattice:
    """Lay a lattice of the given spacing over the rectangle from `low` to `high`."""
    rows = max(int(np.ceil((high[1] - low[1]) / (spacing * ROW_STEP))) + 1, 4)
    columns = max(int(np.ceil((high[0] - low[0]) / spacing)) + 1, 4)
    row, column = np.divmod(np.arange(rows * columns), columns)
    points = np.column_stack(
        [low[0] + spacing * (column + 0.5 * (row % 2)), low[1] + spacing * ROW_STEP * row]
    )
    frame = (row == 0) | (row == rows - 1) | (column == 0) | (column == columns - 1)
    triangles = _triangles(rows, columns)
    return Lattice(low, spacing, rows, columns, points, _edges(rows, columns), triangles, frame)


def _triangles(rows: int, columns: int) -> Ints:
    """Corner indices of every triangle, anticlockwise."""
    base = np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None, :]
    odd = np.repeat((np.arange(rows - 1) % 2 == 1)[:, None], columns - 1, axis=1).ravel()
    here = base.ravel()
    right, above, across = here + 1, here + columns, here + columns + 1
    # the point above lies half a spacing to the right of an even row, to the left of an odd one
    upward = np.column_stack([here, right, np.where(odd, across, above)])
    downward = np.column_stack([np.where(odd, here, right), across, above])
    return np.concatenate([upward, downward])


def _edges(rows: int, columns: int) -> Ints:
    """Index pairs of neighbouring points, each pair once, smaller index first."""
    index = np.arange(rows * columns).reshape(rows, columns)
    flat = np.column_stack([index[:, :-1].ravel(), index[:, 1:].ravel()])
    straight = np.column_stack([index[:-1].ravel(), index[1:].ravel()])
    even = np.column_stack([index[:-1:2, 1:].ravel(), index[1::2, :-1].ravel()])
    odd = np.column_stack([index[1:-1:2, :-1].ravel(), index[2::2, 1:].ravel()])
    return np.concatenate([flat, straight, even, odd])
