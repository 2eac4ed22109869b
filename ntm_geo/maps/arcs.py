"""Borders that areas have in common, told once: rings as references to arcs, as in TopoJSON."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

GridPosition = tuple[int, int]
Positions = tuple[GridPosition, ...]


class Arcs:
    """Arcs that rings are cut into at junctions: where two of them part, and where one starts.

    Parameters
    ----------
    rings
        All rings on one grid, each closed: its first position is its last, too.

    Attributes
    ----------
    found
        The arcs so far, each once.
    """

    def __init__(self, rings: Iterable[Positions]) -> None:
        beside: defaultdict[GridPosition, set[frozenset[GridPosition]]] = defaultdict(set)
        self._junctions: set[GridPosition] = set()
        for ring in rings:
            self._junctions.add(ring[0])
            for last, here, following in zip(ring, ring[1:], (*ring[2:], ring[1]), strict=False):
                beside[here].add(frozenset((last, following)))
        self._junctions |= {position for position, ways in beside.items() if len(ways) > 1}
        self._numbers: dict[Positions, int] = {}
        self.found: list[Positions] = []

    def references(self, ring: Positions) -> list[int]:
        """Return one of the rings as numbers of its arcs; `-1 - n` where arc n is reversed.

        Parameters
        ----------
        ring
            One of the rings that the arcs were made for.
        """
        return [self._number(arc) for arc in self._cut(ring)]

    def _cut(self, ring: Positions) -> Iterator[Positions]:
        cuts = [i for i, position in enumerate(ring) if position in self._junctions]
        return (ring[start : end + 1] for start, end in pairwise(cuts))

    def _number(self, arc: Positions) -> int:
        backwards = arc[::-1]
        if backwards in self._numbers:
            return -1 - self._numbers[backwards]
        if arc not in self._numbers:
            self._numbers[arc] = len(self.found)
            self.found.append(arc)
        return self._numbers[arc]
