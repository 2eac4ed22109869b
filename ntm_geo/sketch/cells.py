"""Which point of the plane falls to which unit, when only areas and centres are known.

Every unit is a cell of a power diagram: point x falls to the unit whose cost
``(x - c)ᵀ M (x - c) - b·(x - c) - w`` is lowest, and to nobody where no cost is below zero.
For a given stretch `M` of each cell, `w` and `b` are found such that each cell has its area and
its centroid lies at the given centre: a convex problem (semi-discrete partial optimal transport
in entropic form), solved by Newton steps.

References: Peyré and Cuturi (2019), Computational Optimal Transport, chapters 4, 5 and 10; Lévy
(2022), Partial optimal transport for a constant-volume Lagrangian mesh with free boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ntm_geo.sketch.algebra import add_blocks, inner, outer
from ntm_geo.sketch.lattice import ROW_STEP, make_lattice

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Floats, Ints, Lattice

SLACK = 0.005
"""How gladly a centroid leaves its centre where areas and centres contradict each other."""

FREE_PULL = 3.0
"""A centroid is drawn to its centre up to about this pull, in radii; beyond, ever less."""

REACH = 2.2
"""No point of a unit is farther from its centre, in radii, unless the figures contradict."""

ROOM = 2.5
"""The plane worked on is at least this many times as large as the district."""

LEAST_LOG = -36.0
"""Shares below about this power of e count as nothing: denormal numbers are slow to reckon with."""

SETTLED = 2e-3
"""Areas and moments are right when off by less than this share of the area."""

SHORTEST = 1e-3
"""A Newton step is not cut shorter than this."""


@dataclass(frozen=True)
class Seeds:
    """What is known of the units, in a plane scaled so that the mean area is 1."""

    centres: Floats
    areas: Floats
    borders: Floats
    """Border lengths, NaN where unknown, 0 where two units do not touch."""

    @property
    def radii(self) -> Floats:
        """Radius of the disc that has the unit's area."""
        result: Floats = np.sqrt(self.areas / np.pi)
        return result

    def gaps(self) -> Floats:
        """Distance from each centre to the nearest other one."""
        apart = self.centres[None] - self.centres[:, None]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, np.inf)
        result: Floats = distance.min(axis=1)
        return result


@dataclass(frozen=True)
class Cells:
    """A cost for every unit: `stretch` (n, 2), and `pull` (n, 3), w and b scaled by the radius."""

    seeds: Seeds
    stretch: Floats
    pull: Floats

    def costs(self, points: Floats) -> Floats:
        """Cost of every point for every unit."""
        x, y = points.T
        features = np.column_stack([x * x, 2 * x * y, y * y, x, y, np.ones_like(x)])
        return outer(features, self._coefficients().T)

    def _coefficients(self) -> Floats:
        matrices, centres = metrics(self.stretch), self.seeds.centres
        radii = self.seeds.radii[:, None]
        linear = -2 * np.einsum("ikl,il->ik", matrices, centres) - radii * self.pull[:, 1:]
        constant = (
            np.einsum("ik,ikl,il->i", centres, matrices, centres)
            - (radii**2)[:, 0] * self.pull[:, 0]
        )
        constant += (radii * self.pull[:, 1:] * centres).sum(axis=1)
        return np.column_stack(
            [matrices[:, 0, 0], matrices[:, 0, 1], matrices[:, 1, 1], linear, constant]
        )

    def slack(self) -> tuple[Floats, Floats, Floats]:
        """Price of a centroid off its centre: value (n,), slope (n, 2), curvature (n, 2, 2).

        The price of the pull grows with its fourth power, so no contradiction in the figures can
        make a pull large.
        """
        pull = self.pull[:, 1:]
        square = (pull**2).sum(axis=1)
        value = SLACK * (square / 2 + square**2 / (4 * FREE_PULL**2))
        growth = (1 + square / FREE_PULL**2)[:, None]
        curvature = growth[:, :, None] * np.eye(2)
        curvature += 2 * pull[:, :, None] * pull[:, None] / FREE_PULL**2
        return value, SLACK * growth * pull, SLACK * curvature

    def gradients(self, offsets: Floats) -> tuple[Floats, Floats]:
        """Gradient of every cost (x and y part) at points given by offsets from the centres."""
        bent, lean = 2 * metrics(self.stretch), self.seeds.radii[:, None] * self.pull[:, 1:]
        x, y = offsets[:, :, 0], offsets[:, :, 1]
        along: Floats = bent[:, 0, 0] * x + bent[:, 0, 1] * y - lean[:, 0]
        across: Floats = bent[:, 0, 1] * x + bent[:, 1, 1] * y - lean[:, 1]
        return along, across


def metrics(stretch: Floats) -> Floats:
    """Matrices of determinant 1 whose logarithm is ((a, b), (b, -a)), for each row (a, b)."""
    size = np.hypot(*stretch.T) + 1e-12
    even, odd = np.cosh(size), np.sinh(size) / size
    a, b = odd * stretch[:, 0], odd * stretch[:, 1]
    return np.stack([np.stack([even + a, b], -1), np.stack([b, even - a], -1)], -2)


