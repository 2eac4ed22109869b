"""From labelled lattice points to outlines, smoothed, thinned and brought to the exact areas.

All units draw on one list of vertices, so that a border is the same line for both sides whatever
is done to it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ntm_geo.sketch.algebra import inner
from ntm_geo.sketch.figures import unsound
from ntm_geo.sketch.lattice import OUTSIDE

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Bools, Floats, Ints, Lattice

MIN_SHARE, MAX_SHARE = 0.2, 0.8
"""A border crosses a lattice edge between these shares of its length."""


@dataclass(frozen=True)
class Mesh:
    """Rings of vertex indices (anticlockwise, not closed), one per unit, over shared vertices."""

    vertices: Floats
    rings: list[Ints]

    def areas(self) -> Floats:
        """Signed area of each ring."""
        return np.array([_area(self.vertices[ring]) for ring in self.rings])

    def junctions(self) -> Ints:
        """Count the lines at each vertex: 2 along a border, 3 where three regions meet."""
        return np.bincount(self.sides().ravel(), minlength=len(self.vertices))

    def sides(self) -> Ints:
        """Vertex pairs of all lines, each once."""
        pairs = [np.column_stack([ring, np.roll(ring, -1)]) for ring in self.rings]
        return np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)


def _area(points: Floats) -> float:
    x, y = (points - points[0]).T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def trace(lattice: Lattice, labels: Ints, costs: Floats) -> Mesh:
    """Draw the outline of each label through the triangles of the lattice (marching triangles).

    `costs` (points, units) place the crossing on each lattice edge; the line never leaves its
    triangles, so no two lines cross whatever the costs are.
    """
    mixed = np.ptp(labels[lattice.triangles], axis=1) > 0
    corners = lattice.triangles[mixed]
    sides = np.stack([corners, np.roll(corners, -1, axis=1)], axis=2)
    keys, number = np.unique(np.sort(sides.reshape(-1, 2), axis=1), axis=0, return_inverse=True)
    crossings = _crossings(lattice, labels, costs, keys)
    centres = crossings[number.reshape(-1, 3)].mean(axis=1)
    follow: list[dict[int, int]] = [{} for _ in range(costs.shape[1])]
    rows = zip(labels[corners].tolist(), number.reshape(-1, 3).tolist(), strict=True)
    for k, (around, across) in enumerate(rows):
        middle = len(keys) + k if len(set(around)) > 2 else None  # noqa: PLR2004
        for corner, label in enumerate(around):
            before, after = around[corner - 1], around[(corner + 1) % 3]
            if label in (OUTSIDE, after):
                continue
            # the line leaves the label towards `after` and runs to where the label is entered
            entered = across[corner - 1] if label != before else across[(corner + 1) % 3]
            if middle is None:
                follow[label][across[corner]] = entered
            else:
                follow[label][across[corner]] = middle
                follow[label][middle] = entered
    rings = [np.array(_ring(steps)) for steps in follow]
    return _compact(Mesh(np.concatenate([crossings, centres]), rings))


def _crossings(lattice: Lattice, labels: Ints, costs: Floats, keys: Ints) -> Floats:
    """Where the border crosses each lattice edge: where the costs of the two sides are equal."""
    padded = np.column_stack([costs, np.zeros(len(costs))])
    left, right = labels[keys].T
    at_left = padded[keys[:, 0], left] - padded[keys[:, 0], right]
    at_right = padded[keys[:, 1], left] - padded[keys[:, 1], right]
    usable = (at_left < 0) & (at_right > 0)
    share = np.where(usable, at_left / np.where(usable, at_left - at_right, 1.0), 0.5)
    share = np.clip(share, MIN_SHARE, MAX_SHARE)[:, None]
    ends = lattice.points[keys]
    return (1 - share) * ends[:, 0] + share * ends[:, 1]


def _ring(steps: dict[int, int]) -> list[int]:
    first = min(steps)
    ring = [first]
    while (here := steps[ring[-1]]) != first:
        ring.append(here)
    if len(ring) != len(steps):
        raise unsound()
    return ring


def _compact(mesh: Mesh) -> Mesh:
    """Leave out vertices that no ring uses."""
    used = np.unique(np.concatenate(mesh.rings))
    return Mesh(mesh.vertices[used], [np.searchsorted(used, ring) for ring in mesh.rings])


def smooth(mesh: Mesh, rounds: int, areas: Floats) -> Mesh:
    """Draw each vertex towards its neighbours, and keep the areas."""
    left, right = mesh.sides().T
    degree = mesh.junctions()[:, None]
    for _ in range(rounds):
        total = np.zeros_like(mesh.vertices)
        np.add.at(total, left, mesh.vertices[right])
        np.add.at(total, right, mesh.vertices[left])
        moved = mesh.vertices + 0.5 * (total / degree - mesh.vertices)
        mesh = balance(replace(mesh, vertices=moved), areas, 1)
    return mesh


def balance(mesh: Mesh, areas: Floats, rounds: int) -> Mesh:
    """Shift the borders as little as may be until each unit has its area (Gauss-Newton)."""
    for _ in range(rounds):
        slope = np.zeros((len(mesh.rings), *mesh.vertices.shape))
        for row, ring in zip(slope, mesh.rings, strict=True):
            points = mesh.vertices[ring]
            across = (np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)) / 2
            row[ring] = np.column_stack([across[:, 1], -across[:, 0]])
        reach = np.sqrt((slope**2).sum(axis=(0, 2)) + 1e-30)[:, None]
        flat = (slope / np.sqrt(reach)).reshape(len(mesh.rings), -1)
        gap = areas - mesh.areas()
        shift = np.linalg.solve(inner(flat.T, flat.T), gap) @ flat
        mesh = replace(
            mesh, vertices=mesh.vertices + shift.reshape(mesh.vertices.shape) / np.sqrt(reach)
        )
    return mesh


def thin(mesh: Mesh, tolerances: Floats) -> Mesh:
    """Leave out vertices that lie close to the line without them (Douglas and Peucker 1973).

    Each unit has its tolerance; along a border the smaller one of the two counts.
    """
    keep = mesh.junctions() > 2  # noqa: PLR2004
    found: dict[tuple[int, int, int], tuple[Ints, float]] = {}
    for ring, tolerance in zip(mesh.rings, tolerances.tolist(), strict=True):
        for chain in _chains(mesh.vertices, ring, keep):
            way = chain if chain[0] < chain[-1] else chain[::-1]
            key = (int(way[0]), int(way[1]), int(way[-1]))
            found[key] = way, min(tolerance, found[key][1] if key in found else tolerance)
    for way, tolerance in found.values():
        keep[way[_kept(mesh.vertices[way], tolerance)]] = True
    return _compact(Mesh(mesh.vertices, [ring[keep[ring]] for ring in mesh.rings]))


def _chains(vertices: Floats, ring: Ints, ends: Bools) -> list[Ints]:
    """Cut a ring at the vertices where regions meet, or else at its two outermost vertices."""
    cuts = np.flatnonzero(ends[ring])
    if len(cuts) < 2:  # noqa: PLR2004
        first = int(cuts[0]) if len(cuts) else int(np.lexsort(vertices[ring].T)[0])
        far = int(((vertices[ring] - vertices[ring[first]]) ** 2).sum(axis=1).argmax())
        cuts = np.sort([first, far])
    turned = np.append(np.roll(ring, -cuts[0]), ring[cuts[0]])
    marks = np.append(cuts - cuts[0], len(ring))
    return [turned[a : b + 1] for a, b in itertools.pairwise(marks)]


def _kept(points: Floats, tolerance: float) -> list[int]:
    """Return the indices of the points that a line thinned to `tolerance` needs."""
    kept, spans = [0, len(points) - 1], [(0, len(points) - 1)]
    while spans:
        low, high = spans.pop()
        if high - low < 2:  # noqa: PLR2004
            continue
        along = points[high] - points[low]
        inner = points[low + 1 : high] - points[low]
        share = np.clip(inner @ along / max(float(along @ along), 1e-30), 0, 1)
        off = np.hypot(*(inner - share[:, None] * along).T)
        worst = int(off.argmax())
        if off[worst] > tolerance:
            kept.append(low + 1 + worst)
            spans += [(low, low + 1 + worst), (low + 1 + worst, high)]
    return kept
