"""How long or wide each unit is, learnt from the lengths of the borders that it shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ntm_geo.sketch.algebra import add_blocks, inner
from ntm_geo.sketch.cells import (
    Cells,
    Seeds,
    SoftCells,
    metrics,
    sample_points,
)

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Floats, Ints

POINTS, POINTS_EACH = 400, 60
"""Sample points within the district, and within each unit, while the cells are fitted."""

NO_BORDER = 1e-7
"""Where two shares multiply to less than this, there is no border."""

REACHED = 1e-5
"""A sample point of which the units hold less than this share is left out from then on."""

LAST_BLUR = 0.05
"""Softness at which areas and centroids are settled in the end."""

BLURS = (0.3, 0.15)
"""Softness of the borders, coarse to fine: a soft border feels neighbours from afar."""

STEPS = 4
"""Most steps taken at each softness."""

DOUBT = 1.0
"""A stretch of 1 (sides 1 to 2.7) counts as much as a border that is wrong by this many spreads."""

MOST_STRETCH = 1.2
"""Largest stretch (sides 1 to 3.3)."""

MOST_WIGGLE = 1.6
"""A real border is longer than the smooth line of a sketch, by no more than this factor."""


def fit_cells(seeds: Seeds) -> Cells:
    """Find cells with the right areas and centroids and, as far as may be, the right borders."""
    count = len(seeds.areas)
    points, weights = sample_points(seeds, POINTS, POINTS_EACH)
    cells = Cells(seeds, np.zeros((count, 2)), np.tile([1.0, 0.0, 0.0], (count, 1)))
    pairs = Pairs.of(seeds)
    for blur in BLURS:
        soft = SoftCells(seeds, points, weights, blur)
        cells, shares = soft.settle(cells, 40)
        if len(pairs.first):
            cells, shares = _stretched(soft, pairs, cells, shares)
        reached = shares.sum(axis=1) > REACHED
        points, weights = points[reached], weights[reached]
    return SoftCells(seeds, points, weights, LAST_BLUR).settle(cells, 10)[0]


@dataclass(frozen=True)
class Pairs:
    """Pairs of units of whose border the length is known, be it 0."""

    first: Ints
    second: Ints
    known: Floats
    spread: Floats

    @classmethod
    def of(cls, seeds: Seeds) -> Pairs:
        """Pairs that may touch, or are said to."""
        if not (seeds.borders > 0).any():
            return cls(*np.zeros((2, 0), dtype=np.int64), *np.zeros((2, 0)))
        apart = np.hypot(*np.moveaxis(seeds.centres[None] - seeds.centres[:, None], 2, 0))
        close = apart < 1.7 * (seeds.radii[None] + seeds.radii[:, None])
        wanted = np.isfinite(seeds.borders) & (close | (seeds.borders > 0))
        first, second = np.nonzero(np.triu(wanted, 1))
        known = seeds.borders[first, second]
        size = np.sqrt(seeds.radii[first] * seeds.radii[second])
        return cls(first, second, known, np.sqrt(0.3 * size * (known / 1.2 + 0.5 * size)))

    def off(self, lengths: Floats) -> Floats:
        """By how many spreads the lengths are off, once real borders are freed of their wiggles."""
        along = lengths[self.known > 0].sum()
        wiggle = float(np.clip(self.known.sum() / max(along, 1e-9), 1.0, MOST_WIGGLE))
        result: Floats = (lengths - self.known / wiggle) / self.spread
        return result


def _stretched(soft: SoftCells, pairs: Pairs, cells: Cells, shares: Floats) -> tuple[Cells, Floats]:
    """Better the stretch by Levenberg-Marquardt steps; areas and centroids follow each step."""
    damping, count = 1e-2, len(cells.pull)
    lengths = _lengths(soft, pairs, cells, shares)
    off, doubt = pairs.off(lengths.sum(axis=0)), DOUBT * cells.stretch
    slope, answer = _slopes(soft, pairs, cells, shares, lengths)
    for left in reversed(range(STEPS)):
        normal = slope.T @ slope + (DOUBT**2 + damping) * np.eye(2 * count)
        step = -np.linalg.solve(normal, slope.T @ off + DOUBT * doubt.ravel())
        step *= min(1.0, 0.4 / max(float(np.abs(step).max()), 1e-12))
        trial = replace(
            cells,
            stretch=_limited(cells.stretch + step.reshape(count, 2)),
            pull=cells.pull + (answer @ step).reshape(count, 3),
        )
        trial, new_shares = soft.settle(trial, 4)
        new_lengths = _lengths(soft, pairs, trial, new_shares)
        new_off = pairs.off(new_lengths.sum(axis=0))
        new_doubt = DOUBT * trial.stretch
        if (new_off**2).sum() + (new_doubt**2).sum() < (off**2).sum() + (doubt**2).sum():
            cells, shares, lengths = trial, new_shares, new_lengths
            off, doubt = new_off, new_doubt
            damping = max(damping / 4, 1e-3)
            if left:
                slope, answer = _slopes(soft, pairs, cells, shares, lengths)
        else:
            damping *= 30
    return cells, shares


def _limited(stretch: Floats) -> Floats:
    size = np.maximum(np.hypot(*stretch.T), MOST_STRETCH)
    result: Floats = stretch * (MOST_STRETCH / size)[:, None]
    return result


def _lengths(soft: SoftCells, pairs: Pairs, cells: Cells, shares: Floats) -> Floats:
    """Length of border that each point adds to each pair (coarea formula), (points, pairs)."""
    both = shares[:, pairs.first] * shares[:, pairs.second]
    point, pair = np.nonzero(both > NO_BORDER)
    first, second = pairs.first[pair], pairs.second[pair]
    along, across = cells.gradients(soft.offsets)
    steep = np.hypot(
        along[point, first] - along[point, second], across[point, first] - across[point, second]
    )
    result = np.zeros_like(both)
    result[point, pair] = both[point, pair] * steep * (soft.weights / soft.width)[point]
    return result


def _slopes(
    soft: SoftCells, pairs: Pairs, cells: Cells, shares: Floats, lengths: Floats
) -> tuple[Floats, Floats]:
    """Slopes of the misfit by stretch, and of the pull that then keeps areas and centroids."""
    points, count = shares.shape
    features = _features(soft, cells)
    mine = shares[:, :, None] * features
    flat = mine.reshape(points, -1)
    weighed = soft.weights[:, None, None] * soft.basis
    slope = -inner((shares[:, :, None] * weighed).reshape(points, -1), flat)
    own = np.einsum("nia,nib->iab", weighed, mine)
    own[:, 1:, 1:3] += soft.seeds.areas[:, None, None] * cells.slack()[2]
    add_blocks(slope, own)
    by_unit = slope.reshape(3 * count, count, 5)
    by_pull = by_unit[:, :, :3].reshape(3 * count, 3 * count)
    by_stretch = by_unit[:, :, 3:].reshape(3 * count, 2 * count)
    answer: Floats = np.asarray(-np.linalg.solve(by_pull, by_stretch), dtype=np.float64)
    border = _border_slopes(lengths, pairs, features, flat)
    held = border[:, :, :3].reshape(-1, 3 * count) @ answer
    total = (border[:, :, 3:].reshape(-1, 2 * count) + held) / pairs.spread[:, None]
    return total, answer


def _border_slopes(lengths: Floats, pairs: Pairs, features: Floats, flat: Floats) -> Floats:
    """Slopes of the border lengths by pull and stretch (pairs, units, 5), steepness held."""
    count = features.shape[1]
    slopes: Floats = -2 * inner(lengths, flat).reshape(-1, count, 5)
    for unit in range(count):
        rows = np.flatnonzero((pairs.first == unit) | (pairs.second == unit))
        if len(rows):
            slopes[rows, unit] += inner(lengths[:, rows], features[:, unit])
    return slopes


def _features(soft: SoftCells, cells: Cells) -> Floats:
    """Slopes of each cost by its unit's pull and stretch (points, units, 5), minus, by width."""
    squares = cells.seeds.radii**2
    x, y = np.moveaxis(soft.offsets, 2, 0)
    result = np.empty((*soft.basis.shape[:2], 5))
    result[:, :, :3] = squares[:, None] * soft.basis
    for k in range(2):
        nudge = np.zeros_like(cells.stretch)
        nudge[:, k] = 1e-5
        bend = (metrics(cells.stretch + nudge) - metrics(cells.stretch - nudge)) / 2e-5
        result[:, :, 3 + k] = -(
            bend[:, 0, 0] * x * x + 2 * bend[:, 0, 1] * x * y + bend[:, 1, 1] * y * y
        )
    result /= soft.width[:, None, None]
    return result
