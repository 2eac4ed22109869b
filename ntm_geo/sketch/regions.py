"""Make every label of a lattice one region without holes, and the units together one region too."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ntm_geo.sketch.figures import unsound
from ntm_geo.sketch.lattice import OUTSIDE

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Bools, Floats, Ints, Lattice

MOST_REPAIRS = 60
"""Most rounds of joining what is apart and opening what is enclosed."""

FREE = -2
"""Label of a point that waits for a label."""


@dataclass(frozen=True)
class Pins:
    """Points whose label is settled: `labels` holds FREE where it is not."""

    labels: Ints

    def hold(self, points: Ints, label: int) -> None:
        """Settle the label of points that are not settled yet."""
        self.labels[points[self.labels[points] == FREE]] = label


def pin_centres(lattice: Lattice, centres: Floats, reach: Floats) -> Pins:
    """Settle the points within `reach` of each centre."""
    labels = np.full(len(lattice.points), FREE)
    labels[lattice.frame] = OUTSIDE
    for i, (centre, radius) in enumerate(zip(centres, reach, strict=True)):
        labels[((lattice.points - centre) ** 2).sum(axis=1) < radius**2] = i
    return Pins(labels)


def tidy(lattice: Lattice, labels: Ints, pins: Pins, centres: Floats) -> Ints:
    """Return labels of which each is one region without holes.

    Strips that this takes are laid down in `pins`; those that led nowhere are taken up again.
    """
    settled = pins.labels != FREE
    for _ in range(MOST_REPAIRS):
        labels = np.where(pins.labels == FREE, labels, pins.labels)
        stray = _islands(lattice, labels, centres)
        pins.labels[stray & ~settled] = FREE
        labels = _filled(lattice, labels, stray, len(centres))
        links = _links(lattice, labels)
        if _bridge(lattice, labels, pins, centres, links):
            continue
        if not _open_enclaves(lattice, labels, pins, links, len(centres)):
            return labels
    raise unsound()


def components(edges: Ints, labels: Ints) -> Ints:
    """Smallest point index of the region that each point belongs to."""
    inside = edges[labels[edges[:, 0]] == labels[edges[:, 1]]]
    left, right = inside.T
    root = np.arange(len(labels))
    while True:
        low = np.minimum(root[left], root[right])
        differs = (root[left] != low) | (root[right] != low)
        if not differs.any():
            return root
        np.minimum.at(root, root[left], low)
        np.minimum.at(root, root[right], low)
        while True:
            shorter = root[root]
            if (shorter == root).all():
                break
            root = shorter


def _islands(lattice: Lattice, labels: Ints, centres: Floats) -> Bools:
    """Points that do not hang together with the centre of their unit, or with the outside."""
    root = components(lattice.edges, labels)
    kept = np.zeros(len(labels), dtype=bool)
    kept[root[lattice.nearest(centres)]] = True
    kept[root[0]] = True
    result: Bools = ~kept[root]
    return result


def _filled(lattice: Lattice, labels: Ints, stray: Bools, count: int) -> Ints:
    """Hand stray points to what lies around them, layer by layer."""
    filled = np.where(stray, FREE, labels)
    starts, ends = np.concatenate([lattice.edges, lattice.edges[:, ::-1]]).T
    while (filled == FREE).any():
        front = (filled[starts] == FREE) & (filled[ends] != FREE)
        seen, place = np.unique(starts[front], return_inverse=True)
        votes = np.zeros((len(seen), count + 1))
        np.add.at(votes, (place, filled[ends[front]] + 1), 1.0)
        votes[:, 0] *= 0.1  # a hole in the district is not outside: units are asked first
        filled[seen] = votes.argmax(axis=1) - 1
    return filled


def _links(lattice: Lattice, labels: Ints) -> set[tuple[int, int]]:
    """Pairs of labels that touch, both ways."""
    pairs = labels[lattice.edges]
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return {(int(a), int(b)) for a, b in pairs} | {(int(b), int(a)) for a, b in pairs}


def _groups(members: list[int], links: set[tuple[int, int]]) -> list[list[int]]:
    """Members in groups that hang together by links."""
    left, groups = set(members), []
    for first in members:
        if first not in left:
            continue
        left.discard(first)
        group = [first]
        for one in group:
            found = sorted(other for other in left if (one, other) in links)
            left.difference_update(found)
            group.extend(found)
        groups.append(group)
    return groups


def _bridge(
    lattice: Lattice, labels: Ints, pins: Pins, centres: Floats, links: set[tuple[int, int]]
) -> bool:
    """Join groups of units that do not touch by a narrow strip between their nearest points."""
    groups = _groups(list(range(len(centres))), links)
    if len(groups) == 1:
        return False
    here = np.isin(labels, groups[0])
    there = (labels != OUTSIDE) & ~here
    from_, to = _closest(lattice.points, _rim(lattice, here), _rim(lattice, there))
    start, end = lattice.points[from_], lattice.points[to]
    steps = int(np.ceil(np.hypot(*(end - start)) / lattice.spacing * 4)) + 1
    line = start + np.linspace(0, 1, steps)[:, None] * (end - start)
    points = lattice.nearest(line)
    points = points[labels[points] == OUTSIDE]
    half = (len(points) + 1) // 2
    pins.hold(points[:half], int(labels[from_]))
    pins.hold(points[half:], int(labels[to]))
    return True


def _rim(lattice: Lattice, inside: Bools) -> Ints:
    """Points of a region that have a neighbour out of it."""
    left, right = lattice.edges.T
    cut = inside[left] != inside[right]
    ends = np.concatenate([left[cut], right[cut]])
    return np.unique(ends[inside[ends]])


def _closest(points: Floats, some: Ints, others: Ints) -> tuple[int, int]:
    """Of two sets of points, the pair that is closest; the first such pair."""
    best = (np.inf, 0, 0)
    for one in some:
        gaps = ((points[others] - points[one]) ** 2).sum(axis=1)
        k = int(gaps.argmin())
        best = min(best, (float(gaps[k]), int(one), int(others[k])))
    return best[1], best[2]


def _open_enclaves(
    lattice: Lattice, labels: Ints, pins: Pins, links: set[tuple[int, int]], count: int
) -> bool:
    """Give units that lie wholly within another unit a way out."""
    opened = False
    for unit in range(count):
        others = [OUTSIDE, *(i for i in range(count) if i != unit)]
        for group in _groups(others, links)[1:]:
            path = _way_out(lattice, labels, pins, unit, group)
            pins.hold(path[1:], int(labels[path[0]]))
            opened = True
    return opened


def _way_out(lattice: Lattice, labels: Ints, pins: Pins, unit: int, group: list[int]) -> Ints:
    """Find the shortest path through `unit` from a unit of the group to any other label."""
    starts, ends = np.concatenate([lattice.edges, lattice.edges[:, ::-1]]).T
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    first = np.searchsorted(starts, np.arange(len(labels) + 1))
    queue = deque(int(i) for i in np.flatnonzero(np.isin(labels, group)))
    came = dict.fromkeys(queue, -1)
    while queue:
        here = queue.popleft()
        for other in ends[first[here] : first[here + 1]].tolist():
            if other in came or pins.labels[other] == unit:
                continue
            if labels[other] != unit:
                return np.array(_trail(came, here))
            came[other] = here
            queue.append(other)
    return np.array([], dtype=np.int64)


def _trail(came: dict[int, int], last: int) -> list[int]:
    """Walk back from the last point to where the search started."""
    trail = [last]
    while came[trail[-1]] >= 0:
        trail.append(came[trail[-1]])
    return trail[::-1]
