"""Hand points from region to region until each has its number, without tearing or closing any.

A point may change from one label to another when around it (six neighbours in a ring) both labels
stand in one unbroken arc each: a simple point of digital topology (Kong and Rosenfeld 1989). Then
regions that were simply connected remain so.
"""

from __future__ import annotations

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
    labels = labels.copy()
    padded = np.column_stack([costs, np.zeros(len(costs))])
    tolerance = np.maximum(CLOSE_ENOUGH * wanted, 1.0)
    for _ in range(ROUNDS):
        lack = wanted - np.bincount(labels[labels != OUTSIDE], minlength=len(wanted))
        if (np.abs(lack) <= tolerance).all():
            break
        moved = 0
        edges = lattice.edges[labels[lattice.edges[:, 0]] != labels[lattice.edges[:, 1]]]
        for giver, taker, number in _flows(labels[edges], lack):
            moved += _hand_over(lattice, labels, held, padded, edges, giver, taker, number)
        if not moved:
            break
    return labels


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
    rows = zip(givers[order], takers[order], strict=True)
    return [
        (g if g < count else OUTSIDE, t if t < count else OUTSIDE, int(flow[g, t])) for g, t in rows
    ]


def _hand_over(
    lattice: Lattice,
    labels: Ints,
    held: Bools,
    costs: Floats,
    edges: Ints,
    giver: int,
    taker: int,
    number: int,
) -> int:
    """Relabel up to `number` points along a border, the cheapest first; return how many."""
    here = labels[edges]
    points = np.unique(
        np.concatenate(
            [
                edges[(here[:, 0] == giver) & (here[:, 1] == taker), 0],
                edges[(here[:, 1] == giver) & (here[:, 0] == taker), 1],
            ]
        )
    )
    points = points[~held[points]]
    price = costs[points, taker] - costs[points, giver]
    moved = 0
    for point in points[np.argsort(price, kind="stable")].tolist():
        if moved == number:
            break
        around = labels[lattice.around(point)].tolist()
        if labels[point] == giver and _one_arc(around, giver) and _one_arc(around, taker):
            labels[point] = taker
            moved += 1
    return moved


def _one_arc(around: list[int], label: int) -> bool:
    """Whether a label stands in exactly one unbroken arc of the ring."""
    starts = sum(
        a != label and b == label for a, b in zip(around, around[1:] + around[:1], strict=True)
    )
    return starts == 1
