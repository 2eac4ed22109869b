"""Lines as files hold them: drawn borders closed to areas, pieces of one road put together."""

from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.taking.stretches import ALONG_M, LEAST_NEAR_M, NEAR_M, find_repeated, leave_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.model import Alongside

MOST_DOUBLED = 1.3
"""A line that is so many times as long as the strip around it runs back along itself."""


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
        The length that was left out because another line runs there already [m].
    doubtful_m
        The length, still in it, of which nobody has said whether it is the same road as another
        line beside it [m].
    times
        How many times as long it is as the strip around it: 2 where it goes there and back.
    """

    shape: "BaseGeometry"
    repeated_m: float
    doubtful_m: float
    times: float


def join_lines(lines: "Sequence[BaseGeometry]", *, alongside: "Alongside | None" = None) -> Joined:
    """Put the lines of one road together, each stretch once; a track there and back, too.

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

    parts = [half for part in shapely.get_parts(list(lines)) for half in _halves(part, alongside)]
    parts.sort(key=lambda part: (-part.length, part.wkb))
    tree = shapely.STRtree(parts)
    kept: list[list[BaseGeometry]] = []
    """What is left of each part, in their order."""
    repeated_m = doubtful_m = 0.0
    for place, part in enumerate(parts):
        around = tree.query(part, predicate="dwithin", distance=ALONG_M)
        near = [piece for other in sorted(around[around < place]) for piece in kept[other]]
        left = _without_repeated(part, near, alongside)
        repeated_m += left.repeated_m
        doubtful_m += left.doubtful_m
        kept.append(left.pieces)
    pieces = [piece for mine in kept for piece in mine]
    shape = pieces[0] if len(pieces) == 1 else _as_one(pieces)
    if len(lines) == 1 and not repeated_m:
        shape = lines[0]
    return Joined(shape, repeated_m, doubtful_m, _times(shape))


def add_lines(
    lines: "BaseGeometry", *, to: "BaseGeometry", alongside: "Alongside | None" = None
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
    tree = shapely.STRtree(standing)
    left = []
    for part in shapely.get_parts(lines):
        around = sorted(tree.query(part, predicate="dwithin", distance=ALONG_M))
        left.append(_without_repeated(part, [standing[k] for k in around], alongside))
    pieces = [*standing, *(piece for one in left for piece in one.pieces)]
    shape = to if len(pieces) == len(standing) else _as_one(pieces)
    return Joined(
        shape,
        sum(one.repeated_m for one in left),
        sum(one.doubtful_m for one in left),
        _times(shape),
    )


class _Left(NamedTuple):
    pieces: "list[BaseGeometry]"
    repeated_m: float
    doubtful_m: float


def _without_repeated(
    line: "BaseGeometry", near: "list[BaseGeometry]", alongside: "Alongside | None"
) -> _Left:
    found = find_repeated(line, near, alongside)
    pieces = leave_out(line, found.stretches)
    return _Left(pieces, line.length - sum(piece.length for piece in pieces), found.doubtful_m)


def _halves(line: "BaseGeometry", alongside: "Alongside | None") -> "list[BaseGeometry]":
    """Return the way there and the way back of a track that turns; else the line as it is."""
    import numpy as np
    import shapely

    coords = shapely.get_coordinates(line)
    turn = int(np.hypot(*(coords - coords[0]).T).argmax())
    if turn in (0, len(coords) - 1):
        return [line]
    halves: list[BaseGeometry] = [
        shapely.LineString(coords[: turn + 1]),
        shapely.LineString(coords[turn:]),
    ]
    first, second = sorted(halves, key=lambda half: -half.length)
    if second.length < LEAST_NEAR_M:
        return [line]
    found = find_repeated(second, [first], alongside)
    return halves if found.stretches or found.doubtful_m else [line]


def _as_one(parts: "Sequence[BaseGeometry]") -> "BaseGeometry":
    import shapely

    return shapely.MultiLineString([part.coords for part in parts])


def _times(line: "BaseGeometry") -> float:
    # What jitters less than the strip is wide makes no other strip, and much more work.
    strip = line.simplify(NEAR_M / 2).buffer(NEAR_M, cap_style="flat")
    return float(line.length * 2 * NEAR_M / strip.area) if strip.area else 1.0
