"""Lines as files hold them: drawn borders closed to areas, pieces of one road put together."""

from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.model import Alongside
from ntm_geo.taking.receivers import find_spikes, without_rest
from ntm_geo.taking.stretches import (
    ALONG_M,
    SAME_M,
    Beside,
    cut,
    find_beside,
    find_repeated,
    leave_out,
    points_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry


TURNS_M = (20.0, 50.0, 150.0)
"""A line turns back where what is so far ahead is beside what is as far behind: at a point, or in
a loop for turning round [m]."""

SAMPLE_M = 10.0
"""A line is looked at for turns at points so far from each other [m]."""

PIECE_M = 500.0
"""So long is a piece of a line that is held against the rest of it [m]."""


def close_lines(lines: "GeoSeries") -> "GeoSeries":
    """Return the areas that lines enclose, as drawings hold borders; numbered from 1.

    Parameters
    ----------
    lines
        Lines in one CRS; those that enclose nothing are left out.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    net = shapely.node(shapely.GeometryCollection(shapely.get_parts(lines.to_numpy()).tolist()))
    areas = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    return gpd.GeoSeries(
        areas, index=pd.RangeIndex(1, len(areas) + 1, name="feature"), crs=lines.crs
    )


class Joined(NamedTuple):
    """Lines put together.

    Parameters
    ----------
    shape
        A line, or one of several parts; as it came where nothing was put together or left out.
    repeated_m
        The length that was left out because another line runs there already, or because a receiver
        was at rest there [m].
    doubtful_m
        The length, still in it, of which nobody has said whether it is the same road as another
        line beside it [m].
    spikes_m
        How far off a few points are that lie so far off the rest that they may be wrong [m]; none
        where each line is a road of its own.
    """

    shape: "BaseGeometry"
    repeated_m: float
    doubtful_m: float
    spikes_m: tuple[float, ...] = ()


def join_lines(lines: "Sequence[BaseGeometry]", *, alongside: Alongside | None = None) -> Joined:
    """Put the lines of one road together, each stretch once, also of a track there and back.

    Parameters
    ----------
    lines
        LineString or MultiLineString, in metres, in any order: of two that run along each other
        the longer one is kept.
    alongside
        What lines are that run beside each other; None takes those for one road that are so near
        that they must be, and counts the others as doubtful.
    """
    import shapely

    whole = [part for part in shapely.get_parts(list(lines)) if part.length]
    whole.sort(key=lambda part: (-part.length, part.wkb))
    # Copies that share each of their ends would make no chain.
    parts = list({shapely.normalize(part).wkb: part for part in whole}.values())
    chains = _chains(parts)
    spikes: tuple[float, ...] = ()
    if alongside != Alongside.EACH:
        # Where nothing but rest was recorded, the scribble is all there is.
        moving = [without_rest(chain) for chain in chains]
        chains = [chain for chain in moving if chain.length > SAME_M] or chains
        spikes = tuple(off for chain in chains for off in find_spikes(chain))
    left = _left_of(chains, [], alongside)
    total_m, left_m = (sum(one.length for one in some) for some in (whole, left.pieces))
    if total_m - left_m <= SAME_M:
        shape = lines[0] if len(lines) == 1 else _as_one(parts)
        return Joined(shape, 0.0, left.doubtful_m, spikes)
    return Joined(
        shapely.line_merge(_as_one(left.pieces)), total_m - left_m, left.doubtful_m, spikes
    )


def add_lines(
    lines: "BaseGeometry", *, to: "BaseGeometry", alongside: Alongside | None = None
) -> Joined:
    """Add lines to a road that stands, which stays as it is; what runs along it is left out.

    Parameters
    ----------
    lines, to
        LineString or MultiLineString, in metres; each is put together already.
    alongside
        As `join_lines` takes it.
    """
    import shapely

    standing = list(shapely.get_parts(to))
    left = _left_of(_chains(list(shapely.get_parts(lines))), standing, alongside)
    shape = _as_one([*standing, *left.pieces]) if left.pieces else to
    return Joined(shape, left.repeated_m, left.doubtful_m)


class _Left(NamedTuple):
    pieces: "list[BaseGeometry]"
    repeated_m: float
    doubtful_m: float


def _left_of(
    chains: "Sequence[BaseGeometry]",
    standing: "Sequence[BaseGeometry]",
    alongside: Alongside | None,
) -> _Left:
    """Return what is left of lines without what runs along those that stand, or an earlier one."""
    import shapely

    cuts = [_pieces_of(chain) for chain in chains]
    # What is left of each, in the order of the tree; nothing of what has not come yet.
    known = [*standing, *(piece for pieces in cuts for piece in pieces)]
    kept = [[one] for one in standing] + [[] for _ in known[len(standing) :]]
    tree = shapely.STRtree(known)
    left: list[BaseGeometry] = []
    doubtful_m, first = 0.0, len(standing)
    # Of lines that are each a road of its own only copies are left out.
    is_each = alongside == Alongside.EACH
    for chain, pieces in zip(chains, cuts, strict=True):
        found, starts = Beside(), [0.0]
        for number, piece in enumerate(pieces, first):
            around = tree.query(piece, predicate="dwithin", distance=ALONG_M)
            near = [one for other in sorted(around) for one in kept[other]]
            found = found.and_then(find_beside(piece, near, only_same=is_each), starts[-1])
            starts.append(starts[-1] + piece.length)
            kept[number] = [piece]
        repeated = find_repeated(found, chain.length, alongside)
        for number, (piece, start_m) in enumerate(zip(pieces, starts, strict=False), first):
            moved = [stretch.moved(-start_m) for stretch in repeated.stretches]
            kept[number] = leave_out(piece, moved)
        left += leave_out(chain, repeated.stretches)
        doubtful_m += repeated.doubtful_m
        first += len(pieces)
    repeated_m = sum(chain.length for chain in chains) - sum(one.length for one in left)
    return _Left(left, repeated_m if repeated_m > SAME_M else 0.0, doubtful_m)


def _chains(parts: "Sequence[BaseGeometry]") -> "list[BaseGeometry]":
    """Return lines that follow each other as one, the longest first; the ends may be off a little.

    A road comes in a thousand segments, too: none of them is long enough to tell what it is.
    """
    import numpy as np
    import shapely

    if not parts:
        return []
    ends = shapely.points([part.coords[end] for part in parts for end in (0, -1)])
    one, other = shapely.STRtree(ends).query(ends, predicate="dwithin", distance=SAME_M)
    first = np.full(len(ends), len(ends))
    np.minimum.at(first, one, other)
    places = shapely.get_coordinates(ends)[first].reshape(-1, 2, 2)
    met = [
        shapely.LineString([start, *shapely.get_coordinates(part)[1:-1], end])
        for part, (start, end) in zip(parts, places, strict=True)
    ]
    chains = shapely.get_parts(shapely.line_merge(_as_one([one for one in met if one.length])))
    return sorted(chains, key=lambda chain: (-chain.length, chain.wkb))


def _pieces_of(chain: "BaseGeometry") -> "list[BaseGeometry]":
    """Return a line in pieces, cut where it turns back, and now and then: so it meets itself.

    It turns where it is near to itself as far ahead as behind.
    """
    import numpy as np
    import shapely

    steps = max(2, round(chain.length / SAMPLE_M))
    places = np.linspace(0, chain.length, steps + 1)
    points = points_at(chain, places)
    turns = []
    for reach in (round(reach_m * steps / chain.length) for reach_m in TURNS_M):
        if not 0 < reach < steps / 2:
            continue
        apart = shapely.distance(points[2 * reach :], points[: -2 * reach])
        middle = range(reach, steps + 1 - reach)
        # Of those that follow each other the one in the middle.
        is_turn = np.concatenate([[False], apart <= ALONG_M, [False]])
        edges = np.flatnonzero(np.diff(is_turn.astype(int))).reshape(-1, 2)
        turns += [middle[(start + end - 1) // 2] for start, end in edges]
    regular = np.arange(PIECE_M, chain.length, PIECE_M)
    return cut(chain, np.unique(np.concatenate([places[sorted(turns)], regular])))


def _as_one(parts: "Sequence[BaseGeometry]") -> "BaseGeometry":
    import shapely

    return shapely.MultiLineString([part.coords for part in parts])
