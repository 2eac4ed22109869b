"""Hand points from region to region until each has its number, without tearing or closing any.

A point may change from one label to another when around it (six neighbours in a ring) both labels
stand in one unbroken arc each: a simple point of digital topology (Kong and Rosenfeld 1989). Then
regions that were simply connected remain so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ntm_geo.sketch.lattice import OUTSIDE

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Bools, Floats, Ints, Lattice

ROUNDS = 300
"""Most rounds of handing over; each moves a border by one layer of points at most."""

CLOSE_ENOUGH = 0.01
"""A region is done when its number of points is off by less than this share (or by one point)."""


def even_out(lattice: Lattice, labels: Ints, held: Bools, costs: Floats, wanted: Floats) -> Ints:
    """Give each region its wanted number of points, cheapest points first.

    Parameters
    ----------
    lattice, labels
        Points and their labels: each label, and OUTSIDE, one region without holes.
    held
        Points that must keep their label.
    costs
        Cost of each point for each label (points, labels); outside costs 0.
    wanted
        Number of points for each label.
    """
    board = _Board(lattice, labels.copy(), held, np.column_stack([costs, np.zeros(len(costs))]))
    tolerance = np.maximum(CLOSE_ENOUGH * wanted, 1.0)
    for _ in range(ROUNDS):
        lack = wanted - np.bincount(board.labels[board.labels != OUTSIDE], minlength=len(wanted))
        if (np.abs(lack) <= tolerance).all():
            break
        edges = board.borders()
        flows = _flows(board.labels[edges], lack)
        if not sum(board.hand_over(edges, *flow) for flow in flows):
            break
    return board.labels


@dataclass(frozen=True)
class _Board:
    """Labelled points, changed in place."""

    lattice: Lattice
    labels: Ints
    held: Bools
    costs: Floats

    def borders(self) -> Ints:
        """Lattice edges between different labels."""
        ends = self.labels[self.lattice.edges]
        result: Ints = self.lattice.edges[ends[:, 0] != ends[:, 1]]
        return result

    def hand_over(self, edges: Ints, giver: int, taker: int, number: int) -> int:
        """Relabel up to `number` points along a border, the cheapest first; return how many."""
        here = self.labels[edges]
        forth = edges[(here[:, 0] == giver) & (here[:, 1] == taker), 0]
        back = edges[(here[:, 1] == giver) & (here[:, 0] == taker), 1]
        points = np.unique(np.concatenate([forth, back]))
        points = points[~self.held[points]]
        price = self.costs[points, taker] - self.costs[points, giver]
        moved = 0
        for point in points[np.argsort(price, kind="stable")].tolist():
            if moved == number:
                break
            around = self.labels[self.lattice.around(point)].tolist()
            if _one_arc(around, giver) and _one_arc(around, taker):
                self.labels[point] = taker
                moved += 1
        return moved


def _flows(pairs: Ints, lack: Floats) -> list[tuple[int, int, int]]:
    """How many points each region should hand to each neighbour: a current in the net of borders.

    A long border conducts better; outside has as much as anybody wants.
    """
    count = len(lack)
    conductance = np.zeros((count + 1, count + 1))
    np.add.at(conductance, (pairs[:, 0], pairs[:, 1]), 1.0)
    conductance += conductance.T
    laplacian = np.diag(conductance.sum(axis=1)) - conductance
    level = np.append(np.linalg.solve(laplacian[:-1, :-1], lack), 0.0)
    flow = np.rint(conductance * (level[None, :] - level[:, None])).astype(int)
    givers, takers = np.nonzero(flow > 0)
    order = np.argsort(-flow[givers, takers], kind="stable")
    rows = zip(givers[order].tolist(), takers[order].tolist(), strict=True)
    return [
        (g if g < count else OUTSIDE, t if t < count else OUTSIDE, int(flow[g, t])) for g, t in rows
    ]


def _one_arc(around: list[int], label: int) -> bool:
    """Whether a label stands in exactly one unbroken arc of the ring."""
    starts = sum(
        a != label and b == label for a, b in zip(around, around[1:] + around[:1], strict=True)
    )
    return starts == 1
