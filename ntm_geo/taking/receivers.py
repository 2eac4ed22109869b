"""What a receiver does to a track: rest recorded as a scribble, and points that it got wrong."""

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from shapely.geometry.base import BaseGeometry

REST_M, LEAST_IN_REST_M = 25.0, 125.0
"""A track that stays so near to one of its points over so long a way is that of a receiver at rest:
a road through there is half as long [m]."""

LEAST_SPIKE_M, LEAST_FAR_END_M = 50.0, 200.0
"""Points that lie so far off what is before and behind them, or so far before the first or behind
the last of the others, may be wrong ones [m]."""

_SPIKE_TIMES, _FAR_END_TIMES = 5.0, 20.0
"""So many times as far off as points else are from each other."""

_MOST_WRONG = 4
"""So many points together are wrong ones at most; more of them are a place."""


def without_rest(line: "BaseGeometry") -> "BaseGeometry":
    """Return a line without the scribbles of a receiver at rest: straight on across each.

    Parameters
    ----------
    line
        A LineString in metres; as it is where there is none.
    """
    import numpy as np
    import shapely

    coords = shapely.get_coordinates(line)
    keeps = np.ones(len(coords), dtype=bool)
    for first, last in _rests(coords):
        keeps[first + 1 : last] = False
    return line if keeps.all() else shapely.LineString(coords[keeps])


def _rests(coords: "np.ndarray") -> "Iterator[tuple[int, int]]":
    """Yield the first and the last vertex of each rest, in order."""
    import numpy as np

    places = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coords, axis=0).T))])
    ends = np.searchsorted(places, places + LEAST_IN_REST_M)
    starts = np.flatnonzero(ends < len(coords))
    gaps = np.hypot(*(coords[ends[starts]] - coords[starts]).T)
    after = 0
    for first in starts[gaps <= REST_M]:
        if first < after:
            continue
        away = np.hypot(*(coords[first:] - coords[first]).T) > REST_M
        stay = int(away.argmax()) if away.any() else len(away)
        last = first + stay - 1
        if places[last] - places[first] >= LEAST_IN_REST_M:
            yield int(first), int(last)
            after = last


def find_spikes(line: "BaseGeometry") -> "list[float]":
    """Find a few points far off the rest of a track; return how far off they are [m].

    Parameters
    ----------
    line
        A LineString in metres.
    """
    import numpy as np
    import shapely

    coords = shapely.get_coordinates(line)
    steps = np.hypot(*np.diff(coords, axis=0).T)
    if len(steps) < _FAR_END_TIMES:
        return []
    median_m = float(np.median(steps))
    far = [int(n) for n in np.flatnonzero(steps > max(LEAST_SPIKE_M, _SPIKE_TIMES * median_m))]
    found: list[float] = []
    for first, last in itertools.pairwise(far):
        off = float(min(steps[first], steps[last]))
        across = float(np.hypot(*(coords[last + 1] - coords[first])))
        if last - first <= _MOST_WRONG and off > _SPIKE_TIMES * across:
            found.append(off)
    least_m = max(LEAST_FAR_END_M, _FAR_END_TIMES * median_m)
    at_ends = [n for n in far if n < _MOST_WRONG or len(steps) - 1 - n < _MOST_WRONG]
    return found or [float(steps[n]) for n in at_ends if steps[n] > least_m]
