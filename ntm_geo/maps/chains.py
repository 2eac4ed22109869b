"""Borders that areas have in common, told once: rings as references to chains of places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

Spot = tuple[int, int]
Chain = tuple[Spot, ...]


class Chains:
    """Chains that rings are cut into wherever two of them part, and where one of them starts.

    Parameters
    ----------
    rings
        All rings on one grid, each closed: its first spot is its last, too.

    Attributes
    ----------
    found
        The chains so far, each once.
    """

    def __init__(self, rings: Iterable[Chain]) -> None:
        beside: defaultdict[Spot, set[frozenset[Spot]]] = defaultdict(set)
        self._ends: set[Spot] = set()
        for ring in rings:
            self._ends.add(ring[0])
            for last, spot, following in zip(ring, ring[1:], (*ring[2:], ring[1]), strict=False):
                beside[spot].add(frozenset((last, following)))
        self._ends |= {spot for spot, ways in beside.items() if len(ways) > 1}
        self._places: dict[Chain, int] = {}
        self.found: list[Chain] = []

    def references(self, ring: Chain) -> list[int]:
        """Return one of the rings as numbers of its chains; `-1 - n` where chain n runs backwards.

        Parameters
        ----------
        ring
            One of the rings that the chains were made for.
        """
        return [self._number(chain) for chain in self._cut(ring)]

    def _cut(self, ring: Chain) -> Iterator[Chain]:
        ends = [i for i, spot in enumerate(ring) if spot in self._ends]
        return (ring[start : end + 1] for start, end in pairwise(ends))

    def _number(self, chain: Chain) -> int:
        backwards = chain[::-1]
        if backwards in self._places:
            return -1 - self._places[backwards]
        if chain not in self._places:
            self._places[chain] = len(self.found)
            self.found.append(chain)
        return self._places[chain]