class SoftCells:
    """Cells with blurred borders on a lattice: the form in which areas can be differentiated.

    Parameters
    ----------
    seeds
        What is known of the units.
    points, weights
        Sample points and the area that each stands for.
    blur
        Softness of the borders, as a share of the squared radius of the unit close by.
    """

    def __init__(self, seeds: Seeds, points: Floats, weights: Floats, blur: float) -> None:
        self.seeds, self.points, self.weights = seeds, points, weights
        self.offsets = points[:, None] - seeds.centres
        scaled = self.offsets / seeds.radii[:, None]
        self.basis = np.concatenate([np.ones((*scaled.shape[:2], 1)), scaled], axis=2)
        closest = (scaled**2).sum(axis=2).argmin(axis=1)
        self.width: Floats = blur * seeds.radii[closest] ** 2

    def shares(self, cells: Cells) -> tuple[Floats, float]:
        """Share of each point that falls to each unit, and the value of the dual problem."""
        lifted = -cells.costs(self.points) / self.width[:, None]
        top = np.maximum(lifted.max(axis=1), 0.0)
        weights = np.exp(np.maximum(lifted - top[:, None], LEAST_LOG))
        weights[weights < 2 * np.exp(LEAST_LOG)] = 0.0
        total = weights.sum(axis=1) + np.exp(-top)
        areas, squares = self.seeds.areas, self.seeds.radii**2
        value = float((self.weights * self.width) @ (top + np.log(total)))
        value -= float((cells.pull[:, 0] * areas) @ squares)
        value += float(cells.slack()[0] @ (areas * squares))
        return weights / total[:, None], value

    def settle(self, cells: Cells, steps: int) -> tuple[Cells, Floats]:
        """Newton steps towards the right areas and centroids; return the cells and the shares."""
        shares, value = self.shares(cells)
        for _ in range(steps):
            gap = self._gap(cells, shares)
            if np.abs(gap / self.seeds.areas[:, None]).max() < SETTLED:
                break
            slope = gap * self.seeds.radii[:, None] ** 2
            step = -np.linalg.solve(self._curvature(cells, shares), slope.ravel()).reshape(-1, 3)
            length, fall = min(1.0, 1.0 / np.abs(step).max()), float((slope * step).sum())
            while True:
                trial = replace(cells, pull=cells.pull + length * step)
                new_shares, new_value = self.shares(trial)
                if new_value <= value + 1e-4 * length * fall or length < SHORTEST:
                    break
                length /= 2
            cells, shares, value = trial, new_shares, new_value
        return cells, shares

    def _gap(self, cells: Cells, shares: Floats) -> Floats:
        """By how much areas and first moments are off (the gradient of the dual problem)."""
        moments: Floats = np.einsum("ni,nia->ia", self.weights[:, None] * shares, self.basis)
        moments[:, 0] -= self.seeds.areas
        moments[:, 1:] += self.seeds.areas[:, None] * cells.slack()[1]
        return moments

    def _curvature(self, cells: Cells, shares: Floats) -> Floats:
        """Hessian of the dual problem, (3n, 3n)."""
        squares = self.seeds.radii**2
        weight = np.sqrt(self.weights / self.width)[:, None] * squares
        whole = self.basis * weight[:, :, None]
        part = whole * shares[:, :, None]
        flat = part.reshape(len(shares), -1)
        result = -inner(flat, flat)
        blocks = np.einsum("nia,nib->iab", part, whole)
        blocks[:, 1:, 1:] += (self.seeds.areas * squares)[:, None, None] * cells.slack()[2]
        add_blocks(result, blocks)
        result[np.diag_indices_from(result)] += 1e-9 * np.trace(result) / len(result)
        return result


def lattice_over(seeds: Seeds, spacing: float) -> Lattice:
    """Lattice that covers every unit with room to spare."""
    reach = REACH * seeds.radii[:, None] + 2 * spacing
    low, high = (seeds.centres - reach).min(axis=0), (seeds.centres + reach).max(axis=0)
    crowded = float(np.sqrt(ROOM * seeds.areas.sum() / (high - low).prod()))
    middle, half = (low + high) / 2, (high - low) / 2 * max(1.0, crowded)
    return make_lattice(middle - half, middle + half, spacing)


def sample_points(seeds: Seeds, total: int, each: int) -> tuple[Floats, Floats]:
    """Points and the areas they stand for: about `total` in the district and `each` in every unit.

    Around small units every point is split in four, which makes a lattice of half the spacing.
    """
    lattice = lattice_over(seeds, float(np.sqrt(seeds.areas.sum() / total / np.sqrt(0.75))))
    points = lattice.points[near_seeds(seeds, lattice.points)]
    weights = np.full(len(points), lattice.cell_area)
    spacing = lattice.spacing
    while True:
        offsets = (points[:, None] - seeds.centres) / seeds.radii[:, None]
        closest = (offsets**2).sum(axis=2).argmin(axis=1)
        coarse = seeds.areas[closest] < each * weights
        if not coarse.any():
            return points, weights
        spacing /= 2
        corners = spacing * np.array([[0, 0], [1, 0], [0.5, ROW_STEP], [-0.5, ROW_STEP]])
        split = (points[coarse][:, None] + corners - corners.mean(axis=0)).reshape(-1, 2)
        points = np.concatenate([points[~coarse], split])
        weights = np.concatenate([weights[~coarse], np.repeat(weights[coarse] / 4, 4)])


def near_seeds(seeds: Seeds, points: Floats) -> Ints:
    """Return the indices of the points that some unit may reach."""
    near = np.zeros(len(points), dtype=bool)
    for centre, radius in zip(seeds.centres, seeds.radii, strict=True):
        near |= ((points - centre) ** 2).sum(axis=1) < (REACH * radius) ** 2
    return np.flatnonzero(near)
